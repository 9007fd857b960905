// Which keys are asked for most: a count-min sketch of 4 rows, and a Bloom filter so that each hot key is reported
// once per epoch.
//
// An epoch is 2^20 microseconds. Every cell carries the epoch it was written in, so sketch and filter clear
// themselves: what another epoch left counts as nothing.
//
// The key is a keyed digest, uniform over its 128 bits. Seven disjoint slices of it are seven independent hashes.

struct hot_key_t {
    bit<128> key;
    bit<16> count;
}

// The estimate is the smallest of the rows.
#define COUNT_ROW(n, HIGH, LOW) \
    @hidden action count_row##n() { \
        bit<32> slot = (bit<32>) hdr.kv.key[HIGH:LOW]; \
        bit<32> stored; \
        row##n.read(stored, slot); \
        if (stored[31:16] != epoch) { stored = epoch ++ 16w0; } \
        if (stored[15:0] != 0xffff) { stored = stored + 1; } \
        row##n.write(slot, stored); \
        if (stored[15:0] < estimate) { estimate = stored[15:0]; } \
    }

#define MARK_BLOOM(n, HIGH, LOW) \
    @hidden action mark_bloom##n() { \
        bit<32> slot = (bit<32>) hdr.kv.key[HIGH:LOW]; \
        bit<16> stored; \
        bloom##n.read(stored, slot); \
        if (stored != epoch) { known = 0; } \
        bloom##n.write(slot, epoch); \
    }

control HotKeys(in headers_t hdr, inout metadata_t meta, in standard_metadata_t standard_metadata) {
    // Epoch (16 bits) and count (16 bits) in each.
    register<bit<32>, bit<32>>(SKETCH_ROW) row0;
    register<bit<32>, bit<32>>(SKETCH_ROW) row1;
    register<bit<32>, bit<32>>(SKETCH_ROW) row2;
    register<bit<32>, bit<32>>(SKETCH_ROW) row3;
    // Epoch of the last report.
    register<bit<16>, bit<32>>(BLOOM_ROW) bloom0;
    register<bit<16>, bit<32>>(BLOOM_ROW) bloom1;
    register<bit<16>, bit<32>>(BLOOM_ROW) bloom2;

    bit<16> epoch;
    bit<16> estimate;
    bit<1> known;

    @hidden
    action begin() {
        // From 1, so that cells nobody has written are of no epoch.
        epoch = standard_metadata.ingress_global_timestamp[35:20] + 1;
        estimate = 0xffff;
        known = 1;
    }
    COUNT_ROW(0, 15, 0)
    COUNT_ROW(1, 31, 16)
    COUNT_ROW(2, 47, 32)
    COUNT_ROW(3, 63, 48)
    MARK_BLOOM(0, 81, 64)
    MARK_BLOOM(1, 99, 82)
    MARK_BLOOM(2, 117, 100)
    @hidden
    action report() {
        digest<hot_key_t>(1, { hdr.kv.key, estimate });
    }

    apply {
        begin();
        count_row0();
        count_row1();
        count_row2();
        count_row3();
        if (estimate >= meta.cache.threshold) {
            mark_bloom0();
            mark_bloom1();
            mark_bloom2();
            if (known == 0) {
                report();
            }
        }
    }
}
