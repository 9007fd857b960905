// IPv4 with options (a varbit), its checksum and UDP's over the payload, both verified and updated.
#include <core.p4>
#include <v1model.p4>

header ipv4_t {
    bit<4>  version;
    bit<4>  ihl;
    bit<8>  tos;
    bit<16> length;
    bit<16> id;
    bit<16> fragment;
    bit<8>  ttl;
    bit<8>  protocol;
    bit<16> checksum;
    bit<32> src;
    bit<32> dst;
    varbit<320> options;
}

header ipv4_fixed_t {
    bit<4>  version;
    bit<4>  ihl;
    bit<152> rest;
}

header udp_t {
    bit<16> src;
    bit<16> dst;
    bit<16> length;
    bit<16> checksum;
}

struct headers_t {
    ipv4_t ipv4;
    udp_t  udp;
}

struct metadata_t { }

error { BadLength }

parser OwnParser(packet_in packet, out headers_t hdr, inout metadata_t meta, inout standard_metadata_t standard) {
    state start {
        ipv4_fixed_t ahead = packet.lookahead<ipv4_fixed_t>();
        verify(ahead.ihl >= 5, error.BadLength);
        packet.extract(hdr.ipv4, ((bit<32>) ahead.ihl - 5) * 32);
        transition select(hdr.ipv4.protocol) {
            17 : udp;
            default : accept;
        }
    }
    state udp {
        packet.extract(hdr.udp);
        transition accept;
    }
}

#define IPV4_FIELDS { hdr.ipv4.version, hdr.ipv4.ihl, hdr.ipv4.tos, hdr.ipv4.length, hdr.ipv4.id, \
    hdr.ipv4.fragment, hdr.ipv4.ttl, hdr.ipv4.protocol, hdr.ipv4.src, hdr.ipv4.dst, hdr.ipv4.options }
#define UDP_FIELDS { hdr.ipv4.src, hdr.ipv4.dst, 8w0, hdr.ipv4.protocol, hdr.udp.length, hdr.udp.src, hdr.udp.dst, \
    hdr.udp.length }

control Verify(inout headers_t hdr, inout metadata_t meta) {
    apply {
        verify_checksum(hdr.ipv4.isValid(), IPV4_FIELDS, hdr.ipv4.checksum, HashAlgorithm.csum16);
        verify_checksum_with_payload(hdr.udp.isValid(), UDP_FIELDS, hdr.udp.checksum, HashAlgorithm.csum16);
    }
}

control ingress(inout headers_t hdr, inout metadata_t meta, inout standard_metadata_t standard) {
    apply {
        standard.egress_spec = 1;
        // Bad checksums and parser errors are told apart by the port.
        if (standard.checksum_error == 1) standard.egress_spec = 2;
        if (standard.parser_error == error.BadLength) standard.egress_spec = 3;
        else if (standard.parser_error != error.NoError) standard.egress_spec = 4;
        if (hdr.ipv4.isValid()) {
            hdr.ipv4.ttl = hdr.ipv4.ttl - 1;
            hdr.ipv4.dst = hdr.ipv4.dst ^ 0x0f0f0f0f;
        }
        if (hdr.udp.isValid()) hdr.udp.dst = hdr.udp.dst + 1;
    }
}

control egress(inout headers_t hdr, inout metadata_t meta, inout standard_metadata_t standard) {
    apply { }
}

control Compute(inout headers_t hdr, inout metadata_t meta) {
    apply {
        update_checksum(hdr.ipv4.isValid(), IPV4_FIELDS, hdr.ipv4.checksum, HashAlgorithm.csum16);
        update_checksum_with_payload(hdr.udp.isValid(), UDP_FIELDS, hdr.udp.checksum, HashAlgorithm.csum16);
    }
}

control OwnDeparser(packet_out packet, in headers_t hdr) {
    apply {
        packet.emit(hdr.ipv4);
        packet.emit(hdr.udp);
    }
}

V1Switch(OwnParser(), Verify(), ingress(), egress(), Compute(), OwnDeparser()) main;
