// The wire: docs/protocol.md as P4 headers, field for field. test/wire/agreement.test.ts compares the two.
#ifndef SINCMESH_HEADERS_P4
#define SINCMESH_HEADERS_P4

// Section 5. P4Runtime's packet-in and packet-out metadata.
@controller_header("packet_in")
header packet_in_t {
    bit<16> ingress_port;
    bit<8> reason;
    bit<8> reserved;
}

@controller_header("packet_out")
header packet_out_t {
    bit<16> egress_port;
    bit<8> forward;
    bit<8> reserved;
}

header ethernet_t {
    bit<48> dst;
    bit<48> src;
    bit<16> ether_type;
}

header mpls_t {
    bit<20> label;
    bit<3> traffic_class;
    bit<1> bottom;
    bit<8> ttl;
}

header ipv4_t {
    bit<4> version;
    bit<4> ihl;
    bit<6> dscp;
    bit<2> ecn;
    bit<16> total_length;
    bit<16> identification;
    bit<3> flags;
    bit<13> fragment_offset;
    bit<8> ttl;
    bit<8> protocol;
    bit<16> checksum;
    bit<32> src;
    bit<32> dst;
}

// All a switch wants of TCP: what spreads flows over equal paths.
header tcp_ports_t {
    bit<16> src_port;
    bit<16> dst_port;
}

header udp_t {
    bit<16> src_port;
    bit<16> dst_port;
    bit<16> length;
    bit<16> checksum;
}

// Section 3.1.
header name_t {
    bit<4> version;
    bit<4> type;
    bit<8> flags;
    bit<8> hop_limit;
    bit<8> reason;
    bit<4> dst_components;
    bit<4> src_components;
    bit<8> tag;
    bit<16> instance;
    bit<32> request_id;
    bit<32> stamp;
    bit<16> text_length;
    bit<8> attempt;
    bit<8> patience;
}

// Section 3.5.
header digests_t {
    bit<256> dst;
    bit<256> src;
}

// Section 3.6.
header auth_t {
    bit<16> key_id;
    bit<16> reserved;
    bit<32> sequence;
    bit<64> tag;
}

// Section 3.7.
header telemetry_t {
    bit<8> count;
    bit<8> dropped;
    bit<16> reserved;
}

header hop_t {
    bit<16> switch_id;
    bit<16> ingress_port;
    bit<16> egress_port;
    bit<16> queue_depth;
    bit<32> ingress_time;
    bit<32> egress_time;
}

// Section 3.8.
header kv_t {
    bit<8> op;
    bit<8> flags;
    bit<8> status;
    bit<8> generation;
    bit<8> blocks;
    bit<8> reserved;
    bit<16> value_length;
    bit<32> version;
    bit<128> key;
}

header kv_block_t {
    bit<128> value;
}

// Section 4.1.
header sinc_t {
    bit<5> reserved;
    bit<1> overflow;
    bit<1> done;
    bit<1> loopback;
    bit<24> group;
    bit<16> sources;
    bit<16> source;
    bit<32> seq;
    bit<16> operation;
    bit<16> offset;
}

// Section 4.3.
header vector_t {
    bit<32> v0;
    bit<32> v1;
    bit<32> v2;
    bit<32> v3;
    bit<32> v4;
    bit<32> v5;
    bit<32> v6;
    bit<32> v7;
    bit<32> v8;
    bit<32> v9;
    bit<32> v10;
    bit<32> v11;
    bit<32> v12;
    bit<32> v13;
    bit<32> v14;
    bit<32> v15;
    bit<32> v16;
    bit<32> v17;
    bit<32> v18;
    bit<32> v19;
    bit<32> v20;
    bit<32> v21;
    bit<32> v22;
    bit<32> v23;
    bit<32> v24;
    bit<32> v25;
    bit<32> v26;
    bit<32> v27;
    bit<32> v28;
    bit<32> v29;
    bit<32> v30;
    bit<32> v31;
}

// Section 4.4.
header cell_t {
    bit<32> index;
    bit<32> operand;
    bit<32> replacement;
    bit<32> result;
}

// Section 4.7.
header nsh_t {
    bit<2> version;
    bit<1> oam;
    bit<1> unassigned;
    bit<6> ttl;
    bit<6> length;
    bit<4> unassigned2;
    bit<4> md_type;
    bit<8> next_protocol;
    bit<24> spi;
    bit<8> si;
}

struct headers_t {
    packet_in_t packet_in;
    packet_out_t packet_out;
    ethernet_t ethernet;
    mpls_t[8] mpls;
    ipv4_t ipv4;
    tcp_ports_t tcp;
    udp_t udp;
    // Named packets.
    name_t name;
    digests_t digests;
    auth_t auth;
    telemetry_t telemetry;
    hop_t[8] hops;
    kv_t kv;
    kv_block_t[8] kv_blocks;
    // SINC. `context` is the copy an encapsulation carries outside; what follows it is the host's packet.
    nsh_t nsh;
    sinc_t context;
    ipv4_t inner_ipv4;
    udp_t inner_udp;
    sinc_t sinc;
    vector_t vector0;
    vector_t vector1;
    vector_t vector2;
    vector_t vector3;
    cell_t cell;
}

#endif
