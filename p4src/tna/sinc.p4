// SINC: which groups this switch computes for, and for whom (docs/protocol.md sections 4.5 and 4.6). As in v1model: a
// packet is computed only where everything about it is as the group says; any other goes on to its destination with its
// payload untouched, and the host computes.
//
// Differs from v1model: group, source and port are looked up in parallel, and what follows from them is one look-up in
// one more; the checksum is verified by the parser. The port is the one the packet came by, so nothing is computed of what the controller
// sends out. Registers are a pipe's own: all ports of a group are ports of one
// pipe (docs/tofino.md).

#ifdef WITH_REDUCE
const bit<16> SINC_LENGTH = SINC_LENGTH_VECTOR1;
#else
const bit<16> SINC_LENGTH = SINC_LENGTH_CELL;
#endif

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
        meta.bitmap = bitmap;
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
    action contribution() {
        meta.shape = SincShape.CONTRIBUTION;
    }
    @hidden
    action result() {
        meta.shape = SincShape.RESULT;
    }
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
            contribution;
            result;
        }
        const entries = {
            (SINC_OFFSET, SINC_LENGTH + IPV4_BYTES, INTACT, 0, 0): contribution();
            (SINC_OFFSET, SINC_LENGTH + IPV4_BYTES, INTACT, 0, 1): result();
        }
        size = 2;
    }

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
        reduction.apply(hdr, meta, ig_tm_md);
#endif
#ifdef WITH_CELLS
        operations.apply(hdr, meta);
#endif
    }
}
