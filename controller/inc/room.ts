import { ControllerError } from '../errors.js';

/** How many entries of a table are spoken for. */
export class Room {
  readonly #what: string;
  readonly #size: number;
  #used = 0;

  /** `what` is the table in error messages: "sources of groups at leaf1". */
  constructor(what: string, size: number) {
    this.#what = what;
    this.#size = size;
  }

  get used(): number {
    return this.#used;
  }

  /** Throws ControllerError NO_ROOM where so many more do not fit. */
  check(more: number): void {
    if (this.#used + more <= this.#size) return;
    throw new ControllerError(
      'NO_ROOM',
      `${more} ${this.#what} do not fit (${this.#used} of ${this.#size} in use); delete a group or name fewer hosts`,
    );
  }

  /** Takes what has been checked, or what a store says is taken. */
  take(more: number): void {
    this.#used += more;
  }

  release(entries: number): void {
    this.#used -= entries;
  }
}
