import type { CellClient } from './cell-client.js';
import type { Timer } from './environment.js';
import { HostError } from './errors.js';

/** Share of the lease a holder leaves unused, for clocks that do not run alike. */
const DRIFT = 0.1;
const RENEWALS_PER_LEASE = 3;

export interface Holding {
  readonly client: CellClient;
  /** The cell that says so: odd = held. It only ever rises. */
  readonly cell: number;
  /** What it holds since this holder's compare-and-swap. */
  readonly value: number;
  /** When that was sent, microseconds. */
  readonly since: number;
  readonly leaseUs: number;
  readonly mode: 'exclusive' | 'shared';
}

type HeldState = 'held' | 'releasing' | 'released' | 'lost';

/** A lock that is held: the lease is renewed until `release`. */
export class HeldLock {
  readonly mode: 'exclusive' | 'shared';
  readonly #holding: Holding;
  readonly #lost = new AbortController();
  #token = 0n;
  #onEnd: () => void = () => undefined;
  #value: number;
  #since: number;
  /** A renewal whose outcome is unknown: the cell may hold 2 more than `#value`. */
  #doubt = false;
  #state: HeldState = 'held';
  #renewal: Timer | undefined;
  #expiry: Timer | undefined;

  constructor(holding: Holding) {
    this.#holding = holding;
    this.mode = holding.mode;
    this.#value = holding.value;
    this.#since = holding.since;
    this.#arm();
  }

  /** For Lock: it is the caller's now; `onEnd` is called once, when it is given back or lost. */
  grant(session: number, count: number, onEnd: () => void): this {
    this.#token = (BigInt(session) << 32n) | BigInt(count);
    this.#onEnd = onEnd;
    return this;
  }

  /**
   * Fencing token: session and count of the lock's cell. Every exclusive holder's is higher than those of all holders
   * before it; what the lock protects should refuse lower ones than the highest it has seen.
   */
  get token(): bigint {
    return this.#token;
  }

  get state(): HeldState {
    return this.#state;
  }

  /** Aborted when the lock is lost: the lease could not be renewed in time, or somebody else has taken it over. */
  get signal(): AbortSignal {
    return this.#lost.signal;
  }

  /** Whether the lease has not run out; true only as long as nobody else can have the lock. */
  get isValid(): boolean {
    return this.#state === 'held' && this.#holding.client.environment.now() < this.#expiresAt;
  }

  /** Gives the lock back. @throws HostError LOST where it was not held any more, TIMEOUT or CLOSED (the lease then runs out). */
  async release(): Promise<void> {
    if (this.#state === 'lost') throw this.#lostError();
    if (this.#state !== 'held') {
      throw HostError.invalid(this.#what, `is ${this.#state}`, 'release what was acquired');
    }
    this.#state = 'releasing';
    this.#stopTimers();
    try {
      let before = await this.#swap(this.#value, this.#value + 1);
      if (before !== this.#value && this.#doubt && before === (this.#value + 2) >>> 0) {
        before = await this.#swap(before, before + 1);
        this.#value = (this.#value + 2) >>> 0;
      }
      if (before !== this.#value) {
        this.#state = 'lost';
        throw this.#lostError();
      }
      this.#state = 'released';
    } finally {
      if (this.#state === 'releasing') this.#state = 'released';
      this.#onEnd();
    }
  }

  get #what(): string {
    return `lock ${this.#holding.cell} of group ${this.#holding.client.group}`;
  }

  get #expiresAt(): number {
    return this.#since + this.#holding.leaseUs * (1 - DRIFT);
  }

  #swap(expected: number, replacement: number): Promise<number> {
    return this.#holding.client.compareSwap(this.#holding.cell, expected, replacement >>> 0);
  }

  #arm(): void {
    const { environment } = this.#holding.client;
    const now = environment.now();
    this.#stopTimers();
    const renewAt = this.#since + this.#holding.leaseUs / RENEWALS_PER_LEASE;
    this.#renewal = environment.setTimer(Math.max(0, renewAt - now), () => void this.#renew());
    this.#expiry = environment.setTimer(Math.max(0, this.#expiresAt - now), () => this.#lose());
  }

  async #renew(): Promise<void> {
    while (this.#state === 'held') {
      const at = this.#holding.client.environment.now();
      const value = this.#value;
      let before: number;
      try {
        before = await this.#swap(value, value + 2);
      } catch (error) {
        if (!(error instanceof HostError)) throw error;
        // A closed client renews nothing; the lease runs out.
        if (error.code !== 'TIMEOUT') return;
        this.#doubt = true;
        continue;
      }
      if (this.#state !== 'held') {
        if (before === value) this.#doubt = true;
        return;
      }
      // Nobody else may touch the cell before the lease has run out, so 2 more is an earlier renewal of this holder's.
      if (before === (value + 2) >>> 0 && this.#doubt && this.isValid) {
        this.#value = before;
        this.#doubt = false;
        continue;
      }
      if (before !== value) {
        this.#lose();
        return;
      }
      this.#value = (value + 2) >>> 0;
      this.#since = at;
      this.#doubt = false;
      this.#arm();
      return;
    }
  }

  #lose(): void {
    if (this.#state !== 'held') return;
    this.#state = 'lost';
    this.#stopTimers();
    this.#lost.abort(this.#lostError());
    this.#onEnd();
  }

  #lostError(): HostError {
    return new HostError(
      'LOST',
      `${this.#what}: the lease has run out or another holder has it; check tokens`,
    );
  }

  #stopTimers(): void {
    this.#renewal?.cancel();
    this.#expiry?.cancel();
  }
}
