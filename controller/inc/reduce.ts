import { ControllerError } from '../errors.js';
import type { Paths } from '../fabric/paths.js';
import { MULTICAST_FIRST, TABLES } from '../fabric/program.js';
import { notInProfile, type ProfileOf, type ProgramProfile, strayPorts } from '../fabric/program-profile.js';
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
  /** None: no switch computes, the destination host does. */
  readonly nodes: readonly ReduceNode[];
}

/** A switch of a tree before it has cells. */
type PlannedNode = Omit<ReduceNode, 'base' | 'multicastGroup'>;

/**
 * Finds the tree of a reduce group and takes its cells and multicast groups: of all trees of shortest paths from the
 * workers' switches to one root, the one with the fewest links (each carries every value once up and once down), then
 * the one whose root has the most free cells. Throws ControllerError NO_PATH, NO_ROOM, UNKNOWN_HOST, BAD_REQUEST, or
 * NOT_POSSIBLE where a switch's ports lie in several pipes, and has taken nothing then.
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
  const cells = 2 * window;
  const free = (name: string) => {
    const { reduceCells } = resources.of(name);
    return reduceCells.find(cells) === undefined ? -1 : reduceCells.size - reduceCells.used;
  };
  const plan = planTree(leaves, workers.length, { topology, paths, free, profileOf: resources.profileOf });
  for (const part of plan) {
    const { switch: name } = part;
    checkOnePipe(part, resources.profileOf(name));
    const { reduceCells, multicast, sources } = resources.of(name);
    sources.check(part.children.length);
    // take() would throw after others have been taken; ask all first.
    if (reduceCells.find(cells) === undefined) reduceCells.take(cells);
    if (multicast.find(1) === undefined) multicast.take(1);
  }
  const nodes = plan.map((part) => {
    const { reduceCells, multicast, sources } = resources.of(part.switch);
    sources.take(part.children.length);
    return { ...part, base: reduceCells.take(cells), multicastGroup: MULTICAST_FIRST + multicast.take(1) };
  });
  return { mask: cells - 1, nodes };
}

function checkOnePipe(
  { switch: name, root, parentPort, children }: PlannedNode,
  profile: ProgramProfile,
): void {
  const ports = [...children.map(({ port }) => port), ...(root ? [] : [parentPort])];
  refuseStrays(name, ports, profile);
}

/** Throws ControllerError NOT_POSSIBLE where ports of a group do not share a pipe's registers. */
export function refuseStrays(name: string, ports: readonly number[], profile: ProgramProfile): void {
  const strays = strayPorts(profile, ports);
  if (strays.length === 0) return;
  throw new ControllerError(
    'NOT_POSSIBLE',
    `ports ${strays.join(', ')} of ${name} are in another pipe than port ${ports[0]}, and a group's cells are in one; ` +
      'plug all of the group into ports of one pipe, or form the group of fewer hosts',
  );
}

/** Takes again what a stored tree has. */
export function takeReduce(tree: ReduceTree, resources: Resources): void {
  for (const { switch: name, base, multicastGroup, children } of tree.nodes) {
    resources.of(name).reduceCells.takeAt(base, tree.mask + 1);
    resources.of(name).multicast.takeAt(multicastGroup - MULTICAST_FIRST, 1);
    resources.of(name).sources.take(children.length);
  }
}

export function releaseReduce(tree: ReduceTree, resources: Resources): void {
  for (const { switch: name, base, multicastGroup, children } of tree.nodes) {
    resources.of(name).reduceCells.release(base);
    resources.of(name).multicast.release(multicastGroup - MULTICAST_FIRST);
    resources.of(name).sources.release(children.length);
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

/** Children of one switch: what its packets from below name as source, and the port they come by. */
type Children = readonly { readonly source: number; readonly port: number }[];

interface PlanSite {
  readonly topology: Topology;
  readonly paths: Paths;
  /** Free cells of a switch, -1 where the group does not fit. */
  readonly free: (name: string) => number;
  readonly profileOf: ProfileOf;
}

/** The switches of the best tree, the leaves before what is above them. */
function planTree(
  workersAt: ReadonlyMap<string, Children>,
  workers: number,
  { topology, paths, free, profileOf }: PlanSite,
): PlannedNode[] {
  let best: Candidate | undefined;
  let crowded: ControllerError | undefined;
  /** Of the trees that are out of the question, the fewest switches that are in the way. */
  let unable: string[] | undefined;
  const can = (name: string) => profileOf(name).reduce !== undefined;
  const leaves = [...workersAt.keys()];
  for (const root of topology.switches.keys()) {
    const parents = treeTo(root, leaves, paths, can);
    if (parents === undefined) continue;
    const lacking = [...parents.keys()].filter((name) => !can(name));
    if (lacking.length > 0) {
      if (unable === undefined || lacking.length < unable.length) unable = lacking;
      continue;
    }
    const problem = crowdedNode(parents, workersAt);
    if (problem !== undefined) {
      crowded = problem;
      continue;
    }
    const depth = Math.max(...leaves.map((leaf) => paths.distance(leaf, root) ?? 0));
    const hasRoom = [...parents.keys()].every((name) => free(name) >= 0);
    const candidate = { parents, depth, hasRoom, free: free(root) };
    if (best === undefined || isBetter(candidate, best)) best = candidate;
  }
  if (best === undefined) {
    const [name] = unable ?? [];
    if (name !== undefined && crowded === undefined) {
      const remedy = `give ${unable?.join(', ')} an image of profile reduce, or form the group of hosts at one leaf that has one`;
      notInProfile(name, profileOf(name), 'SINC reduce', remedy);
    }
    throw (
      crowded ??
      new ControllerError('NO_PATH', `no switch is reached from all of ${[...workersAt.keys()].join(', ')}`)
    );
  }
  return nodesOf(best.parents, workersAt, workers, paths);
}

interface Candidate {
  readonly parents: ReadonlyMap<string, string | undefined>;
  /** Links from the farthest leaf to the root. */
  readonly depth: number;
  /** The group's cells fit in every switch. Where they fit nowhere, taking them says who is full. */
  readonly hasRoom: boolean;
  /** Free cells of the root. */
  readonly free: number;
}

function isBetter(a: Candidate, b: Candidate): boolean {
  if (a.hasRoom !== b.hasRoom) return a.hasRoom;
  if (a.parents.size !== b.parents.size) return a.parents.size < b.parents.size;
  return a.depth === b.depth ? a.free > b.free : a.depth < b.depth;
}

/** Parent of every switch on shortest paths from the leaves to the root; undefined where a leaf does not reach it. */
function treeTo(
  root: string,
  leaves: readonly string[],
  paths: Paths,
  can: (name: string) => boolean,
): ReadonlyMap<string, string | undefined> | undefined {
  const parents = new Map<string, string | undefined>([[root, undefined]]);
  for (const leaf of leaves) {
    let at = leaf;
    while (!parents.has(at)) {
      const hops = paths.nextHops(at, root);
      // A way that another leaf takes already costs nothing more.
      const next =
        hops.find(({ peer }) => parents.has(peer)) ?? hops.find(({ peer }) => can(peer)) ?? hops[0];
      if (next === undefined) return undefined;
      parents.set(at, next.peer);
      at = next.peer;
    }
  }
  return parents;
}

function crowdedNode(
  parents: ReadonlyMap<string, string | undefined>,
  workersAt: ReadonlyMap<string, Children>,
): ControllerError | undefined {
  const counts = new Map([...workersAt].map(([name, children]) => [name, children.length]));
  for (const parent of parents.values()) {
    if (parent !== undefined) counts.set(parent, (counts.get(parent) ?? 0) + 1);
  }
  for (const [name, count] of counts) {
    if (count <= MAX_CHILDREN) continue;
    return new ControllerError(
      'NO_ROOM',
      `${count} sources would meet at ${name}, a switch takes ${MAX_CHILDREN}; spread the workers over more leaves`,
    );
  }
  return undefined;
}

function nodesOf(
  parents: ReadonlyMap<string, string | undefined>,
  workersAt: ReadonlyMap<string, Children>,
  workers: number,
  paths: Paths,
): PlannedNode[] {
  const below = new Map<string, string[]>();
  for (const [name, parent] of parents) {
    if (parent !== undefined) below.set(parent, [...(below.get(parent) ?? []), name]);
  }
  const plan: PlannedNode[] = [];
  // Switches below come in the order of the first worker under them, so the numbers do not depend on the search.
  const firstWorker = (name: string): number => {
    const own = (workersAt.get(name) ?? []).map(({ source }) => source);
    return Math.min(...own, ...(below.get(name) ?? []).map(firstWorker));
  };
  /** What packets of a switch's children name as number of sources. */
  const sourcesAt = (name: string): number => {
    return workersAt.has(name) ? workers : (below.get(name)?.length ?? 0);
  };
  const visit = (name: string, up: Pick<PlannedNode, 'ownSource' | 'parentSources' | 'parentPort'>): void => {
    const switches = [...(below.get(name) ?? [])].sort((x, y) => firstWorker(x) - firstWorker(y));
    const children = [...(workersAt.get(name) ?? [])];
    switches.forEach((child, index) => {
      const link = paths.neighbours(child).find(({ peer }) => peer === name);
      if (link === undefined) throw new ControllerError('NO_PATH', `${child} is not linked to ${name}`);
      // Where workers hang on the same switch, the source ID of a worker below is nobody else's there.
      const source = workersAt.has(name) ? firstWorker(child) : index;
      children.push({ source, port: link.peerPort });
      visit(child, { ownSource: source, parentSources: sourcesAt(name), parentPort: link.port });
    });
    plan.push({
      switch: name,
      children,
      sources: sourcesAt(name),
      root: parents.get(name) === undefined,
      ...up,
    });
  };
  const root = [...parents].find(([, parent]) => parent === undefined)?.[0] ?? '';
  visit(root, { ownSource: 0, parentSources: 0, parentPort: 0 });
  return plan;
}

/** Whether every link of a tree is among those that may be used. */
export function isIntact(tree: ReduceTree, paths: Paths): boolean {
  return tree.nodes.every((part) => {
    return part.root || paths.neighbours(part.switch).some(({ port }) => port === part.parentPort);
  });
}
