import { CapabilitiesRequest, type CapabilitiesResponse, type Entity as EntityMessage } from 'p4runtime-js';
import { P4RuntimeClient } from 'p4runtime-js/service';
import { type ArbitrationState, Arbitrator } from './arbitration.js';
import { Backoff } from './backoff.js';
import { type CallControl, Calls, closedError } from './calls.js';
import type { DigestList } from './digests.js';
import type { DecodedEntity, EncodeOptions, Entity } from './entities/index.js';
import type { DecodedTableEntry } from './entities/table-entry.js';
import { P4RuntimeError } from './errors.js';
import type { Identified } from './identified.js';
import { Liveness } from './liveness.js';
import { Notices, type StreamProblem } from './notices.js';
import { checkedOptions, type SwitchClientOptions } from './options.js';
import { encodePacketOut, type PacketIn } from './packet-io.js';
import type { Pipeline, PipelineOptions } from './pipeline.js';
import { PipelineCalls } from './pipeline-push.js';
import { decoded, identified, messages, readRequest } from './read.js';
import { renewable } from './renewable-channel.js';
import type { Schema } from './schema.js';
import type { Signal } from './signal.js';
import { StreamLoop } from './stream-loop.js';
import { detectTarget, type TargetProfile } from './target.js';
import { refuseRead, refuseWrite } from './target-limits.js';
import type { Value } from './values.js';
import { makeBatches, type Update } from './write.js';
import { type WriteControl, Writer } from './writer.js';

/** What a client has done since it was made. */
export interface ClientStats {
  readonly streamMessagesReceived: number;
  readonly streamMessagesSent: number;
  readonly packetsOutDropped: number;
  /** Acknowledgements of digest lists that found the stream down or clogged; the switch sends such lists again. */
  readonly acksDropped: number;
  /** Packet-ins, digest lists and idle notices that arrived while nobody listened. */
  readonly unheard: number;
  /** Streams opened, whether or not they came to anything. */
  readonly connections: number;
}

/**
 * A P4Runtime client of one switch. start() keeps a stream to it, arbitrates, and connects again with backoff when
 * the stream ends, until close(). Names instead of ids are understood once a pipeline is known (setPipeline, or
 * adoptPipeline). Every method that asks the switch throws P4RuntimeError: UNAVAILABLE or DEADLINE_EXCEEDED where the
 * switch is not there, CANCELLED where the call was aborted, CLOSED after close().
 */
export class SwitchClient {
  /** Every change of `state`. */
  readonly stateChanged: Signal<ArbitrationState>;
  readonly packetIn: Signal<PacketIn>;
  readonly digest: Signal<DigestList>;
  /** Entries that no packet has hit for their idle timeout. */
  readonly idleTimeout: Signal<readonly DecodedTableEntry[]>;
  readonly streamProblem: Signal<StreamProblem>;
  /** What listeners threw, and messages that could not be decoded. */
  readonly failed: Signal<unknown>;

  readonly address: string;
  readonly deviceId: string;
  readonly #options: SwitchClientOptions;
  readonly #client: P4RuntimeClient;
  readonly #calls: Calls;
  readonly #arbitrator: Arbitrator;
  readonly #notices = new Notices();
  readonly #stream: StreamLoop;
  readonly #writer: Writer;
  readonly #liveness: Liveness | undefined;
  readonly #pipelines: PipelineCalls;
  readonly #closing = new AbortController();
  #closed: Promise<void> | undefined;
  #schema: Schema | undefined;
  #target: TargetProfile | undefined;
  #packetsOutDropped = 0;

  /** Throws P4RuntimeError BAD_VALUE, naming the option that is wrong. Connects to nothing yet. */
  constructor(options: SwitchClientOptions) {
    const settings = checkedOptions(options);
    const { address, deviceId, timeoutMs } = settings;
    const { role } = options;
    this.#options = options;
    this.address = address;
    this.deviceId = deviceId;
    this.stateChanged = this.#notices.stateChanged;
    this.packetIn = this.#notices.packetIn;
    this.digest = this.#notices.digest;
    this.idleTimeout = this.#notices.idleTimeout;
    this.streamProblem = this.#notices.streamProblem;
    this.failed = this.#notices.failed;
    const own = renewable(settings);
    const client = new P4RuntimeClient(address, settings.credentials, own.options);
    this.#client = client;
    const closing = this.#closing.signal;
    const calls = new Calls({ client, address, timeoutMs, closing });
    this.#calls = calls;
    const arbitrator = new Arbitrator({
      deviceId,
      role,
      roleConfig: options.roleConfig,
      fixedElectionId: options.fixedElectionId ?? false,
      electionId: settings.electionId,
    });
    this.#arbitrator = arbitrator;
    this.#stream = new StreamLoop({
      client,
      address,
      arbitrator,
      backoff: new Backoff(options.backoff),
      notices: this.#notices,
      closing,
      answerTimeoutMs: timeoutMs,
      maxQueued: settings.maxQueued,
      ackDigests: options.ackDigests ?? true,
      schema: () => this.#schema,
    });
    const another = () => new P4RuntimeClient(address, settings.credentials, settings.channelOptions);
    const { suspectAfterMs } = settings;
    const onLost = (error: P4RuntimeError) => {
      own.renew?.();
      this.#stream.abandon(error);
    };
    this.#liveness =
      own.renew && new Liveness({ address, deviceId, client, another, suspectAfterMs, onLost });
    const device = { client, calls, arbitrator, address, deviceId, role, liveness: this.#liveness };
    this.#writer = new Writer(device);
    this.#pipelines = new PipelineCalls(device);
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

  /** As `stats` has it: for who asks all the time. */
  get streamMessagesReceived(): number {
    return this.#stream.received;
  }

  get streamMessagesSent(): number {
    return this.#stream.sent;
  }

  get stats(): ClientStats {
    return {
      ...this.#stream.counts,
      packetsOutDropped: this.#packetsOutDropped,
      unheard: this.#notices.unheard,
    };
  }

  /** Starts connecting; returns at once. Calling it again does nothing. Throws P4RuntimeError CLOSED after close(). */
  start(): void {
    if (this.#closing.signal.aborted) throw closedError(this.address);
    this.#stream.start();
  }

  /** Ends the stream and the connection. Calls under way fail with CANCELLED, iterations of signals end. */
  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #close(): Promise<void> {
    this.#closing.abort();
    this.#liveness?.close();
    this.#stream.end();
    this.#client.close();
    await this.#stream.stopped();
    this.#arbitrator.close();
    this.stateChanged.emit(this.state);
    this.#notices.end();
  }

  /**
   * Resolves when this client is primary; starts it where nobody has. Waits as long as there is a point in trying:
   * rejects with P4RuntimeError when the client is closed, has given up on its election id, or `signal` is aborted
   * (CANCELLED, which says how far it came and has the last connection's error as its cause).
   */
  whenPrimary(signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (!this.#closing.signal.aborted) this.#stream.start();
      const check = () => {
        const { state } = this;
        const { fatal } = this.#stream;
        if (state.kind === 'primary') settle(resolve);
        else if (state.kind === 'closed') settle(() => reject(closedError(this.address)));
        else if (fatal !== undefined) settle(() => reject(fatal));
        else if (signal?.aborted === true) settle(() => reject(this.#notPrimaryYet()));
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
   * the pipeline's cookie already, unless forced. Returns whether it was pushed. A switch without verify-and-commit
   * gets it as verify-and-save and commit; what else it does not have is UNIMPLEMENTED, or done by
   * `options.fallback`. Throws P4RuntimeError with the switch's code where it refuses the pipeline.
   */
  async setPipeline(pipeline: Pipeline, options: PipelineOptions & CallControl = {}): Promise<boolean> {
    const { schema, done } = await this.#pipelines.push(pipeline, this.target, options);
    if (done.includes('verify')) return false;
    this.#schema = schema;
    return done.length > 0;
  }

  /** Cookie of the pipeline the switch executes; undefined where it has none. */
  pipelineCookie(control: CallControl = {}): Promise<bigint | undefined> {
    return this.#pipelines.cookie(control);
  }

  /** Takes over the pipeline the switch executes, so that its names can be used. Throws NO_PIPELINE where it has none. */
  async adoptPipeline(control: CallControl = {}): Promise<Schema> {
    this.#schema = await this.#pipelines.held(control);
    return this.#schema;
  }

  /**
   * Applies updates in order, split into requests of bounded size. Throws P4RuntimeError with every refused update in
   * `failures`; the others have been applied (continue-on-error) or none has (the other atomicities). Throws
   * BAD_ENTITY, BAD_VALUE or UNKNOWN_NAME, before anything is sent, where an update is not what the P4Info asks for;
   * NOT_PRIMARY where another client is primary, or none.
   */
  async write(updates: Update | readonly Update[], control: WriteControl = {}): Promise<void> {
    const list: readonly Update[] = 'length' in updates ? updates : [updates];
    const atomicity = control.atomicity ?? 'continue-on-error';
    refuseWrite(this.target, list, atomicity);
    const most = control.maxUpdates ?? this.#writer.maxUpdates(atomicity);
    const batches = makeBatches(this.schema, list, atomicity, this.#encodeOptions(), most);
    const inFlight = control.inFlight ?? (this.target?.keepsWriteOrder === true ? 4 : 1);
    await this.#writer.write(batches, list.length, Math.max(1, inFlight), control);
  }

  /**
   * What the switch holds, for each query; entities come as they arrive, by names, no faster than they are taken.
   * Throws BAD_ENTITY for an entity that cannot be understood: readMessages() hands out those as well.
   */
  read(queries: Entity | readonly Entity[], control: CallControl = {}): AsyncGenerator<DecodedEntity> {
    return decoded(this.schema, this.#responses(queries, control), control.signal);
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

  /**
   * Sends a packet out of the switch; fields of packet_out that are left out are 0. False, and counted, where the
   * stream is down or clogged. Throws P4RuntimeError where the metadata does not fit the program.
   */
  packetOut(payload: Uint8Array, metadata: Readonly<Record<string, Value>> = {}): boolean {
    if (this.#stream.sendPacket(encodePacketOut(this.schema, payload, metadata))) return true;
    this.#packetsOutDropped += 1;
    return false;
  }

  /**
   * Acknowledges a digest list, with `ackDigests: false`. False, and counted, where the stream is down or clogged: the
   * switch sends the list again after its ack timeout.
   */
  acknowledge(list: DigestList): boolean {
    return this.#stream.acknowledge(list);
  }

  /** In the state of the moment there is often no error: the next attempt is under way. */
  #notPrimaryYet(): P4RuntimeError {
    const { lastError } = this.#stream;
    const before = lastError === undefined ? '' : `; the last connection ended with ${lastError.message}`;
    const why = `${this.address}: whenPrimary: aborted while ${this.#arbitrator.describe()}${before}`;
    return new P4RuntimeError('CANCELLED', why, lastError === undefined ? {} : { cause: lastError });
  }

  /** As given, else as the target wants it. */
  #encodeOptions(): EncodeOptions {
    const target = this.target;
    return { ...(target !== undefined && { replicaPorts: target.replicaPorts }), ...this.#options.encode };
  }
}
