// The proxies of SINC's encapsulations (docs/protocol.md section 4.7), each a role of a group at this switch.
//
//   egress proxy    copies the outer SINC header back and removes the encapsulation, before anything is computed
//   ingress proxy   copies the SINC header outward and puts the encapsulation on, after it
//   result proxy    the same for each copy of a result that goes down to a switch behind an encapsulation
//
// A SINC switch inside the encapsulated part of the way is both at once, with the group's computation between. A switch
// that is neither for a group forwards its packets untouched, NSH on the outer address, MPLS on the label.

control EgressProxy(inout headers_t hdr, inout metadata_t meta) {
    bit<16> residue;

    action leave() {
    }
    table groups {
        key = {
            hdr.context.group: exact @name("group");
        }
        actions = {
            leave;
        }
        size = SINC_GROUPS;
    }

    @hidden
    action check_inner_header() {
        hash(residue, HashAlgorithm.csum16, 16w0, hdr.inner_ipv4, CSUM16_RANGE);
    }
    @hidden
    action drop_damaged() {
        meta.verdict = Verdict.DROP;
        meta.drop_reason = DropReason.IPV4_CHECKSUM;
    }
    // Whoever changed the outer copy changed the operand too, and could not reach the inner checksum.
    @hidden
    action computed_elsewhere() {
        meta.sinc.changed = 1;
        meta.sinc.foreign = 1;
    }
    @hidden
    action decapsulate() {
        hdr.sinc = hdr.context;
        hdr.ipv4 = hdr.inner_ipv4;
        hdr.udp = hdr.inner_udp;
        hdr.ethernet.ether_type = ETHERTYPE_IPV4;
        hdr.mpls.pop_front(8);
        hdr.nsh.setInvalid();
        hdr.context.setInvalid();
        hdr.inner_ipv4.setInvalid();
        hdr.inner_udp.setInvalid();
        meta.src_port = hdr.udp.src_port;
        meta.dst_port = hdr.udp.dst_port;
    }

    apply {
        if (groups.apply().hit) {
            check_inner_header();
            if (residue != 0) {
                drop_damaged();
            } else {
                if (hdr.context != hdr.sinc) {
                    computed_elsewhere();
                }
                decapsulate();
            }
        }
    }
}

// What both proxies do to a packet.
#define ENCAPSULATE(hops) \
    hdr.context = hdr.sinc; \
    hdr.inner_ipv4 = hdr.ipv4; \
    hdr.inner_ipv4.ttl = hdr.ipv4.ttl - hops; \
    hdr.inner_udp = hdr.udp; \
    meta.sinc.encapsulated = 1;

// The host's source port spreads flows over equal paths outside too.
#define PUT_IN_NSH \
    hdr.nsh.setValid(); \
    hdr.nsh.version = 0; \
    hdr.nsh.oam = 0; \
    hdr.nsh.unassigned = 0; \
    hdr.nsh.ttl = NSH_TTL_DEFAULT; \
    hdr.nsh.length = NSH_WORDS; \
    hdr.nsh.unassigned2 = 0; \
    hdr.nsh.md_type = NSH_MD_TYPE; \
    hdr.nsh.next_protocol = NSH_NEXT_IPV4; \
    hdr.nsh.spi = spi; \
    hdr.nsh.si = si; \
    hdr.ipv4.total_length = hdr.ipv4.total_length + NSH_OUTER_BYTES; \
    hdr.ipv4.identification = 0; \
    hdr.ipv4.ttl = TTL_DEFAULT; \
    hdr.ipv4.src = src; \
    hdr.ipv4.dst = dst; \
    hdr.udp.dst_port = UDP_PORT_NSH; \
    hdr.udp.length = hdr.udp.length + NSH_OUTER_BYTES; \
    hdr.udp.checksum = 0; \
    meta.dst_port = UDP_PORT_NSH;

#define PUT_IN_MPLS \
    hdr.mpls[0].setValid(); \
    hdr.mpls[0].label = label; \
    hdr.mpls[0].traffic_class = traffic_class; \
    hdr.mpls[0].bottom = 1; \
    hdr.mpls[0].ttl = TTL_DEFAULT; \
    hdr.ethernet.ether_type = ETHERTYPE_MPLS; \
    hdr.ethernet.src = src_mac; \
    hdr.ethernet.dst = dst_mac; \
    hdr.ipv4.setInvalid(); \
    hdr.udp.setInvalid();

control IngressProxy(inout headers_t hdr, inout metadata_t meta, inout standard_metadata_t standard_metadata) {
    bit<8> hops;

    action to_nsh(bit<24> spi, bit<8> si, bit<32> src, bit<32> dst) {
        ENCAPSULATE(hops)
        PUT_IN_NSH
    }
    action to_mpls(bit<20> label, bit<3> traffic_class, bit<9> port, bit<48> src_mac, bit<48> dst_mac) {
        ENCAPSULATE(hops)
        PUT_IN_MPLS
        standard_metadata.egress_spec = port;
        meta.verdict = Verdict.PORT;
    }
    table groups {
        key = {
            hdr.sinc.group: exact @name("group");
            meta.ingress_port: exact @name("ingress_port");
        }
        actions = {
            to_nsh;
            to_mpls;
        }
        size = SINC_SOURCES;
    }

    apply {
        // A partial result to the parent has counted its hop.
        hops = 0;
        if (meta.verdict == Verdict.ROUTE) {
            hops = 1;
        }
        groups.apply();
    }
}

// Results going down, in egress: each copy as the switch at its port wants it.
control ResultProxy(inout headers_t hdr, inout metadata_t meta, in standard_metadata_t standard_metadata) {
    action to_nsh(bit<24> spi, bit<8> si, bit<32> src, bit<32> dst, bit<48> src_mac, bit<48> dst_mac) {
        ENCAPSULATE(0)
        PUT_IN_NSH
        hdr.ethernet.src = src_mac;
        hdr.ethernet.dst = dst_mac;
    }
    action to_mpls(bit<20> label, bit<3> traffic_class, bit<48> src_mac, bit<48> dst_mac) {
        ENCAPSULATE(0)
        PUT_IN_MPLS
    }
    table groups {
        key = {
            hdr.sinc.group: exact @name("group");
            standard_metadata.egress_port: exact @name("egress_port");
        }
        actions = {
            to_nsh;
            to_mpls;
        }
        size = SINC_SOURCES;
    }
    apply {
        groups.apply();
    }
}

// Packets that stay behind their label.
control Labels(inout headers_t hdr, inout metadata_t meta, inout standard_metadata_t standard_metadata) {
    action swap(bit<20> label, bit<9> port, bit<48> src_mac, bit<48> dst_mac) {
        hdr.mpls[0].label = label;
        hdr.mpls[0].ttl = hdr.mpls[0].ttl - 1;
        hdr.ethernet.src = src_mac;
        hdr.ethernet.dst = dst_mac;
        standard_metadata.egress_spec = port;
        meta.verdict = Verdict.PORT;
    }
    table forwarding {
        key = {
            hdr.mpls[0].label: exact @name("label");
        }
        actions = {
            swap;
        }
        size = LABELS;
    }

    @hidden
    action drop(DropReason reason) {
        meta.verdict = Verdict.DROP;
        meta.drop_reason = reason;
    }

    apply {
        if (hdr.mpls[0].ttl <= 1) {
            drop(DropReason.TTL_EXPIRED);
        } else if (!forwarding.apply().hit) {
            drop(DropReason.ETHER_TYPE);
        }
    }
}
