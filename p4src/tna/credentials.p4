// Credentials: a packet with `auth` is held to its credential's name prefix, to the tag, and to a sequence number that was
// not there before, whatever its port is granted. As in v1model, but for
//   - the tag: it takes several passes (tag.p4). In the first one the packet, if it is one to be checked, gets the header lap and goes
//     out by the recirculation port of its pipe; in the last one it has come back, and only then is it looked at as any other is. Until
//     then it counts nowhere. What has no `auth`, or does not come from an edge port, is through in one pass;
//   - sequence numbers are compared as reduce.p4 compares SeqNums: serial arithmetic for distances below 2^30;
//   - a packet with both telemetry records, two or more, and key-value header has the blocks out of the parser's sight: its tag
//     counts as wrong. A client's request has no records yet.
//
// Register cells: a window of 64 to a credential, as in v1model.

struct passed_t {
    bit<32> generation;
    bit<32> sequence;
}

// The same, of numbers near 0 or 2^32.
struct passed_around_t {
    bit<32> generation;
    int<32> sequence;
}

control Credentials(
    inout headers_t hdr,
    inout metadata_t meta,
    inout ingress_intrinsic_metadata_for_tm_t ig_tm_md
) {
    @name(".ingress.admission.credential")
    action credential(bit<32> key0, bit<32> key1, bit<32> slot, bit<8> generation) {
        meta.known = 1;
        hdr.seed.v0 = key0;
        hdr.seed.v1 = key1;
        hdr.seed.v2 = key0;
        hdr.seed.v3 = key1;
        hdr.seed.slot = (bit<16>) slot;
        hdr.seed.generation = generation;
    }
    @name(".ingress.admission.credentials")
    table credentials {
        key = {
            hdr.auth.key_id: exact @name("key_id");
            hdr.digests.src: lpm @name("name");
        }
        actions = {
            credential;
        }
        size = CREDENTIALS;
    }

    // Number of bytes behind the text block.
    @hidden
    action measure() {
        meta.payload = hdr.udp.length - hdr.name.text_length;
        meta.hop_bytes = 4w0 ++ meta.hops ++ 4w0;
        meta.block_bytes = 4w0 ++ meta.blocks ++ 4w0;
    }
    @hidden
    action measure_headers() {
        meta.payload = meta.payload - meta.overhead;
        meta.hop_bytes = meta.hop_bytes + meta.block_bytes;
    }
    @hidden
    action measure_records() {
        meta.payload = meta.payload - meta.hop_bytes;
    }
    @hidden
    action begin() {
        hdr.seed.v1 = hdr.seed.v1 ^ TAG_V1;
        hdr.seed.v2 = hdr.seed.v2 ^ TAG_V2;
        hdr.seed.v3 = hdr.seed.v3 ^ TAG_V3;
    }
    @hidden
    action begin_word() {
        hdr.seed.v3 = hdr.seed.v3 ^ hdr.seed.word;
    }
    @hidden
    action note_rest() {
        hdr.tail.type = hdr.name.type;
        hdr.tail.payload = meta.payload;
    }

    // Where v1 ^ v3 and the tag differ: low is the first half, kept with v1 as the second half begins.
    Hash<bit<32>>(HashAlgorithm_t.XOR32) low;
    Hash<bit<32>>(HashAlgorithm_t.XOR32) high;
    @hidden
    action compare_low() {
        meta.low_differs = low.get({
            hdr.auth.tag[63:32], hdr.lap.word[7:0], hdr.lap.word[15:8], hdr.lap.word[23:16], hdr.lap.word[31:24]
        });
    }
    @hidden
    action compare_high() {
        meta.high_differs = high.get({
            hdr.auth.tag[31:0], hdr.lap.next[7:0], hdr.lap.next[15:8], hdr.lap.next[23:16], hdr.lap.next[31:24]
        });
    }

    Hash<bit<16>>(HashAlgorithm_t.IDENTITY) cell;
    @name(".ingress.admission.newest") Register<passed_t, bit<16>>(REPLAY_CELLS) newest;
    RegisterAction<passed_t, bit<16>, bit<8>>(newest) pass = {
        void apply(inout passed_t value, out bit<8> fresh) {
            fresh = 0;
            if (value.generation != (bit<32>) hdr.lap.generation || value.sequence < hdr.auth.sequence) {
                value.generation = (bit<32>) hdr.lap.generation;
                value.sequence = hdr.auth.sequence;
                fresh = 1;
            }
        }
    };
    RegisterAction<passed_around_t, bit<16>, bit<8>>(newest) pass_around = {
        void apply(inout passed_around_t value, out bit<8> fresh) {
            fresh = 0;
            if (value.generation != (bit<32>) hdr.lap.generation || value.sequence < (int<32>) hdr.auth.sequence) {
                value.generation = (bit<32>) hdr.lap.generation;
                value.sequence = (int<32>) hdr.auth.sequence;
                fresh = 1;
            }
        }
    };

    @hidden
    action leave() {
    }
    @hidden
    action refuse(Denial denial) {
        meta.signed_denial = denial;
        hdr.lap.setInvalid();
    }
    // Once through the recirculation port: until it comes back with its tag computed, it is nobody's packet.
    @hidden
    action set_out() {
        ig_tm_md.ucast_egress_port = meta.again;
        meta.named = 0;
        meta.lapping = 1;
        meta.verdict = Verdict.PORT;
        hdr.seed.setValid();
        hdr.seed.port = meta.arrival;
        hdr.tail.setValid();
    }
    @hidden
    action admit() {
        meta.tagged = 1;
        meta.fresh = pass.execute(cell.get({ hdr.lap.slot[SLOT_BITS - 1:0], hdr.auth.sequence[5:0] }));
        hdr.lap.setInvalid();
    }
    @hidden
    action admit_around() {
        meta.tagged = 1;
        meta.fresh = pass_around.execute(cell.get({ hdr.lap.slot[SLOT_BITS - 1:0], hdr.auth.sequence[5:0] }));
        hdr.lap.setInvalid();
    }
    @hidden
    table cases {
        key = {
            meta.edge: ternary;
            hdr.auth.isValid(): ternary;
            hdr.lap.isValid(): ternary;
            meta.known: ternary;
            meta.measured: ternary;
            meta.low_differs: ternary;
            meta.high_differs: ternary;
            hdr.auth.sequence[31:30]: ternary;
        }
        actions = {
            leave;
            refuse;
            set_out;
            admit;
            admit_around;
        }
        const default_action = leave();
        const entries = {
            (_, true, true, _, _, TAG_FIRST_HALF, 0, 0): admit_around();
            (_, true, true, _, _, TAG_FIRST_HALF, 0, 1): admit();
            (_, true, true, _, _, TAG_FIRST_HALF, 0, 2): admit();
            (_, true, true, _, _, TAG_FIRST_HALF, 0, 3): admit_around();
            (_, true, true, _, _, _, _, _): refuse(Denial.FORGED);
            (1, true, false, 0, _, _, _, _): refuse(Denial.UNKNOWN_CREDENTIAL);
            (1, true, false, 1, 1, _, _, _): set_out();
            (1, true, false, 1, 0, _, _, _): refuse(Denial.FORGED);
        }
        size = 8;
    }
    // While this is found out, the grants are asked what would hold without `auth`.
    @hidden
    action take_over() {
        meta.denial = meta.signed_denial;
    }
    @hidden
    action lose() {
        meta.denial = Denial.REPLAYED;
        meta.verdict = Verdict.DROP;
        meta.drop_reason = DropReason.REPLAYED;
    }

    apply {
        measure();
        measure_headers();
        measure_records();
        if (hdr.name.isValid() && hdr.auth.isValid() && !hdr.lap.isValid()) {
            credentials.apply();
        }
        begin();
        begin_word();
        note_rest();
        compare_low();
        compare_high();
        if (meta.named == 1) {
            cases.apply();
        }
        if (meta.tagged == 1 && meta.fresh == 0) {
            lose();
        } else if (hdr.auth.isValid()) {
            take_over();
        }
    }
}
