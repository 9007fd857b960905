import {
  Backoff,
  type BackoffOptions,
  type Update,
  type UpdateFailure,
  type UpdateType,
} from '../p4runtime/index.js';
import type { Item } from './desired.js';

/** An entry the switch refused, with its reason. */
export interface Refusal {
  readonly item: Item;
  readonly type: UpdateType;
  readonly error: UpdateFailure<Update>;
}

export interface RefusalsOptions {
  /** When what was refused is tried again. Default: after a second, then ever later, up to a minute. */
  readonly backoff?: Partial<BackoffOptions>;
  readonly onRefused: (refusal: Refusal) => void;
  /** It is time to try again. */
  readonly onRetry: () => void;
  readonly onError: (error: unknown) => void;
}

/**
 * What a switch does not take, or does not give up, by key. It is tried again when it changes, after a reconnection, and
 * now and then: a table may have room by now, what an entry refers to may be there.
 */
export class Refusals {
  readonly #options: RefusalsOptions;
  /** The body that was refused, or undefined for a deletion. */
  readonly #refused = new Map<string, string | undefined>();
  /** Those that the present run tries again: nobody is told of them twice. */
  #triedAgain: ReadonlyMap<string, string | undefined> = new Map();
  readonly #backoff: Backoff;
  #retry: AbortController | undefined;
  #isTime = false;

  constructor(options: RefusalsOptions) {
    this.#options = options;
    this.#backoff = new Backoff(options.backoff ?? { initialMs: 1000, maxMs: 60_000 });
  }

  get size(): number {
    return this.#refused.size;
  }

  has(item: Item): boolean {
    return this.#refused.get(item.key) === item.body;
  }

  /** Another connection: everything may be tried. */
  clear(): void {
    this.#refused.clear();
    this.#backoff.reset();
  }

  /** Nothing is tried again until arm(). */
  disarm(): void {
    this.#retry?.abort();
    this.#retry = undefined;
  }

  /** A run begins: takes out what has changed, and, where it is time, what is to be tried again, which is returned. */
  begin(changed: Iterable<string>): Iterable<string> {
    this.#triedAgain = this.#isTime ? new Map(this.#refused) : new Map();
    this.#isTime = false;
    for (const key of this.#triedAgain.keys()) this.#refused.delete(key);
    for (const key of changed) this.#refused.delete(key);
    return this.#triedAgain.keys();
  }

  add(key: string, body: string | undefined, refusal: Refusal): void {
    this.#refused.set(key, body);
    const isKnown = this.#triedAgain.has(key) && this.#triedAgain.get(key) === body;
    if (!isKnown) this.#options.onRefused(refusal);
  }

  /** A run has ended well: what was refused in it is tried again later. */
  arm(): void {
    if (this.#refused.size === 0) {
      this.#backoff.reset();
      return;
    }
    if (this.#retry !== undefined) return;
    const retry = new AbortController();
    this.#retry = retry;
    this.#backoff
      .wait(retry.signal)
      .then(() => {
        if (retry.signal.aborted) return;
        this.#retry = undefined;
        this.#isTime = true;
        this.#options.onRetry();
      })
      .catch(this.#options.onError);
  }
}
