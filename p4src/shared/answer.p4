// Turns a named packet round: what a switch that answers by itself sends back.
// Digests are swapped, not text: FLAG_SWAPPED tells the receiver which text comes first.
// Swapping leaves the UDP checksum's sum of digests, addresses and ports as it was.
#ifndef SINCMESH_ANSWER_P4
#define SINCMESH_ANSWER_P4

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

        hdr.name.flags = (hdr.name.flags ^ FLAG_SWAPPED) | FLAG_RESOLVED;
        hdr.name.hop_limit = HOP_LIMIT_DEFAULT;
        hdr.ipv4.ttl = TTL_DEFAULT;
    }
    apply {
        turn_round();
    }
}

#endif
