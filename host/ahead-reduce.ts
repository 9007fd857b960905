import { SINC_SUM_AHEAD, VECTOR_VALUES } from '../wire/index.js';
import { HostError } from './errors.js';
import { blockExponent, sharedScale } from './quantise.js';
import type { ReduceGroup } from './reduce-group.js';

/** Floats of a vector: all elements but the last, which is an exponent. */
const BLOCK = VECTOR_VALUES - 1;

/** Sums floats over all sources of a group. */
export interface FloatReducer {
  /** The sum over all sources. @throws HostError as allReduce, and INVALID_ARGUMENT on NaN or infinity. */
  allReduce(values: Float32Array | Float64Array): Promise<Float64Array>;
}

/**
 * Sums floats in one group with SINC_SUM_AHEAD (protocol section 4.3): blocks of 31 values have an exponent of their own,
 * which travels, as the largest of the sources', in the packet W before the block's. So every block is scaled as all
 * sources need it and no second pass is made; only the first W packets carry exponents alone. The error is at
 * most sources/2 units of the block's scale.
 */
export class AheadReduce implements FloatReducer {
  readonly #group: ReduceGroup;

  constructor(group: ReduceGroup) {
    if (group.operation !== SINC_SUM_AHEAD) {
      const what = `reduce group ${group.group}`;
      throw HostError.invalid(
        what,
        `its operation is ${group.operation}`,
        'give a group with SINC_SUM_AHEAD',
      );
    }
    this.#group = group;
  }

  async allReduce(values: Float32Array | Float64Array): Promise<Float64Array> {
    const blocks = Math.ceil(values.length / BLOCK);
    const sum = new Float64Array(values.length);
    if (blocks === 0) return sum;
    const exponents = new Int32Array(blocks);
    for (let block = 0; block < blocks; block++) {
      exponents[block] = blockExponent(values, block * BLOCK, Math.min(values.length, (block + 1) * BLOCK));
    }
    const perPacket = this.#group.valuesPerPacket / VECTOR_VALUES;
    const packets = Math.ceil(blocks / perPacket);
    // Packets that carry exponents alone, and vectors until a block's own comes.
    const lead = Math.min(packets, this.#group.window);
    const ahead = lead * perPacket;
    const scales = new Float64Array(blocks);
    if (packets <= this.#group.window) {
      // All would be under way before the first exponent is back.
      const vector = new Int32Array(blocks * VECTOR_VALUES);
      for (let block = 0; block < blocks; block++) vector[lastOf(block)] = exponents[block] ?? 0;
      await this.#group.reduce(vector, vector);
      for (let block = 0; block < blocks; block++) this.#share(block, vector[lastOf(block)] ?? 0, scales);
      vector.fill(0);
      for (let block = 0; block < blocks; block++) quantiseBlock(values, block, scales, vector, block);
      await this.#group.reduce(vector, vector);
      for (let block = 0; block < blocks; block++) dequantiseBlock(vector, block, scales, sum, block);
      return sum;
    }
    const vector = new Int32Array((ahead + blocks) * VECTOR_VALUES);
    await this.#group.reduce(vector, vector, {
      before: (packet) => {
        for (let at = packet * perPacket; at < (packet + 1) * perPacket; at++) {
          if (at >= ahead && at - ahead < blocks) quantiseBlock(values, at - ahead, scales, vector, at);
          // Behind the last block nothing is to be announced: the least exponent says so.
          if (at < ahead + blocks) vector[lastOf(at)] = at < blocks ? (exponents[at] ?? 0) : -127;
        }
      },
      after: (packet) => {
        for (let at = packet * perPacket; at < (packet + 1) * perPacket; at++) {
          if (at >= ahead && at - ahead < blocks) dequantiseBlock(vector, at, scales, sum, at - ahead);
          if (at < blocks) this.#share(at, vector[lastOf(at)] ?? 0, scales);
        }
      },
    });
    return sum;
  }

  #share(block: number, exponent: number, scales: Float64Array): void {
    scales[block] = sharedScale(exponent, this.#group.sources);
  }
}

/** Index of a vector's last element. */
function lastOf(vector: number): number {
  return vector * VECTOR_VALUES + BLOCK;
}

function quantiseBlock(
  values: ArrayLike<number>,
  block: number,
  scales: Float64Array,
  out: Int32Array,
  vector: number,
): void {
  const scale = scales[block] ?? 1;
  const to = Math.min(values.length, (block + 1) * BLOCK);
  for (let i = block * BLOCK, o = vector * VECTOR_VALUES; i < to; i++, o++) {
    out[o] = Math.round((values[i] ?? 0) * scale);
  }
}

function dequantiseBlock(
  from: Int32Array,
  vector: number,
  scales: Float64Array,
  out: Float64Array,
  block: number,
): void {
  const scale = scales[block] ?? 1;
  const to = Math.min(out.length, (block + 1) * BLOCK);
  for (let i = block * BLOCK, o = vector * VECTOR_VALUES; i < to; i++, o++) out[i] = (from[o] ?? 0) / scale;
}
