// What one control leaves for the next, as shared/metadata.p4 has it for v1model; its enumerations are used as they are.
#ifndef SINCMESH_TNA_METADATA_P4
#define SINCMESH_TNA_METADATA_P4

// Two's complement and one's complement arithmetic of checksums is done by parser and deparser here: `residue` is what
// is left of the datagram's checksum when everything that ingress may change has been taken out.
struct metadata_t {
    Verdict verdict;
    DropReason drop_reason;
    bit<8> packet_in_reason;
    PortId_t ingress_port;
    bit<1> trusted;
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
    bit<8> colour;

#ifdef WITH_POLICY
    bit<1> edge;
    Account account;
    bit<1> counted;
    bit<32> index;
    bit<8> denial;
    bit<32> elapsed;
    bit<5> bucket;
#endif
#ifdef WITH_SINC
    SincRole role;
    bit<1> down;
    bit<32> epoch;
    bit<32> base;
    bit<16> sources;
    bit<32> bitmap;
    bit<1> member;
#endif
#ifdef WITH_REDUCE
    bit<16> operation;
    bit<32> masked;         // SeqNum within the window
    bit<32> cell;
    bit<32> full;
    bit<1> root;
    bit<1> saturate;
    bit<16> own_source;
    bit<16> parent_sources;
    PortId_t parent_port;
    bit<16> members;
    bit<8> owner;           // whose the cell is, see reduce.p4
    bit<32> seen;
    bit<32> now_seen;
    bit<8> step;
#endif
#ifdef WITH_CELLS
    bit<32> room;
    bit<32> slot;
    bit<32> cell;
    bit<8> turn;
#endif
#ifdef WITH_CACHE
    bit<32> cache_index;
    bit<8> generation;
    bit<16> threshold;
#endif
}

struct egress_metadata_t {
    bridge_t bridge;
    bool update_checksum;
    bit<16> residue;
}

#endif
