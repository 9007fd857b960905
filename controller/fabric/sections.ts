import type { FabricKey } from '../../wire/index.js';
import { Name, REGISTRY_NAME } from '../../wire/index.js';
import { BROADCAST_TABLES, GROUP_FIRST, MAX_BROADCASTS } from '../broadcast/entries.js';
import type { Entity, Schema } from '../p4runtime/index.js';
import { DENIED_DIGEST, FLOW_DIGEST, POLICY_METERS, POLICY_TABLES, SESSIONS } from '../policy/program.js';
import { PROXY_TABLES } from '../proxies/entries.js';
import { SPA_TABLES } from '../spa/program.js';
import {
  commonMembers,
  controllerEntry,
  echoEntry,
  gatewayEntries,
  noInstanceEntry,
  switchEntries,
  switchName,
} from './names.js';
import type { Paths } from './paths.js';
import { type Capabilities, DIGESTS, MULTICAST_FIRST, PROFILES, TABLES } from './program.js';
import type { Ownership } from './reconciler.js';
import type { SwitchSpec, Topology } from './topology.js';
import { deliveryEntries, identityEntries, underlayEntries } from './underlay.js';

/** What of a switch the controller owns: of all of sincmesh.p4's tables, meters, digests those that its program has. */
export function ownershipOf(schema: Schema, capabilities: Capabilities): Ownership {
  const tables = (names: Readonly<Record<string, string>>) =>
    Object.values(names).filter((name) => schema.tables.find(name) !== undefined);
  const hasMirrors = schema.tables.find(POLICY_TABLES.mirrors) !== undefined;
  return {
    tables: [
      ...tables(TABLES).filter((name) => name !== TABLES.identity),
      ...tables(POLICY_TABLES),
      ...tables(SPA_TABLES),
      ...tables(BROADCAST_TABLES),
      ...tables(PROXY_TABLES),
    ],
    meters: Object.values(POLICY_METERS).filter((name) => schema.meters.find(name) !== undefined),
    ...(hasMirrors && { cloneSessions: SESSIONS }),
    defaults: [TABLES.identity],
    profiles: Object.values(PROFILES),
    multicastGroups: { first: MULTICAST_FIRST, last: GROUP_FIRST + MAX_BROADCASTS - 1 },
    // A copy without its branch would leave unaddressed.
    beforeGroups: tables(BROADCAST_TABLES),
    digests: [
      ...(capabilities.cache ? [DIGESTS.hotKey] : []),
      ...[DENIED_DIGEST, FLOW_DIGEST].filter((name) => schema.digests.find(name) !== undefined),
    ],
    // A cache slot must never have two keys, a SINC cell never two groups.
    breakBeforeMake: [
      ...(capabilities.cache ? [TABLES.keys] : []),
      ...(capabilities.sinc ? [TABLES.groups] : []),
    ],
  };
}

/** The sections of a switch that follow from the topology alone. */
export function staticSections(
  topology: Topology,
  paths: Paths,
  spec: SwitchSpec,
  key: FabricKey,
  capabilities: Capabilities,
): Map<string, Entity[]> {
  const gateway = topology.hosts.get(topology.fabric.gateway ?? '');
  return new Map([
    ['identity', identityEntries(spec)],
    ['underlay', underlayEntries(topology, paths, spec)],
    ['delivery', capabilities.sinc ? deliveryEntries(topology, spec) : []],
    [
      'fabric-names',
      [
        ...commonMembers(),
        controllerEntry(Name.parse(REGISTRY_NAME).digest(key)),
        echoEntry(switchName(spec.name).digest(key)),
        ...(capabilities.leads ? otherSwitches(topology, paths, spec, key) : []),
      ],
    ],
    ['gateway', gateway === undefined || spec.role !== 'leaf' ? [] : gatewayEntries(gateway.ipv4)],
  ]);
}

/** Ways to the other switches; one that no path reaches is nobody's, rather than the gateway's. */
function otherSwitches(topology: Topology, paths: Paths, spec: SwitchSpec, key: FabricKey): Entity[] {
  return [...topology.switches.values()]
    .filter(({ name }) => name !== spec.name)
    .flatMap(({ name, id, loopback }) => {
      const digest = switchName(name).digest(key);
      const isReached = paths.nextHops(spec.name, name).length > 0;
      return isReached ? switchEntries(digest, id, loopback) : [noInstanceEntry(digest)];
    });
}
