import { ControllerError } from '../errors.js';

/** Numbers that only one owner may have at a time: meter cells, clone sessions. */
export class Slots {
  readonly #what: string;
  readonly #first: number;
  readonly #last: number;
  readonly #owners = new Map<number, string>();
  readonly #slots = new Map<string, number>();

  constructor(what: string, first: number, last: number) {
    this.#what = what;
    this.#first = first;
    this.#last = last;
  }

  get used(): number {
    return this.#slots.size;
  }

  of(owner: string): number | undefined {
    return this.#slots.get(owner);
  }

  /** The owner's slot, or the lowest free one from now on. Throws ControllerError NO_ROOM. */
  take(owner: string): number {
    const known = this.#slots.get(owner);
    if (known !== undefined) return known;
    for (let slot = this.#first; slot <= this.#last; slot += 1) {
      if (!this.#owners.has(slot)) return this.put(owner, slot);
    }
    const size = this.#last - this.#first + 1;
    throw new ControllerError('NO_ROOM', `all ${size} ${this.#what} are in use; delete what needs one`);
  }

  /** Gives the owner this very slot, as a store remembers it. */
  put(owner: string, slot: number): number {
    this.release(owner);
    this.#owners.set(slot, owner);
    this.#slots.set(owner, slot);
    return slot;
  }

  release(owner: string): void {
    const slot = this.#slots.get(owner);
    if (slot === undefined) return;
    this.#slots.delete(owner);
    if (this.#owners.get(slot) === owner) this.#owners.delete(slot);
  }
}
