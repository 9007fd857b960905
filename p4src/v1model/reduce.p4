// Reduce (docs/protocol.md section 4.5): one contribution of one source to one cell, or a result on its way down.
//
// A cell belongs to an epoch and a SeqNum. A packet of another epoch or a newer SeqNum takes it over: the window rule
// proves that everybody has the result of what stood there. An older one is late. The same one contributes once;
// the bitmap of sources seen says whether it is new, and whether it was the last. Epoch 0 is that of a cell nobody
// has used, so groups have epochs from 1.
//
// The registers are read and written in the order epoch, SeqNum, shape, bitmap, lanes, overflow, each once.

control Reduce(inout headers_t hdr, inout metadata_t meta, inout standard_metadata_t standard_metadata) {
    Lanes() lanes;

    register<bit<32>, bit<32>>(REDUCE_CELLS) cell_epoch;
    register<bit<32>, bit<32>>(REDUCE_CELLS) cell_seq;
    // UDP length of the contribution that took the cell over: all others must have the same.
    register<bit<16>, bit<32>>(REDUCE_CELLS) cell_length;
    register<bit<32>, bit<32>>(REDUCE_CELLS) cell_bitmap;
    // 1: a sum on the way to what stands in the lanes has left int32.
    register<bit<8>, bit<32>>(REDUCE_CELLS) cell_overflow;

    bit<32> epoch;
    bit<32> seq;
    bit<16> length;
    bit<32> age;        // SeqNum of the packet minus that of the cell, modulo 2^32
    bit<32> seen;
    bit<32> now_seen;

    @hidden
    action find_cell() {
        meta.sinc.cell = meta.sinc.base + (hdr.sinc.seq & meta.sinc.limit);
        cell_epoch.read(epoch, meta.sinc.cell);
        cell_seq.read(seq, meta.sinc.cell);
        cell_length.read(length, meta.sinc.cell);
        age = hdr.sinc.seq - seq;
        now_seen = 0;
    }
    @hidden
    action take_over() {
        cell_epoch.write(meta.sinc.cell, meta.sinc.epoch);
        cell_seq.write(meta.sinc.cell, hdr.sinc.seq);
        cell_length.write(meta.sinc.cell, hdr.udp.length);
        cell_bitmap.write(meta.sinc.cell, meta.sinc.bitmap);
        now_seen = meta.sinc.bitmap;
        meta.sinc.step = LaneStep.LOAD;
    }
    @hidden
    action note_source() {
        cell_bitmap.read(seen, meta.sinc.cell);
        now_seen = seen | meta.sinc.bitmap;
        cell_bitmap.write(meta.sinc.cell, now_seen);
    }
    @hidden
    action drop(DropReason reason) {
        meta.verdict = Verdict.DROP;
        meta.drop_reason = reason;
    }

    @hidden
    action begin_overflow() {
        cell_overflow.write(meta.sinc.cell, 7w0 ++ hdr.sinc.overflow);
    }
    @hidden
    action note_overflow() {
        bit<8> before;
        cell_overflow.read(before, meta.sinc.cell);
        hdr.sinc.overflow = hdr.sinc.overflow | before[0:0] | meta.sinc.overflow;
        cell_overflow.write(meta.sinc.cell, 7w0 ++ hdr.sinc.overflow);
    }

    // Where a complete cell goes.
    @hidden
    action to_group() {
        hdr.ipv4.src = hdr.ipv4.dst;
        hdr.ipv4.ttl = TTL_DEFAULT;
        meta.sinc.down = 1;
        meta.verdict = Verdict.PORT;
    }
    @hidden
    action to_all_members() {
        standard_metadata.mcast_grp = meta.sinc.members;
    }
    @hidden
    action to_this_source() {
        standard_metadata.egress_spec = meta.ingress_port;
    }
    @hidden
    action result() {
        hdr.sinc.done = 1;
        meta.sinc.changed = 1;
    }
    @hidden
    action partial_to_parent() {
        hdr.sinc.source = meta.sinc.own_source;
        hdr.sinc.sources = meta.sinc.parent_sources;
        hdr.ipv4.ttl = hdr.ipv4.ttl - 1;
        standard_metadata.egress_spec = meta.sinc.parent_port;
        meta.sinc.changed = 1;
        meta.verdict = Verdict.PORT;
    }

    apply {
        find_cell();
        if (epoch != meta.sinc.epoch || (age != 0 && age[31:31] == 0)) {
            take_over();
        } else if (age != 0) {
            drop(DropReason.SINC_LATE);
        } else if (length == hdr.udp.length) {
            note_source();
            if (seen & meta.sinc.bitmap == 0) {
                if (hdr.sinc.operation == SINC_SUM && meta.sinc.saturate == 1) {
                    meta.sinc.step = LaneStep.SATURATE;
                } else if (hdr.sinc.operation == SINC_SUM) {
                    meta.sinc.step = LaneStep.SUM;
                } else if (hdr.sinc.operation == SINC_MIN) {
                    meta.sinc.step = LaneStep.MIN;
                } else if (hdr.sinc.operation == SINC_MAX) {
                    meta.sinc.step = LaneStep.MAX;
                } else if (hdr.sinc.operation == SINC_SUM_AHEAD) {
                    meta.sinc.step = LaneStep.AHEAD;
                }
            } else if (seen == meta.sinc.full) {
                meta.sinc.step = LaneStep.READ;
            } else {
                drop(DropReason.SINC_REPEATED);
            }
        }

        if (meta.sinc.step != LaneStep.NONE) {
            lanes.apply(hdr, meta);
            if (meta.sinc.step == LaneStep.LOAD) {
                begin_overflow();
            } else {
                note_overflow();
            }
            if (now_seen != meta.sinc.full) {
                drop(DropReason.SINC_ABSORBED);
            } else if (meta.sinc.root == 1) {
                result();
                if (hdr.sinc.loopback == 1) {
                    to_group();
                    if (meta.sinc.step == LaneStep.READ) {
                        to_this_source();
                    } else {
                        to_all_members();
                    }
                }
                // Without L the underlay takes it on to its destination.
            } else if (hdr.ipv4.ttl <= 1) {
                drop(DropReason.TTL_EXPIRED);
            } else {
                partial_to_parent();
            }
        }
    }
}
