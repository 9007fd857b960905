// Ethernet and IPv4, for the small programs of the bench.
#ifndef FRAMES_P4
#define FRAMES_P4
#include <core.p4>
#include <v1model.p4>

header ethernet_t {
    bit<48> dst;
    bit<48> src;
    bit<16> type;
}

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
}

struct frame_t {
    ethernet_t ethernet;
    ipv4_t     ipv4;
}

struct nothing_t { }

parser FrameParser(packet_in packet, out frame_t hdr, inout nothing_t meta, inout standard_metadata_t standard) {
    state start {
        packet.extract(hdr.ethernet);
        transition select(hdr.ethernet.type) {
            0x800 : ipv4;
            default : accept;
        }
    }
    state ipv4 {
        packet.extract(hdr.ipv4);
        transition accept;
    }
}

control FrameVerify(inout frame_t hdr, inout nothing_t meta) {
    apply { }
}

control FrameEgress(inout frame_t hdr, inout nothing_t meta, inout standard_metadata_t standard) {
    apply { }
}

control FrameCompute(inout frame_t hdr, inout nothing_t meta) {
    apply {
        update_checksum(hdr.ipv4.isValid(),
            { hdr.ipv4.version, hdr.ipv4.ihl, hdr.ipv4.tos, hdr.ipv4.length, hdr.ipv4.id, hdr.ipv4.fragment,
              hdr.ipv4.ttl, hdr.ipv4.protocol, hdr.ipv4.src, hdr.ipv4.dst },
            hdr.ipv4.checksum, HashAlgorithm.csum16);
    }
}

control FrameDeparser(packet_out packet, in frame_t hdr) {
    apply { packet.emit(hdr); }
}

#define FRAME_SWITCH(INGRESS) \
    V1Switch(FrameParser(), FrameVerify(), INGRESS(), FrameEgress(), FrameCompute(), FrameDeparser()) main

#endif
