import type { Schema } from '../p4runtime/index.js';

/** What sincmesh.p4 has for policies, as its P4Info names it. */
export const POLICY_TABLES = {
  clients: 'ingress.services.clients',
  services: 'ingress.services.policies',
  flowInstances: 'ingress.names.flow_instances',
  guards: 'ingress.breaker.guards',
  acl: 'ingress.names.strategy.acl',
  limits: 'ingress.names.strategy.limits',
  mirrors: 'ingress.names.strategy.mirrors',
  faults: 'ingress.names.strategy.faults',
  splits: 'ingress.names.strategy.splits',
} as const;

export const POLICY_METERS = {
  rates: 'ingress.names.strategy.rates',
  nackRates: 'ingress.names.nack_rates',
} as const;

export const POLICY_COUNTERS = {
  requests: 'ingress.services.requests',
  responses: 'ingress.accounts.responses',
  nacks: 'ingress.accounts.nacks',
  latency: 'ingress.accounts.latency',
} as const;

export const DENIED_DIGEST = 'denied_t';
/** Flows that are over. */
export const FLOW_DIGEST = 'flow_over_t';

/** Cells of `rates`, entries of each rule table, of `guards` and `services.policies`, weights of `versions` altogether. */
export const SIZES = {
  rates: 1024,
  rules: 4096,
  guards: 16_384,
  services: 4096,
  versionWeights: 1024,
} as const;

/** Most a group of versions may weigh: the program allows 256, and all of them share 1,024. */
export const MAX_SPLIT_WEIGHT = 100;

/** Clone sessions of policies; BMv2 has 32,767. */
export const SESSIONS = { first: 1, last: 1023 } as const;

/** Whether a program has all of it; one that lacks something is driven without policies. */
export function canDoPolicy(schema: Schema): boolean {
  return (
    Object.values(POLICY_TABLES).every((name) => schema.tables.find(name) !== undefined) &&
    Object.values(POLICY_METERS).every((name) => schema.meters.find(name) !== undefined) &&
    Object.values(POLICY_COUNTERS).every((name) => schema.counters.find(name) !== undefined)
  );
}
