import type { HashAlgorithm } from './algorithm.js';

/** A CRC of 64 bits; see `CrcConfig`. */
export interface Crc64Config {
  readonly polynomial: bigint;
  readonly initial: bigint;
  readonly reflectInput: boolean;
  readonly reflectOutput: boolean;
  readonly finalXor: bigint;
}

/** crc64_custom until it is configured: the ISO 3309 polynomial with nothing inverted. */
export const CRC64: Crc64Config = {
  polynomial: 0x1bn,
  initial: 0n,
  reflectInput: true,
  reflectOutput: true,
  finalXor: 0n,
};

/** The 64-bit CRC with these parameters, in two 32-bit halves. */
export function crc64(config: Crc64Config): HashAlgorithm {
  const tableHigh = new Int32Array(256);
  const tableLow = new Int32Array(256);
  for (let byte = 0; byte < 256; byte++) {
    const entry = remainderOf(byte, config);
    tableHigh[byte] = Number(entry >> 32n) | 0;
    tableLow[byte] = Number(entry & 0xffffffffn) | 0;
  }
  const initial = config.reflectInput ? reflect64(config.initial) : config.initial;
  const initialHigh = Number(initial >> 32n) | 0;
  const initialLow = Number(initial & 0xffffffffn) | 0;
  const finalHigh = Number(config.finalXor >> 32n) | 0;
  const finalLow = Number(config.finalXor & 0xffffffffn) | 0;
  const { reflectInput } = config;
  const turn = config.reflectInput !== config.reflectOutput;
  let resultHigh = 0;

  const low = (data: Uint8Array, length: number): number => {
    let hi = initialHigh;
    let lo = initialLow;
    for (let i = 0; i < length; i++) {
      const byte = data[i] ?? 0;
      if (reflectInput) {
        const at = (lo ^ byte) & 0xff;
        lo = ((lo >>> 8) | (hi << 24)) ^ (tableLow[at] ?? 0);
        hi = (hi >>> 8) ^ (tableHigh[at] ?? 0);
      } else {
        const at = ((hi >>> 24) ^ byte) & 0xff;
        hi = ((hi << 8) | (lo >>> 24)) ^ (tableHigh[at] ?? 0);
        lo = (lo << 8) ^ (tableLow[at] ?? 0);
      }
    }
    if (turn) [hi, lo] = [reflect32(lo), reflect32(hi)];
    resultHigh = (hi ^ finalHigh) >>> 0;
    return (lo ^ finalLow) >>> 0;
  };
  return { bits: 64, low, high: () => resultHigh };
}

function remainderOf(byte: number, config: Crc64Config): bigint {
  if (config.reflectInput) {
    const polynomial = reflect64(config.polynomial);
    let remainder = BigInt(byte);
    for (let i = 0; i < 8; i++) remainder = remainder & 1n ? (remainder >> 1n) ^ polynomial : remainder >> 1n;
    return remainder;
  }
  let remainder = BigInt(byte) << 56n;
  for (let i = 0; i < 8; i++) {
    remainder = remainder >> 63n ? (remainder << 1n) ^ config.polynomial : remainder << 1n;
    remainder &= 0xffffffffffffffffn;
  }
  return remainder;
}

function reflect64(value: bigint): bigint {
  let out = 0n;
  for (let i = 0n; i < 64n; i++) if ((value >> i) & 1n) out |= 1n << (63n - i);
  return out;
}

function reflect32(value: number): number {
  let out = 0;
  for (let i = 0; i < 32; i++) if ((value >>> i) & 1) out |= 1 << (31 - i);
  return out;
}
