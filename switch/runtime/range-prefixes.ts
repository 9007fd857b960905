import { allOnes, prefixMask } from './limbs.js';

/** A value under a mask. */
export interface Masked {
  readonly value: bigint;
  readonly mask: bigint;
}

/** The fewest prefixes that together cover low..high of a `width`-bit field (at most 2 * width - 2). */
export function rangePrefixes(low: bigint, high: bigint, width: number): Masked[] {
  const prefixes: Masked[] = [];
  let from = low;
  while (from <= high) {
    let bits = 0;
    while (bits < width) {
      const size = 1n << BigInt(bits + 1);
      if ((from & (size - 1n)) !== 0n || from + size - 1n > high) break;
      bits++;
    }
    prefixes.push({ value: from, mask: prefixMask(width, width - bits) });
    from += 1n << BigInt(bits);
  }
  return prefixes;
}

/** The longest prefix that low and high share; covers the range and usually more. */
export function commonPrefix(low: bigint, high: bigint, width: number): Masked {
  let differing = 0;
  for (let rest = low ^ high; rest > 0n; rest >>= 1n) differing++;
  const mask = allOnes(width) ^ allOnes(differing);
  return { value: low & mask, mask };
}
