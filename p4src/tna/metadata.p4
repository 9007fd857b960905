// What one control leaves for the next, as shared/metadata.p4 has it for v1model; its enumerations are used as they are.
#ifndef SINCMESH_TNA_METADATA_P4
#define SINCMESH_TNA_METADATA_P4

// Two's complement and one's complement arithmetic of checksums is done by parser and deparser here: `residue` is what
// is left of the datagram's checksum when everything that ingress may change has been taken out.
enum bit<4> SincShape {
    NONE = 0,
    CONTRIBUTION = 1,   // complete in this pass
    RESULT = 2,
    UNCHECKED = 3,      // a result of several vectors, without checksum
    BEGUN = 4,          // the first vector of several
    // What has been through the pipe before.
    MORE = 8,           // neither first nor last vector
    LAST = 9,
    FETCHED = 10,       // a result is put in front, and it is not the first vector's
    WHOLE_TO_GROUP = 11,    // the first vector's
    WHOLE_TO_SOURCE = 12,
    SPOILT = 13         // the last vector of a datagram that is damaged
}

#ifdef WITH_CACHE
// What the packet is to its entry.
enum bit<8> CacheKind {
    NONE = 0,
    GET = 1,            // answered here if the entry is valid
    WRITE = 2,          // any other request: it may write
    UNKEPT = 3,         // a reply whose value is not to be kept
    VALUE = 4,          // a reply with one that can be
    STAMPED = 5,        // the same, and stamped by a cache
    ASK = 6             // a GET that brings blocks: not to be answered here
}

// What it does with the value.
enum bit<8> CacheStore {
    NONE = 0,
    KEEP = 1,
    GIVE = 2
}
#endif

#ifdef WITH_STRATEGY
enum bit<8> BreakerKind {
    NONE = 0,
    REQUEST = 1,
    SUCCESS = 2,
    FAILURE = 3,
    ANSWER = 4              // says nothing of the instance, but that its request is no longer outstanding
}

// Why a request comes in once more.
enum bit<8> Again {
    NONE = 0,
    OVER = 1,               // too many are outstanding
    LOST = 2,               // some were lost
    OVER_AND_LOST = 3,
    LOST_IN_TRIAL = 4       // and it tries a resting instance
}

// A second pass: in front of the packet as it came in first (breaker.p4).
header second_t {
    Again again;
    bit<24> reserved;
    bit<32> lost;
}
#endif

struct metadata_t {
    Verdict verdict;
    DropReason drop_reason;
    bit<8> packet_in_reason;
    PortId_t ingress_port;
    bit<1> unchanged;       // the controller sends it out as it is
    bit<1> ipv4_damaged;
    bool update_checksum;
    bit<16> residue;
    bit<32> now;
    bit<16> switch_id;
    bit<16> src_port;
    bit<16> dst_port;

    NameDecision decision;
    bit<32> spread;         // what chooses among instances
    bit<8> reason;
    bit<16> instance;
    bit<32> address;
    bit<16> udp_port;
    bit<16> branches;
    bit<1> answer;          // to be turned round
    bit<1> refused;         // as a Nack
    bit<1> forwarded;       // goes on, as it is or to meta.address
    bit<8> colour;

#ifdef WITH_POLICY
    bit<1> edge;
    bit<1> pinned;          // resolved by its sender, who was told the instance
    bit<1> denied;
#ifdef WITH_TAG
    bit<1> barred;          // by admission: a field of its own, or the access rules would wait for it
#endif
    bit<8> denial;
    bit<8> rate_colour;
    Account account;
    bit<256> service;       // destination of a request, source of an answer
    bit<1> attached;        // an answer whose client is behind this switch
    bit<1> counted;
    bit<10> index;
#endif
#ifdef WITH_STRATEGY
    bit<256> lookup;        // what the FIB is asked for: the destination's digest, or that of a version
    bit<16> version_spread; // what chooses among versions
    bit<1> trusted;         // comes from the controller
    MirrorId_t session;
    bit<8> copy_kind;       // BridgeKind of a mirror's copy
    bit<16> mirror_share;   // hundredths of a per cent
    bit<16> fault_share;
    bit<8> fault_reason;    // 0: lost
    bit<16> mirror_dice;
    bit<16> fault_dice;
    bit<1> dropped;         // by a fault
    // Of a breaker.
    bit<32> slow_now;       // in units of 65,536 ns
    second_t second;
    Again came_for;         // of a second pass
    bit<32> came_with;
    Again again;            // wants a second pass
    Again again_if_lost;
    bit<32> lost;           // requests
    bit<1> guarded;
    BreakerKind kind;
    bit<32> owner;
    bit<8> window;
    bit<32> max_outstanding;
    bit<32> max_failures;
    bit<32> failures_asked;
    bit<32> rest;
    bit<32> rested;         // a breaker that is open since then, or before, may be tried
    bit<8> many;            // 1: too many failures
    bit<8> fresh;           // 1: the first request of a generation
    bit<1> asked;           // for a way through, since there are
    bit<8> passes;
    bit<32> epoch;          // start of the window
    bit<32> size;
    bit<32> earlier;        // start of the window before
    bit<32> parity;
    bit<1> is_even;         // the present window's number
    bit<1> is_odd;
    bit<1> entered_even;    // a request is counted
    bit<1> entered_odd;
    bit<32> count_even;
    bit<32> count_odd;
    bit<32> present;
    bit<32> passed;         // since the last request's window
    bit<32> passed_more;    // than one window
    bit<32> sum;
    bit<32> room;
    bit<32> room_before;
    bit<8> heard;
#endif
#ifdef WITH_SINC
    SincRole role;
    bit<1> down;
    bit<32> epoch;
    bit<32> base;
    SincShape shape;
    bit<16> sources;
    bit<16> sources_differ;
    bit<1> member;
#endif
#ifdef WITH_TAG
    PortId_t again;         // the port by which a packet comes in again
    PortId_t arrival;       // the port by which it came to the switch
    bit<1> named;           // to be looked at by its names
    bit<1> running;         // on its way round
    bit<1> lapping;         // goes round
    bit<1> known;           // its credential is
    bit<1> tagged;          // its tag is right
    bit<8> signed_denial;
    bit<8> fresh;           // 1: its number has not passed before
    bit<32> low_differs;
    bit<32> high_differs;
    bit<1> measured;        // the parser has seen all headers behind `auth`
    bit<16> overhead;       // bytes of the headers of the datagram, but for records
    bit<8> hops;
    bit<8> blocks;
    bit<16> hop_bytes;
    bit<16> block_bytes;
    bit<16> payload;
    bit<32> word0;
    bit<32> word1;
    bit<32> word2;
#if __TARGET_TOFINO__ == 2
    bit<32> word3;
    bit<32> word4;
#endif
    bit<32> tweak_v1;
    bit<32> tweak_v2;
#endif
#ifdef WITH_REDUCE
    bit<16> operation_differs;
    PortId_t port_differs;
    bit<32> masked;         // SeqNum within the window
    bit<32> cell;
    bit<32> lane;           // where the lanes have this vector
    PortId_t again;         // the port by which a packet comes in again
    bit<1> contributes;     // the first vector, or the only one, of a contribution
    bit<32> counted;        // the source's bit, in the pass that counts it as seen
    bool sum;               // the deparser sums up results for the next pass
    bit<32> full;
    bit<1> root;
    bit<1> saturate;
    bit<16> own_source;
    bit<16> parent_sources;
    PortId_t parent_port;
    bit<16> members;
    bit<8> taken;           // 1: this packet has taken its cell over
    bit<32> cell_seq;
    bit<32> seen;           // sources the cell has, this one included
    bit<32> missing;
    bit<1> admitted;        // its registers are touched
#endif
#ifdef WITH_CELLS
    bit<1> known;           // the operation is one of the two
    bit<1> in_range;        // the cell is the group's
    bit<32> room;           // cells of the group from this one on
    bit<32> answers;
    bit<32> slot;
    bit<32> cell;
    bit<1> admitted;        // its registers are touched
    bit<8> taken;           // 1: not answered before
    bit<8> same;            // 1: answered last
    bit<8> fresh;           // 1: the value is another epoch's
#endif
#ifdef WITH_CACHE
    bit<1> is_cached;
    CacheKind kind;
    CacheStore store;
    bit<32> cache_index;
    bit<8> generation;
    bit<8> generation_differs;
    bit<32> name_a;         // two hashes of the name a value comes under, or is asked for under
    bit<32> name_b;
    bit<8> named_a;         // 1: the entry's name has the same
    bit<8> named_b;
    bit<32> version;
    bit<8> valid;
    bit<8> accepted;        // a reply no older than the entry
    bit<1> active;          // the registers are touched
    bit<1> watched;
    bit<1> counted;
    bit<16> threshold;
    bit<16> epoch;
    bit<16> count0;
    bit<16> count1;
    bit<16> count2;
    bit<16> count3;
    bit<8> fresh0;
    bit<8> fresh1;
    bit<8> fresh2;
#endif
}

struct egress_metadata_t {
    bridge_t bridge;
#ifdef WITH_LONG_BRIDGE
    mirrored_t mirrored;
#endif
    bool update_checksum;
    bit<16> residue;
#if defined(WITH_TAG) && __TARGET_TOFINO__ == 2
    bit<32> tweak_v2;
#endif
}

#endif
