// Egress: what depends on the port a packet leaves by.

// A SINC result to the group leaves by many ports; the host behind each is addressed here.
control Delivery(inout headers_t hdr, inout metadata_t meta, in standard_metadata_t standard_metadata) {
    action host(bit<48> src_mac, bit<48> dst_mac, bit<32> address) {
        hdr.ethernet.src = src_mac;
        hdr.ethernet.dst = dst_mac;
        hdr.ipv4.dst = address;
        hdr.udp.dst_port = UDP_PORT_SINC;
    }
    table ports {
        key = {
            standard_metadata.egress_port: exact @name("egress_port");
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

// A broadcast leaves by many branches: to other switches as it is, by name, and to subscribers under their address.
control Broadcast(inout headers_t hdr, inout metadata_t meta, in standard_metadata_t standard_metadata) {
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
            meta.name.branches: exact @name("group");
            standard_metadata.egress_rid: exact @name("instance");
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

// v1model's number of a copy that clone() made in ingress.
const bit<32> INGRESS_CLONE = 1;

control egress(inout headers_t hdr, inout metadata_t meta, inout standard_metadata_t standard_metadata) {
    Delivery() delivery;
    ResultProxy() result_proxy;
    Broadcast() broadcast;
    Telemetry() telemetry;

    // Copies of a broadcast that would have gone back where it came from.
    counter<bit<32>>(1, CounterType.packets) pruned;

    @hidden
    action prune() {
        pruned.count(0);
        mark_to_drop(standard_metadata);
    }

    apply {
        if (meta.sinc.down == 1) {
            delivery.apply(hdr, meta, standard_metadata);
            result_proxy.apply(hdr, meta, standard_metadata);
        }
        if (meta.name.decision == NameDecision.PUBLISH && standard_metadata.egress_port == meta.ingress_port) {
            prune();
        } else {
            if (meta.name.decision == NameDecision.PUBLISH) {
                broadcast.apply(hdr, meta, standard_metadata);
            }
            // A mirror's copy stays as it came in.
            if (hdr.telemetry.isValid() && standard_metadata.egress_port != CPU_PORT
                && standard_metadata.instance_type != INGRESS_CLONE) {
                telemetry.apply(hdr, meta, standard_metadata);
            }
        }
    }
}
