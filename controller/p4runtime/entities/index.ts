import { Entity as EntityMessage } from 'p4runtime-js';
import { P4RuntimeError } from '../errors.js';
import { suggestion } from '../names.js';
import type { Schema } from '../schema.js';
import {
  type DecodedProfileGroup,
  type DecodedProfileMember,
  decodeGroup,
  decodeMember,
  encodeGroup,
  encodeMember,
  type ProfileGroup,
  type ProfileMember,
} from './action-profile.js';
import {
  type CounterCell,
  type DecodedCounterCell,
  type DecodedDirectCounterCell,
  type DirectCounterCell,
  decodeCounter,
  decodeDirectCounter,
  encodeCounter,
  encodeDirectCounter,
} from './counter.js';
import {
  type DecodedDigestConfig,
  type DigestConfig,
  decodeDigestConfig,
  encodeDigestConfig,
} from './digest-config.js';
import {
  type DecodedDirectMeterCell,
  type DecodedMeterCell,
  type DirectMeterCell,
  decodeDirectMeter,
  decodeMeter,
  encodeDirectMeter,
  encodeMeter,
  type MeterCell,
} from './meter.js';
import { type DecodedRegisterCell, decodeRegister, encodeRegister, type RegisterCell } from './register.js';
import {
  type CloneSession,
  type DecodedCloneSession,
  type DecodedMulticastGroup,
  decodeReplication,
  encodeReplication,
  type MulticastGroup,
  type ReplicaPortForm,
} from './replication.js';
import {
  type DecodedTableEntry,
  decodeTableEntry,
  encodeTableEntry,
  encodeTableQuery,
  type TableEntry,
} from './table-entry.js';
import { type DecodedValueSet, decodeValueSet, encodeValueSet, type ValueSet } from './value-set.js';

/** Everything a Write can change and a Read can ask for, by names. */
export type Entity =
  | TableEntry
  | ProfileMember
  | ProfileGroup
  | MulticastGroup
  | CloneSession
  | CounterCell
  | DirectCounterCell
  | MeterCell
  | DirectMeterCell
  | RegisterCell
  | DigestConfig
  | ValueSet;

/** What a Read answers. */
export type DecodedEntity =
  | DecodedTableEntry
  | DecodedProfileMember
  | DecodedProfileGroup
  | DecodedMulticastGroup
  | DecodedCloneSession
  | DecodedCounterCell
  | DecodedDirectCounterCell
  | DecodedMeterCell
  | DecodedDirectMeterCell
  | DecodedRegisterCell
  | DecodedDigestConfig
  | DecodedValueSet;

export interface EncodeOptions {
  /** The entity is a query: what it leaves out are wildcards. */
  readonly isQuery?: boolean;
  readonly replicaPorts?: ReplicaPortForm;
}

/** Throws P4RuntimeError where the entity is not what the P4Info asks for. */
export function encodeEntity(schema: Schema, entity: Entity, options: EncodeOptions = {}): EntityMessage {
  const message = new EntityMessage();
  const isQuery = options.isQuery === true;
  switch (entity.kind) {
    case 'table-entry':
      message.setTableEntry((isQuery ? encodeTableQuery : encodeTableEntry)(schema, entity));
      break;
    case 'profile-member':
      message.setActionProfileMember(encodeMember(schema, entity));
      break;
    case 'profile-group':
      message.setActionProfileGroup(encodeGroup(schema, entity, isQuery));
      break;
    case 'multicast-group':
    case 'clone-session':
      message.setPacketReplicationEngineEntry(encodeReplication(entity, options.replicaPorts ?? 'bytes'));
      break;
    case 'counter':
      message.setCounterEntry(encodeCounter(schema, entity));
      break;
    case 'direct-counter':
      message.setDirectCounterEntry(encodeDirectCounter(schema, entity, isQuery));
      break;
    case 'meter':
      message.setMeterEntry(encodeMeter(schema, entity));
      break;
    case 'direct-meter':
      message.setDirectMeterEntry(encodeDirectMeter(schema, entity, isQuery));
      break;
    case 'register':
      message.setRegisterEntry(encodeRegister(schema, entity));
      break;
    case 'digest':
      message.setDigestEntry(encodeDigestConfig(schema, entity, isQuery));
      break;
    case 'value-set':
      message.setValueSetEntry(encodeValueSet(schema, entity));
      break;
    default:
      throw unknownKind(entity);
  }
  return message;
}

/** The compiler lets none through; JavaScript does, and an empty entity would say nothing. */
function unknownKind(entity: never): P4RuntimeError {
  const { kind } = entity as { readonly kind?: unknown };
  return new P4RuntimeError(
    'BAD_ENTITY',
    `an entity of kind '${String(kind)}' is none that is known${suggestion(String(kind), KINDS)}`,
  );
}

const KINDS: readonly Entity['kind'][] = [
  'table-entry',
  'profile-member',
  'profile-group',
  'multicast-group',
  'clone-session',
  'counter',
  'direct-counter',
  'meter',
  'direct-meter',
  'register',
  'digest',
  'value-set',
];

/** Throws P4RuntimeError where the entity does not fit the P4Info, or is of a kind that is not supported. */
export function decodeEntity(schema: Schema, message: EntityMessage): DecodedEntity {
  const tableEntry = message.getTableEntry();
  if (tableEntry !== undefined) return decodeTableEntry(schema, tableEntry);
  const member = message.getActionProfileMember();
  if (member !== undefined) return decodeMember(schema, member);
  const group = message.getActionProfileGroup();
  if (group !== undefined) return decodeGroup(schema, group);
  const replication = message.getPacketReplicationEngineEntry();
  if (replication !== undefined) return decodeReplication(replication);
  const counter = message.getCounterEntry();
  if (counter !== undefined) return decodeCounter(schema, counter);
  const directCounter = message.getDirectCounterEntry();
  if (directCounter !== undefined) return decodeDirectCounter(schema, directCounter);
  const meter = message.getMeterEntry();
  if (meter !== undefined) return decodeMeter(schema, meter);
  const directMeter = message.getDirectMeterEntry();
  if (directMeter !== undefined) return decodeDirectMeter(schema, directMeter);
  const register = message.getRegisterEntry();
  if (register !== undefined) return decodeRegister(schema, register);
  const digest = message.getDigestEntry();
  if (digest !== undefined) return decodeDigestConfig(schema, digest);
  const valueSet = message.getValueSetEntry();
  if (valueSet !== undefined) return decodeValueSet(schema, valueSet);
  throw new P4RuntimeError(
    'BAD_ENTITY',
    `an entity of case ${message.getEntityCase()} arrived, not supported`,
  );
}
