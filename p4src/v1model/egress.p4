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

control egress(inout headers_t hdr, inout metadata_t meta, inout standard_metadata_t standard_metadata) {
    Delivery() delivery;
    Telemetry() telemetry;

    apply {
        if (meta.sinc.down == 1) {
            delivery.apply(hdr, meta, standard_metadata);
        }
        if (hdr.telemetry.isValid() && standard_metadata.egress_port != CPU_PORT) {
            telemetry.apply(hdr, meta, standard_metadata);
        }
    }
}
