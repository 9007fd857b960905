import { CounterData as CounterDataMessage, CounterEntry, DirectCounterEntry } from 'p4runtime-js';
import { P4RuntimeError } from '../errors.js';
import type { Schema } from '../schema.js';
import { type CounterData, decodeCounterData, encodeCounterData, encodeIndex } from './cells.js';
import {
  type DecodedTableEntry,
  decodeTableEntry,
  encodeTableEntry,
  encodeTableQuery,
  type TableEntry,
} from './table-entry.js';

/** A cell of an indirect counter. In a query, a missing counter or index is a wildcard. */
export interface CounterCell {
  readonly kind: 'counter';
  readonly counter?: string | number;
  readonly index?: number;
  /** What to set; left out in queries. */
  readonly data?: CounterData;
}

export type DecodedCounterCell = Required<CounterCell> & { readonly counter: string };

/** The counter of a table entry. */
export interface DirectCounterCell {
  readonly kind: 'direct-counter';
  readonly entry: TableEntry;
  readonly data?: CounterData;
}

export interface DecodedDirectCounterCell {
  readonly kind: 'direct-counter';
  readonly entry: DecodedTableEntry;
  readonly data: CounterData;
}

export function encodeCounter(schema: Schema, cell: CounterCell): CounterEntry {
  const message = new CounterEntry();
  if (cell.counter !== undefined) {
    const info = schema.counters.get(cell.counter);
    message.setCounterId(info.id);
    message.setIndex(encodeIndex(cell.index, info.size, `counter ${info.name}`));
  }
  if (cell.data !== undefined) message.setData(encodeCounterData(cell.data));
  return message;
}

export function decodeCounter(schema: Schema, message: CounterEntry): DecodedCounterCell {
  return {
    kind: 'counter',
    counter: schema.counters.get(message.getCounterId()).name,
    index: message.getIndex()?.getIndex() ?? 0,
    data: decodeCounterData(message.getData() ?? new CounterDataMessage()),
  };
}

export function encodeDirectCounter(
  schema: Schema,
  cell: DirectCounterCell,
  isQuery: boolean,
): DirectCounterEntry {
  const message = new DirectCounterEntry();
  message.setTableEntry((isQuery ? encodeTableQuery : encodeTableEntry)(schema, cell.entry));
  if (cell.data !== undefined) message.setData(encodeCounterData(cell.data));
  return message;
}

export function decodeDirectCounter(schema: Schema, message: DirectCounterEntry): DecodedDirectCounterCell {
  const entry = message.getTableEntry();
  if (entry === undefined)
    throw new P4RuntimeError('BAD_ENTITY', 'a direct counter arrived without its entry');
  return {
    kind: 'direct-counter',
    entry: decodeTableEntry(schema, entry),
    data: decodeCounterData(message.getData() ?? new CounterDataMessage()),
  };
}
