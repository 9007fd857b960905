/**
 * A hash as generated code calls it. `low` computes over the first `length` bytes of `data` and returns the
 * low 32 bits, unsigned; `high` returns the upper 32 bits of that same result (0 for algorithms of 32 bits
 * or fewer), until the next call.
 */
export interface HashAlgorithm {
  readonly bits: 8 | 16 | 32 | 64;
  readonly low: (data: Uint8Array, length: number) => number;
  readonly high: () => number;
}

/** Wraps a function of at most 32 bits. */
export function narrow(bits: 8 | 16 | 32, low: (data: Uint8Array, length: number) => number): HashAlgorithm {
  return { bits, low, high: () => 0 };
}

/** (high * 2^32 + low) mod `size`, for 0 < size <= 2^32. */
export function hashModulo(high: number, low: number, size: number): number {
  if (high === 0) return low % size;
  // In two steps of 16 bits, so that no intermediate exceeds 2^53.
  const upper = ((((high % size) * 0x10000) % size) * 0x10000) % size;
  return (upper + low) % size;
}
