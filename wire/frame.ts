import { setUdpChecksum, udpChecksumHolds } from './checksum.js';
import { ETHERTYPE_IPV4, IP_PROTOCOL_UDP } from './constants.js';
import { requireBytes, target, WireError } from './errors.js';
import { decodeEthernet, ETHERNET_BYTES, type EthernetHeader, encodeEthernet } from './ethernet.js';
import { decodeIpv4, encodeIpv4, IPV4_BYTES, type Ipv4Header } from './ipv4.js';
import { decodeUdp, encodeUdp, UDP_BYTES, type UdpHeader } from './udp.js';

/** Bytes of Ethernet, IPv4 and UDP in front of a payload. */
export const UDP_FRAME_BYTES = ETHERNET_BYTES + IPV4_BYTES + UDP_BYTES;

/** What a host's frame says; lengths and checksums follow from it. */
export interface UdpFrame {
  /** 6 bytes each. */
  readonly srcMac: Uint8Array;
  readonly dstMac: Uint8Array;
  readonly src: number;
  readonly dst: number;
  readonly srcPort: number;
  readonly dstPort: number;
  /** 64 where left out. */
  readonly ttl?: number;
  readonly payload: Uint8Array;
}

export interface DecodedUdpFrame {
  readonly ethernet: EthernetHeader;
  readonly ipv4: Ipv4Header;
  readonly udp: UdpHeader;
  /** A view. */
  readonly payload: Uint8Array;
}

/** Ethernet / IPv4 / UDP / payload with right lengths and checksums. @throws WireError VALUE or NO_ROOM. */
export function encodeUdpFrame(frame: UdpFrame, buffer?: Uint8Array, offset = 0): Uint8Array {
  const length = UDP_FRAME_BYTES + frame.payload.length;
  const b = target('frame', buffer, offset, length);
  const ip = offset + ETHERNET_BYTES;
  encodeEthernet({ dst: frame.dstMac, src: frame.srcMac, etherType: ETHERTYPE_IPV4 }, b, offset);
  encodeIpv4(
    {
      dscp: 0,
      ecn: 0,
      totalLength: length - ETHERNET_BYTES,
      identification: 0,
      flags: 2,
      fragmentOffset: 0,
      ttl: frame.ttl ?? 64,
      protocol: IP_PROTOCOL_UDP,
      src: frame.src,
      dst: frame.dst,
    },
    b,
    ip,
  );
  const udpLength = UDP_BYTES + frame.payload.length;
  encodeUdp(
    { srcPort: frame.srcPort, dstPort: frame.dstPort, length: udpLength, checksum: 0 },
    b,
    ip + IPV4_BYTES,
  );
  b.set(frame.payload, offset + UDP_FRAME_BYTES);
  setUdpChecksum(b, ip);
  return b.subarray(offset, offset + length);
}

/** The layers of a UDP frame, checksums verified. @throws WireError, also where the frame carries something else. */
export function decodeUdpFrame(b: Uint8Array): DecodedUdpFrame {
  const ethernet = decodeEthernet(b);
  if (ethernet.etherType !== ETHERTYPE_IPV4) {
    throw new WireError('VALUE', 'ethernet', 12, `type is 0x${ethernet.etherType.toString(16)}`, 'send IPv4');
  }
  const ipv4 = decodeIpv4(b, ETHERNET_BYTES);
  if (ipv4.protocol !== IP_PROTOCOL_UDP) {
    throw new WireError('VALUE', 'ipv4', ETHERNET_BYTES + 9, `protocol is ${ipv4.protocol}`, 'send UDP');
  }
  const end = ETHERNET_BYTES + ipv4.totalLength;
  const udpAt = ETHERNET_BYTES + IPV4_BYTES;
  const udp = decodeUdp(b.subarray(0, end), udpAt);
  requireBytes('udp', udpAt, udp.length, end);
  if (!udpChecksumHolds(b, ETHERNET_BYTES)) {
    throw new WireError('CHECKSUM', 'udp', udpAt + 6, 'checksum is wrong', 'drop the packet');
  }
  return { ethernet, ipv4, udp, payload: b.subarray(UDP_FRAME_BYTES, udpAt + udp.length) };
}
