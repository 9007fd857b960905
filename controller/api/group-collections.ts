import { formatIpv4, Name, WireError } from '../../wire/index.js';
import type { Collection, JsonSchema, Resource, ResourceChange } from '../collection.js';
import { ControllerError } from '../errors.js';
import type { CacheManager, CacheRequest } from '../inc/cache.js';
import type { CellsRequest } from '../inc/cells.js';
import type { Group, Groups } from '../inc/groups.js';
import type { ReduceRequest } from '../inc/reduce.js';
import { Signal } from '../p4runtime/index.js';
import type { Json, Store, StoreChange } from '../store/store.js';
import { compileSpec } from '../validate.js';
import { toJson } from './json.js';

const HOSTS: JsonSchema = {
  type: 'array',
  minItems: 1,
  maxItems: 1024,
  items: { type: 'string' },
  description: 'hosts of the topology that take part; the position is the source ID of their packets',
};
const DESTINATION: JsonSchema = {
  type: 'string',
  description: 'host that packets are addressed to, and that computes where the switches do not',
};

const REDUCE_SCHEMA: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['hosts'],
  properties: {
    hosts: HOSTS,
    operation: {
      enum: ['sum', 'sum-saturating', 'sum-ahead', 'min', 'max'],
      default: 'sum',
      description: 'what the switches compute; sum-saturating holds sums at the ends of int32',
    },
    window: {
      enum: [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048],
      default: 64,
      description: 'packets a source may have outstanding',
    },
    destination: DESTINATION,
  },
};

const CELLS_SCHEMA: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['hosts', 'destination'],
  properties: {
    hosts: HOSTS,
    cells: {
      type: 'integer',
      minimum: 1,
      maximum: 65_536,
      default: 16,
      description: 'number of cells: locks take one to three each, a sequence one',
    },
    destination: DESTINATION,
  },
};

interface GroupKind {
  readonly kind: string;
  readonly of: Group['kind'];
  readonly summary: string;
  readonly schema: JsonSchema;
  create(groups: Groups, spec: Json): Promise<Group>;
}

const parseReduce = compileSpec<ReduceRequest>('reduce-groups', REDUCE_SCHEMA);
const parseCells = compileSpec<CellsRequest>('cell-groups', CELLS_SCHEMA);

export const REDUCE_GROUPS: GroupKind = {
  kind: 'reduce-groups',
  of: 'reduce',
  summary: 'Hosts whose vectors the switches on the way sum, or take the minimum or maximum of',
  schema: REDUCE_SCHEMA,
  create: (groups, spec) => groups.createReduce(parseReduce(spec)),
};

export const CELL_GROUPS: GroupKind = {
  kind: 'cell-groups',
  of: 'cells',
  summary: 'Cells of a switch for locks and sequencers, with the hosts that may use them',
  schema: CELLS_SCHEMA,
  create: (groups, spec) => groups.createCells(parseCells(spec)),
};

interface Named {
  readonly id: number;
  readonly spec: Json;
}

/**
 * Groups under names of people's own. Which name has which group is in the store beside the groups; a group that
 * somebody made without a name goes by its number.
 */
export class GroupCollection implements Collection {
  readonly kind: string;
  readonly summary: string;
  readonly schema: JsonSchema;
  readonly #groups: Groups;
  readonly #store: Store;
  readonly #of: GroupKind;
  readonly #names = new Map<string, Named>();
  readonly #changes = new Signal<ResourceChange>(() => undefined);
  readonly #prefix: string;
  /** One change at a time. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(of: GroupKind, groups: Groups, store: Store) {
    this.kind = of.kind;
    this.summary = of.summary;
    this.schema = of.schema;
    this.#of = of;
    this.#groups = groups;
    this.#store = store;
    this.#prefix = `group-name/${of.kind}/`;
  }

  restore(values: ReadonlyMap<string, Json>): void {
    this.apply([...values].map(([key, value]) => ({ key, value })));
  }

  /** Takes in what another controller has committed. */
  apply(changes: readonly StoreChange[]): void {
    for (const { key, value } of changes) {
      if (!key.startsWith(this.#prefix)) continue;
      const name = key.slice(this.#prefix.length);
      if (value === undefined) this.#names.delete(name);
      else this.#names.set(name, value as unknown as Named);
      this.#changes.emit({ kind: this.kind, type: value === undefined ? 'delete' : 'put', name });
    }
  }

  list(): readonly Resource[] {
    const names = new Map([...this.#names].map(([name, { id }]) => [id, name]));
    return this.#groups
      .list()
      .filter(({ kind }) => kind === this.#of.of)
      .map((group) => this.#describe(names.get(group.id) ?? String(group.id), group));
  }

  get(name: string): Resource | undefined {
    const group = this.#find(name);
    return group === undefined ? undefined : this.#describe(name, group);
  }

  /** A group that is to be another is made anew before the old one goes: its members have to take the new number. */
  put(name: string, spec: Json): Promise<Resource> {
    return this.#serial(async () => {
      if (name === '' || name.length > 255) {
        throw new ControllerError(
          'BAD_REQUEST',
          `a group's name has 1 to 255 characters, not ${name.length}`,
        );
      }
      if (/^\d+$/.test(name)) {
        throw new ControllerError('BAD_REQUEST', `'${name}' is a number; groups without a name go by those`);
      }
      const before = this.#find(name);
      const filled = compileSpec<Json>(this.kind, this.schema)(spec);
      const known = this.#names.get(name);
      if (before !== undefined && JSON.stringify(known?.spec) === JSON.stringify(filled)) {
        return this.#describe(name, before);
      }
      const group = await this.#of.create(this.#groups, filled);
      const named: Named = { id: group.id, spec: filled };
      try {
        await this.#store.commit([{ key: this.#prefix + name, value: { ...named } }]);
      } catch (error) {
        await this.#groups.delete(group.id);
        throw error;
      }
      this.#names.set(name, named);
      if (before !== undefined) await this.#groups.delete(before.id);
      this.#changes.emit({ kind: this.kind, type: 'put', name });
      return this.#describe(name, group);
    });
  }

  delete(name: string): Promise<void> {
    return this.#serial(async () => {
      const group = this.#find(name);
      if (group === undefined) throw new ControllerError('NOT_FOUND', `no group '${name}' in ${this.kind}`);
      await this.#groups.delete(group.id);
      if (this.#names.has(name)) {
        await this.#store.commit([{ key: this.#prefix + name, value: undefined }]);
        this.#names.delete(name);
      }
      this.#changes.emit({ kind: this.kind, type: 'delete', name });
    });
  }

  watch(listener: (change: ResourceChange) => void): () => void {
    return this.#changes.subscribe(listener);
  }

  #find(name: string): Group | undefined {
    const id = this.#names.get(name)?.id ?? (/^\d+$/.test(name) ? Number(name) : undefined);
    const group = id === undefined ? undefined : this.#groups.get(id);
    return group?.kind === this.#of.of ? group : undefined;
  }

  #serial<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work, work);
    this.#last = result.catch(() => undefined);
    return result;
  }

  #describe(name: string, group: Group): Resource {
    const hosts = group.sources.map(({ host }) => host);
    const destination = group.destinationHost;
    const asked =
      group.kind === 'reduce'
        ? { hosts, operation: group.operation, window: group.window, destination }
        : { hosts, cells: group.cells, destination };
    return {
      name,
      spec: this.#names.get(name)?.spec ?? asked,
      status: {
        group: group.id,
        epoch: group.epoch,
        sources: group.sources.map(({ host, source, address }) => ({
          host,
          source,
          address: formatIpv4(address),
        })),
        destination: formatIpv4(group.destination),
        destinationHost: destination,
        switches:
          group.kind === 'reduce' ? group.tree.nodes.map((node) => node.switch) : [group.placement.switch],
      },
    };
  }
}

const CACHE_SCHEMA: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    threshold: {
      type: 'integer',
      minimum: 1,
      maximum: 65_535,
      default: 8,
      description: 'GETs of one key within an epoch of the sketch that make it hot',
    },
    capacity: {
      type: 'integer',
      minimum: 1,
      maximum: 4096,
      default: 4096,
      description: 'most entries at the leaf',
    },
  },
};

/** Key-value services that switches cache, under the services' names. */
export class CacheCollection implements Collection {
  readonly kind = 'caches';
  readonly summary = "Key-value services that switches cache; the cache has the service's name";
  readonly schema = CACHE_SCHEMA;
  readonly #cache: CacheManager;
  readonly #requests = new Map<string, Json>();
  readonly #read = compileSpec<Omit<CacheRequest, 'service'>>('caches', CACHE_SCHEMA);
  readonly #changes = new Signal<ResourceChange>(() => undefined);

  constructor(cache: CacheManager) {
    this.#cache = cache;
  }

  restore(values: ReadonlyMap<string, Json>): void {
    this.apply([...values].map(([key, value]) => ({ key, value })));
  }

  /** Takes in what another controller has committed. */
  apply(changes: readonly StoreChange[]): void {
    for (const { key, value } of changes) {
      if (!key.startsWith('cached/')) continue;
      const service = key.slice('cached/'.length);
      if (value === undefined) this.#requests.delete(service);
      else this.#requests.set(service, value);
      this.#changes.emit({ kind: this.kind, type: value === undefined ? 'delete' : 'put', name: service });
    }
  }

  list(): readonly Resource[] {
    return this.#cache.status().map((status) => {
      const { service: _, ...spec } = (this.#requests.get(status.service) ?? {}) as { service?: Json };
      return { name: status.service, spec, status: toJson(status) };
    });
  }

  get(name: string): Resource | undefined {
    return this.list().find((resource) => resource.name === name);
  }

  async put(name: string, spec: Json): Promise<Resource> {
    const request = this.#read(spec);
    checkServiceName(name);
    const status = await this.#cache.enable({ ...request, service: name });
    this.#requests.set(name, { ...request, service: name });
    this.#changes.emit({ kind: this.kind, type: 'put', name });
    return { name, spec: { ...request }, status: toJson(status) };
  }

  async delete(name: string): Promise<void> {
    if (this.get(name) === undefined) throw new ControllerError('NOT_FOUND', `no cache of '${name}'`);
    await this.#cache.disable(name);
    this.#requests.delete(name);
    this.#changes.emit({ kind: this.kind, type: 'delete', name });
  }

  watch(listener: (change: ResourceChange) => void): () => void {
    return this.#changes.subscribe(listener);
  }
}

function checkServiceName(name: string): void {
  try {
    Name.parse(name);
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    throw new ControllerError('BAD_REQUEST', `'${name}' is no name of a service: ${error.message}`, {
      cause: error,
    });
  }
}
