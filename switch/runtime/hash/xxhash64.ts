import type { HashAlgorithm } from './algorithm.js';

/*
 * XXH64 with seed 0 (github.com/Cyan4973/xxHash, doc/xxhash_spec.md), on 64-bit integers held as two 32-bit
 * halves. The halves of a result travel in `hi` and the return value.
 */

const [P1H, P1L] = [0x9e3779b1, 0x85ebca87];
const [P2H, P2L] = [0xc2b2ae3d, 0x27d4eb4f];
const [P3H, P3L] = [0x165667b1, 0x9e3779f9];
const [P4H, P4L] = [0x85ebca77, 0xc2b2ae63];
const [P5H, P5L] = [0x27d4eb2f, 0x165667c5];

/** Upper half of the last 64-bit operation. */
let hi = 0;

function add(ah: number, al: number, bh: number, bl: number): number {
  const low = (al >>> 0) + (bl >>> 0);
  hi = (ah + bh + (low > 0xffffffff ? 1 : 0)) | 0;
  return low | 0;
}

function multiply(ah: number, al: number, bh: number, bl: number): number {
  const a0 = al & 0xffff;
  const a1 = al >>> 16;
  const b0 = bl & 0xffff;
  const b1 = bl >>> 16;
  const low = a0 * b0;
  const middle = a1 * b0 + (low >>> 16);
  const middle2 = a0 * b1 + (middle & 0xffff);
  const upper = a1 * b1 + Math.floor(middle / 0x10000) + Math.floor(middle2 / 0x10000);
  hi = (upper + Math.imul(ah, bl) + Math.imul(al, bh)) | 0;
  return Math.imul(al, bl);
}

/** Rotates left by 0 < n < 32 bits. */
function rotate(ah: number, al: number, n: number): number {
  hi = (ah << n) | (al >>> (32 - n));
  return (al << n) | (ah >>> (32 - n));
}

function round(accH: number, accL: number, laneH: number, laneL: number): number {
  let l = multiply(laneH, laneL, P2H, P2L);
  l = add(accH, accL, hi, l);
  // A rotation by 31 is one by 32 (the halves change places) and one by 1 to the right.
  const h = hi;
  hi = (h << 31) | (l >>> 1);
  l = (l << 31) | (h >>> 1);
  return multiply(hi, l, P1H, P1L);
}

function read32(data: Uint8Array, at: number): number {
  return (
    (data[at] ?? 0) | ((data[at + 1] ?? 0) << 8) | ((data[at + 2] ?? 0) << 16) | ((data[at + 3] ?? 0) << 24)
  );
}

const accHigh = new Int32Array(4);
const accLow = new Int32Array(4);

function consumeStripes(data: Uint8Array, length: number): number {
  accLow[0] = add(P1H, P1L, P2H, P2L);
  accHigh[0] = hi;
  accHigh[1] = P2H;
  accLow[1] = P2L;
  accHigh[2] = 0;
  accLow[2] = 0;
  accLow[3] = add(0, 0, ~P1H, ~P1L + 1);
  accHigh[3] = hi;
  let at = 0;
  for (; at + 32 <= length; at += 32) {
    for (let lane = 0; lane < 4; lane++) {
      const from = at + 8 * lane;
      accLow[lane] = round(accHigh[lane] ?? 0, accLow[lane] ?? 0, read32(data, from + 4), read32(data, from));
      accHigh[lane] = hi;
    }
  }
  return at;
}

const CONVERGE = [1, 7, 12, 18];

function converge(): number {
  let h = 0;
  let l = 0;
  for (let lane = 0; lane < 4; lane++) {
    const turned = rotate(accHigh[lane] ?? 0, accLow[lane] ?? 0, CONVERGE[lane] ?? 1);
    l = add(h, l, hi, turned);
    h = hi;
  }
  for (let lane = 0; lane < 4; lane++) {
    const merged = round(0, 0, accHigh[lane] ?? 0, accLow[lane] ?? 0);
    l = multiply(h ^ hi, l ^ merged, P1H, P1L);
    l = add(hi, l, P4H, P4L);
    h = hi;
  }
  hi = h;
  return l;
}

/** Low half of XXH64(data[0..length), 0); the upper half is left in `hi`. */
function xxh64Low(data: Uint8Array, length: number): number {
  let at = 0;
  let h = P5H;
  let l = P5L;
  if (length >= 32) {
    at = consumeStripes(data, length);
    l = converge();
    h = hi;
  }
  l = add(h, l, 0, length);
  h = hi;
  for (; at + 8 <= length; at += 8) {
    const k = round(0, 0, read32(data, at + 4), read32(data, at));
    l = rotate(h ^ hi, l ^ k, 27);
    l = multiply(hi, l, P1H, P1L);
    l = add(hi, l, P4H, P4L);
    h = hi;
  }
  if (at + 4 <= length) {
    const k = multiply(0, read32(data, at), P1H, P1L);
    l = rotate(h ^ hi, l ^ k, 23);
    l = multiply(hi, l, P2H, P2L);
    l = add(hi, l, P3H, P3L);
    h = hi;
    at += 4;
  }
  for (; at < length; at++) {
    const k = multiply(0, data[at] ?? 0, P5H, P5L);
    l = rotate(h ^ hi, l ^ k, 11);
    l = multiply(hi, l, P1H, P1L);
    h = hi;
  }
  l ^= h >>> 1; // x ^= x >>> 33
  l = multiply(h, l, P2H, P2L);
  h = hi;
  const turned = (l >>> 29) | (h << 3); // x ^= x >>> 29
  l ^= turned;
  h ^= h >>> 29;
  l = multiply(h, l, P3H, P3L);
  h = hi;
  hi = h;
  return (l ^ h) >>> 0; // x ^= x >>> 32
}

/** XXH64 with seed 0: BMv2's xxh64 and bmv2_hash. */
export const XXH64: HashAlgorithm = { bits: 64, low: xxh64Low, high: () => hi >>> 0 };
