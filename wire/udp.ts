import { readU16, writeU16 } from './bytes.js';
import { requireBytes, requireField, target, WireError } from './errors.js';
import { layout } from './layout.js';

export const UDP_LAYOUT = layout('udp', { src_port: 16, dst_port: 16, length: 16, checksum: 16 });
export const UDP_BYTES = 8;

export interface UdpHeader {
  readonly srcPort: number;
  readonly dstPort: number;
  /** Bytes of header and payload. */
  readonly length: number;
  /** 0 = none. */
  readonly checksum: number;
}

/** The header at `offset`. @throws WireError TRUNCATED or VALUE (a length that contradicts the buffer). */
export function decodeUdp(b: Uint8Array, offset = 0): UdpHeader {
  requireBytes('udp', offset, UDP_BYTES, b.length);
  const length = readU16(b, offset + 4);
  if (length < UDP_BYTES) {
    throw new WireError('VALUE', 'udp', offset + 4, `length is ${length}`, 'it counts the header');
  }
  requireBytes('udp', offset, length, b.length);
  return {
    srcPort: readU16(b, offset),
    dstPort: readU16(b, offset + 2),
    length,
    checksum: readU16(b, offset + 6),
  };
}

/** Writes the header as given; `setUdpChecksum` fills in the checksum once the packet stands. */
export function encodeUdp(header: UdpHeader, buffer?: Uint8Array, offset = 0): Uint8Array {
  requireField('udp', 'src_port', header.srcPort, 16);
  requireField('udp', 'dst_port', header.dstPort, 16);
  requireField('udp', 'length', header.length, 16);
  requireField('udp', 'checksum', header.checksum, 16);
  const b = target('udp', buffer, offset, UDP_BYTES);
  writeU16(b, offset, header.srcPort);
  writeU16(b, offset + 2, header.dstPort);
  writeU16(b, offset + 4, header.length);
  writeU16(b, offset + 6, header.checksum);
  return b.subarray(offset, offset + UDP_BYTES);
}
