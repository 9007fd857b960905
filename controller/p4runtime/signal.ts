/** How values of a signal are taken one by one. */
export interface ValuesOptions {
  /** Aborting it ends the iteration. */
  readonly signal?: AbortSignal | undefined;
  /** Values that may wait while the consumer is busy, before the oldest are dropped. 1 or more, default 1,024. */
  readonly maxQueued?: number;
}

/** Values of a signal as an async iterator. `dropped` counts those the consumer was too slow for. */
export interface SignalValues<T> extends AsyncIterableIterator<T, undefined> {
  readonly dropped: number;
}

/** Something that happens again and again; whoever subscribed is told, in the order of subscription. */
export class Signal<T> {
  readonly #listeners = new Set<(value: T) => void>();
  readonly #ends = new Set<() => void>();
  readonly #onError: (error: unknown) => void;
  #ended = false;

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

  /**
   * The values from now on, to be taken with `for await`, until the loop is left, `signal` is aborted or the signal
   * ends with its client. Listening starts with the call, not with the first value that is asked for.
   */
  values(options: ValuesOptions = {}): SignalValues<T> {
    const { signal, maxQueued = 1024 } = options;
    const queue: T[] = [];
    let dropped = 0;
    let isOver = false;
    const waiting: ((result: IteratorResult<T, undefined>) => void)[] = [];
    const unsubscribe = this.subscribe((value) => {
      const taker = waiting.shift();
      if (taker !== undefined) return taker({ done: false, value });
      if (queue.length >= maxQueued) {
        queue.shift();
        dropped += 1;
      }
      queue.push(value);
    });
    const end = () => {
      isOver = true;
      unsubscribe();
      this.#ends.delete(end);
      signal?.removeEventListener('abort', end);
      for (const taker of waiting.splice(0)) taker({ done: true, value: undefined });
    };
    if (this.#ended || signal?.aborted === true) end();
    else {
      this.#ends.add(end);
      signal?.addEventListener('abort', end);
    }
    return {
      get dropped() {
        return dropped;
      },
      next: () => {
        if (queue.length > 0) return Promise.resolve({ done: false, value: queue.shift() as T });
        if (isOver) return Promise.resolve({ done: true, value: undefined });
        return new Promise((resolve) => waiting.push(resolve));
      },
      return: () => {
        queue.length = 0;
        end();
        return Promise.resolve({ done: true, value: undefined });
      },
      [Symbol.asyncIterator]() {
        return this;
      },
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

  /** Nothing comes any more: iterations end when their queues are empty. */
  end(): void {
    this.#ended = true;
    for (const end of [...this.#ends]) end();
  }
}
