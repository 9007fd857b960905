// SINC: which groups this switch computes for, and for whom (docs/protocol.md sections 4.5 and 4.6).
//
// A packet is computed only where everything about it is as the group says; any other goes on to its destination
// with its payload untouched, and the host computes. Nothing is dropped because a switch cannot help.

control Sinc(inout headers_t hdr, inout metadata_t meta, inout standard_metadata_t standard_metadata) {
    SincChecksum() checksum;
    Reduce() reduction;
    Cells() operations;

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
        meta.sinc.role = SincRole.REDUCE;
        meta.sinc.epoch = epoch;
        meta.sinc.base = base;
        meta.sinc.limit = mask;
        meta.sinc.operation = operation;
        meta.sinc.sources = sources;
        meta.sinc.full = full;
        meta.sinc.root = root;
        meta.sinc.own_source = own_source;
        meta.sinc.parent_sources = parent_sources;
        meta.sinc.parent_port = parent_port;
        meta.sinc.members = members;
    }
    // The same, with sums held at the ends of int32 instead of going round.
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
        meta.sinc.saturate = 1;
    }
    action cells(bit<32> epoch, bit<32> base, bit<32> count, bit<32> answers, bit<16> sources) {
        meta.sinc.role = SincRole.CELLS;
        meta.sinc.epoch = epoch;
        meta.sinc.base = base;
        meta.sinc.limit = count;
        meta.sinc.answers = answers;
        meta.sinc.sources = sources;
    }
    table groups {
        key = {
            hdr.sinc.group: exact;
        }
        actions = {
            reduce;
            reduce_saturating;
            cells;
        }
        size = SINC_GROUPS;
    }

    action member(bit<32> bitmap) {
        meta.sinc.member = 1;
        meta.sinc.bitmap = bitmap;
    }
    table sources {
        key = {
            hdr.sinc.group: exact @name("group");
            hdr.sinc.source: exact @name("source");
            meta.ingress_port: exact @name("ingress_port");
        }
        actions = {
            member;
        }
        size = SINC_SOURCES;
    }

    @hidden
    action result_down() {
        standard_metadata.mcast_grp = meta.sinc.members;
        hdr.sinc.sources = meta.sinc.sources;
        hdr.ipv4.ttl = hdr.ipv4.ttl - 1;
        meta.sinc.down = 1;
        meta.sinc.changed = 1;
        meta.verdict = Verdict.PORT;
    }
    @hidden
    action drop_expired() {
        meta.verdict = Verdict.DROP;
        meta.drop_reason = DropReason.TTL_EXPIRED;
    }

    apply {
        if (groups.apply().hit && hdr.ipv4.total_length == hdr.udp.length + IPV4_BYTES
            && hdr.sinc.offset == SINC_OFFSET) {
            if (meta.sinc.foreign == 0) {
                checksum.apply(hdr, meta);
            }
            if (meta.sinc.intact == 1) {
                if (hdr.sinc.done == 1) {
                    if (meta.sinc.role == SincRole.REDUCE && meta.sinc.root == 0 && hdr.sinc.loopback == 1
                        && meta.ingress_port == meta.sinc.parent_port && hdr.vector0.isValid()) {
                        if (hdr.ipv4.ttl <= 1) {
                            drop_expired();
                        } else {
                            result_down();
                        }
                    }
                } else if (sources.apply().hit && hdr.sinc.sources == meta.sinc.sources) {
                    if (meta.sinc.role == SincRole.REDUCE) {
                        if (hdr.vector0.isValid() && hdr.sinc.operation == meta.sinc.operation
                            && hdr.sinc.operation >= SINC_SUM && hdr.sinc.operation <= SINC_SUM_AHEAD) {
                            reduction.apply(hdr, meta, standard_metadata);
                        }
                    } else if (hdr.cell.isValid() && hdr.cell.index < meta.sinc.limit
                        && (hdr.sinc.operation == SINC_FETCH_ADD || hdr.sinc.operation == SINC_COMPARE_SWAP)) {
                        operations.apply(hdr, meta);
                    }
                }
            }
        }
    }
}
