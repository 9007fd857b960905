import type { FabricKey } from '../../wire/index.js';
import type { Clock } from '../clock.js';
import { ControllerError } from '../errors.js';
import { DIGESTS, TABLES } from '../fabric/program.js';
import { notInProfile, type ProfileOf, strayPorts } from '../fabric/program-profile.js';
import type { Topology } from '../fabric/topology.js';
import type { Entity } from '../p4runtime/index.js';
import type { Service } from '../registry/registry.js';
import { commitApart } from '../store/apart.js';
import type { Json, Store, StoreChange } from '../store/store.js';
import { LeafCache } from './leaf-cache.js';
import { type Life, Lives } from './lives.js';

export interface CacheRequest {
  /** A registered service, or one that will be; its instances must hang on one leaf. */
  readonly service: string;
  /** GETs of one key within an epoch of the sketch that make it hot; raised while that is too few. Default 8. */
  readonly threshold?: number;
  /** Most entries at the leaf. Default and maximum: what the program has. */
  readonly capacity?: number;
}

/**
 *   waiting   the service has no instance yet
 *   on        its leaf watches and caches
 *   spread    its instances hang on several leaves: no switch sees all packets, so nothing is cached
 *   unable    the leaf of its instances has a program without cache, or ports in several pipes
 */
export type CacheState = 'waiting' | 'on' | 'spread' | 'unable';

/** A service being cached, as others see it. */
export interface CacheStatus {
  readonly service: string;
  readonly state: CacheState;
  readonly leaf: string | undefined;
  readonly entries: number;
  readonly inserted: number;
  readonly evicted: number;
}

export interface CacheOptions {
  readonly topology: Topology;
  readonly key: FabricKey;
  /** What the program of each switch caches. */
  readonly profileOf: ProfileOf;
  readonly store: Store;
  readonly clock: Clock;
  readonly onEntries: (switchName: string, section: string, entities: readonly Entity[]) => void;
  readonly lookup: (service: string) => Service | undefined;
  /** Packets these cache entries of a switch have served so far, by index; undefined while it is not connected. */
  readonly readHits: (
    switchName: string,
    indices: readonly number[],
  ) => Promise<ReadonlyMap<number, number> | undefined>;
  readonly onError: (error: unknown) => void;
  /** A leaf's cache has done its work. */
  readonly onIdle: () => void;
}

interface Cached {
  readonly request: Required<CacheRequest>;
  state: CacheState;
  leaf: string | undefined;
}

const DEFAULT_THRESHOLD = 8;

// Digest lists: at most a millisecond late, and repeated when unacknowledged for a second.
const LIST_TIMEOUT_NS = 1_000_000;
const LIST_SIZE = 32;
const ACK_TIMEOUT_NS = 1_000_000_000;

/** Which services are cached, and where; each leaf's entries are kept by a LeafCache. */
export class CacheManager {
  readonly #options: CacheOptions;
  readonly #cached = new Map<string, Cached>();
  readonly #leaves = new Map<string, LeafCache>();
  /** What the slots of every leaf have held. */
  readonly #lives = new Map<string, Lives>();

  constructor(options: CacheOptions) {
    this.#options = options;
  }

  restore(values: ReadonlyMap<string, Json>): void {
    for (const [path, value] of values) this.#noteLife(path, value);
    for (const [path, value] of values) {
      if (path.startsWith('cached/')) this.#enable(value as unknown as Required<CacheRequest>);
    }
  }

  /** Takes in what another controller has committed. */
  apply(changes: readonly StoreChange[]): void {
    for (const { key, value } of changes) {
      this.#noteLife(key, value);
      if (!key.startsWith('cached/')) continue;
      if (value === undefined) this.#drop(key.slice('cached/'.length));
      else this.#enable(value as unknown as Required<CacheRequest>);
    }
  }

  /** Starts caching a service; calling it again changes threshold and capacity. */
  async enable(request: CacheRequest): Promise<CacheStatus> {
    const entries = this.#checkAble(request.service);
    const threshold = request.threshold ?? DEFAULT_THRESHOLD;
    const capacity = request.capacity ?? entries;
    checkRange('threshold', threshold, 65_535);
    checkRange('capacity', capacity, entries);
    const full = { service: request.service, threshold, capacity };
    await this.#options.store.commit([{ key: `cached/${full.service}`, value: full }]);
    return this.#status(this.#enable(full));
  }

  /** Stops caching a service; the entries of its leaf go. Does nothing where it is not cached. */
  async disable(service: string): Promise<void> {
    if (!this.#cached.has(service)) return;
    await this.#options.store.commit([{ key: `cached/${service}`, value: undefined }]);
    this.#drop(service);
  }

  status(): CacheStatus[] {
    return [...this.#cached.values()].map((cached) => this.#status(cached));
  }

  /** The instances of a service changed. */
  serviceChanged(service: Service): void {
    const cached = this.#cached.get(service.name.text);
    if (cached !== undefined) this.#place(cached);
  }

  /** A switch reports hot keys: 16-byte keys as integers, with how often they were asked for. */
  hotKeys(switchName: string, samples: readonly { readonly key: bigint; readonly count: number }[]): void {
    this.#leaves.get(switchName)?.report(samples);
  }

  /**
   * A switch begins with empty registers. Its entries go, and those still hot come back with other generations: what the
   * earlier ones stamped may still be answered.
   */
  switchBegan(switchName: string): void {
    const leaf = this.#leaves.get(switchName);
    if (leaf === undefined) return;
    leaf.clear();
    this.#leaves.delete(switchName);
    this.#leafCache(switchName).capacity = this.#capacityOf(switchName);
    for (const cached of this.#at(switchName)) this.#watch(cached);
  }

  /** Work of the caches that is under way. */
  get busy(): boolean {
    return [...this.#leaves.values()].some((leaf) => leaf.busy);
  }

  async idle(): Promise<void> {
    await Promise.all([...this.#leaves.values()].map((leaf) => leaf.idle()));
  }

  /** Sets no timers and evicts nothing any more; the entries stay in the switches. */
  close(): void {
    for (const leaf of this.#leaves.values()) leaf.close();
  }

  #enable(request: Required<CacheRequest>): Cached {
    this.#drop(request.service);
    const cached: Cached = { request, state: 'waiting', leaf: undefined };
    this.#cached.set(request.service, cached);
    this.#place(cached);
    return cached;
  }

  #drop(service: string): void {
    const cached = this.#cached.get(service);
    if (cached === undefined) return;
    this.#cached.delete(service);
    this.#withdraw(cached);
  }

  #livesOf(leaf: string): Lives {
    const known = this.#lives.get(leaf);
    if (known !== undefined) return known;
    const made = new Lives();
    this.#lives.set(leaf, made);
    return made;
  }

  #noteLife(path: string, value: Json | undefined): void {
    const match = /^generation\/([^/]+)\/(\d+)$/.exec(path);
    if (match === null || value === undefined) return;
    this.#livesOf(match[1] ?? '').begin(Number(match[2]), lifeOf(value), this.#options.clock.now());
  }

  async #keepLives(leaf: string, fresh: ReadonlyMap<number, Life>): Promise<void> {
    const changes = [...fresh].map(([index, { generation, key }]) => {
      return { key: `generation/${leaf}/${index}`, value: { generation, key: key.toString(16) } };
    });
    await commitApart(this.#options.store, changes);
  }

  #place(cached: Cached): void {
    const service = this.#options.lookup(cached.request.service);
    const leaves = new Set(service?.instances.map(({ address }) => this.#leafOf(address)));
    const [leaf] = leaves;
    let next = leaves.size === 1 ? leaf : undefined;
    cached.state = leaves.size === 0 ? 'waiting' : leaves.size === 1 ? 'on' : 'spread';
    if (next !== undefined && this.#problemOf(next) !== undefined) {
      cached.state = 'unable';
      next = undefined;
    }
    if (cached.leaf === next) return;
    this.#withdraw(cached);
    if (next === undefined || service === undefined) return;
    cached.leaf = next;
    this.#watch(cached);
    this.#options.onEntries(next, 'cache/digest', [
      {
        kind: 'digest',
        digest: DIGESTS.hotKey,
        maxTimeoutNs: LIST_TIMEOUT_NS,
        maxListSize: LIST_SIZE,
        ackTimeoutNs: ACK_TIMEOUT_NS,
      },
    ]);
    this.#leafCache(next).capacity = this.#capacityOf(next);
  }

  /** Has the leaf report what is asked for often: as often as the service says, or as it takes to matter there. */
  #watch({ request, leaf }: Cached): void {
    const service = this.#options.lookup(request.service);
    if (leaf === undefined || service === undefined) return;
    const digest = service.name.digest(this.#options.key);
    const threshold = Math.max(request.threshold, this.#leaves.get(leaf)?.floor ?? 0);
    this.#options.onEntries(leaf, watchSection(request.service), [
      {
        kind: 'table-entry',
        table: TABLES.services,
        match: { name: { value: digest.toBigInt(), prefixLength: digest.prefixBits } },
        action: { kind: 'action', name: 'watch', params: { threshold } },
      },
    ]);
  }

  #withdraw(cached: Cached): void {
    const { leaf } = cached;
    if (leaf === undefined) return;
    cached.leaf = undefined;
    this.#options.onEntries(leaf, watchSection(cached.request.service), []);
    // A key does not tell its service: all entries of the leaf go, those still hot come back.
    this.#leaves.get(leaf)?.clear();
    this.#leaves.delete(leaf);
    const capacity = this.#capacityOf(leaf);
    if (capacity > 0) this.#leafCache(leaf).capacity = capacity;
    else this.#options.onEntries(leaf, 'cache/digest', []);
    for (const other of this.#at(leaf)) this.#watch(other);
  }

  #at(leaf: string): Cached[] {
    return [...this.#cached.values()].filter((cached) => cached.leaf === leaf);
  }

  #capacityOf(leaf: string): number {
    const total = this.#at(leaf).reduce((sum, { request }) => sum + request.capacity, 0);
    return Math.min(this.#sizeOf(leaf), total);
  }

  #sizeOf(leaf: string): number {
    return this.#options.profileOf(leaf).cache?.entries ?? 0;
  }

  /** Most entries a cache may have for a service. Throws ControllerError NOT_POSSIBLE where none can be. */
  #checkAble(service: string): number {
    const instances = this.#options.lookup(service)?.instances ?? [];
    const places = new Set(instances.map(({ address }) => this.#leafOf(address)));
    const [place] = places;
    const { topology } = this.#options;
    const leaves = [...topology.switches.values()].filter(({ role }) => role === 'leaf');
    const here = places.size === 1 && place !== undefined ? [place] : leaves.map(({ name }) => name);
    const able = here.filter((leaf) => this.#problemOf(leaf) === undefined);
    if (able.length > 0) return Math.max(...able.map((leaf) => this.#sizeOf(leaf)));
    this.#problemOf(here[0] ?? '')?.();
    throw new ControllerError('NOT_POSSIBLE', 'the fabric has no leaf that could cache; add one');
  }

  /** What keeps a leaf from caching; calling it throws a ControllerError NOT_POSSIBLE that says so. */
  #problemOf(leaf: string): (() => never) | undefined {
    const { topology, profileOf } = this.#options;
    const profile = profileOf(leaf);
    if (profile.cache === undefined) {
      const remedy = `give ${leaf} an image of profile cache, or move the service's instances to a leaf that has one`;
      return () => notInProfile(leaf, profile, 'cache', remedy);
    }
    const ports = [
      ...[...topology.hosts.values()].filter((host) => host.switch === leaf),
      ...topology.links.flatMap(({ a, b }) => [a, b]).filter((end) => end.switch === leaf),
    ].map(({ port }) => port);
    // A write that comes by one pipe would leave what another pipe keeps of the key as it is.
    const strays = strayPorts(profile, ports);
    if (strays.length === 0) return undefined;
    return () => {
      throw new ControllerError(
        'NOT_POSSIBLE',
        `ports ${strays.join(', ')} of ${leaf} are in another pipe than port ${ports[0]}, and a cache is in one; ` +
          'plug all hosts and links of the leaf into ports of one pipe',
      );
    };
  }

  #leafCache(leaf: string): LeafCache {
    const known = this.#leaves.get(leaf);
    if (known !== undefined) return known;
    const made = new LeafCache({
      size: this.#sizeOf(leaf),
      lives: this.#livesOf(leaf),
      keepLives: (fresh) => this.#keepLives(leaf, fresh),
      onEntry: (section, entities) => this.#options.onEntries(leaf, section, entities),
      clock: this.#options.clock,
      readHits: (indices) => this.#options.readHits(leaf, indices),
      onFloor: () => {
        for (const cached of this.#at(leaf)) this.#watch(cached);
      },
      lowestThreshold: () => Math.min(...this.#at(leaf).map(({ request }) => request.threshold)),
      onError: this.#options.onError,
      onIdle: this.#options.onIdle,
    });
    this.#leaves.set(leaf, made);
    return made;
  }

  #leafOf(address: number): string | undefined {
    for (const host of this.#options.topology.hosts.values()) {
      if (host.ipv4 === address) return host.switch;
    }
    return undefined;
  }

  #status({ request, state, leaf }: Cached): CacheStatus {
    const cache = leaf === undefined ? undefined : this.#leaves.get(leaf);
    return {
      service: request.service,
      state,
      leaf,
      entries: cache?.entries ?? 0,
      inserted: cache?.inserted ?? 0,
      evicted: cache?.evicted ?? 0,
    };
  }
}

function watchSection(service: string): string {
  return `cache/watch${service}`;
}

/** Before keys were noted, a slot's value was its generation. */
function lifeOf(value: Json): Life {
  if (typeof value === 'number') return { generation: value, key: 0n };
  const { generation, key } = value as { generation: number; key: string };
  return { generation, key: BigInt(`0x${key}`) };
}

function checkRange(what: string, value: number, high: number): void {
  if (Number.isInteger(value) && value >= 1 && value <= high) return;
  throw new ControllerError('BAD_REQUEST', `${what} ${value} is no whole number from 1 to ${high}`);
}
