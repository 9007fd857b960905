// Fetch-and-add and compare-and-swap (docs/protocol.md section 4.6): what v1model does in one pass of reads and writes is
// here five register arrays, one access each:
//   answer_owner   epoch and SeqNum of the last answer to a source; a newer request claims it
//   answer_seq     SeqNum again: of a request that claims nothing it says whether it is the one answered last, or late
//   value_epoch    whose the value is: one of another epoch counts as 0
//   value          four programs: either operation, on a value that is the group's and on one that is not
//   answer_result  the answer, kept for repetitions
//
// SeqNums go round as in reduce.p4, by two programs.

struct owner_t {
    bit<32> epoch;
    bit<32> seq;
}

struct around_t {
    bit<32> epoch;
    int<32> seq;
}

control Cells(inout headers_t hdr, inout metadata_t meta) {
    Register<owner_t, bit<16>>(ANSWERS) answer_owner;
    RegisterAction<owner_t, bit<16>, bit<8>>(answer_owner) claim = {
        void apply(inout owner_t owner, out bit<8> taken) {
            taken = 0;
            if (owner.epoch != meta.epoch || owner.seq < hdr.sinc.seq) {
                owner.epoch = meta.epoch;
                owner.seq = hdr.sinc.seq;
                taken = 1;
            }
        }
    };
    RegisterAction<around_t, bit<16>, bit<8>>(answer_owner) claim_around = {
        void apply(inout around_t owner, out bit<8> taken) {
            taken = 0;
            if (owner.epoch != meta.epoch || owner.seq < (int<32>) hdr.sinc.seq) {
                owner.epoch = meta.epoch;
                owner.seq = (int<32>) hdr.sinc.seq;
                taken = 1;
            }
        }
    };
    @hidden
    action claim_answer() {
        meta.admitted = 1;
        meta.taken = claim.execute(meta.slot[15:0]);
    }
    @hidden
    action claim_answer_around() {
        meta.admitted = 1;
        meta.taken = claim_around.execute(meta.slot[15:0]);
    }
    @hidden
    table claims {
        key = {
            hdr.sinc.seq[31:30]: exact;
        }
        actions = {
            claim_answer;
            claim_answer_around;
        }
        const entries = {
            0: claim_answer_around();
            1: claim_answer();
            2: claim_answer();
            3: claim_answer_around();
        }
        size = 4;
    }

    Register<bit<32>, bit<16>>(ANSWERS) answer_seq;
    RegisterAction<bit<32>, bit<16>, bit<8>>(answer_seq) note_seq = {
        void apply(inout bit<32> seq) {
            seq = hdr.sinc.seq;
        }
    };
    RegisterAction<bit<32>, bit<16>, bit<8>>(answer_seq) ask_seq = {
        void apply(inout bit<32> seq, out bit<8> same) {
            same = 0;
            if (seq == hdr.sinc.seq) {
                same = 1;
            }
        }
    };
    @hidden
    action note() {
        note_seq.execute(meta.slot[15:0]);
    }
    @hidden
    action ask() {
        meta.same = ask_seq.execute(meta.slot[15:0]);
    }

    Register<bit<32>, bit<16>>(COUNTER_CELLS) value_epoch;
    RegisterAction<bit<32>, bit<16>, bit<8>>(value_epoch) own = {
        void apply(inout bit<32> epoch, out bit<8> fresh) {
            fresh = 0;
            if (epoch != meta.epoch) {
                fresh = 1;
            }
            epoch = meta.epoch;
        }
    };
    @hidden
    action own_value() {
        meta.fresh = own.execute(meta.cell[15:0]);
    }

    Register<bit<32>, bit<16>>(COUNTER_CELLS) value;
    RegisterAction<bit<32>, bit<16>, bit<32>>(value) fetch_add = {
        void apply(inout bit<32> stored, out bit<32> before) {
            before = stored;
            stored = stored + hdr.cell.operand;
        }
    };
    RegisterAction<bit<32>, bit<16>, bit<32>>(value) fetch_add_fresh = {
        void apply(inout bit<32> stored, out bit<32> before) {
            before = 0;
            stored = hdr.cell.operand;
        }
    };
    RegisterAction<bit<32>, bit<16>, bit<32>>(value) compare_swap = {
        void apply(inout bit<32> stored, out bit<32> before) {
            before = stored;
            if (stored == hdr.cell.operand) {
                stored = hdr.cell.replacement;
            }
        }
    };
    RegisterAction<bit<32>, bit<16>, bit<32>>(value) compare_swap_fresh = {
        void apply(inout bit<32> stored, out bit<32> before) {
            before = 0;
            if (hdr.cell.operand == 0) {
                stored = hdr.cell.replacement;
            } else {
                stored = 0;
            }
        }
    };
    @hidden
    action add() {
        hdr.cell.result = fetch_add.execute(meta.cell[15:0]);
    }
    @hidden
    action add_fresh() {
        hdr.cell.result = fetch_add_fresh.execute(meta.cell[15:0]);
    }
    @hidden
    action swap() {
        hdr.cell.result = compare_swap.execute(meta.cell[15:0]);
    }
    @hidden
    action swap_fresh() {
        hdr.cell.result = compare_swap_fresh.execute(meta.cell[15:0]);
    }
    @hidden
    table programs {
        key = {
            meta.taken: ternary;
            hdr.sinc.operation: ternary;
            meta.fresh: ternary;
        }
        actions = {
            add;
            add_fresh;
            swap;
            swap_fresh;
            @defaultonly NoAction;
        }
        const default_action = NoAction();
        const entries = {
            (1, SINC_FETCH_ADD, 0): add();
            (1, SINC_FETCH_ADD, 1): add_fresh();
            (1, SINC_COMPARE_SWAP, 0): swap();
            (1, SINC_COMPARE_SWAP, 1): swap_fresh();
        }
        size = 4;
    }

    Register<bit<32>, bit<16>>(ANSWERS) answer_result;
    RegisterAction<bit<32>, bit<16>, bit<32>>(answer_result) keep = {
        void apply(inout bit<32> result) {
            result = hdr.cell.result;
        }
    };
    RegisterAction<bit<32>, bit<16>, bit<32>>(answer_result) recall = {
        void apply(inout bit<32> result, out bit<32> before) {
            before = result;
        }
    };
    @hidden
    action keep_answer() {
        keep.execute(meta.slot[15:0]);
    }
    @hidden
    action recall_answer() {
        hdr.cell.result = recall.execute(meta.slot[15:0]);
    }

    @hidden
    action done() {
        hdr.sinc.done = 1;
        meta.update_checksum = true;
    }
    @hidden
    action back_to_source() {
        bit<32> address = hdr.ipv4.src;
        hdr.ipv4.src = hdr.ipv4.dst;
        hdr.ipv4.dst = address;
        bit<16> port = hdr.udp.src_port;
        hdr.udp.src_port = hdr.udp.dst_port;
        hdr.udp.dst_port = port;
        hdr.ipv4.ttl = TTL_DEFAULT;
    }
    @hidden
    action drop_late() {
        meta.verdict = Verdict.DROP;
        meta.drop_reason = DropReason.SINC_LATE;
    }
    // A 16-bit field comes to stand in a 32-bit one by way of the hash unit.
    Hash<bit<32>>(HashAlgorithm_t.IDENTITY) widen;
    @hidden
    action find_source() {
        meta.slot = widen.get({ hdr.sinc.source });
    }
    @hidden
    action find_slot() {
        meta.slot = meta.slot + meta.answers;
    }
    @hidden
    action index_in_range() {
        meta.in_range = 1;
    }
    @hidden
    action operation_known() {
        meta.known = 1;
    }

    apply {
        find_source();
        find_slot();
        if (hdr.cell.index[31:16] == 0
            && (hdr.sinc.operation == SINC_FETCH_ADD || hdr.sinc.operation == SINC_COMPARE_SWAP)) {
            operation_known();
        }
        if (meta.room != 0 && meta.room[31:17] == 0) {
            index_in_range();
        }
        if (meta.known == 1 && meta.member == 1 && meta.role == SincRole.CELLS
            && meta.shape == SincShape.CONTRIBUTION && meta.sources_differ == 0 && meta.in_range == 1) {
            claims.apply();
        }
        if (meta.taken == 1) {
            note();
            own_value();
        } else if (meta.admitted == 1) {
            ask();
        }
        programs.apply();
        if (meta.taken == 1) {
            keep_answer();
            done();
        } else if (meta.same == 1) {
            recall_answer();
            done();
        } else if (meta.admitted == 1) {
            drop_late();
        }
        if (meta.admitted == 1 && meta.verdict == Verdict.ROUTE && hdr.sinc.loopback == 1) {
            back_to_source();
        }
    }
}
