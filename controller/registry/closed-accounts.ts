import type { Clock, Timer } from '../clock.js';
import type { Part } from '../part.js';
import { again } from '../store/again.js';
import type { Json, Store, StoreChange } from '../store/store.js';
import type { NumberRest } from './forgetting.js';
import { keys } from './records.js';

export interface ClosedAccountsOptions {
  readonly store: Store;
  readonly clock: Clock;
  /** The leaves that count services of a number. */
  readonly leavesOf: (number: number) => readonly string[];
  /** Empties what a leaf has counted under these numbers; false where that has to wait for another look. */
  readonly empty: (leaf: string, numbers: readonly number[]) => Promise<boolean>;
  readonly onError: (error: unknown) => void;
  readonly onIdle: () => void;
}

const RETRY_US = 60_000_000;
/** Stores bound the size of a commit. */
const AT_ONCE = 50;

/**
 * Numbers of forgotten services that leaves have counted under. Each rests until all of those leaves have been emptied,
 * which may be long after, and another controller's business: the next service of that number begins at 0.
 */
export class ClosedAccounts implements Part, NumberRest {
  readonly #options: ClosedAccountsOptions;
  /** The leaves that are still to be emptied, by number. */
  readonly #open = new Map<number, readonly string[]>();
  /** Leaves that have refused; they are asked again after a while. */
  readonly #refusing = new Set<string>();
  #timer: Timer | undefined;
  #looking: Promise<void> | undefined;
  /** Something has changed since the look began. */
  #isStale = false;
  #isClosed = false;

  constructor(options: ClosedAccountsOptions) {
    this.#options = options;
  }

  restore(values: ReadonlyMap<string, Json>): void {
    this.#open.clear();
    this.apply([...values].map(([key, value]) => ({ key, value })));
  }

  /** Takes over what another controller has committed. */
  apply(changes: readonly StoreChange[]): void {
    const prefix = keys.resting('');
    for (const { key, value } of changes) {
      if (!key.startsWith(prefix)) continue;
      const number = Number(key.slice(prefix.length));
      if (value === undefined) this.#open.delete(number);
      else this.#open.set(number, value as readonly string[]);
    }
    this.look();
  }

  get busy(): boolean {
    return this.#looking !== undefined;
  }

  close(): void {
    this.#isClosed = true;
    this.#timer?.cancel();
  }

  closing(number: number): readonly StoreChange[] {
    const leaves = this.#options.leavesOf(number);
    return leaves.length === 0 ? [] : [{ key: keys.resting(number), value: [...leaves] }];
  }

  closed(number: number): void {
    const leaves = this.#options.leavesOf(number);
    if (leaves.length > 0) this.#open.set(number, leaves);
    this.look();
  }

  isResting(number: number): boolean {
    return this.#open.has(number);
  }

  /** Some leaf may be ready to be emptied. */
  look(): void {
    this.#isStale = true;
    if (this.#isClosed || this.#open.size === 0 || this.#looking !== undefined) return;
    this.#looking = this.#lookWhileStale()
      .catch(this.#options.onError)
      .finally(() => {
        this.#looking = undefined;
        this.#options.onIdle();
      });
  }

  async #lookWhileStale(): Promise<void> {
    while (this.#isStale && !this.#isClosed && this.#open.size > 0) {
      this.#isStale = false;
      // Whoever told of the change is to have its say first: a leaf is settled when it holds what follows from it.
      await Promise.resolve();
      const emptied = await this.#emptied();
      if (emptied.size > 0) await this.#note(emptied);
    }
  }

  /** What has been emptied: numbers by leaf. */
  async #emptied(): Promise<Map<string, ReadonlySet<number>>> {
    const wanted = new Map<string, number[]>();
    for (const [number, leaves] of this.#open) {
      for (const leaf of leaves) {
        const numbers = wanted.get(leaf);
        if (numbers === undefined) wanted.set(leaf, [number]);
        else numbers.push(number);
      }
    }
    const emptied = new Map<string, ReadonlySet<number>>();
    await Promise.all(
      [...wanted].map(async ([leaf, numbers]) => {
        if (this.#refusing.has(leaf)) return;
        try {
          if (await this.#options.empty(leaf, numbers)) emptied.set(leaf, new Set(numbers));
        } catch (error) {
          this.#refusing.add(leaf);
          this.#retryLater();
          this.#options.onError(error);
        }
      }),
    );
    return emptied;
  }

  async #note(emptied: ReadonlyMap<string, ReadonlySet<number>>): Promise<void> {
    const numbers = new Set([...emptied.values()].flatMap((each) => [...each]));
    const all = [...numbers];
    for (let at = 0; at < all.length; at += AT_ONCE) {
      const some = all.slice(at, at + AT_ONCE);
      const left = (number: number, leaves: readonly string[]) =>
        leaves.filter((leaf) => emptied.get(leaf)?.has(number) !== true);
      await again(async () => {
        const before = some.flatMap((number) => {
          const leaves = this.#open.get(number);
          return leaves === undefined ? [] : [{ number, leaves }];
        });
        const after = before.map(({ number, leaves }) => ({ number, leaves: left(number, leaves) }));
        const recordFor = (leaves: readonly string[]) => (leaves.length === 0 ? undefined : leaves);
        await this.#options.store.commit(
          after.map(({ number, leaves }) => ({ key: keys.resting(number), value: recordFor(leaves) })),
          { when: before.map(({ number, leaves }) => ({ key: keys.resting(number), value: leaves })) },
        );
        for (const { number, leaves } of after) {
          if (leaves.length === 0) this.#open.delete(number);
          else this.#open.set(number, leaves);
        }
      });
    }
  }

  #retryLater(): void {
    this.#timer ??= this.#options.clock.setTimer(RETRY_US, () => {
      this.#timer = undefined;
      this.#refusing.clear();
      this.look();
    });
  }
}
