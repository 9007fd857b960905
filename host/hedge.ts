import type { HostEnvironment } from './environment.js';

/**
 * Runs `attempt` and, where it has not settled after `hedgeUs`, runs it once more; the first success counts and the other is
 * aborted. Fails with the first error once none is left running.
 */
export function hedged<T>(
  environment: HostEnvironment,
  hedgeUs: number,
  signal: AbortSignal | undefined,
  attempt: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const running = new Set<AbortController>();
    let over = false;
    const abortAll = () => {
      for (const controller of running) controller.abort();
    };
    const finish = (act: () => void) => {
      if (over) return;
      over = true;
      timer.cancel();
      signal?.removeEventListener('abort', abortAll);
      act();
      abortAll();
    };
    const start = () => {
      const controller = new AbortController();
      running.add(controller);
      attempt(controller.signal).then(
        (value) => {
          running.delete(controller);
          finish(() => resolve(value));
        },
        (error: unknown) => {
          running.delete(controller);
          // While the second has not begun or is still running there is hope only in the latter.
          if (running.size === 0) finish(() => reject(error));
        },
      );
    };
    const timer = environment.setTimer(hedgeUs, start);
    signal?.addEventListener('abort', abortAll, { once: true });
    start();
    if (signal?.aborted === true) abortAll();
  });
}
