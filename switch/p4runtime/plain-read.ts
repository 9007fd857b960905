import type { Entity, TableEntry } from 'p4runtime-js';
import type { EntityContext } from './entity.js';
import { type PlainField, type PlainTable, plainTable } from './plain-table.js';
import { encodeEntry } from './table-entry.js';
import { WireWriter } from './wire.js';

/*
 * Reading whole tables: entries go from the limbs of their slots to the bytes of a ReadResponse, without message
 * objects. What limbs cannot say (notes, idle timeouts, one-shot sets, range fields) goes the general way, entry
 * by entry.
 */

/** Entities of one ReadResponse. */
export const READ_CHUNK = 500;

const writer = new WireWriter();

/**
 * Encoded ReadResponses with all entries of the tables a filter asks for, and how many entries each holds;
 * undefined where the filter asks for a part of the entries or for more than the entries.
 */
export function plainChunks(context: EntityContext, filter: Entity): Iterable<[Buffer, number]> | undefined {
  const entry = filter.getTableEntry();
  if (entry === undefined || !asksForAll(entry)) return undefined;
  const { tables } = context.schema;
  const id = entry.getTableId();
  if (id !== 0 && !tables.has(id)) return undefined;
  const ids = (id === 0 ? [...tables.keys()] : [id]).filter((table) => context.access.mayUse(table));
  if (ids.some((table) => plainTable(context.schema, table) === undefined)) return undefined;
  return chunksOf(context, entry, ids);
}

function asksForAll(filter: TableEntry): boolean {
  return (
    filter.getMatchList().length === 0 &&
    !filter.hasAction() &&
    filter.getPriority() === 0 &&
    filter.getControllerMetadata() === '0' &&
    filter.getMetadata_asU8().length === 0 &&
    !filter.getIsDefaultAction() &&
    !filter.hasCounterData() &&
    !filter.hasMeterConfig() &&
    !filter.hasMeterCounterData() &&
    filter.getIdleTimeoutNs() === 0 &&
    !filter.hasTimeSinceLastHit()
  );
}

function* chunksOf(
  context: EntityContext,
  filter: TableEntry,
  ids: readonly number[],
): Generator<[Buffer, number]> {
  let plains: PlainTable[] = [];
  let slots: number[] = [];
  for (const id of ids) {
    const plain = plainTable(context.schema, id);
    if (plain === undefined) continue;
    for (const slot of plain.binding.table.slotsInUse()) {
      plains.push(plain);
      slots.push(slot);
      if (slots.length < READ_CHUNK) continue;
      yield [encodeChunk(context, filter, plains, slots), slots.length];
      plains = [];
      slots = [];
    }
  }
  if (slots.length > 0) yield [encodeChunk(context, filter, plains, slots), slots.length];
}

/** A ReadResponse, written from its last entity to its first. */
function encodeChunk(
  context: EntityContext,
  filter: TableEntry,
  plains: readonly PlainTable[],
  slots: readonly number[],
): Buffer {
  for (let i = slots.length - 1; i >= 0; i--) {
    const plain = plains[i];
    const slot = slots[i] ?? 0;
    if (plain === undefined) continue;
    const before = writer.size;
    if (plain.binding.table.readRaw(slot, plain.entry)) writeEntry(plain);
    else writer.raw(encodeEntry(context, plain.binding, slot, filter).serializeBinary());
    // Entity.table_entry in ReadResponse.entities.
    writer.header(0x12, before);
    writer.header(0x0a, before);
  }
  return writer.take();
}

/** A TableEntry, last field first. */
function writeEntry(plain: PlainTable): void {
  const { binding, entry, fields } = plain;
  if (binding.table.immutable) writer.number(0x68, 1);
  if (binding.hasPriority) writer.number(0x20, entry.priority);
  const before = writer.size;
  if (entry.group !== 0) writer.number(0x18, entry.group);
  else if (entry.member !== 0) writer.number(0x10, entry.member);
  else writeCall(plain);
  writer.header(0x1a, before);
  for (let i = fields.length - 1; i >= 0; i--) {
    const field = fields[i];
    if (field !== undefined) writeMatch(plain, field);
  }
  writer.number(0x08, binding.id);
}

function writeCall(plain: PlainTable): void {
  const { entry } = plain;
  const action = plain.actionByIndex.get(entry.actionIndex);
  const before = writer.size;
  if (action !== undefined) {
    for (let i = action.params.length - 1; i >= 0; i--) {
      const param = action.params[i];
      if (param === undefined) continue;
      const inner = writer.size;
      writer.limbs(0x1a, entry.params, param.offset, param.limbs);
      writer.number(0x10, param.id);
      writer.header(0x22, inner);
    }
    writer.number(0x08, action.binding.id);
  }
  writer.header(0x0a, before);
}

/** A FieldMatch; nothing for "don't care". */
function writeMatch(plain: PlainTable, field: PlainField): void {
  const { entry, masked } = plain;
  const { type, offset, limbs } = field;
  const length = type === 'lpm' ? (masked ? onesIn(entry.masks, field) : entry.prefixLength) : 0;
  if (type === 'lpm' && length === 0) return;
  if ((type === 'ternary' || type === 'optional') && onesIn(entry.masks, field) === 0) return;
  const before = writer.size;
  if (type === 'lpm') writer.number(0x10, length);
  if (type === 'ternary') writer.limbs(0x12, entry.masks, offset, limbs);
  writer.limbs(0x0a, entry.keys, offset, limbs);
  writer.header(type === 'exact' ? 0x12 : type === 'lpm' ? 0x22 : type === 'ternary' ? 0x1a : 0x3a, before);
  writer.number(0x08, field.id);
  writer.header(0x12, before);
}

function onesIn(masks: Uint32Array, field: PlainField): number {
  let ones = 0;
  for (let i = field.offset; i < field.offset + field.limbs; i++) {
    for (let rest = masks[i] ?? 0; rest !== 0; rest &= rest - 1) ones++;
  }
  return ones;
}
