/**
 * Completes a checksum that the sender left to its network card: it holds the sum of the pseudo header, and the sum
 * runs from `start` to the end (struct virtio_net_hdr: csum_start, csum_offset). Places outside the frame are ignored.
 */
export function completeChecksum(
  bytes: Uint8Array,
  frame: number,
  length: number,
  start: number,
  offset: number,
): void {
  const place = frame + start + offset;
  const end = frame + length;
  if (place + 2 > end) return;
  let sum = 0;
  let at = frame + start;
  for (; at + 1 < end; at += 2) sum += ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
  if (at < end) sum += (bytes[at] ?? 0) << 8;
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  // 0 would mean "no checksum" in UDP (RFC 768).
  const checksum = ~sum & 0xffff || 0xffff;
  bytes[place] = checksum >>> 8;
  bytes[place + 1] = checksum & 0xff;
}

/** Puts a VLAN tag the kernel took out back behind the addresses: the frame then begins 4 bytes earlier. */
export function insertVlan(bytes: Uint8Array, frame: number, type: number, tag: number): void {
  bytes.copyWithin(frame - 4, frame, frame + 12);
  bytes[frame + 8] = type >>> 8;
  bytes[frame + 9] = type & 0xff;
  bytes[frame + 10] = tag >>> 8;
  bytes[frame + 11] = tag & 0xff;
}
