import { ControllerError } from '../errors.js';

/** Hands out ranges of consecutive numbers from a fixed supply, first fit; aligned ones start at a multiple of their length. */
export class Ranges {
  readonly #what: string;
  readonly #size: number;
  readonly #isAligned: boolean;
  /** Taken ranges by rising start. */
  #taken: { start: number; length: number }[] = [];

  /** `what` is the supply in error messages: "reduce cells of leaf1". */
  constructor(what: string, size: number, { aligned = false }: { readonly aligned?: boolean } = {}) {
    this.#what = what;
    this.#size = size;
    this.#isAligned = aligned;
  }

  get used(): number {
    return this.#taken.reduce((sum, { length }) => sum + length, 0);
  }

  get size(): number {
    return this.#size;
  }

  /** Start of a free range of this length; undefined where there is none. Takes nothing. */
  find(length: number): number | undefined {
    const aligned = (from: number) => (this.#isAligned ? Math.ceil(from / length) * length : from);
    let start = 0;
    for (const range of this.#taken) {
      if (range.start - start >= length) return start;
      start = aligned(range.start + range.length);
    }
    return this.#size - start >= length ? start : undefined;
  }

  /** Takes a range and returns its start. Throws ControllerError NO_ROOM. */
  take(length: number): number {
    const start = this.find(length);
    if (start === undefined) {
      throw new ControllerError(
        'NO_ROOM',
        `no ${length} consecutive ${this.#what} are free (${this.used} of ${this.#size} in use); ` +
          'delete a group or ask for fewer',
      );
    }
    this.takeAt(start, length);
    return start;
  }

  /** Takes a given range, which must be free. Throws ControllerError CONFLICT. */
  takeAt(start: number, length: number): void {
    const clash = this.#taken.some(
      (range) => start < range.start + range.length && range.start < start + length,
    );
    if (clash || start < 0 || start + length > this.#size) {
      throw new ControllerError('CONFLICT', `${this.#what} ${start} to ${start + length - 1} are not free`);
    }
    this.#taken.push({ start, length });
    this.#taken.sort((a, b) => a.start - b.start);
  }

  /** Gives back the range that starts here. */
  release(start: number): void {
    this.#taken = this.#taken.filter((range) => range.start !== start);
  }
}
