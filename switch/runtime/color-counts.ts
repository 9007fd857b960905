import type { CounterValue } from './counter.js';

/** Packets a meter has given each colour, as P4Runtime's MeterCounterData has them. */
export interface ColorCounts {
  readonly green: CounterValue;
  readonly yellow: CounterValue;
  readonly red: CounterValue;
}

/** Packets and bytes by colour, for each cell of a meter; exact to 2^53. */
export class ColorCounters {
  private packets: Float64Array;
  private bytes: Float64Array;

  constructor(size: number) {
    this.packets = new Float64Array(3 * size);
    this.bytes = new Float64Array(3 * size);
  }

  /** `color` is 0, 1 or 2; returns it. */
  count<C extends 0 | 1 | 2>(index: number, color: C, bytes: number): C {
    const at = 3 * index + color;
    this.packets[at] = (this.packets[at] ?? 0) + 1;
    this.bytes[at] = (this.bytes[at] ?? 0) + bytes;
    return color;
  }

  at(index: number): ColorCounts {
    const value = (color: number): CounterValue => ({
      packets: BigInt(this.packets[3 * index + color] ?? 0),
      bytes: BigInt(this.bytes[3 * index + color] ?? 0),
    });
    return { green: value(0), yellow: value(1), red: value(2) };
  }

  set(index: number, counts: ColorCounts): void {
    [counts.green, counts.yellow, counts.red].forEach((value, color) => {
      this.packets[3 * index + color] = Number(value.packets);
      this.bytes[3 * index + color] = Number(value.bytes);
    });
  }

  clear(index: number): void {
    this.packets.fill(0, 3 * index, 3 * index + 3);
    this.bytes.fill(0, 3 * index, 3 * index + 3);
  }

  /** Makes room for `size` cells. */
  resize(size: number): void {
    const { packets, bytes } = this;
    this.packets = new Float64Array(3 * size);
    this.bytes = new Float64Array(3 * size);
    this.packets.set(packets);
    this.bytes.set(bytes);
  }
}
