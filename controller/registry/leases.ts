import type { Clock, Timer } from '../clock.js';
import type { Json } from '../store/store.js';
import type { Instance } from './types.js';

/** An instance, for as long as it is renewed. */
export interface Lease {
  instance: Instance;
  /** As it is in the store. */
  stored: Json;
  expiresAt: number;
  timer: Timer | undefined;
}

export interface LeasesOptions {
  readonly clock: Clock;
  /** Whether renewals of an instance come here: the others' leases go when who keeps them says so. */
  readonly keeps: (instance: Instance) => boolean;
  readonly onExpired: (lease: Lease) => void;
}

/** The leases of all instances, by number. */
export class Leases {
  readonly #options: LeasesOptions;
  readonly #leases = new Map<number, Lease>();

  constructor(options: LeasesOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#leases.size;
  }

  get(id: number): Lease | undefined {
    return this.#leases.get(id);
  }

  has(id: number): boolean {
    return this.#leases.has(id);
  }

  /** Whether it is still one, and not another of the same number. */
  holds(lease: Lease): boolean {
    return this.#leases.get(lease.instance.id) === lease;
  }

  /** Of whom this controller learns of renewals. */
  isKept({ instance }: Lease): boolean {
    return this.#options.keeps(instance);
  }

  add(instance: Instance, stored: Json): Lease {
    const lease: Lease = { instance, stored, expiresAt: 0, timer: undefined };
    this.#leases.set(instance.id, lease);
    this.extend(lease);
    this.#arm(lease, instance.ttlMs * 1000);
    return lease;
  }

  /** From now, by its length. */
  extend(lease: Lease): void {
    lease.expiresAt = this.#options.clock.now() + lease.instance.ttlMs * 1000;
  }

  /** Those at addresses that are this controller's to keep from now on: nobody knows when they were renewed. */
  extendWhere(isConcerned: (address: number) => boolean): void {
    for (const lease of this.#leases.values()) if (isConcerned(lease.instance.address)) this.extend(lease);
  }

  drop(lease: Lease): void {
    lease.timer?.cancel();
    this.#leases.delete(lease.instance.id);
  }

  close(): void {
    for (const lease of this.#leases.values()) lease.timer?.cancel();
    this.#leases.clear();
  }

  /** A renewal only moves `expiresAt`; the timer looks at it when it fires. */
  #arm(lease: Lease, delayUs: number): void {
    const { clock, keeps, onExpired } = this.#options;
    lease.timer = clock.setTimer(delayUs, () => {
      const left = lease.expiresAt - clock.now();
      if (left > 0) this.#arm(lease, left);
      else if (!keeps(lease.instance)) this.#arm(lease, lease.instance.ttlMs * 1000);
      else onExpired(lease);
    });
  }
}
