import { ControllerError } from '../errors.js';
import { portMac } from '../fabric/addresses.js';
import type { Paths } from '../fabric/paths.js';
import type { SwitchSpec, Topology } from '../fabric/topology.js';
import type { CellsGroup, Group, ReduceGroup } from '../inc/groups.js';
import type { Entity } from '../p4runtime/index.js';

export const PROXY_TABLES = {
  ingress: 'ingress.ingress_proxy.groups',
  egress: 'ingress.egress_proxy.groups',
  results: 'egress.result_proxy.groups',
  labels: 'ingress.labels.forwarding',
} as const;

/** docs/protocol.md section 1: labels that a SINC header follows. */
const LABEL_FIRST = 0x51000;
export const MAX_ENCAPSULATIONS = 4096;

/** How the packets of a group travel between its switches. */
export interface Encapsulation {
  readonly kind: 'nsh' | 'mpls';
  /** Of NSH: service path and service index. */
  readonly spi: number;
  readonly si: number;
  /** Of MPLS. */
  readonly trafficClass: number;
  /** 1 to 4,096, unique: its label. */
  readonly number: number;
}

/**
 * What every switch concerned holds so that a group's packets travel encapsulated: between the switches of a reduce
 * tree, both ways; from the leaves of a cells group's sources to the leaf that computes.
 */
export function proxyEntries(
  topology: Topology,
  paths: Paths,
  group: Group,
  encapsulation: Encapsulation,
): Map<string, Entity[]> {
  const builder = new Builder(topology, group.id, encapsulation);
  if (group.kind === 'reduce') throughTree(builder, paths, group);
  else toOneLeaf(builder, topology, paths, group);
  return builder.entries;
}

function throughTree(builder: Builder, paths: Paths, group: ReduceGroup): void {
  for (const node of group.tree.nodes) {
    if (node.root) continue;
    const link = paths.neighbours(node.switch).find(({ port }) => port === node.parentPort);
    if (link === undefined) continue;
    for (const { port } of node.children) builder.enter(node.switch, port, link.peer, link);
    builder.leave(node.switch);
    builder.leave(link.peer);
    builder.resultDown(link.peer, { port: link.peerPort, peer: node.switch, peerPort: link.port });
  }
}

function toOneLeaf(builder: Builder, topology: Topology, paths: Paths, group: CellsGroup): void {
  const end = group.placement.switch;
  for (const { host: name } of group.sources) {
    const host = topology.hosts.get(name);
    if (host === undefined || host.switch === end) continue;
    const [first] = paths.nextHops(host.switch, end);
    if (first === undefined) continue;
    builder.enter(host.switch, host.port, end, first);
    builder.leave(end);
    for (let at = first.peer; at !== end; ) {
      const [next] = paths.nextHops(at, end);
      if (next === undefined) break;
      builder.swap(at, next);
      at = next.peer;
    }
  }
}

interface Hop {
  readonly port: number;
  readonly peer: string;
  readonly peerPort: number;
}

class Builder {
  readonly entries = new Map<string, Entity[]>();
  readonly #topology: Topology;
  readonly #group: number;
  readonly #how: Encapsulation;
  readonly #known = new Set<string>();

  constructor(topology: Topology, group: number, how: Encapsulation) {
    this.#topology = topology;
    this.#group = group;
    this.#how = how;
  }

  /** Packets of the group that come by `port` leave for `end` inside the encapsulation. */
  enter(at: string, port: number, end: string, hop: Hop): void {
    const { kind, spi, si, trafficClass } = this.#how;
    const match = { group: this.#group, ingress_port: port };
    if (kind === 'nsh') {
      const addresses = { src: this.#switch(at).loopback, dst: this.#switch(end).loopback };
      this.#add(at, PROXY_TABLES.ingress, match, 'to_nsh', { spi, si, ...addresses });
    } else {
      const params = {
        label: this.#label,
        traffic_class: trafficClass,
        port: hop.port,
        ...this.#macs(at, hop),
      };
      this.#add(at, PROXY_TABLES.ingress, match, 'to_mpls', params);
    }
  }

  leave(at: string): void {
    this.#add(at, PROXY_TABLES.egress, { group: this.#group }, 'leave', {});
  }

  /** Copies of results that leave by a link do so inside the encapsulation. */
  resultDown(at: string, hop: Hop): void {
    const { kind, spi, si, trafficClass } = this.#how;
    const match = { group: this.#group, egress_port: hop.port };
    const macs = this.#macs(at, hop);
    if (kind === 'nsh') {
      const addresses = { src: this.#switch(at).loopback, dst: this.#switch(hop.peer).loopback };
      this.#add(at, PROXY_TABLES.results, match, 'to_nsh', { spi, si, ...addresses, ...macs });
    } else {
      const params = { label: this.#label, traffic_class: trafficClass, ...macs };
      this.#add(at, PROXY_TABLES.results, match, 'to_mpls', params);
    }
  }

  /** A switch on the way, which looks at the label alone; NSH finds its way by address. */
  swap(at: string, hop: Hop): void {
    if (this.#how.kind === 'nsh') return;
    const params = { label: this.#label, port: hop.port, ...this.#macs(at, hop) };
    this.#add(at, PROXY_TABLES.labels, { label: this.#label }, 'swap', params);
  }

  get #label(): number {
    return LABEL_FIRST + this.#how.number - 1;
  }

  #macs(at: string, { port, peer, peerPort }: Hop): { src_mac: number; dst_mac: number } {
    return {
      src_mac: portMac(this.#switch(at).id, port),
      dst_mac: portMac(this.#switch(peer).id, peerPort),
    };
  }

  #switch(name: string): SwitchSpec {
    const spec = this.#topology.switches.get(name);
    if (spec !== undefined) return spec;
    throw new ControllerError('UNKNOWN_SWITCH', `no switch '${name}' in the topology`);
  }

  #add(
    at: string,
    table: string,
    match: Readonly<Record<string, number>>,
    name: string,
    params: Readonly<Record<string, number>>,
  ): void {
    const key = `${at} ${table} ${JSON.stringify(match)}`;
    if (this.#known.has(key)) return;
    this.#known.add(key);
    const list = this.entries.get(at) ?? [];
    this.entries.set(at, list);
    list.push({ kind: 'table-entry', table, match, action: { kind: 'action', name, params } });
  }
}
