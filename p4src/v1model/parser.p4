// From bytes to headers and back. Ethernet / IPv4 / UDP, then by UDP port a named packet, SINC, or SINC in NSH;
// or an MPLS stack whose last label says that a SINC shim follows (docs/protocol.md sections 1, 3, 4.7).
//
// Only what the lengths promise is parsed: a SINC datagram of an unknown length keeps its operand as payload, and a
// fragment or a datagram of an unknown version is plain IPv4.

parser MeshParser(
    packet_in packet,
    out headers_t hdr,
    inout metadata_t meta,
    inout standard_metadata_t standard_metadata
) {
    state start {
        transition select(standard_metadata.ingress_port) {
            CPU_PORT: from_controller;
            default: ethernet;
        }
    }

    // What the controller sends out unchanged is not even looked at.
    state from_controller {
        packet.extract(hdr.packet_out);
        transition select(hdr.packet_out.forward) {
            PACKET_OUT_FORWARD: ethernet;
            default: accept;
        }
    }

    state ethernet {
        packet.extract(hdr.ethernet);
        transition select(hdr.ethernet.ether_type) {
            ETHERTYPE_IPV4: ipv4;
            ETHERTYPE_MPLS: mpls;
            default: accept;
        }
    }

    state ipv4 {
        packet.extract(hdr.ipv4);
        transition select(hdr.ipv4.version, hdr.ipv4.ihl, hdr.ipv4.flags, hdr.ipv4.fragment_offset,
                          hdr.ipv4.protocol) {
            (4, 5, 0 &&& IPV4_MORE_FRAGMENTS, 0, IP_PROTOCOL_UDP): udp;
            (4, 5, 0 &&& IPV4_MORE_FRAGMENTS, 0, IP_PROTOCOL_TCP): tcp;
            (4, 5, IPV4_MORE_FRAGMENTS &&& IPV4_MORE_FRAGMENTS, 0, IP_PROTOCOL_UDP): first_fragment;
            default: accept;
        }
    }

    // A fragment is plain IPv4; but Admission wants to know of those whose receiver makes a named packet of them.
    state first_fragment {
        transition select(packet.lookahead<bit<32>>()) {
            (bit<32>) UDP_PORT_NAMED &&& 0x0000ffff: named_fragment;
            (bit<32>) UDP_PORT_NAMED << 16 &&& 0xffff0000: named_fragment;
            default: accept;
        }
    }

    // Elsewhere a packet that is accepted has nothing remaining.
    state named_fragment {
        meta.remaining = 1;
        transition accept;
    }

    state tcp {
        packet.extract(hdr.tcp);
        meta.src_port = hdr.tcp.src_port;
        meta.dst_port = hdr.tcp.dst_port;
        transition accept;
    }

    state udp {
        packet.extract(hdr.udp);
        meta.src_port = hdr.udp.src_port;
        meta.dst_port = hdr.udp.dst_port;
        transition select(hdr.udp.dst_port, hdr.udp.src_port) {
            (UDP_PORT_NAMED, _): named;
            (UDP_PORT_SINC, _): native_sinc;
            (UDP_PORT_NSH, _): nsh;
            (_, UDP_PORT_NAMED): named;
            (_, UDP_PORT_SINC): native_sinc;
            (_, UDP_PORT_NSH): nsh;
            default: accept;
        }
    }

    // Named packets, section 3.

    state named {
        transition select(packet.lookahead<bit<4>>()) {
            NAME_VERSION: name;
            default: accept;
        }
    }

    state name {
        packet.extract(hdr.name);
        packet.extract(hdr.digests);
        transition select(hdr.name.flags & (FLAG_AUTH | FLAG_TELEMETRY | FLAG_KV)) {
            0: accept;
            FLAG_AUTH &&& FLAG_AUTH: auth;
            FLAG_TELEMETRY &&& FLAG_TELEMETRY: telemetry;
            default: kv;
        }
    }

    state auth {
        packet.extract(hdr.auth);
        transition select(hdr.name.flags & (FLAG_TELEMETRY | FLAG_KV)) {
            0: accept;
            FLAG_TELEMETRY &&& FLAG_TELEMETRY: telemetry;
            default: kv;
        }
    }

    state telemetry {
        packet.extract(hdr.telemetry);
        meta.remaining = hdr.telemetry.count;
        transition select(hdr.telemetry.count) {
            0: after_telemetry;
            default: hop;
        }
    }

    // A count above eight runs past the stack and ends as a parser error.
    state hop {
        packet.extract(hdr.hops.next);
        meta.remaining = meta.remaining - 1;
        transition select(meta.remaining) {
            0: after_telemetry;
            default: hop;
        }
    }

    state after_telemetry {
        transition select(hdr.name.flags & FLAG_KV) {
            0: accept;
            default: kv;
        }
    }

    state kv {
        packet.extract(hdr.kv);
        meta.remaining = hdr.kv.blocks;
        transition select(hdr.kv.blocks) {
            0: accept;
            default: kv_block;
        }
    }

    state kv_block {
        packet.extract(hdr.kv_blocks.next);
        meta.remaining = meta.remaining - 1;
        transition select(meta.remaining) {
            0: accept;
            default: kv_block;
        }
    }

    // SINC, section 4.

    state native_sinc {
        meta.sinc.length = hdr.udp.length;
        transition sinc;
    }

    state sinc {
        transition select(meta.sinc.length) {
            0 .. SINC_LENGTH_BARE - 1: accept;
            SINC_LENGTH_CELL: sinc_cell;
            SINC_LENGTH_VECTOR1: sinc_vector0;
            SINC_LENGTH_VECTOR2: sinc_vector0;
            SINC_LENGTH_VECTOR3: sinc_vector0;
            SINC_LENGTH_VECTOR4: sinc_vector0;
            default: sinc_bare;
        }
    }

    state sinc_bare {
        packet.extract(hdr.sinc);
        transition accept;
    }

    state sinc_cell {
        packet.extract(hdr.sinc);
        packet.extract(hdr.cell);
        transition accept;
    }

    state sinc_vector0 {
        packet.extract(hdr.sinc);
        packet.extract(hdr.vector0);
        transition select(meta.sinc.length) {
            SINC_LENGTH_VECTOR1: accept;
            default: vector1;
        }
    }

    state vector1 {
        packet.extract(hdr.vector1);
        transition select(meta.sinc.length) {
            SINC_LENGTH_VECTOR2: accept;
            default: vector2;
        }
    }

    state vector2 {
        packet.extract(hdr.vector2);
        transition select(meta.sinc.length) {
            SINC_LENGTH_VECTOR3: accept;
            default: vector3;
        }
    }

    state vector3 {
        packet.extract(hdr.vector3);
        transition accept;
    }

    // Encapsulations of SINC, section 4.7. Whatever is not exactly that is payload.

    state nsh {
        transition select(packet.lookahead<bit<32>>()) {
            NSH_MD1_IPV4 &&& NSH_MD1_IPV4_MASK: nsh_md1;
            default: accept;
        }
    }

    state nsh_md1 {
        packet.extract(hdr.nsh);
        transition sinc_context;
    }

    state mpls {
        packet.extract(hdr.mpls.next);
        transition select(hdr.mpls.last.bottom, hdr.mpls.last.label) {
            (0, _): mpls;
            (1, MPLS_LABEL_SINC &&& MPLS_LABEL_SINC_MASK): sinc_context;
            default: accept;
        }
    }

    state sinc_context {
        packet.extract(hdr.context);
        packet.extract(hdr.inner_ipv4);
        transition select(hdr.inner_ipv4.version, hdr.inner_ipv4.ihl, hdr.inner_ipv4.flags, hdr.inner_ipv4.fragment_offset,
                          hdr.inner_ipv4.protocol) {
            (4, 5, 0 &&& IPV4_MORE_FRAGMENTS, 0, IP_PROTOCOL_UDP): inner_udp;
            default: accept;
        }
    }

    state inner_udp {
        packet.extract(hdr.inner_udp);
        meta.sinc.length = hdr.inner_udp.length;
        transition select(hdr.inner_udp.dst_port, hdr.inner_udp.src_port) {
            (UDP_PORT_SINC, _): sinc;
            (_, UDP_PORT_SINC): sinc;
            default: accept;
        }
    }
}

control MeshDeparser(packet_out packet, in headers_t hdr) {
    apply {
        packet.emit(hdr.packet_in);
        packet.emit(hdr.ethernet);
        packet.emit(hdr.mpls);
        packet.emit(hdr.ipv4);
        packet.emit(hdr.tcp);
        packet.emit(hdr.udp);
        packet.emit(hdr.name);
        packet.emit(hdr.digests);
        packet.emit(hdr.auth);
        packet.emit(hdr.telemetry);
        packet.emit(hdr.hops);
        packet.emit(hdr.kv);
        packet.emit(hdr.kv_blocks);
        packet.emit(hdr.nsh);
        packet.emit(hdr.context);
        packet.emit(hdr.inner_ipv4);
        packet.emit(hdr.inner_udp);
        packet.emit(hdr.sinc);
        packet.emit(hdr.vector0);
        packet.emit(hdr.vector1);
        packet.emit(hdr.vector2);
        packet.emit(hdr.vector3);
        packet.emit(hdr.cell);
    }
}
