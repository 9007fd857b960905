// Parsers: select on tuples, masks and ranges, lookahead, value sets, verify, what ends too early or goes nowhere.
#include <core.p4>
#include <v1model.p4>

header a_t {
    bit<8> k;
    bit<8> l;
}

header opt_t {
    bit<8> t;
    bit<8> len;
    varbit<64> data;
}

header pair_t {
    bit<4> x;
    bit<12> y;
}

header odd_t {
    bit<3> p;
    bit<7> q;
    bit<14> r;
}

header big_t {
    bit<96> u;
    bit<32> v;
}

header i_t {
    int<8> s;
    int<24> t;
}

header res_t {
    bit<8> err;
    bit<8> n;
    bit<32> m;
    bit<16> z;
    bit<96> w;
    bit<8> valid;
}

struct pair_t2 {
    bit<4> x;
    @match(ternary) bit<12> y;
}

struct H {
    res_t res;
    a_t a;
    opt_t[3] opts;
    pair_t pr;
    odd_t odd;
    big_t big;
    i_t i;
    opt_t last;
}

struct M {
    bit<8> n;
    bit<32> m;
    bit<16> z;
    bit<96> w;
    bit<1> f;
}

parser P(packet_in p, out H h, inout M m, inout standard_metadata_t s) {
    value_set<bit<8>>(4) vs;
    value_set<pair_t2>(4) vs2;
    state start {
        m.n = 0;
        transition a;
    }
    state a {
        p.extract(h.a);
        transition select(h.a.k, h.a.l[7:4]) {
            (1, 1): opts;
            (1, 2): pr;
            (1, 3): odd;
            (1, 4): big;
            (1, 5): signed;
            (1, 6): la;
            (1, 7): la2;
            (1, 8): adv;
            (1, 9): ver;
            (1, 10): one;
            (1, 11): noth;
            (1, 12): skiphdr;
            (2 &&& 0xfe, 0 .. 7): pr;
            (_, 15): reject;
            (3, _): vstate;
        }
    }
    state vstate {
        transition select(h.a.l) {
            vs: vsr;
            default: accept;
        }
    }
    state vs2state {
        transition select(h.pr.x, h.pr.y) {
            vs2: vsr;
            default: accept;
        }
    }
    state vsr {
        m.z = 0x7777;
        transition accept;
    }
    state opts {
        transition select(p.lookahead<bit<8>>()) {
            0: accept;
            255: last;
            default: opt;
        }
    }
    state opt {
        bit<16> two = p.lookahead<bit<16>>();
        p.extract(h.opts.next, (bit<32>)two[7:0] * 8);
        m.n = m.n + 1;
        transition opts;
    }
    state last {
        p.extract(h.last, 24);
        transition accept;
    }
    state pr {
        p.extract(h.pr);
        m.z = (bit<16>)h.pr.y;
        transition select(h.pr.x, h.pr.y) {
            (0, 0): accept;
            (1 .. 3, 0x100 &&& 0xf00): odd;
            (4, 5): reject;
            default: vs2state;
        }
    }
    state odd {
        p.extract(h.odd);
        m.m = (bit<32>)(h.odd.q ++ h.odd.p ++ h.odd.r);
        transition select(h.odd.q[6:6] ++ h.odd.p) {
            4w0b1000 &&& 4w0b1000: big;
            default: accept;
        }
    }
    state big {
        p.extract(h.big);
        m.w = h.big.u ^ (bit<96>)h.big.v;
        transition select(h.big.u) {
            96w0 .. 96w0xffffffffffff: accept;
            96w0x5000000000000000 &&& 96w0xf000000000000000: signed;
            default: accept;
        }
    }
    state signed {
        p.extract(h.i);
        m.m = (bit<32>)(int<32>)h.i.s;
        transition select(h.i.s) {
            8s5: accept;
            8s1: odd;
            default: accept;
        }
    }
    state la {
        bit<96> w = p.lookahead<bit<96>>();
        m.w = w;
        transition accept;
    }
    state la2 {
        a_t x = p.lookahead<a_t>();
        m.z = x.k ++ x.l;
        p.advance(16);
        pair_t y = p.lookahead<pair_t>();
        m.m = (bit<32>)y.x << 16 | (bit<32>)y.y;
        transition accept;
    }
    state adv {
        p.advance((bit<32>)h.a.l[3:0] * 8);
        m.n = p.lookahead<bit<8>>();
        transition accept;
    }
    state ver {
        verify(h.a.l[0:0] == 0, error.NoMatch);
        m.n = 9;
        verify(h.a.l[1:1] == 0, error.ParserInvalidArgument);
        m.n = 10;
        verify(h.a.l[2:2] == 0, error.StackOutOfBounds);
        transition accept;
    }
    state one {
        m.f = h.a.l[0:0];
        transition select((bool)m.f) {
            true: pr;
            false: odd;
        }
    }
    state noth {
        transition select(m.m) {
            1: accept;
        }
    }
    state skiphdr {
        p.extract<pair_t>(_);
        p.extract(h.pr);
        transition accept;
    }
}

control V(inout H h, inout M m) { apply {} }

control I(inout H h, inout M m, inout standard_metadata_t s) {
    apply {
        s.egress_spec = 1;
        h.res.setValid();
        h.res.n = m.n;
        h.res.m = m.m;
        h.res.z = m.z;
        h.res.w = m.w;
        h.res.err = 0;
        if (s.parser_error == error.NoError) h.res.err = 1;
        else if (s.parser_error == error.PacketTooShort) h.res.err = 2;
        else if (s.parser_error == error.NoMatch) h.res.err = 3;
        else if (s.parser_error == error.StackOutOfBounds) h.res.err = 4;
        else if (s.parser_error == error.HeaderTooShort) h.res.err = 5;
        else if (s.parser_error == error.ParserTimeout) h.res.err = 6;
        else if (s.parser_error == error.ParserInvalidArgument) h.res.err = 7;
        bit<8> v = 0;
        if (h.a.isValid()) v = v | 1;
        if (h.opts[0].isValid()) v = v | 2;
        if (h.opts[2].isValid()) v = v | 4;
        if (h.pr.isValid()) v = v | 8;
        if (h.odd.isValid()) v = v | 16;
        if (h.big.isValid()) v = v | 32;
        if (h.i.isValid()) v = v | 64;
        if (h.last.isValid()) v = v | 128;
        h.res.valid = v;
        if (h.i.isValid()) {
            h.i.t = h.i.t - 1;
            h.i.s = h.i.s |+| 100;
        }
        if (h.odd.isValid()) {
            h.odd.p = h.odd.p + 1;
            h.odd.q = ~h.odd.q;
        }
        if (h.opts[1].isValid()) {
            opt_t o = h.opts[0];
            h.opts[0] = h.opts[1];
            h.opts[1] = o;
        }
        if (h.opts[0].isValid() && h.opts[0].t == 9) {
            h.last = h.opts[0];
        }
    }
}

control E(inout H h, inout M m, inout standard_metadata_t s) { apply {} }

control D(packet_out p, in H h) {
    apply {
        p.emit(h);
    }
}

V1Switch(P(), V(), I(), E(), V(), D()) main;
