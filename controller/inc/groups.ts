import { ControllerError } from '../errors.js';
import type { Paths } from '../fabric/paths.js';
import type { Topology } from '../fabric/topology.js';
import type { Entity } from '../p4runtime/index.js';
import type { Json, Store } from '../store/store.js';
import {
  type CellsPlacement,
  type CellsRequest,
  cellsEntries,
  placeCells,
  releaseCells,
  takeCells,
} from './cells.js';
import {
  findHost,
  placeReduce,
  type ReduceOperation,
  type ReduceRequest,
  type ReduceTree,
  reduceEntries,
  releaseReduce,
  takeReduce,
} from './reduce.js';
import { Resources } from './resources.js';

/** A host of a group, under the source ID its packets carry. */
export interface GroupSource {
  readonly host: string;
  readonly source: number;
  readonly address: number;
}

interface GroupBase {
  /** 1 to 2^24 - 1. */
  readonly id: number;
  /** Tells the group's cells from those of its predecessors, 1 or more. */
  readonly epoch: number;
  readonly sources: readonly GroupSource[];
  /** Address that packets of the group are sent to. */
  readonly destination: number;
  readonly destinationHost: string;
}

export interface ReduceGroup extends GroupBase {
  readonly kind: 'reduce';
  readonly operation: ReduceOperation;
  readonly window: number;
  readonly tree: ReduceTree;
}

export interface CellsGroup extends GroupBase {
  readonly kind: 'cells';
  readonly cells: number;
  readonly placement: CellsPlacement;
}

export type Group = ReduceGroup | CellsGroup;

export interface GroupsOptions {
  readonly topology: Topology;
  readonly paths: Paths;
  readonly store: Store;
  /** Whether the program computes at all. */
  readonly isCapable: () => boolean;
  /** What a switch holds for a group; none = nothing any more. */
  readonly onEntries: (switchName: string, section: string, entities: readonly Entity[]) => void;
}

const MAX_GROUP = 0xff_ffff;
const MAX_EPOCH = 0xffff_ffff;

/** In-network groups: reduce, and cells for locks and sequencers. Nothing is acknowledged before the store has it. */
export class Groups {
  readonly #options: GroupsOptions;
  readonly #resources = new Resources();
  readonly #groups = new Map<number, Group>();
  #lastId = 0;
  #lastEpoch = 0;

  constructor(options: GroupsOptions) {
    this.#options = options;
  }

  restore(values: ReadonlyMap<string, Json>): void {
    this.#lastEpoch = Number(values.get('epoch') ?? 0);
    for (const [path, value] of values) {
      if (!path.startsWith('group/')) continue;
      const group = value as unknown as Group;
      if (group.kind === 'reduce') takeReduce(group.tree, this.#resources);
      else takeCells(group.placement, this.#resources);
      this.#groups.set(group.id, group);
      this.#lastId = Math.max(this.#lastId, group.id);
      this.#publish(group);
    }
  }

  /** Creates a reduce group. Throws ControllerError with the reason where the fabric cannot take it. */
  async createReduce(request: ReduceRequest): Promise<ReduceGroup> {
    this.#checkCapable();
    const { topology, paths } = this.#options;
    const destinationHost = request.destination ?? request.hosts[0] ?? '';
    const destination = findHost(topology, destinationHost).ipv4;
    const tree = placeReduce(request, topology, paths, this.#resources);
    const group: ReduceGroup = {
      kind: 'reduce',
      ...this.#newGroup(request.hosts),
      destination,
      destinationHost,
      operation: request.operation,
      window: request.window,
      tree,
    };
    await this.#add(group);
    return group;
  }

  /** Creates a group of cells for fetch-and-add and compare-and-swap: a lock table, or sequence counters. */
  async createCells(request: CellsRequest): Promise<CellsGroup> {
    this.#checkCapable();
    const { topology, paths } = this.#options;
    const destination = findHost(topology, request.destination).ipv4;
    const placement = placeCells(request, topology, paths, this.#resources);
    const group: CellsGroup = {
      kind: 'cells',
      ...this.#newGroup(request.hosts),
      destination,
      destinationHost: request.destination,
      cells: request.cells,
      placement,
    };
    await this.#add(group);
    return group;
  }

  /** Takes a group out of the switches and frees what it has. */
  async delete(id: number): Promise<void> {
    const group = this.#groups.get(id);
    if (group === undefined) throw new ControllerError('UNKNOWN_GROUP', `no group ${id}`);
    this.#groups.delete(id);
    for (const name of switchesOf(group)) this.#options.onEntries(name, section(id), []);
    this.#release(group);
    await this.#options.store.commit([{ key: `group/${id}`, value: undefined }]);
  }

  get(id: number): Group | undefined {
    return this.#groups.get(id);
  }

  list(): Group[] {
    return [...this.#groups.values()];
  }

  async #add(group: Group): Promise<void> {
    this.#groups.set(group.id, group);
    try {
      await this.#options.store.commit([
        { key: `group/${group.id}`, value: JSON.parse(JSON.stringify(group)) as Json },
        { key: 'epoch', value: this.#lastEpoch },
      ]);
    } catch (error) {
      this.#groups.delete(group.id);
      this.#release(group);
      throw error;
    }
    this.#publish(group);
  }

  #release(group: Group): void {
    if (group.kind === 'reduce') releaseReduce(group.tree, this.#resources);
    else releaseCells(group.placement, this.#resources);
  }

  #publish(group: Group): void {
    const { onEntries } = this.#options;
    if (group.kind === 'cells') {
      onEntries(group.placement.switch, section(group.id), cellsEntries(group, group.placement));
      return;
    }
    for (const node of group.tree.nodes) {
      onEntries(node.switch, section(group.id), reduceEntries(group, group.tree.mask, node));
    }
  }

  #newGroup(hosts: readonly string[]): Pick<GroupBase, 'id' | 'epoch' | 'sources'> {
    const sources = hosts.map((host, source) => {
      return { host, source, address: findHost(this.#options.topology, host).ipv4 };
    });
    this.#lastEpoch = (this.#lastEpoch % MAX_EPOCH) + 1;
    return { id: this.#freeId(), epoch: this.#lastEpoch, sources };
  }

  #freeId(): number {
    for (let tries = 0; tries <= this.#groups.size; tries += 1) {
      this.#lastId = (this.#lastId % MAX_GROUP) + 1;
      if (!this.#groups.has(this.#lastId)) return this.#lastId;
    }
    throw new ControllerError('NO_ROOM', 'no group number is left');
  }

  #checkCapable(): void {
    if (this.#options.isCapable()) return;
    throw new ControllerError('NOT_POSSIBLE', 'the program of the switches has no SINC tables');
  }
}

function section(id: number): string {
  return `group/${id}`;
}

function switchesOf(group: Group): string[] {
  return group.kind === 'cells' ? [group.placement.switch] : group.tree.nodes.map((node) => node.switch);
}
