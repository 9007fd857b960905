import { ControllerError } from '../errors.js';
import type { Schema } from '../p4runtime/index.js';

/** The control surface of sincmesh.p4, as its P4Info names it. */
export const TABLES = {
  identity: 'ingress.identity',
  routes: 'ingress.underlay.routes',
  fib: 'ingress.names.fib',
  groups: 'ingress.sinc.groups',
  sources: 'ingress.sinc.sources',
  services: 'ingress.cache.services',
  keys: 'ingress.cache.keys',
  ports: 'egress.delivery.ports',
} as const;

export const PROFILES = {
  nextHops: 'ingress.underlay.next_hops',
  instances: 'ingress.names.instances',
} as const;

export const COUNTERS = { hits: 'ingress.cache.hits' } as const;

export const DIGESTS = { hotKey: 'hot_key_t' } as const;

/** Multicast groups this controller owns; BMv2 has 4,096. */
export const MULTICAST_FIRST = 1;
export const MULTICAST_LAST = 2047;

/** Why a packet came to the controller (docs/protocol.md section 5). */
export const PACKET_IN = { name: 1, arp: 2, ttl: 3, route: 4 } as const;

const TO_SWITCH = 'ingress.names.to_switch';

/** What a program can do beyond forwarding; a program without a part is driven without it. */
export interface Capabilities {
  readonly sinc: boolean;
  readonly cache: boolean;
  /** Switches lead to one another's names. */
  readonly leads: boolean;
}

/**
 * What a program offers. Throws ControllerError NOT_POSSIBLE where it lacks something no fabric works without.
 */
export function capabilitiesOf(schema: Schema): Capabilities {
  const required = [TABLES.identity, TABLES.routes, TABLES.fib];
  const missing: string[] = required.filter((name) => schema.tables.find(name) === undefined);
  for (const profile of Object.values(PROFILES)) {
    if (schema.profiles.find(profile) === undefined) missing.push(profile);
  }
  if (missing.length > 0) {
    throw new ControllerError(
      'NOT_POSSIBLE',
      `the program has no ${missing.join(', ')}; give the P4Info of sincmesh.p4`,
    );
  }
  const has = (...names: string[]) => names.every((name) => schema.tables.find(name) !== undefined);
  return {
    sinc: has(TABLES.groups, TABLES.sources, TABLES.ports),
    cache:
      has(TABLES.services, TABLES.keys) &&
      schema.counters.find(COUNTERS.hits) !== undefined &&
      schema.digests.find(DIGESTS.hotKey) !== undefined,
    leads: schema.tables.get(TABLES.fib).actions.some(({ name }) => name === TO_SWITCH),
  };
}
