// What a switch answers by itself where a named packet has gone far enough: an EchoReply from the switch's own name, or
// a Nack; names.p4 has decided which. A Nack over its port's rate is dropped.
//
// Differs from v1model: the packet is turned round while the meter is asked, and dropped a stage later if it was too much.

control Refusal(inout headers_t hdr, inout metadata_t meta) {
    Answer() answer;

    @name(".ingress.names.nacks") Counter<bit<32>, bit<8>>(NACK_REASONS, CounterType_t.PACKETS) nacks;
    @name(".ingress.names.nack_rates") Meter<bit<9>>(EDGE_PORTS, MeterType_t.PACKETS) nack_rates;

    @hidden
    action measure() {
        meta.colour = nack_rates.execute(meta.ingress_port);
    }
    @hidden
    action count() {
        nacks.count(hdr.name.reason);
    }
    @hidden
    action drop() {
        meta.verdict = Verdict.DROP;
        meta.drop_reason = DropReason.NACK_OVER_RATE;
    }

    apply {
        if (meta.refused == 1) {
            measure();
        }
        if (meta.answer == 1) {
            answer.apply(hdr);
        }
        if (meta.refused == 1) {
            if (meta.colour == MeterColor_t.RED) {
                drop();
            } else {
                count();
            }
        }
    }
}
