/** Network-order integers in byte arrays: no DataView, so that views into pooled buffers cost nothing. */

export function readU16(b: Uint8Array, o: number): number {
  return ((b[o] ?? 0) << 8) | (b[o + 1] ?? 0);
}

export function readU24(b: Uint8Array, o: number): number {
  return ((b[o] ?? 0) << 16) | ((b[o + 1] ?? 0) << 8) | (b[o + 2] ?? 0);
}

export function readU32(b: Uint8Array, o: number): number {
  return readI32(b, o) >>> 0;
}

export function readI32(b: Uint8Array, o: number): number {
  return ((b[o] ?? 0) << 24) | ((b[o + 1] ?? 0) << 16) | ((b[o + 2] ?? 0) << 8) | (b[o + 3] ?? 0);
}

export function writeU16(b: Uint8Array, o: number, v: number): void {
  b[o] = v >>> 8;
  b[o + 1] = v;
}

export function writeU24(b: Uint8Array, o: number, v: number): void {
  b[o] = v >>> 16;
  b[o + 1] = v >>> 8;
  b[o + 2] = v;
}

export function writeU32(b: Uint8Array, o: number, v: number): void {
  b[o] = v >>> 24;
  b[o + 1] = v >>> 16;
  b[o + 2] = v >>> 8;
  b[o + 3] = v;
}

/** Whether `length` bytes of `a` from `ao` equal those of `b` from `bo`. */
export function sameBytes(a: Uint8Array, ao: number, b: Uint8Array, bo: number, length: number): boolean {
  if (ao + length > a.length || bo + length > b.length) return false;
  for (let i = 0; i < length; i++) if (a[ao + i] !== b[bo + i]) return false;
  return true;
}

export function toHex(b: Uint8Array): string {
  let text = '';
  for (const byte of b) text += byte.toString(16).padStart(2, '0');
  return text;
}
