/** Anything JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Sets a key, or deletes it where `value` is undefined. */
export interface StoreChange {
  readonly key: string;
  readonly value: Json | undefined;
}

/** What a key must hold for a commit to happen; undefined = the key must not be there. */
export type StoreCondition = StoreChange;

/** A value, and when it was put there. */
export interface StoredValue {
  readonly value: Json;
  /** Number of the commit that put it, 1 or more; later commits have higher ones, over all restarts. */
  readonly revision: bigint;
}

export interface CommitOptions {
  /** All of them must hold, or nothing is committed: StoreError CONFLICT. */
  readonly when?: readonly StoreCondition[];
  /** The keys put vanish when this lease ends. */
  readonly lease?: StoreLease;
}

/** A promise to be there, kept by its owner: it is renewed until end(), or until the owner cannot. */
export interface StoreLease {
  readonly ttlMs: number;
  /**
   * Aborted when the lease ends. By the owner's monotonic clock that is never later than the store lets its keys go:
   * whoever stops at once has stopped before anybody else begins.
   */
  readonly ended: AbortSignal;
  /** Lets the keys go now. */
  end(): Promise<void>;
}

/**
 * Where the controller's state outlives it. Keys are paths like `instance/7`; all changes of one commit become
 * durable together or not at all, and commits take effect in the order they were made. Several controllers may share
 * one store; each has a Store of its own.
 */
export interface Store {
  /** Everything that was committed, by whomever. */
  load(): Promise<ReadonlyMap<string, Json>>;
  get(key: string): Promise<StoredValue | undefined>;
  /** Resolves when the changes are durable. Throws StoreError. */
  commit(changes: readonly StoreChange[], options?: CommitOptions): Promise<void>;
  /**
   * Tells what other users of the store have committed, each commit once, in the order of all commits: a commit of
   * one's own resolves after the listener has heard all that came before, and before it hears what comes after.
   * Returns the end of the watch.
   */
  watch(listener: (changes: readonly StoreChange[]) => void): () => void;
  /** Resolves when watches have told everything that was committed before the call. */
  sync(): Promise<void>;
  /** Takes a lease. `ttlMs` may be made longer: see the lease's own. */
  lease(ttlMs: number): Promise<StoreLease>;
  /** Ends leases and watches. */
  close(): Promise<void>;
}
