const INITIAL_CAPACITY = 8;
/** log2 of the filter bits per bucket: about one probe in fifteen for an absent hash gets through. */
const FILTER_BITS = 3;

/**
 * Open addressing with linear probing over (hash, id) pairs; ids are positive, 0 marks an empty bucket.
 * Who looks up compares the hash first and the key behind the id only then. Removal shifts the following
 * buckets back, so no tombstones gather.
 */
export class BucketIndex {
  /** Pairs: [2i] the 32-bit hash, [2i+1] the id. Replaced when the index grows. */
  buckets = new Int32Array(2 * INITIAL_CAPACITY);
  /** Capacity - 1. */
  mask = INITIAL_CAPACITY - 1;
  count = 0;
  /** Bit `hash >>> filterShift` is set for every hash that is in. Replaced when the index grows. */
  filter = new Uint32Array((INITIAL_CAPACITY << FILTER_BITS) >>> 5);
  filterShift = shiftFor(INITIAL_CAPACITY);
  /** Hashes that have left since the filter was made; their bits are still set. */
  private stale = 0;

  add(hash: number, id: number): void {
    if ((this.count + 1) * 4 > (this.mask + 1) * 3) this.resize((this.mask + 1) * 2);
    this.place(hash, id);
    this.mark(hash);
    this.count++;
  }

  remove(hash: number, id: number): void {
    const hole = this.positionOf(hash, id);
    if (hole < 0) return;
    this.closeHole(hole);
    this.count--;
    this.stale++;
    if (this.mask >= 4 * INITIAL_CAPACITY && this.count * 8 < this.mask + 1) this.resize((this.mask + 1) / 4);
    else if (this.stale * 2 > this.mask) this.makeFilter();
  }

  /** Puts `id` where `previous` stood under the same hash. */
  replace(hash: number, previous: number, id: number): void {
    const at = this.positionOf(hash, previous);
    if (at >= 0) this.buckets[2 * at + 1] = id;
  }

  clear(): void {
    this.buckets = new Int32Array(2 * INITIAL_CAPACITY);
    this.mask = INITIAL_CAPACITY - 1;
    this.count = 0;
    this.makeFilter();
  }

  private place(hash: number, id: number): void {
    const { buckets, mask } = this;
    let i = hash & mask;
    while (buckets[2 * i + 1] !== 0) i = (i + 1) & mask;
    buckets[2 * i] = hash;
    buckets[2 * i + 1] = id;
  }

  private positionOf(hash: number, id: number): number {
    const { buckets, mask } = this;
    for (let i = hash & mask; ; i = (i + 1) & mask) {
      const found = buckets[2 * i + 1];
      if (found === id) return i;
      if (found === 0) return -1;
    }
  }

  private closeHole(start: number): void {
    const { buckets, mask } = this;
    let hole = start;
    for (let i = (hole + 1) & mask; ; i = (i + 1) & mask) {
      const id = buckets[2 * i + 1] ?? 0;
      if (id === 0) break;
      const hash = buckets[2 * i] ?? 0;
      // The pair may move back only if the hole lies between its home bucket and where it stands now.
      if (((i - (hash & mask)) & mask) >= ((i - hole) & mask)) {
        buckets[2 * hole] = hash;
        buckets[2 * hole + 1] = id;
        hole = i;
      }
    }
    buckets[2 * hole] = 0;
    buckets[2 * hole + 1] = 0;
  }

  private resize(capacity: number): void {
    const old = this.buckets;
    this.buckets = new Int32Array(2 * capacity);
    this.mask = capacity - 1;
    for (let i = 0; i < old.length; i += 2) {
      const id = old[i + 1] ?? 0;
      if (id !== 0) this.place(old[i] ?? 0, id);
    }
    this.makeFilter();
  }

  private makeFilter(): void {
    const capacity = this.mask + 1;
    this.filter = new Uint32Array((capacity << FILTER_BITS) >>> 5);
    this.filterShift = shiftFor(capacity);
    this.stale = 0;
    const { buckets } = this;
    for (let i = 0; i < buckets.length; i += 2) {
      if (buckets[i + 1] !== 0) this.mark(buckets[i] ?? 0);
    }
  }

  private mark(hash: number): void {
    const bit = hash >>> this.filterShift;
    this.filter[bit >>> 5] = (this.filter[bit >>> 5] ?? 0) | (1 << (bit & 31));
  }
}

/** Shift that leaves a filter bit's number for an index of `capacity` buckets. */
function shiftFor(capacity: number): number {
  return 1 + Math.clz32(capacity << FILTER_BITS);
}
