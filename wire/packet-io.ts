import { readU16, writeU16 } from './bytes.js';
import { requireBytes, requireField, target, WireError } from './errors.js';
import { layout } from './layout.js';

/** Headers of packets between switch and controller (docs/protocol.md section 5). */
export const PACKET_IN_LAYOUT = layout('packet_in', { ingress_port: 16, reason: 8, reserved: 8 });
export const PACKET_OUT_LAYOUT = layout('packet_out', { egress_port: 16, forward: 8, reserved: 8 });
export const PACKET_IO_BYTES = 4;

export interface PacketIn {
  readonly ingressPort: number;
  /** PACKET_IN_NAME, PACKET_IN_ARP or PACKET_IN_TTL. */
  readonly reason: number;
}

export interface PacketOut {
  readonly egressPort: number;
  /** Whether the switch processes the packet as if it had come in on `egressPort`. */
  readonly forward: boolean;
}

function checkReserved(what: string, b: Uint8Array, offset: number): void {
  requireBytes(what, offset, PACKET_IO_BYTES, b.length);
  if (b[offset + 3] !== 0) throw new WireError('RESERVED', what, offset + 3, 'reserved is not 0', 'send 0');
}

/** @throws WireError TRUNCATED or RESERVED. */
export function decodePacketIn(b: Uint8Array, offset = 0): PacketIn {
  checkReserved('packet_in', b, offset);
  return { ingressPort: readU16(b, offset), reason: b[offset + 2] ?? 0 };
}

export function encodePacketIn(header: PacketIn, buffer?: Uint8Array, offset = 0): Uint8Array {
  requireField('packet_in', 'ingress_port', header.ingressPort, 16);
  requireField('packet_in', 'reason', header.reason, 8);
  const b = target('packet_in', buffer, offset, PACKET_IO_BYTES);
  writeU16(b, offset, header.ingressPort);
  b[offset + 2] = header.reason;
  b[offset + 3] = 0;
  return b.subarray(offset, offset + PACKET_IO_BYTES);
}

/** @throws WireError TRUNCATED, RESERVED or VALUE. */
export function decodePacketOut(b: Uint8Array, offset = 0): PacketOut {
  checkReserved('packet_out', b, offset);
  const forward = b[offset + 2] ?? 0;
  if (forward > 1)
    throw new WireError('VALUE', 'packet_out', offset + 2, `forward is ${forward}`, 'send 0 or 1');
  return { egressPort: readU16(b, offset), forward: forward === 1 };
}

export function encodePacketOut(header: PacketOut, buffer?: Uint8Array, offset = 0): Uint8Array {
  requireField('packet_out', 'egress_port', header.egressPort, 16);
  const b = target('packet_out', buffer, offset, PACKET_IO_BYTES);
  writeU16(b, offset, header.egressPort);
  b[offset + 2] = header.forward ? 1 : 0;
  b[offset + 3] = 0;
  return b.subarray(offset, offset + PACKET_IO_BYTES);
}
