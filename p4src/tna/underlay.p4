// Plain IPv4: longest prefix to one of several equal next hops. Everything that is not settled elsewhere ends here.
//
// Differs from v1model: the selector is told its number of groups; a miss is the table's default action, which BMv2 does
// not know for tables with a selector.

control Underlay(inout headers_t hdr, inout metadata_t meta, inout ingress_intrinsic_metadata_for_tm_t ig_tm_md) {
    Hash<bit<32>>(HashAlgorithm_t.CRC32) spread;
    ActionProfile(NEXT_HOPS) next_hops;
    ActionSelector(next_hops, spread, SelectorMode_t.FAIR, NEXT_HOP_GROUP, NEXT_HOP_GROUPS) chosen;

    action next_hop(PortId_t port, bit<48> src_mac, bit<48> dst_mac) {
        ig_tm_md.ucast_egress_port = port;
        hdr.ethernet.src = src_mac;
        hdr.ethernet.dst = dst_mac;
        hdr.ipv4.ttl = hdr.ipv4.ttl - 1;
        meta.verdict = Verdict.PORT;
    }
    action to_cpu() {
        meta.verdict = Verdict.CONTROLLER;
        meta.packet_in_reason = PACKET_IN_ROUTE;
    }
    action drop() {
        meta.verdict = Verdict.DROP;
        meta.drop_reason = DropReason.ROUTE_DROP;
    }
    action unrouted() {
        meta.verdict = Verdict.DROP;
        meta.drop_reason = DropReason.NO_UNDERLAY_ROUTE;
    }

    table routes {
        key = {
            hdr.ipv4.dst: lpm;
            hdr.ipv4.src: selector;
            hdr.ipv4.dst: selector;
            hdr.ipv4.protocol: selector;
            meta.src_port: selector;
            meta.dst_port: selector;
        }
        actions = {
            next_hop;
            to_cpu;
            drop;
            @defaultonly unrouted;
        }
        const default_action = unrouted();
        implementation = chosen;
        size = ROUTES;
    }
    @hidden
    action time_to_live_used_up() {
        meta.verdict = Verdict.CONTROLLER;
        meta.packet_in_reason = PACKET_IN_TTL;
    }

    apply {
        if (hdr.ipv4.ttl == 0 || hdr.ipv4.ttl == 1) {
            time_to_live_used_up();
        } else {
            routes.apply();
        }
    }
}
