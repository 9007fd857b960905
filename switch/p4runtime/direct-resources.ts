import { CounterData, MeterConfig as MeterConfigMessage } from 'p4runtime-js';
import { type CounterValue, checkMeterConfig, type MeterConfig } from '../runtime/index.js';
import type { Undo } from './entity.js';
import { invalid } from './error.js';
import type { TableBinding } from './schema.js';

/** Reads CounterData. Throws INVALID_ARGUMENT for negative counts. */
export function decodeCounter(data: CounterData): CounterValue {
  if (data.getPacketCount() < 0 || data.getByteCount() < 0) throw invalid('counter data cannot be negative');
  return { packets: BigInt(data.getPacketCount()), bytes: BigInt(data.getByteCount()) };
}

export function encodeCounter(value: CounterValue): CounterData {
  const data = new CounterData();
  data.setPacketCount(Number(value.packets));
  data.setByteCount(Number(value.bytes));
  return data;
}

/** Reads MeterConfig. Throws INVALID_ARGUMENT for what a two-rate meter cannot do. */
export function decodeMeter(thing: string, config: MeterConfigMessage): MeterConfig {
  if (config.getEburst() !== 0) throw invalid(`${thing} is a two-rate meter; leave eburst out`);
  const decoded = {
    cir: config.getCir(),
    cburst: config.getCburst(),
    pir: config.getPir(),
    pburst: config.getPburst(),
  };
  checkMeterConfig(thing, decoded);
  return decoded;
}

export function encodeMeter(config: MeterConfig): MeterConfigMessage {
  const message = new MeterConfigMessage();
  message.setCir(config.cir);
  message.setCburst(config.cburst);
  message.setPir(config.pir);
  message.setPburst(config.pburst);
  return message;
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
  return (target) => {
    if (value !== undefined) binding.table.counter?.setValue(target, value);
    if (meter !== undefined) binding.table.meter?.setConfig(target, config);
  };
}

/** Runs `change` on the direct resources of `slot` and returns its undo. */
export function changeDirect(binding: TableBinding, slot: number, change: () => void): Undo {
  const restore = snapshotDirect(binding, slot);
  change();
  return () => restore(slot);
}
