export { ActionProfile } from './action-profile.js';
export { type ActionCall, ActionRows, type ActionShape } from './action-rows.js';
export type { ColorCounts } from './color-counts.js';
export { CounterArray, type CounterValue, DirectCounter } from './counter.js';
export {
  type DigestConfig,
  type DigestSampleList,
  DigestStream,
  type DigestStreamOptions,
} from './digest.js';
export type {
  EntryAction,
  EntryNotes,
  OneShotMember,
  OneShotSettings,
  StoredEntry,
  TableEntry,
} from './entry.js';
export { SwitchError, type SwitchErrorCode } from './error.js';
export {
  type Crc64Config,
  type CrcConfig,
  crc,
  crc64,
  createHash,
  type HashAlgorithm,
  hashModulo,
  hashNames,
  internetChecksum,
  toeplitz,
} from './hash/index.js';
export { IdleTimeouts } from './idle-timeout.js';
export { allOnes, limbCount, prefixMask, readLimbs, writeLimbs } from './limbs.js';
export {
  describeMatch,
  type KeyField,
  type MatchKey,
  type MatchKind,
  type PlacedField,
} from './match-key.js';
export { MatchTable, type MatchTableOptions } from './match-table.js';
export {
  checkMeterConfig,
  DirectMeter,
  MeterArray,
  type MeterColor,
  type MeterConfig,
  type MeterType,
  type MeterUnit,
} from './meter.js';
export type {
  ActionProfileOptions,
  GroupLimit,
  GroupMember,
  ProfileGroup,
  ProfileMember,
} from './profile.js';
export type { RawEntry } from './raw-entry.js';
export { RegisterArray } from './register.js';
export { ValueSet, type ValueSetMember, type ValueSetOptions } from './value-set.js';
