import { requireTime } from './arguments.js';
import type { HostEnvironment } from './environment.js';
import { HostError } from './errors.js';

export interface WaitOptions {
  /** Time to try for, microseconds. Default 10,000,000. */
  readonly deadlineUs?: number | undefined;
  /** Ends the wait with ABORTED. */
  readonly signal?: AbortSignal | undefined;
}

const DEFAULT_DEADLINE_US = 10_000_000;

/** How long somebody waits for something: until a deadline, or a signal. */
export class Wait {
  readonly #environment: HostEnvironment;
  readonly #what: string;
  readonly #deadline: number;
  readonly #signal: AbortSignal | undefined;

  /** @param what is waited for, for errors. @throws HostError INVALID_ARGUMENT */
  constructor(environment: HostEnvironment, what: string, options: WaitOptions) {
    const { deadlineUs = DEFAULT_DEADLINE_US, signal } = options;
    requireTime(what, 'deadlineUs', deadlineUs);
    this.#environment = environment;
    this.#what = what;
    this.#deadline = environment.now() + deadlineUs;
    this.#signal = signal;
  }

  /** @param why nothing has come of it. @throws HostError ABORTED or TIMEOUT where the wait is over */
  requireTime(why: string): void {
    if (this.#signal?.aborted === true) {
      throw new HostError('ABORTED', `${this.#what}: aborted by its caller`);
    }
    if (this.#environment.now() >= this.#deadline) {
      throw new HostError('TIMEOUT', `${this.#what}: ${why}; allow more time`);
    }
  }

  /** Resolves after so many microseconds, or when the wait is over. */
  async pause(us: number): Promise<void> {
    await this.for((wake) => {
      const timer = this.#environment.setTimer(us, wake);
      return () => timer.cancel();
    });
  }

  /** Resolves when what `begin` has begun calls `wake`, or when the wait is over; tells which. `begin` returns what takes it back. */
  for(begin: (wake: () => void) => () => void): Promise<'woken' | 'over'> {
    return new Promise((resolve) => {
      let isOver = false;
      let takeBack: (() => void) | undefined;
      const finish = (outcome: 'woken' | 'over') => {
        if (isOver) return;
        isOver = true;
        timer.cancel();
        this.#signal?.removeEventListener('abort', giveUp);
        if (outcome === 'over') takeBack?.();
        resolve(outcome);
      };
      const giveUp = () => finish('over');
      const timer = this.#environment.setTimer(Math.max(0, this.#deadline - this.#environment.now()), giveUp);
      this.#signal?.addEventListener('abort', giveUp, { once: true });
      takeBack = begin(() => finish('woken'));
      if (this.#signal?.aborted === true) giveUp();
    });
  }
}
