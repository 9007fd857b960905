import assert from 'node:assert/strict';
import {
  checksum,
  type DecodedUdpFrame,
  decodeNamed,
  decodeUdpFrame,
  encodeCell,
  encodeNamed,
  encodeSinc,
  encodeUdpFrame,
  FabricKey,
  Name,
  type NamedPacket,
  PacketType,
  parseIpv4,
  parseMac,
  SINC_OFFSET,
  type SincHeader,
  textBlock,
  toHex,
  UDP_PORT_NAMED,
  UDP_PORT_SINC,
  writeU16,
  writeValues,
} from '../../wire/index.js';

export const KEY = FabricKey.default;

/** Station n: 10.0.0.n behind port n, MAC 02:00:00:00:00:n. */
export const address = (n: number): number => parseIpv4(`10.0.0.${n}`);
export const mac = (n: number): bigint => 0x020000000000n + BigInt(n);
export const macBytes = (n: number): Uint8Array =>
  parseMac(`02:00:00:00:00:${n.toString(16).padStart(2, '0')}`);
/** The switch's own MAC towards station n. */
export const routerMac = (n: number): bigint => 0x02ff00000000n + BigInt(n);
export const routerMacBytes = (n: number): Uint8Array =>
  parseMac(`02:ff:00:00:00:${n.toString(16).padStart(2, '0')}`);

export interface Ends {
  readonly from: number;
  readonly to: number;
  readonly srcPort?: number;
  readonly dstPort?: number;
  readonly ttl?: number;
}

/** A UDP frame as a host sends it to its switch. */
export function udpFrame(ends: Ends, payload: Uint8Array): Uint8Array {
  return encodeUdpFrame({
    srcMac: macBytes(ends.from),
    dstMac: routerMacBytes(ends.from),
    src: address(ends.from),
    dst: address(ends.to),
    srcPort: ends.srcPort ?? 40_000,
    dstPort: ends.dstPort ?? 9,
    ...(ends.ttl !== undefined && { ttl: ends.ttl }),
    payload,
  });
}

/** A named packet between two names, a ServiceRequest unless it says otherwise. */
export function named(dst: string, src: string, fields: Partial<NamedPacket> = {}): NamedPacket {
  const to = Name.of(dst);
  const from = Name.of(src);
  return {
    type: PacketType.SERVICE_REQUEST,
    flags: 0,
    hopLimit: 64,
    reason: 0,
    dstComponents: to.components.length,
    srcComponents: from.components.length,
    tag: 0,
    instance: 0,
    requestId: 0x01020304,
    stamp: 0,
    attempt: 0,
    dst: to.digest(KEY).bytes,
    src: from.digest(KEY).bytes,
    text: textBlock(to, from),
    payload: new TextEncoder().encode('what is asked'),
    ...fields,
  };
}

export function namedFrame(ends: Ends, packet: NamedPacket): Uint8Array {
  return udpFrame({ dstPort: UDP_PORT_NAMED, ...ends }, encodeNamed(packet));
}

/** What a frame becomes when the switch sends `packet` on to station `to`. */
export function onward(ends: Ends, packet: NamedPacket): Uint8Array {
  const frame = namedFrame(ends, packet);
  frame.set(macBytes(ends.to), 0);
  frame.set(routerMacBytes(ends.to), 6);
  return frame;
}

/** The same frame with the right IPv4 checksum, after somebody has written into it. */
export function withIpv4Checksum(frame: Uint8Array): Uint8Array {
  writeU16(frame, 24, 0);
  writeU16(frame, 24, checksum(frame, 14, 14 + 4 * ((frame[14] ?? 0) & 15)));
  return frame;
}

export const digestOf = (name: string): bigint => Name.of(name).digest(KEY).toBigInt();

/** A SINC request; `operand` is vectors (int32 values, a multiple of 32) or a cell. */
export function sincFrame(
  ends: Ends,
  header: Partial<SincHeader>,
  operand: Int32Array | { index: number; operand: number; replacement?: number },
): Uint8Array {
  const full: SincHeader = {
    done: false,
    loopback: true,
    group: 1,
    sources: 1,
    source: 0,
    seq: 0,
    operation: 1,
    offset: SINC_OFFSET,
    ...header,
  };
  const bytes = operand instanceof Int32Array ? 4 * operand.length : 16;
  const payload = new Uint8Array(16 + bytes);
  encodeSinc(full, payload);
  if (operand instanceof Int32Array) writeValues(payload, 16, operand, 0, operand.length);
  else encodeCell({ replacement: 0, result: 0, ...operand }, payload, 16);
  return udpFrame({ dstPort: UDP_PORT_SINC, ...ends }, payload);
}

/** The layers of a frame, every checksum recomputed and compared. */
export function checked(frame: Uint8Array | undefined): DecodedUdpFrame {
  assert(frame !== undefined, 'no frame came out');
  return decodeUdpFrame(frame);
}

/** The named packet in a frame, every checksum recomputed and compared. */
export function checkedNamed(frame: Uint8Array | undefined): DecodedUdpFrame & { packet: NamedPacket } {
  const layers = checked(frame);
  return { ...layers, packet: decodeNamed(layers.payload) };
}

export const hex = (bytes: Uint8Array | undefined): string =>
  bytes === undefined ? 'nothing' : toHex(bytes);
