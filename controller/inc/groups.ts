import { ControllerError } from '../errors.js';
import type { Paths } from '../fabric/paths.js';
import { describeProfile, type ProfileOf } from '../fabric/program-profile.js';
import type { Topology } from '../fabric/topology.js';
import type { Entity } from '../p4runtime/index.js';
import { Serial } from '../registry/serial.js';
import { StoreError } from '../store/errors.js';
import type { Json, Store, StoreChange } from '../store/store.js';
import {
  type CellsPlacement,
  type CellsRequest,
  cellsEntries,
  placeCells,
  releaseCells,
  sourcesOf,
  takeCells,
} from './cells.js';
import {
  findHost,
  isIntact,
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
  readonly paths: () => Paths;
  readonly store: Store;
  /** What the program of each switch computes, and how many cells it has. */
  readonly profileOf: ProfileOf;
  /** What a switch holds for a group; none = nothing any more. */
  readonly onEntries: (switchName: string, section: string, entities: readonly Entity[]) => void;
  /** A group has moved, falls back to its destination host, or has come back from there. */
  readonly onMoved: (group: Group) => void;
  /** Of several controllers one moves groups; the others hear of it. Default: this one. */
  readonly leads?: () => boolean;
  readonly onError: (error: unknown) => void;
  readonly onIdle: () => void;
}

const PREFIX = 'group/';
/** The last number given: workers nobody has told may go on sending for a group that is gone. */
const LAST_GROUP = 'group-number';
const MAX_SAVES = 10;
const MAX_GROUP = 0xff_ffff;
const MAX_EPOCH = 0xffff_ffff;
/** Epochs a controller may have used that are not in the store yet: a group that moves is in the switches first. */
const EPOCHS_AHEAD = 64;

/** In-network groups: reduce, and cells for locks and sequencers. Nothing is acknowledged before the store has it. */
export class Groups {
  readonly #options: GroupsOptions;
  readonly #resources: Resources;
  readonly #groups = new Map<number, Group>();
  /** Made, and not in the store yet. */
  readonly #unsaved = new Set<Group>();
  /** Moves are made durable one after another. */
  readonly #serial: Serial;
  #lastId = 0;
  #lastEpoch = 0;

  constructor(options: GroupsOptions) {
    this.#options = options;
    this.#resources = new Resources(options.profileOf);
    this.#serial = new Serial(options.onIdle);
  }

  /** A group is being moved. */
  get busy(): boolean {
    return this.#serial.busy;
  }

  restore(values: ReadonlyMap<string, Json>): void {
    this.apply([...values].map(([key, value]) => ({ key, value })));
  }

  /** What another controller of the fabric has committed. */
  apply(changes: readonly StoreChange[]): void {
    for (const { key, value } of changes) {
      if (key === LAST_GROUP) this.#lastId = Math.max(this.#lastId, Number(value ?? 0));
      if (key === 'epoch') this.#lastEpoch = Math.max(this.#lastEpoch, Number(value ?? 0));
      if (!key.startsWith(PREFIX)) continue;
      // Another controller was first: what was about to be made here by what was known before is going to be refused.
      for (const group of this.#unsaved) this.#withdraw(group);
      const id = Number(key.slice(PREFIX.length));
      const before = this.#groups.get(id);
      if (before !== undefined) {
        this.#groups.delete(id);
        this.#release(before);
      }
      const group = value === undefined ? undefined : this.#ableOf(value as unknown as Group);
      if (group !== undefined) {
        if (group.kind === 'reduce') takeReduce(group.tree, this.#resources);
        else if (this.#isAble(group)) takeCells(group.placement, this.#resources);
        this.#groups.set(id, group);
        this.#lastId = Math.max(this.#lastId, id);
      }
      this.#publish(group, before);
    }
  }

  /**
   * The fabric's paths are others. A reduce tree that has lost a link moves, with a new epoch; where it finds no place,
   * the destination host computes until it does. A group of cells stays where its destination hangs, and takes packets
   * by the ports they come by now. What is under way meanwhile ends as after a switch that restarts: hosts send it again.
   */
  pathsChanged(): void {
    if (this.#options.leads?.() === false) return;
    for (const id of this.#groups.keys()) {
      this.#serial.run('move', () => this.#follow(id)).catch(this.#options.onError);
    }
  }

  /** Creates a reduce group. Throws ControllerError with the reason where the fabric cannot take it. */
  async createReduce(request: ReduceRequest): Promise<ReduceGroup> {
    this.#checkRoom('reduce');
    const { topology, paths } = this.#options;
    const destinationHost = request.destination ?? request.hosts[0] ?? '';
    const destination = findHost(topology, destinationHost).ipv4;
    const tree = placeReduce(request, topology, paths(), this.#resources);
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
    this.#checkRoom('cells');
    const { topology, paths } = this.#options;
    const destination = findHost(topology, request.destination).ipv4;
    const placement = placeCells(request, topology, paths(), this.#resources);
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
    await this.#options.store.commit([{ key: `${PREFIX}${id}`, value: undefined }]);
    const last = this.#groups.get(id);
    // It may have moved, or another controller may have deleted it, meanwhile.
    if (last === undefined || last.epoch < group.epoch) return;
    this.#groups.delete(id);
    this.#publish(undefined, last);
    this.#release(last);
  }

  get(id: number): Group | undefined {
    return this.#groups.get(id);
  }

  list(): Group[] {
    return [...this.#groups.values()];
  }

  async #add(group: Group): Promise<void> {
    this.#groups.set(group.id, group);
    this.#unsaved.add(group);
    try {
      await this.#save(group);
    } catch (error) {
      this.#withdraw(group);
      throw error;
    }
    this.#unsaved.delete(group);
    this.#publish(group);
  }

  #withdraw(group: Group): void {
    if (!this.#unsaved.delete(group)) return;
    if (this.#groups.get(group.id) === group) this.#groups.delete(group.id);
    this.#release(group);
  }

  #save(group: Group): Promise<void> {
    return this.#options.store.commit([
      { key: `${PREFIX}${group.id}`, value: JSON.parse(JSON.stringify(group)) as Json },
      { key: 'epoch', value: ((this.#lastEpoch + EPOCHS_AHEAD - 1) % MAX_EPOCH) + 1 },
      { key: LAST_GROUP, value: this.#lastId },
    ]);
  }

  /** Puts a group where it can be under today's paths. */
  async #follow(id: number): Promise<void> {
    const group = this.#groups.get(id);
    if (group === undefined) return;
    const next = group.kind === 'reduce' ? this.#replant(group) : this.#relead(group);
    if (next === undefined) return;
    this.#groups.set(id, next);
    // The switches come first: they lead packets to nowhere, whatever the store says.
    this.#publish(next, group);
    this.#options.onMoved(next);
    for (let tries = 1; this.#groups.get(id) === next; tries += 1) {
      try {
        return await this.#save(next);
      } catch (error) {
        // Another controller has made or deleted a group meanwhile; this one stands where it stands.
        if (!(error instanceof StoreError) || error.code !== 'CONFLICT' || tries === MAX_SAVES) throw error;
      }
    }
  }

  /** The group with another tree; undefined where its tree is as it should be. */
  #replant(group: ReduceGroup): ReduceGroup | undefined {
    const { topology, paths } = this.#options;
    if (group.tree.nodes.length > 0 && isIntact(group.tree, paths())) return undefined;
    this.#release(group);
    const request = {
      hosts: group.sources.map(({ host }) => host),
      operation: group.operation,
      window: group.window,
      destination: group.destinationHost,
    };
    let tree: ReduceTree;
    try {
      tree = placeReduce(request, topology, paths(), this.#resources);
    } catch (error) {
      if (!(error instanceof ControllerError)) throw error;
      if (group.tree.nodes.length === 0) return undefined;
      tree = { mask: group.tree.mask, nodes: [] };
    }
    return { ...group, epoch: this.#nextEpoch(), tree };
  }

  #relead(group: CellsGroup): CellsGroup | undefined {
    const { topology, paths } = this.#options;
    if (!this.#isAble(group)) return undefined;
    const hosts = group.sources.map(({ host }) => host);
    const sources = sourcesOf(hosts, group.placement.switch, topology, paths());
    if (JSON.stringify(sources) === JSON.stringify(group.placement.sources)) return undefined;
    const next = { ...group, placement: { ...group.placement, sources } };
    this.#release(group);
    takeCells(next.placement, this.#resources);
    return next;
  }

  #release(group: Group): void {
    if (group.kind === 'reduce') releaseReduce(group.tree, this.#resources);
    else if (this.#isAble(group)) releaseCells(group.placement, this.#resources);
  }

  /** Gives the switches of a group what they should hold, and takes it from those that had it before. */
  #publish(group: Group | undefined, before?: Group): void {
    const { onEntries } = this.#options;
    const id = group?.id ?? before?.id ?? 0;
    const stays = new Set(group === undefined ? [] : switchesOf(group));
    for (const name of before === undefined ? [] : switchesOf(before)) {
      if (!stays.has(name)) onEntries(name, section(id), []);
    }
    if (group === undefined) return;
    if (group.kind === 'cells') {
      const entries = this.#isAble(group) ? cellsEntries(group, group.placement) : [];
      onEntries(group.placement.switch, section(group.id), entries);
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
    return { id: this.#freeId(), epoch: this.#nextEpoch(), sources };
  }

  #nextEpoch(): number {
    this.#lastEpoch = (this.#lastEpoch % MAX_EPOCH) + 1;
    return this.#lastEpoch;
  }

  #freeId(): number {
    for (let tries = 0; tries <= this.#groups.size; tries += 1) {
      this.#lastId = (this.#lastId % MAX_GROUP) + 1;
      if (!this.#groups.has(this.#lastId)) return this.#lastId;
    }
    throw new ControllerError('NO_ROOM', 'no group number is left');
  }

  /** Whether the program of every switch of a group still computes for it. */
  #isAble(group: Group): boolean {
    const { profileOf } = this.#options;
    return switchesOf(group).every((name) => profileOf(name)[group.kind] !== undefined);
  }

  /** A group of the store. Where a switch has another program than when it was made, its destination host computes. */
  #ableOf(group: Group): Group {
    if (this.#isAble(group)) return group;
    const { profileOf, onError } = this.#options;
    const name = switchesOf(group).find((each) => profileOf(each)[group.kind] === undefined) ?? '';
    onError(
      new ControllerError(
        'NOT_POSSIBLE',
        `group ${group.id} is computed at ${name}, whose program (${describeProfile(profileOf(name))}) has no SINC ` +
          `${group.kind} any more; its destination host computes: give ${name} an image of profile ${group.kind}, or ` +
          'delete the group and make it anew',
      ),
    );
    return group.kind === 'cells' ? group : { ...group, tree: { mask: group.tree.mask, nodes: [] } };
  }

  /** Throws ControllerError NO_ROOM where the tables of those that compute may be full. */
  #checkRoom(kind: Group['kind']): void {
    const { topology, profileOf } = this.#options;
    const sizes = [...topology.switches.keys()]
      .map(profileOf)
      .filter((profile) => profile[kind] !== undefined)
      .map(({ sincGroups }) => sincGroups);
    const size = Math.min(...sizes);
    if (this.#groups.size < size) return;
    throw new ControllerError('NO_ROOM', `a switch holds ${size} groups and all are in use; delete one`);
  }
}

function section(id: number): string {
  return `${PREFIX}${id}`;
}

function switchesOf(group: Group): string[] {
  return group.kind === 'cells' ? [group.placement.switch] : group.tree.nodes.map((node) => node.switch);
}
