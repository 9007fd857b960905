import { readFileSync } from 'node:fs';
import { credentials, type ServiceError } from '@grpc/grpc-js';
import {
  Action,
  Entity,
  FieldMatch,
  ForwardingPipelineConfig,
  GetForwardingPipelineConfigRequest,
  type GetForwardingPipelineConfigResponse,
  MasterArbitrationUpdate,
  P4Error,
  type P4Info,
  PacketOut,
  ReadRequest,
  type ReadResponse,
  type Role,
  SetForwardingPipelineConfigRequest,
  Status,
  StreamMessageRequest,
  type StreamMessageResponse,
  TableAction,
  TableEntry,
  Uint128,
  Update,
  WriteRequest,
} from 'p4runtime-js';
import { parseP4InfoText } from 'p4runtime-js/p4info-text';
import { P4RuntimeClient } from 'p4runtime-js/service';
import { EmbeddedSwitch } from '../../switch/index.js';
import { type P4RuntimeServer, type ServeOptions, serveP4Runtime } from '../../switch/p4runtime/index.js';

/** Codes of google.rpc.Code, by short names. */
export const INVALID = 3;
export const NOT_FOUND = 5;
export const EXISTS = 6;
export const DENIED = 7;
export const EXHAUSTED = 8;
export const PRECONDITION = 9;
export const OUT_OF_RANGE = 11;
export const UNIMPLEMENTED = 12;

export const CPU_PORT = 510;
export const DEVICE_ID = 7;

// Compiled tests lie under dist/, the fixtures beside the sources.
const FIXTURES = new URL('../../../test/p4runtime/fixtures/', import.meta.url);

export function fixture(name: string): Uint8Array {
  return readFileSync(new URL(name, FIXTURES));
}

export function fixtureInfo(name = 'entities'): P4Info {
  return parseP4InfoText(new TextDecoder().decode(fixture(`${name}.p4info.txtpb`)));
}

/** A controller's StreamChannel whose messages are waited for one by one. */
export class Stream {
  readonly ended: Promise<ServiceError | undefined>;
  private readonly call: ReturnType<P4RuntimeClient['streamChannel']>;
  private readonly arrived: StreamMessageResponse[] = [];
  private waiting: ((message: StreamMessageResponse) => void) | undefined;

  constructor(client: P4RuntimeClient) {
    this.call = client.streamChannel();
    this.call.on('data', (message: StreamMessageResponse) => {
      const { waiting } = this;
      this.waiting = undefined;
      if (waiting === undefined) this.arrived.push(message);
      else waiting(message);
    });
    this.ended = new Promise((resolve) => {
      this.call.on('error', (error: ServiceError) => resolve(error));
      this.call.on('end', () => resolve(undefined));
    });
  }

  send(request: StreamMessageRequest): void {
    this.call.write(request);
  }

  next(): Promise<StreamMessageResponse> {
    const message = this.arrived.shift();
    if (message !== undefined) return Promise.resolve(message);
    return new Promise((resolve) => {
      this.waiting = resolve;
    });
  }

  /** Messages that have arrived and not been asked for. */
  get pending(): number {
    return this.arrived.length;
  }

  arbitrate(electionId: bigint | undefined, options: { role?: Role; deviceId?: number } = {}): void {
    const update = new MasterArbitrationUpdate();
    update.setDeviceId(String(options.deviceId ?? DEVICE_ID));
    if (electionId !== undefined) update.setElectionId(electionIdOf(electionId));
    update.setRole(options.role);
    const request = new StreamMessageRequest();
    request.setArbitration(update);
    this.send(request);
  }

  /** The next message, which must be an arbitration: "code message election-id". */
  async arbitration(): Promise<string> {
    const update = (await this.next()).getArbitration();
    const id = update?.getElectionId();
    const text = id === undefined ? 'none' : String((BigInt(id.getHigh()) << 64n) | BigInt(id.getLow()));
    return `${update?.getStatus()?.getCode()} ${update?.getStatus()?.getMessage()} ${text}`;
  }

  packetOut(
    payload: Uint8Array,
    metadata: PacketOut['getMetadataList'] extends () => infer L ? L : never,
  ): void {
    const packet = new PacketOut();
    packet.setPayload(payload);
    packet.setMetadataList(metadata);
    const request = new StreamMessageRequest();
    request.setPacket(packet);
    this.send(request);
  }

  close(): void {
    this.call.end();
  }

  /** Breaks the stream as a dying client does. */
  cancel(): void {
    this.call.cancel();
  }
}

export function electionIdOf(id: bigint): Uint128 {
  const message = new Uint128();
  message.setHigh(String(id >> 64n));
  message.setLow(String(id & 0xffffffffffffffffn));
  return message;
}

/** What a failed call says. */
export interface Failure {
  readonly code: number;
  readonly message: string;
  /** Canonical code and message of every element of the batch, if there are details. */
  readonly errors: readonly { readonly code: number; readonly message: string }[];
  /** Code and message of the google.rpc.Status the details are in; 0 and '' where there is none. */
  readonly status: { readonly code: number; readonly message: string };
}

function failureOf(error: ServiceError): Failure {
  const [details] = error.metadata?.get('grpc-status-details-bin') ?? [];
  const status = details instanceof Buffer ? Status.deserializeBinary(details) : new Status();
  const errors = status.getDetailsList().map((any) => {
    const detail = P4Error.deserializeBinary(any.getValue_asU8());
    return { code: detail.getCanonicalCode(), message: detail.getMessage() };
  });
  return {
    code: error.code,
    message: error.details,
    errors,
    status: { code: status.getCode(), message: status.getMessage() },
  };
}

export interface SendOptions {
  readonly electionId?: bigint | undefined;
  readonly role?: string;
  readonly deviceId?: number;
}

/** A switch, its P4Runtime server on loopback, and a client. */
export class Rig {
  /** Frames sent, by port. */
  readonly sent = new Map<number, string[]>();
  readonly time = { now: 0 };
  readonly sw: EmbeddedSwitch;
  readonly info: P4Info;
  private readonly program: 'entities' | 'extras';
  private readonly control: string;
  private served: P4RuntimeServer | undefined;
  private readonly clients: P4RuntimeClient[] = [];
  private first: P4RuntimeClient | undefined;

  constructor(program: 'entities' | 'extras' = 'entities') {
    this.program = program;
    this.control = program === 'entities' ? 'FabricIngress' : 'ExtrasIngress';
    this.info = fixtureInfo(program);
    this.sw = new EmbeddedSwitch({ clock: { now: () => this.time.now }, cpuPort: CPU_PORT });
    for (let port = 0; port < 8; port++) {
      const frames: string[] = [];
      this.sent.set(port, frames);
      this.sw.attach(port, { transmit: (frame) => frames.push(Buffer.from(frame).toString('hex')) });
    }
  }

  async start(options: Pick<ServeOptions, 'translations'> = {}): Promise<this> {
    this.served = await serveP4Runtime({
      ...options,
      switch: this.sw,
      deviceId: DEVICE_ID,
      address: '127.0.0.1:0',
    });
    return this;
  }

  async stop(): Promise<void> {
    for (const client of this.clients) client.close();
    await this.served?.close();
  }

  get server(): P4RuntimeServer {
    if (this.served === undefined) throw new Error('the rig is not started');
    return this.served;
  }

  newClient(): P4RuntimeClient {
    const client = new P4RuntimeClient(`127.0.0.1:${this.server.port}`, credentials.createInsecure());
    this.clients.push(client);
    return client;
  }

  get client(): P4RuntimeClient {
    this.first ??= this.newClient();
    return this.first;
  }

  openStream(): Stream {
    return new Stream(this.newClient());
  }

  /** A stream that is primary with election id 1. */
  async primary(): Promise<Stream> {
    const stream = this.openStream();
    stream.arbitrate(1n);
    await stream.next();
    return stream;
  }

  /** A primary's stream with the fixture's pipeline running. */
  async ready(): Promise<Stream> {
    const stream = await this.primary();
    const failure = await this.setPipeline(this.config());
    if (failure !== undefined) throw new Error(failure.message);
    return stream;
  }

  config(name: string = this.program): ForwardingPipelineConfig {
    const config = new ForwardingPipelineConfig();
    config.setP4info(fixtureInfo(name));
    config.setP4DeviceConfig(fixture(`${name}.json`));
    const cookie = new ForwardingPipelineConfig.Cookie();
    cookie.setCookie('18446744073709551615');
    config.setCookie(cookie);
    return config;
  }

  setPipeline(
    config: ForwardingPipelineConfig | undefined,
    action: SetForwardingPipelineConfigRequest.ActionMap[keyof SetForwardingPipelineConfigRequest.ActionMap] = SetForwardingPipelineConfigRequest
      .Action.VERIFY_AND_COMMIT,
    options: SendOptions = {},
  ): Promise<Failure | undefined> {
    const request = new SetForwardingPipelineConfigRequest();
    request.setDeviceId(String(options.deviceId ?? DEVICE_ID));
    request.setElectionId(electionIdOf(options.electionId ?? 1n));
    request.setAction(action);
    request.setConfig(config);
    return new Promise((resolve) => {
      this.client.setForwardingPipelineConfig(request, (error) => {
        resolve(error === null ? undefined : failureOf(error));
      });
    });
  }

  getPipeline(
    type: GetForwardingPipelineConfigRequest.ResponseTypeMap[keyof GetForwardingPipelineConfigRequest.ResponseTypeMap] = 0,
  ): Promise<GetForwardingPipelineConfigResponse | Failure> {
    const request = new GetForwardingPipelineConfigRequest();
    request.setDeviceId(String(DEVICE_ID));
    request.setResponseType(type);
    return new Promise((resolve, reject) => {
      this.client.getForwardingPipelineConfig(request, (error, response) => {
        if (error !== null) resolve(failureOf(error));
        else if (response !== undefined) resolve(response);
        else reject(new Error('neither error nor response'));
      });
    });
  }

  writeAll(
    updates: readonly Update[],
    atomicity: WriteRequest.AtomicityMap[keyof WriteRequest.AtomicityMap] = 0,
    options: SendOptions = {},
  ): Promise<Failure | undefined> {
    const request = new WriteRequest();
    request.setDeviceId(String(options.deviceId ?? DEVICE_ID));
    const electionId = 'electionId' in options ? options.electionId : 1n;
    if (electionId !== undefined) request.setElectionId(electionIdOf(electionId));
    request.setRole(options.role ?? '');
    request.setAtomicity(atomicity);
    request.setUpdatesList([...updates]);
    return new Promise((resolve) => {
      this.client.write(request, (error) => resolve(error === null ? undefined : failureOf(error)));
    });
  }

  write(...updates: Update[]): Promise<Failure | undefined> {
    return this.writeAll(updates);
  }

  /** Writes, and gives each update's code; 0 = done. */
  async codes(...updates: Update[]): Promise<number[]> {
    return (await this.write(...updates))?.errors.map(({ code }) => code) ?? updates.map(() => 0);
  }

  /** Writes and throws if any update fails. */
  async apply(...updates: Update[]): Promise<void> {
    const failure = await this.write(...updates);
    if (failure !== undefined) throw new Error(JSON.stringify(failure));
  }

  /** All entities the filters select, and how the call ended. */
  readAll(
    ...filters: Entity[]
  ): Promise<{ entities: Entity[]; chunks: number; failure: Failure | undefined }> {
    const request = new ReadRequest();
    request.setDeviceId(String(DEVICE_ID));
    request.setEntitiesList(filters);
    return new Promise((resolve) => {
      const entities: Entity[] = [];
      let chunks = 0;
      const call = this.client.read(request);
      call.on('data', (response: ReadResponse) => {
        chunks++;
        entities.push(...response.getEntitiesList());
      });
      call.on('error', (error: ServiceError) => resolve({ entities, chunks, failure: failureOf(error) }));
      call.on('end', () => resolve({ entities, chunks, failure: undefined }));
    });
  }

  async read(filter: Entity): Promise<Entity[]> {
    const { entities, failure } = await this.readAll(filter);
    if (failure !== undefined) throw new Error(JSON.stringify(failure));
    return entities;
  }

  /** Sends a frame, given in hex, into a port of the switch. */
  receive(port: number, hex: string): void {
    this.sw.receive(port, Buffer.from(hex, 'hex'));
  }

  /** Takes the frames sent on a port so far. */
  take(port: number): string[] {
    return this.sent.get(port)?.splice(0) ?? [];
  }

  tableId(name: string): number {
    return idOf(this.info.getTablesList(), `${this.control}.${name}`);
  }

  /** A table entry built from short forms. */
  entry(
    table: string,
    match: readonly FieldMatch[],
    action?: TableAction,
    more: (entry: TableEntry) => void = () => undefined,
  ): TableEntry {
    const entry = new TableEntry();
    entry.setTableId(this.tableId(table));
    entry.setMatchList([...match]);
    entry.setAction(action);
    more(entry);
    return entry;
  }

  actionCall(name: string, ...params: (number | string)[]): Action {
    const action = new Action();
    const full = name === 'NoAction' ? name : `${this.control}.${name}`;
    action.setActionId(idOf(this.info.getActionsList(), full));
    params.forEach((value, i) => {
      const param = new Action.Param();
      param.setParamId(i + 1);
      param.setValue(typeof value === 'string' ? new TextEncoder().encode(value) : bytes(value));
      action.addParams(param);
    });
    return action;
  }

  action(name: string, ...params: (number | string)[]): TableAction {
    const action = new TableAction();
    action.setAction(this.actionCall(name, ...params));
    return action;
  }
}

interface Identified {
  getPreamble(): { getId(): number; getName(): string } | undefined;
}

export function idOf(objects: readonly Identified[], name: string): number {
  const object = objects.find((candidate) => candidate.getPreamble()?.getName() === name);
  if (object === undefined) throw new Error(`P4Info has no ${name}`);
  return object.getPreamble()?.getId() ?? 0;
}

/** Big-endian bytes of a number, shortest form. */
export function bytes(value: number | bigint): Uint8Array {
  const hex = value.toString(16);
  return Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
}

export function exact(fieldId: number, value: number | bigint): FieldMatch {
  const match = new FieldMatch();
  match.setFieldId(fieldId);
  const exactMatch = new FieldMatch.Exact();
  exactMatch.setValue(bytes(value));
  match.setExact(exactMatch);
  return match;
}

export function lpm(fieldId: number, value: number | bigint, length: number): FieldMatch {
  const match = new FieldMatch();
  match.setFieldId(fieldId);
  const prefix = new FieldMatch.LPM();
  prefix.setValue(bytes(value));
  prefix.setPrefixLen(length);
  match.setLpm(prefix);
  return match;
}

export function ternary(fieldId: number, value: number | bigint, mask: number | bigint): FieldMatch {
  const match = new FieldMatch();
  match.setFieldId(fieldId);
  const masked = new FieldMatch.Ternary();
  masked.setValue(bytes(value));
  masked.setMask(bytes(mask));
  match.setTernary(masked);
  return match;
}

export function range(fieldId: number, low: number, high: number): FieldMatch {
  const match = new FieldMatch();
  match.setFieldId(fieldId);
  const bounds = new FieldMatch.Range();
  bounds.setLow(bytes(low));
  bounds.setHigh(bytes(high));
  match.setRange(bounds);
  return match;
}

export function optional(fieldId: number, value: number): FieldMatch {
  const match = new FieldMatch();
  match.setFieldId(fieldId);
  const one = new FieldMatch.Optional();
  one.setValue(bytes(value));
  match.setOptional(one);
  return match;
}

/** An Entity with what `fill` sets. */
export function entity(fill: (holder: Entity) => void): Entity {
  const holder = new Entity();
  fill(holder);
  return holder;
}

/** An Entity with a table entry, as filter or as update. */
export function tableEntity(entry: TableEntry): Entity {
  return entity((holder) => holder.setTableEntry(entry));
}

export function update(type: 'INSERT' | 'MODIFY' | 'DELETE', holder: Entity): Update {
  const message = new Update();
  message.setType(Update.Type[type]);
  message.setEntity(holder);
  return message;
}

export function insert(entry: TableEntry): Update {
  return update('INSERT', tableEntity(entry));
}

export function modify(entry: TableEntry): Update {
  return update('MODIFY', tableEntity(entry));
}

export function remove(entry: TableEntry): Update {
  return update('DELETE', tableEntity(entry));
}
