import type { Name } from '../../wire/index.js';
import type { Json } from '../store/store.js';
import type { Lease } from './leases.js';
import type { Instance, Service } from './types.js';

/** A service; its leases are its instances'. */
export interface ServiceRecord {
  readonly name: Name;
  readonly number: number;
  readonly leases: ReadonlyMap<number, Lease>;
  /** As it is in the store. */
  stored: Json;
  /** It is in the tree of names; one that could not be told from another is not. */
  readonly isInTree: boolean;
}

interface Held extends ServiceRecord {
  readonly leases: Map<number, Lease>;
  /** How many instances run each version. */
  readonly versions: Map<string, number>;
}

/** The services there are, by name, and who watches them. */
export class Services {
  readonly #services = new Map<string, Held>();
  readonly #byNumber = new Map<number, Held>();
  readonly #watches = new Set<{ prefix: Name | undefined; listener: (service: Service) => void }>();
  #versionCount = 0;

  get(name: string): ServiceRecord | undefined {
    return this.#services.get(name);
  }

  numbered(number: number): ServiceRecord | undefined {
    return this.#byNumber.get(number);
  }

  has(name: string): boolean {
    return this.#services.has(name);
  }

  all(): Iterable<ServiceRecord> {
    return this.#services.values();
  }

  /** Versions of services that some instance runs. */
  get versionCount(): number {
    return this.#versionCount;
  }

  runs(service: ServiceRecord | undefined, version: string): boolean {
    return this.#services.get(service?.name.text ?? '')?.versions.has(version) ?? false;
  }

  add(name: Name, number: number, stored: Json, isInTree: boolean): ServiceRecord {
    const record: Held = { name, number, leases: new Map(), versions: new Map(), stored, isInTree };
    this.#services.set(name.text, record);
    this.#byNumber.set(number, record);
    return record;
  }

  /** One without instances is forgotten. */
  remove({ name, number }: ServiceRecord): void {
    this.#services.delete(name.text);
    this.#byNumber.delete(number);
  }

  /** An instance came. */
  join(lease: Lease): void {
    const service = this.#services.get(lease.instance.service);
    service?.leases.set(lease.instance.id, lease);
    this.#count(service, lease.instance, 1);
  }

  /** An instance is another from now on, with the number it has. */
  change(lease: Lease, instance: Instance): void {
    const service = this.#services.get(instance.service);
    this.#count(service, lease.instance, -1);
    lease.instance = instance;
    this.#count(service, instance, 1);
  }

  /** An instance went. */
  leave(lease: Lease): void {
    const service = this.#services.get(lease.instance.service);
    if (service?.leases.delete(lease.instance.id) === true) this.#count(service, lease.instance, -1);
  }

  /** Tells of every change of services at or below a prefix, or of all. Returns the end of the watch. */
  watch(prefix: Name | undefined, listener: (service: Service) => void): () => void {
    const watch = { prefix, listener };
    this.#watches.add(watch);
    return () => {
      this.#watches.delete(watch);
    };
  }

  tell(service: Service): void {
    for (const { prefix, listener } of this.#watches) {
      if (prefix?.covers(service.name) !== false) listener(service);
    }
  }

  #count(service: Held | undefined, { version }: Instance, step: 1 | -1): void {
    if (service === undefined || version === undefined) return;
    const before = service.versions.size;
    const count = (service.versions.get(version) ?? 0) + step;
    if (count === 0) service.versions.delete(version);
    else service.versions.set(version, count);
    this.#versionCount += service.versions.size - before;
  }
}

export function describe({ name, number, leases }: ServiceRecord): Service {
  return { name, number, instances: [...leases.values()].map(({ instance }) => instance) };
}
