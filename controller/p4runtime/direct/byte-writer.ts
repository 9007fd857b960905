/**
 * Protobuf wire format written straight into one growing buffer. Messages inside messages are begun and ended; their
 * length takes one byte unless they turn out longer than 127.
 */
export class ByteWriter {
  #bytes = new Uint8Array(64 * 1024);
  #length = 0;
  readonly #limbs = new Uint8Array(256);
  readonly #limbsView = new DataView(this.#limbs.buffer);

  get length(): number {
    return this.#length;
  }

  /** Takes back everything after a position. */
  truncate(length: number): void {
    this.#length = length;
  }

  /** A copy of what was written from one position to another. */
  slice(from: number, to: number): Uint8Array {
    return this.#bytes.slice(from, to);
  }

  /** An unsigned integer below 2^53. */
  varint(value: number): void {
    this.#reserve(10);
    let rest = value;
    while (rest >= 0x80000000) {
      this.#bytes[this.#length++] = (rest % 128) | 0x80;
      rest = Math.floor(rest / 128);
    }
    while (rest >= 0x80) {
      this.#bytes[this.#length++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    this.#bytes[this.#length++] = rest;
  }

  raw(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** Starts a message: its tag (below 128), and room for its length. Returns what end() wants. */
  begin(tag: number): number {
    this.#reserve(2);
    this.#bytes[this.#length] = tag;
    this.#length += 2;
    return this.#length;
  }

  end(start: number): void {
    const size = this.#length - start;
    if (size < 0x80) {
      this.#bytes[start - 1] = size;
      return;
    }
    const extra = size < 0x4000 ? 1 : size < 0x200000 ? 2 : 3;
    this.#reserve(extra);
    this.#bytes.copyWithin(start + extra, start, this.#length);
    let rest = size;
    for (let i = 0; i < extra; i += 1) {
      this.#bytes[start - 1 + i] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    this.#bytes[start - 1 + extra] = rest;
    this.#length += extra;
  }

  /** A field of bytes. */
  field(tag: number, bytes: Uint8Array): void {
    this.#reserve(1);
    this.#bytes[this.#length++] = tag;
    this.varint(bytes.length);
    this.raw(bytes);
  }

  /** A field of the shortest bytes of an integer below 2^53; zero is one zero byte. */
  numberField(tag: number, value: number): void {
    this.#reserve(10);
    const bytes = this.#bytes;
    let size = 1;
    for (let rest = value; rest >= 256; rest = rest > 0xffffffff ? Math.floor(rest / 256) : rest >>> 8)
      size += 1;
    bytes[this.#length] = tag;
    bytes[this.#length + 1] = size;
    this.#length += 2 + size;
    let rest = value;
    for (let at = this.#length - 1; size > 0; size -= 1, at -= 1) {
      bytes[at] = rest % 256;
      rest = rest > 0xffffffff ? Math.floor(rest / 256) : rest >>> 8;
    }
  }

  /** A field of the shortest bytes of an integer of at most 1,016 bits (127 bytes). */
  bigintField(tag: number, value: bigint): void {
    if (value <= MAX_SAFE) {
      this.numberField(tag, Number(value));
      return;
    }
    let at = this.#limbs.length;
    for (let rest = value; rest > 0n; rest >>= 64n) {
      at -= 8;
      this.#limbsView.setBigUint64(at, rest & LIMB);
    }
    while (this.#limbs[at] === 0) at += 1;
    const size = this.#limbs.length - at;
    this.#reserve(size + 2);
    this.#bytes[this.#length++] = tag;
    this.#bytes[this.#length++] = size;
    this.#bytes.set(this.#limbs.subarray(at), this.#length);
    this.#length += size;
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(2 * this.#bytes.length, this.#length + more));
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
  }
}

const MAX_SAFE = BigInt(Number.MAX_SAFE_INTEGER);
const LIMB = (1n << 64n) - 1n;
