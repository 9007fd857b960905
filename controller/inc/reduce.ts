import { ControllerError } from '../errors.js';
import type { Paths } from '../fabric/paths.js';
import { MULTICAST_FIRST, TABLES } from '../fabric/program.js';
import type { HostSpec, Topology } from '../fabric/topology.js';
import type { Entity } from '../p4runtime/index.js';
import type { Resources } from './resources.js';

/** `sum-saturating` holds sums at the ends of int32; `sum-ahead` is for block floating point. */
export type ReduceOperation = 'sum' | 'sum-saturating' | 'sum-ahead' | 'min' | 'max';

/** docs/protocol.md section 4.2. */
export const OPERATION_CODES: Readonly<Record<ReduceOperation, number>> = {
  sum: 1,
  'sum-saturating': 1,
  'sum-ahead': 4,
  min: 2,
  max: 3,
};

/** A switch keeps the sources it has seen in a bitmap of this many bits. */
export const MAX_CHILDREN = 32;

export interface ReduceRequest {
  /** The workers; the position is the source ID. */
  readonly hosts: readonly string[];
  readonly operation: ReduceOperation;
  /** SeqNums a source may have outstanding: a power of two, at most 2,048. */
  readonly window: number;
  /** Host that packets are addressed to, and that computes where the switches do not. Default: the first worker. */
  readonly destination?: string;
}

/** One switch of a reduce tree. All fields as the action `reduce` takes them. */
export interface ReduceNode {
  readonly switch: string;
  readonly base: number;
  readonly root: boolean;
  /** Number of sources that packets from below name. */
  readonly sources: number;
  readonly ownSource: number;
  readonly parentSources: number;
  readonly parentPort: number;
  readonly multicastGroup: number;
  /** What is below: the source ID its packets carry, and the port they come by; the position is its bit. */
  readonly children: readonly { readonly source: number; readonly port: number }[];
}

export interface ReduceTree {
  readonly mask: number;
  readonly nodes: readonly ReduceNode[];
}

/**
 * Finds the tree of a reduce group and takes its cells and multicast groups: the leaf where all workers hang, else
 * those leaves under one switch that all of them are linked to (the one with the most free cells). Throws
 * ControllerError NO_PATH, NO_ROOM, UNKNOWN_HOST or BAD_REQUEST, and has taken nothing then.
 */
export function placeReduce(
  request: ReduceRequest,
  topology: Topology,
  paths: Paths,
  resources: Resources,
): ReduceTree {
  const { hosts, window } = request;
  if (!Number.isInteger(Math.log2(window)) || window < 1 || window > 2048) {
    throw new ControllerError('BAD_REQUEST', `window ${window} is no power of two from 1 to 2048`);
  }
  const workers = hosts.map((name) => findHost(topology, name));
  if (workers.length === 0)
    throw new ControllerError('BAD_REQUEST', 'a reduce group needs at least one host');
  if (new Set(hosts).size !== hosts.length) {
    throw new ControllerError('BAD_REQUEST', 'a host is in the group twice; name each once');
  }
  const leaves = new Map<string, { source: number; port: number }[]>();
  workers.forEach(({ switch: leaf, port }, source) => {
    leaves.set(leaf, [...(leaves.get(leaf) ?? []), { source, port }]);
  });
  for (const [leaf, children] of leaves) checkChildren(leaf, children.length);

  const cells = 2 * window;
  const plan: Omit<ReduceNode, 'base' | 'multicastGroup'>[] = [];
  const [only] = leaves.keys();
  if (leaves.size === 1 && only !== undefined) {
    plan.push(node(only, leaves.get(only) ?? [], { sources: workers.length, root: true }));
  } else {
    const root = findRoot([...leaves.keys()], paths, resources, cells);
    checkChildren(root, leaves.size);
    const rootChildren: { source: number; port: number }[] = [];
    [...leaves].forEach(([leaf, children], ownSource) => {
      const link = paths.neighbours(leaf).find(({ peer }) => peer === root);
      if (link === undefined) throw new ControllerError('NO_PATH', `${leaf} is not linked to ${root}`);
      rootChildren.push({ source: ownSource, port: link.peerPort });
      plan.push({
        ...node(leaf, children, { sources: workers.length, root: false }),
        ownSource,
        parentSources: leaves.size,
        parentPort: link.port,
      });
    });
    plan.push(node(root, rootChildren, { sources: leaves.size, root: true }));
  }
  for (const { switch: name } of plan) {
    const { reduceCells, multicast } = resources.of(name);
    // take() would throw after others have been taken; ask all first.
    if (reduceCells.find(cells) === undefined) reduceCells.take(cells);
    if (multicast.find(1) === undefined) multicast.take(1);
  }
  const nodes = plan.map((part) => {
    const { reduceCells, multicast } = resources.of(part.switch);
    return { ...part, base: reduceCells.take(cells), multicastGroup: MULTICAST_FIRST + multicast.take(1) };
  });
  return { mask: cells - 1, nodes };
}

/** Takes again what a stored tree has. */
export function takeReduce(tree: ReduceTree, resources: Resources): void {
  for (const { switch: name, base, multicastGroup } of tree.nodes) {
    resources.of(name).reduceCells.takeAt(base, tree.mask + 1);
    resources.of(name).multicast.takeAt(multicastGroup - MULTICAST_FIRST, 1);
  }
}

export function releaseReduce(tree: ReduceTree, resources: Resources): void {
  for (const { switch: name, base, multicastGroup } of tree.nodes) {
    resources.of(name).reduceCells.release(base);
    resources.of(name).multicast.release(multicastGroup - MULTICAST_FIRST);
  }
}

/** What one switch of the tree holds for the group. */
export function reduceEntries(
  group: { readonly id: number; readonly epoch: number; readonly operation: ReduceOperation },
  mask: number,
  part: ReduceNode,
): Entity[] {
  return [
    {
      kind: 'multicast-group',
      group: part.multicastGroup,
      replicas: part.children.map(({ port }) => ({ port, instance: 1 })),
    },
    ...part.children.map(({ source, port }, bit): Entity => {
      // Bit 31 set would be negative as a 32-bit integer; 2 ** bit is not.
      return sourceEntry(group.id, source, port, 2 ** bit);
    }),
    {
      kind: 'table-entry',
      table: TABLES.groups,
      match: { 'hdr.sinc.group': group.id },
      action: {
        kind: 'action',
        name: group.operation === 'sum-saturating' ? 'reduce_saturating' : 'reduce',
        params: {
          epoch: group.epoch,
          base: part.base,
          mask,
          operation: OPERATION_CODES[group.operation],
          sources: part.sources,
          full: 2 ** part.children.length - 1,
          root: part.root ? 1 : 0,
          own_source: part.ownSource,
          parent_sources: part.parentSources,
          parent_port: part.parentPort,
          members: part.multicastGroup,
        },
      },
    },
  ];
}

/** A source of a group, at the port its packets come by. */
export function sourceEntry(group: number, source: number, port: number, bitmap: number): Entity {
  return {
    kind: 'table-entry',
    table: TABLES.sources,
    match: { group, source, ingress_port: port },
    action: { kind: 'action', name: 'member', params: { bitmap } },
  };
}

export function findHost(topology: Topology, name: string): HostSpec {
  const host = topology.hosts.get(name);
  if (host !== undefined) return host;
  throw new ControllerError('UNKNOWN_HOST', `no host '${name}' in the topology`);
}

function node(
  name: string,
  children: readonly { source: number; port: number }[],
  part: { sources: number; root: boolean },
): Omit<ReduceNode, 'base' | 'multicastGroup'> {
  return { switch: name, children, ownSource: 0, parentSources: 0, parentPort: 0, ...part };
}

function checkChildren(name: string, count: number): void {
  if (count <= MAX_CHILDREN) return;
  throw new ControllerError(
    'NO_ROOM',
    `${count} sources would meet at ${name}, a switch takes ${MAX_CHILDREN}; spread the workers over more leaves`,
  );
}

function findRoot(leaves: readonly string[], paths: Paths, resources: Resources, cells: number): string {
  const [first = ''] = leaves;
  const candidates = [...new Set(paths.neighbours(first).map(({ peer }) => peer))].filter(
    (name) => !leaves.includes(name) && leaves.every((leaf) => paths.distance(leaf, name) === 1),
  );
  if (candidates.length === 0) {
    throw new ControllerError(
      'NO_PATH',
      `no switch is linked to all of ${leaves.join(', ')}; a reduce tree needs such a root`,
    );
  }
  const free = candidates
    .map((name) => {
      const { reduceCells } = resources.of(name);
      return { name, free: reduceCells.find(cells) === undefined ? -1 : reduceCells.size - reduceCells.used };
    })
    .sort((a, b) => b.free - a.free);
  return free[0]?.name ?? first;
}
