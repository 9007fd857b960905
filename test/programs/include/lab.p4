// What the test programs share: one header of fields to play with, and the parts most of them leave empty.
#ifndef LAB_P4
#define LAB_P4
#include <core.p4>
#include <v1model.p4>

header lab_t {
    bit<8>  kind;
    bit<8>  a;
    bit<16> b;
    bit<32> c;
    bit<32> d;
}

struct headers_t {
    lab_t lab;
}

struct metadata_t {
    @field_list(1)
    bit<32> kept;
    @field_list(1, 2)
    bit<8>  turns;
    bit<32> lost;
}

parser LabParser(packet_in packet, out headers_t hdr, inout metadata_t meta, inout standard_metadata_t standard) {
    state start {
        packet.extract(hdr.lab);
        transition accept;
    }
}

control LabDeparser(packet_out packet, in headers_t hdr) {
    apply { packet.emit(hdr); }
}

control NoChecks(inout headers_t hdr, inout metadata_t meta) {
    apply { }
}

control NoEgress(inout headers_t hdr, inout metadata_t meta, inout standard_metadata_t standard) {
    apply { }
}

// What fields of a header hold that the packet does not have is nowhere specified: such packets end here.
#define NEED_LAB \
    if (!hdr.lab.isValid()) { \
        mark_to_drop(standard); \
        exit; \
    }

#define SWITCH(INGRESS, EGRESS) \
    V1Switch(LabParser(), NoChecks(), INGRESS(), EGRESS(), NoChecks(), LabDeparser()) main

#define CONTROL(NAME) \
    control NAME(inout headers_t hdr, inout metadata_t meta, inout standard_metadata_t standard)

#endif
