import { Entity, TableAction, TableEntry } from 'p4runtime-js';
import type { ActionCall, EntryNotes, StoredEntry, TableEntry as SwitchEntry } from '../runtime/index.js';
import { decodeAction, encodeAction } from './action.js';
import {
  checkExact,
  checkReset,
  decodeCounter,
  decodeMeter,
  directCounter,
  directMeter,
  encodeColors,
  encodeCounter,
  encodeMeter,
  snapshotDirect,
} from './direct-resources.js';
import type { EntityContext, Undo, UpdateType } from './entity.js';
import { invalid, P4RuntimeError } from './error.js';
import { decodeMatch, encodeMatch } from './match.js';
import type { TableBinding } from './schema.js';
import { decodeTableAction, encodeTableAction } from './table-action.js';

/** The match and priority that identify an entry. */
export interface EntryKey {
  readonly match: SwitchEntry['match'];
  readonly priority: number;
}

/** Applies an update to a table entry. */
export function writeTableEntry(context: EntityContext, type: UpdateType, message: TableEntry): Undo {
  const binding = context.schema.table(message.getTableId());
  if (message.getIsConst()) {
    throw invalid(`table ${binding.name}: is_const is set by the switch only; leave it out`);
  }
  if (type !== 'delete') checkWritable(binding, message);
  if (message.getIsDefaultAction()) return writeDefault(binding, type, message);
  const key = decodeKey(binding, message);
  switch (type) {
    case 'insert':
      return insert(context, binding, key, message);
    case 'modify':
      return modify(binding, key, message);
    case 'delete':
      return remove(binding, key);
  }
}

/** Reads match and priority. Throws INVALID_ARGUMENT. */
export function decodeKey(binding: TableBinding, message: TableEntry): EntryKey {
  const thing = `table ${binding.name}`;
  const match = decodeMatch(thing, binding.fields, message.getMatchList());
  const priority = message.getPriority();
  if (binding.hasPriority && priority <= 0) {
    throw invalid(
      `${thing} has a ternary, range or optional field: its entries need a priority above 0, got ${priority}`,
    );
  }
  if (!binding.hasPriority && priority !== 0) {
    throw invalid(`${thing} has only exact and lpm fields: its entries have priority 0, got ${priority}`);
  }
  return { match, priority };
}

function checkWritable(binding: TableBinding, message: TableEntry): void {
  const thing = `table ${binding.name}`;
  if (message.hasTimeSinceLastHit()) throw invalid(`${thing}: time_since_last_hit can only be read`);
  if (message.getIdleTimeoutNs() < 0) throw invalid(`${thing}: an idle timeout cannot be negative`);
  checkExact(`${thing}, idle timeout`, message.getIdleTimeoutNs());
  if (message.getIdleTimeoutNs() !== 0 && !binding.hasIdleTimeout) {
    throw invalid(`${thing} does not support idle timeouts; set support_timeout = true in the program`);
  }
}

function notesOf(message: TableEntry): EntryNotes {
  return {
    metadata: message.getMetadata_asU8(),
    controllerMetadata: BigInt(message.getControllerMetadata()),
  };
}

function hasNotes(message: TableEntry): boolean {
  return (
    message.getMetadata_asU8().length > 0 ||
    message.getControllerMetadata() !== '0' ||
    message.getIdleTimeoutNs() !== 0
  );
}

function insert(context: EntityContext, binding: TableBinding, key: EntryKey, message: TableEntry): Undo {
  const { table } = binding;
  const action = message.getAction();
  if (table.immutable) throw constEntries(binding);
  if (action === undefined) throw invalid(`table ${binding.name}: a new entry needs an action`);
  const applyDirect = directChange(binding, message);
  const slot = table.insert({
    ...key,
    ...notesOf(message),
    action: decodeTableAction(binding, action),
    idleTimeoutNs: BigInt(message.getIdleTimeoutNs()),
  });
  table.touch(slot, context.target.clock.now());
  applyDirect(slot);
  return () => table.delete(key);
}

function modify(binding: TableBinding, key: EntryKey, message: TableEntry): Undo {
  const { table } = binding;
  const action = message.getAction();
  const before = table.get(key);
  if (before === undefined) {
    throw new P4RuntimeError('NOT_FOUND', `table ${binding.name}: there is no such entry; insert it first`);
  }
  if (table.immutable && (action !== undefined || hasNotes(message))) throw constEntries(binding);
  const applyDirect = directChange(binding, message);
  const restoreDirect = snapshotDirect(binding, before.slot);
  if (!table.immutable) {
    table.modify({
      ...key,
      ...notesOf(message),
      action: action === undefined ? before.action : decodeTableAction(binding, action),
      idleTimeoutNs: BigInt(message.getIdleTimeoutNs()),
    });
  }
  if (!message.hasMeterConfig()) table.meter?.setConfig(before.slot, undefined);
  applyDirect(before.slot);
  return () => {
    if (!table.immutable) table.modify(before);
    restoreDirect(before.slot);
  };
}

function remove(binding: TableBinding, key: EntryKey): Undo {
  const { table } = binding;
  const before = table.get(key);
  if (table.immutable) throw constEntries(binding);
  if (before === undefined) {
    throw new P4RuntimeError('NOT_FOUND', `table ${binding.name}: there is no such entry`);
  }
  const restoreDirect = snapshotDirect(binding, before.slot);
  table.delete(key);
  return () => restoreDirect(table.insert(before));
}

function writeDefault(binding: TableBinding, type: UpdateType, message: TableEntry): Undo {
  const { table } = binding;
  if (type !== 'modify') throw invalid(`table ${binding.name}: the default entry is always there; modify it`);
  if (message.getMatchList().length > 0 || message.getPriority() !== 0) {
    throw invalid(`table ${binding.name}: the default entry has neither match nor priority`);
  }
  if (message.getIdleTimeoutNs() !== 0) {
    throw invalid(`table ${binding.name}: the default entry has no idle timeout`);
  }
  const before = table.defaultAction;
  const notes = table.defaultNotes;
  const restoreDirect = snapshotDirect(binding, 0);
  const applyDirect = directChange(binding, message);
  const action = message.getAction();
  if (action === undefined) {
    table.resetDefault();
    table.counter?.clear(0);
    table.meter?.clear(0);
  } else {
    const call = action.getAction();
    if (call === undefined)
      throw invalid(`table ${binding.name}: a default entry takes an action of its own`);
    table.setDefault(decodeAction(binding.actions, call, 'default'), notesOf(message));
  }
  if (!message.hasMeterConfig()) table.meter?.setConfig(0, undefined);
  applyDirect(0);
  return () => {
    if (before === undefined) table.resetDefault();
    else table.setDefault(before, notes);
    restoreDirect(0);
  };
}

/** Checks what the message says of the entry's counter and meter; returns what writes it. */
function directChange(binding: TableBinding, message: TableEntry): (slot: number) => void {
  const counterData = message.getCounterData();
  const meterConfig = message.getMeterConfig();
  const value = counterData === undefined ? undefined : decodeCounter(counterData);
  const thing = `table ${binding.name}`;
  const config = meterConfig === undefined ? undefined : decodeMeter(thing, binding.meterType, meterConfig);
  const counts = message.getMeterCounterData();
  if (counts !== undefined) checkReset(thing, counts);
  const counter = value === undefined ? undefined : directCounter(binding);
  const meter = config === undefined && counts === undefined ? undefined : directMeter(binding);
  return (slot) => {
    if (value !== undefined) counter?.setValue(slot, value);
    if (config !== undefined) meter?.setConfig(slot, config);
    if (counts !== undefined) meter?.colors.clear(slot);
  };
}

function constEntries(binding: TableBinding): P4RuntimeError {
  return new P4RuntimeError(
    'PERMISSION_DENIED',
    `table ${binding.name}: its entries are const in the program; only their counters and meters can change`,
  );
}

/** Entries a TableEntry asks for, as the filter it is. */
export function* readTableEntries(context: EntityContext, filter: TableEntry): Generator<Entity> {
  const { schema } = context;
  const id = filter.getTableId();
  for (const binding of id === 0 ? schema.tables.values() : [schema.table(id)]) {
    checkIdleFilter(binding, filter);
    if (filter.getIsDefaultAction()) {
      const entry = encodeDefault(binding, filter);
      if (entry !== undefined) yield wrap(entry);
    } else {
      for (const stored of selected(binding, filter)) {
        if (passes(binding, stored, filter)) yield wrap(encodeStored(context, binding, stored, filter));
      }
    }
  }
}

/** Throws INVALID_ARGUMENT where a filter asks for the idle timeout of what has none. */
function checkIdleFilter(binding: TableBinding, filter: TableEntry): void {
  if (!filter.hasTimeSinceLastHit() && filter.getIdleTimeoutNs() === 0) return;
  const remedy = 'leave idle_timeout_ns and time_since_last_hit out';
  if (filter.getIsDefaultAction()) {
    throw invalid(`table ${binding.name}: the default entry has no idle timeout; ${remedy}`);
  }
  // A filter over all tables asks those that have it.
  if (filter.getTableId() !== 0 && !binding.hasIdleTimeout) {
    throw invalid(`table ${binding.name} does not support idle timeouts; ${remedy}`);
  }
}

/** The entries a filter's match names: one for a full match, else all. */
export function* selected(binding: TableBinding, filter: TableEntry): Generator<StoredEntry> {
  if (filter.getMatchList().length === 0) {
    yield* binding.table.entries();
    return;
  }
  const match = decodeMatch(`table ${binding.name}`, binding.fields, filter.getMatchList());
  if (binding.hasPriority && filter.getPriority() === 0) {
    const wanted = JSON.stringify(match, textOfBigint);
    for (const stored of binding.table.entries()) {
      if (JSON.stringify(stored.match, textOfBigint) === wanted) yield stored;
    }
    return;
  }
  const stored = binding.table.get({ match, priority: binding.hasPriority ? filter.getPriority() : 0 });
  if (stored !== undefined) yield stored;
}

function textOfBigint(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}

function passes(binding: TableBinding, stored: StoredEntry, filter: TableEntry): boolean {
  if (filter.getPriority() !== 0 && stored.priority !== filter.getPriority()) return false;
  const cookie = BigInt(filter.getControllerMetadata());
  if (cookie !== 0n && stored.controllerMetadata !== cookie) return false;
  const metadata = filter.getMetadata_asU8();
  if (metadata.length > 0 && Buffer.compare(metadata, stored.metadata ?? new Uint8Array()) !== 0)
    return false;
  const action = filter.getAction()?.getAction()?.getActionId() ?? 0;
  if (action === 0) return true;
  const index = binding.actions.byId.get(action)?.index;
  return 'actionIndex' in stored.action && stored.action.actionIndex === index;
}

/** The entry in a slot in use, with what the filter asks for beside it. */
export function encodeEntry(
  context: EntityContext,
  binding: TableBinding,
  slot: number,
  filter: TableEntry,
): TableEntry {
  return encodeStored(context, binding, binding.table.entryAt(slot), filter);
}

function encodeStored(
  context: EntityContext,
  binding: TableBinding,
  stored: StoredEntry,
  filter: TableEntry,
): TableEntry {
  const message = encodeKey(binding, stored);
  message.setAction(encodeTableAction(binding, stored.action));
  encodeNotes(message, stored);
  message.setIsConst(binding.table.immutable);
  if (filter.hasTimeSinceLastHit() && binding.table.idle !== undefined) {
    const idle = new TableEntry.IdleTimeout();
    idle.setElapsedNs(
      Math.max(0, binding.table.idle.idleFor(stored.slot, context.target.clock.now()) * 1000),
    );
    message.setTimeSinceLastHit(idle);
  }
  encodeDirect(binding, stored.slot, filter, message);
  return message;
}

/** The part of a TableEntry that names an entry, with what the controller keeps with it. */
export function encodeKey(binding: TableBinding, stored: StoredEntry): TableEntry {
  const message = new TableEntry();
  message.setTableId(binding.id);
  message.setMatchList(encodeMatch(binding.fields, stored.match));
  if (binding.hasPriority) message.setPriority(stored.priority);
  if (stored.idleTimeoutNs !== undefined) message.setIdleTimeoutNs(Number(stored.idleTimeoutNs));
  return message;
}

/** Writes metadata and controller metadata. */
export function encodeNotes(message: TableEntry, notes: EntryNotes): void {
  if (notes.metadata !== undefined) message.setMetadata(notes.metadata);
  if (notes.controllerMetadata !== undefined)
    message.setControllerMetadata(notes.controllerMetadata.toString());
}

function encodeDefault(binding: TableBinding, filter: TableEntry): TableEntry | undefined {
  const call: ActionCall | undefined = binding.table.defaultAction;
  if (call === undefined) return undefined;
  const message = new TableEntry();
  message.setTableId(binding.id);
  message.setIsDefaultAction(true);
  const action = new TableAction();
  action.setAction(encodeAction(binding.actions, call));
  message.setAction(action);
  encodeNotes(message, binding.table.defaultNotes);
  message.setIsConst(binding.table.constDefault);
  encodeDirect(binding, 0, filter, message);
  return message;
}

function encodeDirect(binding: TableBinding, slot: number, filter: TableEntry, message: TableEntry): void {
  const { counter, meter } = binding.table;
  if (filter.hasCounterData() && counter !== undefined) {
    message.setCounterData(encodeCounter(counter.valueAt(slot)));
  }
  const config = filter.hasMeterConfig() ? meter?.configAt(slot) : undefined;
  if (config !== undefined) message.setMeterConfig(encodeMeter(config));
  if (filter.hasMeterCounterData() && meter !== undefined) {
    message.setMeterCounterData(encodeColors(meter.colors.at(slot)));
  }
}

function wrap(entry: TableEntry): Entity {
  const entity = new Entity();
  entity.setTableEntry(entry);
  return entity;
}
