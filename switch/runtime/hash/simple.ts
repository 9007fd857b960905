import { type HashAlgorithm, narrow } from './algorithm.js';

/** The Internet checksum (RFC 1071) of the bytes, an odd last one padded with zero: cksum16 and csum16. */
export function internetChecksum(data: Uint8Array, length: number): number {
  let sum = 0;
  const even = length & ~1;
  for (let i = 0; i < even; i += 2) sum += ((data[i] ?? 0) << 8) | (data[i + 1] ?? 0);
  if (even !== length) sum += (data[even] ?? 0) << 8;
  while (sum > 0xffff) sum = (sum & 0xffff) + Math.floor(sum / 0x10000);
  return ~sum & 0xffff;
}

/** XOR of the big-endian 16-bit words, the last one padded with zero on the right. */
export function xor16(data: Uint8Array, length: number): number {
  let result = 0;
  for (let i = 0; i < length; i++) result ^= (data[i] ?? 0) << ((i & 1) === 0 ? 8 : 0);
  return result;
}

/** XOR of the big-endian 32-bit words, the last one padded with zero on the right. */
export function xor32(data: Uint8Array, length: number): number {
  let result = 0;
  for (let i = 0; i < length; i++) result ^= (data[i] ?? 0) << (24 - 8 * (i & 3));
  return result >>> 0;
}

/** FNV-1a with a final avalanche; BMv2 reads the bytes as signed characters. */
export function hashEx(data: Uint8Array, length: number): number {
  let hash = 0x811c9dc5 | 0;
  for (let i = 0; i < length; i++) hash = Math.imul(hash ^ (((data[i] ?? 0) << 24) >> 24), 0x01000193);
  hash = (hash + (hash << 13)) | 0;
  hash ^= hash >>> 7;
  hash = (hash + (hash << 3)) | 0;
  hash ^= hash >>> 17;
  hash = (hash + (hash << 5)) | 0;
  return hash >>> 0;
}

/** The first 8 bytes (or all, if fewer) as one big-endian number. */
export function identity(): HashAlgorithm {
  let high = 0;
  const low = (data: Uint8Array, length: number): number => {
    const used = Math.min(8, length);
    let h = 0;
    let l = 0;
    for (let i = 0; i < used; i++) {
      h = (h << 8) | (l >>> 24);
      l = (l << 8) | (data[i] ?? 0);
    }
    high = h >>> 0;
    return l >>> 0;
  };
  return { bits: 64, low, high: () => high };
}

/** Counts its calls from 0, whatever the input. */
export function roundRobin(): HashAlgorithm {
  let next = 0;
  return { bits: 64, low: () => next++ >>> 0, high: () => Math.floor((next - 1) / 0x100000000) };
}

/** Numbers distinct inputs from 0 in the order they first come. */
export function roundRobinConsistent(): HashAlgorithm {
  const seen = new Map<string, number>();
  return narrow(32, (data, length) => {
    const input = String.fromCharCode(...data.subarray(0, length));
    let number = seen.get(input);
    if (number === undefined) {
      number = seen.size;
      seen.set(input, number);
    }
    return number;
  });
}

/**
 * Toeplitz hash under `key` (32-bit words), used again from the start when the input is longer. BMv2 starts
 * with a key of zero, under which every hash is 0.
 */
export function toeplitz(key: readonly number[] = [0]): HashAlgorithm {
  const words = Uint32Array.from(key);
  return narrow(32, (data, length) => {
    let result = 0;
    for (let i = 0; i < length; i++) {
      const byte = data[i] ?? 0;
      const left = words[(i >>> 2) % words.length] ?? 0;
      const right = words[((i >>> 2) + 1) % words.length] ?? 0;
      for (let bit = 0; bit < 8; bit++) {
        if ((byte & (0x80 >>> bit)) === 0) continue;
        const shift = 8 * (i & 3) + bit;
        result ^= shift === 0 ? left : (left << shift) | (right >>> (32 - shift));
      }
    }
    return result >>> 0;
  });
}
