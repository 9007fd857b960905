import { SwitchError } from './error.js';

/** Packets and bytes of one counter cell. */
export interface CounterValue {
  readonly packets: bigint;
  readonly bytes: bigint;
}

/** Counter cells by index; packets and bytes are always both counted, exact up to 2^53. */
class CounterCells {
  packets: Float64Array;
  bytes: Float64Array;

  constructor(size: number) {
    this.packets = new Float64Array(size);
    this.bytes = new Float64Array(size);
  }

  /** Counts a packet of `bytes` bytes; an index out of range counts nothing, as in BMv2. */
  count(index: number, bytes: number): void {
    if (index < this.packets.length) {
      this.packets[index] = (this.packets[index] ?? 0) + 1;
      this.bytes[index] = (this.bytes[index] ?? 0) + bytes;
    }
  }

  valueAt(index: number): CounterValue {
    return { packets: BigInt(this.packets[index] ?? 0), bytes: BigInt(this.bytes[index] ?? 0) };
  }

  setValue(index: number, value: CounterValue): void {
    this.packets[index] = Number(value.packets);
    this.bytes[index] = Number(value.bytes);
  }
}

/** Counters of a table's entries, by slot. */
export class DirectCounter extends CounterCells {
  constructor() {
    super(0);
  }

  /** Makes room for `slots` slots. */
  resize(slots: number): void {
    const { packets, bytes } = this;
    this.packets = new Float64Array(slots);
    this.bytes = new Float64Array(slots);
    this.packets.set(packets);
    this.bytes.set(bytes);
  }

  clear(slot: number): void {
    this.packets[slot] = 0;
    this.bytes[slot] = 0;
  }
}

/** A v1model `counter`: `size` cells. */
export class CounterArray extends CounterCells {
  readonly name: string;
  readonly size: number;

  constructor(name: string, size: number) {
    super(size);
    this.name = name;
    this.size = size;
  }

  /** Throws OUT_OF_RANGE. */
  read(index: number): CounterValue {
    this.check(index);
    return this.valueAt(index);
  }

  /** Throws OUT_OF_RANGE, and INVALID_ARGUMENT for negative values. */
  write(index: number, value: CounterValue): void {
    this.check(index);
    if (value.packets < 0n || value.bytes < 0n) {
      throw new SwitchError('INVALID_ARGUMENT', `counter ${this.name}`, 'counts cannot be negative');
    }
    this.setValue(index, value);
  }

  private check(index: number): void {
    if (Number.isInteger(index) && index >= 0 && index < this.size) return;
    throw new SwitchError(
      'OUT_OF_RANGE',
      `counter ${this.name}`,
      `index ${index} is outside 0..${this.size - 1}`,
    );
  }
}
