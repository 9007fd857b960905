/** What can be wrong with bytes or text that claim to be something of docs/protocol.md. */
export type WireErrorCode =
  /** The buffer ends before the field does. */
  | 'TRUNCATED'
  /** A version this library does not speak. */
  | 'VERSION'
  /** A value its field does not allow. */
  | 'VALUE'
  /** A field that must be zero is not. */
  | 'RESERVED'
  /** Two fields contradict each other. */
  | 'INCONSISTENT'
  /** A checksum does not match. */
  | 'CHECKSUM'
  /** Text that is no name. */
  | 'NAME'
  /** A caller's buffer is too small, or something does not fit its field. */
  | 'NO_ROOM';

/** The one error of this layer: what is wrong, at which byte or field, and how to mend it. */
export class WireError extends Error {
  override readonly name = 'WireError';
  readonly code: WireErrorCode;
  /** The header or thing at fault, for example `kv` or `name text`. */
  readonly what: string;
  /** Byte offset from the start of the decoded buffer (of text: of its UTF-8 bytes), -1 where there is none. */
  readonly offset: number;
  readonly remedy: string;

  constructor(code: WireErrorCode, what: string, offset: number, problem: string, remedy: string) {
    super(`${what}${offset < 0 ? '' : ` at byte ${offset}`}: ${problem}; ${remedy}`);
    this.code = code;
    this.what = what;
    this.offset = offset;
    this.remedy = remedy;
  }
}

/** Throws TRUNCATED unless `need` bytes stand between `offset` and `end`. */
export function requireBytes(what: string, offset: number, need: number, end: number): void {
  if (offset < 0 || end - offset < need) {
    throw new WireError(
      'TRUNCATED',
      what,
      offset,
      `needs ${need} bytes, ${Math.max(0, end - offset)} are left`,
      'pass the whole datagram',
    );
  }
}

/** The encoder's target: the caller's buffer where there is one, checked for room, else a fresh one. */
export function target(
  what: string,
  buffer: Uint8Array | undefined,
  offset: number,
  need: number,
): Uint8Array {
  if (buffer === undefined) return new Uint8Array(offset + need);
  if (offset < 0 || buffer.length - offset < need) {
    throw new WireError(
      'NO_ROOM',
      what,
      offset,
      `needs ${need} bytes, the buffer has ${Math.max(0, buffer.length - offset)} left`,
      'pass a larger buffer',
    );
  }
  return buffer;
}

/** Throws VALUE unless `value` is an integer of `bits` bits without sign. */
export function requireField(what: string, field: string, value: number, bits: number): void {
  if (!Number.isInteger(value) || value < 0 || value >= 2 ** bits) {
    throw new WireError(
      'VALUE',
      what,
      -1,
      `${field} is ${value}`,
      `give an integer from 0 to ${2 ** bits - 1}`,
    );
  }
}
