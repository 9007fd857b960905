// Packets that go round: resubmit, recirculate and clone with what they preserve, multicast, truncate, drops between.
#include <core.p4>
#include <v1model.p4>

header e_t {
    bit<8> op;
    bit<8> a;
    bit<16> b;
    bit<32> c;
}

header t_t {
    bit<8> inst;
    bit<8> turn;
    bit<16> len;
    bit<64> wide;
    bit<8> port;
    bit<8> bl;
    bit<16> rid;
}

struct Inner {
    @field_list(1, 3) bit<72> wide;
    @field_list(2) bool flag;
    bit<8> x;
}

struct H {
    t_t t;
    e_t e;
}

struct M {
    @field_list(1, 2, 3) bit<8> turn;
    Inner inn;
    @field_list(3) bit<5> five;
    @field_list(2) bit<8> trace;
    bit<9> outp;
}

parser P(packet_in p, out H h, inout M m, inout standard_metadata_t s) {
    state start {
        transition select(p.lookahead<bit<8>>()) {
            0xa8 &&& 0xf8: withT;
            default: e;
        }
    }
    state withT {
        p.extract(h.t);
        transition e;
    }
    state e {
        p.extract(h.e);
        transition accept;
    }
}

control V(inout H h, inout M m) { apply {} }

control I(inout H h, inout M m, inout standard_metadata_t s) {
    register<bit<8>>(16) r;
    register<bit<72>>(4) rw;
    counter(4, CounterType.packets_and_bytes) ctr;
    apply {
        if (!h.e.isValid()) {
            mark_to_drop(s);
            return;
        }
        s.egress_spec = 1;
        s.priority = 0;
        bit<8> op = h.e.op;
        if (s.instance_type == 6 || s.instance_type == 4) {
            h.e.c = h.e.c + (bit<32>)m.turn;
            h.e.b = (bit<16>)m.inn.wide;
            if (m.inn.flag) h.e.a = 0xcc;
            if (m.five != 0) h.e.a = (bit<8>)m.five;
            if (m.turn < 3 && op[7:7] == 1) {
                m.turn = m.turn + 1;
                m.inn.wide = m.inn.wide + 1;
                if (op[6:6] == 1) resubmit_preserving_field_list(1);
                else {
                    m.inn.x = 1;
                }
            }
        } else {
            m.turn = 1;
            m.inn.wide = (bit<72>)h.e.c << 30 | (bit<72>)h.e.b;
            m.inn.flag = h.e.a > 7;
            m.five = h.e.a[4:0];
            if (op[3:0] == 1) resubmit_preserving_field_list(1);
            else if (op[3:0] == 2) resubmit_preserving_field_list(2);
            else if (op[3:0] == 3) {
                clone_preserving_field_list(CloneType.I2E, 5, 3);
            } else if (op[3:0] == 4) {
                clone(CloneType.I2E, 5);
                s.mcast_grp = 2;
                h.e.c = 1;
            } else if (op[3:0] == 5) {
                s.mcast_grp = 2;
                h.e.b = 0xabcd;
            } else if (op[3:0] == 6) {
                mark_to_drop(s);
                clone_preserving_field_list(CloneType.I2E, 5, 2);
            } else if (op[3:0] == 7) {
                s.mcast_grp = 9;
            } else if (op[3:0] == 8) {
                s.mcast_grp = 2;
                mark_to_drop(s);
            } else if (op[3:0] == 9) {
                mark_to_drop(s);
                s.egress_spec = 2;
            } else if (op[3:0] == 10) {
                truncate((bit<32>)h.e.a);
            } else if (op[3:0] == 11) {
                truncate((bit<32>)h.e.a);
                clone_preserving_field_list(CloneType.I2E, 5, 1);
                resubmit_preserving_field_list(3);
            } else if (op[3:0] == 12) {
                clone_preserving_field_list(CloneType.I2E, 5, 1);
                clone_preserving_field_list(CloneType.I2E, 6, 2);
            } else if (op[3:0] == 13) {
                clone_preserving_field_list(CloneType.I2E, 7, 1);
            }
            bit<72> w;
            rw.read(w, (bit<32>)h.e.a & 7);
            h.e.c = h.e.c + (bit<32>)w;
            rw.write((bit<32>)h.e.a & 7, 0);
            bit<8> q;
            r.read(q, (bit<32>)h.e.a);
            h.e.b = h.e.b + (bit<16>)q;
            ctr.count((bit<32>)h.e.a);
        }
        if (op[5:4] == 2) {
            m.outp = 3;
        }
    }
}

control E(inout H h, inout M m, inout standard_metadata_t s) {
    apply {
        bit<8> turn = m.turn;
        if (h.e.op[5:4] == 1 && s.instance_type == 0) {
            clone_preserving_field_list(CloneType.E2E, 6, 3);
            h.e.c = h.e.c ^ 0xffff;
        }
        if (h.e.op[5:4] == 2 && m.trace < 3) {
            m.trace = m.trace + 1;
            m.turn = m.turn + 1;
            recirculate_preserving_field_list(2);
        }
        if (h.e.op[5:4] == 3 && s.instance_type == 0) {
            clone_preserving_field_list(CloneType.E2E, 6, 2);
            mark_to_drop(s);
        }
        if (h.e.op == 0x5a) {
            truncate(9);
        }
        h.t.setValid();
        h.t.inst = 0xa8 | (bit<8>)s.instance_type;
        h.t.turn = turn;
        h.t.len = (bit<16>)s.packet_length;
        h.t.wide = (bit<64>)m.inn.wide;
        h.t.port = (bit<8>)s.egress_port;
        h.t.bl = m.inn.flag ? 8w1 : 0;
        h.t.rid = s.instance_type == 5 ? s.egress_rid : 0;
        if (m.five != 0) {
            h.t.bl = h.t.bl + 16;
        }
        if (m.trace != 0) {
            h.t.bl = h.t.bl + 32;
        }
        if (m.outp != 0) {
            h.t.bl = h.t.bl + 64;
        }
    }
}

control D(packet_out p, in H h) {
    apply {
        p.emit(h.t);
        p.emit(h.e);
    }
}

V1Switch(P(), V(), I(), E(), V(), D()) main;
