// Reduce (docs/protocol.md section 4.5): one contribution of one source to one cell, or a result on its way down.
//
// What v1model does in one pass of reads and writes is here four register arrays, one access each. A stateful ALU
// compares twice and returns one word, so what takes more stands twice:
//   owner         epoch and SeqNum of the cell; a packet of another epoch or a newer SeqNum takes it over, and is told so
//   cell_seq      the same, but it returns the cell's SeqNum: a packet with another one is late
//   cell_mode     sources seen, and the source's own bit of them as it was: what the lanes do (`meta.mode`)
//   cell_bitmap   sources seen, this one included: whether the cell is complete
// `outcomes` makes of that what becomes of the packet.
//
// Differs from v1model: one vector to a packet (other lengths are not parsed and go on untouched), so the length a cell was
// begun with need not be kept; SeqNums are compared as numbers from 0 to 2^32 - 1, not in serial arithmetic, which a stateful ALU does not
// have: a group takes a new epoch before its SeqNums go round.

struct owner_t {
    bit<32> epoch;
    bit<32> seq;
}

struct seen_t {
    bit<32> bitmap;
    bit<32> before;     // this source's bit of it
}

// Values of meta.mode beside one bit of a bitmap, which says that the source contributed before: the lanes are read.
const bit<32> MODE_ADD = 0;
const bit<32> MODE_LOAD = 3;
const bit<32> MODE_LATE = 5;

control Reduce(inout headers_t hdr, inout metadata_t meta, inout ingress_intrinsic_metadata_for_tm_t ig_tm_md) {
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
    @hidden
    action take() {
        meta.admitted = 1;
        meta.mode = MODE_LATE;
        meta.taken = claim.execute(index.get({ meta.base[15:0], meta.masked[15:0] }));
    }
    @hidden
    action take_seq() {
        meta.cell_seq = claim_seq.execute(index_again.get({ meta.base[15:0], meta.masked[15:0] }));
    }

    Register<seen_t, bit<16>>(REDUCE_CELLS) cell_mode;
    RegisterAction<seen_t, bit<16>, bit<32>>(cell_mode) begin_mode = {
        void apply(inout seen_t value) {
            value.bitmap = meta.bitmap;
            value.before = 0;
        }
    };
    RegisterAction<seen_t, bit<16>, bit<32>>(cell_mode) join_mode = {
        void apply(inout seen_t value, out bit<32> mode) {
            value.before = value.bitmap & meta.bitmap;
            value.bitmap = value.bitmap | meta.bitmap;
            mode = value.before;
        }
    };
    Register<bit<32>, bit<16>>(REDUCE_CELLS) cell_bitmap;
    RegisterAction<bit<32>, bit<16>, bit<32>>(cell_bitmap) begin_bitmap = {
        void apply(inout bit<32> value, out bit<32> seen) {
            value = meta.bitmap;
            seen = value;
        }
    };
    RegisterAction<bit<32>, bit<16>, bit<32>>(cell_bitmap) join_bitmap = {
        void apply(inout bit<32> value, out bit<32> seen) {
            value = value | meta.bitmap;
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
        meta.mode = MODE_LOAD;
    }
    @hidden
    action begin_seen() {
        meta.seen = begin_bitmap.execute(meta.cell[15:0]);
    }
    @hidden
    action join() {
        meta.mode = join_mode.execute(meta.cell[15:0]);
    }
    @hidden
    action join_seen() {
        meta.seen = join_bitmap.execute(meta.cell[15:0]);
    }
    @hidden
    action compare() {
        meta.missing = meta.seen ^ meta.full;
    }

    // Where a complete cell goes.
    @hidden
    action drop(DropReason reason) {
        meta.verdict = Verdict.DROP;
        meta.drop_reason = reason;
    }
    @hidden
    action result() {
        hdr.sinc.done = 1;
        meta.update_checksum = true;
    }
    @hidden
    action result_to_source() {
        result();
        hdr.ipv4.src = hdr.ipv4.dst;
        hdr.ipv4.ttl = TTL_DEFAULT;
        ig_tm_md.ucast_egress_port = meta.ingress_port;
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
        hdr.sinc.source = meta.own_source;
        hdr.sinc.sources = meta.parent_sources;
        hdr.ipv4.ttl = hdr.ipv4.ttl - 1;
        ig_tm_md.ucast_egress_port = meta.parent_port;
        meta.update_checksum = true;
        meta.verdict = Verdict.PORT;
    }
    @hidden
    action result_down() {
        hdr.sinc.sources = meta.sources;
        hdr.ipv4.ttl = hdr.ipv4.ttl - 1;
        ig_tm_md.mcast_grp_a = meta.members;
        meta.update_checksum = true;
        meta.down = 1;
        meta.verdict = Verdict.PORT;
    }
    @hidden
    action leave() {
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
            meta.mode: ternary;
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
        }
        const default_action = leave();
        const entries = {
            (0, SincShape.RESULT, SincRole.REDUCE, 0, 1, 0 &&& 0xfe, 0, _, _): drop(DropReason.TTL_EXPIRED);
            (0, SincShape.RESULT, SincRole.REDUCE, 0, 1, _, 0, _, _): result_down();
            (0, _, _, _, _, _, _, _, _): leave();
            (_, _, _, _, _, _, _, MODE_LATE, _): drop(DropReason.SINC_LATE);
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
        size = 16;
    }

    apply {
        find_cell();
        if (meta.role == SincRole.REDUCE && meta.shape == SincShape.CONTRIBUTION && meta.member == 1
            && meta.sources_differ == 0 && meta.operation_differs == 0) {
            take();
            take_seq();
        }
        if (meta.taken == 1) {
            begin();
            begin_seen();
        } else if (meta.admitted == 1 && meta.cell_seq == hdr.sinc.seq) {
            join();
            join_seen();
        }
        compare();
        if (hdr.sinc.isValid()) {
            outcomes.apply();
        }
    }
}
