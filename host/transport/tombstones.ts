/** How an exchange ended, kept for its late segments. */
export interface Grave {
  /** The code it was reset with, undefined where it ran to its end. */
  readonly code: number | undefined;
  /** What it acknowledged last. */
  readonly ack: number;
}

const KEPT_US = 30_000_000;
const CAPACITY = 65_536;

/** Remembers exchanges that are over, so that a late or repeated segment neither starts one anew nor goes unanswered. */
export class Tombstones<Key> {
  readonly #graves = new Map<Key, { readonly grave: Grave; readonly until: number }>();

  bury(key: Key, grave: Grave, now: number): void {
    this.#graves.delete(key);
    this.#graves.set(key, { grave, until: now + KEPT_US });
    for (const [oldest, { until }] of this.#graves) {
      if (this.#graves.size <= CAPACITY && until > now) break;
      this.#graves.delete(oldest);
    }
  }

  get(key: Key, now: number): Grave | undefined {
    const found = this.#graves.get(key);
    return found === undefined || found.until <= now ? undefined : found.grave;
  }
}
