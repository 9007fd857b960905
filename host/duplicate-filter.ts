/** What a filter knows of a request it has seen. */
export type Seen<Answer> =
  | { readonly state: 'running' }
  | { readonly state: 'answered'; readonly answer: Answer };

interface Entry<Answer> {
  seen: Seen<Answer>;
  since: number;
}

/**
 * Remembers the answers of requests, so that a repeated request gets its first answer again and its handler runs once.
 * Bounded in time and number: a repetition that comes later than either runs anew.
 */
export class DuplicateFilter<Answer> {
  readonly #entries = new Map<string, Entry<Answer>>();
  readonly #windowUs: number;
  readonly #capacity: number;
  #sweepAt = Number.NEGATIVE_INFINITY;

  constructor(windowUs: number, capacity: number) {
    this.#windowUs = windowUs;
    this.#capacity = capacity;
  }

  /** What is known of a request, undefined where it is new. */
  find(key: string, now: number): Seen<Answer> | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined || now - entry.since > this.#windowUs) return undefined;
    return entry.seen;
  }

  /** Notes that a request has begun. */
  begin(key: string, now: number): void {
    this.#put(key, { seen: { state: 'running' }, since: now });
  }

  /** Notes a request's answer. */
  finish(key: string, now: number, answer: Answer): void {
    this.#put(key, { seen: { state: 'answered', answer }, since: now });
  }

  /** Forgets a request, so that its repetition runs anew. */
  forget(key: string): void {
    this.#entries.delete(key);
  }

  #put(key: string, entry: Entry<Answer>): void {
    // Deleting first moves the key to the end: the map stays in order of `since`.
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    // What is too old does no harm, as it is not found: it is looked for now and then.
    if (this.#entries.size <= this.#capacity && entry.since < this.#sweepAt) return;
    this.#sweepAt = entry.since + this.#windowUs / 16;
    for (const [oldest, { since }] of this.#entries) {
      if (this.#entries.size <= this.#capacity && entry.since - since <= this.#windowUs) break;
      this.#entries.delete(oldest);
    }
  }
}
