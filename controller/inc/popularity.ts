/** The sketch of the switches counts in epochs of this length (p4src/v1model/hotkeys.p4), microseconds. */
export const SKETCH_EPOCH_US = 2 ** 20;

/** What was seen this long ago counts 1/e of what is seen now. */
const MEMORY_US = 4 * SKETCH_EPOCH_US;

/**
 * How often a key is asked for: requests over the time they were counted in, both decayed alike, so that a young
 * estimate is as good as what it has seen and an old one follows the present.
 */
export class Popularity {
  #requests: number;
  #overUs: number;
  #at: number;

  /** Starts with requests that were counted in the `overUs` before `now`. Microseconds. */
  constructor(requests: number, overUs: number, now: number) {
    this.#requests = requests;
    this.#overUs = overUs;
    this.#at = now;
  }

  /** Takes the requests since the last observation. */
  observe(requests: number, now: number): void {
    const passedUs = now - this.#at;
    const kept = Math.exp(-passedUs / MEMORY_US);
    this.#requests = this.#requests * kept + requests;
    this.#overUs = this.#overUs * kept + passedUs;
    this.#at = now;
  }

  /** Takes it that nobody could count since the last observation. */
  skip(now: number): void {
    this.#at = now;
  }

  /** Requests per epoch of the sketch, if there was none since the last observation: the least it can be at `now`. */
  perEpoch(now: number): number {
    const passedUs = now - this.#at;
    const kept = Math.exp(-passedUs / MEMORY_US);
    return (this.#requests * kept * SKETCH_EPOCH_US) / (this.#overUs * kept + passedUs);
  }
}
