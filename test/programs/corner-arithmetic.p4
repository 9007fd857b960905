// Arithmetic at its edges: saturation, shifts up to beyond the width, slices, concatenation, signed and wide values.
#include "include/lab.p4"

header r_t {
    bit<8> a;
    bit<8> b;
    bit<16> c;
    bit<32> d;
    int<8> e;
    int<16> f;
    bit<64> g;
    bit<128> h;
    bit<5> i;
    bit<11> j;
    bit<72> k;
}

struct h2_t {
    lab_t lab;
    r_t r;
}

parser Par(packet_in packet, out h2_t hdr, inout metadata_t meta, inout standard_metadata_t standard) {
    state start {
        packet.extract(hdr.lab);
        transition accept;
    }
}

control NC(inout h2_t hdr, inout metadata_t meta) { apply { } }

control Eg(inout h2_t hdr, inout metadata_t meta, inout standard_metadata_t standard) { apply { } }

control In(inout h2_t hdr, inout metadata_t meta, inout standard_metadata_t standard) {
    apply {
        NEED_LAB  standard.egress_spec = 1;
        hdr.r.setValid();
        bit<8> k = hdr.lab.kind;
        bit<8> a = hdr.lab.a;
        bit<16> b = hdr.lab.b;
        bit<32> c = hdr.lab.c;
        bit<32> d = hdr.lab.d;
        int<8> sa = (int<8>)a;
        int<16> sb = (int<16>)b;
        int<32> sc = (int<32>)c;
        int<32> sd = (int<32>)d;
        bit<8> sel = k & 0x1f;
        hdr.r.a = 0;
        hdr.r.b=0;
        hdr.r.c=0;
        hdr.r.d=0;
        hdr.r.e=0;
        hdr.r.f=0;
        hdr.r.g=0;
        hdr.r.h=0;
        hdr.r.i=0;
        hdr.r.j=0;
        hdr.r.k=0;
        if (sel == 0) {
            hdr.r.a = a |+| k;
            hdr.r.b = a |-| k;
            hdr.r.c = b |+| (bit<16>)c;
            hdr.r.d = c |-| d;
        } else if (sel == 1) {
            hdr.r.e = sa |+| (int<8>)k;
            hdr.r.f = sb |-| (int<16>)(int<8>)k;
            int<32> t = sc |+| sd;
            hdr.r.d = (bit<32>)t;
        } else if (sel == 2) {
            hdr.r.d = c << k;
            hdr.r.c = b >> a;
            hdr.r.a = a << k;
            hdr.r.g = ((bit<64>)c) << a;
            hdr.r.h = ((bit<128>)c) << a;
        } else if (sel == 3) {
            hdr.r.e = sa >> k;
            hdr.r.f = sb >> a;
            int<32> t = sc >> k;
            hdr.r.d = (bit<32>)t;
        } else if (sel == 4) {
            hdr.r.h = ((bit<128>)c ++ d ++ b)[127:0] * (bit<128>)d;
            hdr.r.g = (bit<64>)c * (bit<64>)d;
            hdr.r.d = c * d;
            hdr.r.a = a * k;
        } else if (sel == 5) {
            hdr.r.k = a ++ c ++ d;
            hdr.r.k[39:20] = b ++ a[3:0];
            hdr.r.j = b[13:3];
            hdr.r.i = a[7:3];
        } else if (sel == 6) {
            hdr.r.e = -sa;
            hdr.r.f = -sb;
            hdr.r.d = -c;
            hdr.r.h = -(bit<128>)d;
            hdr.r.a = ~a;
            hdr.r.g = ~(bit<64>)c;
        } else if (sel == 7) {
            hdr.r.f = (int<16>)sa;
            int<32> t = (int<32>)sb;
            hdr.r.d = (bit<32>)t;
            hdr.r.a = (bit<8>)b;
            hdr.r.e=(int<8>)sb;
            hdr.r.g = (bit<64>)(int<64>)sc;
            hdr.r.h=(bit<128>)(int<128>)sa;
        } else if (sel == 8) {
            if (sa < (int<8>)k) hdr.r.a = 1;
            if (sb >= (int<16>)sa) hdr.r.b = 1;
            if (sc > sd) hdr.r.c = 1;
            if ((int<64>)sc <= (int<64>)sd) hdr.r.d = 1;
            if (c < d) hdr.r.i = 1;
            if (a == k) hdr.r.j = 1;
        } else if (sel == 9) {
            hdr.r.d = (c & 0xff00ff00) | (d ^ c) & ~d;
            hdr.r.h = (bit<128>)c ^ ((bit<128>)d << 64) | ((bit<128>)b << 100);
            hdr.r.g = (bit<64>)(c ++ d) - (bit<64>)(d ++ c);
        } else if (sel == 10) {
            hdr.r.h = ((bit<128>)c << 96) |+| ((bit<128>)d << 97);
            hdr.r.g = ((bit<64>)c << 32) |-| (bit<64>)d;
            hdr.r.k = ((bit<72>)c << 40) + ((bit<72>)d << 41) - 1;
        } else if (sel == 11) {
            int<64> x = (int<64>)sc * (int<64>)sd;
            hdr.r.g = (bit<64>)x;
            int<16> y = (int<16>)sa * (int<16>)(int<8>)k;
            hdr.r.f = y;
            hdr.r.e = sa * (int<8>)k;
        } else if (sel == 12) {
            hdr.r.g = ((bit<64>)c << 31) >> a;
            int<64> y = ((int<64>)sc << 31) >> k;
            hdr.r.h = (bit<128>)(bit<64>)y;
            hdr.r.k = ((bit<72>)d << 40) >> k;
        } else if (sel == 13) {
            bit<1> o = c[31:31];
            bool q = (bool)o;
            if (q) hdr.r.a = 7;
            hdr.r.b = (bit<8>)(bit<1>)q;
            hdr.r.i = a[4:0] + 5w31;
            hdr.r.j = b[10:0] - 11w2047;
            hdr.r.k = (bit<72>)(b ++ b ++ b ++ b) * 72w3;
        } else if (sel == 14) {
            hdr.r.h[127:64] = c ++ d;
            hdr.r.h[63:0] = d ++ c;
            hdr.r.h[95:31] = (bit<65>)b;
            hdr.r.g[32:0] = (bit<33>)c;
            hdr.r.k[71:71] = a[0:0];
            hdr.r.i[2:1] = a[1:0];
        } else if (sel == 15) {
            hdr.r.g = a > 5 ? (bit<64>)c : (bit<64>)d << 20;
            hdr.r.a = (a > k ? a : k) - (b > 9 ? 8w3 : 8w4);
            bool z = a > k && !(b == 7) || c != d;
            hdr.r.b = z ? 8w1 : 8w2;
        } else if (sel == 16) {
            hdr.r.d = c << 31;
            hdr.r.d = hdr.r.d + (c << 32);
            hdr.r.c = b >> 16;
            hdr.r.a = a >> 200;
            hdr.r.g = (bit<64>)c << 63;
            hdr.r.h = ((bit<128>)c << 127) + ((bit<128>)d >> 1);
        } else if (sel == 17) {
            int<5> x = (int<5>)a[4:0];
            int<5> y = (int<5>)k[4:0];
            int<5> s = x |+| y;
            int<5> t = x |-| y;
            hdr.r.i = (bit<5>)s;
            hdr.r.a = (bit<8>)(int<8>)t;
            int<11> u = (int<11>)b[10:0] >> a;
            hdr.r.j = (bit<11>)u;
        } else {
            hdr.r.d = c;
            hdr.r.g = (bit<64>)(d - c);
            hdr.r.h = (bit<128>)b - 1;
            hdr.r.k = (bit<72>)a - (bit<72>)k;
            hdr.r.j = (bit<11>)a - (bit<11>)k;
        }
    }
}

control De(packet_out packet, in h2_t hdr) {
    apply {
        packet.emit(hdr);
    }
}

V1Switch(Par(), NC(), In(), Eg(), NC(), De()) main;
