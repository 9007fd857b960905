// Plain IPv4: longest prefix to one of several equal next hops. Everything that is not settled elsewhere ends here.

control Underlay(inout headers_t hdr, inout metadata_t meta, inout standard_metadata_t standard_metadata) {
    @max_group_size(64)
    action_selector(HashAlgorithm.crc32, NEXT_HOPS, 32) next_hops;

    action next_hop(bit<9> port, bit<48> src_mac, bit<48> dst_mac) {
        standard_metadata.egress_spec = port;
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
        }
        implementation = next_hops;
        size = ROUTES;
    }

    // What holds where no route matches.
    @hidden
    action drop_unless_routed() {
        meta.verdict = Verdict.DROP;
        meta.drop_reason = DropReason.NO_UNDERLAY_ROUTE;
    }
    @hidden
    action time_to_live_used_up() {
        meta.verdict = Verdict.CONTROLLER;
        meta.packet_in_reason = PACKET_IN_TTL;
    }

    apply {
        if (hdr.ipv4.ttl <= 1) {
            time_to_live_used_up();
        } else {
            drop_unless_routed();
            routes.apply();
        }
    }
}
