import type { Entity as EntityMessage } from 'p4runtime-js';
import type { EntityRank } from '../p4runtime/identity.js';
import {
  Backoff,
  type BackoffOptions,
  type EncodedEntity,
  type Entity,
  type Identified,
  P4RuntimeError,
  type Schema,
  type SwitchClient,
  type TargetProfile,
  type Update,
  type UpdateFailure,
  type UpdateType,
} from '../p4runtime/index.js';
import type { DesiredSwitch, Item } from './desired.js';

/**
 * What of a switch belongs to this controller: these tables and profiles, multicast groups of this range of ids, and
 * these digests, meters and clone sessions. Everything else is left as it is found.
 */
export interface Ownership {
  readonly tables: readonly string[];
  /** Tables whose default entry is owned. */
  readonly defaults: readonly string[];
  readonly profiles: readonly string[];
  readonly multicastGroups: { readonly first: number; readonly last: number };
  readonly digests: readonly string[];
  /** Meters all of whose cells are owned. */
  readonly meters?: readonly string[];
  readonly cloneSessions?: { readonly first: number; readonly last: number };
  /**
   * Tables, out of `tables`, whose entries share something that only one entry may have: new ones are written after the
   * deletions.
   */
  readonly breakBeforeMake: readonly string[];
  /** Tables, out of `tables`, that groups refer to by number: their entries are written before the groups. */
  readonly beforeGroups?: readonly string[];
}

/** An entry the switch refused, with its reason. */
export interface Refusal {
  readonly item: Item;
  readonly type: UpdateType;
  readonly error: UpdateFailure<Update>;
}

/**
 *   down     not connected as primary: nothing can be known or written
 *   idle     the switch holds what it should, but for refused items
 *   working  reading or writing
 *   waiting  the last attempt failed for a reason that a new connection, or a new change, may cure
 */
export type ReconcilerState = 'down' | 'idle' | 'working' | 'waiting';

export interface ReconcilerOptions {
  readonly client: SwitchClient;
  readonly schema: Schema;
  readonly desired: DesiredSwitch;
  readonly ownership: Ownership;
  readonly onState: (state: ReconcilerState) => void;
  readonly onRefused: (refusal: Refusal) => void;
  readonly onError: (error: unknown) => void;
  /** When what a switch refused is tried again. Default: after a second, then ever later, up to a minute. */
  readonly refusedBackoff?: Partial<BackoffOptions>;
}

export interface ReconcilerStats {
  /** Updates the switch took. */
  readonly written: number;
  /** Full reads of the switch. */
  readonly reads: number;
  readonly runs: number;
}

/** One thing a switch holds. */
export type Held = Identified;

/** The switch holds something else than it said: somebody else writes to it, or an answer was lost. */
class SurpriseError extends Error {}

// How often in a row the switch is read anew because of that, before waiting.
const MAX_SURPRISES = 3;

// What refers to something is written after it and deleted before it: make before break.
const ORDER: readonly (readonly EntityRank[])[] = [
  ['member', 'meter'],
  ['group', 'multicast-group', 'clone-session', 'digest'],
  ['entry', 'default-entry'],
];

/**
 * Brings one switch to what it should hold. After a (re)connection it reads what the switch holds; from then on it
 * knows, and a change costs only the difference. One run at a time; changes that come meanwhile are taken up together
 * by the next.
 */
export class Reconciler {
  readonly #options: ReconcilerOptions;
  /** What the switch holds of what is owned; undefined until it has been read. */
  #held: Map<string, Held> | undefined;
  /**
   * What the switch refused, by key: the body, or undefined for a deletion. Tried again when it changes, after a
   * reconnection, and now and then.
   */
  readonly #refused = new Map<string, string | undefined>();
  /** Those that the present run tries again: nobody is told of them twice. */
  #triedAgain: ReadonlyMap<string, string | undefined> = new Map();
  readonly #refusedBackoff: Backoff;
  #refusedRetry: AbortController | undefined;
  #isTryingAgain = false;
  readonly #backoff = new Backoff({ initialMs: 200 });
  #state: ReconcilerState = 'down';
  /** Connected as primary, with the pipeline in place. */
  #isUp = false;
  /** Something came up since the present run began. */
  #poked = false;
  /** Counts ups and downs, so that a run notices that its connection is gone. */
  #generation = 0;
  #retry: AbortController | undefined;
  #written = 0;
  #reads = 0;
  #runs = 0;

  readonly #lateTables: ReadonlySet<number>;
  readonly #earlyTables: ReadonlySet<number>;

  constructor(options: ReconcilerOptions) {
    this.#options = options;
    this.#refusedBackoff = new Backoff(options.refusedBackoff ?? { initialMs: 1000, maxMs: 60_000 });
    const { schema, ownership } = options;
    const ids = (names: readonly string[]) => new Set(names.map((name) => schema.tables.get(name).id));
    this.#lateTables = ids(ownership.breakBeforeMake);
    this.#earlyTables = ids(ownership.beforeGroups ?? []);
  }

  get state(): ReconcilerState {
    return this.#state;
  }

  get stats(): ReconcilerStats {
    return { written: this.#written, reads: this.#reads, runs: this.#runs };
  }

  /** Items the switch does not take, or does not give up. */
  get refusedCount(): number {
    return this.#refused.size;
  }

  /** The switch is connected, this client is its primary, the pipeline is in place: start from what it holds. */
  up(): void {
    this.#generation += 1;
    this.#isUp = true;
    this.#held = undefined;
    this.#refused.clear();
    this.#refusedBackoff.reset();
    this.#poke();
  }

  /** The connection is lost, or another client is primary. */
  down(): void {
    this.#generation += 1;
    this.#isUp = false;
    this.#held = undefined;
    this.#retry?.abort();
    this.#refusedRetry?.abort();
    this.#refusedRetry = undefined;
    if (this.#state !== 'working') this.#enter('down');
  }

  /** The desired state changed. Changes made in one turn of the event loop are written together. */
  changed(): void {
    if (this.#isUp) this.#poke();
  }

  #poke(): void {
    this.#poked = true;
    this.#retry?.abort();
    if (this.#state === 'working') return;
    this.#enter('working');
    // A turn later, so that a burst of changes is one run.
    queueMicrotask(() => {
      this.#work().catch(this.#options.onError);
    });
  }

  async #work(): Promise<void> {
    let surprises = 0;
    let failed = false;
    while (this.#isUp && this.#poked) {
      this.#poked = false;
      const generation = this.#generation;
      this.#runs += 1;
      try {
        await this.#run(generation);
        failed = false;
      } catch (error) {
        if (generation !== this.#generation) continue;
        // Nothing is known about an update whose answer is missing: read before writing again.
        this.#held = undefined;
        failed = true;
        if (error instanceof SurpriseError && surprises < MAX_SURPRISES) {
          surprises += 1;
          this.#poked = true;
        } else {
          this.#options.onError(error);
        }
      }
    }
    if (!this.#isUp) return this.#enter('down');
    if (!failed) {
      this.#backoff.reset();
      this.#enter('idle');
      return this.#retryRefused();
    }
    this.#enter('waiting');
    this.#retryLater();
  }

  #retryLater(): void {
    const retry = new AbortController();
    this.#retry = retry;
    this.#backoff
      .wait(retry.signal)
      .then(() => {
        if (!retry.signal.aborted && this.#state === 'waiting') this.#poke();
      })
      .catch(this.#options.onError);
  }

  /** A table may have room by now, what an entry refers to may be there. */
  #retryRefused(): void {
    if (this.#refused.size === 0) {
      this.#refusedBackoff.reset();
      return;
    }
    if (this.#refusedRetry !== undefined) return;
    const retry = new AbortController();
    this.#refusedRetry = retry;
    this.#refusedBackoff
      .wait(retry.signal)
      .then(() => {
        if (retry.signal.aborted) return;
        this.#refusedRetry = undefined;
        this.#isTryingAgain = true;
        this.#poke();
      })
      .catch(this.#options.onError);
  }

  async #run(generation: number): Promise<void> {
    const { desired } = this.#options;
    const changed = desired.takeChanges();
    this.#triedAgain = this.#isTryingAgain ? new Map(this.#refused) : new Map();
    this.#isTryingAgain = false;
    for (const key of this.#triedAgain.keys()) this.#refused.delete(key);
    let keys: Iterable<string> = new Set([...changed, ...this.#triedAgain.keys()]);
    let held = this.#held;
    if (held === undefined) {
      held = await this.#readAll();
      if (generation !== this.#generation) return;
      this.#held = held;
      const all = new Set(held.keys());
      for (const { key } of desired.items()) all.add(key);
      keys = all;
    }
    for (const key of changed) this.#refused.delete(key);
    const writes: { item: Item; type: UpdateType }[] = [];
    const deletions: Held[] = [];
    for (const key of keys) {
      const want = desired.get(key);
      const have = held.get(key);
      if (want === undefined) {
        if (have !== undefined) deletions.push(have);
      } else if (have?.body !== want.body && this.#refused.get(key) !== want.body) {
        // There is no inserting a meter's cell either: it is always there.
        const exists = have !== undefined || want.rank === 'default-entry' || want.rank === 'meter';
        writes.push({ item: want, type: exists ? 'modify' : 'insert' });
      }
    }
    const tableOf = (item: Item) =>
      item.plainTableId ?? (item.rank === 'member' ? 0 : (item.message.getTableEntry()?.getTableId() ?? 0));
    const isLate = (item: Item) => this.#lateTables.has(tableOf(item));
    const isEarly = (item: Item) => this.#earlyTables.has(tableOf(item));
    const early = writes.filter(({ item }) => isEarly(item));
    const others = writes.filter(({ item }) => !isLate(item) && !isEarly(item));
    const noRoom = [...(await this.#writeAll(held, early)), ...(await this.#writeAll(held, others))];
    await this.#deleteAll(held, deletions);
    // What found no room is tried once more after the deletions: then break before make is all that is left.
    const late = [...noRoom, ...writes.filter(({ item }) => isLate(item))];
    await this.#writeAll(held, late, true);
  }

  async #writeAll(
    held: Map<string, Held>,
    writes: readonly { item: Item; type: UpdateType }[],
    isLast = false,
  ): Promise<{ item: Item; type: UpdateType }[]> {
    const noRoom: { item: Item; type: UpdateType }[] = [];
    for (const ranks of ORDER) {
      const batch = writes.filter(({ item }) => ranks.includes(item.rank));
      const updates = batch.map(({ item, type }) => ({ type, entity: entityOf(item) }));
      const failures = await this.#write(updates);
      batch.forEach(({ item, type }, index) => {
        const failure = failures.get(index);
        if (failure === undefined) {
          held.set(item.key, item);
        } else if (mayBeFull(failure, this.#options.client.target) && !isLast) {
          noRoom.push({ item, type });
        } else if (failure.status === 'ALREADY_EXISTS' || failure.status === 'NOT_FOUND') {
          throw new P4RuntimeError(
            failure.status,
            `the switch does not hold what it reported: ${failure.message}`,
          );
        } else {
          this.#refuse(item.key, item.body, { item, type, error: failure });
        }
      });
    }
    return noRoom;
  }

  async #deleteAll(held: Map<string, Held>, deletions: readonly Held[]): Promise<void> {
    for (const ranks of [...ORDER].reverse()) {
      const batch = deletions.filter(({ rank }) => ranks.includes(rank));
      const updates = batch.map((item) =>
        item.rank === 'default-entry' || item.rank === 'meter'
          ? reset(item.message)
          : { type: 'delete' as const, entity: entityOf(item) },
      );
      const failures = await this.#write(updates);
      batch.forEach((item, index) => {
        const failure = failures.get(index);
        if (failure === undefined || failure.status === 'NOT_FOUND') held.delete(item.key);
        else this.#refuse(item.key, undefined, { item, type: 'delete', error: failure });
      });
    }
  }

  #refuse(key: string, body: string | undefined, refusal: Refusal): void {
    this.#refused.set(key, body);
    const isKnown = this.#triedAgain.has(key) && this.#triedAgain.get(key) === body;
    if (!isKnown) this.#options.onRefused(refusal);
  }

  /** Failures by position; throws where the whole call failed. */
  async #write(updates: readonly Update[]): Promise<Map<number, UpdateFailure<Update>>> {
    const failures = new Map<number, UpdateFailure<Update>>();
    if (updates.length === 0) return failures;
    const generation = this.#generation;
    try {
      await this.#options.client.write(updates);
    } catch (error) {
      if (!(error instanceof P4RuntimeError) || error.failures.length === 0) throw error;
      for (const failure of error.failures as UpdateFailure<Update>[]) failures.set(failure.index, failure);
    }
    // What another connection answered says nothing about this one.
    if (generation !== this.#generation) throw new SurpriseError('the connection changed');
    this.#written += updates.length - failures.size;
    return failures;
  }

  /** What the switch holds of what is owned, read from it now. Throws P4RuntimeError. */
  async readHeld(): Promise<ReadonlyMap<string, Held>> {
    return this.#readAll();
  }

  async #readAll(): Promise<Map<string, Held>> {
    const { client, schema, ownership } = this.#options;
    this.#reads += 1;
    const held = new Map<string, Held>();
    const queries: Entity[] = [
      ...ownership.tables.map((table) => ({ kind: 'table-entry' as const, table })),
      ...ownership.defaults.map((table) => ({ kind: 'table-entry' as const, table, isDefault: true })),
      ...ownership.profiles.map((profile) => ({ kind: 'profile-member' as const, profile })),
      ...ownership.profiles.map((profile) => ({ kind: 'profile-group' as const, profile })),
      ...(ownership.meters ?? []).map((meter) => ({ kind: 'meter' as const, meter })),
      { kind: 'multicast-group' },
      ...(ownership.cloneSessions === undefined ? [] : [{ kind: 'clone-session' as const }]),
    ];
    const tables = new Set(
      [...ownership.tables, ...ownership.defaults].map((name) => schema.tables.get(name).id),
    );
    const take = (items: readonly Identified[]) => {
      for (const item of items) {
        const { plainTableId, rank } = item;
        // Only members of profiles that are owned are asked for.
        const owned =
          plainTableId === undefined
            ? rank === 'member' || isOwned(item.message, ownership, tables)
            : tables.has(plainTableId);
        if (owned) held.set(item.key, item);
      }
    };
    for await (const items of client.readIdentified(queries)) take(items);
    for (const digest of ownership.digests) {
      try {
        for await (const items of client.readIdentified({ kind: 'digest', digest })) take(items);
      } catch (error) {
        // PI says NOT_FOUND for a digest that is not switched on; others answer with nothing.
        if (!(error instanceof P4RuntimeError) || !error.isNotFound) throw error;
      }
    }
    return held;
  }

  #enter(state: ReconcilerState): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#options.onState(state);
  }
}

/** As it is written: in bytes, where those are at hand. */
function entityOf(item: Item): EncodedEntity | EntityMessage {
  return item.encoded === undefined ? item.message : { encoded: item.encoded };
}

/** No room, perhaps: some targets say UNKNOWN where a table is full, and give no reason. */
function mayBeFull({ status }: UpdateFailure, target: TargetProfile | undefined): boolean {
  if (status === 'RESOURCE_EXHAUSTED') return true;
  return status === 'UNKNOWN' && target?.fullTable !== 'RESOURCE_EXHAUSTED';
}

function isOwned(message: EntityMessage, ownership: Ownership, tables: ReadonlySet<number>): boolean {
  const entry = message.getTableEntry();
  if (entry !== undefined) return tables.has(entry.getTableId()) && !entry.getIsConst();
  // A cell without a configuration is as the switch came.
  const meter = message.getMeterEntry();
  if (meter !== undefined) return meter.hasConfig();
  const replication = message.getPacketReplicationEngineEntry();
  const multicast = replication?.getMulticastGroupEntry();
  if (multicast !== undefined) return isWithin(multicast.getMulticastGroupId(), ownership.multicastGroups);
  const session = replication?.getCloneSessionEntry();
  return session === undefined || isWithin(session.getSessionId(), ownership.cloneSessions);
}

function isWithin(id: number, range: { readonly first: number; readonly last: number } | undefined): boolean {
  return range !== undefined && id >= range.first && id <= range.last;
}

/**
 * What cannot be deleted becomes the program's again: a default entry by having no action (P4Runtime section 9.1), a
 * meter's cell by having no configuration (9.4).
 */
function reset(message: EntityMessage): Update {
  const entity = message.cloneMessage();
  entity.getTableEntry()?.clearAction();
  entity.getMeterEntry()?.clearConfig();
  return { type: 'modify', entity };
}
