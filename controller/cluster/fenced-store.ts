import { StoreError } from '../store/errors.js';
import type {
  CommitOptions,
  Json,
  Store,
  StoreChange,
  StoreCondition,
  StoredValue,
  StoreLease,
} from '../store/store.js';

/**
 * A store whose commits happen only while this controller is a member: each requires the member's own record, which
 * goes with its lease. So one that was thought dead, and is not, changes nothing any more.
 */
export class FencedStore implements Store {
  readonly #store: Store;
  #fence: StoreCondition | undefined;

  constructor(store: Store) {
    this.#store = store;
  }

  /** What must be so for a commit to happen; undefined = none happens. */
  set fence(fence: StoreCondition | undefined) {
    this.#fence = fence;
  }

  load(): Promise<ReadonlyMap<string, Json>> {
    return this.#store.load();
  }

  get(key: string): Promise<StoredValue | undefined> {
    return this.#store.get(key);
  }

  async commit(changes: readonly StoreChange[], options: CommitOptions = {}): Promise<void> {
    const fence = this.#fence;
    if (fence === undefined) throw fenced();
    try {
      await this.#store.commit(changes, { ...options, when: [...(options.when ?? []), fence] });
    } catch (error) {
      const isFence = error instanceof StoreError && error.code === 'CONFLICT' && error.key === fence.key;
      throw isFence ? fenced(error) : error;
    }
  }

  watch(listener: (changes: readonly StoreChange[]) => void): () => void {
    return this.#store.watch(listener);
  }

  sync(): Promise<void> {
    return this.#store.sync();
  }

  lease(ttlMs: number): Promise<StoreLease> {
    return this.#store.lease(ttlMs);
  }

  close(): Promise<void> {
    return this.#store.close();
  }
}

function fenced(cause?: unknown): StoreError {
  return new StoreError('FENCED', 'this controller is no member of its cluster at present; ask again soon', {
    cause,
  });
}
