import type { RawEntry } from '../runtime/index.js';
import type { EntityContext } from './entity.js';
import { type PlainAction, type PlainField, type PlainTable, plainTable } from './plain-table.js';
import { WireReader } from './wire.js';

/*
 * The commonest update by far: a TableEntry with match, priority and an action, member or group. Its bytes become
 * the limbs of a slot here, with no message object and no bigint in between. Whatever is not quite plain (other
 * fields, an unusual order, anything wrong) is left, untouched, to the general way, which knows every entity and
 * says what is wrong.
 */

const INSERT = 1;
const MODIFY = 2;
const DELETE = 3;

const reader = new WireReader();

/** Applies the Update in `bytes` if it is plain and right; false, with nothing changed, if it is not. */
export function writePlain(context: EntityContext, bytes: Uint8Array): boolean {
  reader.reset(bytes, 0, bytes.length);
  if (reader.byte() !== 0x08) return false;
  const type = reader.varint();
  // Update.entity, Entity.table_entry and TableEntry.table_id: each must be all there is.
  if (!enter(reader, 0x12) || !enter(reader, 0x12) || reader.byte() !== 0x08) return false;
  const plain = plainTable(context.schema, reader.varint());
  if (plain === undefined || reader.failed) return false;
  if (!decodeEntry(reader, plain, type)) return false;
  return apply(context, plain, type);
}

function apply(context: EntityContext, plain: PlainTable, type: number): boolean {
  const { table } = plain.binding;
  if (type === INSERT) {
    const slot = table.insertRaw(plain.entry);
    if (slot !== 0) table.touch(slot, context.target.clock.now());
    return slot !== 0;
  }
  if (type === MODIFY) {
    const slot = table.modifyRaw(plain.entry);
    if (slot !== 0) table.meter?.setConfig(slot, undefined);
    return slot !== 0;
  }
  return type === DELETE && table.deleteRaw(plain.entry);
}

/** Steps into a length-delimited field that reaches to the end of what holds it. */
function enter(from: WireReader, tag: number): boolean {
  return from.byte() === tag && from.length() === from.end - from.at && !from.failed;
}

function decodeEntry(from: WireReader, plain: PlainTable, type: number): boolean {
  const { entry } = plain;
  clear(entry);
  let seen = 0;
  let hasAction = false;
  while (from.at < from.end) {
    const tag = from.byte();
    if (tag === 0x12) {
      const field = decodeMatch(from, plain);
      if (field < 0 || (seen & (1 << field)) !== 0) return false;
      seen |= 1 << field;
    } else if (tag === 0x1a) {
      if (hasAction || !decodeAction(from, plain)) return false;
      hasAction = true;
    } else if (tag === 0x20) {
      entry.priority = from.varint();
    } else return false;
  }
  if (from.failed || (type !== DELETE && !hasAction)) return false;
  if (plain.binding.hasPriority ? entry.priority < 1 || entry.priority > 0x7fffffff : entry.priority !== 0)
    return false;
  return plain.fields.length < 31 && allThere(plain.fields, seen);
}

function allThere(fields: readonly PlainField[], seen: number): boolean {
  for (let i = 0; i < fields.length; i++) {
    if (fields[i]?.type === 'exact' && (seen & (1 << i)) === 0) return false;
  }
  // A table without a key has no entries.
  return fields.length > 0;
}

function clear(entry: RawEntry): void {
  entry.keys.fill(0);
  entry.masks.fill(0);
  entry.params.fill(0);
  entry.prefixLength = 0;
  entry.priority = 0;
  entry.actionIndex = -1;
  entry.member = 0;
  entry.group = 0;
}

/** Reads a FieldMatch; returns the field's place in the key, -1 where it is not plain. */
function decodeMatch(from: WireReader, plain: PlainTable): number {
  const end = from.length() + from.at;
  if (from.byte() !== 0x08) return -1;
  const id = from.varint();
  const index = plain.fields.findIndex((field) => field.id === id);
  const field = plain.fields[index];
  if (field === undefined) return -1;
  const tag = from.byte();
  // Exact, Ternary, LPM or Optional must be the rest of the FieldMatch, its value the first field.
  if (from.length() !== end - from.at || from.byte() !== 0x0a) return -1;
  const { entry, masked } = plain;
  if (!value(from, entry.keys, field)) return -1;
  if (field.type === 'exact' ? tag !== 0x12 : field.type === 'optional' ? tag !== 0x3a : false) return -1;
  if (field.type === 'exact' || field.type === 'optional') {
    if (masked) prefix(entry.masks, field, field.width);
  } else if (field.type === 'lpm') {
    if (tag !== 0x22 || from.at >= end || from.byte() !== 0x10) return -1;
    const length = from.varint();
    if (length < 1 || length > field.width) return -1;
    prefix(entry.masks, field, length);
    if (!withinMask(entry, field)) return -1;
    entry.prefixLength = length;
  } else {
    if (tag !== 0x1a || from.at >= end || from.byte() !== 0x12 || !value(from, entry.masks, field)) return -1;
    if (!withinMask(entry, field)) return -1;
  }
  return from.failed || from.at !== end ? -1 : index;
}

/** Whether the value lies within a mask that is not 0. */
function withinMask(entry: RawEntry, field: PlainField): boolean {
  let any = 0;
  for (let i = field.offset; i < field.offset + field.limbs; i++) {
    const mask = entry.masks[i] ?? 0;
    any |= mask;
    if (((entry.keys[i] ?? 0) & ~mask) !== 0) return false;
  }
  return any !== 0;
}

function decodeAction(from: WireReader, plain: PlainTable): boolean {
  const end = from.length() + from.at;
  const tag = from.byte();
  const indirect = plain.binding.profile !== undefined;
  if (tag === 0x10 && indirect) plain.entry.member = from.varint();
  else if (tag === 0x18 && indirect) plain.entry.group = from.varint();
  else if (tag !== 0x0a || indirect || from.length() !== end - from.at || !decodeCall(from, plain, end))
    return false;
  return !from.failed && from.at === end && (!indirect || plain.entry.member + plain.entry.group > 0);
}

function decodeCall(from: WireReader, plain: PlainTable, end: number): boolean {
  if (from.byte() !== 0x08) return false;
  const action: PlainAction | undefined = plain.actionById.get(from.varint());
  if (action === undefined) return false;
  const { scope } = action.binding;
  if (scope === 'defaultOnly' || scope === 'groupOnly') return false;
  plain.entry.actionIndex = action.binding.index;
  for (const param of action.params) {
    if (from.at >= end || from.byte() !== 0x22) return false;
    const after = from.length() + from.at;
    if (from.byte() !== 0x10 || from.varint() !== param.id || from.byte() !== 0x1a) return false;
    if (!value(from, plain.entry.params, param) || from.at !== after) return false;
  }
  return true;
}

interface Place {
  readonly width: number;
  readonly offset: number;
  readonly limbs: number;
}

/** Reads a bytestring into limbs; false if it is empty or its value does not fit. */
function value(from: WireReader, target: Uint32Array, place: Place): boolean {
  const length = from.length();
  const { bytes, at } = from;
  if (length === 0 || from.failed) return false;
  from.at += length;
  let start = at;
  while (start < from.at - 1 && bytes[start] === 0) start++;
  const used = from.at - start;
  if (used > place.limbs * 4) return false;
  let limb = place.offset + place.limbs - 1;
  let end = from.at;
  for (; end - start >= 4; end -= 4) {
    target[limb--] =
      ((bytes[end - 4] ?? 0) << 24) |
      ((bytes[end - 3] ?? 0) << 16) |
      ((bytes[end - 2] ?? 0) << 8) |
      (bytes[end - 1] ?? 0);
  }
  if (end > start) {
    let rest = 0;
    for (let i = start; i < end; i++) rest = (rest << 8) | (bytes[i] ?? 0);
    target[limb] = rest;
  }
  const spare = 32 * place.limbs - place.width;
  return spare === 0 || (spare < 32 && (target[place.offset] ?? 0) >>> (32 - spare) === 0);
}

/** Writes the mask of the `length` leading bits of a field. */
function prefix(masks: Uint32Array, field: PlainField, length: number): void {
  let low = field.width - length;
  for (let i = field.offset + field.limbs - 1; i >= field.offset; i--) {
    masks[i] = low >= 32 ? 0 : -1 << low;
    low = Math.max(0, low - 32);
  }
  const spare = 32 * field.limbs - field.width;
  masks[field.offset] = (masks[field.offset] ?? 0) & (spare >= 32 ? 0 : -1 >>> spare);
}
