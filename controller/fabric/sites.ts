import type { Paths } from './paths.js';
import type { SwitchSpec, Topology } from './topology.js';

/**
 * Anycast over sites: of a service's instances a leaf sends to those at the best site that has any, and to the next best
 * only when that one has none left. Best is the leaf's own site, then the nearest, unless the service has an order of
 * its own. A leaf without a site, and a fabric without sites, sends to all instances alike.
 */
export class Sites {
  readonly #topology: Topology;
  readonly #paths: () => Paths;
  /** Site of each host, by address. */
  readonly #siteOf = new Map<number, string>();
  /** Sites from the nearest on, by leaf; made when first asked for. */
  readonly #nearest = new Map<string, readonly string[]>();

  constructor(topology: Topology, paths: () => Paths) {
    this.#topology = topology;
    this.#paths = paths;
    for (const host of topology.hosts.values()) {
      const site = topology.switches.get(host.switch)?.site;
      if (site !== undefined) this.#siteOf.set(host.ipv4, site);
    }
  }

  /** Whether the topology has sites at all. */
  get any(): boolean {
    return this.#siteOf.size > 0;
  }

  has(site: string): boolean {
    return [...this.#siteOf.values()].includes(site);
  }

  /** The fabric's paths are others: which site is nearest may be as well. */
  pathsChanged(): void {
    this.#nearest.clear();
  }

  /** `order` names sites from the best on; those it does not name follow by distance. */
  choose<T extends { readonly address: number }>(
    leaf: SwitchSpec,
    instances: readonly T[],
    order: readonly string[] = [],
  ): readonly T[] {
    if (!this.any || (leaf.site === undefined && order.length === 0)) return instances;
    for (const site of new Set([...order, ...this.#nearestTo(leaf)])) {
      const there = instances.filter(({ address }) => this.#siteOf.get(address) === site);
      if (there.length > 0) return there;
    }
    return instances;
  }

  #nearestTo(leaf: SwitchSpec): readonly string[] {
    const known = this.#nearest.get(leaf.name);
    if (known !== undefined) return known;
    const distances = new Map<string, number>();
    for (const { name, site } of this.#topology.switches.values()) {
      if (site === undefined) continue;
      const links =
        site === leaf.site ? -1 : (this.#paths().distance(leaf.name, name) ?? Number.POSITIVE_INFINITY);
      distances.set(site, Math.min(links, distances.get(site) ?? Number.POSITIVE_INFINITY));
    }
    const sites = [...distances].sort(([a, x], [b, y]) => x - y || (a < b ? -1 : 1)).map(([site]) => site);
    this.#nearest.set(leaf.name, sites);
    return sites;
  }
}
