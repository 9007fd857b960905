/** Runs pieces of asynchronous work one after another, in the order they came. */
export class Serial {
  #last: Promise<unknown> = Promise.resolve();
  #pending = 0;
  readonly #onIdle: () => void;

  /** `onIdle` is called whenever the last piece has ended. */
  constructor(onIdle: () => void) {
    this.#onIdle = onIdle;
  }

  /** Some piece has not ended. */
  get busy(): boolean {
    return this.#pending > 0;
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    this.#pending += 1;
    const result = this.#last.then(work);
    // A piece that failed has told its own caller; the next one runs all the same.
    this.#last = result.catch(() => undefined);
    try {
      return await result;
    } finally {
      this.#pending -= 1;
      if (this.#pending === 0) this.#onIdle();
    }
  }
}
