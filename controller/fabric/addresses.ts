import { ControllerError } from '../errors.js';
import { formatIPv4, parseIPv4 } from '../p4runtime/values.js';

/** IPv4 addresses are numbers below 2^32 and MAC addresses numbers below 2^48 inside the controller. */
export interface Prefix {
  readonly address: number;
  readonly length: number;
}

/** Prefix of `a.b.c.d/n`; undefined where it is none or has bits beyond its length. */
export function prefixFromText(text: string): Prefix | undefined {
  const match = /^([^/]+)\/(\d{1,2})$/.exec(text);
  const address = parseIPv4(match?.[1] ?? '');
  const length = Number(match?.[2] ?? Number.NaN);
  if (address === undefined || !(length <= 32)) return undefined;
  const prefix = { address, length };
  return networkOf(address, length) === address ? prefix : undefined;
}

export function contains(prefix: Prefix, address: number): boolean {
  return networkOf(address, prefix.length) === prefix.address;
}

// Locally administered unicast addresses (bit 1 of the first byte set), so that none can be a real card's.
const PORT_MACS = 0x02_5c_00_00_00_00;
const HOST_MACS = 0x02_00_00_00_00_00;

/** MAC address of a switch's port: 02:5c, the switch's number, the port. */
export function portMac(switchId: number, port: number): number {
  return PORT_MACS + switchId * 65536 + port;
}

/** MAC address of a host whose topology entry gives none: 02:00 and its IPv4 address. */
export function hostMac(ipv4: number): number {
  return HOST_MACS + ipv4;
}

/** Address of a switch itself: its number counted from the start of the loopback prefix. */
export function loopbackAddress(loopbacks: Prefix, switchId: number): number {
  if (switchId >= 2 ** (32 - loopbacks.length)) {
    throw new ControllerError(
      'TOPOLOGY',
      `switch id ${switchId} has no address in ${formatIPv4(loopbacks.address)}/${loopbacks.length}; ` +
        'give fabric.loopbacks a shorter prefix',
    );
  }
  return loopbacks.address + switchId;
}

function networkOf(address: number, length: number): number {
  const size = 2 ** (32 - length);
  return Math.floor(address / size) * size;
}

/** The 6 bytes of a MAC address. */
export function macBytes(mac: number): Uint8Array {
  const bytes = new Uint8Array(6);
  let rest = mac;
  for (let i = 5; i >= 0; i -= 1) {
    bytes[i] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  return bytes;
}
