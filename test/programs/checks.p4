// log_msg, assert and assume.
#include "include/lab.p4"

CONTROL(ingress) {
    apply {
        NEED_LAB
        standard.egress_spec = 1;
        log_msg("packet from port {}: kind {}, {}", { standard.ingress_port, hdr.lab.kind, hdr.lab.c });
        if (hdr.lab.kind == 1) log_msg("no values");
        assert(hdr.lab.kind != 0xee);
        assume(hdr.lab.kind != 0xef);
        hdr.lab.a = hdr.lab.a + 1;
    }
}

SWITCH(ingress, NoEgress);
