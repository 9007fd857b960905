// random between bounds of the packet's choice.
#include "include/lab.p4"

CONTROL(ingress) {
    apply {
        NEED_LAB
        standard.egress_spec = 1;
        random(hdr.lab.d, (bit<32>) hdr.lab.b, hdr.lab.c);
        random(hdr.lab.a, 8w10, 8w12);
    }
}

SWITCH(ingress, NoEgress);
