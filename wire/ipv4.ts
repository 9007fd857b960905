import { readU16, readU32, writeU16, writeU32 } from './bytes.js';
import { checksum } from './checksum.js';
import { requireBytes, requireField, target, WireError } from './errors.js';
import { layout } from './layout.js';

export const IPV4_LAYOUT = layout('ipv4', {
  version: 4,
  ihl: 4,
  dscp: 6,
  ecn: 2,
  total_length: 16,
  identification: 16,
  flags: 3,
  fragment_offset: 13,
  ttl: 8,
  protocol: 8,
  checksum: 16,
  src: 32,
  dst: 32,
});
export const IPV4_BYTES = 20;

/** An IPv4 header without options (docs/protocol.md section 1 allows none). Addresses are numbers, 0 to 2^32-1. */
export interface Ipv4Header {
  readonly dscp: number;
  readonly ecn: number;
  /** Bytes of header and payload. */
  readonly totalLength: number;
  readonly identification: number;
  /** Bit 2 reserved, bit 1 don't fragment, bit 0 more fragments. */
  readonly flags: number;
  /** In units of 8 bytes. */
  readonly fragmentOffset: number;
  readonly ttl: number;
  readonly protocol: number;
  readonly src: number;
  readonly dst: number;
}

/** Dotted decimal to a number. @throws WireError VALUE. */
export function parseIpv4(text: string): number {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  let value = 0;
  for (let i = 1; i <= 4; i++) {
    const byte = Number(match?.[i] ?? 256);
    if (byte > 255) throw new WireError('VALUE', 'IPv4 address', -1, `"${text}" is none`, 'write 10.0.0.1');
    value = value * 256 + byte;
  }
  return value;
}

export function formatIpv4(address: number): string {
  return `${address >>> 24}.${(address >>> 16) & 255}.${(address >>> 8) & 255}.${address & 255}`;
}

/**
 * The header at `offset`.
 * @throws WireError TRUNCATED, VERSION, VALUE (options, a length that contradicts the buffer) or CHECKSUM.
 */
export function decodeIpv4(b: Uint8Array, offset = 0): Ipv4Header {
  requireBytes('ipv4', offset, IPV4_BYTES, b.length);
  const first = b[offset] ?? 0;
  if (first >> 4 !== 4) {
    throw new WireError('VERSION', 'ipv4', offset, `version is ${first >> 4}`, 'send IPv4');
  }
  if ((first & 15) !== 5) {
    throw new WireError('VALUE', 'ipv4', offset, `header length is ${first & 15} words`, 'send no options');
  }
  const totalLength = readU16(b, offset + 2);
  if (totalLength < IPV4_BYTES) {
    throw new WireError(
      'VALUE',
      'ipv4',
      offset + 2,
      `total length is ${totalLength}`,
      'it counts the header',
    );
  }
  requireBytes('ipv4', offset, totalLength, b.length);
  if (checksum(b, offset, offset + IPV4_BYTES) !== 0) {
    throw new WireError('CHECKSUM', 'ipv4', offset + 10, 'header checksum is wrong', 'drop the packet');
  }
  return {
    dscp: (b[offset + 1] ?? 0) >> 2,
    ecn: (b[offset + 1] ?? 0) & 3,
    totalLength,
    identification: readU16(b, offset + 4),
    flags: (b[offset + 6] ?? 0) >> 5,
    fragmentOffset: readU16(b, offset + 6) & 0x1fff,
    ttl: b[offset + 8] ?? 0,
    protocol: b[offset + 9] ?? 0,
    src: readU32(b, offset + 12),
    dst: readU32(b, offset + 16),
  };
}

/** Writes the header with its checksum. @throws WireError VALUE or NO_ROOM. */
export function encodeIpv4(header: Ipv4Header, buffer?: Uint8Array, offset = 0): Uint8Array {
  requireField('ipv4', 'dscp', header.dscp, 6);
  requireField('ipv4', 'ecn', header.ecn, 2);
  requireField('ipv4', 'total_length', header.totalLength, 16);
  requireField('ipv4', 'identification', header.identification, 16);
  requireField('ipv4', 'flags', header.flags, 3);
  requireField('ipv4', 'fragment_offset', header.fragmentOffset, 13);
  requireField('ipv4', 'ttl', header.ttl, 8);
  requireField('ipv4', 'protocol', header.protocol, 8);
  requireField('ipv4', 'src', header.src, 32);
  requireField('ipv4', 'dst', header.dst, 32);
  const b = target('ipv4', buffer, offset, IPV4_BYTES);
  b[offset] = 0x45;
  b[offset + 1] = (header.dscp << 2) | header.ecn;
  writeU16(b, offset + 2, header.totalLength);
  writeU16(b, offset + 4, header.identification);
  writeU16(b, offset + 6, (header.flags << 13) | header.fragmentOffset);
  b[offset + 8] = header.ttl;
  b[offset + 9] = header.protocol;
  writeU16(b, offset + 10, 0);
  writeU32(b, offset + 12, header.src);
  writeU32(b, offset + 16, header.dst);
  writeU16(b, offset + 10, checksum(b, offset, offset + IPV4_BYTES));
  return b.subarray(offset, offset + IPV4_BYTES);
}
