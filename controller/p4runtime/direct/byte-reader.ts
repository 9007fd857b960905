/** Reads protobuf wire format in place, up to `end`. What is cut short shows in `failed`. */
export class ByteReader {
  readonly bytes: Buffer;
  at: number;
  end: number;
  failed = false;

  constructor(bytes: Buffer, at = 0, end = bytes.length) {
    this.bytes = bytes;
    this.at = at;
    this.end = end;
  }

  /** An unsigned integer; exact below 2^53. */
  varint(): number {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = this.bytes[this.at];
      if (byte === undefined || this.at >= this.end || scale > 2 ** 63) {
        this.failed = true;
        this.at = this.end;
        return 0;
      }
      this.at += 1;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
      scale *= 128;
    }
  }

  /** Length of a field of bytes or of a message; the position is then at its start. Returns where it ends. */
  limit(): number {
    const length = this.varint();
    const limit = this.at + length;
    if (limit <= this.end) return limit;
    this.failed = true;
    this.at = this.end;
    return this.end;
  }

  /** Integer of the bytes from the position to `end`; moves there. */
  integer(end: number): bigint {
    const { bytes } = this;
    let at = this.at;
    this.at = end;
    while (at < end && bytes[at] === 0) at += 1;
    if (end - at <= 6) return end === at ? 0n : BigInt(bytes.readUIntBE(at, end - at));
    return BigInt(`0x${bytes.toString('hex', at, end)}`);
  }

  /** The same as text that is equal for equal integers; the empty text is 0. */
  hex(end: number): string {
    const { bytes } = this;
    let at = this.at;
    this.at = end;
    while (at < end && bytes[at] === 0) at += 1;
    if (end - at > 8) return bytes.toString('hex', at, end);
    let text = '';
    for (; at < end; at += 1) text += HEX[bytes[at] ?? 0] ?? '';
    return text;
  }
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Where the entities of a ReadResponse are, as pairs of start and end. Undefined where it holds anything else. */
export function entityBounds(response: Buffer): Int32Array | undefined {
  const reader = new ByteReader(response);
  let bounds = new Int32Array(64);
  let count = 0;
  while (reader.at < reader.end) {
    if (reader.varint() !== 0x0a) return undefined;
    const end = reader.limit();
    if (reader.failed) return undefined;
    if (count === bounds.length) {
      const larger = new Int32Array(2 * count);
      larger.set(bounds);
      bounds = larger;
    }
    bounds[count] = reader.at;
    bounds[count + 1] = end;
    count += 2;
    reader.at = end;
  }
  return bounds.subarray(0, count);
}
