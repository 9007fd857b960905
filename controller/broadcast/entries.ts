import type { FabricKey, Name, NameDigest } from '../../wire/index.js';
import { portMac } from '../fabric/addresses.js';
import { noInstanceEntry, publishEntries } from '../fabric/names.js';
import type { Neighbour } from '../fabric/paths.js';
import type { HostSpec, SwitchSpec, Topology } from '../fabric/topology.js';
import type { Entity } from '../p4runtime/index.js';

export const BROADCAST_TABLES = { branches: 'egress.broadcast.branches' } as const;
const ACL = 'ingress.names.strategy.acl';

/** Multicast groups of broadcasts, above those of SINC groups; BMv2 has 4,096. */
export const GROUP_FIRST = 2048;
export const MAX_BROADCASTS = 2048;
/** Replicas: a link has its port's number, a subscription this and its own. */
const SUBSCRIBER_INSTANCES = 1000;
export const MAX_SUBSCRIPTIONS = 60_000;
/** Above every policy of people's (priorities up to 256,256) and below what dynamic trust lays down. */
const PUBLISHERS_PRIORITY = 256_240;

export interface Subscriber {
  /** Of the subscription. */
  readonly number: number;
  readonly host: HostSpec;
  readonly port: number;
}

/** What a switch of the tree holds for a broadcast: `links` are the tree's, `subscribers` those at its own ports. */
export function broadcastEntries(
  topology: Topology,
  spec: SwitchSpec,
  digest: NameDigest,
  number: number,
  links: readonly Neighbour[],
  subscribers: readonly Subscriber[],
): Entity[] {
  if (links.length === 0 && subscribers.length === 0)
    return spec.role === 'leaf' ? [noInstanceEntry(digest)] : [];
  const group = GROUP_FIRST + number - 1;
  const branch = (instance: number, name: string, params: Record<string, number>): Entity => ({
    kind: 'table-entry',
    table: BROADCAST_TABLES.branches,
    match: { group, instance },
    action: { kind: 'action', name, params },
  });
  return [
    ...links.map(({ port, peer, peerPort }) =>
      branch(port, 'branch', {
        src_mac: portMac(spec.id, port),
        dst_mac: portMac(topology.switches.get(peer)?.id ?? 0, peerPort),
      }),
    ),
    ...subscribers.map(({ number: own, host, port }) =>
      branch(SUBSCRIBER_INSTANCES + own, 'subscriber', {
        src_mac: portMac(spec.id, host.port),
        dst_mac: host.mac,
        address: host.ipv4,
        udp_port: port,
      }),
    ),
    {
      kind: 'multicast-group',
      group,
      replicas: [
        ...links.map(({ port }) => ({ port, instance: port })),
        ...subscribers.map(({ number: own, host }) => ({
          port: host.port,
          instance: SUBSCRIBER_INSTANCES + own,
        })),
      ],
    },
    ...publishEntries(digest, number, group),
  ];
}

/** At a leaf: only these source names may publish; none given = any. */
export function publisherEntries(key: FabricKey, channel: Name, publishers: readonly Name[]): Entity[] {
  if (publishers.length === 0) return [];
  const rule = (source: Name | undefined, name: string, priority: number): Entity => ({
    kind: 'table-entry',
    table: ACL,
    match: {
      dst: prefixMask(channel.digest(key)),
      ...(source !== undefined && { src: prefixMask(source.digest(key)) }),
    },
    priority,
    action: { kind: 'action', name, params: {} },
  });
  return [
    rule(undefined, 'deny', PUBLISHERS_PRIORITY),
    ...publishers.map((source) => rule(source, 'permit', PUBLISHERS_PRIORITY + 1)),
  ];
}

function prefixMask(digest: NameDigest): { value: bigint; mask: bigint } {
  const mask = ((1n << BigInt(digest.prefixBits)) - 1n) << BigInt(256 - digest.prefixBits);
  return { value: digest.toBigInt(), mask };
}
