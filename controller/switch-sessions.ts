import type { FabricKey } from '../wire/index.js';
import { ControllerError } from './errors.js';
import type { ControllerEvent } from './events.js';
import { encodeItems, type Item } from './fabric/desired.js';
import type { Links } from './fabric/links.js';
import { COUNTERS } from './fabric/program.js';
import type { Programs } from './fabric/programs.js';
import { staticSections } from './fabric/sections.js';
import type { SwitchSpec, Topology } from './fabric/topology.js';
import type { Entity, Schema } from './p4runtime/index.js';
import { modify } from './p4runtime/index.js';
import type { Part } from './part.js';
import type { Json, Store, StoreChange } from './store/store.js';
import type { SwitchMessages } from './switch-messages.js';
import { SwitchSession } from './switch-session.js';
import { type CounterSource, emptyCells } from './telemetry/readings.js';

export interface SwitchSessionsOptions {
  readonly topology: Topology;
  readonly key: FabricKey;
  readonly programs: Programs;
  readonly store: Store;
  readonly paths: () => Links['paths'];
  /** Where packets and digests of the switches go. */
  readonly messages: () => SwitchMessages;
  /** A switch executes its pipeline from nothing. */
  readonly onBegan: (name: string) => void;
  readonly onEvent: (event: ControllerEvent) => void;
}

/** Services whose cells are written together: a few requests' worth. */
const ACCOUNTS_AT_ONCE = 64;

/** The sessions of all switches of the topology, and what is wanted of or read from several of them alike. */
export class SwitchSessions implements Part {
  readonly #options: SwitchSessionsOptions;
  readonly #sessions: ReadonlyMap<string, SwitchSession>;
  /** Switches this store has programmed before: what their registers hold is remembered. */
  readonly #known = new Set<string>();
  /** Connected switches that have held everything they should since they were connected. */
  readonly #programmed = new Set<string>();

  constructor(options: SwitchSessionsOptions) {
    this.#options = options;
    const switches = [...options.topology.switches.values()];
    this.#sessions = new Map(switches.map((spec) => [spec.name, this.#make(spec)]));
    this.wantStatic();
  }

  /** Names, in the order of the topology. */
  get names(): string[] {
    return [...this.#sessions.keys()];
  }

  /** Those that resolve names; spines see only what is resolved already. */
  get leaves(): SwitchSession[] {
    return [...this.#sessions.values()].filter(({ spec }) => spec.role === 'leaf');
  }

  /** Throws ControllerError UNKNOWN_SWITCH. */
  get(name: string): SwitchSession {
    const session = this.#sessions.get(name);
    if (session !== undefined) return session;
    throw new ControllerError(
      'UNKNOWN_SWITCH',
      `no switch '${name}' in the topology; it has ${this.names.join(', ')}`,
    );
  }

  restore(values: ReadonlyMap<string, Json>): void {
    for (const path of values.keys()) this.#remember(path);
  }

  apply(changes: readonly StoreChange[]): void {
    for (const { key, value } of changes) {
      if (value !== undefined) this.#remember(key);
    }
  }

  get busy(): boolean {
    return [...this.#sessions.values()].some((session) => session.busy);
  }

  /** A switch of the topology has held everything it should since it was connected. */
  isProgrammed(name: string): boolean {
    return this.#programmed.has(name);
  }

  /** Some switch is being written to. */
  get isWriting(): boolean {
    return [...this.#sessions.values()].some(({ reconciler }) => reconciler?.state === 'working');
  }

  /** Connected switches that do not hold everything they should, with the state they are in. */
  unsettled(): string[] {
    return [...this.#sessions.values()]
      .filter((session) => session.client !== undefined && !session.isSettled)
      .map(({ spec, reconciler }) => `${spec.name} (${reconciler?.state})`);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#sessions.values()].map((session) => session.close()));
  }

  /** What follows from the topology and its paths alone, at every switch. */
  wantStatic(): void {
    const { topology, key, programs, paths } = this.#options;
    for (const session of this.#sessions.values()) {
      const { capabilities } = programs.of(session.spec.name);
      const sections = staticSections(topology, paths(), session.spec, key, capabilities);
      for (const [section, entities] of sections) session.want(section, entities);
    }
  }

  /** What several switches hold alike is encoded once for each program. */
  wantAlike(section: string, entities: readonly Entity[], names: readonly string[]): void {
    const items = new Map<Schema, Item[]>();
    for (const name of names) {
      const session = this.get(name);
      const encoded = items.get(session.schema) ?? encodeItems(session.schema, entities);
      items.set(session.schema, encoded);
      session.wantItems(section, encoded);
    }
  }

  /** How the counters of each connected leaf are read. */
  counterSources(): ReadonlyMap<string, CounterSource> {
    const sources = new Map<string, CounterSource>();
    for (const { spec, client, reconciler } of this.leaves) {
      const { accounts, latency } = this.#options.programs.profileOf(spec.name).features;
      if (accounts === undefined || client === undefined || reconciler?.state === 'down') continue;
      const read: CounterSource['read'] = (queries) => client.read(queries);
      sources.set(spec.name, { read, services: accounts.services, hasLatency: latency });
    }
    return sources;
  }

  /** Hits of cache entries by their indices, without those that had none; undefined where the switch is not connected. */
  async readHits(name: string, indices: readonly number[]): Promise<ReadonlyMap<number, number> | undefined> {
    const hits = new Map<number, number>();
    const { client } = this.get(name);
    if (client === undefined) return undefined;
    const counter = COUNTERS.hits;
    const queries = indices.map((index) => ({ kind: 'counter' as const, counter, index }));
    for await (const cell of client.read(queries)) {
      if (cell.kind === 'counter' && cell.data.packets > 0) hits.set(cell.index, cell.data.packets);
    }
    return hits;
  }

  /**
   * Empties a leaf's counters of services of these numbers. Gives false where that has to wait: the leaf is not connected,
   * or may hold entries that still count under them. Throws P4RuntimeError.
   */
  async emptyAccounts(name: string, numbers: readonly number[]): Promise<boolean> {
    const session = this.#sessions.get(name);
    if (session === undefined) return true;
    const { accounts, latency } = this.#options.programs.profileOf(name).features;
    const { client } = session;
    if (client === undefined || !session.isSettled) return false;
    const counted = numbers.filter((number) => accounts !== undefined && number < accounts.services);
    for (let at = 0; at < counted.length; at += ACCOUNTS_AT_ONCE) {
      const some = counted.slice(at, at + ACCOUNTS_AT_ONCE);
      await client.write(emptyCells(some, latency).map(modify));
    }
    return true;
  }

  #remember(path: string): void {
    if (path.startsWith('switch/')) this.#known.add(path.slice('switch/'.length));
  }

  #make(spec: SwitchSpec): SwitchSession {
    const name = spec.name;
    const { programs, store, messages, onBegan, onEvent } = this.#options;
    const { pipeline, schema, ownership } = programs.of(name);
    return new SwitchSession({
      spec,
      pipeline,
      schema,
      ownership,
      mustReset: () => !this.#known.has(name),
      onPipeline: async (pushed) => {
        if (!this.#known.has(name)) {
          await store.commit([{ key: `switch/${name}`, value: true }]);
          this.#known.add(name);
        }
        if (pushed) onBegan(name);
        onEvent({ kind: 'pipeline', switch: name, pushed });
      },
      onArbitration: (state) => onEvent({ kind: 'switch', switch: name, state }),
      onReconciler: (state) => {
        if (state === 'idle') this.#programmed.add(name);
        else if (state === 'down') this.#programmed.delete(name);
        onEvent({ kind: 'reconciler', switch: name, state });
      },
      onRefused: ({ item, type, error }) => {
        const section = this.get(name).desired.sectionOf(item.key);
        const { status, message } = error;
        onEvent({ kind: 'refused', switch: name, section, type, status, message });
      },
      onPacketIn: (packet) => messages().packetIn(this.get(name), packet),
      onDigest: (list) => messages().digest(name, list),
      onError: (error) => onEvent({ kind: 'error', switch: name, error }),
    });
  }
}
