import { readI32, readU16, readU24, readU32, writeU16, writeU24, writeU32 } from './bytes.js';
import {
  MAX_VECTORS,
  SINC_COMPARE_SWAP,
  SINC_FETCH_ADD,
  SINC_OFFSET,
  SINC_SUM,
  SINC_SUM_AHEAD,
  VECTOR_BYTES,
  VECTOR_VALUES,
} from './constants.js';
import { requireBytes, requireField, target, WireError } from './errors.js';
import { layout } from './layout.js';

/** docs/protocol.md section 4.1 (draft-lou-rtgwg-sinc). */
export const SINC_LAYOUT = layout('sinc', {
  reserved: 5,
  overflow: 1,
  done: 1,
  loopback: 1,
  group: 24,
  sources: 16,
  source: 16,
  seq: 32,
  operation: 16,
  offset: 16,
});
export const SINC_BYTES = 16;

export const VECTOR_LAYOUT = layout(
  'vector',
  Object.fromEntries(Array.from({ length: VECTOR_VALUES }, (_, i) => [`v${i}`, 32])),
);
export const CELL_LAYOUT = layout('cell', { index: 32, operand: 32, replacement: 32, result: 32 });
export const CELL_BYTES = 16;

/** Mutable, so that a receiver can decode every packet into the same one. */
export interface SincHeader {
  /** O: a sum on the way to this result has left int32; left out is false. */
  overflow?: boolean;
  /** D: the operation was performed. */
  done: boolean;
  /** L: the answer goes back to the source (of a reduce: to the group). */
  loopback: boolean;
  group: number;
  /** Number of data sources in the group. */
  sources: number;
  /** 0 to sources-1. */
  source: number;
  seq: number;
  operation: number;
  /** Bytes from the first byte of this header to the operand. */
  offset: number;
}

/** A header to decode into. */
export function emptySincHeader(): SincHeader {
  return {
    overflow: false,
    done: false,
    loopback: false,
    group: 0,
    sources: 0,
    source: 0,
    seq: 0,
    operation: 0,
    offset: SINC_OFFSET,
  };
}

export function isReduceOperation(operation: number): boolean {
  return operation >= SINC_SUM && operation <= SINC_SUM_AHEAD;
}

export function isCellOperation(operation: number): boolean {
  return operation === SINC_FETCH_ADD || operation === SINC_COMPARE_SWAP;
}

/**
 * Decodes the header at `at` into `header` and returns it.
 * @throws WireError TRUNCATED, RESERVED, INCONSISTENT (source of a request not below sources) or VALUE (operand inside the header).
 */
export function decodeSinc(b: Uint8Array, at = 0, header: SincHeader = emptySincHeader()): SincHeader {
  requireBytes('sinc', at, SINC_BYTES, b.length);
  const first = b[at] ?? 0;
  if (first > 7) throw new WireError('RESERVED', 'sinc', at, 'reserved bits are set', 'send 0');
  header.overflow = (first & 4) !== 0;
  header.done = (first & 2) !== 0;
  header.loopback = (first & 1) !== 0;
  header.group = readU24(b, at + 1);
  header.sources = readU16(b, at + 4);
  header.source = readU16(b, at + 6);
  header.seq = readU32(b, at + 8);
  header.operation = readU16(b, at + 12);
  header.offset = readU16(b, at + 14);
  // A result keeps the numbering of the tree's level it was made at, so only requests are held to it.
  if (!header.done && header.source >= header.sources) {
    throw new WireError(
      'INCONSISTENT',
      'sinc',
      at + 6,
      `source ${header.source} of ${header.sources}`,
      'number sources from 0',
    );
  }
  if (header.offset < SINC_BYTES) {
    throw new WireError(
      'VALUE',
      'sinc',
      at + 14,
      `offset is ${header.offset}`,
      'the operand follows the header',
    );
  }
  return header;
}

/** Writes the header. @throws WireError VALUE or NO_ROOM. */
export function encodeSinc(header: Readonly<SincHeader>, buffer?: Uint8Array, at = 0): Uint8Array {
  requireField('sinc', 'group', header.group, 24);
  requireField('sinc', 'sources', header.sources, 16);
  requireField('sinc', 'source', header.source, 16);
  requireField('sinc', 'seq', header.seq, 32);
  requireField('sinc', 'operation', header.operation, 16);
  requireField('sinc', 'offset', header.offset, 16);
  const b = target('sinc', buffer, at, SINC_BYTES);
  b[at] = (header.overflow === true ? 4 : 0) | (header.done ? 2 : 0) | (header.loopback ? 1 : 0);
  writeU24(b, at + 1, header.group);
  writeU16(b, at + 4, header.sources);
  writeU16(b, at + 6, header.source);
  writeU32(b, at + 8, header.seq);
  writeU16(b, at + 12, header.operation);
  writeU16(b, at + 14, header.offset);
  return b.subarray(at, at + SINC_BYTES);
}

/**
 * Number of vectors behind a reduce header, from the length of the datagram's payload.
 * @throws WireError VALUE unless the operand is 1 to 4 whole vectors.
 */
export function vectorCount(header: Readonly<SincHeader>, length: number): number {
  const bytes = length - header.offset;
  const count = bytes / VECTOR_BYTES;
  if (!Number.isInteger(count) || count < 1 || count > MAX_VECTORS) {
    throw new WireError(
      'VALUE',
      'vector',
      header.offset,
      `operand of ${bytes} bytes`,
      `send 1 to ${MAX_VECTORS} vectors of ${VECTOR_BYTES} bytes`,
    );
  }
  return count;
}

/** Copies `count` int32 values of the wire at byte `at` to `out[to...]`. The caller has checked the lengths. */
export function readValues(b: Uint8Array, at: number, out: Int32Array, to: number, count: number): void {
  for (let i = 0, o = at; i < count; i++, o += 4) out[to + i] = readI32(b, o);
}

/** Writes `values[from...]` to the wire at byte `at`; values past the array's end are written as `fill`. */
export function writeValues(
  b: Uint8Array,
  at: number,
  values: Int32Array,
  from: number,
  count: number,
  fill = 0,
): void {
  const have = Math.min(count, values.length - from);
  let o = at;
  for (let i = 0; i < have; i++, o += 4) writeU32(b, o, values[from + i] ?? 0);
  for (let i = Math.max(0, have); i < count; i++, o += 4) writeU32(b, o, fill);
}

/** Operand of fetch-and-add and compare-and-swap (section 4.4). Values are 32 bits without sign. */
export interface Cell {
  readonly index: number;
  readonly operand: number;
  readonly replacement: number;
  readonly result: number;
}

/** The cell behind a header. @throws WireError VALUE unless exactly one cell follows. */
export function decodeCell(b: Uint8Array, header: Readonly<SincHeader>): Cell {
  const at = header.offset;
  if (b.length - at !== CELL_BYTES) {
    throw new WireError('VALUE', 'cell', at, `operand of ${b.length - at} bytes`, `send ${CELL_BYTES} bytes`);
  }
  return {
    index: readU32(b, at),
    operand: readU32(b, at + 4),
    replacement: readU32(b, at + 8),
    result: readU32(b, at + 12),
  };
}

export function encodeCell(cell: Cell, buffer?: Uint8Array, at = 0): Uint8Array {
  requireField('cell', 'index', cell.index, 32);
  requireField('cell', 'operand', cell.operand, 32);
  requireField('cell', 'replacement', cell.replacement, 32);
  requireField('cell', 'result', cell.result, 32);
  const b = target('cell', buffer, at, CELL_BYTES);
  writeU32(b, at, cell.index);
  writeU32(b, at + 4, cell.operand);
  writeU32(b, at + 8, cell.replacement);
  writeU32(b, at + 12, cell.result);
  return b.subarray(at, at + CELL_BYTES);
}
