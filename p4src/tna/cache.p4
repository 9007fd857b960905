// Key-value cache (docs/protocol.md section 3.8), as in v1model: an entry is known by its index and generation, a version
// says how new it is, and it becomes valid only by a reply to a request that this entry stamped.
//
// What v1model does in one pass of reads and writes is here, in this order, one access each:
//   entry_name_b, entry_name_a   generation, and a hash of the name that the entry's value comes under: 32 bits each
//   entry_version   generation and newest version seen in a reply; a reply learns whether it is at least as new
//   entry_valid     generation, and whether the blocks hold that version; `peek`, `clear` or `set`
//   entry_length    bytes of the value
//   word0 .. word15 the value, four bytes each
// Each of them compares the generation: a packet that finds another one opens a new, empty entry there.
//
// `kinds` says by the packet alone what it is to the entry, `turns` and `stores` what that makes of the two.
//
// Differs from v1model: of the name 64 bits of hashes are kept, all of which a request and the first of which (b) a reply must
// have, since the second is ready a stage later; a reply to what the entry stamped names it also if it proves to be older than what
// the entry has learned from others; values of up to 64 bytes are kept (16 words; 32 leave no stateful ALU for sketch and filter);
// replies with longer ones leave the entry invalid.

const bit<16> CACHE_BYTES_MAX = 64;

struct version_t {
    bit<32> generation;
    bit<32> version;
}

struct name_hash_t {
    bit<32> generation;
    bit<32> hash;
}

struct valid_t {
    bit<8> generation;
    bit<8> valid;
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

#define WORD(n, BLOCK, HIGH, LOW) \
    Register<bit<32>, bit<16>>(CACHE_ENTRIES) word##n; \
    RegisterAction<bit<32>, bit<16>, bit<32>>(word##n) write##n = { \
        void apply(inout bit<32> stored) { \
            stored = hdr.BLOCK.value[HIGH:LOW]; \
        } \
    }; \
    RegisterAction<bit<32>, bit<16>, bit<32>>(word##n) read##n = { \
        void apply(inout bit<32> stored, out bit<32> word) { \
            word = stored; \
        } \
    }; \
    @hidden action keep##n() { write##n.execute(meta.cache_index[15:0]); } \
    @hidden action give##n() { hdr.BLOCK.value[HIGH:LOW] = read##n.execute(meta.cache_index[15:0]); } \
    @hidden \
    table store##n { \
        key = { \
            meta.store: ternary; \
        } \
        actions = { \
            keep##n; \
            give##n; \
            @defaultonly NoAction; \
        } \
        const default_action = NoAction(); \
        const entries = { \
            CacheStore.KEEP: keep##n(); \
            CacheStore.GIVE: give##n(); \
        } \
        size = 2; \
    }

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

control Cache(inout headers_t hdr, inout metadata_t meta) {
    Counter<bit<32>, bit<32>>(CACHE_ENTRIES, CounterType_t.PACKETS) hits;

    Register<version_t, bit<16>>(CACHE_ENTRIES) entry_version;
    RegisterAction<version_t, bit<16>, bit<32>>(entry_version) open = {
        void apply(inout version_t entry, out bit<32> version) {
            if (entry.generation != (bit<32>) meta.generation) {
                entry.generation = (bit<32>) meta.generation;
                entry.version = 0;
            }
            version = entry.version;
        }
    };
    // A reply that is older than the entry changes nothing.
    RegisterAction<version_t, bit<16>, bit<8>>(entry_version) learn = {
        void apply(inout version_t entry, out bit<8> accepted) {
            accepted = 0;
            if (entry.generation != (bit<32>) meta.generation || entry.version <= hdr.kv.version) {
                entry.generation = (bit<32>) meta.generation;
                entry.version = hdr.kv.version;
                accepted = 1;
            }
        }
    };
    @hidden
    action open_entry() {
        meta.active = 1;
        meta.version = open.execute(meta.cache_index[15:0]);
    }
    @hidden
    action learn_version() {
        meta.active = 1;
        meta.accepted = learn.execute(meta.cache_index[15:0]);
    }

    Register<valid_t, bit<16>>(CACHE_ENTRIES) entry_valid;
    RegisterAction<valid_t, bit<16>, bit<8>>(entry_valid) peek = {
        void apply(inout valid_t entry, out bit<8> valid) {
            if (entry.generation != meta.generation) {
                entry.generation = meta.generation;
                entry.valid = 0;
            }
            valid = entry.valid;
        }
    };
    RegisterAction<valid_t, bit<16>, bit<8>>(entry_valid) clear = {
        void apply(inout valid_t entry, out bit<8> valid) {
            entry.generation = meta.generation;
            entry.valid = 0;
            valid = entry.valid;
        }
    };
    RegisterAction<valid_t, bit<16>, bit<8>>(entry_valid) set = {
        void apply(inout valid_t entry, out bit<8> valid) {
            entry.generation = meta.generation;
            entry.valid = 1;
            valid = entry.valid;
        }
    };
    @hidden
    action peek_entry() {
        meta.valid = peek.execute(meta.cache_index[15:0]);
    }
    @hidden
    action clear_entry() {
        meta.valid = clear.execute(meta.cache_index[15:0]);
    }
    @hidden
    action set_entry() {
        meta.valid = set.execute(meta.cache_index[15:0]);
    }
    @hidden
    table turns {
        key = {
            meta.active: ternary;
            meta.kind: ternary;
            meta.accepted: ternary;
            meta.generation_differs: ternary;
        }
        actions = {
            peek_entry;
            clear_entry;
            set_entry;
            @defaultonly NoAction;
        }
        const default_action = NoAction();
        const entries = {
            (1, CacheKind.WRITE, _, _): clear_entry();
            (1, CacheKind.UNKEPT, 1, _): clear_entry();
            (1, CacheKind.STAMPED, 1, 0): set_entry();
            (1, _, _, _): peek_entry();
        }
        size = 4;
    }

    @hidden
    action leave() {
    }
    @hidden
    action stamp() {
        hdr.kv.flags = hdr.kv.flags | KV_STAMPED;
        hdr.kv.generation = meta.generation;
    }
    @hidden
    action keep() {
        meta.store = CacheStore.KEEP;
    }
    @hidden
    action give() {
        meta.store = CacheStore.GIVE;
        hits.count(meta.cache_index);
        hdr.name.type = SERVICE_DATA;
        hdr.name.flags = hdr.name.flags | FLAG_RESOLVED;
        hdr.kv.op = KV_GET_REPLY;
        hdr.kv.flags = KV_CACHED;
        hdr.kv.status = KV_STATUS_OK;
        hdr.kv.version = meta.version;
        meta.answer = 1;
    }
    @hidden
    table stores {
        key = {
            meta.active: ternary;
            meta.kind: ternary;
            meta.accepted: ternary;
            meta.valid: ternary;
            meta.named_a: ternary;
            meta.named_b: ternary;
        }
        actions = {
            leave;
            stamp;
            keep;
            give;
        }
        const default_action = leave();
        const entries = {
            (1, CacheKind.GET, _, 1, 1, 1): give();
            (1, CacheKind.GET, _, _, _, _): stamp();
            (1, CacheKind.ASK, _, _, _, _): stamp();
            (1, CacheKind.WRITE, _, _, _, _): stamp();
            (1, CacheKind.VALUE, 1, 1, _, _): keep();
            (1, CacheKind.STAMPED, 1, 1, _, _): keep();
        }
        size = 8;
    }

    Register<bit<16>, bit<16>>(CACHE_ENTRIES) entry_length;
    RegisterAction<bit<16>, bit<16>, bit<16>>(entry_length) write_length = {
        void apply(inout bit<16> stored) {
            stored = hdr.kv.value_length;
        }
    };
    RegisterAction<bit<16>, bit<16>, bit<16>>(entry_length) read_length = {
        void apply(inout bit<16> stored, out bit<16> bytes) {
            bytes = stored;
        }
    };
    @hidden
    action keep_length() {
        write_length.execute(meta.cache_index[15:0]);
    }
    @hidden
    action give_length() {
        hdr.kv.value_length = read_length.execute(meta.cache_index[15:0]);
    }

    WORD(0, block0, 127, 96)
    WORD(1, block0, 95, 64)
    WORD(2, block0, 63, 32)
    WORD(3, block0, 31, 0)
    WORD(4, block1, 127, 96)
    WORD(5, block1, 95, 64)
    WORD(6, block1, 63, 32)
    WORD(7, block1, 31, 0)
    WORD(8, block2, 127, 96)
    WORD(9, block2, 95, 64)
    WORD(10, block2, 63, 32)
    WORD(11, block2, 31, 0)
    WORD(12, block3, 127, 96)
    WORD(13, block3, 95, 64)
    WORD(14, block3, 63, 32)
    WORD(15, block3, 31, 0)

    // Blocks that the answer has.
    @hidden
    action blocks0() {
    }
    @hidden
    action blocks1() {
        hdr.kv.blocks = 1;
        hdr.block0.setValid();
        hdr.udp.length = hdr.udp.length + 16;
        hdr.ipv4.total_length = hdr.ipv4.total_length + 16;
    }
    @hidden
    action blocks2() {
        hdr.kv.blocks = 2;
        hdr.block0.setValid();
        hdr.block1.setValid();
        hdr.udp.length = hdr.udp.length + 32;
        hdr.ipv4.total_length = hdr.ipv4.total_length + 32;
    }
    @hidden
    action blocks3() {
        hdr.kv.blocks = 3;
        hdr.block0.setValid();
        hdr.block1.setValid();
        hdr.block2.setValid();
        hdr.udp.length = hdr.udp.length + 48;
        hdr.ipv4.total_length = hdr.ipv4.total_length + 48;
    }
    @hidden
    action blocks4() {
        hdr.kv.blocks = 4;
        hdr.block0.setValid();
        hdr.block1.setValid();
        hdr.block2.setValid();
        hdr.block3.setValid();
        hdr.udp.length = hdr.udp.length + 64;
        hdr.ipv4.total_length = hdr.ipv4.total_length + 64;
    }
    @hidden
    table sizes {
        key = {
            hdr.kv.value_length: ternary;
        }
        actions = {
            blocks0;
            blocks1;
            blocks2;
            blocks3;
            blocks4;
            @defaultonly NoAction;
        }
        const default_action = NoAction();
        const entries = {
            0: blocks0();
            16: blocks1();
            0 &&& 0xfff0: blocks1();
            32: blocks2();
            16 &&& 0xfff0: blocks2();
            48: blocks3();
            32 &&& 0xfff0: blocks3();
            64: blocks4();
            48 &&& 0xfff0: blocks4();
        }
        size = 16;
    }

    apply {
        // Only what goes on: neither refused nor the controller's, nor a broadcast.
        if (meta.is_cached == 1 && meta.forwarded == 1) {
            if (meta.kind == CacheKind.UNKEPT || meta.kind == CacheKind.VALUE || meta.kind == CacheKind.STAMPED) {
                if (meta.named_b == 1) {
                    learn_version();
                }
            } else {
                open_entry();
            }
        }
        turns.apply();
        stores.apply();
        store0.apply();
        store1.apply();
        store2.apply();
        store3.apply();
        store4.apply();
        store5.apply();
        store6.apply();
        store7.apply();
        store8.apply();
        store9.apply();
        store10.apply();
        store11.apply();
        store12.apply();
        store13.apply();
        store14.apply();
        store15.apply();
        if (meta.store == CacheStore.KEEP) {
            keep_length();
        } else if (meta.store == CacheStore.GIVE) {
            give_length();
        }
        if (meta.store == CacheStore.GIVE) {
            sizes.apply();
        }
    }
}
