import { CounterData, MeterConfig as MeterConfigMessage, MeterCounterData } from 'p4runtime-js';
import {
  type ColorCounts,
  type CounterValue,
  checkMeterConfig,
  type MeterConfig,
  type MeterType,
} from '../runtime/index.js';
import type { Undo } from './entity.js';
import { invalid, P4RuntimeError } from './error.js';
import type { TableBinding } from './schema.js';

/** Reads CounterData. Throws INVALID_ARGUMENT for negative counts, OUT_OF_RANGE above 2^53 - 1. */
export function decodeCounter(data: CounterData): CounterValue {
  if (data.getPacketCount() < 0 || data.getByteCount() < 0) throw invalid('counter data cannot be negative');
  checkExact('counter data', data.getPacketCount());
  checkExact('counter data', data.getByteCount());
  return { packets: BigInt(data.getPacketCount()), bytes: BigInt(data.getByteCount()) };
}

export function encodeCounter(value: CounterValue): CounterData {
  const data = new CounterData();
  data.setPacketCount(Number(value.packets));
  data.setByteCount(Number(value.bytes));
  return data;
}

/** Throws OUT_OF_RANGE for integers the server could not give back as they came. */
export function checkExact(thing: string, value: number): void {
  if (Number.isSafeInteger(value)) return;
  throw new P4RuntimeError(
    'OUT_OF_RANGE',
    `${thing}: the server keeps integers up to 2^53 - 1, got ${value}`,
  );
}

/** Reads MeterConfig. Throws INVALID_ARGUMENT for what a meter of its type cannot do. */
export function decodeMeter(thing: string, type: MeterType, config: MeterConfigMessage): MeterConfig {
  const eburst = config.getEburst();
  const decoded = {
    cir: config.getCir(),
    cburst: config.getCburst(),
    pir: config.getPir(),
    pburst: config.getPburst(),
    ...(eburst === 0 ? {} : { eburst }),
  };
  if (type !== 'single-rate-three-color' && eburst !== 0) {
    throw invalid(`${thing} is a ${type} meter; leave eburst out`);
  }
  if (type !== 'two-rate-three-color' && (decoded.pir !== decoded.cir || decoded.pburst !== decoded.cburst)) {
    throw invalid(`${thing} is a ${type} meter: pir and pburst are its cir and cburst`);
  }
  checkMeterConfig(thing, decoded);
  return decoded;
}

export function encodeMeter(config: MeterConfig): MeterConfigMessage {
  const message = new MeterConfigMessage();
  message.setCir(config.cir);
  message.setCburst(config.cburst);
  message.setPir(config.pir);
  message.setPburst(config.pburst);
  message.setEburst(config.eburst ?? 0);
  return message;
}

/** Checks MeterCounterData in a write, which can only reset. Throws INVALID_ARGUMENT for counts. */
export function checkReset(thing: string, data: MeterCounterData): void {
  const counts = [data.getGreen(), data.getYellow(), data.getRed()];
  if (counts.every((count) => (count?.getPacketCount() ?? 0) === 0 && (count?.getByteCount() ?? 0) === 0))
    return;
  throw invalid(`${thing}: counts by colour can be set to 0, and to nothing else`);
}

export function encodeColors(counts: ColorCounts): MeterCounterData {
  const data = new MeterCounterData();
  data.setGreen(encodeCounter(counts.green));
  data.setYellow(encodeCounter(counts.yellow));
  data.setRed(encodeCounter(counts.red));
  return data;
}

/** Throws INVALID_ARGUMENT where the table has no direct counter. */
export function directCounter(binding: TableBinding): NonNullable<TableBinding['table']['counter']> {
  const { counter } = binding.table;
  if (counter === undefined) throw invalid(`table ${binding.name} has no direct counter`);
  return counter;
}

/** Throws INVALID_ARGUMENT where the table has no direct meter. */
export function directMeter(binding: TableBinding): NonNullable<TableBinding['table']['meter']> {
  const { meter } = binding.table;
  if (meter === undefined) throw invalid(`table ${binding.name} has no direct meter`);
  return meter;
}

/** Remembers an entry's counter and meter and returns what puts them back into the slot given then. */
export function snapshotDirect(binding: TableBinding, slot: number): (slot: number) => void {
  const { counter, meter } = binding.table;
  const value = counter?.valueAt(slot);
  const config = meter?.configAt(slot);
  const colors = meter?.colors.at(slot);
  return (target) => {
    if (value !== undefined) binding.table.counter?.setValue(target, value);
    if (meter !== undefined) meter.setConfig(target, config);
    if (colors !== undefined) meter?.colors.set(target, colors);
  };
}

/** Runs `change` on the direct resources of `slot` and returns its undo. */
export function changeDirect(binding: TableBinding, slot: number, change: () => void): Undo {
  const restore = snapshotDirect(binding, slot);
  change();
  return () => restore(slot);
}
