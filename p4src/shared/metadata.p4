// What one control leaves for the next.
#ifndef SINCMESH_METADATA_P4
#define SINCMESH_METADATA_P4

// What becomes of the packet. Every packet starts as ROUTE; a control that settles it says how.
enum bit<8> Verdict {
    ROUTE = 0,      // the underlay sends it towards hdr.ipv4.dst
    PORT = 1,       // egress port or multicast group already chosen
    CONTROLLER = 2, // to the CPU port, with meta.packet_in_reason
    DROP = 3        // dropped and counted under meta.drop_reason
}

// Index into the counter ingress.drops.
enum bit<8> DropReason {
    NONE = 0,
    MALFORMED = 1,          // a header is longer than the packet, or a count out of range
    IPV4_CHECKSUM = 2,
    IPV4_OPTIONS = 3,       // or not version 4
    ETHER_TYPE = 4,         // neither IPv4 nor ARP
    NO_UNDERLAY_ROUTE = 5,
    ROUTE_DROP = 6,         // a route said drop
    UNANSWERABLE = 7,       // wants a Nack, but is itself an answer
    SINC_LATE = 8,          // SeqNum older than the cell's
    SINC_REPEATED = 9,      // seen before, result not complete yet
    SINC_ABSORBED = 10,     // not lost: its operand stands in the cell
    TTL_EXPIRED = 11,       // on a tree, where nobody waits for an ICMP message
    PACKET_OUT_PORT = 12,   // packet-out to a port number that does not exist
    NACK_OVER_RATE = 13,    // wants a Nack, and this port has had its share of them
    SOURCE_DENIED = 14,     // an answer under a name that is not its sender's
    FAULT_LOSS = 15,        // a fault rule lost it
    REPLAYED = 16           // signed, and its number has passed already
}

// What the FIB says of a name.
enum bit<8> NameDecision {
    FORWARD = 0,    // already resolved
    REWRITE = 1,    // to meta.name.address
    CONTROLLER = 2,
    ECHO = 3,       // the name is this switch
    REFUSE = 4,     // Nack with meta.name.reason
    PUBLISH = 5     // to every branch of meta.name.branches
}

struct name_metadata_t {
    bit<256> lookup;        // what the FIB looks up: the destination's digest, or what a split puts in its place
    NameDecision decision;
    bit<8> reason;
    bit<2> colour;          // of the meter for Nacks
    bit<16> instance;
    bit<32> address;
    bit<16> udp_port;
    bit<16> branches;       // multicast group of a broadcast
    bit<1> pinned;          // resolved by its sender, who was told the instance
}

// What this switch counts for a service, and what it remembers of one.
enum bit<8> Account {
    NONE = 0,
    REQUEST = 1,    // enters the fabric here
    ANSWER = 2      // leaves it here
}

struct service_metadata_t {
    Account account;
    bit<256> name;          // destination of a request, source of an answer
    bit<1> counted;
    bit<32> index;
    bit<1> sticky;          // its flows keep their instance
    bit<48> idle;           // microseconds after which a flow is over
    bit<8> generation;      // flows of another one are void
}

// What admission knows of the sender.
struct credential_metadata_t {
    bit<1> tag_required;
    bit<32> key0;
    bit<32> key1;
    bit<32> slot;           // of the window of sequence numbers
    bit<8> generation;
}

struct strategy_metadata_t {
    bit<2> colour;
    bit<16> share;          // hundredths of a per cent, of the mirror or fault rule that matched
    bit<32> session;
    bit<8> abort_reason;    // 0: lost
}

enum bit<8> FlowState {
    NONE = 0,
    CLAIMED = 1,    // the cell is this flow's, and its instance to be chosen
    KNOWN = 2,
    FOLLOWED = 3    // the cell has said where it goes
}

struct flow_metadata_t {
    bit<32> cell;
    FlowState state;
    bit<16> instance;       // where the flow goes
    bit<32> address;        // 0: still to be chosen
    bit<16> udp_port;
}

struct breaker_metadata_t {
    bit<8> generation;
    bit<8> window;          // binary logarithm of its length in microseconds
    bit<16> outstanding;    // limits; 0 = none
    bit<16> failures;
    bit<32> rest;           // microseconds a breaker stays open before it lets one request try
}

// What kind of group this is at this switch.
enum bit<8> SincRole {
    NONE = 0,
    REDUCE = 1,
    CELLS = 2
}

// What the lanes do with a vector.
enum bit<8> LaneStep {
    NONE = 0,
    LOAD = 1,   // first contribution: overwrite what was there
    READ = 2,   // complete already: take the result
    SUM = 3,
    MIN = 4,
    MAX = 5,
    SATURATE = 6, // sum, held at the ends of int32
    AHEAD = 7   // sum of all but the last element, maximum of that
}

struct sinc_metadata_t {
    bit<16> length;         // of the UDP datagram that holds the operand
    SincRole role;
    bit<1> member;          // source and port belong to the group
    bit<1> intact;          // UDP checksum right, or absent
    bit<1> changed;         // the switch wrote to the datagram: its UDP checksum is computed anew
    bit<1> down;            // a result on its way to the group: egress.delivery addresses it
    bit<32> epoch;
    bit<32> base;
    bit<32> limit;          // reduce: mask of the window; cells: number of cells
    bit<16> operation;
    bit<16> sources;
    bit<32> bitmap;
    bit<32> full;
    bit<1> root;
    bit<16> own_source;
    bit<16> parent_sources;
    bit<9> parent_port;
    bit<16> members;
    bit<32> answers;
    bit<32> cell;
    LaneStep step;
    bit<32> lane_index;
    bit<1> saturate;
    bit<1> encapsulated;    // the switch put an encapsulation on: the inner IPv4 checksum is computed anew
    bit<1> foreign;         // computed by a switch that could not write the inner checksum: not to be verified
    bit<1> overflow;        // a sum of this packet left int32
}

struct cache_metadata_t {
    bit<32> index;
    bit<8> generation;
    bit<16> threshold;      // GETs per epoch from which a key is hot
}

struct metadata_t {
    Verdict verdict;
    DropReason drop_reason;
    bit<8> packet_in_reason;
    bit<9> ingress_port;    // a packet-out may name another one than it came by
    bit<1> trusted;         // comes from the controller
    bit<32> now;            // microseconds, low 32 bits
    bit<48> time;           // all of it
    bit<16> switch_id;
    bit<16> src_port;       // of UDP or TCP, 0 elsewhere: spreads flows over equal paths
    bit<16> dst_port;
    bit<8> remaining;       // records of a header stack still to be parsed
    bit<1> checksum_present; // of a named packet: the sender computed a UDP checksum
    bit<32> checksum_delta; // ~HC + ~m of RFC 1624, and ~m + m' of what ComputeChecksums does not see; not folded
    name_metadata_t name;
    service_metadata_t service;
    credential_metadata_t credential;
    strategy_metadata_t strategy;
    flow_metadata_t flow;
    breaker_metadata_t breaker;
    sinc_metadata_t sinc;
    cache_metadata_t cache;
}

#endif
