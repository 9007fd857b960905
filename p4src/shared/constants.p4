// Every number of docs/protocol.md, in its order. test/wire/agreement.test.ts compares the two.
#ifndef SINCMESH_CONSTANTS_P4
#define SINCMESH_CONSTANTS_P4

// Section 1: ports and ether types.
const bit<16> UDP_PORT_NAMED = 19795;
const bit<16> UDP_PORT_SINC = 21315;
const bit<16> UDP_PORT_NSH = 20051;
const bit<16> ETHERTYPE_IPV4 = 0x0800;
const bit<16> ETHERTYPE_ARP = 0x0806;
const bit<16> ETHERTYPE_MPLS = 0x8847;
const bit<20> MPLS_LABEL_SINC = 0x51000;
const bit<20> MPLS_LABEL_SINC_MASK = 0xff000;
const bit<8> IP_PROTOCOL_TCP = 6;
const bit<8> IP_PROTOCOL_UDP = 17;

// Section 3.1: header `name`.
const bit<4> NAME_VERSION = 1;
const bit<8> HOP_LIMIT_DEFAULT = 64;

// Section 3.2: packet types.
const bit<4> SERVICE_REQUEST = 1;
const bit<4> SERVICE_DATA = 2;
const bit<4> ECHO_REQUEST = 3;
const bit<4> ECHO_REPLY = 4;
const bit<4> NACK = 5;

// Section 3.3: flags.
const bit<8> FLAG_RESOLVED = 0x01;
const bit<8> FLAG_SWAPPED = 0x02;
const bit<8> FLAG_TELEMETRY = 0x04;
const bit<8> FLAG_AUTH = 0x08;
const bit<8> FLAG_KV = 0x10;

// Section 3.4: Nack reasons.
const bit<8> NO_ROUTE = 1;
const bit<8> HOP_LIMIT = 2;
const bit<8> DENIED = 3;
const bit<8> RATE_LIMITED = 4;
const bit<8> BREAKER_OPEN = 5;
const bit<8> NO_INSTANCE = 6;
const bit<8> NAME_MISMATCH = 7;
@noWarn("unused") const bit<8> FAULT_INJECTED = 8;
const bit<8> UNAVAILABLE = 9;

// Section 3.7: telemetry.
const bit<8> TELEMETRY_HOPS_MAX = 8;
const bit<16> TELEMETRY_HOP_BYTES = 16;

// Section 3.8: kv.
const bit<8> KV_GET = 1;
@noWarn("unused") const bit<8> KV_PUT = 2;
@noWarn("unused") const bit<8> KV_DELETE = 3;
const bit<8> KV_GET_REPLY = 4;
const bit<8> KV_PUT_REPLY = 5;
const bit<8> KV_DELETE_REPLY = 6;
const bit<8> KV_STAMPED = 0x01;
const bit<8> KV_CACHED = 0x02;
const bit<8> KV_LARGE = 0x04;
const bit<8> KV_STATUS_OK = 0;
@noWarn("unused") const bit<8> KV_STATUS_NOT_FOUND = 1;
@noWarn("unused") const bit<8> KV_STATUS_TOO_LARGE = 2;
const bit<16> KV_VALUE_BYTES_MAX = 128;

// Section 4: SINC.
const bit<16> SINC_SUM = 1;
const bit<16> SINC_MIN = 2;
const bit<16> SINC_MAX = 3;
const bit<16> SINC_SUM_AHEAD = 4;
const bit<16> SINC_FETCH_ADD = 16;
const bit<16> SINC_COMPARE_SWAP = 17;
const bit<16> SINC_OFFSET = 16;
const bit<16> SINC_LENGTH_BARE = 24;
const bit<16> SINC_LENGTH_CELL = 40;
const bit<16> SINC_LENGTH_VECTOR1 = 152;
const bit<16> SINC_LENGTH_VECTOR2 = 280;
const bit<16> SINC_LENGTH_VECTOR3 = 408;
const bit<16> SINC_LENGTH_VECTOR4 = 536;

// Section 4.7: NSH.
// First word of an NSH header of 6 words, MD type 1, next protocol IPv4; flags and TTL are free.
const bit<32> NSH_MD1_IPV4 = 0x00060101;
const bit<32> NSH_MD1_IPV4_MASK = 0x003f0fff;
const bit<6> NSH_TTL_DEFAULT = 63;
const bit<6> NSH_WORDS = 6;
const bit<4> NSH_MD_TYPE = 1;
const bit<8> NSH_NEXT_IPV4 = 1;
// IPv4, UDP, NSH and context header.
const bit<16> NSH_OUTER_BYTES = 52;

// Section 5: packets to and from the controller.
const bit<9> CPU_PORT = 510;
const bit<8> PACKET_IN_NAME = 1;
const bit<8> PACKET_IN_ARP = 2;
const bit<8> PACKET_IN_TTL = 3;
const bit<8> PACKET_IN_ROUTE = 4;
@noWarn("unused") const bit<8> PACKET_OUT_SEND = 0;
const bit<8> PACKET_OUT_FORWARD = 1;

// Lengths in bytes, and what a packet the switch itself makes starts with.
const bit<16> IPV4_BYTES = 20;
const bit<3> IPV4_MORE_FRAGMENTS = 1;
const bit<8> TTL_DEFAULT = 64;

#endif
