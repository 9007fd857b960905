// Names: which host answers for a name, and what the sender learns where none does. As in v1model, but for
//   - flows (`stick`): a flow's two names are 512 bits of state, more than a register array holds to a cell;
//   - splits: a version's digest in place of the destination's is another 256 bits of metadata, which only the profile
//     `strategy` has.

// The columns of policy in the entries of `outcomes` below.
#ifdef WITH_STRATEGY
#define OTHERWISE , _, _, _, _, _, _
#define UNLESS_LOST , _, _, _, _
#define LOOKUP meta.lookup
#elif defined(WITH_TAG)
#define OTHERWISE , _, _, _
#define UNLESS_LOST , _
#define LOOKUP hdr.digests.dst
#elif defined(WITH_POLICY)
#define OTHERWISE , _, _
#define UNLESS_LOST
#define LOOKUP hdr.digests.dst
#else
#define LOOKUP hdr.digests.dst
#define OTHERWISE
#endif

control Names(
    inout headers_t hdr,
    inout metadata_t meta,
    inout ingress_intrinsic_metadata_for_deparser_t ig_dprsr_md,
    inout ingress_intrinsic_metadata_for_tm_t ig_tm_md
) {
#ifdef WITH_STRATEGY
    Arrivals() clients;
    Breaker() breaker;
    Outstanding() outstanding;
    Consequences() consequences;
#endif
    DirectCounter<bit<64>>(CounterType_t.PACKETS_AND_BYTES) fib_counter;

    // A retransmission carries another attempt number and so may reach another instance.
    // Hashed a stage before, since what a selector hashes counts as match key, of which a table has 524 bits.
    Hash<bit<32>>(HashAlgorithm_t.CRC32) source_hash;
    Hash<bit<32>>(HashAlgorithm_t.CRC32) spread;
    ActionProfile(INSTANCES) instances;
    ActionSelector(instances, spread, SelectorMode_t.FAIR, INSTANCE_GROUP, INSTANCE_GROUPS) chosen;

    action to_instance(bit<16> instance, bit<32> address, bit<16> udp_port) {
        fib_counter.count();
        meta.decision = NameDecision.REWRITE;
        meta.instance = instance;
        meta.address = address;
        meta.udp_port = udp_port;
    }
    action to_host(bit<32> address) {
        fib_counter.count();
        meta.decision = NameDecision.REWRITE;
        meta.instance = hdr.name.instance;
        meta.address = address;
        meta.udp_port = 0;
    }
    action to_controller() {
        fib_counter.count();
        meta.decision = NameDecision.CONTROLLER;
    }
    action answer_echo() {
        fib_counter.count();
        meta.decision = NameDecision.ECHO;
    }
    action publish(bit<16> branches) {
        fib_counter.count();
        meta.decision = NameDecision.PUBLISH;
        meta.branches = branches;
    }
    action nack(bit<8> reason) {
        fib_counter.count();
        meta.decision = NameDecision.REFUSE;
        meta.reason = reason;
    }
    action not_found() {
        fib_counter.count();
        meta.decision = NameDecision.REFUSE;
        meta.reason = NO_ROUTE;
    }

    table fib {
        key = {
            LOOKUP: lpm @name("name");
            meta.spread: selector;
        }
        actions = {
            to_instance;
            to_host;
            to_controller;
            answer_echo;
            publish;
            nack;
            @defaultonly not_found;
        }
        const default_action = not_found();
        implementation = chosen;
        counters = fib_counter;
        size = FIB_ENTRIES;
    }

    @hidden
    action choose() {
        meta.spread = source_hash.get({ hdr.digests.src, hdr.name.request_id, hdr.name.attempt });
    }
    @hidden
    action stamp() {
        hdr.name.stamp = meta.now;
    }

    // What becomes of the packet is one look-up in `outcomes`: every condition on its own would cost a stage.

    @hidden
    action forward() {
        meta.forwarded = 1;
        hdr.name.hop_limit = hdr.name.hop_limit - 1;
    }
    @hidden
    action rewrite() {
        meta.forwarded = 1;
        hdr.name.hop_limit = hdr.name.hop_limit - 1;
        hdr.ipv4.dst = meta.address;
        hdr.name.instance = meta.instance;
        hdr.name.flags = hdr.name.flags | FLAG_RESOLVED;
    }
    @hidden
    action rewrite_with_port() {
        rewrite();
        hdr.udp.dst_port = meta.udp_port;
        meta.dst_port = meta.udp_port;
    }
    @hidden
    action echo() {
        hdr.name.type = ECHO_REPLY;
        hdr.name.flags = hdr.name.flags | FLAG_RESOLVED;
        meta.answer = 1;
    }
    // hdr.name.reason also says which Nack is counted.
    @hidden
    action refuse(bit<8> reason) {
        hdr.name.type = NACK;
        hdr.name.flags = hdr.name.flags | FLAG_RESOLVED;
        hdr.name.reason = reason;
        meta.answer = 1;
        meta.refused = 1;
    }
    @hidden
    action refuse_as_told() {
        hdr.name.type = NACK;
        hdr.name.flags = hdr.name.flags | FLAG_RESOLVED;
        hdr.name.reason = meta.reason;
        meta.answer = 1;
        meta.refused = 1;
    }
    // Whoever traces a route learns the switch.
    @hidden
    action refuse_hop() {
        refuse(HOP_LIMIT);
        hdr.name.instance = meta.switch_id;
    }
    @hidden
    action replicate() {
        ig_tm_md.mcast_grp_a = meta.branches;
        hdr.name.hop_limit = hdr.name.hop_limit - 1;
        hdr.ipv4.ttl = hdr.ipv4.ttl - 1;
        meta.verdict = Verdict.PORT;
    }
    @hidden
    action drop(DropReason reason) {
        meta.verdict = Verdict.DROP;
        meta.drop_reason = reason;
    }
    @hidden
    action hand_to_controller() {
        meta.verdict = Verdict.CONTROLLER;
        meta.packet_in_reason = PACKET_IN_NAME;
    }
    @hidden
    table outcomes {
        key = {
            meta.decision: ternary;
            hdr.name.type: ternary;
            hdr.name.hop_limit: ternary;
            hdr.ipv4.ttl: ternary;
            meta.udp_port: ternary;
            meta.reason: ternary;
#ifdef WITH_POLICY
            meta.denied: ternary;
            meta.rate_colour: ternary;
#endif
#ifdef WITH_TAG
            meta.barred: ternary;
#endif
#ifdef WITH_STRATEGY
            meta.dropped: ternary;
            meta.asked: ternary;
            meta.passes: ternary;
            meta.came_for: ternary;
#endif
        }
        actions = {
            forward;
            rewrite;
            rewrite_with_port;
            echo;
            refuse;
            refuse_as_told;
            refuse_hop;
            replicate;
            drop;
            hand_to_controller;
        }
        const default_action = drop(DropReason.UNANSWERABLE);
        const entries = {
#ifdef WITH_TAG
            (_, SERVICE_REQUEST, _, _, _, _, _, _, 1): refuse(DENIED);
            (_, ECHO_REQUEST, _, _, _, _, _, _, 1): refuse(DENIED);
            (_, _, _, _, _, _, _, _, 1): drop(DropReason.SOURCE_DENIED);
#endif
#ifdef WITH_POLICY
            (_, SERVICE_REQUEST, _, _, _, _, 1, _ UNLESS_LOST): refuse(DENIED);
            (_, ECHO_REQUEST, _, _, _, _, 1, _ UNLESS_LOST): refuse(DENIED);
            (_, _, _, _, _, _, 1, _ UNLESS_LOST): drop(DropReason.SOURCE_DENIED);
            (_, SERVICE_REQUEST, _, _, _, _, _, MeterColor_t.RED UNLESS_LOST): refuse(RATE_LIMITED);
            (_, ECHO_REQUEST, _, _, _, _, _, MeterColor_t.RED UNLESS_LOST): refuse(RATE_LIMITED);
            (_, _, _, _, _, _, _, MeterColor_t.RED UNLESS_LOST): drop(DropReason.UNANSWERABLE);
#endif
#ifdef WITH_STRATEGY
            (_, _, _, _, _, _, _, _, 1, _, _, _): drop(DropReason.FAULT_LOSS);
#endif
            (NameDecision.ECHO, ECHO_REQUEST, _, _, _, _ OTHERWISE): echo();
            (NameDecision.ECHO, SERVICE_REQUEST, _, _, _, _ OTHERWISE): refuse(NO_INSTANCE);
            (NameDecision.ECHO, _, _, _, _, _ OTHERWISE): drop(DropReason.UNANSWERABLE);
            (NameDecision.CONTROLLER, _, _, _, _, _ OTHERWISE): hand_to_controller();
            (NameDecision.REFUSE, SERVICE_REQUEST, _, _, _, _ OTHERWISE): refuse_as_told();
            (NameDecision.REFUSE, ECHO_REQUEST, _, _, _, _ OTHERWISE): refuse_as_told();
            (NameDecision.REFUSE, _, _, _, _, DENIED OTHERWISE): drop(DropReason.SOURCE_DENIED);
            (NameDecision.REFUSE, _, _, _, _, _ OTHERWISE): drop(DropReason.UNANSWERABLE);
            (_, SERVICE_REQUEST, 0 &&& 0xfe, _, _, _ OTHERWISE): refuse_hop();
            (_, ECHO_REQUEST, 0 &&& 0xfe, _, _, _ OTHERWISE): refuse_hop();
            (_, _, 0 &&& 0xfe, _, _, _ OTHERWISE): drop(DropReason.UNANSWERABLE);
            (NameDecision.FORWARD, _, _, _, _, _ OTHERWISE): forward();
#ifdef WITH_STRATEGY
            (NameDecision.REWRITE, SERVICE_REQUEST, _, _, _, _, _, _, _, 1, 0, _): refuse(BREAKER_OPEN);
            (NameDecision.REWRITE, SERVICE_REQUEST, _, _, _, _, _, _, _, _, _, Again.OVER): refuse(BREAKER_OPEN);
            (NameDecision.REWRITE, SERVICE_REQUEST, _, _, _, _, _, _, _, _, _, Again.OVER_AND_LOST): refuse(BREAKER_OPEN);
#endif
            (NameDecision.REWRITE, _, _, _, 0, _ OTHERWISE): rewrite();
            (NameDecision.REWRITE, _, _, _, _, _ OTHERWISE): rewrite_with_port();
            (NameDecision.PUBLISH, _, _, 0 &&& 0xfe, _, _ OTHERWISE): drop(DropReason.TTL_EXPIRED);
            (NameDecision.PUBLISH, _, _, _, _, _ OTHERWISE): replicate();
        }
        size = 32;
    }

    apply {
        choose();
        if (NAMED && hdr.name.flags & FLAG_RESOLVED == 0 && hdr.name.type == SERVICE_REQUEST) {
            stamp();
        }
        if (NAMED && hdr.name.flags & FLAG_RESOLVED == 0) {
            fib.apply();
        }
#ifdef WITH_STRATEGY
        clients.apply(hdr, meta);
        breaker.apply(hdr, meta);
        consequences.apply(hdr, meta, ig_dprsr_md);
        outstanding.apply(hdr, meta);
#endif
        if (NAMED && meta.verdict == Verdict.ROUTE) {
            outcomes.apply();
        }
    }
}
