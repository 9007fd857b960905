import type { Clock } from '../clock.js';
import type { Store } from '../store/store.js';
import type { Lease, Leases } from './leases.js';
import type { Numbers } from './numbers.js';
import { isConflict, keys } from './records.js';
import type { Serial } from './serial.js';
import type { ServiceRecord, Services } from './services.js';
import type { RegistryEvent } from './types.js';

export interface DeparturesOptions {
  readonly clock: Clock;
  readonly store: Store;
  readonly leases: Leases;
  readonly services: Services;
  readonly numbers: Numbers;
  /** One change at a time of each name. */
  readonly serial: Serial;
  /** The instances of a service are others. */
  readonly onChanged: (service: ServiceRecord) => void;
  readonly onEvent: (event: RegistryEvent) => void;
  readonly onError: (error: unknown) => void;
}

/** After how long the store is asked again to forget an instance. */
const RETRY_US = 1_000_000;

/** How instances go: by their own word, or because nobody renewed them. */
export class Departures {
  readonly #options: DeparturesOptions;
  /** Those that have gone, but whose record may still be in the store. */
  readonly #leaving = new Set<Lease>();
  #isClosed = false;

  constructor(options: DeparturesOptions) {
    this.#options = options;
  }

  /** Nothing is tried again any more. */
  close(): void {
    this.#isClosed = true;
  }

  /** Whether the store may still have an instance of this service that has gone. */
  isLeaving(service: string): boolean {
    for (const { instance } of this.#leaving) if (instance.service === service) return true;
    return false;
  }

  /**
   * Takes the instance out at once: after its lease it gets no more calls, whatever the store says. One that is to be
   * deregistered and stays in the store stays. Throws StoreError.
   */
  async remove(lease: Lease, kind: 'deregistered' | 'expired'): Promise<void> {
    const { leases, services, numbers, store, onChanged, onEvent } = this.#options;
    const { instance } = lease;
    const service = services.get(instance.service);
    if (!leases.holds(lease) || service === undefined) return;
    this.drop(lease);
    onChanged(service);
    numbers.claimInstance(instance.id);
    this.#leaving.add(lease);
    try {
      await this.#forget(lease);
      this.#leaving.delete(lease);
    } catch (error) {
      const again = leases.get(instance.id);
      if (isConflict(error)) {
        // Another controller has renewed or changed it, or taken it out itself.
        this.#leaving.delete(lease);
        await store.sync();
        const renewed = leases.get(instance.id);
        if (kind === 'deregistered' && renewed !== undefined) await this.remove(renewed, kind);
        return;
      }
      if (kind === 'deregistered' && again === undefined && !this.#isClosed) {
        this.#leaving.delete(lease);
        services.join(leases.add(instance, lease.stored));
        onChanged(service);
      }
      throw error;
    }
    onEvent({ kind, instance });
  }

  expire(lease: Lease): void {
    this.remove(lease, 'expired').catch((error: unknown) => {
      this.#options.onError(error);
      // It gets no calls any more; the store is told when it can be.
      if (!this.#isClosed) this.#forgetLater(lease);
    });
  }

  /** It is not there any more. */
  drop(lease: Lease): void {
    this.#options.leases.drop(lease);
    this.#options.services.leave(lease);
  }

  #forgetLater(lease: Lease): void {
    const { clock, numbers } = this.#options;
    numbers.claimInstance(lease.instance.id);
    clock.setTimer(RETRY_US, () => {
      if (this.#isClosed) return;
      this.#forget(lease)
        .then(() => this.#leaving.delete(lease))
        .catch((error: unknown) => {
          // The store has it no more, or has what another controller has made of it and told: it is nobody's to forget.
          if (isConflict(error)) this.#leaving.delete(lease);
          else this.#forgetLater(lease);
        });
    });
  }

  /** Takes its record out of the store, unless it has come back. Throws StoreError. */
  async #forget({ instance, stored }: Lease): Promise<void> {
    const { serial, leases, numbers, store } = this.#options;
    const key = keys.instance(instance.id);
    await serial.run(instance.service, async () => {
      try {
        if (leases.has(instance.id)) return;
        await store.commit([{ key, value: undefined }], { when: [{ key, value: stored }] });
      } finally {
        numbers.releaseInstance(instance.id);
      }
    });
  }
}
