export interface RttBounds {
  /** Timeout before the first sample, microseconds. */
  readonly initialUs: number;
  readonly minUs: number;
  readonly maxUs: number;
}

/** Retransmission timeout from measured round trips (RFC 6298), in microseconds. Feed it unambiguous samples only (Karn). */
export class RttEstimator {
  readonly #bounds: RttBounds;
  #smoothed = 0;
  #variation = 0;
  #timeout: number;

  constructor(bounds: RttBounds) {
    this.#bounds = bounds;
    this.#timeout = bounds.initialUs;
  }

  /** Takes the round trip of a packet that was sent once. */
  sample(rttUs: number): void {
    if (this.#smoothed === 0) {
      this.#smoothed = rttUs;
      this.#variation = rttUs / 2;
    } else {
      this.#variation += (Math.abs(this.#smoothed - rttUs) - this.#variation) / 4;
      this.#smoothed += (rttUs - this.#smoothed) / 8;
    }
    // RFC 6298 (2.3), max(G, K * RTTVAR): behind a queue of one's own packets round trips are steady, their variation goes
    // to 0, and the timeout would sink to the round trip itself. Packets repeated too soon give no samples that could lift it.
    const timeout = this.#smoothed + Math.max(4 * this.#variation, this.#smoothed / 2);
    this.#timeout = Math.min(this.#bounds.maxUs, Math.max(this.#bounds.minUs, timeout));
  }

  /** Smoothed round trip, 0 before the first sample. */
  get smoothedUs(): number {
    return this.#smoothed;
  }

  /** Timeout of transmission number `retries` (0 = the first): doubled each time, up to the bound. */
  timeoutUs(retries: number): number {
    return Math.min(this.#bounds.maxUs, this.#timeout * 2 ** Math.min(retries, 20));
  }
}
