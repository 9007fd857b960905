export { type ArbitrationState, Arbitrator, type ArbitratorOptions, type RoleConfig } from './arbitration.js';
export { Backoff, type BackoffOptions } from './backoff.js';
export type { CallControl } from './calls.js';
export { type ClientStats, SwitchClient } from './client.js';
export type { DataInput, DataValue } from './data.js';
export type { DigestList } from './digests.js';
export type { ActionCall } from './entities/action.js';
export type {
  DecodedProfileGroup,
  DecodedProfileMember,
  GroupMember,
  ProfileGroup,
  ProfileMember,
} from './entities/action-profile.js';
export type { CounterData, MeterConfig } from './entities/cells.js';
export type { CounterCell, DecodedCounterCell, DirectCounterCell } from './entities/counter.js';
export type { DigestConfig } from './entities/digest-config.js';
export { type DecodedEntity, decodeEntity, type Entity, encodeEntity } from './entities/index.js';
export type { MatchInput, MatchOutput } from './entities/match.js';
export type { DirectMeterCell, MeterCell } from './entities/meter.js';
export type { RegisterCell } from './entities/register.js';
export type { CloneSession, MulticastGroup, ReplicaSpec } from './entities/replication.js';
export type { DecodedTableEntry, EntryAction, TableEntry, WeightedAction } from './entities/table-entry.js';
export type { ValueSet } from './entities/value-set.js';
export {
  type LocalCode,
  P4RuntimeError,
  type StatusName,
  type UpdateFailure,
} from './errors.js';
export { encodeIdentified, type Identified } from './identified.js';
export type { StreamProblem } from './notices.js';
export type { SwitchClientOptions, TlsOptions } from './options.js';
export type { PacketIn } from './packet-io.js';
export { type Pipeline, type PipelineAction, type PipelineOptions, pipelineCookie } from './pipeline.js';
export { type StratumRole, stratumRoleConfig } from './role-config.js';
export { Schema } from './schema.js';
export { Signal, type SignalValues, type ValuesOptions } from './signal.js';
export {
  BMV2,
  detectTarget,
  EMBEDDED,
  STRATUM_BMV2,
  STRATUM_TOFINO,
  TARGETS,
  type TargetName,
  type TargetProfile,
} from './target.js';
export { generateTypes, type TypegenOptions } from './typegen/generate.js';
export type { ReadValue, Value } from './values.js';
export {
  type Atomicity,
  type EncodedEntity,
  insert,
  MAX_BATCH_BYTES,
  MAX_BATCH_UPDATES,
  modify,
  remove,
  type Update,
  type UpdateType,
} from './write.js';
export type { WriteControl } from './writer.js';
