/**
 * Runs pieces of asynchronous work: those of one key one after another, in the order they came, those of different keys
 * side by side.
 */
export class Serial {
  /** The last piece of each key that has work. */
  readonly #last = new Map<string, Promise<unknown>>();
  #pending = 0;
  readonly #onIdle: () => void;

  /** `onIdle` is called whenever the last piece of all has ended. */
  constructor(onIdle: () => void) {
    this.#onIdle = onIdle;
  }

  /** Some piece has not ended. */
  get busy(): boolean {
    return this.#pending > 0;
  }

  async run<T>(key: string, work: () => Promise<T>): Promise<T> {
    this.#pending += 1;
    const result = (this.#last.get(key) ?? Promise.resolve()).then(work);
    // A piece that failed has told its own caller; the next one runs all the same.
    const ended = result.catch(() => undefined);
    this.#last.set(key, ended);
    try {
      return await result;
    } finally {
      if (this.#last.get(key) === ended) this.#last.delete(key);
      this.#pending -= 1;
      if (this.#pending === 0) this.#onIdle();
    }
  }
}
