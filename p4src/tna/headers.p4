// The headers of docs/protocol.md as this architecture keeps them: the wire is shared/headers.p4, but a Tofino has 4,096
// bits for all headers and metadata of a packet, so each profile keeps only those it works on. The rest of the packet
// passes as payload.
#ifndef SINCMESH_TNA_HEADERS_P4
#define SINCMESH_TNA_HEADERS_P4

// From ingress to egress, in front of every packet; ingress and egress share nothing else.
header bridge_t {
    bit<8> kind;                    // BridgeKind
#ifdef WITH_BROADCAST
    @flexible bit<16> branches;     // multicast group of a broadcast
    @flexible PortId_t ingress_port;
#endif
}

enum bit<8> BridgeKind {
    PLAIN = 0,
    CONTROLLER = 1,         // to or from the controller: not looked at
    DOWN = 2,               // a SINC result: egress.delivery addresses it
    PUBLISH = 3,            // a copy of a broadcast: egress.broadcast addresses it
    MIRRORED = 4,           // a mirror's copy: leaves as it came in
    LAP = 5                 // on its way round: egress.tag has it
}

#ifdef WITH_REDUCE
enum bit<8> LapPhase {
    FIRST = 0,              // as it came
    TAKE = 1,               // a vector more is taken in
    // All are, and the cell is complete: results are put in front, that of the last vector but one first,
    FETCH_TO_GROUP = 2,     // to go to the group at last,
    FETCH_TO_SOURCE = 3     // or to this source alone
}

// In front of a packet that goes through the pipe once more, of whose passes before it says what they found (laps.p4).
header lap_t {
    bit<32> mode;           // what the lanes do
    bit<32> bitmap;         // of the source
    bit<32> part;           // where a lane has this vector: its cell, and this much on
    bit<16> residue;        // of the checksum, as its complement; while results are fetched: of the results' sum
    LapPhase phase;
    bit<7> reserved;
    PortId_t port;          // by which the packet came to the switch
}
#endif

#if defined(WITH_STRATEGY) && defined(WITH_BROADCAST)
#define WITH_LONG_BRIDGE 1
#endif

#ifdef WITH_TAG
// In front of a packet whose tag is being verified (tag.p4).
header lap_t {
    bit<8> step;
    bit<8> generation;      // of the credential
    bit<16> slot;
    bit<7> reserved;
    PortId_t port;          // by which the packet came to the switch
    bit<32> v0;
    bit<32> v1;
    bit<32> v2;
    bit<32> v3;
    bit<32> word;           // taken in, and still to be let go; at last the first half of the tag
    bit<32> next;           // at last the second half
#if __TARGET_TOFINO__ == 2
    bit<32> after;
#endif
}

// Behind it: what the tag is computed of besides the names, as words 16 to 19.
header tail_t {
    bit<16> key_id;
    bit<8> attempt;
    bit<4> reserved;
    bit<4> type;
    bit<32> request_id;
    bit<16> reserved2;
    bit<16> payload;
    bit<32> sequence;
}

header tail_words_t {
    bit<32> word16;
    bit<32> word17;
    bit<32> word18;
    bit<32> word19;
}
#endif

#ifdef WITH_STRATEGY
// In front of a mirror's copy.
header mirrored_t {
    bit<8> kind;
}
#endif

struct headers_t {
    bridge_t bridge;
#ifdef WITH_REDUCE
    lap_t lap;
#endif
#ifdef WITH_TAG
    lap_t seed;             // of a packet that sets out
    lap_t lap;              // of one that has been on its way
    tail_t tail;
    tail_words_t rest;
#endif
    packet_in_t packet_in;
    packet_out_t packet_out;
    ethernet_t ethernet;
    ipv4_t ipv4;
    tcp_ports_t tcp;
    udp_t udp;
    name_t name;
    digests_t digests;
#ifdef WITH_TELEMETRY
    auth_t auth;
    telemetry_t telemetry;
    hop_t hop;
#endif
#ifdef WITH_CACHE
    auth_t auth;
    telemetry_t telemetry;
    hop_t[8] hops;
    kv_t kv;
    kv_block_t block0;
    kv_block_t block1;
    kv_block_t block2;
    kv_block_t block3;
#endif
#ifdef WITH_SINC
    sinc_t sinc;
#endif
#ifdef WITH_REDUCE
    vector_t vector0;
#endif
#ifdef WITH_CELLS
    cell_t cell;
#endif
}

// What egress looks at.
struct egress_headers_t {
#ifdef WITH_TAG
    lap_t lap;
#endif
    ethernet_t ethernet;
    ipv4_t ipv4;
    udp_t udp;
#ifdef WITH_BROADCAST
    name_t name;
#endif
}

#endif
