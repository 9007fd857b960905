// Clones from ingress and from egress; field list 1 keeps `kept` and `turns`, list 2 only `turns`.
#include "include/lab.p4"

CONTROL(ingress) {
    apply {
        NEED_LAB
        meta.kept = hdr.lab.c;
        meta.turns = 1;
        meta.lost = 0x10571057;
        standard.egress_spec = 1;
        if (hdr.lab.kind == 1) clone_preserving_field_list(CloneType.I2E, (bit<32>) hdr.lab.a, 1);
        if (hdr.lab.kind == 2) clone_preserving_field_list(CloneType.I2E, (bit<32>) hdr.lab.a, 2);
        if (hdr.lab.kind == 3) clone(CloneType.I2E, (bit<32>) hdr.lab.a);
        if (hdr.lab.kind == 4) {
            clone_preserving_field_list(CloneType.I2E, (bit<32>) hdr.lab.a, 1);
            mark_to_drop(standard);
        }
        hdr.lab.d = 0xd00d0000;
    }
}

CONTROL(egress) {
    apply {
        if (standard.instance_type == 0) {
            if (hdr.lab.kind == 5) clone_preserving_field_list(CloneType.E2E, (bit<32>) hdr.lab.a, 1);
            if (hdr.lab.kind == 6) clone(CloneType.E2E, (bit<32>) hdr.lab.a);
            hdr.lab.b = (bit<16>) meta.turns;
        } else {
            // What the copy still knows.
            hdr.lab.kind = standard.instance_type[7:0];
            hdr.lab.b = standard.egress_rid;
            hdr.lab.c = meta.kept;
            hdr.lab.d = meta.lost + hdr.lab.d;
            hdr.lab.a = meta.turns;
        }
    }
}

SWITCH(ingress, egress);
