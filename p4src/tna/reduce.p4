// Reduce (docs/protocol.md section 4.5): one contribution of one source to one cell, or a result on its way down.
//
// What v1model does in one pass of reads and writes is here four register arrays, one access each. A stateful ALU
// compares twice and returns one word, so what takes more stands twice:
//   cell_owner    epoch and SeqNum of the cell; a packet of another epoch or a newer SeqNum takes it over, and is told so
//   cell_seq      the same, but it returns the cell's SeqNum: a packet with another one is late
//   cell_mode     sources seen, and the source's own bit of them as it was: what the lanes do (`hdr.lap.mode`)
//   cell_bitmap   sources seen, this one included: whether the cell is complete
// `outcomes` makes of that what becomes of the packet.
//
// A pass has one vector, so a packet of several goes round: in each pass it loses its first vector to the lanes, and comes in
// again by the recirculation port of the pipe with what is left. The first pass claims the source's bit in cell_mode, which
// settles what every other does; only the last, when the whole datagram has turned out intact, sets it in cell_bitmap. The
// one that completes the cell, or finds it complete, keeps its last vector's result, and fetches one more in each further pass.
// Packets of one recirculation port keep their order, so whoever claimed first loads every vector first.
// A datagram that is lost or damaged on the way never counts: its cell is not completed, no sum of it gets out, and the sources
// go round the switch by their next repetitions.
//
// A stateful ALU compares numbers, SeqNums go round: those of the middle two quarters of all are compared as unsigned numbers,
// those near 0 and 2^32 as signed ones, by a program each. That is serial arithmetic for distances below 2^30.
//
// Differs from v1model: the length a cell was begun with is not kept, so all sources have to send vectors alike; damage to a
// datagram of several vectors shows when it is gone, so it is dropped instead of going on.

struct owner_t {
    bit<32> epoch;
    bit<32> seq;
}

// The same, of SeqNums that are near 0 or 2^32, and as signed numbers do not go round between.
struct around_t {
    bit<32> epoch;
    int<32> seq;
}

struct seen_t {
    bit<32> bitmap;
    bit<32> before;     // this source's bit of it
}

// Values of hdr.lap.mode beside one bit of a bitmap, which says that the source contributed before: the lanes are read.
const bit<32> MODE_ADD = 0;
const bit<32> MODE_LOAD = 3;
const bit<32> MODE_LATE = 5;
const bit<32> MODE_READ = 6;

control Reduce(
    inout headers_t hdr,
    inout metadata_t meta,
    in ingress_intrinsic_metadata_t ig_intr_md,
    inout ingress_intrinsic_metadata_for_tm_t ig_tm_md
) {
    // `base` is a multiple of the window's two halves, so base + masked SeqNum is their exclusive or, which the hash unit
    // makes on the way to the register: no stage is spent on the sum.
    Hash<bit<16>>(HashAlgorithm_t.XOR16) index;
    Hash<bit<16>>(HashAlgorithm_t.XOR16) index_again;

    Register<owner_t, bit<16>>(REDUCE_CELLS) cell_owner;
    RegisterAction<owner_t, bit<16>, bit<8>>(cell_owner) claim = {
        void apply(inout owner_t value, out bit<8> taken) {
            taken = 0;
            if (value.epoch != meta.epoch || value.seq < hdr.sinc.seq) {
                value.epoch = meta.epoch;
                value.seq = hdr.sinc.seq;
                taken = 1;
            }
        }
    };
    RegisterAction<around_t, bit<16>, bit<8>>(cell_owner) claim_around = {
        void apply(inout around_t value, out bit<8> taken) {
            taken = 0;
            if (value.epoch != meta.epoch || value.seq < (int<32>) hdr.sinc.seq) {
                value.epoch = meta.epoch;
                value.seq = (int<32>) hdr.sinc.seq;
                taken = 1;
            }
        }
    };
    Register<owner_t, bit<16>>(REDUCE_CELLS) cell_seq;
    RegisterAction<owner_t, bit<16>, bit<32>>(cell_seq) claim_seq = {
        void apply(inout owner_t value, out bit<32> seq) {
            if (value.epoch != meta.epoch || value.seq < hdr.sinc.seq) {
                value.epoch = meta.epoch;
                value.seq = hdr.sinc.seq;
            }
            seq = value.seq;
        }
    };
    RegisterAction<around_t, bit<16>, bit<32>>(cell_seq) claim_seq_around = {
        void apply(inout around_t value, out bit<32> seq) {
            if (value.epoch != meta.epoch || value.seq < (int<32>) hdr.sinc.seq) {
                value.epoch = meta.epoch;
                value.seq = (int<32>) hdr.sinc.seq;
            }
            seq = (bit<32>) value.seq;
        }
    };
    RegisterAction<owner_t, bit<16>, bit<32>>(cell_seq) look_seq = {
        void apply(inout owner_t value, out bit<32> seq) {
            seq = value.seq;
        }
    };
    // A pass but the first: what it may do was settled there, unless a newer SeqNum has taken the cell over since.
    @hidden
    action resume() {
        meta.admitted = 1;
        meta.ingress_port = hdr.lap.port;
        meta.cell_seq = look_seq.execute(index_again.get({ meta.base[15:0], meta.masked[15:0] }));
    }
    @hidden
    action resume_fetching() {
        meta.admitted = 1;
        meta.ingress_port = hdr.lap.port;
        hdr.lap.mode = MODE_READ;
    }
    @hidden
    action take() {
        meta.admitted = 1;
        hdr.lap.port = ig_intr_md.ingress_port;
        hdr.lap.mode = MODE_LATE;
        meta.taken = claim.execute(index.get({ meta.base[15:0], meta.masked[15:0] }));
    }
    @hidden
    action take_around() {
        meta.admitted = 1;
        hdr.lap.port = ig_intr_md.ingress_port;
        hdr.lap.mode = MODE_LATE;
        meta.taken = claim_around.execute(index.get({ meta.base[15:0], meta.masked[15:0] }));
    }
    @hidden
    action take_seq() {
        meta.cell_seq = claim_seq.execute(index_again.get({ meta.base[15:0], meta.masked[15:0] }));
    }
    @hidden
    action take_seq_around() {
        meta.cell_seq = claim_seq_around.execute(index_again.get({ meta.base[15:0], meta.masked[15:0] }));
    }
    @hidden
    table takes {
        key = {
            hdr.sinc.seq[31:30]: exact;
        }
        actions = {
            take;
            take_around;
        }
        const entries = {
            0: take_around();
            1: take();
            2: take();
            3: take_around();
        }
        size = 4;
    }
    @hidden
    table takes_seq {
        key = {
            hdr.sinc.seq[31:30]: exact;
        }
        actions = {
            take_seq;
            take_seq_around;
        }
        const entries = {
            0: take_seq_around();
            1: take_seq();
            2: take_seq();
            3: take_seq_around();
        }
        size = 4;
    }

    Register<seen_t, bit<16>>(REDUCE_CELLS) cell_mode;
    RegisterAction<seen_t, bit<16>, bit<32>>(cell_mode) begin_mode = {
        void apply(inout seen_t value) {
            value.bitmap = hdr.lap.bitmap;
            value.before = 0;
        }
    };
    RegisterAction<seen_t, bit<16>, bit<32>>(cell_mode) join_mode = {
        void apply(inout seen_t value, out bit<32> mode) {
            value.before = value.bitmap & hdr.lap.bitmap;
            value.bitmap = value.bitmap | hdr.lap.bitmap;
            mode = value.before;
        }
    };
    Register<bit<32>, bit<16>>(REDUCE_CELLS) cell_bitmap;
    RegisterAction<bit<32>, bit<16>, bit<32>>(cell_bitmap) begin_bitmap = {
        void apply(inout bit<32> value, out bit<32> seen) {
            value = meta.counted;
            seen = value;
        }
    };
    RegisterAction<bit<32>, bit<16>, bit<32>>(cell_bitmap) join_bitmap = {
        void apply(inout bit<32> value, out bit<32> seen) {
            value = value | meta.counted;
            seen = value;
        }
    };
    @hidden
    action find_cell() {
        meta.cell = meta.base + meta.masked;
    }
    @hidden
    action begin() {
        begin_mode.execute(meta.cell[15:0]);
        hdr.lap.mode = MODE_LOAD;
    }
    @hidden
    action begin_seen() {
        meta.seen = begin_bitmap.execute(meta.cell[15:0]);
    }
    @hidden
    action join() {
        hdr.lap.mode = join_mode.execute(meta.cell[15:0]);
    }
    @hidden
    action join_seen() {
        meta.seen = join_bitmap.execute(meta.cell[15:0]);
    }
    @hidden
    action find_lane() {
        meta.lane = meta.cell + hdr.lap.part;
    }
    // The source counts as seen in the pass that takes in its last vector.
    @hidden
    action count_source() {
        meta.counted = hdr.lap.bitmap;
    }
    @hidden
    action compare() {
        meta.missing = meta.seen ^ meta.full;
    }

    // Once more through the pipe.
    @hidden
    action go_round() {
        ig_tm_md.ucast_egress_port = meta.again;
        meta.unchanged = 1;
        meta.verdict = Verdict.PORT;
    }
    @hidden
    action next_vector() {
        go_round();
        hdr.lap.phase = LapPhase.TAKE;
        hdr.lap.part = hdr.lap.part - LANE_PART;
        hdr.lap.residue = ~meta.residue;
    }
    // The source has contributed, or begun to: the lanes are read, and it is not counted again.
    @hidden
    action next_vector_read() {
        next_vector();
        hdr.lap.bitmap = 0;
    }
    @hidden
    action fetch(LapPhase phase) {
        go_round();
        hdr.lap.phase = phase;
        hdr.lap.part = hdr.lap.part + LANE_PART;
        meta.sum = true;
    }
    @hidden
    action fetch_more() {
        go_round();
        hdr.lap.part = hdr.lap.part + LANE_PART;
        meta.sum = true;
    }

    // Where a complete cell goes.
    @hidden
    action drop(DropReason reason) {
        meta.verdict = Verdict.DROP;
        meta.drop_reason = reason;
    }
    @hidden
    action result() {
        hdr.lap.setInvalid();
        hdr.sinc.done = 1;
        meta.update_checksum = true;
    }
    @hidden
    action result_to_source() {
        result();
        hdr.ipv4.src = hdr.ipv4.dst;
        hdr.ipv4.ttl = TTL_DEFAULT;
        ig_tm_md.ucast_egress_port = hdr.lap.port;
        meta.down = 1;
        meta.verdict = Verdict.PORT;
    }
    @hidden
    action result_to_group() {
        result();
        hdr.ipv4.src = hdr.ipv4.dst;
        hdr.ipv4.ttl = TTL_DEFAULT;
        ig_tm_md.mcast_grp_a = meta.members;
        meta.down = 1;
        meta.verdict = Verdict.PORT;
    }
    @hidden
    action partial_to_parent() {
        hdr.lap.setInvalid();
        hdr.sinc.source = meta.own_source;
        hdr.sinc.sources = meta.parent_sources;
        hdr.ipv4.ttl = hdr.ipv4.ttl - 1;
        ig_tm_md.ucast_egress_port = meta.parent_port;
        meta.update_checksum = true;
        meta.verdict = Verdict.PORT;
    }
    @hidden
    action result_down_unchecked() {
        hdr.lap.setInvalid();
        hdr.sinc.sources = meta.sources;
        hdr.ipv4.ttl = hdr.ipv4.ttl - 1;
        ig_tm_md.mcast_grp_a = meta.members;
        meta.down = 1;
        meta.verdict = Verdict.PORT;
    }
    @hidden
    action result_down() {
        result_down_unchecked();
        meta.update_checksum = true;
    }
    @hidden
    action leave() {
        hdr.lap.setInvalid();
    }
    @hidden
    table outcomes {
        key = {
            meta.admitted: ternary;
            meta.shape: ternary;
            meta.role: ternary;
            meta.root: ternary;
            hdr.sinc.loopback: ternary;
            hdr.ipv4.ttl: ternary;
            meta.port_differs: ternary;
            hdr.lap.mode: ternary;
            meta.missing: ternary;
        }
        actions = {
            leave;
            drop;
            result;
            result_to_source;
            result_to_group;
            partial_to_parent;
            result_down;
            result_down_unchecked;
            next_vector;
            next_vector_read;
            fetch;
            fetch_more;
        }
        const default_action = leave();
        const entries = {
            (0, SincShape.RESULT, SincRole.REDUCE, 0, 1, 0 &&& 0xfe, 0, _, _): drop(DropReason.TTL_EXPIRED);
            (0, SincShape.RESULT, SincRole.REDUCE, 0, 1, _, 0, _, _): result_down();
            (0, SincShape.UNCHECKED, SincRole.REDUCE, 0, 1, 0 &&& 0xfe, 0, _, _): drop(DropReason.TTL_EXPIRED);
            (0, SincShape.UNCHECKED, SincRole.REDUCE, 0, 1, _, 0, _, _): result_down_unchecked();
            // Its group is gone, or it is damaged: what is left of it is of no use to anybody.
            (0, SincShape.MORE, _, _, _, _, _, _, _): drop(DropReason.SINC_LATE);
            (0, SincShape.LAST, _, _, _, _, _, _, _): drop(DropReason.SINC_LATE);
            (0, SincShape.FETCHED, _, _, _, _, _, _, _): drop(DropReason.SINC_LATE);
            (0, SincShape.WHOLE_TO_GROUP, _, _, _, _, _, _, _): drop(DropReason.SINC_LATE);
            (0, SincShape.WHOLE_TO_SOURCE, _, _, _, _, _, _, _): drop(DropReason.SINC_LATE);
            (_, SincShape.SPOILT, _, _, _, _, _, _, _): drop(DropReason.MALFORMED);
            (0, _, _, _, _, _, _, _, _): leave();
            (_, _, _, _, _, _, _, MODE_LATE, _): drop(DropReason.SINC_LATE);
            (_, SincShape.BEGUN, _, _, _, _, _, MODE_ADD, _): next_vector();
            (_, SincShape.BEGUN, _, _, _, _, _, MODE_LOAD, _): next_vector();
            (_, SincShape.BEGUN, _, _, _, _, _, _, _): next_vector_read();
            (_, SincShape.MORE, _, _, _, _, _, _, _): next_vector();
            (_, SincShape.FETCHED, _, _, _, _, _, _, _): fetch_more();
            (_, SincShape.WHOLE_TO_GROUP, _, 1, 1, _, _, _, _): result_to_group();
            (_, SincShape.WHOLE_TO_GROUP, _, 1, _, _, _, _, _): result();
            (_, SincShape.WHOLE_TO_GROUP, _, _, _, _, _, _, _): partial_to_parent();
            (_, SincShape.WHOLE_TO_SOURCE, _, 1, 1, _, _, _, _): result_to_source();
            (_, SincShape.WHOLE_TO_SOURCE, _, 1, _, _, _, _, _): result();
            (_, SincShape.WHOLE_TO_SOURCE, _, _, _, _, _, _, _): partial_to_parent();
            (_, SincShape.LAST, _, 0, _, 0 &&& 0xfe, _, _, 0): drop(DropReason.TTL_EXPIRED);
            (_, SincShape.LAST, _, _, _, _, _, MODE_ADD, 0): fetch(LapPhase.FETCH_TO_GROUP);
            (_, SincShape.LAST, _, _, _, _, _, MODE_LOAD, 0): fetch(LapPhase.FETCH_TO_GROUP);
            (_, SincShape.LAST, _, _, _, _, _, _, 0): fetch(LapPhase.FETCH_TO_SOURCE);
            (_, _, _, 1, 1, _, _, MODE_ADD, 0): result_to_group();
            (_, _, _, 1, 1, _, _, MODE_LOAD, 0): result_to_group();
            (_, _, _, 1, 1, _, _, _, 0): result_to_source();
            (_, _, _, 1, 0, _, _, _, 0): result();
            (_, _, _, 0, _, 0 &&& 0xfe, _, _, 0): drop(DropReason.TTL_EXPIRED);
            (_, _, _, 0, _, _, _, _, 0): partial_to_parent();
            (_, _, _, _, _, _, _, MODE_ADD, _): drop(DropReason.SINC_ABSORBED);
            (_, _, _, _, _, _, _, MODE_LOAD, _): drop(DropReason.SINC_ABSORBED);
            (_, _, _, _, _, _, _, _, _): drop(DropReason.SINC_REPEATED);
        }
        size = 40;
    }

    apply {
        find_cell();
        if (meta.shape != SincShape.BEGUN) {
            count_source();
        }
        if (meta.role == SincRole.REDUCE && meta.contributes == 1 && meta.member == 1
            && meta.sources_differ == 0 && meta.operation_differs == 0) {
            takes.apply();
            takes_seq.apply();
        } else if (meta.role == SincRole.REDUCE && hdr.lap.phase == LapPhase.TAKE) {
            resume();
        } else if (meta.role == SincRole.REDUCE && hdr.lap.phase != LapPhase.FIRST) {
            resume_fetching();
        }
        find_lane();
        if (meta.taken == 1) {
            begin();
            begin_seen();
        } else if (meta.contributes == 1 && meta.admitted == 1 && meta.cell_seq == hdr.sinc.seq) {
            join();
            join_seen();
        } else if (meta.shape == SincShape.LAST && meta.cell_seq == hdr.sinc.seq) {
            join_seen();
        }
        compare();
        if (hdr.sinc.isValid()) {
            outcomes.apply();
        }
    }
}
