import { P4RuntimeError } from './errors.js';

/**
 * Values on the P4Runtime wire are byte strings, most significant byte first, in the shortest form that holds the
 * value ("canonical", P4Runtime section 8.4); zero is one zero byte.
 *
 * What a program may pass where a field value is wanted:
 *   number      0 to 2^53 - 1
 *   bigint      0 or more
 *   Uint8Array  any length whose value fits
 *   string      '0x1f' '0b101' '42'            any width
 *               '10.0.0.1'                     32 bits
 *               '00:11:22:33:44:55'            48 bits (also with '-')
 *               'fe80::1'                      128 bits
 */
export type Value = number | bigint | string | Uint8Array;

/** A value as it is read: an integer, or text where the program translates the field to text. */
export type ReadValue = bigint | string;

/** A field to name in error messages. */
export interface Field {
  readonly name: string;
  /** Bits; 0 where the P4Info gives none (a translated type carried as text). */
  readonly width: number;
}

const ZERO = new Uint8Array(1);

/** Canonical bytes of a value for a field. Throws P4RuntimeError BAD_VALUE. */
export function encodeValue(value: Value, field: Field): Uint8Array {
  if (field.width === 0) return encodeText(value, field);
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) {
    if (value >= 2 ** field.width) throw tooWide(value, field);
    return numberBytes(value);
  }
  const integer = toInteger(value, field);
  if (integer >> BigInt(field.width) !== 0n) throw tooWide(value, field);
  return bigintBytes(integer);
}

/** The integer a value stands for. Throws P4RuntimeError BAD_VALUE. */
export function toInteger(value: Value, field: Field): bigint {
  switch (typeof value) {
    case 'bigint':
      if (value < 0n) throw badValue(value, field, 'is negative');
      return value;
    case 'number':
      if (!Number.isSafeInteger(value) || value < 0) {
        throw badValue(value, field, 'is no integer of 0 to 2^53-1; pass a bigint');
      }
      return BigInt(value);
    case 'string':
      return parseText(value, field);
    default:
      return bytesToBigint(value);
  }
}

/** The value of a field of `width` bits (0 = text), as it came. */
export function decodeValue(bytes: Uint8Array, width: number | undefined): ReadValue {
  return width === 0 ? new TextDecoder().decode(bytes) : bytesToBigint(bytes);
}

/** Integer of a byte string of any length; the empty string is 0. */
export function bytesToBigint(bytes: Uint8Array): bigint {
  if (bytes.length <= 6) return BigInt(bytesToNumber(bytes));
  let hex = '0x';
  for (const byte of bytes) hex += HEX[byte] ?? '';
  return BigInt(hex);
}

/** Integer of a byte string whose value is below 2^53. */
export function bytesToNumber(bytes: Uint8Array): number {
  let value = 0;
  for (const byte of bytes) value = value * 256 + byte;
  return value;
}

/** Shortest bytes of a non-negative integer below 2^53. */
export function numberBytes(value: number): Uint8Array {
  if (value < 256) {
    if (value === 0) return ZERO.slice();
    return Uint8Array.of(value);
  }
  let length = 2;
  for (let rest = value / 65536; rest >= 1; rest /= 256) length += 1;
  const bytes = new Uint8Array(length);
  let rest = value;
  for (let i = length - 1; i >= 0; i -= 1) {
    bytes[i] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  return bytes;
}

/** Shortest bytes of a non-negative integer. */
export function bigintBytes(value: bigint): Uint8Array {
  if (value <= 0xffffffffffffn) return numberBytes(Number(value));
  const hex = value.toString(16);
  return hexBytes(hex.length % 2 === 0 ? hex : `0${hex}`);
}

/** Bytes without leading zeros, one zero byte for 0. Returns its argument where it is canonical already. */
export function canonical(bytes: Uint8Array): Uint8Array {
  if (bytes.length > 0 && (bytes[0] !== 0 || bytes.length === 1)) return bytes;
  let start = 0;
  while (start < bytes.length - 1 && bytes[start] === 0) start += 1;
  return bytes.length === 0 ? ZERO.slice() : bytes.subarray(start);
}

/** Bits [0, prefixLength) of a field of `width` bits set: the mask of a prefix. */
export function prefixMask(prefixLength: number, width: number): bigint {
  return ((1n << BigInt(prefixLength)) - 1n) << BigInt(width - prefixLength);
}

/** The shortest bytes with the low `width` bits set. */
export function allOnes(width: number): bigint {
  return (1n << BigInt(width)) - 1n;
}

/** IPv4 address as an integer; undefined where the text is none. */
export function parseIPv4(text: string): number | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  if (match === null) return undefined;
  let value = 0;
  for (let i = 1; i <= 4; i += 1) {
    const part = Number(match[i]);
    if (part > 255) return undefined;
    value = value * 256 + part;
  }
  return value;
}

export function formatIPv4(address: number | bigint): string {
  const value = Number(address);
  return `${Math.floor(value / 2 ** 24)}.${(value >>> 16) & 255}.${(value >>> 8) & 255}.${value & 255}`;
}

/** MAC address as an integer; undefined where the text is none. */
export function parseMac(text: string): number | undefined {
  if (!/^[0-9a-f]{2}([:-])(?:[0-9a-f]{2}\1){4}[0-9a-f]{2}$/i.test(text)) return undefined;
  return Number.parseInt(text.replace(/[:-]/g, ''), 16);
}

export function formatMac(address: number | bigint): string {
  const hex = address.toString(16).padStart(12, '0');
  return hex.replace(/(..)(?!$)/g, '$1:');
}

/** IPv6 address as an integer; undefined where the text is none. An embedded IPv4 tail is accepted. */
export function parseIPv6(text: string): bigint | undefined {
  let source = text;
  const tail = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text);
  if (tail !== null) {
    const v4 = parseIPv4(tail[2] ?? '');
    if (v4 === undefined) return undefined;
    source = `${tail[1] ?? ''}${(v4 >>> 16).toString(16)}:${(v4 & 0xffff).toString(16)}`;
  }
  const halves = source.split('::');
  if (halves.length > 2) return undefined;
  const groups = halves.map((half) => (half === '' ? [] : half.split(':')));
  const head = groups[0] ?? [];
  const rest = groups[1];
  const present = head.length + (rest?.length ?? 0);
  if (rest === undefined ? present !== 8 : present > 7) return undefined;
  const all = rest === undefined ? head : [...head, ...new Array<string>(8 - present).fill('0'), ...rest];
  let value = 0n;
  for (const group of all) {
    if (!/^[0-9a-f]{1,4}$/i.test(group)) return undefined;
    value = (value << 16n) | BigInt(`0x${group}`);
  }
  return value;
}

/** Text of a value by the width of its field: IPv4 at 32 bits, MAC at 48, hexadecimal above 64, else decimal. */
export function formatValue(value: bigint, width: number): string {
  if (width === 32) return formatIPv4(value);
  if (width === 48) return formatMac(value);
  return width > 64 ? `0x${value.toString(16)}` : value.toString();
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

export function bytesToHex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += HEX[byte] ?? '';
  return text;
}

function hexBytes(hex: string): Uint8Array {
  const bytes = new Uint8Array(hex.length / 2);
  for (let i = 0; i < bytes.length; i += 1) bytes[i] = Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16);
  return bytes;
}

function parseText(text: string, field: Field): bigint {
  const trimmed = text.trim();
  if (/^(?:0x[0-9a-f]+|0b[01]+|0o[0-7]+|\d+)$/i.test(trimmed)) return BigInt(trimmed.toLowerCase());
  const v4 = parseIPv4(trimmed);
  if (v4 !== undefined) return widthChecked(BigInt(v4), 32, 'an IPv4 address', text, field);
  const mac = parseMac(trimmed);
  if (mac !== undefined) return widthChecked(BigInt(mac), 48, 'a MAC address', text, field);
  const v6 = parseIPv6(trimmed);
  if (v6 !== undefined) return widthChecked(v6, 128, 'an IPv6 address', text, field);
  throw badValue(text, field, 'is no number (42, 0x2a) and no IPv4, MAC or IPv6 address');
}

function widthChecked(value: bigint, bits: number, what: string, text: string, field: Field): bigint {
  if (field.width >= bits) return value;
  throw badValue(text, field, `is ${what} of ${bits} bits; the field has ${field.width}`);
}

function encodeText(value: Value, field: Field): Uint8Array {
  if (typeof value === 'string') return new TextEncoder().encode(value);
  if (value instanceof Uint8Array) return value;
  throw badValue(value, field, 'must be text or bytes, the field is translated to a string');
}

function badValue(value: Value, field: Field, why: string): P4RuntimeError {
  const shown = value instanceof Uint8Array ? `0x${bytesToHex(value)}` : String(value);
  return new P4RuntimeError('BAD_VALUE', `${field.name}: ${shown} ${why}`);
}

function tooWide(value: Value, field: Field): P4RuntimeError {
  return badValue(value, field, `does not fit ${field.width} bits`);
}
