/**
 * HalfSipHash-2-4 with 64 bits of output (Aumasson, Bernstein): SipHash on 32-bit words with a key of 8 bytes, what a
 * switch can compute for a packet on its way.
 */

const KEY_BYTES = 8;

// v0 to v3; one scratch state, since a hash never suspends.
const V = new Int32Array(4);

function rounds(count: number): void {
  let a = V[0] ?? 0;
  let b = V[1] ?? 0;
  let c = V[2] ?? 0;
  let d = V[3] ?? 0;
  for (let i = 0; i < count; i++) {
    a = (a + b) | 0;
    b = ((b << 5) | (b >>> 27)) ^ a;
    a = (a << 16) | (a >>> 16);
    c = (c + d) | 0;
    d = ((d << 8) | (d >>> 24)) ^ c;
    a = (a + d) | 0;
    d = ((d << 7) | (d >>> 25)) ^ a;
    c = (c + b) | 0;
    b = ((b << 13) | (b >>> 19)) ^ c;
    c = (c << 16) | (c >>> 16);
  }
  V[0] = a;
  V[1] = b;
  V[2] = c;
  V[3] = d;
}

function readLittle(b: Uint8Array, o: number): number {
  return (b[o] ?? 0) | ((b[o + 1] ?? 0) << 8) | ((b[o + 2] ?? 0) << 16) | ((b[o + 3] ?? 0) << 24);
}

function writeLittle(b: Uint8Array, o: number, word: number): void {
  for (let i = 0; i < 4; i++) b[o + i] = word >>> (8 * i);
}

function absorb(word: number): void {
  V[3] = (V[3] ?? 0) ^ word;
  rounds(2);
  V[0] = (V[0] ?? 0) ^ word;
}

/**
 * The 8 bytes the reference implementation writes for `data[start, end)`.
 * @throws RangeError where the key has not 8 bytes.
 */
export function halfSipHash64(key: Uint8Array, data: Uint8Array, start = 0, end = data.length): Uint8Array {
  if (key.length !== KEY_BYTES) {
    throw new RangeError(`a HalfSipHash key has ${KEY_BYTES} bytes, this one has ${key.length}`);
  }
  const k0 = readLittle(key, 0);
  const k1 = readLittle(key, 4);
  V[0] = k0;
  V[1] = k1 ^ 0xee;
  V[2] = k0 ^ 0x6c796765;
  V[3] = k1 ^ 0x74656462;
  const length = end - start;
  const whole = start + (length & ~3);
  let at = start;
  for (; at < whole; at += 4) absorb(readLittle(data, at));
  // What is left, and the length modulo 256 in the top byte.
  let last = (length & 0xff) << 24;
  for (let i = 0; at + i < end; i++) last |= (data[at + i] ?? 0) << (8 * i);
  absorb(last);
  V[2] = (V[2] ?? 0) ^ 0xee;
  rounds(4);
  const out = new Uint8Array(8);
  writeLittle(out, 0, (V[1] ?? 0) ^ (V[3] ?? 0));
  V[1] = (V[1] ?? 0) ^ 0xdd;
  rounds(4);
  writeLittle(out, 4, (V[1] ?? 0) ^ (V[3] ?? 0));
  return out;
}
