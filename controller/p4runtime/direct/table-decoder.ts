import type { MatchOutput } from '../entities/match.js';
import type { DecodedTableEntry, EntryAction } from '../entities/table-entry.js';
import type { Identity } from '../identity.js';
import type { ActionInfo, MatchField, Schema, TableInfo } from '../schema.js';
import { ByteReader } from './byte-reader.js';

/*
 * Table entries straight from the bytes of p4.v1.Entity, in the forms that fill tables: key, action or member or
 * group, priority, idle timeout, metadata. Whatever else an entity may be or hold is left to google-protobuf: the
 * functions here then answer undefined. Field numbers are those of p4/v1/p4runtime.proto.
 */

/** The entry at [at, end) of a response; undefined where it is none of a plain form. */
export function decodePlainEntry(
  schema: Schema,
  bytes: Buffer,
  at: number,
  end: number,
): DecodedTableEntry | undefined {
  const reader = new ByteReader(bytes, at, end);
  if (reader.varint() !== 0x12 || reader.limit() !== end) return undefined;
  if (reader.varint() !== 0x08) return undefined;
  const table = schema.tables.find(reader.varint());
  if (table === undefined) return undefined;
  const match: Record<string, MatchOutput> = {};
  let action: EntryAction<bigint> | undefined;
  let priority = 0;
  let idleTimeoutNs = 0;
  let metadata: Uint8Array | undefined;
  while (reader.at < end) {
    const tag = reader.varint();
    if (tag === 0x12) {
      if (!readMatch(reader, table, match, reader.limit())) return undefined;
    } else if (tag === 0x1a) {
      action = readAction(reader, schema, reader.limit());
      if (action === undefined) return undefined;
    } else if (tag === 0x20) {
      priority = reader.varint();
    } else if (tag === 0x48) {
      idleTimeoutNs = reader.varint();
    } else if (tag === 0x5a) {
      const limit = reader.limit();
      metadata = new Uint8Array(bytes.subarray(reader.at, limit));
      reader.at = limit;
    } else {
      return undefined;
    }
  }
  if (reader.failed || priority > 0x7fffffff) return undefined;
  return {
    kind: 'table-entry',
    table: table.name,
    match,
    ...(priority !== 0 && { priority }),
    ...(action !== undefined && { action }),
    ...(idleTimeoutNs !== 0 && { idleTimeoutNs }),
    ...(metadata !== undefined && metadata.length > 0 && { metadata }),
  };
}

function readMatch(
  reader: ByteReader,
  table: TableInfo,
  match: Record<string, MatchOutput>,
  end: number,
): boolean {
  if (reader.varint() !== 0x08) return false;
  const field = fieldOf(table, reader.varint());
  if (field === undefined || field.width === 0) return false;
  const kind = reader.varint();
  if (reader.limit() !== end || reader.varint() !== 0x0a) return false;
  const value = reader.integer(reader.limit());
  if (kind === 0x12 || kind === 0x3a) {
    match[field.name] = value;
  } else if (kind === 0x22) {
    if (reader.varint() !== 0x10) return false;
    match[field.name] = { value, prefixLength: reader.varint() };
  } else if (kind === 0x1a || kind === 0x32) {
    if (reader.varint() !== 0x12) return false;
    const second = reader.integer(reader.limit());
    match[field.name] = kind === 0x1a ? { value, mask: second } : { low: value, high: second };
  } else {
    return false;
  }
  return reader.at === end && !reader.failed;
}

function fieldOf(table: TableInfo, id: number): MatchField | undefined {
  // Ids are 1, 2, 3 … unless the program says otherwise.
  const guess = table.fields[id - 1];
  return guess?.id === id ? guess : table.fields.find((field) => field.id === id);
}

function readAction(reader: ByteReader, schema: Schema, end: number): EntryAction<bigint> | undefined {
  const kind = reader.varint();
  if (kind === 0x10) return atEnd(reader, end, { kind: 'member', member: reader.varint() });
  if (kind === 0x18) return atEnd(reader, end, { kind: 'group', group: reader.varint() });
  if (kind !== 0x0a || reader.limit() !== end || reader.varint() !== 0x08) return undefined;
  const info = schema.actions.find(reader.varint());
  if (info === undefined) return undefined;
  const params: Record<string, bigint> = {};
  while (reader.at < end) {
    if (reader.varint() !== 0x22) return undefined;
    const limit = reader.limit();
    if (reader.varint() !== 0x10) return undefined;
    const name = numberParam(info, reader.varint());
    if (name === undefined || reader.varint() !== 0x1a || reader.limit() !== limit) return undefined;
    params[name] = reader.integer(limit);
  }
  return atEnd(reader, end, { kind: 'action', name: info.name, params });
}

/** Name of a parameter that is read as an integer; undefined where it is text, or not known. */
function numberParam(info: ActionInfo, id: number): string | undefined {
  const guess = info.params[id - 1];
  const param = guess?.id === id ? guess : info.params.find((one) => one.id === id);
  return param?.width === 0 ? undefined : param?.name;
}

function atEnd<T>(reader: ByteReader, end: number, value: T): T | undefined {
  return reader.at === end && !reader.failed ? value : undefined;
}

/** Identity of a plain table entry, the same that identify() makes of its message, and its table. */
export function identifyPlainEntry(
  bytes: Buffer,
  at: number,
  end: number,
): (Identity & { readonly tableId: number }) | undefined {
  const reader = new ByteReader(bytes, at, end);
  if (reader.varint() !== 0x12 || reader.limit() !== end || reader.varint() !== 0x08) return undefined;
  const tableId = reader.varint();
  const matches: string[] = [];
  let action = '-';
  let priority = 0;
  let idle = 0;
  let metadata = '';
  while (reader.at < end) {
    const tag = reader.varint();
    if (tag === 0x12) {
      const text = matchText(reader, reader.limit());
      if (text === undefined) return undefined;
      matches.push(text);
    } else if (tag === 0x1a) {
      const text = actionText(reader, reader.limit());
      if (text === undefined) return undefined;
      action = text;
    } else if (tag === 0x20) {
      priority = reader.varint();
    } else if (tag === 0x48) {
      idle = reader.varint();
    } else if (tag === 0x5a) {
      const limit = reader.limit();
      metadata = bytes.toString('hex', reader.at, limit);
      reader.at = limit;
    } else {
      return undefined;
    }
  }
  if (reader.failed || priority > 0x7fffffff) return undefined;
  if (matches.length > 1) matches.sort();
  return {
    rank: 'entry',
    key: `t${tableId} ${matches.join(' ')} p${priority}`,
    body: `${action} m${metadata} i${idle}`,
    tableId,
  };
}

function matchText(reader: ByteReader, end: number): string | undefined {
  if (reader.varint() !== 0x08) return undefined;
  const id = reader.varint();
  const kind = reader.varint();
  if (reader.limit() !== end || reader.varint() !== 0x0a) return undefined;
  const value = reader.hex(reader.limit());
  let text: string;
  if (kind === 0x12 || kind === 0x3a) text = `${id}=${value}`;
  else if (kind === 0x22) {
    if (reader.varint() !== 0x10) return undefined;
    text = `${id}=${value}/${reader.varint()}`;
  } else if (kind === 0x1a || kind === 0x32) {
    if (reader.varint() !== 0x12) return undefined;
    text = `${id}=${value}${kind === 0x1a ? '&' : '-'}${reader.hex(reader.limit())}`;
  } else return undefined;
  return atEnd(reader, end, text);
}

function actionText(reader: ByteReader, end: number): string | undefined {
  const kind = reader.varint();
  if (kind === 0x10) return atEnd(reader, end, `member ${reader.varint()}`);
  if (kind === 0x18) return atEnd(reader, end, `group ${reader.varint()}`);
  if (kind !== 0x0a || reader.limit() !== end) return undefined;
  return plainActionText(reader, end);
}

/** The text of a p4.v1.Action up to `end`, as identify() has it; undefined where it is not of the usual form. */
export function plainActionText(reader: ByteReader, end: number): string | undefined {
  if (reader.varint() !== 0x08) return undefined;
  const id = reader.varint();
  const params: string[] = [];
  while (reader.at < end) {
    if (reader.varint() !== 0x22) return undefined;
    const limit = reader.limit();
    if (reader.varint() !== 0x10) return undefined;
    const param = reader.varint();
    if (reader.varint() !== 0x1a || reader.limit() !== limit) return undefined;
    params.push(`${param}=${reader.hex(limit)}`);
  }
  return atEnd(reader, end, `a${id} ${params.sort().join(' ')}`);
}
