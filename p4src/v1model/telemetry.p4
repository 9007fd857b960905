// In-band telemetry (docs/protocol.md section 3.7): where the packet asks for it, each hop puts its record in front.

control Telemetry(inout headers_t hdr, inout metadata_t meta, in standard_metadata_t standard_metadata) {
    bit<16> part;

    // ~m + m' of the header's first word: taken before and after.
    @hidden
    action forget_counts() {
        meta.checksum_delta = meta.checksum_delta + (bit<32>) ~(hdr.telemetry.count ++ hdr.telemetry.dropped);
    }
    @hidden
    action remember_counts() {
        meta.checksum_delta = meta.checksum_delta + (bit<32>) (hdr.telemetry.count ++ hdr.telemetry.dropped);
    }
    @hidden
    action append() {
        hdr.telemetry.count = hdr.telemetry.count + 1;
        hdr.hops.push_front(1);
        hdr.hops[0].setValid();
        hdr.hops[0].switch_id = meta.switch_id;
        hdr.hops[0].ingress_port = (bit<16>) meta.ingress_port;
        hdr.hops[0].egress_port = (bit<16>) standard_metadata.egress_port;
        hdr.hops[0].queue_depth = standard_metadata.enq_qdepth[15:0];
        hdr.hops[0].ingress_time = meta.now;
        hdr.hops[0].egress_time = standard_metadata.egress_global_timestamp[31:0];
        hash(part, HashAlgorithm.csum16, 16w0, hdr.hops[0], CSUM16_RANGE);
        meta.checksum_delta = meta.checksum_delta + (bit<32>) ~part;
        hdr.udp.length = hdr.udp.length + TELEMETRY_HOP_BYTES;
        hdr.ipv4.total_length = hdr.ipv4.total_length + TELEMETRY_HOP_BYTES;
    }
    @hidden
    action no_room() {
        hdr.telemetry.dropped = hdr.telemetry.dropped |+| 1;
    }
    apply {
        forget_counts();
        if (hdr.telemetry.count < TELEMETRY_HOPS_MAX) {
            append();
        } else {
            no_room();
        }
        remember_counts();
    }
}
