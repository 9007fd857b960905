import type { CellClient } from './cell-client.js';
import { HostError, requireInteger } from './errors.js';

export interface LockOptions {
  /** Cell of the lock: 0 = free, else the holder. */
  readonly cell: number;
  /** Cell that counts acquisitions. */
  readonly fenceCell: number;
  /** Who this is, 1 to 2^32-1, different for every client. Default: data source ID + 1. */
  readonly holder?: number | undefined;
  /** Longest pause after the first failed try, microseconds; doubles up to maxBackoffUs. Defaults 200 and 20,000. */
  readonly backoffUs?: number | undefined;
  readonly maxBackoffUs?: number | undefined;
}

export interface AcquireOptions {
  /** Time to try for, microseconds. Default 10,000,000. */
  readonly deadlineUs?: number | undefined;
}

/** Cells that have a Lock, by client: two Locks of one holder on one cell would both believe that they hold it. */
const lockedCells = new WeakMap<CellClient, Set<number>>();

type LockState = 'free' | 'acquiring' | 'held' | 'releasing';

/**
 * A lock in the network: compare-and-swap on a cell, and a fencing token (rising with every acquisition) from a second.
 * Whatever the lock protects should refuse tokens older than the newest it has seen: a holder that is cut off does not
 * know it. Callers on one Lock object take turns.
 */
export class Lock {
  readonly #client: CellClient;
  readonly #cell: number;
  readonly #fenceCell: number;
  readonly #holder: number;
  readonly #backoffUs: number;
  readonly #maxBackoffUs: number;
  readonly #waiting: (() => void)[] = [];
  #state: LockState = 'free';
  /** Compare-and-swaps that found another holder. */
  contended = 0;

  constructor(client: CellClient, options: LockOptions) {
    this.#client = client;
    this.#cell = options.cell;
    this.#fenceCell = options.fenceCell;
    this.#holder = options.holder ?? client.source + 1;
    this.#backoffUs = options.backoffUs ?? 200;
    this.#maxBackoffUs = options.maxBackoffUs ?? 20_000;
    requireInteger(`lock ${options.cell}`, 'holder', this.#holder, 1, 0xffffffff);
    if (options.cell === options.fenceCell) {
      throw HostError.invalid(`lock ${options.cell}`, 'lock and fence share a cell', 'give two cells');
    }
    const cells = lockedCells.get(client) ?? new Set();
    if (cells.has(options.cell)) {
      throw HostError.invalid(`lock ${options.cell}`, 'this client has a Lock on the cell', 'share that one');
    }
    lockedCells.set(client, cells.add(options.cell));
  }

  get state(): LockState {
    return this.#state;
  }

  /** Waits for the lock and returns its fencing token, 1 or more. @throws HostError TIMEOUT or CLOSED; it is then not held. */
  async acquire(options: AcquireOptions = {}): Promise<number> {
    while (this.#state !== 'free') await new Promise<void>((wake) => this.#waiting.push(wake));
    this.#state = 'acquiring';
    try {
      await this.#take(this.#client.environment.now() + (options.deadlineUs ?? 10_000_000));
      const token = (await this.#client.fetchAdd(this.#fenceCell, 1)) + 1;
      this.#state = 'held';
      return token;
    } catch (error) {
      // Whether the cell took our number is unknown: take it out again, if it did.
      await this.#client.compareSwap(this.#cell, this.#holder, 0).catch(() => undefined);
      this.#free();
      throw error;
    }
  }

  /** Gives the lock back. @throws HostError LOST where the cell no longer holds this holder, TIMEOUT or CLOSED. */
  async release(): Promise<void> {
    if (this.#state !== 'held') {
      throw HostError.invalid(`lock ${this.#cell}`, `is ${this.#state}`, 'release what was acquired');
    }
    this.#state = 'releasing';
    try {
      const before = await this.#client.compareSwap(this.#cell, this.#holder, 0);
      if (before !== this.#holder) {
        throw new HostError(
          'LOST',
          `lock ${this.#cell}: the cell held ${before}, not ${this.#holder}; check tokens`,
        );
      }
    } finally {
      this.#free();
    }
  }

  /** Runs `critical` with the lock held. */
  async withLock<T>(critical: (token: number) => Promise<T> | T, options: AcquireOptions = {}): Promise<T> {
    const token = await this.acquire(options);
    try {
      return await critical(token);
    } finally {
      await this.release();
    }
  }

  async #take(deadline: number): Promise<void> {
    const { environment } = this.#client;
    for (let tries = 0; ; tries++) {
      const before = await this.#client.compareSwap(this.#cell, 0, this.#holder);
      // Our own number is left from an earlier request whose answer was never seen.
      if (before === 0 || before === this.#holder) return;
      this.contended++;
      const now = environment.now();
      if (now >= deadline) {
        const error = `lock ${this.#cell}: still held by ${before} after ${tries + 1} tries; allow more time`;
        throw new HostError('TIMEOUT', error);
      }
      const longest = Math.min(this.#maxBackoffUs, this.#backoffUs * 2 ** Math.min(tries, 20));
      const pause = Math.min(deadline - now, longest * (0.5 + 0.5 * environment.random()));
      await new Promise<void>((wake) => environment.setTimer(pause, wake));
    }
  }

  #free(): void {
    this.#state = 'free';
    this.#waiting.shift()?.();
  }
}
