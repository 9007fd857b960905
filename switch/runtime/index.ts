export {
  ActionProfile,
  type ActionProfileOptions,
  type GroupLimit,
  type GroupMember,
  type ProfileGroup,
  type ProfileMember,
} from './action-profile.js';
export { type ActionCall, ActionRows, type ActionShape } from './action-rows.js';
export { CounterArray, type CounterValue, DirectCounter } from './counter.js';
export {
  type DigestConfig,
  type DigestSampleList,
  DigestStream,
  type DigestStreamOptions,
} from './digest.js';
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
export type { KeyField, MatchKey, MatchKind, PlacedField } from './match-key.js';
export {
  describeMatch,
  type EntryAction,
  type EntryNotes,
  MatchTable,
  type MatchTableOptions,
  type OneShotMember,
  type StoredEntry,
  type TableEntry,
} from './match-table.js';
export {
  checkMeterConfig,
  DirectMeter,
  MeterArray,
  type MeterColor,
  type MeterConfig,
  type MeterUnit,
} from './meter.js';
export { RegisterArray } from './register.js';
export { ValueSet, type ValueSetMember, type ValueSetOptions } from './value-set.js';
