import { readU16, readU24, writeU16, writeU24 } from './bytes.js';
import { requireBytes, requireField, target, WireError } from './errors.js';
import { layout } from './layout.js';

export const NSH_LAYOUT = layout('nsh', {
  version: 2,
  oam: 1,
  unassigned: 1,
  ttl: 6,
  length: 6,
  unassigned2: 4,
  md_type: 4,
  next_protocol: 8,
  spi: 24,
  si: 8,
});
export const NSH_BYTES = 8;
/** 4-byte words of an MD type 1 header: base, service path, 16 bytes of context. */
export const NSH_LENGTH_MD1 = 6;
export const NSH_NEXT_IPV4 = 1;

/** The 8 bytes of RFC 8300 in front of the context header; version, OAM, length and MD type are fixed (section 4.7). */
export interface NshHeader {
  readonly ttl: number;
  readonly nextProtocol: number;
  /** Service path identifier, 24 bits. */
  readonly spi: number;
  /** Service index, 8 bits. */
  readonly si: number;
}

/** The header at `offset`. @throws WireError TRUNCATED, VERSION, RESERVED or VALUE (not MD type 1 of 6 words). */
export function decodeNsh(b: Uint8Array, offset = 0): NshHeader {
  requireBytes('nsh', offset, NSH_BYTES, b.length);
  const head = readU16(b, offset);
  if (head >> 14 !== 0) throw new WireError('VERSION', 'nsh', offset, `version is ${head >> 14}`, 'send 0');
  if ((head & 0x3000) !== 0) throw new WireError('RESERVED', 'nsh', offset, 'O or U is set', 'send 0');
  if ((head & 0x3f) !== NSH_LENGTH_MD1) {
    throw new WireError('VALUE', 'nsh', offset + 1, `length is ${head & 0x3f} words`, 'send 6');
  }
  const type = b[offset + 2] ?? 0;
  if (type >> 4 !== 0)
    throw new WireError('RESERVED', 'nsh', offset + 2, 'unassigned bits are set', 'send 0');
  if ((type & 15) !== 1) throw new WireError('VALUE', 'nsh', offset + 2, `MD type is ${type & 15}`, 'send 1');
  return {
    ttl: (head >> 6) & 0x3f,
    nextProtocol: b[offset + 3] ?? 0,
    spi: readU24(b, offset + 4),
    si: b[offset + 7] ?? 0,
  };
}

export function encodeNsh(header: NshHeader, buffer?: Uint8Array, offset = 0): Uint8Array {
  requireField('nsh', 'ttl', header.ttl, 6);
  requireField('nsh', 'next_protocol', header.nextProtocol, 8);
  requireField('nsh', 'spi', header.spi, 24);
  requireField('nsh', 'si', header.si, 8);
  const b = target('nsh', buffer, offset, NSH_BYTES);
  writeU16(b, offset, (header.ttl << 6) | NSH_LENGTH_MD1);
  b[offset + 2] = 1;
  b[offset + 3] = header.nextProtocol;
  writeU24(b, offset + 4, header.spi);
  b[offset + 7] = header.si;
  return b.subarray(offset, offset + NSH_BYTES);
}
