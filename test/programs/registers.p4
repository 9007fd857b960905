// Registers of 8, 32, 48 and 1 bits: read, changed, written, beyond their end, and found by a hash.
#include "include/lab.p4"

CONTROL(ingress) {
    @name("bytes") register<bit<8>>(16) bytes;
    @name("sums") register<bit<32>>(16) sums;
    @name("wide") register<bit<48>>(16) wide;
    @name("seen") register<bit<1>>(64) seen;

    action add() {
        bit<32> sum;
        sums.read(sum, (bit<32>) hdr.lab.a);
        sum = sum + hdr.lab.c;
        sums.write((bit<32>) hdr.lab.a, sum);
        hdr.lab.c = sum;
    }
    action shift() {
        bit<48> value;
        wide.read(value, (bit<32>) hdr.lab.a);
        value = value[31:0] ++ hdr.lab.b;
        wide.write((bit<32>) hdr.lab.a, value);
        hdr.lab.d = value[47:16];
    }
    action bloom() {
        bit<32> index;
        bit<1> before;
        hash(index, HashAlgorithm.crc32, 32w0, { hdr.lab.c, hdr.lab.d }, 32w64);
        seen.read(before, index);
        seen.write(index, 1);
        hdr.lab.b = 15w0 ++ before;
    }
    action count_down() {
        bit<8> left;
        bytes.read(left, (bit<32>) hdr.lab.a);
        left = left |-| 3;
        bytes.write((bit<32>) hdr.lab.a, left);
        hdr.lab.a = left;
    }
    action refill() {
        bytes.write((bit<32>) hdr.lab.a, hdr.lab.b[7:0]);
    }
    table operations {
        key = { hdr.lab.kind : exact; }
        actions = { add; shift; bloom; count_down; refill; NoAction; }
        const default_action = NoAction();
        const entries = {
            1 : add();
            2 : shift();
            3 : bloom();
            4 : count_down();
            5 : refill();
        }
    }
    apply {
        NEED_LAB
        standard.egress_spec = 1;
        operations.apply();
    }
}

SWITCH(ingress, NoEgress);
