import type { FabricKey, Name } from '../../wire/index.js';
import type { Store, StoreChange, StoreCondition } from '../store/store.js';
import { NameTree } from './collisions.js';
import { keys } from './records.js';

export interface NamingOptions {
  readonly key: FabricKey;
  readonly store: Store;
  /** Of the fabric: other parts' names are there as well. Default: this one's alone. */
  readonly names?: NameTree;
  readonly onError: (error: unknown) => void;
}

/** Who has which name: in memory, for collisions of digests, and in the store, where each name is one service's or host's. */
export class Naming {
  readonly #store: Store;
  readonly #names: NameTree;
  readonly #onError: (error: unknown) => void;

  constructor({ key, store, names, onError }: NamingOptions) {
    this.#store = store;
    this.#names = names ?? new NameTree(key);
    this.#onError = onError;
  }

  /**
   * Commits the changes that make a service or host of that number, with its name where that is new; where either fails,
   * nothing has happened. Throws ControllerError NAME_COLLISION, StoreError.
   */
  async commit(
    name: Name | undefined,
    number: number,
    changes: readonly StoreChange[],
    when: readonly StoreCondition[],
  ): Promise<void> {
    if (name === undefined) return this.#store.commit(changes, { when });
    this.#names.add(name);
    const key = keys.name(name);
    try {
      await this.#store.commit([...changes, { key, value: number }], {
        when: [...when, { key, value: undefined }],
      });
    } catch (error) {
      this.#names.remove(name);
      throw error;
    }
  }

  /**
   * A name that the store has. Two with one digest may have been acknowledged by two controllers at once: gives whether it
   * is in memory, too.
   */
  told(name: Name): boolean {
    try {
      this.#names.add(name);
      return true;
    } catch (error) {
      this.#onError(error);
      return false;
    }
  }

  /** A name that the store has no more. */
  forgotten(name: Name): void {
    this.#names.remove(name);
  }
}
