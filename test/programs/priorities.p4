// The packet chooses its queue.
#include "include/lab.p4"

CONTROL(ingress) {
    apply {
        NEED_LAB
        standard.egress_spec = 1;
        standard.priority = hdr.lab.a[2:0];
    }
}

SWITCH(ingress, NoEgress);
