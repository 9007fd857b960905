import { SwitchError } from './error.js';
import { limbCount, readLimbs, writeLimbs } from './limbs.js';
import { checkWidth } from './match-key.js';

/** A v1model `register`. Generated code reads and writes `cells` itself, limb by limb. */
export class RegisterArray {
  readonly name: string;
  /** Bits of a cell. */
  readonly width: number;
  readonly size: number;
  /** Limbs of a cell. */
  readonly limbs: number;
  /** [index * limbs + k], most significant limb first. */
  readonly cells: Uint32Array;

  constructor(name: string, width: number, size: number) {
    this.name = name;
    this.width = width;
    this.size = size;
    this.limbs = limbCount(width);
    this.cells = new Uint32Array(size * this.limbs);
  }

  /** Throws OUT_OF_RANGE. */
  read(index: number): bigint {
    this.check(index);
    return readLimbs(this.cells, index * this.limbs, this.width);
  }

  /** Throws OUT_OF_RANGE, and INVALID_ARGUMENT where the value does not fit. */
  write(index: number, value: bigint): void {
    this.check(index);
    checkWidth(`register ${this.name}`, `cell ${index}`, 'value', this.width, value);
    writeLimbs(this.cells, index * this.limbs, this.width, value);
  }

  /** Sets every cell to zero. */
  reset(): void {
    this.cells.fill(0);
  }

  private check(index: number): void {
    if (Number.isInteger(index) && index >= 0 && index < this.size) return;
    throw new SwitchError(
      'OUT_OF_RANGE',
      `register ${this.name}`,
      `index ${index} is outside 0..${this.size - 1}`,
    );
  }
}
