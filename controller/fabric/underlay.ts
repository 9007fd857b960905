import type { Entity } from '../p4runtime/index.js';
import { portMac } from './addresses.js';
import { type Neighbour, Paths } from './paths.js';
import { PROFILES, TABLES } from './program.js';
import type { SwitchSpec, Topology } from './topology.js';

// Members of next_hops: a port's number for the neighbour behind it, and this one for "to the controller".
const TO_CPU_MEMBER = 0x10000;

/** Who the switch is. */
export function identityEntries(spec: SwitchSpec): Entity[] {
  return [
    {
      kind: 'table-entry',
      table: TABLES.identity,
      isDefault: true,
      action: { kind: 'action', name: 'set_identity', params: { switch_id: spec.id } },
    },
  ];
}

/** How a SINC result is addressed to the host behind each port. */
export function deliveryEntries(topology: Topology, spec: SwitchSpec): Entity[] {
  return hostsOf(topology, spec).map((host) => ({
    kind: 'table-entry',
    table: TABLES.ports,
    match: { egress_port: host.port },
    action: {
      kind: 'action',
      name: 'host',
      params: { src_mac: portMac(spec.id, host.port), dst_mac: host.mac, address: host.ipv4 },
    },
  }));
}

/**
 * Routes to every host and every switch, and to a gateway for everything else: a member where the host hangs on this switch, else the group of the ports
 * towards the switch it hangs on. Groups carry that switch's number, so a changed path changes a group and no entry.
 */
export function underlayEntries(topology: Topology, paths: Paths, spec: SwitchSpec): Entity[] {
  const entries: Entity[] = [];
  const member = (id: number, port: number, dstMac: number) =>
    entries.push({
      kind: 'profile-member',
      profile: PROFILES.nextHops,
      member: id,
      action: { name: 'next_hop', params: { port, src_mac: portMac(spec.id, port), dst_mac: dstMac } },
    });
  const route = (
    address: number,
    action: { kind: 'member'; member: number } | { kind: 'group'; group: number },
    prefixLength = 32,
  ) =>
    entries.push({
      kind: 'table-entry',
      table: TABLES.routes,
      match: { 'hdr.ipv4.dst': { value: address, prefixLength } },
      action,
    });

  const linked = allNeighbours(topology, spec);
  for (const { port, peer, peerPort } of linked) {
    const peerId = topology.switches.get(peer)?.id ?? 0;
    member(port, port, portMac(peerId, peerPort));
  }
  for (const host of hostsOf(topology, spec)) {
    member(host.port, host.port, host.mac);
    route(host.ipv4, { kind: 'member', member: host.port });
  }
  entries.push({
    kind: 'profile-member',
    profile: PROFILES.nextHops,
    member: TO_CPU_MEMBER,
    action: { name: 'to_cpu', params: {} },
  });
  route(spec.loopback, { kind: 'member', member: TO_CPU_MEMBER });

  for (const other of topology.switches.values()) {
    if (other.name === spec.name) continue;
    const shortest = paths.nextHops(spec.name, other.name);
    // Where no path is left, answers to a neighbour's probes take the link itself: else a switch that was cut off, and
    // is back, would never be found.
    const hops = shortest.length > 0 ? shortest : linked.filter(({ peer }) => peer === other.name);
    if (hops.length === 0) continue;
    entries.push({
      kind: 'profile-group',
      profile: PROFILES.nextHops,
      group: other.id,
      members: hops.map(({ port }) => ({ member: port, weight: 1 })),
    });
    route(other.loopback, { kind: 'group', group: other.id });
    if (shortest.length === 0) continue;
    for (const host of hostsOf(topology, other)) route(host.ipv4, { kind: 'group', group: other.id });
  }
  const gateway = topology.hosts.get(topology.fabric.gateway ?? '');
  if (gateway?.switch === spec.name) route(0, { kind: 'member', member: gateway.port }, 0);
  else if (gateway !== undefined && paths.nextHops(spec.name, gateway.switch).length > 0) {
    route(0, { kind: 'group', group: topology.switches.get(gateway.switch)?.id ?? 0 }, 0);
  }
  return entries;
}

/** The links of a switch, by rising port, whether they may be used or not. */
function allNeighbours(topology: Topology, spec: SwitchSpec): readonly Neighbour[] {
  return new Paths(topology).neighbours(spec.name);
}

function hostsOf(topology: Topology, spec: SwitchSpec) {
  return [...topology.hosts.values()].filter((host) => host.switch === spec.name);
}
