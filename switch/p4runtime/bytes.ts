import { invalid, P4RuntimeError } from './error.js';

/*
 * P4Runtime bytestrings: big-endian unsigned integers. Any length whose value fits is taken; what is sent is
 * canonical, the shortest form (one zero byte for 0). What does not fit is OUT_OF_RANGE (specification, "Bytestrings").
 */

function outOfRange(message: string): P4RuntimeError {
  return new P4RuntimeError('OUT_OF_RANGE', message);
}

/** Value of a bytestring that must fit in `width` bits; `place` names it in the error. */
export function decodeBytes(bytes: Uint8Array, width: number, place: () => string): bigint {
  if (bytes.length === 0) throw outOfRange(`${place()}: the bytestring is empty; write 0 as "\\x00"`);
  const value = bytesToBigint(bytes);
  if (value >> BigInt(width) !== 0n) {
    throw outOfRange(`${place()} takes ${width} bit(s), got 0x${value.toString(16)}`);
  }
  return value;
}

/** A bytestring of any length as an integer; 0 for an empty one. */
export function bytesToBigint(bytes: Uint8Array): bigint {
  if (bytes.length === 0) return 0n;
  if (bytes.length <= 6) {
    let value = 0;
    for (const byte of bytes) value = value * 256 + byte;
    return BigInt(value);
  }
  return BigInt(`0x${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex')}`);
}

/** Canonical bytestring of a non-negative value. */
export function encodeBytes(value: bigint): Uint8Array {
  const hex = value.toString(16);
  return new Uint8Array(Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex'));
}

/** Pattern of `width` bits of a two's complement bytestring whose value must fit in int<width>. */
export function decodeSigned(bytes: Uint8Array, width: number, place: () => string): bigint {
  if (bytes.length === 0) throw outOfRange(`${place()}: the bytestring is empty; write 0 as "\\x00"`);
  const value = BigInt.asIntN(8 * bytes.length, bytesToBigint(bytes));
  if (BigInt.asIntN(width, value) !== value) {
    throw outOfRange(`${place()} takes a signed value of ${width} bit(s), got ${value}`);
  }
  return BigInt.asUintN(width, value);
}

/** Shortest two's complement bytestring of a pattern of `width` bits. */
export function encodeSigned(pattern: bigint, width: number): Uint8Array {
  const value = BigInt.asIntN(width, pattern);
  let length = 1;
  while (BigInt.asIntN(8 * length, value) !== value) length++;
  const bytes = encodeBytes(BigInt.asUintN(8 * length, value));
  const padded = new Uint8Array(length);
  padded.set(bytes, length - bytes.length);
  return padded;
}

/** Largest number a port of the switch can have. */
const MAX_PORT = 0xffff;

/** A port number from a bytestring. Throws INVALID_ARGUMENT for ports there cannot be. */
export function decodePort(bytes: Uint8Array, place: () => string): number {
  if (bytes.length === 0) throw outOfRange(`${place()}: the bytestring is empty; write 0 as "\\x00"`);
  return checkPort(bytesToBigint(bytes), place);
}

/** Throws INVALID_ARGUMENT for ports there cannot be. */
export function checkPort(port: bigint | number, place: () => string): number {
  if (port >= 0 && port <= MAX_PORT) return Number(port);
  throw invalid(`${place()} is 0 to ${MAX_PORT}, got ${port}`);
}
