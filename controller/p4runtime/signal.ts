/** Something that happens again and again; whoever subscribed is told, in the order of subscription. */
export class Signal<T> {
  readonly #listeners = new Set<(value: T) => void>();
  readonly #onError: (error: unknown) => void;

  /** `onError` gets what a listener throws; the other listeners are told all the same. */
  constructor(onError: (error: unknown) => void) {
    this.#onError = onError;
  }

  get isHeard(): boolean {
    return this.#listeners.size > 0;
  }

  /** Returns a function that ends the subscription. */
  subscribe(listener: (value: T) => void): () => void {
    const own = (value: T) => listener(value);
    this.#listeners.add(own);
    return () => {
      this.#listeners.delete(own);
    };
  }

  emit(value: T): void {
    for (const listener of this.#listeners) {
      try {
        listener(value);
      } catch (error) {
        this.#onError(error);
      }
    }
  }
}
