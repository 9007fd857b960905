import type { Clock, Timer } from '../clock.js';
import type { StoreChange, StoreLease } from './store.js';

/** A lease of a store in this process. It needs no renewal: it ends by end(), or its length after desert(). */
export class LocalLease implements StoreLease {
  readonly ttlMs: number;
  readonly #ending = new AbortController();
  readonly #keys = new Set<string>();
  readonly #clock: Clock;
  readonly #onEnd: (keys: readonly string[]) => Promise<void>;
  #timer: Timer | undefined;

  constructor(ttlMs: number, clock: Clock, onEnd: (keys: readonly string[]) => Promise<void>) {
    this.ttlMs = ttlMs;
    this.#clock = clock;
    this.#onEnd = onEnd;
  }

  get ended(): AbortSignal {
    return this.#ending.signal;
  }

  hold(changes: readonly StoreChange[]): void {
    for (const { key, value } of changes) {
      if (value === undefined) this.#keys.delete(key);
      else this.#keys.add(key);
    }
  }

  /** From now on nobody renews it, as if its owner had died. */
  desert(): void {
    this.#timer ??= this.#clock.setTimer(this.ttlMs * 1000, () => {
      this.end().catch(() => undefined);
    });
  }

  async end(): Promise<void> {
    if (this.#ending.signal.aborted) return;
    this.#timer?.cancel();
    this.#ending.abort();
    await this.#onEnd([...this.#keys]);
  }
}
