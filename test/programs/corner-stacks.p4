// Header stacks pushed, popped and overrun, unions and stacks of them, a sub-parser, advance and varbit.
#include <core.p4>
#include <v1model.p4>

header tag_t {
    bit<1> last;
    bit<7> id;
    bit<8> v;
}

header len_t {
    bit<4> n;
    bit<4> kind;
}

header var_t {
    bit<4> n;
    bit<4> m;
    varbit<120> o;
}

header ua_t {
    bit<8> k;
    bit<16> x;
}

header ub_t {
    bit<8> k;
    bit<8> y;
}

header_union u_t {
    ua_t a;
    ub_t b;
}

header res_t {
    bit<8> n;
    bit<8> err;
    bit<8> s;
    bit<32> x;
}

struct H {
    res_t res;
    tag_t[4] tags;
    len_t len;
    var_t var;
    u_t[2] us;
    u_t u;
}

struct M {
    bit<8> n;
    bit<8> s;
    bit<32> x;
    bit<8> err;
    bit<16> la;
}

parser Sub(packet_in p, inout H h, inout M m) {
    state start {
        p.extract(h.len);
        transition select(h.len.n, h.len.kind) {
            (0, _): accept;
            (1 .. 3, 0x5): one;
            (_, 0x8 &&& 0x8): two;
            default: accept;
        }
    }
    state one {
        m.s = 1;
        transition accept;
    }
    state two {
        m.s = 2;
        verify(h.len.n != 9, error.HeaderTooShort);
        transition accept;
    }
}

parser P(packet_in p, out H h, inout M m, inout standard_metadata_t s) {
    Sub() sub;
    state start {
        transition select(p.lookahead<bit<8>>()) {
            0xff: done;
            0xee: look;
            default: tag;
        }
    }
    state look {
        m.la = p.lookahead<bit<16>>();
        p.advance(8);
        transition start;
    }
    state tag {
        p.extract(h.tags.next);
        m.n = m.n + 1;
        m.x = m.x << 8 | (bit<32>)h.tags.last.v;
        transition select(h.tags.last.last) {
            0: tag;
            default: after;
        }
    }
    state after {
        sub.apply(p, h, m);
        transition select(h.len.kind) {
            1: variable;
            2: unions;
            3: both;
            4: skip;
            default: done;
        }
    }
    state variable {
        p.extract(h.var, (bit<32>)((bit<9>)h.len.n * 8));
        transition done;
    }
    state skip {
        p.advance((bit<32>)h.len.n * 8);
        transition unions;
    }
    state unions {
        transition select(p.lookahead<bit<8>>()) {
            1: ua;
            2: ub;
            default: done;
        }
    }
    state ua {
        p.extract(h.u.a);
        transition done;
    }
    state ub {
        p.extract(h.u.b);
        transition done;
    }
    state both {
        transition select(p.lookahead<bit<8>>()) {
            1: sa;
            2: sb;
            default: done;
        }
    }
    state sa {
        p.extract(h.us.next.a);
        transition both;
    }
    state sb {
        p.extract(h.us.next.b);
        transition both;
    }
    state done {
        transition accept;
    }
}

control V(inout H h, inout M m) { apply {} }

control I(inout H h, inout M m, inout standard_metadata_t s) {
    apply {
        s.egress_spec = 1;
        h.res.setValid();
        h.res.n = m.n;
        h.res.s = m.s;
        h.res.x = m.x;
        h.res.err = 0;
        if (s.parser_error == error.NoError) h.res.err = 1;
        else if (s.parser_error == error.PacketTooShort) h.res.err = 2;
        else if (s.parser_error == error.StackOutOfBounds) h.res.err = 3;
        else if (s.parser_error == error.HeaderTooShort) h.res.err = 4;
        else if (s.parser_error == error.ParserInvalidArgument) h.res.err = 5;
        else h.res.err = 6;
        if (m.la != 0) {
            h.res.x = (bit<32>)m.la;
        }
        if (h.tags[0].isValid()) {
            if (h.tags[0].id == 1) {
                h.tags.push_front(1);
                h.tags[0].setValid();
                h.tags[0].last = 0;
                h.tags[0].id = 99;
                h.tags[0].v = 0xaa;
            } else if (h.tags[0].id == 2) {
                h.tags.pop_front(1);
            } else if (h.tags[0].id == 3) {
                h.tags.push_front(3);
            } else if (h.tags[0].id == 4) {
                h.tags.pop_front(3);
            } else if (h.tags[0].id == 5) {
                h.tags[3] = h.tags[0];
                h.tags[0].setInvalid();
            } else if (h.tags[0].id == 6) {
                h.tags[1].setValid();
                h.tags[1].id = 6;
                h.tags[1].v = 6;
                h.tags[1].last = 1;
            } else if (h.tags[0].id == 7) {
                h.tags.push_front(5);
            } else if (h.tags[0].id == 8) {
                tag_t t = h.tags[0];
                t.v = t.v + 1;
                h.tags[2] = t;
            } else if (h.tags[0].id == 9) {
                if (h.tags[1].isValid()) {
                    tag_t t = h.tags[1];
                    h.tags[1] = h.tags[0];
                    h.tags[0] = t;
                }
            }
        }
        if (h.u.a.isValid()) {
            if (h.u.a.x == 0x1234) {
                h.u.b.setValid();
                h.u.b.k = 9;
                h.u.b.y = 8;
            } else {
                h.u.a.x = h.u.a.x + 1;
            }
        } else if (h.u.b.isValid()) {
            if (h.u.b.y == 0x12) {
                h.u.a.setValid();
                h.u.a.k=3;
                h.u.a.x=4;
            } else if (h.u.b.y == 0x13) {
                h.u.b.setInvalid();
            }
        }
        if (h.us[0].a.isValid() && h.us[1].b.isValid()) {
            h.us[0].a.x = (bit<16>)h.us[1].b.y;
        }
        if (h.var.isValid() && h.var.n == 3) {
            h.var.setInvalid();
        }
        if (h.var.isValid()) h.var.m = h.var.m + 1;
    }
}

control E(inout H h, inout M m, inout standard_metadata_t s) { apply {} }

control D(packet_out p, in H h) {
    apply {
        p.emit(h.res);
        p.emit(h.tags);
        p.emit(h.len);
        p.emit(h.var);
        p.emit(h.u);
        p.emit(h.us);
    }
}

V1Switch(P(), V(), I(), E(), V(), D()) main;
