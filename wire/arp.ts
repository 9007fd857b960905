import { readU16, readU32, writeU16, writeU32 } from './bytes.js';
import { ETHERTYPE_IPV4 } from './constants.js';
import { requireBytes, requireField, target, WireError } from './errors.js';
import { layout } from './layout.js';

export const ARP_LAYOUT = layout('arp', {
  hardware_type: 16,
  protocol_type: 16,
  hardware_length: 8,
  protocol_length: 8,
  operation: 16,
  sender_mac: 48,
  sender_address: 32,
  target_mac: 48,
  target_address: 32,
});
export const ARP_BYTES = 28;
export const ARP_REQUEST = 1;
export const ARP_REPLY = 2;

/** ARP for IPv4 over Ethernet (RFC 826). */
export interface ArpPacket {
  readonly operation: typeof ARP_REQUEST | typeof ARP_REPLY;
  /** 6 bytes. */
  readonly senderMac: Uint8Array;
  readonly senderAddress: number;
  readonly targetMac: Uint8Array;
  readonly targetAddress: number;
}

/** The packet at `offset`; its MAC addresses are views. @throws WireError TRUNCATED or VALUE. */
export function decodeArp(b: Uint8Array, offset = 0): ArpPacket {
  requireBytes('arp', offset, ARP_BYTES, b.length);
  if (
    readU16(b, offset) !== 1 ||
    readU16(b, offset + 2) !== ETHERTYPE_IPV4 ||
    readU16(b, offset + 4) !== 0x0604
  ) {
    throw new WireError('VALUE', 'arp', offset, 'is not for IPv4 over Ethernet', 'ask for an IPv4 address');
  }
  const operation = readU16(b, offset + 6);
  if (operation !== ARP_REQUEST && operation !== ARP_REPLY) {
    throw new WireError(
      'VALUE',
      'arp',
      offset + 6,
      `operation is ${operation}`,
      'send 1 (request) or 2 (reply)',
    );
  }
  return {
    operation,
    senderMac: b.subarray(offset + 8, offset + 14),
    senderAddress: readU32(b, offset + 14),
    targetMac: b.subarray(offset + 18, offset + 24),
    targetAddress: readU32(b, offset + 24),
  };
}

export function encodeArp(packet: ArpPacket, buffer?: Uint8Array, offset = 0): Uint8Array {
  if (packet.senderMac.length !== 6 || packet.targetMac.length !== 6) {
    throw new WireError('VALUE', 'arp', -1, 'a MAC address is not 6 bytes', 'give 6 bytes');
  }
  requireField('arp', 'sender_address', packet.senderAddress, 32);
  requireField('arp', 'target_address', packet.targetAddress, 32);
  const b = target('arp', buffer, offset, ARP_BYTES);
  writeU16(b, offset, 1);
  writeU16(b, offset + 2, ETHERTYPE_IPV4);
  writeU16(b, offset + 4, 0x0604);
  writeU16(b, offset + 6, packet.operation);
  b.set(packet.senderMac, offset + 8);
  writeU32(b, offset + 14, packet.senderAddress);
  b.set(packet.targetMac, offset + 18);
  writeU32(b, offset + 24, packet.targetAddress);
  return b.subarray(offset, offset + ARP_BYTES);
}
