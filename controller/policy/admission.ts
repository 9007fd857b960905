import { ControllerError } from '../errors.js';
import type { Features } from '../fabric/features.js';
import type { Service } from '../registry/registry.js';
import { flowOf, holdsAt, overlap, sharesFor } from './rules.js';
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
      theirs.priority === spec.priority &&
      meet(theirs.at, spec.at);
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

/** Whether two policies hold at one leaf at least; undefined = at all. */
function meet(a: readonly string[] | undefined, b: readonly string[] | undefined): boolean {
  return a === undefined || b === undefined || a.some((leaf) => b.includes(leaf));
}

/** Throws ControllerError NO_ROOM where the tables of a leaf cannot take all of the policies that hold there. */
export function checkRoom(
  policies: readonly Named[],
  services: readonly Service[],
  leaf: string,
  features: Features,
): void {
  const here = policies.filter(([, spec]) => holdsAt(spec, leaf));
  const count = (rule: keyof PolicySpec) => here.filter(([, spec]) => spec[rule] !== undefined).length;
  const check = (what: string, wanted: number, size: number | undefined) => {
    if (size !== undefined && wanted > size) throw full(what, wanted, size, leaf);
  };
  // The tables of limits and access rules are shared with dynamic trust, which takes an entry per host.
  check('access rules', count('access'), features.access?.entries);
  check('rate rules', count('rate'), features.rates?.entries);
  check('mirror rules', count('mirror'), features.mirrors?.entries);
  check('fault rules', count('fault'), features.faults?.entries);
  let splits = 0;
  let weights = 0;
  for (const [, spec] of here) {
    if (spec.split === undefined) continue;
    const versions = new Set(spec.split.flatMap(({ version }) => version ?? []));
    const shares = sharesFor(spec.split, versions) ?? [];
    const { destination } = flowOf(spec);
    const concerned = services.filter((service) => overlap(destination, service.name) !== undefined).length;
    splits += concerned;
    weights += concerned * shares.reduce((sum, { weight }) => sum + weight, 0);
  }
  check('splits', splits, features.splits?.entries);
  check('weights of splits', weights, features.splits?.weights);
  let guards = 0;
  for (const service of services) {
    if (rulesOf(service, here).breaker !== undefined) guards += service.instances.length;
  }
  check('breakers', guards, features.breakers?.instances);
}

function full(what: string, wanted: number, size: number, leaf: string): ControllerError {
  return new ControllerError(
    'NO_ROOM',
    `${wanted} ${what} do not fit the ${size} that ${leaf} has; give a narrower destination, or delete policies`,
  );
}
