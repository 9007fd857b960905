// Names: which host answers for a name, and what the sender learns where none does.
//
// The first router of a request looks the destination's digest up in the FIB, writes the address of what it found
// into the outer IPv4 header and sets FLAG_RESOLVED; routers after it forward on IPv4 alone. A request that cannot go
// on is turned round as a Nack with its text and payload, so the sender knows at once.

control Names(inout headers_t hdr, inout metadata_t meta) {
    Answer() answer;

    direct_counter(CounterType.packets_and_bytes) fib_counter;
    counter<bit<32>>(NACK_REASONS, CounterType.packets) nacks;

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
    action to_controller() {
        meta.name.decision = NameDecision.CONTROLLER;
    }
    action answer_echo() {
        meta.name.decision = NameDecision.ECHO;
    }
    action nack(bit<8> reason) {
        meta.name.decision = NameDecision.REFUSE;
        meta.name.reason = reason;
    }

    table fib {
        key = {
            hdr.digests.dst: lpm @name("name");
            hdr.digests.src: selector;
            hdr.name.request_id: selector;
            hdr.name.attempt: selector;
        }
        actions = {
            to_instance;
            to_host;
            to_controller;
            answer_echo;
            nack;
        }
        implementation = instances;
        counters = fib_counter;
        size = FIB_ENTRIES;
    }

    // What holds where the FIB has no entry.
    @hidden
    action refuse_unless_found() {
        meta.name.decision = NameDecision.REFUSE;
        meta.name.reason = NO_ROUTE;
    }
    @hidden
    action stamp() {
        hdr.name.stamp = meta.now;
    }
    @hidden
    action refuse(bit<8> reason) {
        meta.name.decision = NameDecision.REFUSE;
        meta.name.reason = reason;
    }
    @hidden
    action rewrite() {
        hdr.ipv4.dst = meta.name.address;
        hdr.name.instance = meta.name.instance;
        hdr.name.flags = hdr.name.flags | FLAG_RESOLVED;
    }
    @hidden
    action rewrite_port() {
        hdr.udp.dst_port = meta.name.udp_port;
        meta.dst_port = meta.name.udp_port;
    }
    @hidden
    action hand_to_controller() {
        meta.verdict = Verdict.CONTROLLER;
        meta.packet_in_reason = PACKET_IN_NAME;
    }
    @hidden
    action drop_unanswerable() {
        meta.verdict = Verdict.DROP;
        meta.drop_reason = DropReason.UNANSWERABLE;
    }

    apply {
        if (hdr.name.flags & FLAG_RESOLVED == 0) {
            if (hdr.name.type == SERVICE_REQUEST) {
                stamp();
            }
            refuse_unless_found();
            fib.apply();
        }

        if (meta.name.decision == NameDecision.ECHO && hdr.name.type != ECHO_REQUEST) {
            // A switch answers for itself, and serves nothing.
            refuse(NO_INSTANCE);
        }
        if ((meta.name.decision == NameDecision.FORWARD || meta.name.decision == NameDecision.REWRITE)
            && hdr.name.hop_limit <= 1) {
            refuse(HOP_LIMIT);
        }

        if (meta.name.decision == NameDecision.CONTROLLER) {
            hand_to_controller();
        } else if (meta.name.decision == NameDecision.ECHO) {
            hdr.name.type = ECHO_REPLY;
            answer.apply(hdr);
        } else if (meta.name.decision == NameDecision.REFUSE) {
            if (hdr.name.type == SERVICE_REQUEST || hdr.name.type == ECHO_REQUEST) {
                nacks.count((bit<32>) meta.name.reason);
                hdr.name.type = NACK;
                hdr.name.reason = meta.name.reason;
                answer.apply(hdr);
            } else {
                drop_unanswerable();
            }
        } else {
            hdr.name.hop_limit = hdr.name.hop_limit - 1;
            if (meta.name.decision == NameDecision.REWRITE) {
                rewrite();
                if (meta.name.udp_port != 0) {
                    rewrite_port();
                }
            }
        }
    }
}
