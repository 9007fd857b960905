// One table of kind ternary on an IPv4 address in front of Ethernet's rewriting: a small program for the bench.
#include "include/frames.p4"

control ingress(inout frame_t hdr, inout nothing_t meta, inout standard_metadata_t standard) {
    action drop() {
        mark_to_drop(standard);
    }
    action forward(bit<48> mac, bit<9> port) {
        standard.egress_spec = port;
        hdr.ethernet.src = hdr.ethernet.dst;
        hdr.ethernet.dst = mac;
        hdr.ipv4.ttl = hdr.ipv4.ttl - 1;
    }
    table routes {
        key = { hdr.ipv4.dst : ternary; }
        actions = { forward; drop; }
        default_action = drop();
        size = 4096;
    }
    apply {
        if (hdr.ipv4.isValid()) routes.apply();
    }
}

FRAME_SWITCH(ingress);
