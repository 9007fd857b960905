/** Slots in the order in which they last sent, oldest first; everything takes constant time and nothing is allocated. */
export class SendOrder {
  readonly #next: Int32Array;
  readonly #previous: Int32Array;
  /** Index of the list's own element: a ring, so that no end is special. */
  readonly #ring: number;

  constructor(slots: number) {
    this.#ring = slots;
    this.#next = new Int32Array(slots + 1).fill(-1);
    this.#previous = new Int32Array(slots + 1).fill(-1);
    this.clear();
  }

  /** The slot that has waited longest, -1 where none waits. */
  get oldest(): number {
    const first = this.#next[this.#ring] ?? -1;
    return first === this.#ring ? -1 : first;
  }

  /** Notes that a slot has just sent. */
  sent(slot: number): void {
    this.remove(slot);
    const last = this.#previous[this.#ring] ?? this.#ring;
    this.#next[last] = slot;
    this.#previous[slot] = last;
    this.#next[slot] = this.#ring;
    this.#previous[this.#ring] = slot;
  }

  /** Takes a slot out; harmless where it is not in. */
  remove(slot: number): void {
    const next = this.#next[slot] ?? -1;
    const previous = this.#previous[slot] ?? -1;
    if (next === -1) return;
    this.#next[previous] = next;
    this.#previous[next] = previous;
    this.#next[slot] = -1;
    this.#previous[slot] = -1;
  }

  clear(): void {
    this.#next.fill(-1);
    this.#previous.fill(-1);
    this.#next[this.#ring] = this.#ring;
    this.#previous[this.#ring] = this.#ring;
  }
}
