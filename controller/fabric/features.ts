import { BROADCAST_TABLES } from '../broadcast/entries.js';
import type { Schema } from '../p4runtime/index.js';
import {
  DENIED_DIGEST,
  FLOW_DIGEST,
  POLICY_COUNTERS,
  POLICY_METERS,
  POLICY_TABLES,
  SESSIONS,
} from '../policy/program.js';
import { PROXY_TABLES } from '../proxies/entries.js';
import { SLOTS, SPA_NEWEST, SPA_TABLES, SPA_WINDOW } from '../spa/program.js';

/** Entries a rule's table holds. */
export interface RuleFeature {
  readonly entries: number;
}

/** Credentials; the switch remembers what has passed for slots below `slots`. */
export interface CredentialsFeature extends RuleFeature {
  readonly slots: number;
}

/**
 * What a program can do for policies, trust and names, by its P4Info: each feature with what it takes (tables, actions,
 * meters, counters, digests) and how much of it there is. Undefined or false = the program lacks it.
 */
export interface Features {
  /** Access rules. */
  readonly access: RuleFeature | undefined;
  /** Rates; `cells` of their meter. */
  readonly rates: (RuleFeature & { readonly cells: number }) | undefined;
  /** Rates of Nacks, one for each of so many ports. */
  readonly nackRates: { readonly ports: number } | undefined;
  readonly mirrors: (RuleFeature & { readonly sessions: number }) | undefined;
  readonly faults: RuleFeature | undefined;
  /** Splits; `weights` of all of them together. */
  readonly splits: (RuleFeature & { readonly weights: number }) | undefined;
  /** Circuit breakers, one for each of so many instances. */
  readonly breakers: { readonly instances: number } | undefined;
  /** Requests, responses and Nacks counted for services with numbers below this. */
  readonly accounts: { readonly services: number } | undefined;
  /** Time to answer counted for these services, by its logarithm. */
  readonly latency: boolean;
  /** Flows keep their instance. */
  readonly stickiness: boolean;
  /** Flows that are over are reported. */
  readonly flowReports: boolean;
  /** Source names are checked by the port a packet comes by. */
  readonly admission: { readonly ports: number; readonly grants: number } | undefined;
  /** Tags are verified. */
  readonly credentials: CredentialsFeature | undefined;
  /** Refused packets are reported. */
  readonly denials: boolean;
  readonly broadcasts: boolean;
  /** SINC in NSH and behind MPLS. */
  readonly encapsulations: boolean;
}

export type Feature = keyof Features;

/** What people call a feature. */
export const FEATURE_NAMES: Readonly<Record<Feature, string>> = {
  access: 'access rules',
  rates: 'rates',
  nackRates: 'rates of Nacks',
  mirrors: 'mirrors',
  faults: 'faults',
  splits: 'splits',
  breakers: 'breakers',
  accounts: 'accounts of services',
  latency: 'counters of latency',
  stickiness: 'sticky flows',
  flowReports: 'reports of flows',
  admission: 'grants to check source names by',
  credentials: 'credentials to check source names by',
  denials: 'reports of refused packets',
  broadcasts: 'broadcasts',
  encapsulations: 'SINC proxies',
};

/** Profile of the Tofino images that has a feature; undefined = none has. */
export const IMAGE_WITH: Readonly<Record<Feature, string | undefined>> = {
  access: 'routing',
  rates: 'routing',
  nackRates: 'routing',
  mirrors: 'strategy',
  faults: 'strategy',
  splits: 'strategy',
  breakers: 'strategy',
  accounts: 'routing',
  latency: undefined,
  stickiness: undefined,
  flowReports: undefined,
  admission: 'routing',
  credentials: 'edge',
  denials: 'routing',
  broadcasts: 'routing',
  encapsulations: undefined,
};

const STICK = 'ingress.services.stick';
const VERSIONS = 'ingress.names.strategy.versions';

/** Reads what a program has of each feature. */
export function featuresOf(schema: Schema): Features {
  const table = (name: string) => schema.tables.find(name);
  const has = (names: Iterable<string>) => [...names].every((name) => table(name) !== undefined);
  const rule = (name: string): RuleFeature | undefined => {
    const found = table(name);
    return found === undefined ? undefined : { entries: found.size };
  };
  const meter = (name: string) => schema.meters.find(name)?.size;
  const counter = (name: string) => schema.counters.find(name);
  const { tables, sizes } = {
    tables: POLICY_TABLES,
    sizes: {
      rates: meter(POLICY_METERS.rates),
      nackRates: meter(POLICY_METERS.nackRates),
      weights: schema.profiles.find(VERSIONS)?.size,
    },
  };
  const access = rule(tables.acl);
  const limits = rule(tables.limits);
  const mirrors = rule(tables.mirrors);
  const splits = rule(tables.splits);
  const guards = rule(tables.guards);
  const counted = [POLICY_COUNTERS.requests, POLICY_COUNTERS.responses, POLICY_COUNTERS.nacks].map(counter);
  const services = table(tables.services);
  const hasAccounts =
    services !== undefined && has([tables.clients]) && counted.every((one) => one !== undefined);
  const stickiness =
    services?.actions.some(({ name }) => name === STICK) === true && has([tables.flowInstances]);
  const ports = table(SPA_TABLES.ports);
  const grants = table(SPA_TABLES.grants);
  const admission =
    ports === undefined || grants === undefined ? undefined : { ports: ports.size, grants: grants.size };
  return {
    access,
    rates: limits === undefined || sizes.rates === undefined ? undefined : { ...limits, cells: sizes.rates },
    nackRates: sizes.nackRates === undefined ? undefined : { ports: sizes.nackRates },
    mirrors: mirrors === undefined ? undefined : { ...mirrors, sessions: SESSIONS.last },
    faults: rule(tables.faults),
    splits:
      splits === undefined || sizes.weights === undefined ? undefined : { ...splits, weights: sizes.weights },
    breakers: guards === undefined ? undefined : { instances: guards.entries },
    accounts: hasAccounts
      ? { services: Math.min(services.size, counter(POLICY_COUNTERS.requests)?.size ?? 0) }
      : undefined,
    latency: hasAccounts && counter(POLICY_COUNTERS.latency) !== undefined,
    stickiness,
    flowReports: stickiness && schema.digests.find(FLOW_DIGEST) !== undefined,
    admission,
    credentials: admission === undefined ? undefined : credentialsOf(schema, rule(SPA_TABLES.credentials)),
    denials: schema.digests.find(DENIED_DIGEST) !== undefined,
    broadcasts: has([...Object.values(BROADCAST_TABLES), tables.acl]),
    encapsulations: has(Object.values(PROXY_TABLES)),
  };
}

/** Its register has a window of sequence numbers for each slot; no register: as many slots as there ever are. */
function credentialsOf(schema: Schema, entries: RuleFeature | undefined): CredentialsFeature | undefined {
  if (entries === undefined) return undefined;
  const cells = schema.registers.find(SPA_NEWEST)?.size;
  return { ...entries, slots: cells === undefined ? SLOTS : Math.floor(cells / SPA_WINDOW) };
}
