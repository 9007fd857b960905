// Meters of packets and of bytes, indirect and direct: the colours come back in the packet.
#include "include/lab.p4"

CONTROL(ingress) {
    @name("packet_rate") meter(8, MeterType.packets) packet_rate;
    @name("byte_rate") meter(8, MeterType.bytes) byte_rate;
    @name("flow_rate") direct_meter<bit<8>>(MeterType.packets) flow_rate;
    bit<8> packet_colour = 9;
    bit<8> byte_colour = 9;
    bit<8> flow_colour = 9;

    action metered() {
        flow_rate.read(flow_colour);
    }
    action unmetered() {
        flow_rate.read(flow_colour);
        hdr.lab.b = 0xffff;
    }
    table flows {
        key = { hdr.lab.c : exact; }
        actions = { metered; unmetered; }
        default_action = unmetered();
        meters = flow_rate;
        size = 64;
    }
    apply {
        NEED_LAB
        packet_rate.execute_meter((bit<32>) hdr.lab.a, packet_colour);
        byte_rate.execute_meter((bit<32>) hdr.lab.a, byte_colour);
        flows.apply();
        hdr.lab.d = 8w0 ++ packet_colour ++ byte_colour ++ flow_colour;
        standard.egress_spec = 1;
    }
}

SWITCH(ingress, NoEgress);
