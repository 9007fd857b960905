/**
 * Bits of the packet as generated code reads them: `B` is the buffer as bytes, `D` as a DataView, and a
 * position is a byte index held in a variable.
 */

function at(position: string, bytes: number): string {
  return bytes === 0 ? position : `${position} + ${bytes}`;
}

/** Reads `width` (1 to 32) bits that start `offset` bits behind a byte position, as an unsigned number. */
export function loadBits(position: string, offset: number, width: number): string {
  const first = offset >> 3;
  const end = offset + width;
  const last = (end + 7) >> 3;
  const bytes = last - first;
  const shift = last * 8 - end;
  if (bytes > 4) {
    // Five bytes: the first gives the top bits, the other four the rest.
    const high = `B[${at(position, first)}] << ${32 - shift}`;
    const rest = `D.getUint32(${at(position, first + 1)}) >>> ${shift}`;
    return masked(`${high} | ${rest}`, width, width);
  }
  const load = loadBytes(position, first, bytes);
  const significant = bytes * 8 - (offset & 7) - shift;
  const shifted = shift === 0 ? load : `${load} >>> ${shift}`;
  return (offset & 7) === 0 && significant === width
    ? shift === 0
      ? load
      : `(${shifted})`
    : masked(shifted, width, bytes * 8 - shift);
}

function loadBytes(position: string, first: number, bytes: number): string {
  switch (bytes) {
    case 1:
      return `B[${at(position, first)}]`;
    case 2:
      return `D.getUint16(${at(position, first)})`;
    case 3:
      return `(B[${at(position, first)}] << 16 | D.getUint16(${at(position, first + 1)}))`;
    default:
      return `D.getUint32(${at(position, first)})`;
  }
}

function masked(code: string, width: number, loaded: number): string {
  if (width >= 32) return `((${code}) >>> 0)`;
  return loaded === width && width < 32 && !code.includes('|')
    ? `(${code})`
    : `((${code}) & ${maskOf(width)})`;
}

/** Ones in `width` (at most 31) bits, as a number. */
export function maskOf(width: number): number {
  return 2 ** width - 1;
}

/** A run of bits held in a variable or expression. */
export interface Piece {
  /** Expression for the bits, right-aligned, nothing set above them. */
  readonly code: string;
  readonly width: number;
}

/** One store of up to four bytes. */
export interface Store {
  readonly byte: number;
  readonly bytes: number;
  readonly code: string;
}

/** Packs pieces one after another into stores of four, two or one bytes; a last partial byte is zero-filled. */
export function packBits(pieces: readonly Piece[]): Store[] {
  const starts: number[] = [];
  let total = 0;
  for (const piece of pieces) {
    starts.push(total);
    total += piece.width;
  }
  const stores: Store[] = [];
  const bytes = (total + 7) >> 3;
  for (let byte = 0; byte < bytes; ) {
    const size = bytes - byte >= 4 ? 4 : bytes - byte >= 2 ? 2 : 1;
    const from = byte * 8;
    const to = from + size * 8;
    const parts: string[] = [];
    pieces.forEach((piece, i) => {
      const start = starts[i] ?? 0;
      const end = start + piece.width;
      if (end <= from || start >= to) return;
      // What lies left of the chunk falls off the top when the store truncates.
      const shift = to - end;
      if (shift >= 0) parts.push(shift === 0 ? piece.code : `${piece.code} << ${shift}`);
      else parts.push(`${piece.code} >>> ${-shift}`);
    });
    stores.push({ byte, bytes: size, code: parts.length === 0 ? '0' : parts.join(' | ') });
    byte += size;
  }
  return stores;
}

/** The statement for a store behind a byte position of array `bytes` and its DataView `view`. */
export function storeStatement(store: Store, position: string, bytes: string, view: string): string {
  const where = at(position, store.byte);
  if (store.bytes === 4) return `${view}.setUint32(${where}, ${store.code});`;
  if (store.bytes === 2) return `${view}.setUint16(${where}, ${store.code});`;
  return `${bytes}[${where}] = ${store.code};`;
}
