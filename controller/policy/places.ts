import { ControllerError } from '../errors.js';
import type { Feature } from '../fabric/features.js';
import { type ProfileOf, requireFeature } from '../fabric/program-profile.js';
import type { Topology } from '../fabric/topology.js';
import type { Entity } from '../p4runtime/index.js';
import { POLICY_METERS } from './program.js';
import { meterCell } from './rules.js';
import type { NackRate, PolicySpec } from './spec.js';

/** Throws ControllerError BAD_REQUEST where a policy names a switch that is no leaf of the fabric. */
export function checkPlaces(spec: PolicySpec, topology: Topology): void {
  const here = (spec.at ?? []).map((name) => ({ switch: name }));
  const named = [...(spec.mirror?.to ?? []), ...(spec.nackRates ?? []), ...here];
  for (const { switch: name } of named) {
    if (name === undefined || topology.switches.get(name)?.role === 'leaf') continue;
    const leaves = [...topology.switches.values()].filter(({ role }) => role === 'leaf');
    throw new ControllerError(
      'BAD_REQUEST',
      `policy: '${name}' is no leaf of the fabric; it has ${leaves.map((leaf) => leaf.name).join(', ')}`,
    );
  }
  const at = (spec.mirror?.to ?? []).map((place) => place.switch);
  if (new Set(at).size < at.length) {
    throw new ControllerError(
      'BAD_REQUEST',
      'policy: /mirror/to names a switch twice; one port copies for each',
    );
  }
}

/** What a program needs for a rule; mirrors are looked at apart. */
const NEEDS: readonly (readonly [keyof PolicySpec, Feature])[] = [
  ['access', 'access'],
  ['rate', 'rates'],
  ['breaker', 'breakers'],
  ['fault', 'faults'],
  ['split', 'splits'],
  ['stickiness', 'stickiness'],
];

/** Throws ControllerError NOT_POSSIBLE where a leaf that has to do what the policy says has a program that cannot. */
export function checkFeatures(spec: PolicySpec, leaves: readonly string[], profileOf: ProfileOf): void {
  const at = spec.at ?? leaves;
  for (const [rule, feature] of NEEDS) {
    if (spec[rule] === undefined) continue;
    const able = leaves.filter((leaf) => profileOf(leaf).features[feature]);
    const instead = able.length === 0 ? undefined : `give the policy at: [${able.join(', ')}]`;
    requireFeature(feature, at, profileOf, instead);
  }
  const copying = (spec.mirror?.to ?? []).map((place) => place.switch);
  requireFeature('mirrors', copying, profileOf);
  for (const { switch: name } of spec.nackRates ?? []) {
    requireFeature('nackRates', name === undefined ? leaves : [name], profileOf);
  }
}

/**
 * What holds for a port no policy speaks of: a client may send as much to a breaker that is open and learn it each time,
 * and a flood for nothing makes no flood of Nacks.
 */
export const DEFAULT_NACK_RATE = { packetsPerSecond: 100_000, burst: 10_000 } as const;

/**
 * The rates of Nacks at a switch's ports. Where several policies name a port, the one that names it most exactly counts,
 * of equals the one of higher priority, then the first by name.
 */
export function nackRateCells(
  policies: ReadonlyMap<string, PolicySpec>,
  topology: Topology,
  at: string,
): Entity[] {
  const withHosts = [...topology.hosts.values()].filter((host) => host.switch === at).map(({ port }) => port);
  const links = topology.links.flatMap(({ a, b }) => [a, b]).filter((end) => end.switch === at);
  const rates = [...policies].flatMap(([name, spec]) =>
    (spec.nackRates ?? [])
      .filter((rate) => rate.switch === undefined || rate.switch === at)
      .map((rate) => ({ name, priority: spec.priority, rate })),
  );
  rates.sort((a, b) => {
    const exact = exactness(b.rate) - exactness(a.rate);
    return exact || b.priority - a.priority || (a.name < b.name ? -1 : 1);
  });
  const isLeaf = topology.switches.get(at)?.role === 'leaf';
  const named = rates.flatMap(({ rate }) => (rate.port === undefined || !isLeaf ? [] : [rate.port]));
  return [...new Set([...withHosts, ...links.map(({ port }) => port), ...named])].map((port) => {
    const found = rates.find(({ rate }) =>
      rate.port === undefined ? withHosts.includes(port) : isLeaf && rate.port === port,
    );
    return meterCell(POLICY_METERS.nackRates, port, found?.rate ?? DEFAULT_NACK_RATE);
  });
}

function exactness({ switch: at, port }: NackRate): number {
  return (port === undefined ? 0 : 2) + (at === undefined ? 0 : 1);
}
