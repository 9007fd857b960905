import type { CellClient } from './cell-client.js';
import { HostError, requireInteger } from './errors.js';
import { HeldLock } from './held-lock.js';
import { Session, type SessionOptions } from './session.js';
import { Turns } from './turns.js';
import { Wait, type WaitOptions } from './wait.js';

export interface LockOptions extends SessionOptions {
  /** Cell of the lock: even = free, odd = held, one or two more with every change; 0 = never used. */
  readonly cell: number;
  /**
   * First of as many cells as the group has sources, one for each to hold the lock shared. Without it the lock is exclusive
   * only; all clients of a lock give the same.
   */
  readonly sharedCells?: number | undefined;
  /**
   * How long a holder that falls silent keeps the lock, microseconds; the same for all clients. Default 1,000,000. It has to
   * be long enough for some round trips to the cells.
   */
  readonly leaseUs?: number | undefined;
  /** Longest pause after the first failed try, microseconds; doubles up to maxBackoffUs. Defaults 200 and 20,000. */
  readonly backoffUs?: number | undefined;
  readonly maxBackoffUs?: number | undefined;
}

/** How long to try for a lock. */
export type AcquireOptions = WaitOptions;

/** Cells that have a Lock, by client: two Locks of one source on one cell would not know of each other. */
const lockedCells = new WeakMap<CellClient, Set<number>>();

/** Since when a cell has held the same, as far as this client has seen. */
class Watch {
  #value = -1;
  #since = 0;
  #seenAt = Number.NEGATIVE_INFINITY;

  /** Notes what the cell held, and tells whether it has held that for a whole lease. */
  isStale(value: number, now: number, leaseUs: number): boolean {
    // After a gap in watching the cell may have gone elsewhere and, in another session, come back.
    if (value !== this.#value || now - this.#seenAt > leaseUs / 2) {
      this.#value = value;
      this.#since = now;
    }
    this.#seenAt = now;
    return now - this.#since >= leaseUs;
  }
}

/**
 * A lock in the network, exclusive or shared, with lease and fencing token, on cells that only ever rise by
 * compare-and-swap. An exclusive holder makes the lock's cell odd, a shared one the cell of its source and then looks at the
 * lock's: each sees the other whoever is first. A holder makes its cell two higher three times in a lease; a
 * cell that has been odd and unchanged for a whole lease belongs to somebody who is gone, and the next one
 * may take it over. The holder stops believing that it holds the lock a tenth of the lease earlier.
 *
 * Cells that were lost (a switch has restarted) are 0: the first acquisition then waits a lease, since nobody can know who
 * held the lock, and tokens go on in a higher session. Callers on one Lock object take turns.
 */
export class Lock {
  readonly #client: CellClient;
  readonly #session: Session;
  readonly #cell: number;
  readonly #sharedCells: number | undefined;
  readonly #leaseUs: number;
  readonly #backoffUs: number;
  readonly #maxBackoffUs: number;
  readonly #turns = new Turns();
  /** Tries that found another holder. */
  contended = 0;
  /** Leases of holders that had fallen silent, taken over by this client. */
  takenOver = 0;

  constructor(client: CellClient, options: LockOptions) {
    this.#client = client;
    this.#cell = options.cell;
    this.#sharedCells = options.sharedCells;
    this.#leaseUs = options.leaseUs ?? 1_000_000;
    this.#backoffUs = options.backoffUs ?? 200;
    this.#maxBackoffUs = options.maxBackoffUs ?? 20_000;
    const what = `lock ${options.cell}`;
    requireInteger(what, 'leaseUs', this.#leaseUs, 1, 0xffffffff);
    const cells = [options.cell, options.sessionCell];
    const first = options.sharedCells;
    const isShared = (cell: number) => first !== undefined && cell >= first && cell < first + client.sources;
    if (options.cell === options.sessionCell || cells.some(isShared)) {
      throw HostError.invalid(what, 'lock, session and shared cells overlap', 'give different cells');
    }
    const taken = lockedCells.get(client) ?? new Set();
    if (taken.has(options.cell)) {
      throw HostError.invalid(what, 'this client has a Lock on the cell', 'share that one');
    }
    lockedCells.set(client, taken.add(options.cell));
    this.#session = new Session(client, options);
  }

  /** Waits until nobody else holds the lock. @throws HostError TIMEOUT, ABORTED or CLOSED; it is then not held. */
  acquire(options: AcquireOptions = {}): Promise<HeldLock> {
    return this.#takeTurn((wait) => this.#acquireExclusive(wait), options);
  }

  /** Waits until nobody holds the lock exclusively. @throws HostError as acquire, INVALID_ARGUMENT without sharedCells. */
  acquireShared(options: AcquireOptions = {}): Promise<HeldLock> {
    const shared = this.#sharedCells;
    if (shared === undefined) {
      const remedy = 'give sharedCells to all clients';
      return Promise.reject(HostError.invalid(`lock ${this.#cell}`, 'is exclusive only', remedy));
    }
    return this.#takeTurn((wait) => this.#acquireShared(shared + this.#client.source, wait), options);
  }

  /**
   * Runs `critical` with the lock held. Fails with LOST where the lock was lost meanwhile, whatever `critical` returned:
   * `held.signal` tells it early.
   */
  async withLock<T>(
    critical: (held: HeldLock) => Promise<T> | T,
    options: AcquireOptions & { readonly shared?: boolean } = {},
  ): Promise<T> {
    const held = await (options.shared === true ? this.acquireShared(options) : this.acquire(options));
    let result: T;
    try {
      result = await critical(held);
    } catch (error) {
      await held.release().catch(() => undefined);
      throw error;
    }
    await held.release();
    return result;
  }

  async #takeTurn(take: (wait: Wait) => Promise<HeldLock>, options: AcquireOptions): Promise<HeldLock> {
    const wait = new Wait(this.#client.environment, `lock ${this.#cell}`, options);
    wait.requireTime('no time at all');
    if ((await wait.for((wake) => this.#turns.ask(wake))) === 'over') {
      wait.requireTime('other callers of this Lock held it all the time');
    }
    try {
      return await take(wait);
    } catch (error) {
      this.#turns.pass();
      throw error;
    }
  }

  async #acquireExclusive(wait: Wait): Promise<HeldLock> {
    const watch = new Watch();
    for (let tries = 0; ; tries++) {
      const session = this.#session.latest || (await this.#session.read());
      const found = await this.#readCell();
      const isFree = found % 2 === 0;
      const isStale = watch.isStale(found, this.#now(), this.#leaseUs);
      if (isFree || isStale) {
        const value = (found + (isFree ? 1 : 2)) >>> 0;
        const since = this.#now();
        const before = await this.#client.compareSwap(this.#cell, found, value);
        if (before === found) {
          if (isStale && !isFree) this.takenOver++;
          const held = this.#hold('exclusive', this.#cell, value, since);
          if (await this.#settle(held, session, wait)) return this.#grant(held, session, value);
          continue;
        }
      }
      this.contended++;
      await this.#pause(tries, wait);
    }
  }

  /** What is left once the cell is ours: no new session meanwhile, and nobody left who holds the lock shared. */
  async #settle(held: HeldLock, session: number, wait: Wait): Promise<boolean> {
    try {
      if (this.#sharedCells !== undefined) {
        for (let source = 0; source < this.#client.sources; source++) {
          await this.#outlast(held, this.#sharedCells + source, wait);
        }
      }
      if ((await this.#session.read()) === session && held.isValid) return true;
    } catch (error) {
      await this.#drop(held);
      throw error;
    }
    await this.#drop(held);
    return false;
  }

  /** Waits until a source's cell is even, or has not changed for a lease. */
  async #outlast(held: HeldLock, cell: number, wait: Wait): Promise<void> {
    const watch = new Watch();
    for (let tries = 0; held.isValid; tries++) {
      const found = await this.#client.fetchAdd(cell, 0);
      if (found % 2 === 0) return;
      if (watch.isStale(found, this.#now(), this.#leaseUs)) {
        const before = await this.#client.compareSwap(cell, found, (found + 1) >>> 0);
        if (before === found) {
          this.takenOver++;
          return;
        }
      }
      this.contended++;
      await this.#pause(tries, wait);
    }
  }

  async #acquireShared(cell: number, wait: Wait): Promise<HeldLock> {
    const watch = new Watch();
    for (let tries = 0; ; tries++) {
      const session = this.#session.latest || (await this.#session.read());
      const own = await this.#client.fetchAdd(cell, 0);
      // Odd already: it is left from a predecessor of this source, and now this one's.
      const value = (own + (own % 2 === 0 ? 1 : 2)) >>> 0;
      const since = this.#now();
      const before = await this.#client.compareSwap(cell, own, value);
      if (before !== own) continue;
      const held = this.#hold('shared', cell, value, since);
      try {
        const found = await this.#readCell();
        if (found % 2 === 0 && (await this.#session.read()) === session && held.isValid) {
          return this.#grant(held, session, found);
        }
        await this.#drop(held);
        if (found % 2 === 1 && watch.isStale(found, this.#now(), this.#leaseUs)) {
          const freed = await this.#client.compareSwap(this.#cell, found, (found + 1) >>> 0);
          if (freed === found) this.takenOver++;
        }
      } catch (error) {
        await this.#drop(held);
        throw error;
      }
      this.contended++;
      await this.#pause(tries, wait);
    }
  }

  /** The lock's cell; one that nobody has used in this session counts as held by somebody unknown, for a lease. */
  async #readCell(): Promise<number> {
    const found = await this.#client.fetchAdd(this.#cell, 0);
    if (found !== 0) return found;
    const before = await this.#client.compareSwap(this.#cell, 0, 1);
    return before === 0 ? 1 : before;
  }

  #hold(mode: HeldLock['mode'], cell: number, value: number, since: number): HeldLock {
    return new HeldLock({
      client: this.#client,
      cell,
      value,
      since,
      leaseUs: this.#leaseUs,
      mode,
    });
  }

  /** Hands the lock to the caller whose turn it is; the turn ends with it. */
  #grant(held: HeldLock, session: number, count: number): HeldLock {
    return held.grant(session, count, () => this.#turns.pass());
  }

  /** Gives back what was taken on the way to the lock; a lease that cannot be given back runs out. */
  async #drop(held: HeldLock): Promise<void> {
    await held.release().catch(() => undefined);
  }

  #now(): number {
    return this.#client.environment.now();
  }

  async #pause(tries: number, wait: Wait): Promise<void> {
    wait.requireTime(`held by others in all of ${tries + 1} tries`);
    const longest = Math.min(
      this.#maxBackoffUs,
      this.#leaseUs / 4,
      this.#backoffUs * 2 ** Math.min(tries, 20),
    );
    await wait.pause(longest * (0.5 + 0.5 * this.#client.environment.random()));
  }
}
