/**
 * Values in the PHV layout: ceil(width/32) limbs of 32 bits, most significant limb first,
 * value right-aligned. bigint appears on the control surface only.
 */

/** Number of 32-bit limbs a value of `width` bits takes (at least one, so that bit<0> keeps a place). */
export function limbCount(width: number): number {
  return width <= 32 ? 1 : (width + 31) >>> 5;
}

/** Writes `value` (0 <= value < 2^width) into `target` from `offset` on. */
export function writeLimbs(
  target: Uint32Array | Int32Array,
  offset: number,
  width: number,
  value: bigint,
): void {
  let rest = value;
  for (let i = offset + limbCount(width) - 1; i >= offset; i--) {
    target[i] = Number(rest & 0xffffffffn);
    rest >>= 32n;
  }
}

/** Reads a value of `width` bits from `source` at `offset`. */
export function readLimbs(source: Uint32Array | Int32Array, offset: number, width: number): bigint {
  let value = 0n;
  const end = offset + limbCount(width);
  for (let i = offset; i < end; i++) value = (value << 32n) | BigInt((source[i] ?? 0) >>> 0);
  return value;
}

/** All ones in `width` bits. */
export function allOnes(width: number): bigint {
  return (1n << BigInt(width)) - 1n;
}

/** Mask of the `length` leading bits of a `width`-bit value. */
export function prefixMask(width: number, length: number): bigint {
  return allOnes(length) << BigInt(width - length);
}
