import { CounterEntry, Entity, Index, MeterEntry, RegisterEntry } from 'p4runtime-js';
import {
  checkReset,
  decodeCounter,
  decodeMeter,
  encodeColors,
  encodeCounter,
  encodeMeter,
} from './direct-resources.js';
import type { EntityContext, Undo, UpdateType } from './entity.js';
import { invalid, P4RuntimeError } from './error.js';
import { found } from './schema.js';

/** Applies an update to one cell of a counter, or to all of them. */
export function writeCounter(context: EntityContext, type: UpdateType, message: CounterEntry): Undo {
  const { name, object } = found(context.schema.counters, message.getCounterId(), 'counter');
  onlyModify(type, `counter ${name}`);
  const cells = cellsOf(`counter ${name}`, message.getIndex(), object.size);
  const data = message.getData();
  if (data === undefined) return () => undefined;
  const value = decodeCounter(data);
  const before = cells.map((index) => object.read(index));
  for (const index of cells) object.write(index, value);
  return () => {
    before.forEach((old, i) => {
      object.write(cells[i] ?? 0, old);
    });
  };
}

/** Applies an update to one cell of a meter, or to all of them. */
export function writeMeter(context: EntityContext, type: UpdateType, message: MeterEntry): Undo {
  const { name, object, type: meterType } = found(context.schema.meters, message.getMeterId(), 'meter');
  const thing = `meter ${name}`;
  onlyModify(type, thing);
  const counts = message.getCounterData();
  if (counts !== undefined) checkReset(thing, counts);
  const config = message.getConfig();
  const decoded = config === undefined ? undefined : decodeMeter(thing, meterType, config);
  const cells = cellsOf(thing, message.getIndex(), object.size);
  const before = cells.map((index) => ({ config: object.read(index), colors: object.colors.at(index) }));
  for (const index of cells) {
    object.write(index, decoded);
    if (counts !== undefined) object.colors.clear(index);
  }
  return () => {
    before.forEach((old, i) => {
      object.write(cells[i] ?? 0, old.config);
      object.colors.set(cells[i] ?? 0, old.colors);
    });
  };
}

/** Applies an update to one cell of a register, or to all of them. */
export function writeRegister(context: EntityContext, type: UpdateType, message: RegisterEntry): Undo {
  const binding = found(context.schema.registers, message.getRegisterId(), 'register');
  const { name, object } = binding;
  onlyModify(type, `register ${name}`);
  const [value = 0n] = binding.type.decode(message.getData());
  const cells = cellsOf(`register ${name}`, message.getIndex(), object.size);
  const before = cells.map((index) => object.read(index));
  for (const index of cells) object.write(index, value);
  return () => {
    before.forEach((old, i) => {
      object.write(cells[i] ?? 0, old);
    });
  };
}

export function* readCounters(context: EntityContext, filter: CounterEntry): Generator<Entity> {
  for (const { id, name, object } of pick(context.schema.counters, filter.getCounterId(), 'counter')) {
    for (const cell of cellsOf(`counter ${name}`, filter.getIndex(), object.size)) {
      const entry = new CounterEntry();
      entry.setCounterId(id);
      entry.setIndex(indexOf(cell));
      entry.setData(encodeCounter(object.read(cell)));
      const entity = new Entity();
      entity.setCounterEntry(entry);
      yield entity;
    }
  }
}

export function* readMeters(context: EntityContext, filter: MeterEntry): Generator<Entity> {
  for (const { id, name, object } of pick(context.schema.meters, filter.getMeterId(), 'meter')) {
    for (const cell of cellsOf(`meter ${name}`, filter.getIndex(), object.size)) {
      const entry = new MeterEntry();
      entry.setMeterId(id);
      entry.setIndex(indexOf(cell));
      const config = object.read(cell);
      if (config !== undefined) entry.setConfig(encodeMeter(config));
      if (filter.hasCounterData()) entry.setCounterData(encodeColors(object.colors.at(cell)));
      const entity = new Entity();
      entity.setMeterEntry(entry);
      yield entity;
    }
  }
}

export function* readRegisters(context: EntityContext, filter: RegisterEntry): Generator<Entity> {
  for (const { id, name, object, type } of pick(
    context.schema.registers,
    filter.getRegisterId(),
    'register',
  )) {
    for (const cell of cellsOf(`register ${name}`, filter.getIndex(), object.size)) {
      const entry = new RegisterEntry();
      entry.setRegisterId(id);
      entry.setIndex(indexOf(cell));
      entry.setData(type.encode([object.read(cell)]));
      const entity = new Entity();
      entity.setRegisterEntry(entry);
      yield entity;
    }
  }
}

function pick<T extends { readonly name: string }>(
  map: ReadonlyMap<number, T>,
  id: number,
  kind: string,
): Iterable<T> {
  return id === 0 ? map.values() : [found(map, id, kind)];
}

/** Throws INVALID_ARGUMENT for any type but MODIFY. */
export function onlyModify(type: UpdateType, thing: string): void {
  if (type === 'modify') return;
  throw invalid(
    `${thing} is part of the program: it can be modified, not ${type === 'insert' ? 'inserted' : 'deleted'}`,
  );
}

function cellsOf(thing: string, index: Index | undefined, size: number): number[] {
  if (index === undefined) return Array.from({ length: size }, (_, i) => i);
  const cell = index.getIndex();
  if (cell < 0) throw invalid(`${thing}: an index cannot be negative, got ${cell}`);
  if (cell >= size)
    throw new P4RuntimeError('OUT_OF_RANGE', `${thing}: index ${cell} is outside 0..${size - 1}`);
  return [cell];
}

function indexOf(cell: number): Index {
  const index = new Index();
  index.setIndex(cell);
  return index;
}
