import { type HashAlgorithm, narrow } from './algorithm.js';

/** A CRC of 8, 16 or 32 bits in the usual parameters (the catalogue's poly, init, refin, refout, xorout). */
export interface CrcConfig {
  readonly polynomial: number;
  readonly initial: number;
  readonly reflectInput: boolean;
  readonly reflectOutput: boolean;
  readonly finalXor: number;
}

/** What BMv2 computes as crc16 (CRC-16/ARC), and crc16_custom until it is configured. */
export const CRC16: CrcConfig = {
  polynomial: 0x8005,
  initial: 0,
  reflectInput: true,
  reflectOutput: true,
  finalXor: 0,
};
/** CRC-16/IBM-3740, BMv2's crcCCITT. */
export const CRC_CCITT: CrcConfig = {
  polynomial: 0x1021,
  initial: 0xffff,
  reflectInput: false,
  reflectOutput: false,
  finalXor: 0,
};
/** CRC-32/ISO-HDLC. */
export const CRC32: CrcConfig = {
  polynomial: 0x04c11db7,
  initial: 0xffffffff,
  reflectInput: true,
  reflectOutput: true,
  finalXor: 0xffffffff,
};
/** CRC-8/SMBUS, crc8_custom until it is configured. */
export const CRC8: CrcConfig = {
  polynomial: 0x07,
  initial: 0,
  reflectInput: false,
  reflectOutput: false,
  finalXor: 0,
};

/** The CRC of `bits` bits with these parameters, a byte at a time over a table. */
export function crc(bits: 8 | 16 | 32, config: CrcConfig): HashAlgorithm {
  return config.reflectInput ? reflectedCrc(bits, config) : forwardCrc(bits, config);
}

function forwardCrc(bits: 8 | 16 | 32, config: CrcConfig): HashAlgorithm {
  const mask = bits === 32 ? -1 : (1 << bits) - 1;
  const shift = bits - 8;
  const top = 1 << (bits - 1);
  const table = new Int32Array(256);
  for (let byte = 0; byte < 256; byte++) {
    let remainder = byte << shift;
    for (let i = 0; i < 8; i++) {
      remainder = (remainder & top) !== 0 ? (remainder << 1) ^ config.polynomial : remainder << 1;
    }
    table[byte] = remainder & mask;
  }
  const initial = config.initial | 0;
  const finalXor = config.finalXor | 0;
  const reflectOutput = config.reflectOutput;
  return narrow(bits, (data, length) => {
    let remainder = initial;
    for (let i = 0; i < length; i++) {
      const at = ((remainder >>> shift) ^ (data[i] ?? 0)) & 0xff;
      remainder = ((remainder << 8) ^ (table[at] ?? 0)) & mask;
    }
    const out = reflectOutput ? reflect(remainder, bits) : remainder;
    return ((out ^ finalXor) & mask) >>> 0;
  });
}

function reflectedCrc(bits: 8 | 16 | 32, config: CrcConfig): HashAlgorithm {
  const mask = bits === 32 ? -1 : (1 << bits) - 1;
  const polynomial = reflect(config.polynomial, bits);
  const table = new Int32Array(256);
  for (let byte = 0; byte < 256; byte++) {
    let remainder = byte;
    for (let i = 0; i < 8; i++)
      remainder = (remainder & 1) !== 0 ? (remainder >>> 1) ^ polynomial : remainder >>> 1;
    table[byte] = remainder;
  }
  const initial = reflect(config.initial, bits);
  const finalXor = config.finalXor | 0;
  const reflectOutput = config.reflectOutput;
  return narrow(bits, (data, length) => {
    let remainder = initial;
    for (let i = 0; i < length; i++) {
      remainder = (remainder >>> 8) ^ (table[(remainder ^ (data[i] ?? 0)) & 0xff] ?? 0);
    }
    const out = reflectOutput ? remainder : reflect(remainder, bits);
    return ((out ^ finalXor) & mask) >>> 0;
  });
}

function reflect(value: number, bits: number): number {
  let out = 0;
  for (let i = 0; i < bits; i++) if ((value >>> i) & 1) out |= 1 << (bits - 1 - i);
  return out;
}
