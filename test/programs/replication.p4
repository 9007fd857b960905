// Multicast: every copy says which it is; the copy to the port of arrival and every instance 9 are dropped.
#include "include/lab.p4"

CONTROL(ingress) {
    apply {
        NEED_LAB
        standard.egress_spec = 1;
        standard.mcast_grp = hdr.lab.b;
        if (hdr.lab.kind == 1) mark_to_drop(standard);
        if (hdr.lab.kind == 2) {
            mark_to_drop(standard);
            standard.mcast_grp = hdr.lab.b;
        }
    }
}

CONTROL(egress) {
    apply {
        hdr.lab.a = standard.instance_type[7:0];
        hdr.lab.c = 16w0 ++ standard.egress_rid;
        if (hdr.lab.b != 0 && standard.egress_port == standard.ingress_port) mark_to_drop(standard);
        if (standard.egress_rid == 9) mark_to_drop(standard);
    }
}

SWITCH(ingress, egress);
