import { DirectCounterEntry, DirectMeterEntry, Entity, TableEntry } from 'p4runtime-js';
import type { MatchTable, StoredEntry } from '../runtime/index.js';
import {
  changeDirect,
  checkReset,
  decodeCounter,
  decodeMeter,
  directCounter,
  directMeter,
  encodeColors,
  encodeCounter,
  encodeMeter,
} from './direct-resources.js';
import type { EntityContext, Undo, UpdateType } from './entity.js';
import { invalid, P4RuntimeError } from './error.js';
import { onlyModify } from './indexed-entry.js';
import type { TableBinding } from './schema.js';
import { decodeKey, encodeKey, selected } from './table-entry.js';

/** Applies an update to the counter of a table entry. */
export function writeDirectCounter(
  context: EntityContext,
  type: UpdateType,
  message: DirectCounterEntry,
): Undo {
  const { binding, slot } = locate(context, message.getTableEntry());
  onlyModify(type, `the direct counter of table ${binding.name}`);
  const counter = directCounter(binding);
  const data = message.getData();
  if (data === undefined) return () => undefined;
  const value = decodeCounter(data);
  return changeDirect(binding, slot, () => counter.setValue(slot, value));
}

/** Applies an update to the meter of a table entry. */
export function writeDirectMeter(context: EntityContext, type: UpdateType, message: DirectMeterEntry): Undo {
  const { binding, slot } = locate(context, message.getTableEntry());
  const thing = `the direct meter of table ${binding.name}`;
  onlyModify(type, thing);
  const meter = directMeter(binding);
  const counts = message.getCounterData();
  if (counts !== undefined) checkReset(thing, counts);
  const config = message.getConfig();
  const decoded = config === undefined ? undefined : decodeMeter(thing, binding.meterType, config);
  return changeDirect(binding, slot, () => {
    meter.setConfig(slot, decoded);
    if (counts !== undefined) meter.colors.clear(slot);
  });
}

export function* readDirectCounters(context: EntityContext, filter: DirectCounterEntry): Generator<Entity> {
  for (const { binding, slot, entry } of locateAll(context, filter.getTableEntry(), (t) => t.counter)) {
    const message = new DirectCounterEntry();
    message.setTableEntry(entry);
    message.setData(encodeCounter(directCounter(binding).valueAt(slot)));
    const entity = new Entity();
    entity.setDirectCounterEntry(message);
    yield entity;
  }
}

export function* readDirectMeters(context: EntityContext, filter: DirectMeterEntry): Generator<Entity> {
  for (const { binding, slot, entry } of locateAll(context, filter.getTableEntry(), (t) => t.meter)) {
    const message = new DirectMeterEntry();
    message.setTableEntry(entry);
    const config = directMeter(binding).configAt(slot);
    if (config !== undefined) message.setConfig(encodeMeter(config));
    if (filter.hasCounterData()) message.setCounterData(encodeColors(directMeter(binding).colors.at(slot)));
    const entity = new Entity();
    entity.setDirectMeterEntry(message);
    yield entity;
  }
}

interface Located {
  readonly binding: TableBinding;
  readonly slot: number;
  readonly entry: TableEntry;
}

function locate(
  context: EntityContext,
  entry: TableEntry | undefined,
): { binding: TableBinding; slot: number } {
  if (entry === undefined) throw invalid('a direct counter or meter is named by its table entry; give one');
  const binding = context.schema.table(entry.getTableId());
  if (entry.getIsDefaultAction()) return { binding, slot: 0 };
  const slot = binding.table.slotFor(decodeKey(binding, entry));
  if (slot !== 0) return { binding, slot };
  throw new P4RuntimeError('NOT_FOUND', `table ${binding.name}: there is no such entry`);
}

function* locateAll(
  context: EntityContext,
  filter: TableEntry | undefined,
  resource: (table: MatchTable) => unknown,
): Generator<Located> {
  const entry = filter ?? new TableEntry();
  const id = entry.getTableId();
  const wildcard = entry.getMatchList().length === 0;
  for (const binding of id === 0 ? context.schema.tables.values() : [context.schema.table(id)]) {
    if (resource(binding.table) === undefined) {
      if (id === 0) continue;
      throw invalid(`table ${binding.name} has no such direct resource`);
    }
    if (entry.getIsDefaultAction()) {
      const key = new TableEntry();
      key.setTableId(binding.id);
      key.setIsDefaultAction(true);
      yield { binding, slot: 0, entry: key };
      continue;
    }
    const stored: StoredEntry[] = [...selected(binding, entry)];
    if (stored.length === 0 && !wildcard) {
      throw new P4RuntimeError('NOT_FOUND', `table ${binding.name}: there is no such entry`);
    }
    for (const one of stored) yield { binding, slot: one.slot, entry: keyOnly(binding, one) };
  }
}

function keyOnly(binding: TableBinding, stored: StoredEntry): TableEntry {
  return encodeKey(binding, { ...stored, idleTimeoutNs: undefined });
}
