// Which keys are asked for most: a count-min sketch of 4 rows, and a Bloom filter so that each hot key is reported once
// per epoch, as in v1model: the same slices of the key, the same cells of epoch and count.
//
// Differs from v1model: an epoch is 2^20 units of 1,024 ns; a count of 0xffff stays by saturation.

struct hot_key_t {
    bit<128> key;
    bit<16> count;
}

const DigestType_t HOT_KEY_DIGEST = 1;

struct count_t {
    bit<16> epoch;
    bit<16> count;
}

#define SKETCH(n, HIGH, LOW) \
    Register<count_t, bit<16>>(SKETCH_ROW) row##n; \
    RegisterAction<count_t, bit<16>, bit<16>>(row##n) count##n = { \
        void apply(inout count_t cell, out bit<16> count) { \
            if (cell.epoch != meta.epoch) { \
                cell.count = 1; \
            } else { \
                cell.count = cell.count |+| 1; \
            } \
            cell.epoch = meta.epoch; \
            count = cell.count; \
        } \
    }; \
    @hidden action count_row##n() { meta.count##n = count##n.execute(hdr.kv.key[HIGH:LOW]); }

#define BLOOM(n, HIGH, LOW) \
    Register<bit<16>, bit<16>>(BLOOM_ROW) bloom##n; \
    RegisterAction<bit<16>, bit<16>, bit<8>>(bloom##n) mark##n = { \
        void apply(inout bit<16> epoch, out bit<8> fresh) { \
            fresh = 0; \
            if (epoch != meta.epoch) { \
                fresh = 1; \
            } \
            epoch = meta.epoch; \
        } \
    }; \
    @hidden action mark_bloom##n() { meta.fresh##n = mark##n.execute(hdr.kv.key[HIGH:LOW]); }

// What is watched, before the name has been looked up.
control WatchedServices(
    inout headers_t hdr,
    inout metadata_t meta,
    in ingress_intrinsic_metadata_from_parser_t ig_prsr_md
) {
    @name(".ingress.cache.watch") action watch(bit<16> threshold) {
        meta.threshold = threshold;
        meta.watched = 1;
    }
    @name(".ingress.cache.services")
    table services {
        key = {
            hdr.digests.dst: lpm @name("name");
        }
        actions = {
            watch;
        }
        size = CACHE_SERVICES;
    }

    Hash<bit<16>>(HashAlgorithm_t.IDENTITY) epoch_of;
    @hidden
    action begin() {
        meta.epoch = epoch_of.get({ ig_prsr_md.global_tstamp[45:30] });
    }
    // From 1, so that cells nobody has written are of no epoch.
    @hidden
    action from_one() {
        meta.epoch = meta.epoch + 1;
    }

    apply {
        begin();
        from_one();
        if (hdr.kv.isValid()) {
            services.apply();
        }
    }
}

control HotKeys(
    inout headers_t hdr,
    inout metadata_t meta,
    inout ingress_intrinsic_metadata_for_deparser_t ig_dprsr_md
) {
    SKETCH(0, 15, 0)
    SKETCH(1, 31, 16)
    SKETCH(2, 47, 32)
    SKETCH(3, 63, 48)
    BLOOM(0, 79, 64)
    BLOOM(1, 97, 82)
    BLOOM(2, 115, 100)

    @hidden
    action lesser() {
        meta.count0 = min(meta.count0, meta.count1);
        meta.count2 = min(meta.count2, meta.count3);
    }
    @hidden
    action least() {
        meta.count0 = min(meta.count0, meta.count2);
    }
    // 0 where the estimate reaches the threshold.
    @hidden
    action compare() {
        meta.threshold = meta.threshold |-| meta.count0;
    }
    @hidden
    action report() {
        ig_dprsr_md.digest_type = HOT_KEY_DIGEST;
    }
    @hidden
    action ask() {
        meta.counted = 1;
    }

    apply {
        if (meta.watched == 1 && meta.is_cached == 0 && meta.forwarded == 1
            && (meta.kind == CacheKind.GET || meta.kind == CacheKind.ASK)) {
            ask();
        }
        if (meta.counted == 1) { count_row0(); }
        if (meta.counted == 1) { count_row1(); }
        if (meta.counted == 1) { count_row2(); }
        if (meta.counted == 1) { count_row3(); }
        lesser();
        least();
        compare();
        if (meta.counted == 1 && meta.threshold == 0) {
            mark_bloom0();
            mark_bloom1();
            mark_bloom2();
        }
        if (meta.fresh0 == 1 || meta.fresh1 == 1 || meta.fresh2 == 1) {
            report();
        }
    }
}
