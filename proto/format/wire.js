/**
 * Protobuf wire format, as much as the schema's field types need. Apart from
 * the google-protobuf reader because 64-bit integers stay exact here (bigint)
 * and broken input gives a BinaryFormatError.
 */
import { BinaryFormatError } from './errors.js';

export const VARINT = 0;
export const FIXED64 = 1;
export const DELIMITED = 2;
export const FIXED32 = 5;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export class WireWriter {
  #bytes = new Uint8Array(256);
  #length = 0;

  /** @param {number} more */
  #reserve(more) {
    if (this.#length + more <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + more));
    grown.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = grown;
  }

  /** Negative values take their 64-bit two's complement, as int32 and int64 do. @param {bigint} value */
  varint(value) {
    this.#reserve(10);
    let rest = BigInt.asUintN(64, value);
    for (; rest > 0x7fn; rest >>= 7n) this.#bytes[this.#length++] = Number(rest & 0x7fn) | 0x80;
    this.#bytes[this.#length++] = Number(rest);
  }

  /** @param {number} field @param {number} wireType */
  tag(field, wireType) {
    this.varint(BigInt(field * 8 + wireType));
  }

  /** @param {Uint8Array} bytes */
  delimited(bytes) {
    this.varint(BigInt(bytes.length));
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** What was written; the writer must not be used afterwards. */
  finish() {
    return this.#bytes.subarray(0, this.#length);
  }
}

export class WireReader {
  /** @param {Uint8Array} bytes */
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }

  get done() {
    return this.at >= this.bytes.length;
  }

  /** @returns {bigint} 64 bits, unsigned */
  varint() {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.bytes[this.at++];
      if (byte === undefined) throw new BinaryFormatError('TRUNCATED', `the message ends within an integer`);
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asUintN(64, value);
    }
    throw new BinaryFormatError('MALFORMED', `byte ${this.at}: an integer of more than 10 bytes`);
  }

  /** @returns {Uint8Array} a view */
  delimited() {
    const length = Number(this.varint());
    if (length > this.bytes.length - this.at) {
      throw new BinaryFormatError(
        'TRUNCATED',
        `byte ${this.at}: a field of ${length} bytes, but ${this.bytes.length - this.at} are left`,
      );
    }
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  /** @returns {string} */
  string() {
    const bytes = this.delimited();
    try {
      return utf8.decode(bytes);
    } catch (cause) {
      throw new BinaryFormatError('MALFORMED', `byte ${this.at}: a string that is not UTF-8`, { cause });
    }
  }

  /** @returns {{ field: number, wireType: number }} */
  tag() {
    const tag = Number(this.varint());
    const field = Math.floor(tag / 8);
    if (field === 0 || field > 0x1fffffff) {
      throw new BinaryFormatError('MALFORMED', `byte ${this.at}: field number ${field} is none`);
    }
    return { field, wireType: tag % 8 };
  }

  /** Skips the value of an unknown field. @param {number} wireType */
  skip(wireType) {
    if (wireType === VARINT) this.varint();
    else if (wireType === DELIMITED) this.delimited();
    else if (wireType === FIXED64) this.at += 8;
    else if (wireType === FIXED32) this.at += 4;
    else
      throw new BinaryFormatError(
        'MALFORMED',
        `byte ${this.at}: wire type ${wireType} is not used in proto3`,
      );
    if (this.at > this.bytes.length) {
      throw new BinaryFormatError('TRUNCATED', 'the message ends within a fixed-size field');
    }
  }
}
