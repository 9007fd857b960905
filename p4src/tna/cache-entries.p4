// What can be said of a packet to the key-value cache (cache.p4) before its own name has been looked up: its entry, what it
// is to it, and whether it comes under the name of the entry's value.
//
// Differs from v1model: the name is known by two hashes of 32 bits, since 256 bits would be eight registers.

const bit<16> CACHE_BYTES_MAX = 64;

struct name_hash_t {
    bit<32> generation;
    bit<32> hash;
}

// The first reply to what an entry stamped names it; another name's replies teach it nothing, and its requests are not answered.
#define ENTRY_NAME(x) \
    Register<name_hash_t, bit<16>>(CACHE_ENTRIES) entry_name_##x; \
    RegisterAction<name_hash_t, bit<16>, bit<8>>(entry_name_##x) claim_##x = { \
        void apply(inout name_hash_t entry, out bit<8> named) { \
            named = 0; \
            if (entry.generation != (bit<32>) meta.generation || entry.hash == meta.name_##x) { \
                entry.generation = (bit<32>) meta.generation; \
                entry.hash = meta.name_##x; \
                named = 1; \
            } \
        } \
    }; \
    RegisterAction<name_hash_t, bit<16>, bit<8>>(entry_name_##x) admit_##x = { \
        void apply(inout name_hash_t entry, out bit<8> named) { \
            named = 0; \
            if (entry.generation != (bit<32>) meta.generation || entry.hash == meta.name_##x) { \
                named = 1; \
            } \
        } \
    }; \
    RegisterAction<name_hash_t, bit<16>, bit<8>>(entry_name_##x) compare_##x = { \
        void apply(inout name_hash_t entry, out bit<8> named) { \
            named = 0; \
            if (entry.generation == (bit<32>) meta.generation && entry.hash == meta.name_##x) { \
                named = 1; \
            } \
        } \
    }; \
    @hidden action claim_name_##x() { meta.named_##x = claim_##x.execute(meta.cache_index[15:0]); } \
    @hidden action admit_name_##x() { meta.named_##x = admit_##x.execute(meta.cache_index[15:0]); } \
    @hidden action compare_name_##x() { meta.named_##x = compare_##x.execute(meta.cache_index[15:0]); }

#define VALUE_BYTES(n, BYTES, MASK) \
    (SERVICE_DATA, KV_GET_REPLY, KV_STAMPED &&& 0x05, KV_STATUS_OK, n, BYTES &&& MASK): kind(CacheKind.STAMPED); \
    (SERVICE_DATA, KV_PUT_REPLY, KV_STAMPED &&& 0x05, KV_STATUS_OK, n, BYTES &&& MASK): kind(CacheKind.STAMPED); \
    (SERVICE_DATA, KV_GET_REPLY, 0 &&& KV_LARGE, KV_STATUS_OK, n, BYTES &&& MASK): kind(CacheKind.VALUE); \
    (SERVICE_DATA, KV_PUT_REPLY, 0 &&& KV_LARGE, KV_STATUS_OK, n, BYTES &&& MASK): kind(CacheKind.VALUE);

#define OTHER_BYTES(n, BYTES) \
    (SERVICE_DATA, KV_GET_REPLY, _, _, n, BYTES): kind(CacheKind.UNKEPT); \
    (SERVICE_DATA, KV_PUT_REPLY, _, _, n, BYTES): kind(CacheKind.UNKEPT);

// What can be said of the packet before its name has been looked up: its entry, and what it is to it.
control CacheEntries(inout headers_t hdr, inout metadata_t meta) {
    @name(".ingress.cache.cached") action cached(bit<32> index, bit<8> generation) {
        meta.cache_index = index;
        meta.generation = generation;
        // 0 where the packet was stamped by this entry.
        meta.generation_differs = hdr.kv.generation ^ generation;
        meta.is_cached = 1;
    }
    @name(".ingress.cache.keys")
    table keys {
        key = {
            hdr.kv.key: exact;
        }
        actions = {
            cached;
        }
        size = CACHE_ENTRIES;
    }

    @hidden
    action kind(CacheKind what) {
        meta.kind = what;
    }
    @hidden
    table kinds {
        key = {
            hdr.name.type: ternary;
            hdr.kv.op: ternary;
            hdr.kv.flags: ternary;
            hdr.kv.status: ternary;
            hdr.kv.blocks: ternary;
            hdr.kv.value_length: ternary;
        }
        actions = {
            kind;
        }
        const default_action = kind(CacheKind.NONE);
        const entries = {
            (SERVICE_REQUEST, KV_GET, _, _, 0, _): kind(CacheKind.GET);
            (SERVICE_REQUEST, KV_GET, _, _, _, _): kind(CacheKind.ASK);
            (SERVICE_REQUEST, _, _, _, _, _): kind(CacheKind.WRITE);
            (SERVICE_DATA, _, KV_CACHED &&& KV_CACHED, _, _, _): kind(CacheKind.NONE);
            // 1 to 16 bytes stand in one block, 17 to 32 in two, 33 to 48 in three, 49 to 64 in four.
            VALUE_BYTES(0, 0, 0xffff)
            VALUE_BYTES(1, 16, 0xffff)
            OTHER_BYTES(1, 0)
            VALUE_BYTES(1, 0, 0xfff0)
            VALUE_BYTES(2, 32, 0xffff)
            OTHER_BYTES(2, 16)
            VALUE_BYTES(2, 16, 0xfff0)
            VALUE_BYTES(3, 48, 0xffff)
            OTHER_BYTES(3, 32)
            VALUE_BYTES(3, 32, 0xfff0)
            VALUE_BYTES(4, CACHE_BYTES_MAX, 0xffff)
            OTHER_BYTES(4, 48)
            VALUE_BYTES(4, 48, 0xfff0)
            (SERVICE_DATA, KV_GET_REPLY, _, _, _, _): kind(CacheKind.UNKEPT);
            (SERVICE_DATA, KV_PUT_REPLY, _, _, _, _): kind(CacheKind.UNKEPT);
            (SERVICE_DATA, KV_DELETE_REPLY, _, _, _, _): kind(CacheKind.UNKEPT);
        }
        size = 64;
    }

    Hash<bit<32>>(HashAlgorithm_t.CRC32) src_hash_a;
    Hash<bit<32>>(HashAlgorithm_t.CRC32) dst_hash_a;
    CRCPolynomial<bit<32>>(0x1EDC6F41, true, false, false, 0xFFFFFFFF, 0xFFFFFFFF) castagnoli;
    Hash<bit<32>>(HashAlgorithm_t.CUSTOM, castagnoli) src_hash_b;
    Hash<bit<32>>(HashAlgorithm_t.CUSTOM, castagnoli) dst_hash_b;
    @hidden
    action hash_source_a() {
        meta.name_a = src_hash_a.get({ hdr.digests.src });
    }
    @hidden
    action hash_source_b() {
        meta.name_b = src_hash_b.get({ hdr.digests.src });
    }
    @hidden
    action hash_destination_a() {
        meta.name_a = dst_hash_a.get({ hdr.digests.dst });
    }
    @hidden
    action hash_destination_b() {
        meta.name_b = dst_hash_b.get({ hdr.digests.dst });
    }

    ENTRY_NAME(a)
    ENTRY_NAME(b)

    apply {
        if (hdr.kv.isValid()) {
            keys.apply();
        }
        if (hdr.kv.isValid()) {
            kinds.apply();
        }
        if (hdr.name.type == SERVICE_DATA) {
            hash_source_a();
        } else {
            hash_destination_a();
        }
        if (hdr.name.type == SERVICE_DATA) {
            hash_source_b();
        } else {
            hash_destination_b();
        }
        if (meta.is_cached == 1) {
            if (meta.kind == CacheKind.STAMPED && meta.generation_differs == 0) {
                claim_name_a();
                claim_name_b();
            } else if (meta.kind == CacheKind.UNKEPT || meta.kind == CacheKind.VALUE
                       || meta.kind == CacheKind.STAMPED) {
                admit_name_a();
                admit_name_b();
            } else {
                compare_name_a();
                compare_name_b();
            }
        }
    }
}
