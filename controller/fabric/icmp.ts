import {
  checksum,
  decodeEthernet,
  decodeIpv4,
  ETHERNET_BYTES,
  ETHERTYPE_IPV4,
  encodeEthernet,
  encodeIpv4,
  IPV4_BYTES,
  writeU16,
} from '../../wire/index.js';
import type { Clock } from '../clock.js';

const PROTOCOL_ICMP = 1;
const PROTOCOL_UDP = 17;
const ECHO_REPLY = 0;
const ECHO_REQUEST = 8;
const UNREACHABLE = 3;
const PORT_UNREACHABLE = 3;
const TIME_EXCEEDED = 11;
/** Types of messages about other packets: nobody answers those (RFC 1122 section 3.2.2). */
const ERRORS: ReadonlySet<number> = new Set([3, 4, 5, 11, 12]);
const TTL = 64;
const ICMP_BYTES = 8;
/** As much of the packet as a message about it quotes: the whole message has up to 576 bytes (RFC 1812 section 4.3.2.3). */
const QUOTED_BYTES = 576 - IPV4_BYTES - ICMP_BYTES;

/**
 * What a switch says about a packet whose time to live it has used up: ICMP time exceeded from its own address, which is
 * what a traceroute asks for. Undefined where nothing may be said. Throws WireError where the frame is malformed.
 */
export function answerExpired(frame: Uint8Array, address: number): Uint8Array | undefined {
  const ip = decodeIpv4(frame, ETHERNET_BYTES);
  // At its destination nothing has expired.
  if (ip.dst === address) return answerOwn(frame, address);
  return mayComplain(frame) ? message(frame, address, TIME_EXCEEDED, 0, quote(frame)) : undefined;
}

/** What a switch answers to a packet for its own address: an echo reply, or that no UDP port is open. */
export function answerOwn(frame: Uint8Array, address: number): Uint8Array | undefined {
  const ip = decodeIpv4(frame, ETHERNET_BYTES);
  if (ip.dst !== address) return undefined;
  if (ip.protocol === PROTOCOL_UDP && mayComplain(frame)) {
    return message(frame, address, UNREACHABLE, PORT_UNREACHABLE, quote(frame));
  }
  const at = ETHERNET_BYTES + IPV4_BYTES;
  const end = ETHERNET_BYTES + ip.totalLength;
  if (ip.protocol !== PROTOCOL_ICMP || end - at < ICMP_BYTES || ip.fragmentOffset !== 0) return undefined;
  if (frame[at] !== ECHO_REQUEST || checksum(frame, at, end) !== 0) return undefined;
  // Identifier and sequence number, and then the data: all come back.
  return message(frame, address, ECHO_REPLY, 0, frame.subarray(at + 4, end));
}

/** Whether an error may be sent about a packet: not about errors, later fragments and what was sent to or by many. */
function mayComplain(frame: Uint8Array): boolean {
  const ip = decodeIpv4(frame, ETHERNET_BYTES);
  const first = ip.src >>> 24;
  if (ip.fragmentOffset !== 0 || first === 0 || first === 127 || first >= 224 || ip.dst >>> 28 === 14)
    return false;
  return ip.protocol !== PROTOCOL_ICMP || !ERRORS.has(frame[ETHERNET_BYTES + IPV4_BYTES] ?? 0);
}

/** Four unused bytes, and the beginning of the packet. */
function quote(frame: Uint8Array): Uint8Array {
  const { totalLength } = decodeIpv4(frame, ETHERNET_BYTES);
  const packet = frame.subarray(ETHERNET_BYTES, ETHERNET_BYTES + Math.min(totalLength, QUOTED_BYTES));
  const rest = new Uint8Array(4 + packet.length);
  rest.set(packet, 4);
  return rest;
}

/** An ICMP message back the way `frame` came; `rest` is what follows type, code and checksum. */
function message(
  frame: Uint8Array,
  address: number,
  type: number,
  code: number,
  rest: Uint8Array,
): Uint8Array {
  const ethernet = decodeEthernet(frame);
  const { src } = decodeIpv4(frame, ETHERNET_BYTES);
  const at = ETHERNET_BYTES + IPV4_BYTES;
  const answer = new Uint8Array(at + 4 + rest.length);
  encodeEthernet({ dst: ethernet.src, src: ethernet.dst, etherType: ETHERTYPE_IPV4 }, answer);
  encodeIpv4(
    {
      dscp: 0,
      ecn: 0,
      totalLength: answer.length - ETHERNET_BYTES,
      identification: 0,
      flags: 0,
      fragmentOffset: 0,
      ttl: TTL,
      protocol: PROTOCOL_ICMP,
      src: address,
      dst: src,
    },
    answer,
    ETHERNET_BYTES,
  );
  answer[at] = type;
  answer[at + 1] = code;
  answer.set(rest, at + 4);
  writeU16(answer, at + 2, checksum(answer, at));
  return answer;
}

/** So many of something per second for each key, and as many at once; the rest is refused. */
export class RateLimit {
  readonly #clock: Clock;
  readonly #perSecond: number;
  readonly #buckets = new Map<string, { tokens: number; at: number }>();

  constructor(clock: Clock, perSecond: number) {
    this.#clock = clock;
    this.#perSecond = perSecond;
  }

  take(key: string): boolean {
    const now = this.#clock.now();
    const bucket = this.#buckets.get(key) ?? { tokens: this.#perSecond, at: now };
    this.#buckets.set(key, bucket);
    bucket.tokens = Math.min(this.#perSecond, bucket.tokens + ((now - bucket.at) / 1e6) * this.#perSecond);
    bucket.at = now;
    if (bucket.tokens < 1) return false;
    bucket.tokens -= 1;
    return true;
  }
}
