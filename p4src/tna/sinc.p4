// SINC: which groups this switch computes for, and for whom (docs/protocol.md sections 4.5 and 4.6). As in v1model: a
// packet is computed only where everything about it is as the group says; any other goes on to its destination with its
// payload untouched, and the host computes.
//
// Differs from v1model: group, source and port are looked up in parallel, and what follows from them is one look-up in
// one more; the checksum is verified by the parser. The port is the one the packet came by, so nothing is computed of what the controller
// sends out. Registers are a pipe's own: all ports of a group are ports of one
// pipe (docs/tofino.md).

control Sinc(
    inout headers_t hdr,
    inout metadata_t meta,
    in ingress_intrinsic_metadata_t ig_intr_md,
    inout ingress_intrinsic_metadata_for_tm_t ig_tm_md
) {
#ifdef WITH_REDUCE
    Reduce() reduction;

    action reduce(
        bit<32> epoch,
        bit<32> base,
        bit<32> mask,
        bit<16> operation,
        bit<16> sources,
        bit<32> full,
        bit<1> root,
        bit<16> own_source,
        bit<16> parent_sources,
        bit<9> parent_port,
        bit<16> members
    ) {
        meta.role = SincRole.REDUCE;
        meta.epoch = epoch;
        meta.base = base;
        // A bit of the SeqNum above the mask never counts.
        meta.masked = hdr.sinc.seq & mask;
        // 0 where the packet says the same.
        meta.operation_differs = hdr.sinc.operation ^ operation;
        meta.sources_differ = hdr.sinc.sources ^ sources;
        meta.port_differs = ig_intr_md.ingress_port ^ parent_port;
        meta.sources = sources;
        meta.full = full;
        meta.root = root;
        meta.own_source = own_source;
        meta.parent_sources = parent_sources;
        meta.parent_port = parent_port;
        meta.members = members;
    }
    action reduce_saturating(
        bit<32> epoch,
        bit<32> base,
        bit<32> mask,
        bit<16> operation,
        bit<16> sources,
        bit<32> full,
        bit<1> root,
        bit<16> own_source,
        bit<16> parent_sources,
        bit<9> parent_port,
        bit<16> members
    ) {
        reduce(epoch, base, mask, operation, sources, full, root, own_source, parent_sources, parent_port, members);
        meta.saturate = 1;
    }
#endif
#ifdef WITH_CELLS
    Cells() operations;

    action cells(bit<32> epoch, bit<32> base, bit<32> count, bit<32> answers, bit<16> sources) {
        meta.role = SincRole.CELLS;
        meta.epoch = epoch;
        meta.cell = base + hdr.cell.index;
        meta.answers = answers;
        // Cells of the group from this one on: 1 or more where the index is the group's.
        meta.room = count - hdr.cell.index;
        meta.sources_differ = hdr.sinc.sources ^ sources;
    }
#endif
    table groups {
        key = {
            hdr.sinc.group: exact;
        }
        actions = {
#ifdef WITH_REDUCE
            reduce;
            reduce_saturating;
#endif
#ifdef WITH_CELLS
            cells;
#endif
        }
        size = SINC_GROUPS;
    }

    action member(bit<32> bitmap) {
        meta.member = 1;
#ifdef WITH_REDUCE
        hdr.lap.bitmap = bitmap;
#endif
    }
    table sources {
        key = {
            hdr.sinc.group: exact @name("group");
            hdr.sinc.source: exact @name("source");
            ig_intr_md.ingress_port: exact @name("ingress_port");
        }
        actions = {
            member;
        }
        size = SINC_SOURCES;
    }

    // What the packet is, whatever its group says.
    @hidden
    action shape(SincShape what) {
        meta.shape = what;
    }
#ifdef WITH_REDUCE
    @hidden
    action contribution(SincShape what) {
        meta.shape = what;
        meta.contributes = 1;
    }
#define WITH_VECTORS(n) (SINC_LENGTH_VECTOR##n + IPV4_BYTES)
    @hidden
    table shapes {
        key = {
            hdr.lap.phase: ternary;
            hdr.lap.part: ternary;
            hdr.sinc.offset: ternary;
            hdr.ipv4.total_length: ternary;
            meta.residue: ternary;
            meta.ipv4_damaged: ternary;
            hdr.sinc.done: ternary;
            hdr.udp.checksum: ternary;
        }
        actions = {
            shape;
            contribution;
            @defaultonly NoAction;
        }
        const default_action = NoAction();
        // What of a datagram of several vectors is not looked at yet may be damaged: a result keeps the damage in its checksum.
        const entries = {
            (LapPhase.FIRST, 0, SINC_OFFSET, WITH_VECTORS(1), INTACT, 0, 0, _): contribution(SincShape.CONTRIBUTION);
            (LapPhase.FIRST, 0, SINC_OFFSET, WITH_VECTORS(1), INTACT, 0, 1, _): shape(SincShape.RESULT);
            (LapPhase.FIRST, LANE_PART, SINC_OFFSET, WITH_VECTORS(2), _, 0, 0, _): contribution(SincShape.BEGUN);
            (LapPhase.FIRST, LANE_PART, SINC_OFFSET, WITH_VECTORS(2), _, 0, 1, 0): shape(SincShape.UNCHECKED);
            (LapPhase.FIRST, LANE_PART, SINC_OFFSET, WITH_VECTORS(2), _, 0, 1, _): shape(SincShape.RESULT);
            (LapPhase.FIRST, 2 * LANE_PART, SINC_OFFSET, WITH_VECTORS(3), _, 0, 0, _): contribution(SincShape.BEGUN);
            (LapPhase.FIRST, 2 * LANE_PART, SINC_OFFSET, WITH_VECTORS(3), _, 0, 1, 0): shape(SincShape.UNCHECKED);
            (LapPhase.FIRST, 2 * LANE_PART, SINC_OFFSET, WITH_VECTORS(3), _, 0, 1, _): shape(SincShape.RESULT);
            (LapPhase.FIRST, 3 * LANE_PART, SINC_OFFSET, WITH_VECTORS(4), _, 0, 0, _): contribution(SincShape.BEGUN);
            (LapPhase.FIRST, 3 * LANE_PART, SINC_OFFSET, WITH_VECTORS(4), _, 0, 1, 0): shape(SincShape.UNCHECKED);
            (LapPhase.FIRST, 3 * LANE_PART, SINC_OFFSET, WITH_VECTORS(4), _, 0, 1, _): shape(SincShape.RESULT);
            (LapPhase.TAKE, 0, _, _, INTACT, _, _, _): shape(SincShape.LAST);
            (LapPhase.TAKE, 0, _, _, _, _, _, _): shape(SincShape.SPOILT);
            (LapPhase.TAKE, _, _, _, _, _, _, _): shape(SincShape.MORE);
            (LapPhase.FETCH_TO_GROUP, LANE_PART, _, WITH_VECTORS(2), _, _, _, _): shape(SincShape.WHOLE_TO_GROUP);
            (LapPhase.FETCH_TO_GROUP, 2 * LANE_PART, _, WITH_VECTORS(3), _, _, _, _): shape(SincShape.WHOLE_TO_GROUP);
            (LapPhase.FETCH_TO_GROUP, 3 * LANE_PART, _, _, _, _, _, _): shape(SincShape.WHOLE_TO_GROUP);
            (LapPhase.FETCH_TO_SOURCE, LANE_PART, _, WITH_VECTORS(2), _, _, _, _): shape(SincShape.WHOLE_TO_SOURCE);
            (LapPhase.FETCH_TO_SOURCE, 2 * LANE_PART, _, WITH_VECTORS(3), _, _, _, _): shape(SincShape.WHOLE_TO_SOURCE);
            (LapPhase.FETCH_TO_SOURCE, 3 * LANE_PART, _, _, _, _, _, _): shape(SincShape.WHOLE_TO_SOURCE);
            (LapPhase.FETCH_TO_GROUP, _, _, _, _, _, _, _): shape(SincShape.FETCHED);
            (LapPhase.FETCH_TO_SOURCE, _, _, _, _, _, _, _): shape(SincShape.FETCHED);
        }
        size = 32;
    }
#else
    @hidden
    table shapes {
        key = {
            hdr.sinc.offset: exact;
            hdr.ipv4.total_length: exact;
            meta.residue: exact;
            meta.ipv4_damaged: exact;
            hdr.sinc.done: exact;
        }
        actions = {
            shape;
        }
        const entries = {
            (SINC_OFFSET, SINC_LENGTH_CELL + IPV4_BYTES, INTACT, 0, 0): shape(SincShape.CONTRIBUTION);
            (SINC_OFFSET, SINC_LENGTH_CELL + IPV4_BYTES, INTACT, 0, 1): shape(SincShape.RESULT);
        }
        size = 2;
    }
#endif

    apply {
        if (hdr.sinc.isValid()) {
            shapes.apply();
        }
        if (hdr.sinc.isValid()) {
            groups.apply();
        }
        if (hdr.sinc.isValid()) {
            sources.apply();
        }
#ifdef WITH_REDUCE
        reduction.apply(hdr, meta, ig_intr_md, ig_tm_md);
#endif
#ifdef WITH_CELLS
        operations.apply(hdr, meta);
#endif
    }
}
