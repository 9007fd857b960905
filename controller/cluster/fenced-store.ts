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

/** Keys whose own conditions keep controllers apart, that only one writes, or where the last word is the right one. */
const UNGUARDED = [
  'instance/',
  'service/',
  'host/',
  'name/',
  'cluster/',
  'switch/',
  'link/',
  'generation/',
  'trust/score/',
];
const VERSION = 'version/';

/**
 * What a controller of a cluster commits through.
 *
 * Its commits happen only while it is a member: each requires the member's own record, which goes with its lease. So
 * one that was thought dead, and is not, changes nothing any more.
 *
 * Parts decide by what they know: which numbers are free, what fits. Each commit of a part (the first segment of its
 * keys) requires that this was the last word, by a count of the part's commits: of two controllers that decide at the
 * same time one is refused.
 */
export class FencedStore implements Store {
  readonly #store: Store;
  #fence: StoreCondition | undefined;
  /** Commits of each part that the parts here have heard of. */
  readonly #versions = new Map<string, Json>();
  /** The last commit of parts that count; one at a time. */
  #last: Promise<void> = Promise.resolve();

  constructor(store: Store) {
    this.#store = store;
    store.watch((changes) => this.#heard(changes));
  }

  /** What must be so for a commit to happen; undefined = none happens. */
  set fence(fence: StoreCondition | undefined) {
    this.#fence = fence;
  }

  async load(): Promise<ReadonlyMap<string, Json>> {
    const values = await this.#store.load();
    for (const [key, value] of values) this.#heard([{ key, value }]);
    return values;
  }

  get(key: string): Promise<StoredValue | undefined> {
    return this.#store.get(key);
  }

  commit(changes: readonly StoreChange[], options: CommitOptions = {}): Promise<void> {
    const guarded = changes.filter(({ key }) => !UNGUARDED.some((prefix) => key.startsWith(prefix)));
    const parts = new Set(guarded.map(({ key }) => key.split('/', 1)[0] ?? ''));
    if (parts.size === 0) return this.#commit(changes, options);
    const commit = this.#last.then(() => this.#commitCounted(changes, options, [...parts]));
    this.#last = commit.catch(() => undefined);
    return commit;
  }

  async #commitCounted(
    changes: readonly StoreChange[],
    { when = [], ...options }: CommitOptions,
    parts: readonly string[],
  ): Promise<void> {
    const keys = parts.map((part) => VERSION + part);
    const counted = keys.map((key) => ({ key, value: Number(this.#versions.get(key) ?? 0) + 1 }));
    const known = keys.map((key) => ({ key, value: this.#versions.get(key) }));
    try {
      await this.#commit([...changes, ...counted], { ...options, when: [...when, ...known] });
    } catch (error) {
      if (!(error instanceof StoreError) || error.key?.startsWith(VERSION) !== true) throw error;
      await this.#store.sync();
      const message = `another controller has changed '${parts.join("', '")}' meanwhile; ask again`;
      throw new StoreError('CONFLICT', message, { cause: error, key: error.key });
    }
    this.#heard(counted);
  }

  async #commit(changes: readonly StoreChange[], options: CommitOptions): Promise<void> {
    const fence = this.#fence;
    if (fence === undefined) throw fenced();
    try {
      await this.#store.commit(changes, { ...options, when: [...(options.when ?? []), fence] });
    } catch (error) {
      const isFence = error instanceof StoreError && error.code === 'CONFLICT' && error.key === fence.key;
      throw isFence ? fenced(error) : error;
    }
  }

  #heard(changes: readonly StoreChange[]): void {
    for (const { key, value } of changes) {
      if (key.startsWith(VERSION) && value !== undefined) this.#versions.set(key, value);
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
