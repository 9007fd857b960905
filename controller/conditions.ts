/** Promises of conditions, looked at whenever something has changed. */
export class Conditions {
  readonly #waiters = new Set<() => void>();

  /** Something has changed that a condition may depend on. */
  changed(): void {
    for (const check of this.#waiters) check();
  }

  /** Resolves when `condition` holds, at once where it does; rejects with what it throws. It is looked at on abort too. */
  when(condition: () => boolean, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const settle = (act: () => void) => {
        this.#waiters.delete(check);
        signal?.removeEventListener('abort', check);
        act();
      };
      const check = () => {
        try {
          if (condition()) settle(resolve);
        } catch (error) {
          settle(() => reject(error));
        }
      };
      this.#waiters.add(check);
      signal?.addEventListener('abort', check);
      check();
    });
  }
}
