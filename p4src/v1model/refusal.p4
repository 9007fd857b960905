// What a switch answers by itself where a named packet has gone far enough: an EchoReply from the switch's own name, or
// a Nack. A request that cannot go on is turned round with its text and payload, so the sender knows at once; an answer
// is dropped, or two switches could answer each other for ever. Nacks have a rate per port of arrival, so a flood of
// requests for nothing makes no flood of Nacks; what is over it is dropped. All of it counts.

control Refusal(inout headers_t hdr, inout metadata_t meta) {
    Answer() answer;

    @name(".ingress.names.nacks") counter<bit<32>>(NACK_REASONS, CounterType.packets) nacks;
    // By port of arrival. Without a configuration, none is over.
    @name(".ingress.names.nack_rates") meter<bit<32>>(EDGE_PORTS, MeterType.packets) nack_rates;

    @hidden
    action drop(DropReason reason) {
        meta.verdict = Verdict.DROP;
        meta.drop_reason = reason;
    }
    @hidden
    action measure() {
        nack_rates.execute_meter((bit<32>) meta.ingress_port, meta.name.colour);
    }
    @hidden
    action to_nack() {
        hdr.name.type = NACK;
        hdr.name.reason = meta.name.reason;
    }
    // Whoever traces a route learns the switch.
    @hidden
    action sign() {
        hdr.name.instance = meta.switch_id;
    }

    apply {
        if (meta.name.decision == NameDecision.ECHO) {
            hdr.name.type = ECHO_REPLY;
            answer.apply(hdr);
        } else if (hdr.name.type == SERVICE_REQUEST || hdr.name.type == ECHO_REQUEST) {
            measure();
            if (meta.name.colour == COLOUR_RED) {
                drop(DropReason.NACK_OVER_RATE);
            } else {
                nacks.count((bit<32>) meta.name.reason);
                to_nack();
                if (meta.name.reason == HOP_LIMIT) {
                    sign();
                }
                answer.apply(hdr);
            }
        } else if (meta.name.reason == DENIED) {
            drop(DropReason.SOURCE_DENIED);
        } else {
            drop(DropReason.UNANSWERABLE);
        }
    }
}
