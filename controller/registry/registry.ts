import type { FabricKey, Name } from '../../wire/index.js';
import type { Clock } from '../clock.js';
import { ControllerError } from '../errors.js';
import type { LeafRoom, LeafUse } from '../fabric/leaf-room.js';
import { formatIPv4 } from '../p4runtime/values.js';
import type { Json, Store, StoreChange } from '../store/store.js';
import { AttachedHosts } from './attached-hosts.js';
import { checkRegistration, parseName } from './checks.js';
import type { NameTree } from './collisions.js';
import { Departures } from './departures.js';
import { Forgetting, type NameForgetting } from './forgetting.js';
import { type Lease, Leases } from './leases.js';
import { Naming } from './naming.js';
import { Numbers } from './numbers.js';
import {
  decided,
  instanceIn,
  isConflict,
  keys,
  recordOf,
  renewedRecord,
  serviceChange,
  serviceIn,
} from './records.js';
import { Serial } from './serial.js';
import { describe, type ServiceRecord, Services } from './services.js';
import { checkLoad, sameTraits, traitsOf } from './traits.js';
import type { AttachedHost, Instance, Registration, RegistryEvent, Service } from './types.js';

export type { AttachedHost, Instance, Registration, RegistryEvent, Service, Tags } from './types.js';

export interface RegistryOptions {
  readonly clock: Clock;
  readonly key: FabricKey;
  readonly store: Store;
  /** Whether an address belongs to the fabric. */
  readonly isReachable: (address: number) => boolean;
  /** The instances of a service changed, or it is new: its routes must follow. */
  readonly onService: (service: Service) => void;
  readonly onHost: (host: AttachedHost) => void;
  readonly onEvent: (event: RegistryEvent) => void;
  /** An instance has told its load. */
  readonly onLoad?: (instance: Instance, load: number) => void;
  /** `busy` has become false. */
  readonly onIdle: () => void;
  readonly onError: (error: unknown) => void;
  /**
   * Whether this controller keeps the leases of an address: renewals come to it, and it takes out what is not renewed.
   * Default: of all.
   */
  readonly keeps?: (address: number) => boolean;
  /** Whether a name is published to: it can be nobody's then. Default: none is. */
  readonly isChannel?: (name: string) => boolean;
  /** Of the leaves, for names and instances. Default: there is room for as many as there are numbers. */
  readonly room?: LeafRoom;
  /** Of the fabric: other parts' names are there as well. Default: this one's alone. */
  readonly names?: NameTree;
  /** When names are forgotten. Default: never. */
  readonly forgetting?: NameForgetting;
}

/**
 * Services, their instances and their leases (SRD of the drafts). An instance that does not renew its lease in time is
 * taken out. Nothing is acknowledged before the store has it.
 */
export class Registry {
  readonly #options: RegistryOptions;
  readonly #naming: Naming;
  readonly #services = new Services();
  readonly #leases: Leases;
  readonly #hosts: AttachedHosts;
  readonly #numbers = new Numbers(
    (id) => this.#leases.has(id),
    (number) => this.#options.forgetting?.accounts.isResting(number) ?? false,
  );
  /** One change at a time of each name; changes of different names reach the store together. */
  readonly #serial: Serial;
  readonly #departures: Departures;
  readonly #forgetting: Forgetting;

  constructor(options: RegistryOptions) {
    this.#options = options;
    this.#serial = new Serial(options.onIdle);
    this.#naming = new Naming(options);
    this.#hosts = new AttachedHosts({
      ...options,
      naming: this.#naming,
      numbers: this.#numbers,
      checkNew: (name) => this.#checkNewHost(name),
    });
    this.#leases = new Leases({
      clock: options.clock,
      keeps: ({ address }) => options.keeps?.(address) ?? true,
      onExpired: (lease) => this.#departures.expire(lease),
    });
    this.#departures = new Departures({
      ...options,
      leases: this.#leases,
      services: this.#services,
      numbers: this.#numbers,
      serial: this.#serial,
      onChanged: (service) => this.#serviceChanged(service),
    });
    this.#forgetting = new Forgetting({
      clock: options.clock,
      quietUs: options.forgetting?.quietUs,
      leads: () => options.forgetting?.leads() ?? false,
      referred: () => options.forgetting?.referred() ?? new Set(),
      forget: (service) => this.#forget(service),
      onError: options.onError,
    });
    options.room?.takenBy('services, versions and hosts', () => this.#use());
  }

  /** Takes back what a store holds; leases start anew, for nobody could renew while the controller was away. */
  restore(values: ReadonlyMap<string, Json>): void {
    const records = [...values].map(([key, value]) => recordOf(key, value));
    for (const record of records) {
      if (record?.kind === 'service') {
        this.#addService(record.name, record.number, record.stored, this.#naming.told(record.name));
      } else if (record?.kind === 'host') {
        this.#hosts.restored(record.host);
      }
    }
    for (const record of records) {
      if (record?.kind !== 'instance') continue;
      const { instance, stored } = record;
      if (this.#services.has(instance.service)) this.#addLease(instance, stored);
      this.#numbers.instanceKnown(instance.id);
    }
    for (const host of this.#hosts.all()) this.#options.onHost(host);
    for (const record of this.#services.all()) {
      this.#options.onService(describe(record));
      this.#forgetting.changed(record);
    }
  }

  /** Takes in what another controller has committed. */
  apply(changes: readonly StoreChange[]): void {
    const touched = new Set<ServiceRecord>();
    const records = changes.map(({ key, value }) => (value === undefined ? undefined : recordOf(key, value)));
    for (const record of records) {
      if (record?.kind === 'service') {
        const known = this.#services.get(record.name.text);
        if (known !== undefined) known.stored = record.stored;
        else
          touched.add(
            this.#addService(record.name, record.number, record.stored, this.#naming.told(record.name)),
          );
      } else if (record?.kind === 'host') {
        this.#hosts.told(record.host);
      }
    }
    for (const record of records) {
      const service = record?.kind === 'instance' ? this.#instanceTold(record) : undefined;
      if (service !== undefined) touched.add(service);
    }
    for (const { key, value } of changes) {
      const lease = value === undefined ? this.#leases.get(instanceIn(key) ?? 0) : undefined;
      const service = lease && this.#services.get(lease.instance.service);
      if (lease === undefined || service === undefined) continue;
      this.#departures.drop(lease);
      touched.add(service);
      this.#options.onEvent({ kind: 'deregistered', instance: lease.instance });
    }
    for (const { key, value } of changes) {
      const service = value === undefined ? this.#services.numbered(serviceIn(key) ?? 0) : undefined;
      if (service === undefined) continue;
      touched.delete(service);
      this.#forgotten(service);
    }
    for (const service of touched) this.#serviceChanged(service);
  }

  /** Leases that this controller keeps from now on begin anew: nobody knows when they were renewed. */
  keep(isConcerned: (address: number) => boolean): void {
    this.#leases.extendWhere(isConcerned);
  }

  /** Makes a host reachable by its name. Attaching again moves it. */
  async attach(nameText: string, address: number, port: number): Promise<AttachedHost> {
    const name = parseName(nameText);
    return this.#decide(name, async () => {
      this.#checkAddress(address);
      return this.#hosts.attach(name, address, port);
    });
  }

  /**
   * Adds an instance, or renews and changes the one of the same service, address and port: asking twice gives the
   * same answer. Throws ControllerError BAD_REQUEST, NAME_COLLISION or NO_ROOM.
   */
  async register(request: Registration): Promise<Instance> {
    return this.#decide(parseName(request.service), async () => {
      const { name, weight, ttlMs } = checkRegistration(request);
      this.#checkAddress(request.address);
      if (this.#hosts.has(name.text)) {
        throw new ControllerError('BAD_REQUEST', `'${name.text}' is a host's name; register another`);
      }
      this.#refuseChannel(name);
      const traits = traitsOf(request);
      const { address, port } = request;
      const known = this.#services.get(name.text);
      const same = [...(known?.leases.values() ?? [])].find(
        ({ instance }) => instance.address === address && instance.port === port,
      );
      const isSame = same?.instance.weight === weight && same.instance.ttlMs === ttlMs;
      if (isSame && sameTraits(same.instance, traits)) {
        this.#leases.extend(same);
        this.#told(same.instance, request.load);
        if (!this.#leases.isKept(same)) await this.#passOn(same);
        return same.instance;
      }
      const { version } = traits;
      const isNewVersion = version !== undefined && !this.#services.runs(known, version);
      this.#options.room?.check({
        names: (known === undefined ? 1 : 0) + (isNewVersion ? 1 : 0),
        members: same === undefined ? 1 : 0,
      });
      const id = same?.instance.id ?? this.#numbers.freeInstance();
      const number = known?.number ?? this.#numbers.freeService();
      const instance: Instance = { id, service: name.text, address, port, weight, ttlMs, ...traits };
      const stored: Json = { ...instance };
      const changes: StoreChange[] = [{ key: keys.instance(id), value: stored }];
      const when = [{ key: keys.instance(id), value: same?.stored }];
      const leases = [...(known?.leases.values() ?? [])];
      const other = leases.find((lease) => this.#leases.isKept(lease)) ?? leases[0];
      const put = serviceChange(known, { name, number }, other);
      if (put.value !== undefined) changes.push({ key: keys.service(number), value: put.value });
      when.push(...put.when);
      // Other names look for free numbers while the store is at work.
      if (same === undefined) this.#numbers.claimInstance(id);
      this.#numbers.takeService(number);
      try {
        await this.#naming.commit(known === undefined ? name : undefined, number, changes, when);
      } catch (error) {
        if (known === undefined) this.#numbers.releaseService(number);
        throw error;
      } finally {
        // Where it is a known one that expires meanwhile, the claim is its removal's to give up.
        if (same === undefined) this.#numbers.releaseInstance(id);
      }

      const service = known ?? this.#addService(name, number, put.value ?? null, true);
      if (put.value !== undefined) service.stored = put.value;
      // It may have expired while the store was at work.
      if (same === undefined || !this.#leases.holds(same)) {
        this.#addLease(instance, stored);
      } else {
        this.#services.change(same, instance);
        same.stored = stored;
        this.#leases.extend(same);
      }
      this.#told(instance, request.load);
      this.#serviceChanged(service);
      this.#options.onEvent({ kind: same === undefined ? 'registered' : 'changed', instance });
      return instance;
    });
  }

  /**
   * Extends a lease by its length from now; `load` is the instance's, as in a registration. Throws ControllerError
   * UNKNOWN_INSTANCE where it has run out. Where another controller keeps the lease, it learns of it by the store, which
   * has the renewal when this resolves.
   */
  async renew(id: number, load?: number): Promise<Instance> {
    const lease = this.#leaseOf(id);
    checkLoad(load);
    this.#leases.extend(lease);
    this.#told(lease.instance, load);
    if (!this.#leases.isKept(lease)) {
      const { store } = this.#options;
      await this.#serial.run(lease.instance.service, () =>
        decided(
          store,
          () => this.#passOn(this.#leaseOf(id)),
          () => undefined,
        ),
      );
    }
    return lease.instance;
  }

  async deregister(id: number): Promise<void> {
    await this.#departures.remove(this.#leaseOf(id), 'deregistered');
  }

  /** A service by name; undefined where it was never registered. */
  lookup(name: string): Service | undefined {
    const record = this.#services.get(name);
    return record === undefined ? undefined : describe(record);
  }

  /** Whether a name is a service's or a host's. */
  isKnown(name: string): boolean {
    return this.#services.has(name) || this.#hosts.has(name);
  }

  /** A running instance by number. */
  instance(id: number): Instance | undefined {
    return this.#leases.get(id)?.instance;
  }

  services(): Service[] {
    return [...this.#services.all()].map(describe);
  }

  hosts(): AttachedHost[] {
    return [...this.#hosts.all()];
  }

  /**
   * Tells of every change of services at or below a prefix, `/` for all; a name that is forgotten is told with number 0.
   * Returns the end of the watch.
   */
  watch(prefix: string, listener: (service: Service) => void): () => void {
    return this.#services.watch(prefix === '/' ? undefined : parseName(prefix), listener);
  }

  /** Something is being made durable. */
  get busy(): boolean {
    return this.#serial.busy;
  }

  /** Ends all timers. */
  close(): void {
    this.#departures.close();
    this.#forgetting.close();
    this.#leases.close();
  }

  #told(instance: Instance, load: number | undefined): void {
    if (load !== undefined) this.#options.onLoad?.(instance, load);
  }

  #addService(name: Name, number: number, stored: Json, isInTree: boolean): ServiceRecord {
    this.#numbers.takeService(number);
    return this.#services.add(name, number, stored, isInTree);
  }

  /** Forgets a name that has no instance, nor one on its way out. Gives false where it has, or another controller was at it. */
  #forget(service: ServiceRecord): Promise<boolean> {
    const { name, number } = service;
    return this.#serial.run(name.text, async () => {
      const { store, forgetting } = this.#options;
      const isQuiet = service.leases.size === 0 && !this.#departures.isLeaving(name.text);
      if (forgetting === undefined || !isQuiet || this.#services.get(name.text) !== service) return false;
      const changes = [
        { key: keys.service(number), value: undefined },
        { key: keys.name(name), value: undefined },
        ...forgetting.accounts.closing(number),
      ];
      try {
        await store.commit(changes, { when: [{ key: keys.service(number), value: service.stored }] });
      } catch (error) {
        if (!isConflict(error)) throw error;
        await store.sync();
        return false;
      }
      this.#forgotten(service);
      forgetting.accounts.closed(number);
      return true;
    });
  }

  /** The store has it no more. */
  #forgotten(service: ServiceRecord): void {
    const { name, number } = service;
    for (const lease of [...service.leases.values()]) this.#departures.drop(lease);
    this.#forgetting.gone(service);
    this.#services.remove(service);
    if (service.isInTree) this.#naming.forgotten(name);
    this.#numbers.releaseService(number);
    const last = { name, number, instances: [] };
    this.#options.forgetting?.onForgotten(last);
    this.#services.tell({ ...last, number: 0 });
    this.#options.onEvent({ kind: 'forgotten', service: name.text, number });
  }

  /** Returns the service where its instances are others now. */
  #instanceTold({ instance, stored }: { instance: Instance; stored: Json }): ServiceRecord | undefined {
    const service = this.#services.get(instance.service);
    if (service === undefined) return undefined;
    const lease = this.#leases.get(instance.id);
    if (lease === undefined) {
      this.#addLease(instance, stored);
      this.#options.onEvent({ kind: 'registered', instance });
      return service;
    }
    const isSame = JSON.stringify(lease.instance) === JSON.stringify(instance);
    lease.stored = stored;
    this.#leases.extend(lease);
    if (isSame) return undefined;
    this.#services.change(lease, instance);
    this.#options.onEvent({ kind: 'changed', instance });
    return service;
  }

  /** Tells the keeper of a lease, by the store, that it was renewed. */
  async #passOn(lease: Lease): Promise<void> {
    const { id } = lease.instance;
    if (!this.#leases.holds(lease)) return;
    const stored = renewedRecord(lease.stored);
    const key = keys.instance(id);
    await this.#options.store.commit([{ key, value: stored }], { when: [{ key, value: lease.stored }] });
    lease.stored = stored;
  }

  /** One change of a name at a time; each is made again where another controller's came between. */
  #decide<T>(name: Name, decide: () => Promise<T>): Promise<T> {
    return this.#serial.run(name.text, () =>
      decided(this.#options.store, decide, () => this.#numbers.goElsewhere()),
    );
  }

  #addLease(instance: Instance, stored: Json): void {
    this.#services.join(this.#leases.add(instance, stored));
  }

  #serviceChanged(record: ServiceRecord): void {
    const service = describe(record);
    this.#forgetting.changed(record);
    this.#options.onService(service);
    this.#services.tell(service);
  }

  #leaseOf(id: number): Lease {
    const lease = this.#leases.get(id);
    if (lease !== undefined) return lease;
    throw new ControllerError(
      'UNKNOWN_INSTANCE',
      `no instance ${id}; its lease may have run out: register again`,
    );
  }

  /** Names of services stay for a while when the last instance goes: they are answered with a Nack. */
  #use(): LeafUse {
    const names = this.#numbers.serviceCount + this.#services.versionCount + this.#hosts.size;
    return { names, members: this.#leases.size + this.#numbers.claimedCount + this.#hosts.size };
  }

  #checkNewHost(name: Name): void {
    if (this.#services.has(name.text)) {
      throw new ControllerError('BAD_REQUEST', `'${name.text}' is a service; attach under a host's own name`);
    }
    this.#refuseChannel(name);
    this.#options.room?.check({ names: 1, members: 1 });
  }

  #refuseChannel({ text }: Name): void {
    if (this.#options.isChannel?.(text) !== true) return;
    throw new ControllerError('CONFLICT', `'${text}' is published to; take another name`);
  }

  #checkAddress(address: number): void {
    if (this.#options.isReachable(address)) return;
    throw new ControllerError(
      'BAD_REQUEST',
      `no host of the fabric has the address ${formatIPv4(address)}; the topology says which there are`,
    );
  }
}
