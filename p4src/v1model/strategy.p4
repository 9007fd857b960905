// Forwarding strategy: what a controller lays down for a flow before the FIB is asked. A flow is {destination prefix,
// source prefix}, a mask over the digests, of several that match the one of highest priority.
//
//   acl       may it pass at all
//   limits    is it within its rate
//   mirrors   a share of its packets is copied to a mirror session, as they came in
//   faults    a share of them is answered with a Nack or lost, to see what its clients make of that
//   splits    which version of the service the FIB is asked for: by weight, by header tag
//
// A table without an entry for the packet changes nothing. Shares are hundredths of a per cent.

const bit<2> COLOUR_RED = 2;

control Strategy(inout headers_t hdr, inout metadata_t meta, inout standard_metadata_t standard_metadata) {
    direct_counter(CounterType.packets_and_bytes) acl_counter;
    meter<bit<32>>(RATES, MeterType.packets) rates;

    // Other inputs, in another order, than the FIB's selector has, or every version would see a part of its instances
    // only. A repeated request stays with its version.
    @max_group_size(256)
    action_selector(HashAlgorithm.crc32, VERSIONS, 32) versions;

    bit<16> draw;   // 0 to 9999

    action permit() {
    }
    action deny() {
        meta.name.decision = NameDecision.REFUSE;
        meta.name.reason = DENIED;
    }
    table acl {
        key = {
            hdr.digests.dst: ternary @name("dst");
            hdr.digests.src: ternary @name("src");
        }
        actions = {
            permit;
            deny;
        }
        counters = acl_counter;
        size = RULES;
    }

    action limit(bit<32> index) {
        rates.execute_meter(index, meta.strategy.colour);
    }
    table limits {
        key = {
            hdr.digests.dst: ternary @name("dst");
            hdr.digests.src: ternary @name("src");
        }
        actions = {
            limit;
        }
        size = RULES;
    }

    action mirror(bit<32> session, bit<16> share) {
        meta.strategy.session = session;
        meta.strategy.share = share;
    }
    table mirrors {
        key = {
            hdr.digests.dst: ternary @name("dst");
            hdr.digests.src: ternary @name("src");
        }
        actions = {
            mirror;
        }
        size = RULES;
    }

    action abort(bit<8> reason, bit<16> share) {
        meta.strategy.abort_reason = reason;
        meta.strategy.share = share;
    }
    action lose(bit<16> share) {
        meta.strategy.abort_reason = 0;
        meta.strategy.share = share;
    }
    table faults {
        key = {
            hdr.digests.dst: ternary @name("dst");
            hdr.digests.src: ternary @name("src");
            hdr.name.tag: ternary @name("tag");
        }
        actions = {
            abort;
            lose;
        }
        size = RULES;
    }

    action to_version(bit<256> name) {
        meta.name.lookup = name;
    }
    table splits {
        key = {
            hdr.digests.dst: ternary @name("dst");
            hdr.digests.src: ternary @name("src");
            hdr.name.tag: ternary @name("tag");
            hdr.name.request_id: selector;
            hdr.digests.src: selector;
        }
        actions = {
            to_version;
            permit;
        }
        implementation = versions;
        size = RULES;
    }

    @hidden
    action throw_dice() {
        random(draw, 16w0, 16w9999);
    }
    @hidden
    action copy() {
        clone(CloneType.I2E, meta.strategy.session);
    }
    @hidden
    action refuse(bit<8> reason) {
        meta.name.decision = NameDecision.REFUSE;
        meta.name.reason = reason;
    }
    @hidden
    action abort_now() {
        meta.name.decision = NameDecision.REFUSE;
        meta.name.reason = meta.strategy.abort_reason;
    }
    @hidden
    action lose_now() {
        meta.verdict = Verdict.DROP;
        meta.drop_reason = DropReason.FAULT_LOSS;
    }

    apply {
        acl.apply();
        if (meta.name.decision != NameDecision.REFUSE && meta.name.pinned == 0) {
            if (limits.apply().hit && meta.strategy.colour == COLOUR_RED) {
                refuse(RATE_LIMITED);
            } else {
                // A copy is what came in; of what the controller sends that would begin with its packet-out header.
                if (meta.trusted == 0 && mirrors.apply().hit) {
                    throw_dice();
                    if (draw < meta.strategy.share) {
                        copy();
                    }
                }
                if (faults.apply().hit) {
                    throw_dice();
                    if (draw < meta.strategy.share) {
                        if (meta.strategy.abort_reason == 0) {
                            lose_now();
                        } else {
                            abort_now();
                        }
                    }
                }
                splits.apply();
            }
        }
    }
}
