import type { FloatReducer } from './ahead-reduce.js';
import { HostError } from './errors.js';
import { blockExponent, dequantise, quantise, sharedScale } from './quantise.js';
import type { ReduceGroup } from './reduce-group.js';

/** Values that share an exponent. */
const BLOCK = 256;

/**
 * Sums floats over two groups of the same sources: one with SINC_MAX agrees on an exponent per block of 256 values, one
 * with SINC_SUM adds the scaled integers. The error is at most sources/2 units of the block's scale. AheadReduce does it in
 * one pass.
 */
export class FloatReduce implements FloatReducer {
  readonly #sum: ReduceGroup;
  readonly #max: ReduceGroup;

  constructor(sum: ReduceGroup, max: ReduceGroup) {
    if (sum.sources !== max.sources) {
      const problem = `groups of ${sum.sources} and ${max.sources} sources`;
      throw HostError.invalid('float reduction', problem, 'give two groups of the same sources');
    }
    this.#sum = sum;
    this.#max = max;
  }

  /** The sum over all sources. @throws HostError as allReduce, and INVALID_ARGUMENT on NaN or infinity. */
  async allReduce(values: Float32Array | Float64Array): Promise<Float64Array> {
    const blocks = Math.ceil(values.length / BLOCK);
    const exponents = new Int32Array(blocks);
    for (let i = 0; i < blocks; i++) {
      exponents[i] = blockExponent(values, i * BLOCK, Math.min(values.length, (i + 1) * BLOCK));
    }
    await this.#max.allReduce(exponents, exponents);
    const scales = Float64Array.from(exponents, (exponent) => sharedScale(exponent, this.#sum.sources));
    const integers = new Int32Array(values.length);
    scales.forEach((scale, i) => {
      quantise(values, scale, integers, i * BLOCK, Math.min(values.length, (i + 1) * BLOCK));
    });
    await this.#sum.allReduce(integers, integers);
    const result = new Float64Array(values.length);
    scales.forEach((scale, i) => {
      dequantise(integers, scale, result, i * BLOCK, Math.min(values.length, (i + 1) * BLOCK));
    });
    return result;
  }
}
