/** Runs pieces of asynchronous work one after another, in the order they came. */
export class Serial {
  #last: Promise<unknown> = Promise.resolve();

  run<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work);
    // A piece that failed has told its own caller; the next one runs all the same.
    this.#last = result.catch(() => undefined);
    return result;
  }
}
