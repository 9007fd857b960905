import type { MatchInput } from '../entities/match.js';
import type { EntryAction, TableEntry } from '../entities/table-entry.js';
import type { ActionInfo, MatchField, Schema, TableInfo } from '../schema.js';
import { allOnes, prefixMask, type Value } from '../values.js';
import { ByteWriter } from './byte-writer.js';

/*
 * Table entries straight to the bytes of p4.v1.TableEntry, for the forms that controllers write by the ten thousand:
 * numbers and bigints as values. Whatever else an entry may say, and everything that is wrong with one, is left to the
 * encoder over message objects, which knows all forms and words the errors: encode() then answers false.
 * Field numbers are those of p4/v1/p4runtime.proto.
 */

/** Wider values than this have lengths of two bytes; the general encoder takes them. */
const MAX_WIDTH = 1016;

interface FieldPlan {
  readonly name: string;
  readonly kind: MatchField['kind'];
  readonly width: number;
  /** 2^width as a number, where it is exact and useful. */
  readonly limit: number;
  readonly bits: bigint;
  /** `field_id` with its tag. */
  readonly head: Uint8Array;
  readonly full: bigint;
  /** Masks of prefixes by length, made when first used. */
  readonly masks: (bigint | undefined)[];
}

interface ActionPlan {
  readonly head: Uint8Array;
  readonly params: readonly { name: string; limit: number; bits: bigint; head: Uint8Array }[];
}

interface TablePlan {
  readonly info: TableInfo;
  readonly head: Uint8Array;
  readonly fields: readonly FieldPlan[];
  readonly actions: Map<string, ActionPlan>;
}

/** Encoders of a schema's tables, made as they are used. */
export class TableEncoder {
  readonly #schema: Schema;
  readonly #plans = new Map<string | number, TablePlan>();

  constructor(schema: Schema) {
    this.#schema = schema;
  }

  /** Appends the fields of a TableEntry. False, with nothing to be kept of it, where the form is not a plain one. */
  encode(writer: ByteWriter, entry: TableEntry): boolean {
    if (entry.table === undefined || entry.counter !== undefined || entry.meter !== undefined) return false;
    const plan = this.#plans.get(entry.table) ?? this.#plan(entry.table);
    if (plan === undefined) return false;
    writer.raw(plan.head);
    if (entry.isDefault === true) {
      if (entry.match !== undefined || entry.priority !== undefined) return false;
    } else if (!encodeMatch(writer, plan, entry.match)) {
      return false;
    }
    if (entry.action !== undefined && !this.#action(writer, plan, entry.action)) return false;
    if (entry.isDefault !== true && !encodePriority(writer, plan.info, entry.priority)) return false;
    if (entry.isDefault === true) writer.raw(IS_DEFAULT);
    if (entry.idleTimeoutNs !== undefined && entry.idleTimeoutNs !== 0) {
      if (!Number.isSafeInteger(entry.idleTimeoutNs) || entry.idleTimeoutNs < 0) return false;
      writer.varint(0x48);
      writer.varint(entry.idleTimeoutNs);
    }
    if (entry.metadata !== undefined && entry.metadata.length > 0) writer.field(0x5a, entry.metadata);
    return true;
  }

  #action(writer: ByteWriter, plan: TablePlan, action: EntryAction): boolean {
    const start = writer.begin(0x1a);
    if (action.kind === 'action') {
      const call = plan.actions.get(action.name) ?? this.#actionPlan(plan, action.name);
      if (call === undefined || action.params === undefined || !encodeCall(writer, call, action.params))
        return false;
    } else {
      if (action.kind === 'one-shot' || plan.info.profileId === undefined) return false;
      const id = action.kind === 'member' ? action.member : action.group;
      if (!Number.isInteger(id) || id < 0 || id > 0xffffffff) return false;
      writer.varint(action.kind === 'member' ? 0x10 : 0x18);
      writer.varint(id);
    }
    writer.end(start);
    return true;
  }

  #plan(name: string | number): TablePlan | undefined {
    const info = this.#schema.tables.find(name);
    if (info === undefined || info.fields.some(({ width }) => width === 0 || width > MAX_WIDTH)) {
      return undefined;
    }
    const plan = {
      info,
      head: header(0x08, info.id),
      fields: info.fields.map(planField),
      actions: new Map<string, ActionPlan>(),
    };
    this.#plans.set(name, plan);
    return plan;
  }

  #actionPlan(plan: TablePlan, name: string): ActionPlan | undefined {
    let info: ActionInfo;
    try {
      info = this.#schema.actionOf(plan.info, name);
    } catch {
      // The general encoder says the same again, with its place.
      return undefined;
    }
    if (info.params.some(({ width }) => width === 0 || width > MAX_WIDTH)) return undefined;
    const made = {
      head: header(0x08, info.id),
      params: info.params.map((param) => ({
        name: param.name,
        limit: 2 ** param.width,
        bits: BigInt(param.width),
        head: header(0x10, param.id),
      })),
    };
    plan.actions.set(name, made);
    return made;
  }
}

const encoders = new WeakMap<Schema, TableEncoder>();

/** The encoder of a schema. */
export function tableEncoder(schema: Schema): TableEncoder {
  const known = encoders.get(schema);
  if (known !== undefined) return known;
  const made = new TableEncoder(schema);
  encoders.set(schema, made);
  return made;
}

const IS_DEFAULT = Uint8Array.of(0x40, 1);

function planField(field: MatchField): FieldPlan {
  return {
    name: field.name,
    kind: field.kind,
    width: field.width,
    limit: 2 ** field.width,
    bits: BigInt(field.width),
    head: header(0x08, field.id),
    full: allOnes(field.width),
    masks: [],
  };
}

function header(tag: number, value: number): Uint8Array {
  const writer = new ByteWriter();
  writer.varint(tag);
  writer.varint(value);
  return writer.slice(0, writer.length);
}

function encodePriority(writer: ByteWriter, table: TableInfo, priority: number | undefined): boolean {
  if (!table.hasPriority) return priority === undefined || priority === 0;
  if (priority === undefined || !Number.isInteger(priority) || priority < 1 || priority > 0x7fffffff)
    return false;
  writer.varint(0x20);
  writer.varint(priority);
  return true;
}

function encodeMatch(
  writer: ByteWriter,
  plan: TablePlan,
  match: Readonly<Record<string, MatchInput>> | undefined,
): boolean {
  let used = 0;
  if (match === undefined) return !plan.fields.some(({ kind }) => kind === 'exact');
  for (const field of plan.fields) {
    const input = match[field.name];
    if (input === undefined) {
      if (field.kind === 'exact') return false;
      continue;
    }
    used += 1;
    if (!encodeField(writer, field, input)) return false;
  }
  let given = 0;
  for (const _name in match) given += 1;
  return used === given;
}

/** Tags of the match kinds in FieldMatch. */
const KIND_TAG = { exact: 0x12, ternary: 0x1a, lpm: 0x22, range: 0x32, optional: 0x3a } as const;

function encodeField(writer: ByteWriter, field: FieldPlan, input: MatchInput): boolean {
  if (field.kind === 'exact' || field.kind === 'optional') {
    const start = writer.begin(0x12);
    writer.raw(field.head);
    const inner = writer.begin(KIND_TAG[field.kind]);
    if (typeof input === 'object' || !encodePlain(writer, 0x0a, input, field.limit, field.bits)) return false;
    writer.end(inner);
    writer.end(start);
    return true;
  }
  if (field.kind === 'range') return false;
  let value: bigint | undefined;
  let mask: bigint | undefined;
  let length = field.width;
  if (typeof input === 'number' || typeof input === 'bigint') {
    value = integer(input, field);
    mask = field.full;
  } else if (typeof input === 'object' && 'prefixLength' in input) {
    length = input.prefixLength;
    if (!Number.isInteger(length) || length < 0 || length > field.width) return false;
    value = integer(input.value, field);
    mask = field.masks[length] ?? prefixMask(length, field.width);
    field.masks[length] = mask;
  } else if (typeof input === 'object' && 'mask' in input && field.kind === 'ternary') {
    value = integer(input.value, field);
    mask = integer(input.mask, field);
  }
  if (value === undefined || mask === undefined) return false;
  // What matches anything is left out (P4Runtime section 9.1.1).
  if (mask === 0n) return true;
  const start = writer.begin(0x12);
  writer.raw(field.head);
  const inner = writer.begin(KIND_TAG[field.kind]);
  writer.bigintField(0x0a, value & mask);
  if (field.kind === 'lpm') {
    writer.varint(0x10);
    writer.varint(length);
  } else {
    writer.bigintField(0x12, mask);
  }
  writer.end(inner);
  writer.end(start);
  return true;
}

function encodeCall(writer: ByteWriter, plan: ActionPlan, params: Readonly<Record<string, Value>>): boolean {
  const start = writer.begin(0x0a);
  writer.raw(plan.head);
  for (const param of plan.params) {
    const value = params[param.name];
    if (value === undefined) return false;
    const inner = writer.begin(0x22);
    writer.raw(param.head);
    if (!encodePlain(writer, 0x1a, value, param.limit, param.bits)) return false;
    writer.end(inner);
  }
  writer.end(start);
  let given = 0;
  for (const _name in params) given += 1;
  return given <= plan.params.length;
}

/** A value that is a number or a bigint within its width. */
function encodePlain(writer: ByteWriter, tag: number, value: Value, limit: number, bits: bigint): boolean {
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value) || value < 0 || value >= limit) return false;
    writer.numberField(tag, value);
    return true;
  }
  if (typeof value !== 'bigint' || value < 0n || value >> bits !== 0n) return false;
  writer.bigintField(tag, value);
  return true;
}

function integer(value: Value, field: FieldPlan): bigint | undefined {
  const result = typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : value;
  if (typeof result !== 'bigint' || result < 0n || result >> field.bits !== 0n) return undefined;
  return result;
}
