// Egress: what depends on the port a packet leaves by. Unlike v1model's, it parses the packet anew and knows of ingress
// only what the bridge says.

parser EgressParser(
    packet_in packet,
    out egress_headers_t hdr,
    out egress_metadata_t meta,
    out egress_intrinsic_metadata_t eg_intr_md
) {
    Checksum() udp_checksum;

    state start {
        packet.extract(eg_intr_md);
#ifdef WITH_LONG_BRIDGE
        // A mirror's copy has only the first byte of it, and nothing of it is looked at.
        transition select(packet.lookahead<bit<8>>()) {
            (bit<8>) BridgeKind.MIRRORED: mirrored;
            default: bridged;
        }
    }
    state mirrored {
        packet.extract(meta.mirrored);
        transition accept;
    }
    state bridged {
#endif
        packet.extract(meta.bridge);
        transition select(meta.bridge.kind) {
            BridgeKind.CONTROLLER: accept;
#ifndef WITH_LONG_BRIDGE
            BridgeKind.MIRRORED: accept;
#endif
#ifdef WITH_TAG
            BridgeKind.LAP: lap;
#endif
            default: ethernet;
        }
    }
#ifdef WITH_TAG
    state lap {
        packet.extract(hdr.lap);
#if __TARGET_TOFINO__ == 2
        transition select(hdr.lap.step) {
            STEP_FINISH: lap_finish;
            default: accept;
        }
    }
    state lap_finish {
        meta.tweak_v2 = TAG_FINISH;
#endif
        transition accept;
    }
#endif
    state ethernet {
        packet.extract(hdr.ethernet);
        transition select(hdr.ethernet.ether_type) {
            ETHERTYPE_IPV4: ipv4;
            default: accept;
        }
    }
    state ipv4 {
        packet.extract(hdr.ipv4);
        udp_checksum.subtract({ hdr.ipv4.dst });
        transition select(hdr.ipv4.version, hdr.ipv4.ihl, hdr.ipv4.flags, hdr.ipv4.fragment_offset,
                          hdr.ipv4.protocol) {
            (4, 5, 0 &&& IPV4_MORE_FRAGMENTS, 0, IP_PROTOCOL_UDP): udp;
            default: accept;
        }
    }
    state udp {
        packet.extract(hdr.udp);
        udp_checksum.subtract({ hdr.udp.checksum, hdr.udp.dst_port });
#ifdef WITH_BROADCAST
        transition select(hdr.udp.dst_port, hdr.udp.src_port) {
            (UDP_PORT_NAMED, _): named;
            (_, UDP_PORT_NAMED): named;
            default: end;
        }
    }
    state named {
        transition select(packet.lookahead<bit<4>>()) {
            NAME_VERSION: name;
            default: end;
        }
    }
    state name {
        packet.extract(hdr.name);
        // A whole word of the checksum, though only the flags may change.
        udp_checksum.subtract({ hdr.name.version, hdr.name.type, hdr.name.flags });
        transition end;
    }
#else
        transition end;
    }
#endif
    state end {
        meta.residue = udp_checksum.get();
        transition accept;
    }
}

// A SINC result to the group leaves by many ports; the host behind each is addressed here.
control Delivery(inout egress_headers_t hdr, in egress_intrinsic_metadata_t eg_intr_md) {
    action host(bit<48> src_mac, bit<48> dst_mac, bit<32> address) {
        hdr.ethernet.src = src_mac;
        hdr.ethernet.dst = dst_mac;
        hdr.ipv4.dst = address;
        hdr.udp.dst_port = UDP_PORT_SINC;
    }
    table ports {
        key = {
            eg_intr_md.egress_port: exact @name("egress_port");
        }
        actions = {
            host;
        }
        size = HOST_PORTS;
    }
    apply {
        ports.apply();
    }
}

#ifdef WITH_BROADCAST
// A broadcast leaves by many branches: to other switches as it is, by name, and to subscribers under their address.
control Broadcast(
    inout egress_headers_t hdr,
    in egress_metadata_t meta,
    in egress_intrinsic_metadata_t eg_intr_md
) {
    action branch(bit<48> src_mac, bit<48> dst_mac) {
        hdr.ethernet.src = src_mac;
        hdr.ethernet.dst = dst_mac;
    }
    action subscriber(bit<48> src_mac, bit<48> dst_mac, bit<32> address, bit<16> udp_port) {
        hdr.ethernet.src = src_mac;
        hdr.ethernet.dst = dst_mac;
        hdr.ipv4.dst = address;
        hdr.udp.dst_port = udp_port;
        hdr.name.flags = hdr.name.flags | FLAG_RESOLVED;
    }
    table branches {
        key = {
            meta.bridge.branches: exact @name("group");
            eg_intr_md.egress_rid: exact @name("instance");
        }
        actions = {
            branch;
            subscriber;
        }
        size = BRANCHES;
    }
    apply {
        branches.apply();
    }
}
#endif

control egress(
    inout egress_headers_t hdr,
    inout egress_metadata_t meta,
    in egress_intrinsic_metadata_t eg_intr_md,
    in egress_intrinsic_metadata_from_parser_t eg_prsr_md,
    inout egress_intrinsic_metadata_for_deparser_t eg_dprsr_md,
    inout egress_intrinsic_metadata_for_output_port_t eg_oport_md
) {
    Delivery() delivery;
#ifdef WITH_TAG
    TagEgress() tag;
#endif
#ifdef WITH_BROADCAST
    Broadcast() broadcast;

    // Copies of a broadcast that would have gone back where it came from.
    Counter<bit<32>, bit<1>>(1, CounterType_t.PACKETS) pruned;

    @hidden
    action prune() {
        pruned.count(0);
        eg_dprsr_md.drop_ctl = 1;
    }
#endif
    @hidden
    action write_checksum() {
        meta.update_checksum = true;
    }

    apply {
#ifdef WITH_TAG
        tag.apply(hdr, meta);
#endif
        if (hdr.udp.isValid() && hdr.udp.checksum != 0) {
            write_checksum();
        }
        if (meta.bridge.kind == BridgeKind.DOWN) {
            delivery.apply(hdr, eg_intr_md);
        }
#ifdef WITH_BROADCAST
        if (meta.bridge.kind == BridgeKind.PUBLISH) {
            if (meta.bridge.ingress_port == eg_intr_md.egress_port) {
                prune();
            } else {
                broadcast.apply(hdr, meta, eg_intr_md);
            }
        }
#endif
    }
}

control EgressDeparser(
    packet_out packet,
    inout egress_headers_t hdr,
    in egress_metadata_t meta,
    in egress_intrinsic_metadata_for_deparser_t eg_dprsr_md
) {
    Checksum() ipv4_checksum;
    Checksum() udp_checksum;

    apply {
        if (hdr.ipv4.isValid()) {
            hdr.ipv4.checksum = ipv4_checksum.update({
                hdr.ipv4.version, hdr.ipv4.ihl, hdr.ipv4.dscp, hdr.ipv4.ecn, hdr.ipv4.total_length,
                hdr.ipv4.identification, hdr.ipv4.flags, hdr.ipv4.fragment_offset, hdr.ipv4.ttl, hdr.ipv4.protocol,
                hdr.ipv4.src, hdr.ipv4.dst
            });
        }
        if (meta.update_checksum) {
            hdr.udp.checksum = udp_checksum.update(data = {
                meta.residue, hdr.ipv4.dst, hdr.udp.dst_port
#ifdef WITH_BROADCAST
                , hdr.name.version, hdr.name.type, hdr.name.flags
#endif
            }, zeros_as_ones = true);
        }
        packet.emit(hdr);
    }
}
