// In-band telemetry (docs/protocol.md section 3.7): where the packet asks for it, each hop puts its record in front. The
// records that were there stay payload.
//
// Differs from v1model: the record is made in ingress. The egress parser of a Tofino reaches 160 bytes, and behind
// intrinsic metadata, bridge, addresses, name and digests the record would stand at 169. So queue and time of departure
// are not known: both fields are 0. Times are in units of 1,024 ns, since a switch cannot divide by a thousand.

control Telemetry(inout headers_t hdr, in metadata_t meta, in ingress_intrinsic_metadata_for_tm_t ig_tm_md) {
    @hidden
    action append() {
        hdr.telemetry.count = hdr.telemetry.count + 1;
        hdr.hop.setValid();
        hdr.hop.switch_id = meta.switch_id;
        hdr.hop.ingress_port = (bit<16>) meta.ingress_port;
        hdr.hop.egress_port = (bit<16>) ig_tm_md.ucast_egress_port;
        hdr.hop.queue_depth = 0;
        hdr.hop.ingress_time = meta.now;
        hdr.hop.egress_time = 0;
        hdr.udp.length = hdr.udp.length + TELEMETRY_HOP_BYTES;
        hdr.ipv4.total_length = hdr.ipv4.total_length + TELEMETRY_HOP_BYTES;
    }
    @hidden
    action no_room() {
        hdr.telemetry.dropped = hdr.telemetry.dropped |+| 1;
    }
    apply {
        if (hdr.telemetry.count < TELEMETRY_HOPS_MAX) {
            append();
        } else {
            no_room();
        }
    }
}
