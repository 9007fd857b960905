// truncate from ingress and from egress, shorter and longer than the packet; b says what egress sees.
#include "include/lab.p4"

CONTROL(ingress) {
    apply {
        NEED_LAB
        standard.egress_spec = 1;
        if (hdr.lab.kind == 1) truncate((bit<32>) hdr.lab.a);
        if (hdr.lab.kind == 3) {
            clone(CloneType.I2E, 1);
            truncate((bit<32>) hdr.lab.a);
        }
    }
}

CONTROL(egress) {
    apply {
        hdr.lab.b = standard.packet_length[15:0];
        if (hdr.lab.kind == 2) truncate((bit<32>) hdr.lab.a);
        if (standard.instance_type != 0) hdr.lab.d = 0xc10ec10e;
    }
}

SWITCH(ingress, egress);
