import {
  Backoff,
  type BackoffOptions,
  P4RuntimeError,
  type Schema,
  type SwitchClient,
  type TargetProfile,
  type Update,
  type UpdateFailure,
} from '../p4runtime/index.js';
import type { DesiredSwitch } from './desired.js';
import { Differences, deletionOf, entityOf, ORDER, type Write } from './difference.js';
import { type Held, type Ownership, readHeld } from './held.js';
import { type Refusal, Refusals } from './refusals.js';

export type { Held, Ownership } from './held.js';
export type { Refusal } from './refusals.js';

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

/** The switch holds something else than it said: somebody else writes to it, or an answer was lost. */
class SurpriseError extends Error {}

// How often in a row the switch is read anew because of that, before waiting.
const MAX_SURPRISES = 3;

/**
 * Brings one switch to what it should hold. After a (re)connection it reads what the switch holds; from then on it
 * knows, and a change costs only the difference. One run at a time; changes that come meanwhile are taken up together
 * by the next.
 */
export class Reconciler {
  readonly #options: ReconcilerOptions;
  /** What the switch holds of what is owned; undefined until it has been read. */
  #held: Map<string, Held> | undefined;
  readonly #refusals: Refusals;
  readonly #differences: Differences;
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

  constructor(options: ReconcilerOptions) {
    this.#options = options;
    this.#differences = new Differences(options.schema, options.ownership);
    this.#refusals = new Refusals({
      ...(options.refusedBackoff !== undefined && { backoff: options.refusedBackoff }),
      onRefused: options.onRefused,
      onRetry: () => this.#poke(),
      onError: options.onError,
    });
  }

  get state(): ReconcilerState {
    return this.#state;
  }

  get stats(): ReconcilerStats {
    return { written: this.#written, reads: this.#reads, runs: this.#runs };
  }

  /** Items the switch does not take, or does not give up. */
  get refusedCount(): number {
    return this.#refusals.size;
  }

  /** The switch is connected, this client is its primary, the pipeline is in place: start from what it holds. */
  up(): void {
    this.#generation += 1;
    this.#isUp = true;
    this.#held = undefined;
    this.#refusals.clear();
    this.#poke();
  }

  /** The connection is lost, or another client is primary. */
  down(): void {
    this.#generation += 1;
    this.#isUp = false;
    this.#held = undefined;
    this.#retry?.abort();
    this.#refusals.disarm();
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
      return this.#refusals.arm();
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

  async #run(generation: number): Promise<void> {
    const { desired } = this.#options;
    const changed = desired.takeChanges();
    const again = [...this.#refusals.begin(changed)];
    let keys: Iterable<string> = new Set([...changed, ...again]);
    let held = this.#held;
    if (held === undefined) {
      held = await this.#readAll();
      if (generation !== this.#generation) return;
      this.#held = held;
      const all = new Set(held.keys());
      for (const { key } of desired.items()) all.add(key);
      keys = all;
    }
    const difference = this.#differences.of(keys, desired, held, (item) => this.#refusals.has(item));
    const noRoom = [
      ...(await this.#writeAll(held, difference.early)),
      ...(await this.#writeAll(held, difference.others)),
    ];
    await this.#deleteAll(held, difference.deletions);
    // What found no room is tried once more after the deletions: then break before make is all that is left.
    await this.#writeAll(held, [...noRoom, ...difference.late], true);
  }

  async #writeAll(held: Map<string, Held>, writes: readonly Write[], isLast = false): Promise<Write[]> {
    const noRoom: Write[] = [];
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
          this.#refusals.add(item.key, item.body, { item, type, error: failure });
        }
      });
    }
    return noRoom;
  }

  async #deleteAll(held: Map<string, Held>, deletions: readonly Held[]): Promise<void> {
    for (const ranks of [...ORDER].reverse()) {
      const batch = deletions.filter(({ rank }) => ranks.includes(rank));
      const updates = batch.map(deletionOf);
      const failures = await this.#write(updates);
      batch.forEach((item, index) => {
        const failure = failures.get(index);
        if (failure === undefined || failure.status === 'NOT_FOUND') held.delete(item.key);
        else this.#refusals.add(item.key, undefined, { item, type: 'delete', error: failure });
      });
    }
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
      // Some request of several has had no answer that says what became of it.
      if (error.applied + error.failures.length < updates.length) throw error;
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

  #readAll(): Promise<Map<string, Held>> {
    const { client, schema, ownership } = this.#options;
    this.#reads += 1;
    return readHeld(client, schema, ownership);
  }

  #enter(state: ReconcilerState): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#options.onState(state);
  }
}

/** No room, perhaps: some targets say UNKNOWN where a table is full, and give no reason. */
function mayBeFull({ status }: UpdateFailure, target: TargetProfile | undefined): boolean {
  if (status === 'RESOURCE_EXHAUSTED') return true;
  return status === 'UNKNOWN' && target?.fullTable !== 'RESOURCE_EXHAUSTED';
}
