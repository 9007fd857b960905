/** Functions generated code calls for what is too long or too rare to be written out in it. */

/** Powers of two a shift multiplies by. */
export const POW = Float64Array.from({ length: 64 }, (_, i) => 2 ** i);

/** The high 32 bits of the product of two unsigned 32-bit numbers. */
export function highProduct(a: number, b: number): number {
  const al = a & 0xffff;
  const ah = a >>> 16;
  const bl = b & 0xffff;
  const bh = b >>> 16;
  const middle = ah * bl + ((al * bl) >>> 16);
  const cross = al * bh + (middle & 0xffff);
  return ah * bh + (middle >>> 16) + (cross >>> 16);
}

export function bigAt(words: Uint32Array, offset: number, count: number): bigint {
  let value = 0n;
  for (let i = 0; i < count; i++) value = (value << 32n) | BigInt(words[offset + i] ?? 0);
  return value;
}

export function bigClamp(value: bigint, low: bigint, high: bigint): bigint {
  return value < low ? low : value > high ? high : value;
}

/** Quotient or remainder; BMv2 stops the process on a division by zero, here it gives zero. */
export function bigDivide(a: bigint, b: bigint, remainder: boolean): bigint {
  if (b <= 0n) return 0n;
  return remainder ? a % b : a / b;
}

/** simple_switch's hash: base + result % size in 64-bit arithmetic, size 0 taken as 1. */
export function hashBig(high: number, low: number, size: bigint, base: bigint): bigint {
  const result = (BigInt(high) << 32n) | BigInt(low);
  const by = BigInt.asUintN(64, size);
  return BigInt.asUintN(64, (result % (by === 0n ? 1n : by)) + BigInt.asUintN(64, base));
}

/** What support functions share with the generated code. */
export interface Buffers {
  /** The PHV. */
  readonly phv: Uint32Array;
  /** The packet being parsed or written. */
  readonly packet: Uint8Array;
  /** Scratch for hash and checksum inputs. */
  readonly scratch: Uint8Array;
}

/** Puts `width` bits of `value` at bit `at`; what was there is overwritten. Returns the bit behind them. */
export function putBits(bytes: Uint8Array, at: number, value: number, width: number): number {
  for (let i = width - 1, bit = at; i >= 0; i--, bit++) {
    const byte = bit >> 3;
    const mask = 0x80 >> (bit & 7);
    const old = bytes[byte] ?? 0;
    bytes[byte] = ((value >>> i) & 1) === 1 ? old | mask : old & ~mask;
  }
  return at + width;
}

export function makeSupport(buffers: Buffers, random: () => number) {
  const { phv, packet, scratch } = buffers;
  /** Byte `index` (0 first) of a varbit value of `bytes` bytes, held right-aligned in `words` words. */
  const varbitByte = (base: number, words: number, bytes: number, index: number): number => {
    const fromEnd = bytes - 1 - index;
    return ((phv[base + words - 1 - (fromEnd >> 2)] ?? 0) >>> (8 * (fromEnd & 3))) & 0xff;
  };
  const putVarbit = (target: Uint8Array, at: number, base: number, words: number, bytes: number): number => {
    let bit = at;
    for (let i = 0; i < bytes; i++) bit = putBits(target, bit, varbitByte(base, words, bytes, i), 8);
    return bit;
  };
  return {
    POW,
    highProduct,
    bigAt,
    bigClamp,
    bigDivide,
    hashBig,
    random,
    putBits,
    putVarbit,
    /** A uniform choice among low..high, both 64-bit. */
    randomBig(low: bigint, high: bigint): bigint {
      const bits = (BigInt(Math.floor(random() * 2 ** 32)) << 32n) | BigInt(Math.floor(random() * 2 ** 32));
      return low + (bits % (high - low + 1n));
    },
    /** Reads `bytes` bytes from bit `shift` of packet byte `at` into words of the PHV, right-aligned. */
    loadVarbit(base: number, words: number, at: number, shift: number, bytes: number): void {
      phv.fill(0, base, base + words);
      for (let i = 0; i < bytes; i++) {
        const fromEnd = bytes - 1 - i;
        const pair = ((packet[at + i] ?? 0) << 8) | (packet[at + i + 1] ?? 0);
        const word = base + words - 1 - (fromEnd >> 2);
        phv[word] = (phv[word] ?? 0) | (((pair >>> (8 - shift)) & 0xff) << (8 * (fromEnd & 3)));
      }
    },
    /** Writes the last `bytes` bytes of words of the PHV to `target` from byte `at` on. */
    storeVarbit(target: Uint8Array, at: number, base: number, words: number, bytes: number): void {
      for (let i = 0; i < bytes; i++) target[at + i] = varbitByte(base, words, bytes, i);
    },
    /** Appends bits to the scratch buffer, zero-filling the last byte; returns the bit behind them. */
    appendBits(at: number, value: number, width: number): number {
      const end = putBits(scratch, at, value, width);
      if ((end & 7) !== 0) putBits(scratch, end, 0, 8 - (end & 7));
      return end;
    },
    appendVarbit(at: number, base: number, words: number, bytes: number): number {
      const end = putVarbit(scratch, at, base, words, bytes);
      if ((end & 7) !== 0) putBits(scratch, end, 0, 8 - (end & 7));
      return end;
    },
  };
}
