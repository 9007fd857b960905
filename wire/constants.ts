/** Every number of docs/protocol.md, under the document's names. */

// Section 1: ports and ether types.
export const UDP_PORT_NAMED = 19795;
export const UDP_PORT_SINC = 21315;
export const UDP_PORT_NSH = 20051;
export const ETHERTYPE_IPV4 = 0x0800;
export const ETHERTYPE_ARP = 0x0806;
export const ETHERTYPE_MPLS = 0x8847;
/** First of the 4096 labels that are followed by a SINC shim. */
export const MPLS_LABEL_SINC = 0x51000;
export const MPLS_LABEL_SINC_LAST = 0x51fff;

// IPv4 protocol numbers (IANA).
export const IP_PROTOCOL_ICMP = 1;
export const IP_PROTOCOL_UDP = 17;

// Section 2: names.
export const NAME_MAX_COMPONENTS = 8;
/** Bytes of UTF-8. */
export const NAME_MAX_BYTES = 255;
export const NAME_DIGEST_BYTES = 32;

// Section 3: named packets.
export const NAMED_VERSION = 1;
export const HOP_LIMIT_DEFAULT = 64;

/** Section 3.2. */
export const PacketType = {
  SERVICE_REQUEST: 1,
  SERVICE_DATA: 2,
  ECHO_REQUEST: 3,
  ECHO_REPLY: 4,
  NACK: 5,
} as const;
export type PacketType = (typeof PacketType)[keyof typeof PacketType];

/** Section 3.3. */
export const FLAG_RESOLVED = 0x01;
export const FLAG_SWAPPED = 0x02;
export const FLAG_TELEMETRY = 0x04;
export const FLAG_AUTH = 0x08;
export const FLAG_KV = 0x10;
/** All flags of section 3.3. */
export const FLAGS_KNOWN = 0x1f;

/** Section 3.4. */
export const NackReason = {
  NO_ROUTE: 1,
  HOP_LIMIT: 2,
  DENIED: 3,
  RATE_LIMITED: 4,
  BREAKER_OPEN: 5,
  NO_INSTANCE: 6,
  NAME_MISMATCH: 7,
  FAULT_INJECTED: 8,
  UNAVAILABLE: 9,
} as const;
export type NackReason = (typeof NackReason)[keyof typeof NackReason];

const REASON_NAMES = new Map<number, string>(
  Object.entries(NackReason).map(([name, value]) => [value, name]),
);

/** The document's name of a Nack reason, or its number where there is none. */
export function nackReasonName(reason: number): string {
  return REASON_NAMES.get(reason) ?? `reason ${reason}`;
}

// Section 3.7.
export const TELEMETRY_MAX_HOPS = 8;

// Section 3.8: the key-value cache.
export const KV_GET = 1;
export const KV_PUT = 2;
export const KV_DELETE = 3;
export const KV_GET_REPLY = 4;
export const KV_PUT_REPLY = 5;
export const KV_DELETE_REPLY = 6;
export const KV_STAMPED = 0x01;
export const KV_CACHED = 0x02;
export const KV_LARGE = 0x04;
export const KV_FLAGS_KNOWN = 0x07;
export const KV_BLOCK_BYTES = 16;
export const KV_MAX_BLOCKS = 8;
/** Longest value a cache holds, in bytes; longer ones travel in the payload. */
export const KV_MAX_VALUE = 128;
export const KvStatus = { OK: 0, NOT_FOUND: 1, TOO_LARGE: 2 } as const;
export type KvStatus = (typeof KvStatus)[keyof typeof KvStatus];

// Section 4: SINC.
export const SINC_SUM = 1;
export const SINC_MIN = 2;
export const SINC_MAX = 3;
/** Sums elements 0 to 30 of each vector; element 31 is the exponent of a block to come, of which the largest stays. */
export const SINC_SUM_AHEAD = 4;
export const SINC_FETCH_ADD = 16;
export const SINC_COMPARE_SWAP = 17;
/** The one operand offset switches compute at: right behind the header. */
export const SINC_OFFSET = 16;
/** int32 values in one vector. */
export const VECTOR_VALUES = 32;
export const VECTOR_BYTES = 128;
export const MAX_VECTORS = 4;

// Section 5: reasons of packets to the controller.
export const PACKET_IN_NAME = 1;
export const PACKET_IN_ARP = 2;
export const PACKET_IN_TTL = 3;

/** Section 7. */
export const REGISTRY_NAME = '/fabric/registry';
