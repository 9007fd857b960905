import { DirectMeterEntry, MeterEntry } from 'p4runtime-js';
import { P4RuntimeError } from '../errors.js';
import type { Schema } from '../schema.js';
import {
  type ColourCounts,
  decodeColourCounts,
  decodeMeterConfig,
  encodeColourCounts,
  encodeIndex,
  encodeMeterConfig,
  type MeterConfig,
} from './cells.js';
import {
  type DecodedTableEntry,
  decodeTableEntry,
  encodeTableEntry,
  encodeTableQuery,
  type TableEntry,
} from './table-entry.js';

/** A cell of an indirect meter. Without `config` a write resets the cell to "all packets green". */
export interface MeterCell {
  readonly kind: 'meter';
  readonly meter?: string | number;
  readonly index?: number;
  readonly config?: MeterConfig;
  /** Counts by colour, where the target keeps them; writing sets them. */
  readonly counts?: ColourCounts;
  /** In a query: ask for the counts by colour. */
  readonly readCounts?: boolean;
}

export type DecodedMeterCell = MeterCell & { readonly meter: string; readonly index: number };

/** The meter of a table entry. */
export interface DirectMeterCell {
  readonly kind: 'direct-meter';
  readonly entry: TableEntry;
  readonly config?: MeterConfig;
  /** Counts by colour, where the target keeps them; writing sets them. */
  readonly counts?: ColourCounts;
  /** In a query: ask for the counts by colour. */
  readonly readCounts?: boolean;
}

export interface DecodedDirectMeterCell {
  readonly kind: 'direct-meter';
  readonly entry: DecodedTableEntry;
  readonly config?: MeterConfig;
  readonly counts?: ColourCounts;
}

export function encodeMeter(schema: Schema, cell: MeterCell): MeterEntry {
  const message = new MeterEntry();
  if (cell.meter !== undefined) {
    const info = schema.meters.get(cell.meter);
    message.setMeterId(info.id);
    message.setIndex(encodeIndex(cell.index, info.size, `meter ${info.name}`));
  }
  if (cell.config !== undefined) message.setConfig(encodeMeterConfig(cell.config));
  if (cell.counts !== undefined || cell.readCounts === true) {
    message.setCounterData(encodeColourCounts(cell.counts));
  }
  return message;
}

export function decodeMeter(schema: Schema, message: MeterEntry): DecodedMeterCell {
  const config = message.getConfig();
  const counts = message.getCounterData();
  return {
    kind: 'meter',
    meter: schema.meters.get(message.getMeterId()).name,
    index: message.getIndex()?.getIndex() ?? 0,
    ...(config !== undefined && { config: decodeMeterConfig(config) }),
    ...(counts !== undefined && { counts: decodeColourCounts(counts) }),
  };
}

export function encodeDirectMeter(schema: Schema, cell: DirectMeterCell, isQuery: boolean): DirectMeterEntry {
  const message = new DirectMeterEntry();
  message.setTableEntry((isQuery ? encodeTableQuery : encodeTableEntry)(schema, cell.entry));
  if (cell.config !== undefined) message.setConfig(encodeMeterConfig(cell.config));
  if (cell.counts !== undefined || cell.readCounts === true) {
    message.setCounterData(encodeColourCounts(cell.counts));
  }
  return message;
}

export function decodeDirectMeter(schema: Schema, message: DirectMeterEntry): DecodedDirectMeterCell {
  const entry = message.getTableEntry();
  const config = message.getConfig();
  const counts = message.getCounterData();
  if (entry === undefined) throw new P4RuntimeError('BAD_ENTITY', 'a direct meter arrived without its entry');
  return {
    kind: 'direct-meter',
    entry: decodeTableEntry(schema, entry),
    ...(config !== undefined && { config: decodeMeterConfig(config) }),
    ...(counts !== undefined && { counts: decodeColourCounts(counts) }),
  };
}
