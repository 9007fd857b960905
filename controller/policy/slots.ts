import { ControllerError } from '../errors.js';
import { StoreError } from '../store/errors.js';
import type { Store, StoreChange, StoreCondition } from '../store/store.js';

/**
 * Numbers that only one owner may have at a time in the whole fabric: meter cells, clone sessions. Whose they are is in the
 * store, a key for each, so that controllers that share it never give one to two owners.
 */
export class Slots {
  readonly #what: string;
  readonly #prefix: string;
  readonly #first: number;
  readonly #last: number;
  readonly #owners = new Map<number, string>();
  readonly #slots = new Map<string, number>();
  /** Owners whose slot the store has. */
  readonly #kept = new Set<string>();

  /** `prefix` is that of the store's keys. */
  constructor(what: string, prefix: string, first: number, last: number) {
    this.#what = what;
    this.#prefix = prefix;
    this.#first = first;
    this.#last = last;
  }

  get used(): number {
    return this.#slots.size;
  }

  of(owner: string): number | undefined {
    return this.#slots.get(owner);
  }

  /** The owner's slot, or the lowest free one from now on. Throws ControllerError NO_ROOM. */
  take(owner: string): number {
    const known = this.#slots.get(owner);
    if (known !== undefined) return known;
    for (let slot = this.#first; slot <= this.#last; slot += 1) {
      if (this.#owners.has(slot)) continue;
      this.#owners.set(slot, owner);
      this.#slots.set(owner, slot);
      return slot;
    }
    const size = this.#last - this.#first + 1;
    throw new ControllerError('NO_ROOM', `all ${size} ${this.#what} are in use; delete what needs one`);
  }

  release(owner: string): void {
    const slot = this.#slots.get(owner);
    if (slot === undefined) return;
    this.#slots.delete(owner);
    this.#kept.delete(owner);
    if (this.#owners.get(slot) === owner) this.#owners.delete(slot);
  }

  isKept(owner: string): boolean {
    return this.#kept.has(owner);
  }

  keep(owner: string): void {
    this.#kept.add(owner);
  }

  /** The store's key of the owner's slot. */
  keyOf(owner: string): string | undefined {
    const slot = this.#slots.get(owner);
    return slot === undefined ? undefined : `${this.#prefix}${slot}`;
  }

  /** Forgets all of it. */
  clear(): void {
    this.#owners.clear();
    this.#slots.clear();
    this.#kept.clear();
  }

  /** Takes over what is in the store; keys of other parts are passed over. */
  apply(changes: readonly StoreChange[]): void {
    for (const { key, value } of changes) {
      if (!key.startsWith(this.#prefix)) continue;
      const slot = Number(key.slice(this.#prefix.length));
      const before = this.#owners.get(slot);
      if (before !== undefined) this.release(before);
      if (typeof value !== 'string') continue;
      this.release(value);
      this.#owners.set(slot, value);
      this.#slots.set(value, slot);
      this.#kept.add(value);
    }
  }
}

/** Whether an owner is to have a slot, of which kind. */
export interface SlotWant {
  readonly slots: Slots;
  readonly owner: string;
  readonly isWanted: boolean;
}

const MAX_TRIES = 8;

/**
 * Commits changes together with who has which slot. Where another controller was faster, another slot is taken. A slot that is
 * not wanted any more is given back in the store; release() it when no entry uses it.
 */
export async function commitWithSlots(
  store: Store,
  wants: readonly SlotWant[],
  changes: readonly StoreChange[],
): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    const claims: StoreChange[] = [];
    const when: StoreCondition[] = [];
    try {
      for (const { slots, owner, isWanted } of wants) {
        if (isWanted) slots.take(owner);
        const key = slots.keyOf(owner);
        if (key === undefined || isWanted === slots.isKept(owner)) continue;
        claims.push({ key, value: isWanted ? owner : undefined });
        if (isWanted) when.push({ key, value: undefined });
      }
      await store.commit([...changes, ...claims], { when });
      for (const { slots, owner, isWanted } of wants) if (isWanted) slots.keep(owner);
      return;
    } catch (error) {
      for (const { slots, owner } of wants) if (!slots.isKept(owner)) slots.release(owner);
      if (!(error instanceof StoreError) || error.code !== 'CONFLICT' || tries >= MAX_TRIES) throw error;
      await store.sync();
    }
  }
}
