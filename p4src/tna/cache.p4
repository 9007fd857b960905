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

struct version_t {
    bit<32> generation;
    bit<32> version;
}

struct valid_t {
    bit<8> generation;
    bit<8> valid;
}

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
