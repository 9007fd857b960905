// Packets that go round: resubmitted from ingress, recirculated from egress, `turns` kept and `lost` not.
#include "include/lab.p4"

CONTROL(ingress) {
    apply {
        NEED_LAB
        standard.egress_spec = 1;
        meta.lost = meta.lost + 1;
        if (hdr.lab.kind == 1 && meta.turns < 3) {
            meta.turns = meta.turns + 1;
            meta.kept = meta.kept + hdr.lab.c;
            // The packet comes back as it was.
            hdr.lab.d = 0xffffffff;
            resubmit_preserving_field_list(1);
        } else {
            hdr.lab.b = hdr.lab.b + (bit<16>) meta.turns;
            // Egress would find 0 here.
            hdr.lab.a = standard.instance_type[7:0];
        }
    }
}

CONTROL(egress) {
    apply {
        if (hdr.lab.kind == 2 && meta.turns < 4) {
            meta.turns = meta.turns + 1;
            meta.kept = meta.kept + hdr.lab.c;
            // The packet comes back as it leaves.
            hdr.lab.d = hdr.lab.d + 1;
            recirculate_preserving_field_list(2);
        } else if (hdr.lab.kind == 1 || hdr.lab.kind == 2) {
            hdr.lab.c = meta.kept;
            hdr.lab.b = hdr.lab.b + (bit<16>) meta.lost;
        }
    }
}

SWITCH(ingress, egress);
