import type { Entity } from 'p4runtime-js';
import { checkAccess, p4IdOf } from './access.js';
import { readDigests, writeDigest } from './digest-entry.js';
import {
  readDirectCounters,
  readDirectMeters,
  writeDirectCounter,
  writeDirectMeter,
} from './direct-entry.js';
import type { EntityContext, Undo, UpdateType } from './entity.js';
import { invalid, P4RuntimeError } from './error.js';
import {
  readCounters,
  readMeters,
  readRegisters,
  writeCounter,
  writeMeter,
  writeRegister,
} from './indexed-entry.js';
import { readGroups, readMembers, writeGroup, writeMember } from './profile-entry.js';
import { readReplication, writeReplication } from './replication-entry.js';
import { readTableEntries, writeTableEntry } from './table-entry.js';
import { readValueSets, writeValueSet } from './value-set-entry.js';

/** Applies one update and returns what takes it back. Throws; then nothing has changed. */
export function writeEntity(context: EntityContext, type: UpdateType, entity: Entity): Undo {
  checkAccess(context.access, entity);
  const table = entity.getTableEntry();
  if (table !== undefined) return writeTableEntry(context, type, table);
  const member = entity.getActionProfileMember();
  if (member !== undefined) return writeMember(context, type, member);
  const group = entity.getActionProfileGroup();
  if (group !== undefined) return writeGroup(context, type, group);
  const counter = entity.getCounterEntry();
  if (counter !== undefined) return writeCounter(context, type, counter);
  const directCounter = entity.getDirectCounterEntry();
  if (directCounter !== undefined) return writeDirectCounter(context, type, directCounter);
  const meter = entity.getMeterEntry();
  if (meter !== undefined) return writeMeter(context, type, meter);
  const directMeter = entity.getDirectMeterEntry();
  if (directMeter !== undefined) return writeDirectMeter(context, type, directMeter);
  const register = entity.getRegisterEntry();
  if (register !== undefined) return writeRegister(context, type, register);
  const replication = entity.getPacketReplicationEngineEntry();
  if (replication !== undefined) return writeReplication(context, type, replication);
  const valueSet = entity.getValueSetEntry();
  if (valueSet !== undefined) return writeValueSet(context, type, valueSet);
  const digest = entity.getDigestEntry();
  if (digest !== undefined) return writeDigest(context, type, digest);
  throw unknownEntity(entity);
}

/**
 * The entities a filter asks for, as far as the role may see them. Throws, possibly after the first few;
 * PERMISSION_DENIED for an object the role may not see.
 */
export function readEntities(context: EntityContext, filter: Entity): Iterable<Entity> {
  checkAccess(context.access, filter);
  const entities = readAll(context, filter);
  return context.access.full ? entities : visible(context, entities);
}

function* visible(context: EntityContext, entities: Iterable<Entity>): Generator<Entity> {
  for (const entity of entities) {
    const id = p4IdOf(entity);
    if (id === 0 || context.access.mayUse(id)) yield entity;
  }
}

function readAll(context: EntityContext, filter: Entity): Iterable<Entity> {
  const table = filter.getTableEntry();
  if (table !== undefined) return readTableEntries(context, table);
  const member = filter.getActionProfileMember();
  if (member !== undefined) return readMembers(context, member);
  const group = filter.getActionProfileGroup();
  if (group !== undefined) return readGroups(context, group);
  const counter = filter.getCounterEntry();
  if (counter !== undefined) return readCounters(context, counter);
  const directCounter = filter.getDirectCounterEntry();
  if (directCounter !== undefined) return readDirectCounters(context, directCounter);
  const meter = filter.getMeterEntry();
  if (meter !== undefined) return readMeters(context, meter);
  const directMeter = filter.getDirectMeterEntry();
  if (directMeter !== undefined) return readDirectMeters(context, directMeter);
  const register = filter.getRegisterEntry();
  if (register !== undefined) return readRegisters(context, register);
  const replication = filter.getPacketReplicationEngineEntry();
  if (replication !== undefined) return readReplication(context, replication);
  const valueSet = filter.getValueSetEntry();
  if (valueSet !== undefined) return readValueSets(context, valueSet);
  const digest = filter.getDigestEntry();
  if (digest !== undefined) return readDigests(context, digest);
  throw unknownEntity(filter);
}

function unknownEntity(entity: Entity): P4RuntimeError {
  if (entity.hasExternEntry()) {
    return new P4RuntimeError(
      'UNIMPLEMENTED',
      'v1model has no externs beyond those with an entity of their own',
    );
  }
  return invalid('the entity is empty; set one of its fields');
}
