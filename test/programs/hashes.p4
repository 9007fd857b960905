// Every hash of v1model, over fields that do not end on bytes, with a base and a modulus.
#include "include/lab.p4"

header results_t {
    bit<32> crc32;
    bit<32> crc32_custom;
    bit<16> crc16;
    bit<16> crc16_custom;
    bit<16> csum16;
    bit<16> xor16;
    bit<32> identity;
    bit<16> bounded;
    bit<64> wide;
}

struct more_headers_t {
    lab_t     lab;
    results_t results;
}

parser OwnParser(packet_in packet, out more_headers_t hdr, inout metadata_t meta, inout standard_metadata_t standard) {
    state start {
        packet.extract(hdr.lab);
        transition accept;
    }
}

control Checks(inout more_headers_t hdr, inout metadata_t meta) {
    apply { }
}

control ingress(inout more_headers_t hdr, inout metadata_t meta, inout standard_metadata_t standard) {
    apply {
        NEED_LAB
        standard.egress_spec = 1;
        hdr.results.setValid();
        hash(hdr.results.crc32, HashAlgorithm.crc32, 32w0, { hdr.lab.c, hdr.lab.d }, 64w0x100000000);
        hash(hdr.results.crc32_custom, HashAlgorithm.crc32_custom, 32w0, { hdr.lab.c, hdr.lab.d }, 64w0x100000000);
        hash(hdr.results.crc16, HashAlgorithm.crc16, 16w0, { hdr.lab.a, hdr.lab.c }, 32w0x10000);
        hash(hdr.results.crc16_custom, HashAlgorithm.crc16_custom, 16w0, { hdr.lab.a, hdr.lab.c }, 32w0x10000);
        hash(hdr.results.csum16, HashAlgorithm.csum16, 16w0, { hdr.lab.a, hdr.lab.b, hdr.lab.c }, 32w0x10000);
        hash(hdr.results.xor16, HashAlgorithm.xor16, 16w0, { hdr.lab.a[2:0], hdr.lab.b, hdr.lab.c[12:0] }, 32w0x10000);
        hash(hdr.results.identity, HashAlgorithm.identity, 32w0, { hdr.lab.b[11:0], hdr.lab.a[3:0], hdr.lab.b }, 64w0x100000000);
        hash(hdr.results.bounded, HashAlgorithm.crc32, 16w1000, { hdr.lab.d, standard.ingress_port }, 16w77);
        hash(hdr.results.wide, HashAlgorithm.crc32, 64w0x500000000, { hdr.lab.d }, 64w0x100000000);
    }
}

control egress(inout more_headers_t hdr, inout metadata_t meta, inout standard_metadata_t standard) {
    apply { }
}

control OwnDeparser(packet_out packet, in more_headers_t hdr) {
    apply { packet.emit(hdr); }
}

V1Switch(OwnParser(), Checks(), ingress(), egress(), Checks(), OwnDeparser()) main;
