import {
  CounterData as CounterDataMessage,
  Index,
  MeterConfig as MeterConfigMessage,
  MeterCounterData,
} from 'p4runtime-js';
import { P4RuntimeError } from '../errors.js';

/** What a counter cell holds; exact up to 2^53. */
export interface CounterData {
  readonly packets: number;
  readonly bytes: number;
}

/**
 * Rates of a two-rate three-colour meter (RFC 2698), in packets or bytes per second as the program's meter counts, and
 * the bursts in packets or bytes.
 */
export interface MeterConfig {
  readonly cir: number;
  readonly cburst: number;
  readonly pir: number;
  readonly pburst: number;
  /** Excess burst of a single-rate three-colour meter (RFC 2697); P4Runtime 1.4 and later. */
  readonly eburst?: number;
}

/** What a meter has counted, by the colours it gave. */
export interface ColourCounts {
  readonly green: CounterData;
  readonly yellow: CounterData;
  readonly red: CounterData;
}

export function encodeColourCounts(counts: ColourCounts | undefined): MeterCounterData {
  const message = new MeterCounterData();
  if (counts === undefined) return message;
  message.setGreen(encodeCounterData(counts.green));
  message.setYellow(encodeCounterData(counts.yellow));
  message.setRed(encodeCounterData(counts.red));
  return message;
}

export function decodeColourCounts(message: MeterCounterData): ColourCounts {
  const none = new CounterDataMessage();
  return {
    green: decodeCounterData(message.getGreen() ?? none),
    yellow: decodeCounterData(message.getYellow() ?? none),
    red: decodeCounterData(message.getRed() ?? none),
  };
}

export function encodeCounterData({ packets, bytes }: CounterData): CounterDataMessage {
  const message = new CounterDataMessage();
  message.setPacketCount(packets);
  message.setByteCount(bytes);
  return message;
}

export function decodeCounterData(message: CounterDataMessage): CounterData {
  return { packets: message.getPacketCount(), bytes: message.getByteCount() };
}

/** An index of a counter, meter or register; undefined where it is left out. */
export function encodeIndex(index: number | undefined, size: number, owner: string): Index | undefined {
  if (index === undefined) return undefined;
  // Some P4Infos give no size (0): the switch checks then.
  if (!Number.isInteger(index) || index < 0 || (size > 0 && index >= size)) {
    throw new P4RuntimeError('BAD_VALUE', `${owner}: index ${index} is not in 0 to ${size - 1}`);
  }
  const message = new Index();
  message.setIndex(index);
  return message;
}

export function encodeMeterConfig(config: MeterConfig | undefined): MeterConfigMessage {
  const message = new MeterConfigMessage();
  if (config === undefined) return message;
  for (const [name, value] of Object.entries(config)) {
    if (!Number.isSafeInteger(value) || value < 0) {
      throw new P4RuntimeError('BAD_VALUE', `meter ${name} ${value} is no whole number of 0 or more`);
    }
  }
  message.setCir(config.cir);
  message.setCburst(config.cburst);
  message.setPir(config.pir);
  message.setPburst(config.pburst);
  if (config.eburst !== undefined) message.setEburst(config.eburst);
  return message;
}

export function decodeMeterConfig(message: MeterConfigMessage): MeterConfig {
  return {
    cir: message.getCir(),
    cburst: message.getCburst(),
    pir: message.getPir(),
    pburst: message.getPburst(),
    ...(message.getEburst() !== 0 && { eburst: message.getEburst() }),
  };
}
