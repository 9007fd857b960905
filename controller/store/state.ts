import { conflict } from './errors.js';
import type { Json, StoreChange, StoreCondition, StoredValue } from './store.js';

/** Keys and values of a store that is in this process, with the number of the commit that put each. */
export class StoreState {
  readonly #entries = new Map<string, StoredValue>();
  #revision: bigint;

  constructor(revision = 0n) {
    this.#revision = revision;
  }

  get revision(): bigint {
    return this.#revision;
  }

  get(key: string): StoredValue | undefined {
    return this.#entries.get(key);
  }

  values(): Map<string, Json> {
    const values = new Map<string, Json>();
    for (const [key, { value }] of this.#entries) values.set(key, value);
    return values;
  }

  /** Counts as the next commit. */
  apply(changes: readonly StoreChange[]): void {
    this.#revision += 1n;
    for (const { key, value } of changes) {
      if (value === undefined) this.#entries.delete(key);
      else this.#entries.set(key, { value, revision: this.#revision });
    }
  }

  /** Goes on from a number that an earlier state has reached. */
  advanceTo(revision: bigint): void {
    if (revision > this.#revision) this.#revision = revision;
  }

  /** Throws StoreError CONFLICT. `pending`: what is going to be committed before. */
  check(conditions: readonly StoreCondition[], pending?: ReadonlyMap<string, Json | undefined>): void {
    for (const { key, value } of conditions) {
      const present = pending?.has(key) === true ? pending.get(key) : this.#entries.get(key)?.value;
      if (textOf(present) !== textOf(value)) throw conflict(key);
    }
  }
}

function textOf(value: Json | undefined): string | undefined {
  return value === undefined ? undefined : JSON.stringify(value);
}
