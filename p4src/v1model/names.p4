// Names: which host answers for a name, and what the sender learns where none does.
//
// The first router of a request looks the destination's digest up in the FIB, writes the address of what it found
// into the outer IPv4 header and sets FLAG_RESOLVED; routers after it forward on IPv4 alone. A request that cannot go
// on is turned round as a Nack with its text and payload, so the sender knows at once.

control Names(inout headers_t hdr, inout metadata_t meta, inout standard_metadata_t standard_metadata) {
    Strategy() strategy;
    Flows() flows;

    direct_counter(CounterType.packets_and_bytes) fib_counter;

    // A retransmission carries another attempt number and so may reach another instance.
    @max_group_size(256)
    action_selector(HashAlgorithm.crc32, INSTANCES, 32) instances;

    action to_instance(bit<16> instance, bit<32> address, bit<16> udp_port) {
        meta.name.decision = NameDecision.REWRITE;
        meta.name.instance = instance;
        meta.name.address = address;
        meta.name.udp_port = udp_port;
    }
    action to_host(bit<32> address) {
        meta.name.decision = NameDecision.REWRITE;
        meta.name.instance = hdr.name.instance;
        meta.name.address = address;
        meta.name.udp_port = 0;
    }
    // Another switch: every one on the way looks its name up again, so the one that is meant sees a name and not an address.
    action to_switch(bit<32> address) {
        meta.name.decision = NameDecision.FORWARD;
        meta.name.address = address;
    }
    action to_controller() {
        meta.name.decision = NameDecision.CONTROLLER;
    }
    action answer_echo() {
        meta.name.decision = NameDecision.ECHO;
    }
    // A live broadcast: one copy to every branch of the tree and every subscriber here, none back to where it came from.
    action publish(bit<16> branches) {
        meta.name.decision = NameDecision.PUBLISH;
        meta.name.branches = branches;
    }
    action nack(bit<8> reason) {
        meta.name.decision = NameDecision.REFUSE;
        meta.name.reason = reason;
    }

    table fib {
        key = {
            meta.name.lookup: lpm @name("name");
            hdr.digests.src: selector;
            hdr.name.request_id: selector;
            hdr.name.attempt: selector;
        }
        actions = {
            to_instance;
            to_host;
            to_switch;
            to_controller;
            answer_echo;
            publish;
            nack;
        }
        implementation = instances;
        counters = fib_counter;
        size = FIB_ENTRIES;
    }

    // Where the flow of each cell goes.
    register<bit<16>, bit<32>>(FLOWS) flow_instance;
    register<bit<32>, bit<32>>(FLOWS) flow_address;
    register<bit<16>, bit<32>>(FLOWS) flow_udp_port;

    action alive() {
    }
    // Instances a flow may be led to.
    table flow_instances {
        key = {
            meta.flow.instance: exact @name("instance");
        }
        actions = {
            alive;
        }
        size = BREAKER_GUARDS;
    }

    @hidden
    action recall() {
        flow_instance.read(meta.flow.instance, meta.flow.cell);
        flow_address.read(meta.flow.address, meta.flow.cell);
        flow_udp_port.read(meta.flow.udp_port, meta.flow.cell);
    }
    @hidden
    action follow() {
        meta.flow.state = FlowState.FOLLOWED;
        meta.name.decision = NameDecision.REWRITE;
        meta.name.instance = meta.flow.instance;
        meta.name.address = meta.flow.address;
        meta.name.udp_port = meta.flow.udp_port;
    }
    @hidden
    action forget() {
        flow_address.write(meta.flow.cell, 0);
    }
    @hidden
    action remember() {
        flow_instance.write(meta.flow.cell, meta.name.instance);
        flow_address.write(meta.flow.cell, meta.name.address);
        flow_udp_port.write(meta.flow.cell, meta.name.udp_port);
    }

    // What holds where the FIB has no entry.
    @hidden
    action refuse_unless_found() {
        meta.name.decision = NameDecision.REFUSE;
        meta.name.reason = NO_ROUTE;
    }
    @hidden
    action ask_for_destination() {
        meta.name.lookup = hdr.digests.dst;
    }
    // Nor has anybody chosen an instance: a number its sender made up would be counted by that one's breaker.
    @hidden
    action stamp() {
        hdr.name.stamp = meta.now;
        hdr.name.instance = 0;
    }
    @hidden
    action refuse(bit<8> reason) {
        meta.name.decision = NameDecision.REFUSE;
        meta.name.reason = reason;
    }
    @hidden
    action count_hop() {
        hdr.name.hop_limit = hdr.name.hop_limit - 1;
    }
    @hidden
    action rewrite() {
        hdr.ipv4.dst = meta.name.address;
        hdr.name.instance = meta.name.instance;
        hdr.name.flags = hdr.name.flags | FLAG_RESOLVED;
    }
    @hidden
    action lead_on() {
        hdr.ipv4.dst = meta.name.address;
    }
    @hidden
    action rewrite_port() {
        hdr.udp.dst_port = meta.name.udp_port;
        meta.dst_port = meta.name.udp_port;
    }
    @hidden
    action replicate() {
        standard_metadata.mcast_grp = meta.name.branches;
        hdr.ipv4.ttl = hdr.ipv4.ttl - 1;
        meta.verdict = Verdict.PORT;
    }
    @hidden
    action drop_expired() {
        meta.verdict = Verdict.DROP;
        meta.drop_reason = DropReason.TTL_EXPIRED;
    }
    @hidden
    action hand_to_controller() {
        meta.verdict = Verdict.CONTROLLER;
        meta.packet_in_reason = PACKET_IN_NAME;
    }

    apply {
        if ((hdr.name.flags & FLAG_RESOLVED == 0 || meta.name.pinned == 1)
            && meta.name.decision != NameDecision.REFUSE) {
            if (hdr.name.type == SERVICE_REQUEST && meta.name.pinned == 0) {
                stamp();
                if (meta.service.sticky == 1) {
                    flows.apply(hdr, meta, standard_metadata);
                    if (meta.flow.state == FlowState.KNOWN) {
                        recall();
                        if (meta.flow.address != 0 && hdr.name.attempt == 0 && flow_instances.apply().hit) {
                            follow();
                        } else {
                            forget();
                        }
                    } else if (meta.flow.state == FlowState.CLAIMED) {
                        forget();
                    }
                }
            }
            if (meta.flow.state != FlowState.FOLLOWED) {
                ask_for_destination();
                strategy.apply(hdr, meta, standard_metadata);
                if (meta.verdict == Verdict.ROUTE && meta.name.decision != NameDecision.REFUSE
                    && meta.name.pinned == 0) {
                    refuse_unless_found();
                    fib.apply();
                    if (meta.flow.state != FlowState.NONE && meta.name.decision == NameDecision.REWRITE
                        && meta.name.instance != 0) {
                        remember();
                    }
                }
            }
        }

        if (meta.name.decision == NameDecision.ECHO && hdr.name.type != ECHO_REQUEST) {
            // A switch answers for itself, and serves nothing.
            refuse(NO_INSTANCE);
        }
        if ((meta.name.decision == NameDecision.FORWARD || meta.name.decision == NameDecision.REWRITE
             || meta.name.decision == NameDecision.PUBLISH) && hdr.name.hop_limit <= 1) {
            refuse(HOP_LIMIT);
        }

        if (meta.name.decision == NameDecision.CONTROLLER) {
            hand_to_controller();
        } else if (meta.name.decision == NameDecision.FORWARD) {
            count_hop();
            if (meta.name.address != 0) {
                lead_on();
            }
        } else if (meta.name.decision == NameDecision.REWRITE) {
            count_hop();
            rewrite();
            if (meta.name.udp_port != 0) {
                rewrite_port();
            }
        } else if (meta.name.decision == NameDecision.PUBLISH) {
            if (hdr.ipv4.ttl <= 1) {
                drop_expired();
            } else {
                count_hop();
                replicate();
            }
        }
    }
}
