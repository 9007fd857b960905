/** How long to wait between attempts to connect. */
export interface BackoffOptions {
  /** First wait, milliseconds. Default 100. */
  readonly initialMs: number;
  /** Longest wait, milliseconds. Default 10,000. */
  readonly maxMs: number;
  /** Factor from one wait to the next. Default 1.6. */
  readonly factor: number;
  /** Share of the wait that is random, 0 to 1, so that clients of a restarted switch do not come at once. Default 0.2. */
  readonly jitter: number;
  /** Source of randomness, in [0, 1). */
  readonly random: () => number;
}

export const DEFAULT_BACKOFF: BackoffOptions = {
  initialMs: 100,
  maxMs: 10_000,
  factor: 1.6,
  jitter: 0.2,
  random: Math.random,
};

/** Waits that grow from failure to failure, and start anew after a success. */
export class Backoff {
  readonly #options: BackoffOptions;
  #failures = 0;
  #lastWaitMs = 0;

  constructor(options: Partial<BackoffOptions> = {}) {
    this.#options = { ...DEFAULT_BACKOFF, ...options };
  }

  /** Milliseconds to wait before the next attempt. */
  next(): number {
    const { initialMs, maxMs, factor, jitter, random } = this.#options;
    const base = Math.min(maxMs, initialMs * factor ** this.#failures);
    this.#failures += 1;
    this.#lastWaitMs = base * (1 - jitter + 2 * jitter * random());
    return this.#lastWaitMs;
  }

  /** Waits as long as next() says, or until the signal is aborted. */
  wait(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      const timer = setTimeout(wake, this.next());
      signal.addEventListener('abort', wake);
    });
  }

  /** What was waited for has worked for so long: the waits start anew where that is longer than the last of them. */
  lasted(ms: number): void {
    if (ms > this.#lastWaitMs) this.reset();
  }

  reset(): void {
    this.#failures = 0;
  }
}
