import type { FabricKey } from '../../wire/index.js';
import { Name, REGISTRY_NAME } from '../../wire/index.js';
import { BROADCAST_TABLES, canBroadcast, GROUP_FIRST, MAX_BROADCASTS } from '../broadcast/entries.js';
import type { Entity, Schema } from '../p4runtime/index.js';
import {
  canDoPolicy,
  DENIED_DIGEST,
  FLOW_DIGEST,
  POLICY_METERS,
  POLICY_TABLES,
  SESSIONS,
} from '../policy/program.js';
import { canEncapsulate, PROXY_TABLES } from '../proxies/entries.js';
import { canAdmit, SPA_TABLES } from '../spa/program.js';
import { commonMembers, controllerEntry, echoEntry, gatewayEntries, switchName } from './names.js';
import type { Paths } from './paths.js';
import { type Capabilities, DIGESTS, MULTICAST_FIRST, PROFILES, TABLES } from './program.js';
import type { Ownership } from './reconciler.js';
import type { SwitchSpec, Topology } from './topology.js';
import { deliveryEntries, identityEntries, underlayEntries } from './underlay.js';

/** What of a switch the controller owns: all of sincmesh.p4's tables that the program has. */
export function ownershipOf(schema: Schema, capabilities: Capabilities): Ownership {
  const policy = canDoPolicy(schema);
  const has = (name: string) => schema.tables.find(name) !== undefined;
  return {
    tables: [
      ...Object.values(TABLES).filter((name) => has(name) && name !== TABLES.identity),
      ...(policy ? Object.values(POLICY_TABLES) : []),
      ...(canAdmit(schema) ? Object.values(SPA_TABLES) : []),
      ...(canBroadcast(schema) ? Object.values(BROADCAST_TABLES) : []),
      ...(canEncapsulate(schema) ? Object.values(PROXY_TABLES) : []),
    ],
    meters: policy ? Object.values(POLICY_METERS) : [],
    ...(policy && { cloneSessions: SESSIONS }),
    defaults: [TABLES.identity],
    profiles: Object.values(PROFILES),
    multicastGroups: { first: MULTICAST_FIRST, last: GROUP_FIRST + MAX_BROADCASTS - 1 },
    // A copy without its branch would leave unaddressed.
    beforeGroups: canBroadcast(schema) ? Object.values(BROADCAST_TABLES) : [],
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
      ],
    ],
    ['gateway', gateway === undefined || spec.role !== 'leaf' ? [] : gatewayEntries(gateway.ipv4)],
  ]);
}
