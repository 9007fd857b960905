// Forwarding strategy: access rules and rates, and in the profile `strategy` mirrors, faults and splits, as in v1model. A flow
// is {destination prefix, source prefix}; the two digests are 512 bits of key, so a rule takes a row of twelve TCAMs.
//
// Differs from v1model: all tables are asked at the same time, and `outcomes` (names.p4) makes of their answers what v1model
// does one after another. So the FIB counts a packet that is then refused. Where there are splits, packets that match an
// access rule are not counted: all actions of a table with a direct counter count, and `permit` is one of both tables.

#ifdef WITH_STRATEGY
const MirrorType_t MIRROR_COPY = 1;
const ResubmitType_t SECOND_PASS = 1;
// A table's key has 524 bits, and what its selector hashes counts: of the source's eighth component splits look at 20 bits of 32.
const bit<256> SPLIT_SOURCE = 256w0xfffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff000;
#endif

#ifdef WITH_TAG
#define ALLOWED meta.denied == 0 && meta.barred == 0
#else
#define ALLOWED meta.denied == 0
#endif

control Strategy(inout headers_t hdr, inout metadata_t meta) {
#ifdef WITH_RULES
    Meter<bit<10>>(RATES, MeterType_t.PACKETS) rates;
#endif

#ifdef WITH_STRATEGY
#define COUNT_RULE
#define FIRST_PASS && meta.came_for == Again.NONE
#else
#define FIRST_PASS
    DirectCounter<bit<64>>(CounterType_t.PACKETS_AND_BYTES) acl_counter;
#define COUNT_RULE acl_counter.count();
#endif

    action permit() {
        COUNT_RULE
    }
#ifdef WITH_RULES
    action deny() {
        COUNT_RULE
        meta.denied = 1;
    }
#endif
#ifdef WITH_RULES
    table acl {
        key = {
            hdr.digests.dst: ternary @name("dst");
            hdr.digests.src: ternary @name("src");
        }
        actions = {
            permit;
            deny;
        }
#ifndef WITH_STRATEGY
        counters = acl_counter;
#endif
        size = RULES;
    }

    action limit(bit<32> index) {
        meta.rate_colour = rates.execute(index[9:0]);
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
#endif

#ifdef WITH_STRATEGY
    Dice() mirror_dice;
    Dice() fault_dice;

    // Other inputs than the FIB's selector has, as in v1model.
    Hash<bit<16>>(HashAlgorithm_t.CRC16) version_hash;
    Hash<bit<32>>(HashAlgorithm_t.CRC32) version_spread;
    ActionProfile(VERSIONS) versions;
    ActionSelector(versions, version_spread, SelectorMode_t.FAIR, VERSION_GROUP, VERSION_GROUPS) chosen;

    action mirror(bit<32> session, bit<16> share) {
        meta.session = (MirrorId_t) session;
        meta.mirror_share = share;
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
        meta.fault_reason = reason;
        meta.fault_share = share;
    }
    action lose(bit<16> share) {
        meta.fault_share = share;
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
        meta.lookup = name;
    }
    table splits {
        key = {
            hdr.digests.dst: ternary @name("dst");
            hdr.digests.src & SPLIT_SOURCE: ternary @name("src");
            hdr.name.tag: ternary @name("tag");
            meta.version_spread: selector;
        }
        actions = {
            to_version;
            permit;
        }
        implementation = chosen;
        size = RULES;
    }

    @hidden
    action choose_version() {
        meta.version_spread = version_hash.get({ hdr.name.request_id, hdr.digests.src });
    }
    // A share holds the packet if anything is left of it above the face thrown.
    @hidden
    action hold_mirror() {
        meta.mirror_share = meta.mirror_share |-| meta.mirror_dice;
    }
    @hidden
    action hold_fault() {
        meta.fault_share = meta.fault_share |-| meta.fault_dice;
    }
#endif

    apply {
#ifdef WITH_STRATEGY
        choose_version();
        mirror_dice.apply(meta.mirror_dice);
        fault_dice.apply(meta.fault_dice);
        // Asked of all, heeded where the FIB is asked: what has to wait for a condition comes a stage later.
        if (hdr.name.isValid()) {
            splits.apply();
        }
        // A second pass has been through the rest.
        if (hdr.name.isValid() && meta.came_for == Again.NONE) {
            faults.apply();
            mirrors.apply();
        }
        hold_mirror();
        hold_fault();
#endif
#ifdef WITH_RULES
        if (NAMED && (hdr.name.flags & FLAG_RESOLVED == 0 || meta.pinned == 1)) {
            acl.apply();
        }
        if (NAMED && hdr.name.flags & FLAG_RESOLVED == 0 && ALLOWED FIRST_PASS) {
            limits.apply();
        }
#endif
    }
}

#ifdef WITH_STRATEGY
// What mirrors and faults come to, when the FIB has been asked.
control Consequences(
    inout headers_t hdr,
    inout metadata_t meta,
    inout ingress_intrinsic_metadata_for_deparser_t ig_dprsr_md
) {
    @hidden
    action copy() {
        ig_dprsr_md.mirror_type = MIRROR_COPY;
        meta.copy_kind = (bit<8>) BridgeKind.MIRRORED;
    }
    @hidden
    action abort_now() {
        meta.decision = NameDecision.REFUSE;
        meta.reason = meta.fault_reason;
    }
    @hidden
    action lose_now() {
        meta.dropped = 1;
    }

    apply {
        if (meta.verdict == Verdict.ROUTE && hdr.name.flags & FLAG_RESOLVED == 0 && meta.trusted == 0 && meta.denied == 0 && meta.rate_colour != MeterColor_t.RED && meta.mirror_share != 0) {
            copy();
        }
        if (hdr.name.flags & FLAG_RESOLVED == 0 && meta.fault_share != 0) {
            if (meta.fault_reason == 0) {
                lose_now();
            } else {
                abort_now();
            }
        }
    }
}
#endif
