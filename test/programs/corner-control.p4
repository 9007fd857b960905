// Control flow: return and exit in actions, switch on actions and on values, loops, tables with odd keys, copied headers.
#include <core.p4>
#include <v1model.p4>

enum bit<8> Kind { A = 1, B = 2, C = 7 }

enum Mode { One, Two, Three }

header e_t {
    Kind kind;
    bit<8> a;
    bit<16> b;
    bit<32> c;
    bit<32> d;
}

header f_t {
    bit<8> k;
    bit<16> x;
    bit<8> y;
}

header r_t {
    bit<32> v;
    bit<32> w;
    bit<16> z;
    bit<8> n;
}

struct tuple_t {
    bit<5> l;
    bit<27> m;
}

struct In_t {
    bit<8> p;
    bit<32> q;
    bool t;
}

struct H {
    r_t r;
    e_t e;
    f_t f;
    f_t g;
    f_t[3] s;
}

struct M {
    bit<32> x;
    bit<128> wide;
    In_t inn;
    Mode mode;
    Kind kd;
    error er;
    bit<1> one;
    tuple_t tt;
}

parser P(packet_in p, out H h, inout M m, inout standard_metadata_t s) {
    state start {
        p.extract(h.e);
        transition select(h.e.kind) {
            Kind.A: f;
            Kind.B: ff;
            Kind.C: st;
            default: accept;
        }
    }
    state f {
        p.extract(h.f);
        transition accept;
    }
    state ff {
        p.extract(h.f);
        p.extract(h.g);
        transition select(h.f.k == h.g.k) {
            true: st;
            false: accept;
        }
    }
    state st {
        p.extract(h.s.next);
        transition select(h.s.last.k, h.s.last.y) {
            (0 .. 9, 0 .. 1): st;
            default: accept;
        }
    }
}

control V(inout H h, inout M m) { apply {} }

control Sub(inout bit<32> v, in bit<8> n, out bit<16> z) {
    action add(bit<32> k) {
        v = v + k;
    }
    action nop2() { }
    table t {
        key = {
            n[3:0]: exact;
        }
        actions = {
            add;
            nop2;
            NoAction;
        }
        const entries = {
            1: add(5);
            2: add(0x10);
            3: nop2();
        }
        const default_action = NoAction;
    }
    apply {
        z = (bit<16>)v;
        if (t.apply().hit) {
            z = z + 1;
            if (n > 128) return;
            z = z + 2;
        }
        v = v ^ (bit<32>)z;
    }
}

control I(inout H h, inout M m, inout standard_metadata_t s) {
    Sub() sub1;
    Sub() sub2;
    bit<32> acc = 3;
    action set(inout bit<32> v, bit<32> k) {
        v = v + k;
        if (k == 4) {
            return;
        }
        v = v << 1;
    }
    action leave() {
        h.r.w = 77;
        exit;
    }
    action many(bit<32> a, bit<8> b, bit<1> c) {
        h.r.w = a;
        h.r.n = b;
        m.one = c;
        if (c == 1) {
            h.r.z = (bit<16>)a;
        } else {
            h.r.z = 0xbeef;
            h.f.setInvalid();
        }
    }
    table t1 {
        key = {
            h.e.kind: exact @name("kk");
            h.f.isValid(): exact;
        }
        actions = {
            set(acc);
            leave;
            many;
            NoAction;
        }
        const entries = {
            (Kind.A, true): many(0xaabbccdd, 7, 1);
            (Kind.A, false): set(acc, 4);
            (Kind.B, true): set(acc, 5);
            (Kind.C, false): leave();
        }
        default_action = many(1, 2, 0);
    }
    table t2 {
        key = {
            h.e.a & 0x0f: ternary;
            h.e.b[11:4]: ternary;
            h.e.c + 1: exact @name("c1");
        }
        actions = {
            set(acc);
            many;
            leave;
            @defaultonly NoAction;
        }
        size = 64;
        default_action = NoAction;
    }
    table t3 {
        key = {
            h.e.c: lpm;
            h.g.isValid(): exact;
        }
        actions = {
            many;
            NoAction;
        }
        size = 32;
        default_action = NoAction;
    }
    table t4 {
        key = {
            h.e.b: range;
            h.e.a: optional;
            h.e.d[30:0]: ternary;
        }
        actions = {
            set(acc);
            many;
            NoAction;
        }
        size = 32;
        default_action = set(acc, 9);
    }
    apply {
        s.egress_spec = 1;
        h.r.setValid();
        h.r.v = 0;
        h.r.w = 0;
        h.r.z = 0;
        h.r.n = 0;
        if (!h.e.isValid()) {
            mark_to_drop(s);
            return;
        }
        m.inn = { h.e.a, h.e.c, h.e.a > 9 };
        m.tt = { h.e.a[4:0], h.e.c[26:0] };
        m.mode = h.e.b > 0x8000 ? Mode.Two : (h.e.b == 7 ? Mode.Three : Mode.One);
        switch (t1.apply().action_run) {
            set: {
                h.r.n = 10;
            }
            many: {
                if (m.one == 1) h.r.n = h.r.n + 1;
            }
            leave: {
                h.r.n = 12;
            }
            default: {
                h.r.n = 13;
            }
        }
        acc = acc + 1;
        if (t2.apply().miss) acc = acc + 100;
        switch (h.e.a) {
            1: {
                acc = acc ^ 0x11;
            }
            2: 3: {
                acc = acc ^ 0x23;
            }
            0xff: {}
            default: {
                acc = acc ^ 0xdd00;
            }
        }
        t3.apply();
        bool hit4 = t4.apply().hit;
        if (hit4 || m.mode == Mode.Two && m.inn.t) acc = acc | 0x80000000;
        sub1.apply(acc, h.e.a, h.r.z);
        sub2.apply(h.r.v, (bit<8>)acc, h.r.z);
        for (bit<8> i = 0; i < (h.e.a & 7); i = i + 1) {
            acc = acc * 3 + (bit<32>)i;
            if (acc[7:0] == 5) break;
            if (acc[0:0] == 1) continue;
            acc = acc + 7;
        }
        if (h.f.isValid() && h.g.isValid()) {
            if (h.f == h.g) h.r.w = h.r.w + 1;
            f_t tmp = h.f;
            h.f = h.g;
            h.g = tmp;
            if (h.e.a == 9) {
                h.g = h.s[0];
            }
            if (h.e.a == 8) {
                h.f.setInvalid();
                h.g = h.f;
            }
        }
        if (h.s[1].isValid()) {
            f_t[3] old = h.s;
            h.s[0] = old[1];
            h.s[1] = old[0];
            h.r.z = h.r.z + (bit<16>)h.s[0].y;
        }
        m.wide = (bit<128>)acc << 64 | (bit<128>)h.e.d;
        m.wide[100:90] = h.e.b[10:0];
        h.r.v = h.r.v + m.wide[95:64] + (bit<32>)m.tt.l + (bit<32>)m.tt.m;
        {
            bit<32> acc2 = acc;
            h.r.v = h.r.v ^ acc2;
        }
        h.r.w = h.r.w + (m.inn.t ? 32w1 : 0) + (bit<32>)(bit<8>)h.e.kind;
        if (m.mode == Mode.Three) exit;
        h.r.n = h.r.n + 100;
    }
}

control E(inout H h, inout M m, inout standard_metadata_t s) {
    apply {
        if (h.r.isValid() && h.r.n == 13) {
            h.r.w = (bit<32>)s.packet_length;
        }
        if (h.e.a == 0x77) {
            exit;
        }
        h.r.z = h.r.z + (bit<16>)s.egress_port;
    }
}

control D(packet_out p, in H h) {
    apply {
        p.emit(h.r);
        p.emit(h.e);
        p.emit(h.f);
        p.emit(h.g);
        p.emit(h.s);
    }
}

V1Switch(P(), V(), I(), E(), V(), D()) main;
