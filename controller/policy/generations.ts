import type { Service } from '../registry/registry.js';
import { commitApart } from '../store/apart.js';
import type { Store, StoreChange } from '../store/store.js';

const FLOWS = 'policy/flows/';
const GUARDS = 'policy/guard/';
const LARGEST = 255;
/** Stands for all services, whose numbers begin at 1. */
const ALL = 0;
/** Services whose flows end one by one; where there are more, those of all end: stores bound the size of a commit. */
const MANY = 100;

/**
 * Numbers by which switches notice that something is not what it was: the flows of a service are void, an instance's
 * number belongs to another instance. They outlive the controller, for the registers they are compared with do.
 */
export class Generations {
  readonly #store: Store;
  readonly #onError: (error: unknown) => void;
  readonly #onIdle: () => void;
  readonly #flows = new Map<number, number>();
  /** How often a number has passed from an instance to another. */
  readonly #laps = new Map<number, number>();
  readonly #instances = new Map<number, ReadonlySet<number>>();
  #pending = 0;

  constructor(store: Store, onError: (error: unknown) => void, onIdle: () => void) {
    this.#store = store;
    this.#onError = onError;
    this.#onIdle = onIdle;
  }

  clear(): void {
    this.#flows.clear();
    this.#laps.clear();
  }

  /** Takes over what is in the store. Gives whether there was anything. */
  apply(changes: readonly StoreChange[]): boolean {
    let isMine = false;
    for (const { key, value } of changes) {
      for (const [prefix, numbers] of [[FLOWS, this.#flows] as const, [GUARDS, this.#laps] as const]) {
        if (!key.startsWith(prefix) || value === undefined) continue;
        numbers.set(Number(key.slice(prefix.length)), Number(value));
        isMine = true;
      }
    }
    return isMine;
  }

  get busy(): boolean {
    return this.#pending > 0;
  }

  /** Of a service's flows, 1 to 255. */
  ofFlows(service: number): number {
    return 1 + (((this.#flows.get(service) ?? 1) - 1 + (this.#flows.get(ALL) ?? 0)) % LARGEST);
  }

  /** Of an instance's breaker, 1 to 255; `wanted` is the policy's. */
  ofInstance(id: number, wanted: number): number {
    return 1 + (((this.#laps.get(id) ?? 0) + wanted) % LARGEST);
  }

  /** Voids the flows of services; gives what has to become durable before a switch hears of it. */
  nextFlows(services: readonly Service[]): StoreChange[] {
    const numbers = services.length > MANY ? [ALL] : services.map(({ number }) => number);
    return numbers.map((number) => {
      const next = ((this.#flows.get(number) ?? (number === ALL ? 0 : 1)) % LARGEST) + 1;
      this.#flows.set(number, next);
      return { key: `${FLOWS}${number}`, value: next };
    });
  }

  /** Nobody is there any more; what has gone before was noted. */
  forget(service: Service): void {
    this.#instances.delete(service.number);
  }

  /**
   * Notes who is there. The numbers of those who have gone mean somebody else the next time; they come round after
   * 65,535 registrations, so this need not be waited for.
   */
  seen(service: Service): void {
    const now = new Set(service.instances.map(({ id }) => id));
    const gone = [...(this.#instances.get(service.number) ?? [])].filter((id) => !now.has(id));
    this.#instances.set(service.number, now);
    if (gone.length === 0) return;
    const changes = gone.map((id) => {
      const lap = ((this.#laps.get(id) ?? 0) + 1) % LARGEST;
      this.#laps.set(id, lap);
      return { key: `${GUARDS}${id}`, value: lap };
    });
    this.#pending += 1;
    commitApart(this.#store, changes)
      .catch(this.#onError)
      .finally(() => {
        this.#pending -= 1;
        if (this.#pending === 0) this.#onIdle();
      });
  }
}
