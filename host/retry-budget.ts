export interface RetryBudgetOptions {
  /** Retransmissions each call earns. Default 0.5. */
  readonly perCall?: number | undefined;
  /** Retransmissions earned each second whatever the calls. Default 100. */
  readonly perSecond?: number | undefined;
  /** Retransmissions that can be saved up; as many are there at the start. Default 1000. */
  readonly capacity?: number | undefined;
}

/**
 * What a host may spend on repeating calls, all together: when most calls fail, repeating them all would multiply the
 * load on a service that is down already.
 */
export class RetryBudget {
  readonly #perCall: number;
  readonly #perSecond: number;
  readonly #capacity: number;
  #tokens: number;
  #at: number | undefined;
  /** Retransmissions that were not made. */
  denied = 0;

  constructor(options: RetryBudgetOptions = {}) {
    this.#perCall = options.perCall ?? 0.5;
    this.#perSecond = options.perSecond ?? 100;
    this.#capacity = options.capacity ?? 1000;
    this.#tokens = this.#capacity;
  }

  /** Notes a call. */
  deposit(): void {
    this.#tokens = Math.min(this.#capacity, this.#tokens + this.#perCall);
  }

  /** Takes one retransmission, if there is one. `now` in microseconds. */
  withdraw(now: number): boolean {
    const seconds = (now - (this.#at ?? now)) / 1e6;
    this.#at = now;
    this.#tokens = Math.min(this.#capacity, this.#tokens + seconds * this.#perSecond);
    if (this.#tokens < 1) {
      this.denied++;
      return false;
    }
    this.#tokens--;
    return true;
  }
}
