// Two digests; of several made by one packet, the last is sent.
#include "include/lab.p4"

struct seen_t {
    bit<32> address;
    bit<16> tag;
    bit<9>  port;
}

struct marked_t {
    bit<8> mark;
}

CONTROL(ingress) {
    action learn() {
        digest<seen_t>(1, { hdr.lab.c, hdr.lab.b, standard.ingress_port });
        standard.egress_spec = 1;
    }
    action forward(bit<9> port) {
        standard.egress_spec = port;
    }
    table known {
        key = { hdr.lab.c : exact; }
        actions = { forward; learn; }
        default_action = learn();
        size = 64;
    }
    apply {
        NEED_LAB
        known.apply();
        if (hdr.lab.a == 7) digest<marked_t>(1, { hdr.lab.kind });
    }
}

SWITCH(ingress, NoEgress);
