// An action selector with groups, and an action profile with members only.
#include "include/lab.p4"

CONTROL(ingress) {
    action set_port(bit<9> port) {
        standard.egress_spec = port;
    }
    action set_tag(bit<16> tag) {
        hdr.lab.b = tag;
    }
    action drop() {
        mark_to_drop(standard);
    }
    @name("hops") action_selector(HashAlgorithm.crc16, 64, 16) hops;
    @name("tags") action_profile(16) tags;
    table routes {
        key = {
            hdr.lab.c : lpm;
            hdr.lab.d : selector;
            hdr.lab.b : selector;
        }
        actions = { set_port; drop; }
        implementation = hops;
        size = 64;
    }
    table marks {
        key = { hdr.lab.kind : exact; }
        actions = { set_tag; drop; }
        implementation = tags;
        size = 64;
    }
    apply {
        NEED_LAB
        routes.apply();
        marks.apply();
    }
}

SWITCH(ingress, NoEgress);
