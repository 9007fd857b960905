/** The last segments of a stream, bounded in number and bytes; there may be holes. */
export class SegmentStore {
  readonly #keep: number;
  readonly #keepBytes: number;
  /** In rising order. */
  readonly #segments = new Map<number, Uint8Array>();
  #bytes = 0;
  #next = 0;
  /** Which life of the publisher the segments are of. */
  epoch = 0;
  /** No more segments follow. */
  ended = false;

  constructor(keep: number, keepBytes: number) {
    this.#keep = keep;
    this.#keepBytes = keepBytes;
  }

  /** Sequence number of the oldest segment that is kept; `next` where none is. */
  get oldest(): number {
    for (const sequence of this.#segments.keys()) return sequence;
    return this.#next;
  }

  /** Sequence number behind the newest segment. */
  get next(): number {
    return this.#next;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get size(): number {
    return this.#segments.size;
  }

  get(sequence: number): Uint8Array | undefined {
    return this.#segments.get(sequence);
  }

  /** Adds a segment, `next` or a later one. */
  put(sequence: number, data: Uint8Array): void {
    this.#segments.set(sequence, data);
    this.#bytes += data.length;
    this.#next = sequence + 1;
    for (const [oldest, { length }] of this.#segments) {
      const tooMany = this.#segments.size > this.#keep || this.#bytes > this.#keepBytes;
      if (!tooMany || this.#segments.size === 1) break;
      this.#bytes -= length;
      this.#segments.delete(oldest);
    }
  }

  /** Begins anew with another life of the publisher. */
  restart(epoch: number, next: number): void {
    this.#segments.clear();
    this.#bytes = 0;
    this.#next = next;
    this.epoch = epoch;
    this.ended = false;
  }
}
