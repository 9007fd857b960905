/**
 * SipHash-2-4 (Aumasson, Bernstein 2012) with 64 and 128 bits of output, in 32-bit arithmetic: each 64-bit word of the
 * state is a low and a high int32.
 */

// v0 to v3 as low, high, low, high, ...; one scratch state, since a hash never suspends.
const V = new Int32Array(8);

/** Runs SipRounds on the scratch state. */
function rounds(count: number): void {
  let a = V[0] ?? 0;
  let A = V[1] ?? 0;
  let b = V[2] ?? 0;
  let B = V[3] ?? 0;
  let c = V[4] ?? 0;
  let C = V[5] ?? 0;
  let d = V[6] ?? 0;
  let D = V[7] ?? 0;
  for (let i = 0; i < count; i++) {
    // v0 += v1; v1 = rotl(v1, 13) ^ v0; v0 = rotl(v0, 32)
    let s = (a >>> 0) + (b >>> 0);
    A = (A + B + (s > 0xffffffff ? 1 : 0)) | 0;
    a = s | 0;
    let t = b;
    b = ((b << 13) | (B >>> 19)) ^ a;
    B = ((B << 13) | (t >>> 19)) ^ A;
    t = a;
    a = A;
    A = t;
    // v2 += v3; v3 = rotl(v3, 16) ^ v2
    s = (c >>> 0) + (d >>> 0);
    C = (C + D + (s > 0xffffffff ? 1 : 0)) | 0;
    c = s | 0;
    t = d;
    d = ((d << 16) | (D >>> 16)) ^ c;
    D = ((D << 16) | (t >>> 16)) ^ C;
    // v0 += v3; v3 = rotl(v3, 21) ^ v0
    s = (a >>> 0) + (d >>> 0);
    A = (A + D + (s > 0xffffffff ? 1 : 0)) | 0;
    a = s | 0;
    t = d;
    d = ((d << 21) | (D >>> 11)) ^ a;
    D = ((D << 21) | (t >>> 11)) ^ A;
    // v2 += v1; v1 = rotl(v1, 17) ^ v2; v2 = rotl(v2, 32)
    s = (c >>> 0) + (b >>> 0);
    C = (C + B + (s > 0xffffffff ? 1 : 0)) | 0;
    c = s | 0;
    t = b;
    b = ((b << 17) | (B >>> 15)) ^ c;
    B = ((B << 17) | (t >>> 15)) ^ C;
    t = c;
    c = C;
    C = t;
  }
  V[0] = a;
  V[1] = A;
  V[2] = b;
  V[3] = B;
  V[4] = c;
  V[5] = C;
  V[6] = d;
  V[7] = D;
}

/** Exclusive-or of one 64-bit word into word `index` of the state. */
function mix(index: number, low: number, high: number): void {
  V[2 * index] = (V[2 * index] ?? 0) ^ low;
  V[2 * index + 1] = (V[2 * index + 1] ?? 0) ^ high;
}

function readLittle(b: Uint8Array, o: number): number {
  return (b[o] ?? 0) | ((b[o + 1] ?? 0) << 8) | ((b[o + 2] ?? 0) << 16) | ((b[o + 3] ?? 0) << 24);
}

function absorb(key: Uint8Array, data: Uint8Array, start: number, end: number, wide: boolean): void {
  const k0 = readLittle(key, 0);
  const K0 = readLittle(key, 4);
  const k1 = readLittle(key, 8);
  const K1 = readLittle(key, 12);
  // "somepseudorandomlygeneratedbytes"
  V[0] = k0 ^ 0x70736575;
  V[1] = K0 ^ 0x736f6d65;
  V[2] = k1 ^ 0x6e646f6d;
  V[3] = K1 ^ 0x646f7261;
  V[4] = k0 ^ 0x6e657261;
  V[5] = K0 ^ 0x6c796765;
  V[6] = k1 ^ 0x79746573;
  V[7] = K1 ^ 0x74656462;
  if (wide) mix(1, 0xee, 0);

  const length = end - start;
  const whole = start + (length & ~7);
  let at = start;
  for (; at < whole; at += 8) {
    const low = readLittle(data, at);
    const high = readLittle(data, at + 4);
    mix(3, low, high);
    rounds(2);
    mix(0, low, high);
  }
  // The last word: what is left, and the length modulo 256 in the top byte.
  let low = 0;
  let high = (length & 0xff) << 24;
  for (let i = 0; at + i < end; i++) {
    const byte = data[at + i] ?? 0;
    if (i < 4) low |= byte << (8 * i);
    else high |= byte << (8 * (i - 4));
  }
  mix(3, low, high);
  rounds(2);
  mix(0, low, high);
  mix(2, wide ? 0xee : 0xff, 0);
  rounds(4);
}

function checkKey(key: Uint8Array): void {
  if (key.length !== 16) throw new RangeError(`a SipHash key has 16 bytes, this one has ${key.length}`);
}

/** The low 32 bits (0 to 2^32-1) of the 64-bit SipHash-2-4 of `data[start, end)` under a key of 16 bytes. */
export function sipHash32(key: Uint8Array, data: Uint8Array, start = 0, end = data.length): number {
  checkKey(key);
  absorb(key, data, start, end, false);
  return ((V[0] ?? 0) ^ (V[2] ?? 0) ^ (V[4] ?? 0) ^ (V[6] ?? 0)) >>> 0;
}

function emit(out: Uint8Array, offset: number): void {
  let low = (V[0] ?? 0) ^ (V[2] ?? 0) ^ (V[4] ?? 0) ^ (V[6] ?? 0);
  let high = (V[1] ?? 0) ^ (V[3] ?? 0) ^ (V[5] ?? 0) ^ (V[7] ?? 0);
  for (let i = 0; i < 4; i++) {
    out[offset + i] = low;
    out[offset + 4 + i] = high;
    low >>>= 8;
    high >>>= 8;
  }
}

/** The 64-bit SipHash-2-4 as the 8 bytes the reference implementation writes (least significant first). */
export function sipHash64(key: Uint8Array, data: Uint8Array, start = 0, end = data.length): Uint8Array {
  checkKey(key);
  absorb(key, data, start, end, false);
  const out = new Uint8Array(8);
  emit(out, 0);
  return out;
}

/** The 128-bit SipHash-2-4 as the 16 bytes the reference implementation writes. */
export function sipHash128(key: Uint8Array, data: Uint8Array, start = 0, end = data.length): Uint8Array {
  checkKey(key);
  absorb(key, data, start, end, true);
  const out = new Uint8Array(16);
  emit(out, 0);
  mix(1, 0xdd, 0);
  rounds(4);
  emit(out, 8);
  return out;
}
