import type { Profile, Target } from './p4info.js';

/**
 * In what P4Info of the Tofino program may differ from v1model's, and why: docs/tofino.md says it to people. Whatever is
 * not here is the same, and what is here is different, or the test fails.
 */

/** Tables of v1model that a profile does not have. */
const WITHOUT_POLICY = [
  'ingress.admission.ports',
  'ingress.admission.grants',
  'ingress.services.clients',
  'ingress.services.policies',
  'ingress.names.strategy.acl',
  'ingress.names.strategy.limits',
];
/** 520 bits of key each, and for a version's digest another 256 bits of metadata: a profile of their own. */
const WITHOUT_STRATEGY = [
  'ingress.names.strategy.mirrors',
  'ingress.names.strategy.faults',
  'ingress.names.strategy.splits',
  // Its registers take five stages behind the FIB.
  'ingress.breaker.guards',
];
/** A tag takes 7 to 10 passes: a profile of its own. */
const WITHOUT_CREDENTIALS = ['ingress.admission.credentials'];
const WITHOUT_SINC = ['ingress.sinc.groups', 'ingress.sinc.sources', 'egress.delivery.ports'];
const WITHOUT_CACHE = ['ingress.cache.keys', 'ingress.cache.services'];
const WITHOUT_BROADCAST = ['egress.broadcast.branches'];

/** Tables of v1model that no profile has. */
const NOWHERE = [
  // Flows hold 512 bits of names to a cell.
  'ingress.names.flow_instances',
  // No profile is a SINC proxy.
  'ingress.egress_proxy.groups',
  'ingress.ingress_proxy.groups',
  'ingress.labels.forwarding',
  'egress.result_proxy.groups',
];

/** Tables that images lack which route and compute, and nothing else. */
const COMPUTES_ONLY = [
  ...NOWHERE,
  ...WITHOUT_CREDENTIALS,
  ...WITHOUT_POLICY,
  ...WITHOUT_STRATEGY,
  ...WITHOUT_CACHE,
  ...WITHOUT_BROADCAST,
];

const MISSING_TABLES: Readonly<Record<Profile, readonly string[]>> = {
  routing: [
    ...NOWHERE,
    ...WITHOUT_CREDENTIALS,
    ...WITHOUT_STRATEGY,
    ...WITHOUT_SINC.slice(0, 2),
    ...WITHOUT_CACHE,
  ],
  reduce: COMPUTES_ONLY,
  cells: COMPUTES_ONLY,
  cache: [
    ...[
      ...NOWHERE,
      ...WITHOUT_CREDENTIALS,
      ...WITHOUT_POLICY,
      ...WITHOUT_STRATEGY,
      ...WITHOUT_SINC.slice(0, 2),
    ],
    ...WITHOUT_BROADCAST,
  ],
  strategy: [
    ...[...NOWHERE, ...WITHOUT_CREDENTIALS, ...WITHOUT_SINC.slice(0, 2), ...WITHOUT_CACHE],
    ...WITHOUT_BROADCAST,
  ],
  edge: [...NOWHERE, ...WITHOUT_STRATEGY, ...WITHOUT_SINC.slice(0, 2), ...WITHOUT_CACHE],
};

/** Beside breakers, rules of 512 bits find no room in twelve stages. */
const MISSING_ON_TOFINO_1 = ['ingress.names.strategy.acl', 'ingress.names.strategy.limits'];

export function missingTables(target: Target, profile: Profile): readonly string[] {
  const missing = MISSING_TABLES[profile];
  // A Tofino 2 has room for all of it.
  if (target === 'tofino2' && profile === 'routing') {
    return missing.filter((name) => !WITHOUT_STRATEGY.includes(name));
  }
  return target === 'tofino' && profile === 'strategy' ? [...missing, ...MISSING_ON_TOFINO_1] : missing;
}

/** Ways to other switches' names are newer than the images: a Tofino answers echoes of its own hosts, and of probes. */
const TO_OTHER_SWITCHES = { 'ingress.names.fib': ['ingress.names.to_switch'] };

/** Actions that a table of a profile does not have. */
export const MISSING_ACTIONS: Readonly<Record<Profile, Readonly<Record<string, readonly string[]>>>> = {
  routing: {
    ...TO_OTHER_SWITCHES,
    // Flows, as above.
    'ingress.services.policies': ['ingress.services.stick'],
  },
  reduce: { ...TO_OTHER_SWITCHES, 'ingress.sinc.groups': ['ingress.sinc.cells'] },
  cells: {
    ...TO_OTHER_SWITCHES,
    'ingress.sinc.groups': ['ingress.sinc.reduce', 'ingress.sinc.reduce_saturating'],
  },
  cache: TO_OTHER_SWITCHES,
  strategy: {
    ...TO_OTHER_SWITCHES,
    // Flows, as above.
    'ingress.services.policies': ['ingress.services.stick'],
  },
  edge: {
    ...TO_OTHER_SWITCHES,
    // Flows, as above.
    'ingress.services.policies': ['ingress.services.stick'],
  },
};

/**
 * Actions that only the Tofino program has: what holds where no entry matches is the table's default action, which BMv2
 * does not know for tables with a selector. No controller sets them.
 */
export const DEFAULT_ACTIONS: readonly string[] = [
  'NoAction',
  'ingress.names.not_found',
  'ingress.underlay.unrouted',
  'ingress.admission.not_granted',
];

/** Digests with other members. */
export function otherDigest(profile: Profile, digest: string): readonly string[] | undefined {
  if (digest !== 'denied_t') return undefined;
  // A digest holds 48 bytes: not both names. Nor is there a credential to name, but on an edge.
  const key = profile === 'edge' ? ['key_id 16'] : [];
  return ['src 256', 'ingress_port 16', ...key, 'denial 8'];
}
