import { type Clock, wallClock } from '../clock.js';
import { StoreError } from './errors.js';
import { LocalLease } from './local-lease.js';
import { StoreState } from './state.js';
import type { CommitOptions, Json, Store, StoreChange, StoredValue, StoreLease } from './store.js';

/** What all users of one memory share. */
export interface Memory {
  readonly state: StoreState;
  readonly users: Set<MemoryStore>;
  readonly clock: Clock;
  /** The lease of each key that has one. */
  readonly leased: Map<string, LocalLease>;
}

/** A store that lasts as long as the process. */
export class MemoryStore implements Store {
  readonly #memory: Memory;
  readonly #listeners = new Set<(changes: readonly StoreChange[]) => void>();
  readonly #leases = new Set<LocalLease>();
  /** What this user is yet to be told, in the order of the commits: others' changes, and ends of its own commits. */
  #queue: (() => void)[] = [];
  #isPumping = false;

  /** `clock` is that of the leases; default: the machine's. */
  constructor(clock: Clock = wallClock(), memory?: Memory) {
    this.#memory = memory ?? { state: new StoreState(), users: new Set(), clock, leased: new Map() };
    this.#memory.users.add(this);
  }

  /** Another user of the same memory, as another controller would be one of the same servers. */
  peer(): MemoryStore {
    return new MemoryStore(this.#memory.clock, this.#memory);
  }

  load(): Promise<ReadonlyMap<string, Json>> {
    return Promise.resolve(this.#memory.state.values());
  }

  get(key: string): Promise<StoredValue | undefined> {
    return Promise.resolve(this.#memory.state.get(key));
  }

  commit(changes: readonly StoreChange[], { when = [], lease }: CommitOptions = {}): Promise<void> {
    const { state, users, leased } = this.#memory;
    let held: LocalLease | undefined;
    try {
      state.check(when);
      held = lease === undefined ? undefined : this.#leaseOf(lease);
    } catch (error) {
      return Promise.reject(error);
    }
    state.apply(changes);
    held?.hold(changes);
    for (const { key, value } of changes) {
      if (held === undefined || value === undefined) leased.delete(key);
      else leased.set(key, held);
    }
    if (users.size === 1) return Promise.resolve();
    this.#tellOthers(changes);
    return this.sync();
  }

  watch(listener: (changes: readonly StoreChange[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  sync(): Promise<void> {
    return new Promise((resolve) => this.#tell(resolve));
  }

  lease(ttlMs: number): Promise<StoreLease> {
    const { clock, state, leased } = this.#memory;
    const lease = new LocalLease(ttlMs, clock, (keys) => {
      this.#leases.delete(lease);
      const present = keys.filter((key) => leased.get(key) === lease);
      if (present.length === 0) return Promise.resolve();
      const deletions = present.map((key) => ({ key, value: undefined }));
      state.apply(deletions);
      this.#tellOthers(deletions);
      return Promise.resolve();
    });
    this.#leases.add(lease);
    return Promise.resolve(lease);
  }

  /** Nobody renews this user's leases any more, as if it had died or could not reach the others. */
  desert(): void {
    for (const lease of this.#leases) lease.desert();
  }

  async close(): Promise<void> {
    this.#listeners.clear();
    for (const lease of this.#leases) await lease.end();
  }

  #leaseOf(lease: StoreLease): LocalLease {
    if (lease instanceof LocalLease && this.#leases.has(lease)) return lease;
    throw new StoreError('FENCED', 'the lease has ended');
  }

  #tellOthers(changes: readonly StoreChange[]): void {
    for (const user of this.#memory.users) {
      if (user === this || user.#listeners.size === 0) continue;
      user.#tell(() => {
        for (const listener of user.#listeners) listener(changes);
      });
    }
  }

  /** A turn of the event loop each, so that whoever waited for one has acted before the next. */
  #tell(act: () => void): void {
    this.#queue.push(act);
    if (this.#isPumping) return;
    this.#isPumping = true;
    const pump = () => {
      const next = this.#queue.shift();
      if (next === undefined) {
        this.#isPumping = false;
        return;
      }
      setImmediate(pump);
      next();
    };
    setImmediate(pump);
  }
}
