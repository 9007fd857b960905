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

/** Most a group of versions may weigh: the program allows 256, and all of them share 1,024. */
export const MAX_SPLIT_WEIGHT = 100;

/** Clone sessions of policies; BMv2 has 32,767. */
export const SESSIONS = { first: 1, last: 1023 } as const;
