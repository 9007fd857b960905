import { readU16, writeU16 } from './bytes.js';
import { requireBytes, requireField, target, WireError } from './errors.js';
import { layout } from './layout.js';

export const ETHERNET_LAYOUT = layout('ethernet', { dst: 48, src: 48, ether_type: 16 });
export const ETHERNET_BYTES = 14;

export interface EthernetHeader {
  /** 6 bytes. */
  readonly dst: Uint8Array;
  readonly src: Uint8Array;
  readonly etherType: number;
}

export const BROADCAST_MAC: Uint8Array = Uint8Array.of(255, 255, 255, 255, 255, 255);

/** `aa:bb:cc:dd:ee:ff` to 6 bytes. @throws WireError VALUE. */
export function parseMac(text: string): Uint8Array {
  if (!/^([0-9a-fA-F]{2}:){5}[0-9a-fA-F]{2}$/.test(text)) {
    throw new WireError('VALUE', 'MAC address', -1, `"${text}" is none`, 'write aa:bb:cc:dd:ee:ff');
  }
  return Uint8Array.from(text.split(':'), (byte) => Number.parseInt(byte, 16));
}

export function formatMac(mac: Uint8Array): string {
  return Array.from(mac, (byte) => byte.toString(16).padStart(2, '0')).join(':');
}

function requireMac(field: string, mac: Uint8Array): void {
  if (mac.length !== 6) {
    throw new WireError('VALUE', 'ethernet', -1, `${field} has ${mac.length} bytes`, 'give 6 bytes');
  }
}

/** The header at `offset`; its addresses are views. @throws WireError TRUNCATED. */
export function decodeEthernet(b: Uint8Array, offset = 0): EthernetHeader {
  requireBytes('ethernet', offset, ETHERNET_BYTES, b.length);
  return {
    dst: b.subarray(offset, offset + 6),
    src: b.subarray(offset + 6, offset + 12),
    etherType: readU16(b, offset + 12),
  };
}

export function encodeEthernet(header: EthernetHeader, buffer?: Uint8Array, offset = 0): Uint8Array {
  requireMac('dst', header.dst);
  requireMac('src', header.src);
  requireField('ethernet', 'ether_type', header.etherType, 16);
  const b = target('ethernet', buffer, offset, ETHERNET_BYTES);
  b.set(header.dst, offset);
  b.set(header.src, offset + 6);
  writeU16(b, offset + 12, header.etherType);
  return b.subarray(offset, offset + ETHERNET_BYTES);
}
