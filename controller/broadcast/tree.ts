import type { Neighbour, Paths } from '../fabric/paths.js';
import type { Topology } from '../fabric/topology.js';

/**
 * The tree of a broadcast: for every switch a publisher's packet can come to, the links it sends copies by. All
 * publishers share it: its root is a switch that no leaf is farther from than need be, every other switch hangs on it by
 * one shortest path. A copy goes by a link only if there is a subscriber beyond, and never back where it came from (the
 * switch sees to that), so a link carries a packet once. Of equally good roots and paths, `number` chooses, so that
 * broadcasts spread over the fabric.
 */
export function broadcastTree(
  topology: Topology,
  paths: Paths,
  subscribed: ReadonlySet<string>,
  number: number,
): Map<string, Neighbour[]> {
  const leaves = [...topology.switches.values()]
    .filter(({ role }) => role === 'leaf')
    .map(({ name }) => name);
  const tree = new Map<string, Neighbour[]>();
  const root = rootOf(topology, paths, leaves, number);
  if (root === undefined) return tree;

  /** Each switch's link towards the root. */
  const parents = new Map<string, Neighbour>();
  /** Subscribed leaves at or below each switch. */
  const below = new Map<string, number>();
  let total = 0;
  for (const leaf of leaves) {
    if (paths.distance(leaf, root) === undefined) continue;
    const weight = subscribed.has(leaf) ? 1 : 0;
    total += weight;
    for (let at: string | undefined = leaf; at !== undefined; at = parents.get(at)?.peer) {
      below.set(at, (below.get(at) ?? 0) + weight);
      if (at === root || parents.has(at)) continue;
      const hops = paths.nextHops(at, root);
      const hop = hops[number % hops.length];
      if (hop !== undefined) parents.set(at, hop);
    }
  }
  for (const name of below.keys()) tree.set(name, []);
  for (const [name, link] of parents) {
    const count = below.get(name) ?? 0;
    if (total > count) tree.get(name)?.push(link);
    if (count > 0) tree.get(link.peer)?.push({ port: link.peerPort, peer: name, peerPort: link.port });
  }
  return tree;
}

/** The switch whose farthest leaf is nearest, of those that reach most of them. */
function rootOf(
  topology: Topology,
  paths: Paths,
  leaves: readonly string[],
  number: number,
): string | undefined {
  const rated = [...topology.switches.keys()].map((name) => {
    const distances = leaves.flatMap((leaf) => paths.distance(leaf, name) ?? []);
    return { name, reached: distances.length, farthest: Math.max(0, ...distances) };
  });
  rated.sort((a, b) => b.reached - a.reached || a.farthest - b.farthest || (a.name < b.name ? -1 : 1));
  const [best] = rated;
  const equal = rated.filter((each) => each.reached === best?.reached && each.farthest === best.farthest);
  return equal[number % equal.length]?.name;
}
