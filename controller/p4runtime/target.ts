/*
 * What targets do differently from the specification, declared: a program asks these flags instead of a target's name.
 */

export type TargetName = 'embedded' | 'bmv2' | 'stratum-bmv2' | 'stratum-tofino';

export interface TargetProfile {
  readonly name: TargetName;
  /** Atomicities of a Write it accepts; others are UNIMPLEMENTED. */
  readonly atomicities: readonly ('continue-on-error' | 'rollback-on-error' | 'dataplane-atomic')[];
  /** Writes under way at the same time on one connection are applied in the order they were sent. */
  readonly keepsWriteOrder: boolean;
  /** Registers can be read, and written, over P4Runtime. */
  readonly registers: 'none' | 'read' | 'read-write';
  readonly valueSets: boolean;
  /** Answer to an insert into a full table. */
  readonly fullTable: 'RESOURCE_EXHAUSTED' | 'UNKNOWN';
  /** How ports of replicas are told: `bytes` (1.4 and later) or `number`. */
  readonly replicaPorts: 'bytes' | 'number';
  /** Groups can be made without members (with maxSize given), to be filled later. */
  readonly emptyGroups: boolean;
  /** A wildcard read of groups lists the members' weights as they were written. */
  readonly listsGroupWeights: boolean;
  /** A read of a table's default entry answers also where the controller has never set it. */
  readonly readsInitialDefaults: boolean;
  /** Direct counters and meters of all tables can be read by one wildcard. */
  readonly directWildcards: boolean;
  /** All digests can be read by one wildcard. */
  readonly digestWildcards: boolean;
  /** All cells of a counter or meter can be written by one update without index. */
  readonly wildcardCellWrites: boolean;
  /**
   * Clone sessions: `no-class` = without a class of service, `one-replica` = to one port, with instance 0 and a class
   * of service below 8, `none` = not to be counted on.
   */
  readonly cloneSessions: 'any' | 'no-class' | 'one-replica' | 'none';
  /** Meters of the P4Info do what they say; false = they are accepted, and may let everything pass. */
  readonly metersCount: boolean;
  /** What a backup is told when the primary leaves: NOT_FOUND (the specification), or it is made primary itself. */
  readonly primaryLeaves: 'not-found' | 'promotes-next';
  /** Roles are kept apart, and a role.config of this type is taken. */
  readonly roleConfig: 'none' | 'stratum.P4RoleConfig';
  /** Pipeline actions it knows. */
  readonly reconcileAndCommit: boolean;
  /**
   * p4_device_config: the JSON p4c makes for BMv2, or Stratum's archive of a Tofino build (bf-rt JSON, context, binary).
   */
  readonly deviceConfig: 'bmv2-json' | 'stratum-tofino';
}

const ALL_ATOMICITIES = ['continue-on-error', 'rollback-on-error', 'dataplane-atomic'] as const;

export const EMBEDDED: TargetProfile = {
  name: 'embedded',
  atomicities: ALL_ATOMICITIES,
  keepsWriteOrder: true,
  registers: 'read-write',
  valueSets: true,
  fullTable: 'RESOURCE_EXHAUSTED',
  replicaPorts: 'bytes',
  emptyGroups: true,
  listsGroupWeights: true,
  readsInitialDefaults: true,
  directWildcards: true,
  digestWildcards: true,
  wildcardCellWrites: true,
  cloneSessions: 'any',
  metersCount: true,
  primaryLeaves: 'not-found',
  roleConfig: 'stratum.P4RoleConfig',
  reconcileAndCommit: true,
  deviceConfig: 'bmv2-json',
};

/** simple_switch_grpc, which is the PI server. */
export const BMV2: TargetProfile = {
  name: 'bmv2',
  atomicities: ['continue-on-error'],
  keepsWriteOrder: false,
  registers: 'none',
  valueSets: false,
  fullTable: 'UNKNOWN',
  replicaPorts: 'number',
  emptyGroups: true,
  listsGroupWeights: true,
  readsInitialDefaults: true,
  directWildcards: false,
  digestWildcards: false,
  wildcardCellWrites: false,
  cloneSessions: 'no-class',
  metersCount: true,
  primaryLeaves: 'promotes-next',
  roleConfig: 'none',
  reconcileAndCommit: true,
  deviceConfig: 'bmv2-json',
};

/** Stratum's bmv2: Stratum in front of BMv2's pipeline, without PI's server. */
export const STRATUM_BMV2: TargetProfile = {
  ...BMV2,
  name: 'stratum-bmv2',
  primaryLeaves: 'not-found',
  roleConfig: 'stratum.P4RoleConfig',
  replicaPorts: 'number',
  reconcileAndCommit: false,
};

/**
 * Stratum on Tofino. Indirect meters are accepted and have no effect in some of its releases (stratum#398): check what
 * counts. Older releases take no mirror sessions (stratum#1051): say `{ ...STRATUM_TOFINO, cloneSessions: 'none' }`.
 */
export const STRATUM_TOFINO: TargetProfile = {
  ...STRATUM_BMV2,
  name: 'stratum-tofino',
  registers: 'read-write',
  fullTable: 'RESOURCE_EXHAUSTED',
  cloneSessions: 'one-replica',
  metersCount: false,
  deviceConfig: 'stratum-tofino',
};

export const TARGETS: Readonly<Record<TargetName, TargetProfile>> = {
  embedded: EMBEDDED,
  bmv2: BMV2,
  'stratum-bmv2': STRATUM_BMV2,
  'stratum-tofino': STRATUM_TOFINO,
};

/**
 * The profile that fits the answer of the Capabilities RPC: PI says 1.3.0. Undefined where the version does not settle
 * it (the embedded switch and Stratum both say 1.4 or later): name the profile then.
 */
export function detectTarget(apiVersion: string): TargetProfile | undefined {
  const version = /^1\.(\d+)(?:\.|$)/.exec(apiVersion);
  if (version === null) return undefined;
  return Number(version[1]) <= 3 ? BMV2 : undefined;
}
