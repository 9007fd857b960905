import { DesiredSwitch, type Item } from './fabric/desired.js';
import { type Ownership, Reconciler, type ReconcilerState, type Refusal } from './fabric/reconciler.js';
import type { SwitchSpec } from './fabric/topology.js';
import {
  type ArbitrationState,
  Backoff,
  type DigestList,
  type Entity,
  P4RuntimeError,
  type PacketIn,
  type Pipeline,
  type Schema,
  SwitchClient,
  type SwitchClientOptions,
} from './p4runtime/index.js';

export interface SwitchSessionOptions {
  readonly spec: SwitchSpec;
  readonly pipeline: Pipeline;
  readonly schema: Schema;
  readonly ownership: Ownership;
  /** Whether registers of the switch may hold what nobody remembers, so that it must start anew. */
  readonly mustReset: () => boolean;
  /** The switch executes the pipeline; `pushed` = it starts from nothing. */
  readonly onPipeline: (pushed: boolean) => Promise<void>;
  readonly onArbitration: (state: ArbitrationState) => void;
  readonly onReconciler: (state: ReconcilerState) => void;
  readonly onRefused: (refusal: Refusal) => void;
  readonly onPacketIn: (packet: PacketIn) => void;
  readonly onDigest: (list: DigestList) => void;
  readonly onError: (error: unknown) => void;
}

/**
 * One switch of the fabric: what it should hold, and, once connected, the client and the reconciler that bring it
 * there. On becoming primary it makes the switch execute the pipeline, then lets the reconciler loose.
 */
export class SwitchSession {
  readonly spec: SwitchSpec;
  readonly desired: DesiredSwitch;
  readonly #options: SwitchSessionOptions;
  #client: SwitchClient | undefined;
  #reconciler: Reconciler | undefined;
  #setup: AbortController | undefined;
  /** Primary, and the switch executes the pipeline. */
  #isReady = false;

  constructor(options: SwitchSessionOptions) {
    this.#options = options;
    this.spec = options.spec;
    this.desired = new DesiredSwitch(options.schema);
  }

  /** Names of the program the switch executes. */
  get schema(): Schema {
    return this.#options.schema;
  }

  get client(): SwitchClient | undefined {
    return this.#client;
  }

  get reconciler(): Reconciler | undefined {
    return this.#reconciler;
  }

  /** Connected, or about to be, and not yet where it should be. */
  get busy(): boolean {
    return this.#setup !== undefined || this.#reconciler?.state === 'working';
  }

  /** The switch holds everything it should, but for what it refused. */
  get isSettled(): boolean {
    return this.#setup === undefined && this.#reconciler?.state === 'idle' && !this.desired.hasChanges;
  }

  /** Starts a connection; an earlier one is closed. */
  async connect(options: SwitchClientOptions): Promise<void> {
    await this.close();
    const { schema, ownership, onReconciler, onRefused, onError } = this.#options;
    const client = new SwitchClient(options);
    this.#client = client;
    this.#reconciler = new Reconciler({
      client,
      schema,
      desired: this.desired,
      ownership,
      onState: onReconciler,
      onRefused,
      onError,
    });
    client.stateChanged.subscribe((state) => this.#arbitrationChanged(client, state));
    client.packetIn.subscribe(this.#options.onPacketIn);
    client.digest.subscribe(this.#options.onDigest);
    client.failed.subscribe(onError);
    client.streamProblem.subscribe((problem) =>
      onError(new Error(`${this.spec.name}: ${problem.code}: ${problem.message}`)),
    );
    client.start();
  }

  /** Replaces a section of what the switch should hold. */
  want(section: string, entities: readonly Entity[]): void {
    if (this.desired.replace(section, entities)) this.#reconciler?.changed();
  }

  /** As want(), with what encodeItems() made: several switches share it. */
  wantItems(section: string, items: readonly Item[]): void {
    if (this.desired.replaceItems(section, items)) this.#reconciler?.changed();
  }

  async close(): Promise<void> {
    this.#isReady = false;
    this.#setup?.abort();
    this.#setup = undefined;
    this.#reconciler?.down();
    const client = this.#client;
    this.#client = undefined;
    await client?.close();
  }

  #arbitrationChanged(client: SwitchClient, state: ArbitrationState): void {
    if (client !== this.#client) return;
    if (state.kind === 'primary') {
      if (this.#setup === undefined && !this.#isReady) this.#setUp(client);
    } else {
      this.#isReady = false;
      this.#setup?.abort();
      this.#setup = undefined;
      this.#reconciler?.down();
    }
    this.#options.onArbitration(state);
  }

  /** Pushes the pipeline, again with backoff where that fails, and then starts the reconciler. */
  #setUp(client: SwitchClient): void {
    const setup = new AbortController();
    this.#setup = setup;
    const { pipeline, mustReset, onPipeline, onError } = this.#options;
    const attempt = async () => {
      const backoff = new Backoff({ initialMs: 200 });
      while (!setup.signal.aborted) {
        try {
          await detect(client, setup.signal);
          const pushed = await client.setPipeline(pipeline, { force: mustReset(), signal: setup.signal });
          await onPipeline(pushed);
          if (setup.signal.aborted) return;
          this.#setup = undefined;
          this.#isReady = true;
          this.#reconciler?.up();
          return;
        } catch (error) {
          if (setup.signal.aborted) return;
          onError(error);
          await backoff.wait(setup.signal);
        }
      }
    };
    attempt().catch(onError);
  }
}

/** What the switch does otherwise, where it tells and nobody has said: how ports are written depends on it. */
async function detect(client: SwitchClient, signal: AbortSignal): Promise<void> {
  if (client.target !== undefined) return;
  try {
    await client.detectTarget({ signal });
  } catch (error) {
    // Servers before P4Runtime 1.1 have no Capabilities.
    if (!(error instanceof P4RuntimeError) || error.code !== 'UNIMPLEMENTED') throw error;
  }
}
