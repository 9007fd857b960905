import { ControllerError } from '../errors.js';
import type { Service } from '../registry/registry.js';
import { SIZES } from './program.js';
import { flowOf, overlap, sharesFor } from './rules.js';
import { rulesOf } from './services.js';
import type { PolicySpec } from './spec.js';

type Named = readonly [string, PolicySpec];

const RULES = ['access', 'rate', 'mirror', 'fault', 'split', 'breaker', 'stickiness', 'weights'] as const;

/**
 * Refuses a policy that says something for the very packets another one says it for, with the same priority: a switch
 * could not tell which counts. Throws ControllerError CONFLICT.
 */
export function refuseClash(name: string, spec: PolicySpec, others: readonly Named[]): void {
  for (const [other, theirs] of others) {
    const isSame =
      theirs.destination === spec.destination &&
      theirs.source === spec.source &&
      theirs.tag === spec.tag &&
      theirs.priority === spec.priority;
    const rule = isSame
      ? RULES.find((each) => spec[each] !== undefined && theirs[each] !== undefined)
      : undefined;
    if (rule === undefined) continue;
    throw new ControllerError(
      'CONFLICT',
      `policies '${other}' and '${name}' both give ${rule} for the same packets; give '${name}' another priority`,
    );
  }
}

/** Throws ControllerError NO_ROOM where a leaf's tables cannot take all of the policies. */
export function checkRoom(policies: readonly Named[], services: readonly Service[]): void {
  const count = (rule: keyof PolicySpec) => policies.filter(([, spec]) => spec[rule] !== undefined).length;
  // The tables of limits and access rules are shared with dynamic trust, which takes an entry per host.
  for (const rule of ['access', 'rate', 'mirror', 'fault'] as const) {
    if (count(rule) > SIZES.rules) throw full(`${rule} rules`, count(rule), SIZES.rules);
  }
  let splits = 0;
  let weights = 0;
  for (const [, spec] of policies) {
    if (spec.split === undefined) continue;
    const versions = new Set(spec.split.flatMap(({ version }) => version ?? []));
    const shares = sharesFor(spec.split, versions) ?? [];
    const { destination } = flowOf(spec);
    const concerned = services.filter((service) => overlap(destination, service.name) !== undefined).length;
    splits += concerned;
    weights += concerned * shares.reduce((sum, { weight }) => sum + weight, 0);
  }
  if (splits > SIZES.rules) throw full('splits', splits, SIZES.rules);
  if (weights > SIZES.versionWeights) throw full('weights of splits', weights, SIZES.versionWeights);
  let guards = 0;
  for (const service of services) {
    if (rulesOf(service, policies).breaker !== undefined) guards += service.instances.length;
  }
  if (guards > SIZES.guards) throw full('breakers', guards, SIZES.guards);
}

function full(what: string, wanted: number, size: number): ControllerError {
  return new ControllerError(
    'NO_ROOM',
    `${wanted} ${what} do not fit the ${size} a switch has; give a narrower destination, or delete policies`,
  );
}
