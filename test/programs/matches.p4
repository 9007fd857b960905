// Keys of every kind, alone and mixed in one table.
#include "include/lab.p4"

CONTROL(ingress) {
    action add(bit<16> value) {
        hdr.lab.b = hdr.lab.b + value;
    }
    action forward(bit<9> port) {
        standard.egress_spec = port;
    }
    table prefixes {
        key = {
            hdr.lab.kind : exact;
            hdr.lab.c    : lpm;
        }
        actions = { add; forward; NoAction; }
        default_action = NoAction();
        size = 64;
    }
    table ranges {
        key = {
            hdr.lab.a    : range;
            hdr.lab.d    : range;
        }
        actions = { add; forward; NoAction; }
        default_action = NoAction();
        size = 64;
    }
    table optionals {
        key = {
            hdr.lab.kind : optional;
            standard.ingress_port : optional;
        }
        actions = { add; NoAction; }
        default_action = add(0x100);
        size = 64;
    }
    table everything {
        key = {
            hdr.lab.kind : exact;
            hdr.lab.a    : range;
            hdr.lab.b    : ternary;
            hdr.lab.c    : lpm;
            hdr.lab.d    : ternary;
            hdr.lab.c[7:0] : optional @name("low");
        }
        actions = { add; forward; NoAction; }
        default_action = NoAction();
        size = 64;
    }
    apply {
        NEED_LAB
        standard.egress_spec = 1;
        prefixes.apply();
        if (ranges.apply().hit) hdr.lab.b = hdr.lab.b + 0x1000;
        optionals.apply();
        everything.apply();
    }
}

SWITCH(ingress, NoEgress);
