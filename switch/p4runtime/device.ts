import type { ServerDuplexStream } from '@grpc/grpc-js';
import {
  DigestList,
  type DigestListAck,
  type GetForwardingPipelineConfigRequest,
  GetForwardingPipelineConfigResponse,
  IdleTimeoutNotification,
  type MasterArbitrationUpdate,
  type PacketIn,
  type PacketOut,
  type ReadRequest,
  ReadResponse,
  type SetForwardingPipelineConfigRequest,
  type StreamMessageRequest,
  StreamMessageResponse,
  type Uint128,
} from 'p4runtime-js';
import type { DigestSampleList } from '../runtime/index.js';
import { type Access, accessOf, checkAccess, type RoleConfig, takesPacket } from './access.js';
import { decodeElectionId, RoleArbiter } from './arbitration.js';
import { newCounters, type ServerCounters } from './counters.js';
import { readEntities } from './entities.js';
import { P4RuntimeError } from './error.js';
import { decodeFrame, encodeFrame } from './packet-io.js';
import { Pipeline } from './pipeline.js';
import { plainChunks, READ_CHUNK } from './plain-read.js';
import { type DigestBinding, found, type Schema } from './schema.js';
import { Session, type SessionHost } from './session.js';
import { encodeKey, encodeNotes } from './table-entry.js';
import type { SwitchTarget } from './target.js';
import type { TranslationMaps } from './translation.js';
import { applyBatch } from './write.js';
import type { EncodedWrite } from './write-request.js';

/** What identifies the sender of a Write or SetForwardingPipelineConfig. */
interface Signed {
  getDeviceId(): string;
  getRole(): string;
  getRoleId(): string;
  getElectionId(): Uint128 | undefined;
}

/** One switch as its controllers see it: sessions, roles and config over the switch's own state. */
export class Device implements SessionHost {
  readonly counters: ServerCounters = newCounters();
  private readonly id: bigint;
  private readonly target: SwitchTarget;
  /** When the switch's clock was 0, microseconds since 1970. */
  private readonly epochUs: bigint;
  private readonly arbiters = new Map<string, RoleArbiter>();
  private readonly sessions = new Set<Session>();
  private readonly pipeline: Pipeline;
  private readonly detach: (() => void)[];
  private detachDigests: (() => void)[] = [];

  constructor(id: bigint, target: SwitchTarget, translations: TranslationMaps = {}) {
    this.id = id;
    this.target = target;
    this.epochUs = BigInt(Math.round(Date.now() * 1000 - target.clock.now()));
    this.pipeline = new Pipeline(target, translations, (schema) => this.listenToDigests(schema));
    this.arbiters.set('', new RoleArbiter(id, ''));
    this.detach = [
      target.onPacketIn((frame) => this.packetIn(frame)),
      target.onIdleTimeout((table, slots) => this.idle(table, slots)),
    ];
  }

  /** Ends all streams and lets go of the switch. */
  close(): void {
    for (const session of [...this.sessions]) session.end();
    for (const detach of [...this.detach, ...this.detachDigests]) detach();
  }

  openStream(stream: ServerDuplexStream<StreamMessageRequest, StreamMessageResponse>): void {
    this.sessions.add(new Session(stream, this));
  }

  /** Applies a batch; the errors of its updates, undefined for the good ones. Throws for the whole request. */
  write(request: EncodedWrite): (P4RuntimeError | undefined)[] {
    this.checkPrimary(request.header);
    const access = this.access(request.header.getRole(), request.header.getRoleId());
    const results = applyBatch({ ...this.pipeline.entities, access }, request);
    this.counters.writes++;
    this.counters.updates += results.length;
    this.counters.updatesFailed += results.filter((result) => result !== undefined).length;
    return results;
  }

  /**
   * Reads what the filters ask for, a chunk at a time, between two writes. Returns the error of each filter,
   * undefined for the good ones. Chunks of whole tables come encoded. Throws for the whole request.
   */
  read(request: ReadRequest, send: (chunk: ReadResponse | Buffer) => void): (P4RuntimeError | undefined)[] {
    this.checkDevice(request.getDeviceId());
    const access = this.access(request.getRole(), '');
    const context = { ...this.pipeline.entities, access };
    this.counters.reads++;
    let chunk = new ReadResponse();
    let size = 0;
    const results = request.getEntitiesList().map((filter) => {
      try {
        const whole = plainChunks(context, filter);
        if (whole !== undefined) {
          checkAccess(access, filter);
          for (const [encoded, entities] of whole) {
            send(encoded);
            this.counters.entitiesRead += entities;
          }
          return undefined;
        }
        for (const entity of readEntities(context, filter)) {
          chunk.addEntities(entity);
          this.counters.entitiesRead++;
          if (++size < READ_CHUNK) continue;
          send(chunk);
          chunk = new ReadResponse();
          size = 0;
        }
        return undefined;
      } catch (error) {
        return P4RuntimeError.from(error);
      }
    });
    if (size > 0) send(chunk);
    return results;
  }

  setPipeline(request: SetForwardingPipelineConfigRequest): void {
    this.checkPrimary(request);
    const role = roleName(request.getRole(), request.getRoleId());
    if (this.arbiters.get(role)?.roleConfig?.canPushPipeline === false) {
      throw new P4RuntimeError(
        'PERMISSION_DENIED',
        `role "${role}" may not set the pipeline: can_push_pipeline is false`,
      );
    }
    this.pipeline.set(request);
  }

  getPipeline(request: GetForwardingPipelineConfigRequest): GetForwardingPipelineConfigResponse {
    this.checkDevice(request.getDeviceId());
    const response = new GetForwardingPipelineConfigResponse();
    response.setConfig(this.pipeline.get(request));
    return response;
  }

  arbitrate(session: Session, update: MasterArbitrationUpdate): void {
    const role = update.getRole();
    const name = roleName(role?.getName() ?? '', role?.getId() ?? '0');
    const electionId = decodeElectionId(update.getElectionId());
    if (session.role === undefined) {
      this.checkDevice(update.getDeviceId());
      const arbiter = this.arbiters.get(name) ?? new RoleArbiter(this.id, name);
      arbiter.join(session, electionId, role?.getConfig());
      this.arbiters.set(name, arbiter);
      session.role = name;
      return;
    }
    if (BigInt(update.getDeviceId()) !== this.id) {
      throw new P4RuntimeError('FAILED_PRECONDITION', 'Invalid device id');
    }
    if (name !== session.role) {
      throw new P4RuntimeError(
        'FAILED_PRECONDITION',
        `the stream is open for role "${session.role}"; open another for role "${name}"`,
      );
    }
    this.arbiters.get(name)?.update(session, electionId, role?.getConfig());
  }

  packetOut(session: Session, packet: PacketOut): void {
    this.checkPrimarySession(session);
    const { cpuPort } = this.target;
    if (cpuPort === undefined) {
      throw new P4RuntimeError('FAILED_PRECONDITION', 'the switch has no CPU port; start it with one');
    }
    const frame = encodeFrame(this.pipeline.schema.packetOut, packet);
    this.counters.packetsOut++;
    this.target.receive(cpuPort, frame);
  }

  acknowledge(session: Session, ack: DigestListAck): void {
    this.checkPrimarySession(session);
    const { object } = found(this.pipeline.schema.digests, ack.getDigestId(), 'digest');
    object.acknowledge(BigInt(ack.getListId()));
  }

  leave(session: Session): void {
    this.sessions.delete(session);
    if (session.role !== undefined) this.arbiters.get(session.role)?.leave(session);
  }

  checkDevice(id: string): void {
    if (BigInt(id) === this.id) return;
    throw new P4RuntimeError('NOT_FOUND', `this server has device ${this.id}, not ${id}`);
  }

  private checkPrimary(request: Signed): void {
    this.checkDevice(request.getDeviceId());
    const role = roleName(request.getRole(), request.getRoleId());
    const arbiter = this.arbiters.get(role);
    if (arbiter === undefined) {
      throw new P4RuntimeError('NOT_FOUND', `no controller has opened a stream for role "${role}"`);
    }
    if (!arbiter.isPrimary(decodeElectionId(request.getElectionId()))) {
      throw new P4RuntimeError('PERMISSION_DENIED', 'Not primary');
    }
  }

  private checkPrimarySession(session: Session): void {
    if (session.role !== undefined && this.arbiters.get(session.role)?.primary === session) return;
    throw new P4RuntimeError('PERMISSION_DENIED', 'Not primary');
  }

  /** What a role may touch. */
  private access(role: string, roleId: string): Access {
    const name = roleName(role, roleId);
    const others: RoleConfig[] = [];
    // The default role has the whole pipeline, whatever others have for themselves.
    if (name !== '') {
      for (const [other, { roleConfig }] of this.arbiters) {
        if (other !== name && roleConfig !== undefined) others.push(roleConfig);
      }
    }
    return accessOf(this.arbiters.get(name)?.roleConfig, others);
  }

  /** Sends to the primary of every role that wants it; false if nobody got it. */
  private sendToPrimaries(
    response: StreamMessageResponse,
    wants: (config: RoleConfig | undefined) => boolean = () => true,
  ): boolean {
    let sent = false;
    for (const session of this.sessions) {
      const arbiter = session.role === undefined ? undefined : this.arbiters.get(session.role);
      if (arbiter?.primary !== session || !wants(arbiter.roleConfig)) continue;
      sent = session.send(response) || sent;
    }
    return sent;
  }

  private packetIn(frame: Uint8Array): void {
    const schema = this.pipeline.current;
    const packet = schema === undefined ? undefined : decodeFrame(schema.packetIn, frame);
    const response = new StreamMessageResponse();
    response.setPacket(packet);
    if (packet !== undefined && this.sendPacket(packet, response)) this.counters.packetsIn++;
    else this.counters.packetsInLost++;
  }

  private sendPacket(packet: PacketIn, response: StreamMessageResponse): boolean {
    return this.sendToPrimaries(response, (config) => takesPacket(config, packet));
  }

  /** Nanoseconds since 1970 at a time of the switch's clock. */
  private timestamp(microseconds: number): string {
    return ((this.epochUs + BigInt(Math.round(microseconds))) * 1000n).toString();
  }

  private listenToDigests(schema: Schema): void {
    for (const detach of this.detachDigests) detach();
    this.detachDigests = [...schema.digests.values()].map((binding) =>
      binding.object.onList((list) => this.digest(binding, list)),
    );
  }

  private digest(binding: DigestBinding, list: DigestSampleList): void {
    const message = new DigestList();
    message.setDigestId(binding.id);
    message.setListId(list.listId.toString());
    message.setTimestamp(this.timestamp(list.timeUs));
    for (const sample of list.samples) message.addData(binding.type.encode(sample));
    const response = new StreamMessageResponse();
    response.setDigest(message);
    if (this.sendToPrimaries(response, (config) => lists(config, binding.id))) this.counters.digestLists++;
  }

  private idle(tableName: string, slots: readonly number[]): void {
    const binding = this.pipeline.current?.tableByName.get(tableName);
    if (binding === undefined || slots.length === 0) return;
    const notice = new IdleTimeoutNotification();
    notice.setTimestamp(this.timestamp(this.target.clock.now()));
    for (const slot of slots) {
      const stored = binding.table.entryAt(slot);
      const entry = encodeKey(binding, stored);
      encodeNotes(entry, stored);
      notice.addTableEntry(entry);
    }
    const response = new StreamMessageResponse();
    response.setIdleTimeoutNotification(notice);
    this.sendToPrimaries(response, (config) => lists(config, binding.id));
  }
}

/** The role's name; roles of the deprecated numeric kind are named after their number. */
function roleName(name: string, id: string): string {
  if (name !== '' || id === '0' || id === '') return name;
  return `#${id}`;
}

/** Whether a role has to do with the object under this id. */
function lists(config: RoleConfig | undefined, id: number): boolean {
  return config === undefined || config.exclusive.has(id) || config.shared.has(id);
}
