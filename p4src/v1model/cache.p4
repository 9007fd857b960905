// Key-value cache (docs/protocol.md section 3.8): stands where all packets of the keys' servers pass, answers GETs and
// keeps what it answers coherent.
//
// An entry is known by its index and generation. A packet that finds another generation in the register opens a new,
// empty entry there; so the controller evicts and installs by table entries alone, with another generation each time.
//
// What an entry knows is a version: the newest it has seen any reply of the server carry. It becomes valid only by a
// reply to a request that this very entry stamped: such a reply was made after the entry came to stand, so no write
// acknowledged before is newer, and a write acknowledged later passes here with its own version.
//
// A switch cannot tell whether a packet's key is that of the name it goes by. What an entry serves, and what it learns
// once it holds a value, goes by the name the value's server answered under: by that name access was decided, and that
// name the server's port was granted.
//
// The registers are read and written in the order generation, version, validity, name, length, blocks, each once.

#define BLOCK_REGISTER(n) register<bit<128>, bit<32>>(CACHE_ENTRIES) block##n;

#define KEEP_BLOCK(n) \
    @hidden action keep_block##n() { \
        block##n.write(meta.cache.index, hdr.kv_blocks[n].value); \
    }

#define GIVE_BLOCK(n) \
    @hidden action give_block##n() { \
        hdr.kv_blocks[n].setValid(); \
        block##n.read(hdr.kv_blocks[n].value, meta.cache.index); \
        hash(part, HashAlgorithm.csum16, 16w0, hdr.kv_blocks[n], CSUM16_RANGE); \
        meta.checksum_delta = meta.checksum_delta + (bit<32>) ~part; \
    }

control Cache(inout headers_t hdr, inout metadata_t meta, in standard_metadata_t standard_metadata) {
    Answer() answer;
    HotKeys() hot_keys;

    counter<bit<32>>(CACHE_ENTRIES, CounterType.packets) hits;

    register<bit<8>, bit<32>>(CACHE_ENTRIES) entry_generation;
    register<bit<32>, bit<32>>(CACHE_ENTRIES) entry_version;
    register<bit<8>, bit<32>>(CACHE_ENTRIES) entry_valid;
    // Digest of the name the value belongs to, 0 while the entry has held none.
    register<bit<256>, bit<32>>(CACHE_ENTRIES) entry_name;
    register<bit<16>, bit<32>>(CACHE_ENTRIES) entry_length;
    BLOCK_REGISTER(0)
    BLOCK_REGISTER(1)
    BLOCK_REGISTER(2)
    BLOCK_REGISTER(3)
    BLOCK_REGISTER(4)
    BLOCK_REGISTER(5)
    BLOCK_REGISTER(6)
    BLOCK_REGISTER(7)

    bit<32> version;
    bit<8> valid;
    bit<256> name;
    bit<16> part;

    action cached(bit<32> index, bit<8> generation) {
        meta.cache.index = index;
        meta.cache.generation = generation;
    }
    table keys {
        key = {
            hdr.kv.key: exact;
        }
        actions = {
            cached;
        }
        size = CACHE_ENTRIES;
    }

    action watch(bit<16> threshold) {
        meta.cache.threshold = threshold;
    }
    table services {
        key = {
            hdr.digests.dst: lpm @name("name");
        }
        actions = {
            watch;
        }
        size = CACHE_SERVICES;
    }

    @hidden
    action open_entry() {
        bit<8> generation;
        entry_generation.read(generation, meta.cache.index);
        entry_generation.write(meta.cache.index, meta.cache.generation);
        entry_version.read(version, meta.cache.index);
        entry_valid.read(valid, meta.cache.index);
        entry_name.read(name, meta.cache.index);
        if (generation != meta.cache.generation) {
            version = 0;
            valid = 0;
            name = 0;
        }
    }
    @hidden
    action close_entry() {
        entry_version.write(meta.cache.index, version);
        entry_valid.write(meta.cache.index, valid);
        entry_name.write(meta.cache.index, name);
    }

    @hidden
    action stamp() {
        hdr.kv.flags = hdr.kv.flags | KV_STAMPED;
        hdr.kv.generation = meta.cache.generation;
    }
    @hidden
    action invalidate() {
        valid = 0;
    }
    @hidden
    action learn_version() {
        version = hdr.kv.version;
    }
    @hidden
    action validate() {
        valid = 1;
        name = hdr.digests.src;
        entry_length.write(meta.cache.index, hdr.kv.value_length);
    }
    KEEP_BLOCK(0)
    KEEP_BLOCK(1)
    KEEP_BLOCK(2)
    KEEP_BLOCK(3)
    KEEP_BLOCK(4)
    KEEP_BLOCK(5)
    KEEP_BLOCK(6)
    KEEP_BLOCK(7)

    @hidden
    action reply() {
        hdr.name.type = SERVICE_DATA;
        hdr.kv.op = KV_GET_REPLY;
        hdr.kv.flags = KV_CACHED;
        hdr.kv.status = KV_STATUS_OK;
        hdr.kv.version = version;
        entry_length.read(hdr.kv.value_length, meta.cache.index);
        hdr.kv.blocks = (bit<8>) ((hdr.kv.value_length + 15) >> 4);
    }
    @hidden
    action lengthen() {
        bit<16> bytes = (bit<16>) hdr.kv.blocks << 4;
        hdr.udp.length = hdr.udp.length + bytes;
        hdr.ipv4.total_length = hdr.ipv4.total_length + bytes;
    }
    GIVE_BLOCK(0)
    GIVE_BLOCK(1)
    GIVE_BLOCK(2)
    GIVE_BLOCK(3)
    GIVE_BLOCK(4)
    GIVE_BLOCK(5)
    GIVE_BLOCK(6)
    GIVE_BLOCK(7)

    apply {
        if (keys.apply().hit) {
            open_entry();
            if (hdr.name.type == SERVICE_REQUEST) {
                if (hdr.kv.op == KV_GET && hdr.kv.blocks == 0 && valid == 1
                    && name == hdr.digests.dst) {
                    hits.count(meta.cache.index);
                    reply();
                    if (hdr.kv.blocks >= 1) {
                        lengthen();
                        give_block0();
                        if (hdr.kv.blocks >= 2) { give_block1(); }
                        if (hdr.kv.blocks >= 3) { give_block2(); }
                        if (hdr.kv.blocks >= 4) { give_block3(); }
                        if (hdr.kv.blocks >= 5) { give_block4(); }
                        if (hdr.kv.blocks >= 6) { give_block5(); }
                        if (hdr.kv.blocks >= 7) { give_block6(); }
                        if (hdr.kv.blocks >= 8) { give_block7(); }
                    }
                    answer.apply(hdr);
                } else {
                    // Whatever does not merely read may write.
                    if (hdr.kv.op != KV_GET) {
                        invalidate();
                    }
                    stamp();
                }
            } else if (hdr.name.type == SERVICE_DATA && hdr.kv.flags & KV_CACHED == 0
                && (hdr.kv.op == KV_GET_REPLY || hdr.kv.op == KV_PUT_REPLY || hdr.kv.op == KV_DELETE_REPLY)
                && hdr.kv.version >= version && (name == 0 || name == hdr.digests.src)) {
                learn_version();
                if (hdr.kv.op == KV_DELETE_REPLY || hdr.kv.status != KV_STATUS_OK
                    || hdr.kv.flags & KV_LARGE != 0 || hdr.kv.value_length > KV_VALUE_BYTES_MAX
                    || (bit<16>) hdr.kv.blocks != (hdr.kv.value_length + 15) >> 4) {
                    invalidate();
                } else if (valid == 1
                    || (hdr.kv.flags & KV_STAMPED != 0 && hdr.kv.generation == meta.cache.generation)) {
                    validate();
                    if (hdr.kv.blocks >= 1) { keep_block0(); }
                    if (hdr.kv.blocks >= 2) { keep_block1(); }
                    if (hdr.kv.blocks >= 3) { keep_block2(); }
                    if (hdr.kv.blocks >= 4) { keep_block3(); }
                    if (hdr.kv.blocks >= 5) { keep_block4(); }
                    if (hdr.kv.blocks >= 6) { keep_block5(); }
                    if (hdr.kv.blocks >= 7) { keep_block6(); }
                    if (hdr.kv.blocks >= 8) { keep_block7(); }
                }
            }
            close_entry();
        } else if (hdr.name.type == SERVICE_REQUEST && hdr.kv.op == KV_GET) {
            if (services.apply().hit) {
                hot_keys.apply(hdr, meta, standard_metadata);
            }
        }
    }
}
