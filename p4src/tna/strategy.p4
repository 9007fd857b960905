// Forwarding strategy: access rules and rates, as in v1model. A flow is {destination prefix, source prefix}; the two
// digests are 512 bits of key, of which a table has 524, so a rule takes a row of twelve TCAMs.
//
// Differs from v1model: no mirrors and faults (a share of packets would be a Random and one more table of 520 bits each),
// no splits (see names.p4). The FIB counts a packet that is then refused.

control Strategy(inout headers_t hdr, inout metadata_t meta) {
    DirectCounter<bit<64>>(CounterType_t.PACKETS_AND_BYTES) acl_counter;
    Meter<bit<10>>(RATES, MeterType_t.PACKETS) rates;

    action permit() {
        acl_counter.count();
    }
    action deny() {
        acl_counter.count();
        meta.denied = 1;
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

    apply {
        if (hdr.name.isValid() && (hdr.name.flags & FLAG_RESOLVED == 0 || meta.pinned == 1)) {
            acl.apply();
        }
        if (hdr.name.isValid() && hdr.name.flags & FLAG_RESOLVED == 0 && meta.denied == 0) {
            limits.apply();
        }
    }
}
