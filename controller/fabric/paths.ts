import { ControllerError } from '../errors.js';
import type { LinkSpec, Topology } from './topology.js';

/** The other end of one of a switch's ports. */
export interface Neighbour {
  readonly port: number;
  readonly peer: string;
  readonly peerPort: number;
}

/**
 * Shortest paths between all switches, counted in links. The ports of `nextHops` all lead along a path of minimal
 * length: traffic is spread over them (ECMP).
 */
export class Paths {
  readonly #neighbours = new Map<string, Neighbour[]>();
  /** Destination to (switch to distance). */
  readonly #distances = new Map<string, Map<string, number>>();

  /** `isUp` leaves out links that carry nothing; default: none. */
  constructor(topology: Topology, isUp: (link: LinkSpec) => boolean = () => true) {
    for (const name of topology.switches.keys()) this.#neighbours.set(name, []);
    for (const link of topology.links) {
      if (!isUp(link)) continue;
      const { a, b } = link;
      this.#neighbours.get(a.switch)?.push({ port: a.port, peer: b.switch, peerPort: b.port });
      this.#neighbours.get(b.switch)?.push({ port: b.port, peer: a.switch, peerPort: a.port });
    }
    for (const list of this.#neighbours.values()) list.sort((x, y) => x.port - y.port);
  }

  /** The links of a switch, by rising port. */
  neighbours(name: string): readonly Neighbour[] {
    const list = this.#neighbours.get(name);
    if (list === undefined)
      throw new ControllerError('UNKNOWN_SWITCH', `no switch '${name}' in the topology`);
    return list;
  }

  /** Links between two switches; undefined where there is no path. */
  distance(from: string, to: string): number | undefined {
    this.neighbours(from);
    return this.#distancesTo(to).get(from);
  }

  /** The ports of `from` on shortest paths to `to`, by rising port; none where there is no path or from is to. */
  nextHops(from: string, to: string): readonly Neighbour[] {
    const distances = this.#distancesTo(to);
    const own = distances.get(from);
    if (own === undefined || own === 0) return [];
    return this.neighbours(from).filter(({ peer }) => distances.get(peer) === own - 1);
  }

  /**
   * The ports of `to` by which packets of `from` can arrive on shortest paths; none where from is to or there is no
   * path.
   */
  arrivals(from: string, to: string): readonly number[] {
    const distances = this.#distancesTo(to);
    const total = distances.get(from);
    if (total === undefined || total === 0) return [];
    // A neighbour of `to` is on a shortest path when it is one nearer to `from`.
    const fromSource = this.#distancesTo(from);
    return this.neighbours(to)
      .filter(({ peer }) => fromSource.get(peer) === total - 1)
      .map(({ port }) => port);
  }

  #distancesTo(to: string): Map<string, number> {
    this.neighbours(to);
    const known = this.#distances.get(to);
    if (known !== undefined) return known;
    const distances = new Map([[to, 0]]);
    let frontier = [to];
    for (let distance = 1; frontier.length > 0; distance += 1) {
      const next: string[] = [];
      for (const name of frontier) {
        for (const { peer } of this.neighbours(name)) {
          if (distances.has(peer)) continue;
          distances.set(peer, distance);
          next.push(peer);
        }
      }
      frontier = next;
    }
    this.#distances.set(to, distances);
    return distances;
  }
}
