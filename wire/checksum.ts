import { readU16, writeU16 } from './bytes.js';
import { IP_PROTOCOL_UDP } from './constants.js';

/** Adds the 16-bit words of `b[start, end)` to `sum` without folding; an odd last byte counts as its word's high half (RFC 1071). */
export function addWords(b: Uint8Array, start: number, end: number, sum = 0): number {
  let at = start;
  let total = sum;
  for (; at + 1 < end; at += 2) total += ((b[at] ?? 0) << 8) | (b[at + 1] ?? 0);
  if (at < end) total += (b[at] ?? 0) << 8;
  return total;
}

/** The Internet checksum (one's complement of the folded sum) of an unfolded sum. */
export function finish(sum: number): number {
  let folded = sum;
  while (folded > 0xffff) folded = (folded % 0x10000) + Math.floor(folded / 0x10000);
  return ~folded & 0xffff;
}

/** Internet checksum (RFC 1071) of `b[start, end)`; over data that holds its right checksum this gives 0. */
export function checksum(b: Uint8Array, start = 0, end = b.length): number {
  return finish(addWords(b, start, end));
}

/** The checksum after one 16-bit word of the data changed (RFC 1624, equation 3). */
export function updateChecksum(old: number, from: number, to: number): number {
  return finish((~old & 0xffff) + (~from & 0xffff) + to);
}

function udpSum(b: Uint8Array, ipOffset: number, udpOffset: number, udpLength: number): number {
  // Pseudo header of RFC 768: both addresses, protocol, UDP length.
  const pseudo = addWords(b, ipOffset + 12, ipOffset + 20, IP_PROTOCOL_UDP + udpLength);
  return addWords(b, udpOffset, udpOffset + udpLength, pseudo);
}

/** Writes the UDP checksum of a packet whose IPv4 header (no options) starts at `ipOffset`; a computed 0 is sent as 0xffff. */
export function setUdpChecksum(b: Uint8Array, ipOffset: number): void {
  const udp = ipOffset + 20;
  writeU16(b, udp + 6, 0);
  writeU16(b, udp + 6, finish(udpSum(b, ipOffset, udp, readU16(b, udp + 4))) || 0xffff);
}

/** Whether the UDP checksum of the packet at `ipOffset` is right or absent (0). The length fields must have been checked. */
export function udpChecksumHolds(b: Uint8Array, ipOffset: number): boolean {
  const udp = ipOffset + 20;
  return readU16(b, udp + 6) === 0 || finish(udpSum(b, ipOffset, udp, readU16(b, udp + 4))) === 0;
}
