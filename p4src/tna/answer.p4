// Turns a named packet round: what a switch that answers by itself sends back. shared/answer.p4 does the same in one
// action, whose two operations on the flags are one too many for one stage: FLAG_RESOLVED is set by whoever decides
// that there is something to answer, a stage before.

control Answer(inout headers_t hdr) {
    @hidden
    action turn_round() {
        bit<256> name_digest = hdr.digests.dst;
        hdr.digests.dst = hdr.digests.src;
        hdr.digests.src = name_digest;

        bit<4> components = hdr.name.dst_components;
        hdr.name.dst_components = hdr.name.src_components;
        hdr.name.src_components = components;

        bit<32> address = hdr.ipv4.dst;
        hdr.ipv4.dst = hdr.ipv4.src;
        hdr.ipv4.src = address;

        bit<16> port = hdr.udp.dst_port;
        hdr.udp.dst_port = hdr.udp.src_port;
        hdr.udp.src_port = port;

        hdr.name.flags = hdr.name.flags ^ FLAG_SWAPPED;
        hdr.name.hop_limit = HOP_LIMIT_DEFAULT;
        hdr.ipv4.ttl = TTL_DEFAULT;
    }
    apply {
        turn_round();
    }
}
