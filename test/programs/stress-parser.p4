// Sixteen headers in, sixteen out, nothing between: parser and deparser for the bench.
#include <core.p4>
#include <v1model.p4>

header part_t {
    bit<8>  next;
    bit<8>  a;
    bit<16> b;
    bit<32> c;
}

struct headers_t {
    part_t[16] parts;
}

struct metadata_t { }

parser OwnParser(packet_in packet, out headers_t hdr, inout metadata_t meta, inout standard_metadata_t standard) {
    state start {
        packet.extract(hdr.parts.next);
        transition select(hdr.parts.last.next) {
            1 : start;
            default : accept;
        }
    }
}

control Checks(inout headers_t hdr, inout metadata_t meta) {
    apply { }
}

control ingress(inout headers_t hdr, inout metadata_t meta, inout standard_metadata_t standard) {
    apply {
        standard.egress_spec = 2;
    }
}

control egress(inout headers_t hdr, inout metadata_t meta, inout standard_metadata_t standard) {
    apply { }
}

control OwnDeparser(packet_out packet, in headers_t hdr) {
    apply { packet.emit(hdr); }
}

V1Switch(OwnParser(), Checks(), ingress(), egress(), Checks(), OwnDeparser()) main;
