import { HostError } from './errors.js';

/**
 * Floats over integer aggregation: all sources multiply by one power of two, the network sums int32, all divide again.
 * The power is chosen so that the sum of all sources cannot overflow.
 */

/** The least e with max |x| < 2^e over `values[from, to)`; -127 where all are 0. @throws HostError on NaN or infinity. */
export function blockExponent(values: ArrayLike<number>, from = 0, to = values.length): number {
  let largest = 0;
  for (let i = from; i < to; i++) {
    const size = Math.abs(values[i] ?? 0);
    if (!(size < Number.POSITIVE_INFINITY)) {
      throw HostError.invalid(`value ${i} of a float reduction`, `is ${values[i]}`, 'give finite numbers');
    }
    if (size > largest) largest = size;
  }
  if (largest === 0) return -127;
  let exponent = Math.max(-127, Math.floor(Math.log2(largest)) + 1);
  // The logarithm is rounded; settle it exactly.
  while (largest >= 2 ** exponent) exponent++;
  while (exponent > -127 && largest < 2 ** (exponent - 1)) exponent--;
  return exponent;
}

/** The scale (a power of two) at which `sources` values below 2^exponent add up to less than 2^31. */
export function sharedScale(exponent: number, sources: number): number {
  return 2 ** (30 - Math.ceil(Math.log2(sources)) - exponent);
}

/** out[i] = round(values[i] * scale) for i in [from, to); values outside int32 saturate. */
export function quantise(
  values: ArrayLike<number>,
  scale: number,
  out: Int32Array = new Int32Array(values.length),
  from = 0,
  to = values.length,
): Int32Array {
  for (let i = from; i < to; i++) {
    out[i] = Math.max(-0x80000000, Math.min(0x7fffffff, Math.round((values[i] ?? 0) * scale)));
  }
  return out;
}

/** out[i] = values[i] / scale for i in [from, to). */
export function dequantise(
  values: Int32Array,
  scale: number,
  out: Float64Array = new Float64Array(values.length),
  from = 0,
  to = values.length,
): Float64Array {
  for (let i = from; i < to; i++) out[i] = (values[i] ?? 0) / scale;
  return out;
}
