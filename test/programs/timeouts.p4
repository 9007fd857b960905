// Entries that tell when nobody uses them.
#include "include/lab.p4"

CONTROL(ingress) {
    action forward(bit<9> port) {
        standard.egress_spec = port;
    }
    action drop() {
        mark_to_drop(standard);
    }
    table flows {
        key = { hdr.lab.c : exact; }
        actions = { forward; drop; }
        default_action = drop();
        support_timeout = true;
        size = 64;
    }
    apply {
        NEED_LAB
        flows.apply();
    }
}

SWITCH(ingress, NoEgress);
