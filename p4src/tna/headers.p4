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
    PUBLISH = 3             // a copy of a broadcast: egress.broadcast addresses it
}

struct headers_t {
    bridge_t bridge;
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
    ethernet_t ethernet;
    ipv4_t ipv4;
    udp_t udp;
#ifdef WITH_BROADCAST
    name_t name;
#endif
}

#endif
