import type { FabricKey } from '../../wire/index.js';
import type { Entity, Schema } from '../p4runtime/index.js';
import type { Service } from '../registry/registry.js';
import { encodeItems, type Item } from './desired.js';
import { type InstanceRoute, serviceEntries, serviceGroup } from './names.js';
import type { Sites } from './sites.js';
import type { SwitchSpec, Topology } from './topology.js';

/** A leaf that resolves names. */
export interface Resolver {
  readonly spec: SwitchSpec;
  /** Of its program: what leaves hold alike is encoded once for each. */
  readonly schema: Schema;
  wantItems(section: string, items: readonly Item[]): void;
}

export interface ServiceRoutesOptions {
  readonly topology: Topology;
  readonly key: FabricKey;
  /** Sum of the weights a group may have; 0 = any. */
  readonly maxWeight: number;
  readonly sites: Sites;
  /** Whether packets of a leaf come to an address at all. */
  readonly isReachable: (leaf: string, address: number) => boolean;
  /** Order of sites a service has of its own; none = the nearest first. */
  readonly orderOf: (service: string) => readonly string[];
  /** What else leads to these instances: the names of a service's versions. `watch` is as serviceGroup()'s. */
  readonly more: (
    service: Service,
    routes: readonly InstanceRoute[],
    maxWeight: number,
    watch?: (address: number) => number | undefined,
  ) => readonly Entity[];
  readonly leaves: () => readonly Resolver[];
}

/**
 * The way to the instances of each service, at every leaf. Leaves that lead to the same instances share what they hold;
 * an instance at a leaf's own port is passed over there as soon as the port goes down.
 */
export class ServiceRoutes {
  readonly #options: ServiceRoutesOptions;
  /** Ports of each leaf's own hosts, by address. */
  readonly #ports = new Map<string, Map<number, number>>();

  constructor(options: ServiceRoutesOptions) {
    this.#options = options;
    for (const host of options.topology.hosts.values()) {
      const ports = this.#ports.get(host.switch) ?? new Map<number, number>();
      this.#ports.set(host.switch, ports.set(host.ipv4, host.port));
    }
  }

  /** `weights` are the instances', in their order. */
  publish(service: Service, weights: readonly number[]): void {
    const { key, maxWeight, sites, isReachable, orderOf, more, leaves } = this.#options;
    const all: InstanceRoute[] = service.instances.map(({ id, address, port, weight }, index) => {
      return { instance: id, address, port, weight: weights[index] ?? weight };
    });
    const order = orderOf(service.name.text);
    const digest = service.name.digest(key);
    const section = `service/${service.number}`;
    const shared = new Map<Schema, Map<string, Item[]>>();
    for (const leaf of leaves()) {
      const there = all.filter(({ address }) => isReachable(leaf.spec.name, address));
      const routes = sites.choose(leaf.spec, there, order);
      const mark = routes.map(({ instance }) => instance).join();
      const { schema } = leaf;
      const encoded = shared.get(schema) ?? new Map<string, Item[]>();
      shared.set(schema, encoded);
      let items = encoded.get(mark);
      if (items === undefined) {
        const entities = serviceEntries(digest, service.number, routes, maxWeight);
        items = encodeItems(schema, [...entities, ...more(service, routes, maxWeight)]);
        encoded.set(mark, items);
      }
      leaf.wantItems(section, this.#watched(leaf, service, routes, items));
    }
  }

  /** A forgotten service has no way, not even to a Nack. */
  withdraw(service: Service): void {
    for (const leaf of this.#options.leaves()) leaf.wantItems(`service/${service.number}`, []);
  }

  /** The items with ports to watch where there are any. */
  #watched(
    { spec: leaf, schema }: Resolver,
    service: Service,
    routes: readonly InstanceRoute[],
    items: readonly Item[],
  ): readonly Item[] {
    const ports = this.#ports.get(leaf.name);
    if (ports === undefined || !service.instances.some(({ address }) => ports.has(address))) return items;
    const { maxWeight, more } = this.#options;
    const watch = (address: number) => ports.get(address);
    const groups = [
      ...(routes.length === 0 ? [] : [serviceGroup(service.number, routes, maxWeight, watch)]),
      ...more(service, routes, maxWeight, watch).filter(({ kind }) => kind === 'profile-group'),
    ];
    const watching = new Map(encodeItems(schema, groups).map((item) => [item.key, item]));
    return items.map((item) => watching.get(item.key) ?? item);
  }
}
