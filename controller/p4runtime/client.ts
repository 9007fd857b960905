import {
  type ChannelCredentials,
  type ClientOptions as ChannelOptions,
  credentials as grpcCredentials,
} from '@grpc/grpc-js';
import {
  CapabilitiesRequest,
  type CapabilitiesResponse,
  type Entity as EntityMessage,
  type GetForwardingPipelineConfigResponse,
  type SetForwardingPipelineConfigResponse,
  type StreamError as StreamErrorMessage,
  StreamMessageRequest,
  WriteRequest,
  type WriteResponse,
} from 'p4runtime-js';
import { P4RuntimeClient, P4RuntimeService } from 'p4runtime-js/service';
import { type ArbitrationState, Arbitrator, type RoleConfig, toUint128 } from './arbitration.js';
import { Backoff, type BackoffOptions } from './backoff.js';
import { abortError, type CallControl, Calls, closedError } from './calls.js';
import { type DigestList, decodeDigestList, digestAck } from './digests.js';
import type { DecodedEntity, EncodeOptions, Entity } from './entities/index.js';
import { type DecodedTableEntry, decodeTableEntry } from './entities/table-entry.js';
import { P4RuntimeError, statusName, type UpdateFailure } from './errors.js';
import type { Identified } from './identified.js';
import { decodePacketIn, encodePacketOut, type PacketIn } from './packet-io.js';
import {
  getPipelineRequest,
  type Pipeline,
  type PipelineOptions,
  pipelineCookie,
  reportedCookie,
  setPipelineRequest,
} from './pipeline.js';
import { decoded, identified, messages, readRequest } from './read.js';
import { Schema } from './schema.js';
import { Signal } from './signal.js';
import { isServiceError, updateFailures } from './status.js';
import { openStream, SwitchStream } from './stream.js';
import { detectTarget, type TargetProfile } from './target.js';
import { refusePipeline, refuseRead, refuseWrite } from './target-limits.js';
import type { Value } from './values.js';
import { type Atomicity, type Batch, makeBatches, type Update } from './write.js';

export interface SwitchClientOptions {
  /** `host:port` of the P4Runtime server. */
  readonly address: string;
  /** Default 1. */
  readonly deviceId?: bigint | number;
  /** Default 1; the highest id wins. */
  readonly electionId?: bigint;
  /** Bid with `electionId` only, whatever the switch says; give up where it is taken. Default false. */
  readonly fixedElectionId?: boolean;
  readonly role?: string;
  /** What the role may do, in the target's own message; see stratumRoleConfig. */
  readonly roleConfig?: RoleConfig;
  /** Default: no TLS. */
  readonly credentials?: ChannelCredentials;
  /** Deadline of every call but the stream, milliseconds. Default 10,000. */
  readonly rpcTimeoutMs?: number;
  readonly backoff?: Partial<BackoffOptions>;
  /** Acknowledge digest lists when all listeners have seen them. Default true. */
  readonly ackDigests?: boolean;
  /** Messages that may wait on the stream before packet-outs are dropped and counted. Default 1,024. */
  readonly maxQueued?: number;
  readonly channelOptions?: ChannelOptions;
  readonly encode?: EncodeOptions;
  /** What the switch does differently; found out by detectTarget() where it is left out. */
  readonly target?: TargetProfile;
}

export interface WriteControl extends CallControl {
  /**
   * Requests under way at a time, with continue-on-error only. Default 4 where the target applies them in order, else
   * 1. Give more than 1 to other targets only where no update depends on another of the same write.
   */
  readonly inFlight?: number;
  /** Default continue-on-error. */
  readonly atomicity?: Atomicity;
}

/** An error the switch reported on the stream: a packet-out or an acknowledgement it could not use. */
export interface StreamProblem {
  readonly code: string;
  readonly message: string;
}

/** What a client has done since it was made. */
export interface ClientStats {
  readonly streamMessagesReceived: number;
  readonly streamMessagesSent: number;
  readonly packetsOutDropped: number;
  /** Packet-ins and digest lists that arrived while nobody listened. */
  readonly unheard: number;
  readonly connections: number;
}

const WRITE = P4RuntimeService.Write;
const asIs = (request: Buffer): Buffer => request;

const CHANNEL_DEFAULTS: ChannelOptions = {
  // Wildcard reads of large tables come in one message from some servers (PI).
  'grpc.max_receive_message_length': 256 * 1024 * 1024,
  'grpc.max_send_message_length': 64 * 1024 * 1024,
  // This client paces its attempts itself.
  'grpc.initial_reconnect_backoff_ms': 50,
  'grpc.max_reconnect_backoff_ms': 1000,
  'grpc.keepalive_time_ms': 30_000,
  'grpc.keepalive_timeout_ms': 10_000,
  'grpc.use_local_subchannel_pool': 1,
};

/**
 * A P4Runtime client of one switch. start() keeps a stream to it, arbitrates, and connects again with backoff when
 * the stream ends, until close(). Names instead of ids are understood once a pipeline is known (setPipeline, or
 * adoptPipeline).
 */
export class SwitchClient {
  /** Every change of `state`. */
  readonly stateChanged = new Signal<ArbitrationState>((error) => this.#listenerFailed(error));
  readonly packetIn = new Signal<PacketIn>((error) => this.#listenerFailed(error));
  readonly digest = new Signal<DigestList>((error) => this.#listenerFailed(error));
  /** Entries that no packet has hit for their idle timeout. */
  readonly idleTimeout = new Signal<readonly DecodedTableEntry[]>((error) => this.#listenerFailed(error));
  readonly streamProblem = new Signal<StreamProblem>((error) => this.#listenerFailed(error));
  /** What listeners threw, and messages that could not be decoded. */
  readonly failed = new Signal<unknown>(() => undefined);

  readonly address: string;
  readonly deviceId: string;
  readonly #options: SwitchClientOptions;
  readonly #client: P4RuntimeClient;
  readonly #calls: Calls;
  readonly #arbitrator: Arbitrator;
  readonly #backoff: Backoff;
  readonly #closing = new AbortController();
  #schema: Schema | undefined;
  #target: TargetProfile | undefined;
  #stream: SwitchStream | undefined;
  #loop: Promise<void> | undefined;
  #fatal: P4RuntimeError | undefined;
  #received = 0;
  #sent = 0;
  #packetsOutDropped = 0;
  #unheard = 0;
  #connections = 0;

  constructor(options: SwitchClientOptions) {
    this.#options = options;
    this.address = options.address;
    this.deviceId = BigInt(options.deviceId ?? 1).toString();
    this.#client = new P4RuntimeClient(
      options.address,
      options.credentials ?? grpcCredentials.createInsecure(),
      {
        ...CHANNEL_DEFAULTS,
        ...options.channelOptions,
      },
    );
    this.#calls = new Calls({
      client: this.#client,
      address: options.address,
      timeoutMs: options.rpcTimeoutMs ?? 10_000,
      closing: this.#closing.signal,
    });
    this.#arbitrator = new Arbitrator({
      deviceId: this.deviceId,
      role: options.role,
      roleConfig: options.roleConfig,
      fixedElectionId: options.fixedElectionId ?? false,
      ...(options.electionId !== undefined && { electionId: options.electionId }),
    });
    this.#backoff = new Backoff(options.backoff);
  }

  get state(): ArbitrationState {
    return this.#arbitrator.state;
  }

  /** Names and ids of the pipeline; throws P4RuntimeError NO_PIPELINE before one is known. */
  get schema(): Schema {
    if (this.#schema !== undefined) return this.#schema;
    throw new P4RuntimeError(
      'NO_PIPELINE',
      `${this.address}: no pipeline yet; call setPipeline or adoptPipeline`,
    );
  }

  get stats(): ClientStats {
    return {
      streamMessagesReceived: this.#received,
      streamMessagesSent: this.#sent,
      packetsOutDropped: this.#packetsOutDropped,
      unheard: this.#unheard,
      connections: this.#connections,
    };
  }

  /** Starts connecting; returns at once. Calling it again does nothing. */
  start(): void {
    if (this.state.kind === 'closed') throw closedError(this.address);
    this.#loop ??= this.#run();
  }

  /** Ends the stream and the connection. Calls under way fail with CANCELLED. */
  async close(): Promise<void> {
    if (this.#closing.signal.aborted) return;
    this.#closing.abort();
    this.#stream?.end();
    this.#client.close();
    this.#stream?.cancel();
    await this.#loop;
    this.#arbitrator.close();
    this.stateChanged.emit(this.state);
  }

  /** Resolves when this client is primary. Rejects when it is closed, gives up on its election id, or is aborted. */
  whenPrimary(signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const check = () => {
        if (this.state.kind === 'primary') settle(resolve);
        else if (this.#fatal !== undefined) settle(() => reject(this.#fatal));
        else if (this.state.kind === 'closed' || signal?.aborted === true) {
          settle(() =>
            reject(this.state.kind === 'closed' ? closedError(this.address) : abortError(this.address)),
          );
        }
      };
      const unsubscribe = this.stateChanged.subscribe(check);
      const settle = (act: () => void) => {
        unsubscribe();
        signal?.removeEventListener('abort', check);
        act();
      };
      signal?.addEventListener('abort', check);
      check();
    });
  }

  /** What the switch does differently, as given or as found out; undefined where neither is so. */
  get target(): TargetProfile | undefined {
    return this.#options.target ?? this.#target;
  }

  /** Asks the switch for its API version and takes the profile that fits, unless one was given. */
  async detectTarget(control: CallControl = {}): Promise<TargetProfile | undefined> {
    if (this.#options.target === undefined) this.#target = detectTarget(await this.capabilities(control));
    return this.target;
  }

  /** The P4Runtime API version the server speaks, e.g. "1.4.0". */
  async capabilities(control: CallControl = {}): Promise<string> {
    const request = new CapabilitiesRequest();
    request.setDeviceId(this.deviceId);
    const response = await this.#calls.unary<CapabilitiesResponse>('Capabilities', control, (options, done) =>
      this.#client.capabilities(request, options, done),
    );
    return response.getP4runtimeApiVersion();
  }

  /**
   * Makes the switch execute a pipeline, and this client speak its names. Nothing is pushed where the switch reports
   * the pipeline's cookie already, unless forced. Returns whether it was pushed.
   */
  async setPipeline(pipeline: Pipeline, options: PipelineOptions & CallControl = {}): Promise<boolean> {
    const schema = new Schema(pipeline.p4info);
    const cookie = pipelineCookie(pipeline);
    const action = options.action ?? 'verify-and-commit';
    refusePipeline(this.target, pipeline, action);
    if (options.force !== true && action !== 'verify' && (await this.pipelineCookie(options)) === cookie) {
      this.#schema = schema;
      return false;
    }
    const request = setPipelineRequest(this.deviceId, pipeline, cookie, action);
    request.setElectionId(toUint128(this.#arbitrator.electionId));
    if (this.#options.role !== undefined) request.setRole(this.#options.role);
    await this.#calls.unary<SetForwardingPipelineConfigResponse>(
      'SetForwardingPipelineConfig',
      options,
      (callOptions, done) => this.#client.setForwardingPipelineConfig(request, callOptions, done),
    );
    if (action !== 'verify') this.#schema = schema;
    return action !== 'verify';
  }

  /** Cookie of the pipeline the switch executes; undefined where it has none. */
  async pipelineCookie(control: CallControl = {}): Promise<bigint | undefined> {
    const request = getPipelineRequest(this.deviceId, 'cookie');
    try {
      const response = await this.#calls.unary<GetForwardingPipelineConfigResponse>(
        'GetForwardingPipelineConfig',
        control,
        (options, done) => this.#client.getForwardingPipelineConfig(request, options, done),
      );
      return reportedCookie(response);
    } catch (error) {
      if (error instanceof P4RuntimeError && error.isPipelineMissing) return undefined;
      throw error;
    }
  }

  /** Takes over the pipeline the switch executes, so that its names can be used. */
  async adoptPipeline(control: CallControl = {}): Promise<Schema> {
    const request = getPipelineRequest(this.deviceId, 'all');
    const response = await this.#calls.unary<GetForwardingPipelineConfigResponse>(
      'GetForwardingPipelineConfig',
      control,
      (options, done) => this.#client.getForwardingPipelineConfig(request, options, done),
    );
    const p4info = response.getConfig()?.getP4info();
    if (p4info === undefined) {
      throw new P4RuntimeError('NO_PIPELINE', `${this.address}: the switch has no pipeline; push one`);
    }
    this.#schema = new Schema(p4info);
    return this.#schema;
  }

  /**
   * Applies updates in order, split into requests of bounded size. Throws P4RuntimeError with every refused update in
   * `failures`; the others have been applied (continue-on-error) or none has (the other atomicities).
   */
  async write(updates: readonly Update[], control: WriteControl = {}): Promise<void> {
    const atomicity = control.atomicity ?? 'continue-on-error';
    refuseWrite(this.target, updates, atomicity);
    const batches = makeBatches(this.schema, updates, atomicity, this.#encodeOptions());
    const failures: UpdateFailure<Update>[] = [];
    let applied = 0;
    const inFlight = control.inFlight ?? (this.target?.keepsWriteOrder === true ? 4 : 1);
    const underWay: Promise<UpdateFailure<Update>[] | P4RuntimeError>[] = [];
    let next = 0;
    let lost: P4RuntimeError | undefined;
    for (const batch of batches) {
      while (next < batches.length && underWay.length < Math.max(1, inFlight) && lost === undefined) {
        const sent = batches[next];
        next += 1;
        if (sent !== undefined) underWay.push(this.#settled(sent, control));
      }
      const refused = await underWay.shift();
      if (refused === undefined) break;
      if (refused instanceof P4RuntimeError) {
        lost ??= refused;
        continue;
      }
      failures.push(...refused);
      applied += batch.updates.length - refused.length;
    }
    if (lost !== undefined) {
      throw new P4RuntimeError<Update>(lost.code, lost.rawMessage, { cause: lost.cause, failures, applied });
    }
    if (failures.length === 0) return;
    const [first] = failures;
    const all = failures.every(({ status }) => status === first?.status);
    throw new P4RuntimeError<Update>(
      all && first !== undefined ? first.status : 'UNKNOWN',
      `${this.address}: Write: ${failures.length} of ${updates.length} updates refused, ` +
        `first number ${first?.index}: ${first?.status} ${first?.message}`,
      { failures, applied: atomicity === 'continue-on-error' ? applied : 0 },
    );
  }

  /** What the switch holds, for each query; entities come as they arrive, by names. */
  read(queries: Entity | readonly Entity[], control: CallControl = {}): AsyncGenerator<DecodedEntity> {
    return decoded(this.schema, this.#responses(queries, control));
  }

  /** As read(), but the messages as they came. */
  readMessages(
    queries: Entity | readonly Entity[],
    control: CallControl = {},
  ): AsyncGenerator<EntityMessage, void, undefined> {
    return messages(this.#responses(queries, control));
  }

  /** As read(), but what is needed to hold entities against each other, a response's at a time. */
  readIdentified(
    queries: Entity | readonly Entity[],
    control: CallControl = {},
  ): AsyncGenerator<readonly Identified[], void, undefined> {
    return identified(this.#responses(queries, control));
  }

  async *#responses(
    queries: Entity | readonly Entity[],
    control: CallControl,
  ): AsyncGenerator<Buffer, void, undefined> {
    const list: readonly Entity[] = 'kind' in queries ? [queries] : queries;
    if (list.length === 0) return;
    refuseRead(this.target, list);
    yield* this.#calls.read(readRequest(this.schema, this.deviceId, this.#options.role, list), control);
  }

  /** Sends a packet out of the switch. False, and counted, where the stream is down or clogged. */
  packetOut(payload: Uint8Array, metadata: Readonly<Record<string, Value>>): boolean {
    if (this.#send(encodePacketOut(this.schema, payload, metadata))) return true;
    this.#packetsOutDropped += 1;
    return false;
  }

  /** As given, else as the target wants it. */
  #encodeOptions(): EncodeOptions {
    const target = this.target;
    return { ...(target !== undefined && { replicaPorts: target.replicaPorts }), ...this.#options.encode };
  }

  /** Outcome of a request: never rejects with a P4RuntimeError, so that none goes unheard while others are awaited. */
  async #settled(batch: Batch, control: WriteControl): Promise<UpdateFailure<Update>[] | P4RuntimeError> {
    try {
      return await this.#writeBatch(batch, control);
    } catch (error) {
      if (error instanceof P4RuntimeError) return error;
      throw error;
    }
  }

  async #writeBatch(batch: Batch, control: WriteControl): Promise<UpdateFailure<Update>[]> {
    if (this.state.kind !== 'primary') {
      const state = this.#arbitrator.describe();
      throw new P4RuntimeError('NOT_PRIMARY', `${this.address}: Write: this client is ${state}`);
    }
    const head = new WriteRequest();
    head.setDeviceId(this.deviceId);
    head.setElectionId(toUint128(this.#arbitrator.electionId));
    if (this.#options.role !== undefined) head.setRole(this.#options.role);
    // Fields may come in any order: what the batch has encoded already follows as it is.
    const request = Buffer.concat([head.serializeBinary(), batch.body]);
    try {
      await this.#calls.unary<WriteResponse>('Write', control, (options, done) =>
        this.#client.makeUnaryRequest(WRITE.path, asIs, WRITE.responseDeserialize, request, options, done),
      );
      return [];
    } catch (error) {
      if (!(error instanceof P4RuntimeError)) throw error;
      const failures = updateFailures(error.cause, batch.updates, batch.firstIndex);
      if (failures !== undefined) return failures;
      const [only] = batch.updates;
      const isAnswer = isServiceError(error.cause) && !error.isConnectionLost && !error.isNotPrimary;
      if (batch.updates.length !== 1 || only === undefined || !isAnswer || error.code === 'CANCELLED') {
        throw new P4RuntimeError(error.code, error.rawMessage, { cause: error.cause });
      }
      // A server that gives no details has still refused the one update there is.
      const status = error.code as UpdateFailure['status'];
      const index = batch.firstIndex;
      return [{ index, update: only, status, message: error.rawMessage, targetCode: 0, space: '' }];
    }
  }

  async #run(): Promise<void> {
    while (!this.#closing.signal.aborted) {
      const error = await this.#session();
      this.#stream = undefined;
      const again = this.#arbitrator.disconnected(error);
      if (!again) this.#fatal = error;
      if (this.#closing.signal.aborted) return;
      this.stateChanged.emit(this.state);
      if (!again) return;
      await this.#backoff.wait(this.#closing.signal);
    }
  }

  /** One stream from its opening to its end; the error it ended with, if any. */
  #session(): Promise<P4RuntimeError | undefined> {
    return new Promise((resolve) => {
      this.#connections += 1;
      const call = openStream(this.#client);
      const stream = new SwitchStream(
        call,
        `${this.address}: StreamChannel`,
        this.#options.maxQueued ?? 1024,
        {
          arbitration: (message) => {
            this.#backoff.reset();
            const step = this.#arbitrator.update(message);
            this.stateChanged.emit(this.state);
            if (step === 'bid') this.#bid();
          },
          packetIn: (message) => this.#hear(this.packetIn, () => decodePacketIn(this.#schema, message)),
          digest: (message) => {
            this.#hear(this.digest, () => decodeDigestList(this.schema, message));
            if (this.#options.ackDigests === false) return;
            const ack = new StreamMessageRequest();
            ack.setDigestAck(digestAck(message));
            this.#send(ack);
          },
          idleTimeout: (message) =>
            this.#hear(this.idleTimeout, () =>
              message.getTableEntryList().map((entry) => decodeTableEntry(this.schema, entry)),
            ),
          error: (message) => this.streamProblem.emit(readStreamError(message)),
          received: () => {
            this.#received += 1;
          },
          ended: resolve,
        },
      );
      this.#stream = stream;
      this.#bid();
      this.stateChanged.emit(this.state);
    });
  }

  #bid(): void {
    const message = new StreamMessageRequest();
    message.setArbitration(this.#arbitrator.bid());
    this.#send(message);
  }

  #send(message: StreamMessageRequest | Buffer): boolean {
    if (this.#stream?.send(message) !== true) return false;
    this.#sent += 1;
    return true;
  }

  #hear<T>(signal: Signal<T>, decode: () => T): void {
    if (!signal.isHeard) {
      this.#unheard += 1;
      return;
    }
    try {
      signal.emit(decode());
    } catch (error) {
      this.failed.emit(error);
    }
  }

  #listenerFailed(error: unknown): void {
    this.failed.emit(error);
  }
}

function readStreamError(message: StreamErrorMessage): StreamProblem {
  return { code: statusName(message.getCanonicalCode()), message: message.getMessage() };
}
