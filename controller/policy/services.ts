import type { FabricKey } from '../../wire/index.js';
import type { Features } from '../fabric/features.js';
import type { Entity } from '../p4runtime/index.js';
import type { Service } from '../registry/registry.js';
import { POLICY_TABLES } from './program.js';
import { call, flowOf, holdsAt } from './rules.js';
import type { BreakerLimits, PolicySpec } from './spec.js';

/** The policies that concern a service, each in force where no other with the same rule goes before it. */
export interface ServiceRules {
  readonly breaker: BreakerLimits | undefined;
  readonly stickiness: PolicySpec['stickiness'];
  readonly weights: PolicySpec['weights'];
}

/**
 * Of the policies with a rule that covers the service, the one of highest priority, of equal ones the most specific; at
 * a leaf, of those that hold there.
 */
export function rulesOf(
  service: Service,
  policies: Iterable<readonly [string, PolicySpec]>,
  leaf?: string,
): ServiceRules {
  const covering = [...policies]
    .filter(([, spec]) => leaf === undefined || holdsAt(spec, leaf))
    .map(([name, spec]) => ({ name, spec, destination: flowOf(spec).destination }))
    .filter(({ destination }) => destination === undefined || destination.covers(service.name))
    .sort((a, b) => {
      const depth = (b.destination?.components.length ?? 0) - (a.destination?.components.length ?? 0);
      return b.spec.priority - a.spec.priority || depth || (a.name < b.name ? -1 : 1);
    });
  const first = <K extends keyof PolicySpec>(rule: K) =>
    covering.find(({ spec }) => spec[rule] !== undefined)?.spec[rule];
  return { breaker: first('breaker'), stickiness: first('stickiness'), weights: first('weights') };
}

/** What a service is counted under: its number, where the program's counters have one for it. */
export function accountOf(service: { readonly number: number }, features: Features): number | undefined {
  const { accounts } = features;
  return accounts !== undefined && service.number < accounts.services ? service.number : undefined;
}

/**
 * What a leaf holds for a service, as far as its program has it: what its packets are counted under, whether flows keep
 * their instance, and the breakers of its instances.
 * @param flows generation of its flows, 1 to 255
 * @param generationOf of an instance's breaker, 1 to 255
 */
export function serviceRuleEntries(
  key: FabricKey,
  service: Service,
  rules: ServiceRules,
  flows: number,
  generationOf: (instance: number) => number,
  features: Features,
): Entity[] {
  const entries: Entity[] = [];
  const index = accountOf(service, features);
  const digest = service.name.digest(key);
  const breaker = features.breakers === undefined ? undefined : rules.breaker;
  const stickiness = features.stickiness ? rules.stickiness : undefined;
  if (index !== undefined) {
    entries.push({
      kind: 'table-entry',
      table: POLICY_TABLES.services,
      match: { name: { value: digest.toBigInt(), prefixLength: digest.prefixBits } },
      action:
        stickiness === undefined
          ? call('count', { index })
          : call('stick', { index, idle: Math.round(stickiness.idleMs * 1000), generation: flows }),
    });
  }
  for (const { id } of service.instances) {
    if (stickiness !== undefined && index !== undefined) {
      entries.push({
        kind: 'table-entry',
        table: POLICY_TABLES.flowInstances,
        match: { instance: id },
        action: call('alive'),
      });
    }
    if (breaker === undefined) continue;
    entries.push({
      kind: 'table-entry',
      table: POLICY_TABLES.guards,
      match: { instance: id },
      action: call('limits', {
        generation: generationOf(id),
        window: windowLog(breaker.windowMs),
        max_outstanding: breaker.maxOutstanding,
        max_failures: breaker.maxFailures,
        rest: Math.round(breaker.restMs * 1000),
      }),
    });
  }
  return entries;
}

/** Binary logarithm of the microseconds of the shortest window that is not shorter. */
export function windowLog(windowMs: number): number {
  return Math.ceil(Math.log2(windowMs * 1000));
}
