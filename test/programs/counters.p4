// Counters of packets, bytes and both, indirect and direct, in ingress and egress.
#include "include/lab.p4"

CONTROL(ingress) {
    @name("by_kind") counter(16, CounterType.packets) by_kind;
    @name("volume") counter(16, CounterType.bytes) volume;
    @name("flow_counter") direct_counter(CounterType.packets_and_bytes) flow_counter;

    action forward(bit<9> port) {
        flow_counter.count();
        standard.egress_spec = port;
    }
    action drop() {
        flow_counter.count();
        mark_to_drop(standard);
    }
    table flows {
        key = { hdr.lab.c : ternary; }
        actions = { forward; drop; }
        default_action = drop();
        counters = flow_counter;
        size = 64;
    }
    apply {
        NEED_LAB
        by_kind.count((bit<32>) hdr.lab.kind);
        volume.count((bit<32>) hdr.lab.a);
        flows.apply();
    }
}

CONTROL(egress) {
    @name("sent") counter(8, CounterType.packets_and_bytes) sent;
    apply {
        sent.count((bit<32>) standard.egress_port);
    }
}

SWITCH(ingress, egress);
