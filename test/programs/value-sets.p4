// The parser asks sets that the control plane fills.
#include <core.p4>
#include <v1model.p4>

header outer_t {
    bit<8>  kind;
    bit<16> tag;
}

header inner_t {
    bit<16> value;
}

struct headers_t {
    outer_t outer;
    inner_t inner;
}

struct metadata_t { }

struct pair_t {
    bit<8>  kind;
    bit<16> tag;
}

parser OwnParser(packet_in packet, out headers_t hdr, inout metadata_t meta, inout standard_metadata_t standard) {
    @name("kinds") value_set<bit<8>>(4) kinds;
    @name("pairs") value_set<pair_t>(4) pairs;

    state start {
        packet.extract(hdr.outer);
        transition select(hdr.outer.kind) {
            kinds : inner;
            0x7f : inner;
            default : by_pair;
        }
    }
    state by_pair {
        transition select(hdr.outer.kind, hdr.outer.tag) {
            pairs : inner;
            default : accept;
        }
    }
    state inner {
        packet.extract(hdr.inner);
        transition accept;
    }
}

control Checks(inout headers_t hdr, inout metadata_t meta) {
    apply { }
}

control ingress(inout headers_t hdr, inout metadata_t meta, inout standard_metadata_t standard) {
    apply {
        standard.egress_spec = 1;
        if (hdr.inner.isValid()) {
            standard.egress_spec = 2;
            hdr.inner.value = hdr.inner.value + 1;
        }
    }
}

control egress(inout headers_t hdr, inout metadata_t meta, inout standard_metadata_t standard) {
    apply { }
}

control OwnDeparser(packet_out packet, in headers_t hdr) {
    apply { packet.emit(hdr); }
}

V1Switch(OwnParser(), Checks(), ingress(), egress(), Checks(), OwnDeparser()) main;
