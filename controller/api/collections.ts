import type { Collection } from '../collection.js';
import type { ControllerEvent } from '../events.js';
import type { CacheManager } from '../inc/cache.js';
import type { Groups } from '../inc/groups.js';
import type { Signal } from '../p4runtime/index.js';
import type { Registry } from '../registry/registry.js';
import type { Json, Store, StoreChange } from '../store/store.js';
import { CacheCollection, CELL_GROUPS, GroupCollection, REDUCE_GROUPS } from './group-collections.js';
import { HostCollection, InstanceCollection, ServiceCollection } from './registry-collections.js';

export interface CollectedParts {
  readonly registry: Registry;
  readonly groups: Groups;
  readonly cache: CacheManager;
  readonly store: Store;
  readonly events: Signal<ControllerEvent>;
}

/** The registry, the groups and the caches as collections. */
export class PartCollections {
  readonly all: readonly Collection[];
  readonly #stored: readonly (GroupCollection | CacheCollection)[];

  constructor({ registry, groups, cache, store, events }: CollectedParts) {
    const instances = new InstanceCollection(registry);
    const hosts = new HostCollection(registry);
    events.subscribe((event) => {
      if (event.kind !== 'registry') return;
      instances.happened(event.event);
      hosts.happened(event.event);
    });
    this.#stored = [
      new GroupCollection(REDUCE_GROUPS, groups, store),
      new GroupCollection(CELL_GROUPS, groups, store),
      new CacheCollection(cache),
    ];
    this.all = [new ServiceCollection(registry), instances, hosts, ...this.#stored];
  }

  restore(values: ReadonlyMap<string, Json>): void {
    for (const part of this.#stored) part.restore(values);
  }

  /** Takes in what another controller has committed. */
  apply(changes: readonly StoreChange[]): void {
    for (const part of this.#stored) part.apply(changes);
  }
}
