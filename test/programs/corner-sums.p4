// Checksums with and without payload, hashes over odd bits and varbits, registers of odd widths, random at its edges.
#include <core.p4>
#include <v1model.p4>

header e_t {
    bit<8> op;
    bit<8> a;
    bit<16> sum;
    bit<16> sum2;
    bit<32> c;
    bit<5> x;
    bit<11> y;
}

header v_t {
    bit<8> n;
    varbit<80> d;
}

header r_t {
    bit<8> cerr;
    bit<16> h16;
    bit<32> h32;
    bit<64> h64;
    bit<8> h8;
    bit<48> id;
    bit<1> o;
    bit<7> p;
    bit<128> w;
    bit<16> len;
    bit<16> h16b;
    bit<32> h32b;
}

struct H {
    r_t r;
    e_t e;
    v_t v;
    v_t u;
}

struct M {
    bit<16> t;
    int<16> s;
}

parser P(packet_in p, out H h, inout M m, inout standard_metadata_t s) {
    state start {
        p.extract(h.e);
        transition select(h.e.op[7:7]) {
            1: v;
            default: accept;
        }
    }
    state v {
        p.extract(h.v, (bit<32>)p.lookahead<bit<8>>() * 8);
        transition accept;
    }
}

control V(inout H h, inout M m) {
    apply {
        verify_checksum(h.e.isValid() && h.e.op[0:0] == 1, { h.e.op, h.e.a, h.e.c, h.e.x, h.e.y }, h.e.sum, HashAlgorithm.csum16);
        verify_checksum_with_payload(h.e.isValid() && h.e.op[1:1] == 1, { h.e.op, h.e.a, h.e.c, h.e.x, h.e.y }, h.e.sum, HashAlgorithm.csum16);
        verify_checksum(h.e.op[3:2] == 1, { h.e.c }, h.e.sum2, HashAlgorithm.crc16);
        verify_checksum(h.e.op[3:2] == 2, { h.e.c, h.v.d }, h.e.sum2, HashAlgorithm.csum16);
    }
}

control C(inout H h, inout M m) {
    apply {
        update_checksum(h.e.isValid() && h.e.op[4:4] == 0, { h.e.op, h.e.a, h.e.c, h.e.x, h.e.y, h.v.n, h.v.d }, h.e.sum, HashAlgorithm.csum16);
        update_checksum_with_payload(h.e.isValid() && h.e.op[4:4] == 1, { h.e.op, h.e.a, h.e.c, h.e.x, h.e.y, 8w0, h.e.op }, h.e.sum, HashAlgorithm.csum16);
        update_checksum(h.e.isValid() && h.e.op[5:5] == 1, { h.e.c, h.e.sum }, h.e.sum2, HashAlgorithm.xor16);
        update_checksum_with_payload(h.e.isValid() && h.e.op[5:5] == 0, { h.e.sum }, h.e.sum2, HashAlgorithm.crc16);
        update_checksum(h.r.isValid(), { h.e.c, h.r.h64 }, h.r.h32b, HashAlgorithm.crc32);
    }
}

control I(inout H h, inout M m, inout standard_metadata_t s) {
    register<bit<1>>(8) bits;
    register<bit<128>>(4) wide;
    register<int<16>>(4) sg;
    register<bit<8>>(1) last;
    counter(2, CounterType.bytes) cc;
    meter(2, MeterType.packets) mm;
    apply {
        s.egress_spec = 1;
        if (!h.e.isValid()) {
            mark_to_drop(s);
            return;
        }
        h.r.setValid();
        h.r.cerr = (bit<8>)s.checksum_error;
        h.r.h16=0;
        h.r.h32=0;
        h.r.h64=0;
        h.r.h8=0;
        h.r.id=0;
        h.r.o=0;
        h.r.p=0;
        h.r.w=0;
        h.r.len=(bit<16>)s.packet_length;
        h.r.h16b = 0;
        h.r.h32b = 0;
        hash(h.r.h16, HashAlgorithm.crc16, (bit<16>)h.e.a, { h.e.c, h.e.x, h.e.y }, (bit<32>)h.e.sum);
        hash(h.r.h32, HashAlgorithm.crc32, 32w0, { h.e.x, h.e.c, h.e.a[2:0] }, 64w0xffffffff);
        hash(h.r.h64, HashAlgorithm.identity, 64w5, { h.e.c, h.e.sum, h.e.a }, 64w0xffffffffffff);
        hash(h.r.h8, HashAlgorithm.xor16, 8w250, { h.e.c, h.e.y, h.e.x }, 16w300);
        hash(h.r.id, HashAlgorithm.csum16, 48w0, { h.e.c, h.e.op }, 32w0);
        if (h.v.isValid()) {
            hash(h.r.h16b, HashAlgorithm.crc16, 16w0, { h.v.n, h.v.d, h.e.x, h.e.y }, 32w65536);
        }
        bits.read(h.r.o, (bit<32>)h.e.a & 15);
        bits.write((bit<32>)h.e.a & 15, h.e.c[0:0]);
        wide.read(h.r.w, (bit<32>)h.e.x);
        wide.write((bit<32>)h.e.x & 3, h.r.w + ((bit<128>)h.e.c << 96) + 1);
        int<16> q;
        sg.read(q, (bit<32>)h.e.y & 3);
        q = q - (int<16>)(bit<16>)h.e.y;
        sg.write((bit<32>)h.e.y & 3, q |-| 30000);
        if (q < 0) {
            h.r.p = 3;
        }
        bit<8> l;
        last.read(l, 0);
        last.write(0, h.e.op);
        h.r.h16b = h.r.h16b ^ (bit<16>)l;
        cc.count((bit<32>)h.e.a);
        bit<2> col;
        col = 3;
        mm.execute_meter((bit<32>)h.e.a, col);
        h.r.p = h.r.p + (bit<7>)col;
        bit<16> rnd = 7;
        random(rnd, 16w5, 16w5);
        h.r.h16b = h.r.h16b + rnd;
        bit<16> rnd2 = 9;
        random(rnd2, 16w6, 16w5);
        h.r.p = h.r.p + (bit<7>)rnd2;
        if (h.e.a == 3 && h.v.isValid()) {
            h.u = h.v;
            h.v.n = h.v.n + 1;
        } else if (h.e.a == 4) {
            h.u.setValid();
            h.u.n = 77;
        }
    }
}

control E(inout H h, inout M m, inout standard_metadata_t s) { apply {} }

control D(packet_out p, in H h) {
    apply {
        p.emit(h);
    }
}

V1Switch(P(), V(), I(), E(), C(), D()) main;
