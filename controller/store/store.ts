/** Anything JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Sets a key, or deletes it where `value` is undefined. */
export interface StoreChange {
  readonly key: string;
  readonly value: Json | undefined;
}

/**
 * Where the controller's state outlives it. Keys are paths like `instance/7`; all changes of one commit become
 * durable together or not at all, and commits take effect in the order they were made.
 */
export interface Store {
  /** Everything that was committed. */
  load(): Promise<ReadonlyMap<string, Json>>;
  /** Resolves when the changes are durable. */
  commit(changes: readonly StoreChange[]): Promise<void>;
  close(): Promise<void>;
}

/** A store that lasts as long as the process. */
export class MemoryStore implements Store {
  readonly #values = new Map<string, Json>();

  load(): Promise<ReadonlyMap<string, Json>> {
    return Promise.resolve(new Map(this.#values));
  }

  commit(changes: readonly StoreChange[]): Promise<void> {
    for (const { key, value } of changes) {
      if (value === undefined) this.#values.delete(key);
      else this.#values.set(key, value);
    }
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
