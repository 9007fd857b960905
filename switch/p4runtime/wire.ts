/**
 * The little of the protobuf encoding that the hot paths read and write themselves: tags, varints and
 * length-delimited fields (protobuf documentation, "Encoding").
 */

/** Reads fields one after another; `failed` is set, and stays, when the bytes are no well-formed message. */
export class WireReader {
  bytes: Uint8Array;
  at = 0;
  end = 0;
  failed = false;

  constructor(bytes: Uint8Array = new Uint8Array(0)) {
    this.bytes = bytes;
    this.end = bytes.length;
  }

  /** Starts over on a part of `bytes`. */
  reset(bytes: Uint8Array, at: number, end: number): void {
    this.bytes = bytes;
    this.at = at;
    this.end = end;
    this.failed = false;
  }

  byte(): number {
    if (this.at < this.end) return this.bytes[this.at++] ?? 0;
    this.failed = true;
    return 0;
  }

  /** A varint below 2^32; anything larger fails. */
  varint(): number {
    let value = 0;
    let scale = 1;
    for (let i = 0; i < 5; i++) {
      if (this.at >= this.end) break;
      const byte = this.bytes[this.at++] ?? 0;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) {
        if (value <= 0xffffffff) return value;
        break;
      }
      scale *= 128;
    }
    this.failed = true;
    this.at = this.end;
    return 0;
  }

  /** Length of a length-delimited field whose bytes start at `at` then. */
  length(): number {
    const length = this.varint();
    if (length <= this.end - this.at) return length;
    this.failed = true;
    this.at = this.end;
    return 0;
  }

  /** Passes over a field of this wire type. */
  skip(wireType: number): void {
    if (wireType === 0) {
      while (this.at < this.end && (this.bytes[this.at] ?? 0) >= 0x80) this.at++;
      this.at++;
    } else if (wireType === 1) this.at += 8;
    else if (wireType === 2) {
      const length = this.length();
      this.at += length;
    } else if (wireType === 5) this.at += 4;
    else this.failed = true;
    if (this.at > this.end) this.failed = true;
    if (this.failed) this.at = this.end;
  }
}

/**
 * Writes a message from its end to its beginning, so that the length of what a field holds is known when its
 * header is written.
 */
export class WireWriter {
  private bytes = Buffer.allocUnsafe(4096);
  private at = this.bytes.length;

  /** Bytes written so far. */
  get size(): number {
    return this.bytes.length - this.at;
  }

  /** A copy of the message; the writer starts over. */
  take(): Buffer {
    const message = Buffer.from(this.bytes.subarray(this.at));
    this.at = this.bytes.length;
    return message;
  }

  byte(value: number): void {
    if (this.at === 0) this.grow(1);
    this.bytes[--this.at] = value;
  }

  /** An integer of 0 to 2^32 - 1. */
  varint(value: number): void {
    let length = 1;
    for (let rest = value >>> 7; rest !== 0; rest >>>= 7) length++;
    if (this.at < length) this.grow(length);
    this.at -= length;
    let rest = value >>> 0;
    let i = this.at;
    for (; rest >= 0x80; rest >>>= 7) this.bytes[i++] = (rest & 0x7f) | 0x80;
    this.bytes[i] = rest;
  }

  /** A varint field. */
  number(tag: number, value: number): void {
    this.varint(value);
    this.byte(tag);
  }

  raw(bytes: Uint8Array): void {
    if (this.at < bytes.length) this.grow(bytes.length);
    this.at -= bytes.length;
    this.bytes.set(bytes, this.at);
  }

  /** Header of a length-delimited field that holds what was written since `size` was `before`. */
  header(tag: number, before: number): void {
    this.varint(this.size - before);
    this.byte(tag);
  }

  /** A field with the canonical bytestring of a value in limbs: big-endian, no leading zero bytes, one at least. */
  limbs(tag: number, source: Uint32Array, offset: number, count: number): void {
    const before = this.size;
    let first = offset;
    while (first < offset + count - 1 && source[first] === 0) first++;
    for (let i = offset + count - 1; i > first; i--) {
      const limb = source[i] ?? 0;
      this.byte(limb & 0xff);
      this.byte((limb >>> 8) & 0xff);
      this.byte((limb >>> 16) & 0xff);
      this.byte(limb >>> 24);
    }
    let top = source[first] ?? 0;
    do {
      this.byte(top & 0xff);
      top >>>= 8;
    } while (top !== 0);
    this.header(tag, before);
  }

  private grow(needed: number): void {
    const old = this.bytes.subarray(this.at);
    const bytes = Buffer.allocUnsafe(Math.max(2 * this.bytes.length, old.length + needed));
    this.at = bytes.length - old.length;
    bytes.set(old, this.at);
    this.bytes = bytes;
  }
}
