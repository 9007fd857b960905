// From bytes to headers and back, ingress.
//
// Unlike v1model's parser, this one also does the checksums: IPv4 is verified here, and of a UDP checksum everything that
// ingress may change is subtracted here and added again by the deparser (RFC 1624), so that damage to what is not
// changed stays visible. Of a SINC datagram that is every byte: what is left is the pseudo header's protocol number, if it is intact.
//
// Not parsed: MPLS and NSH (no profile is a SINC proxy), and what stands behind the first telemetry header, unless a value
// is to be reached.

// The CPU's port: channel 64 of a pipe (device port 64, 192, 320 or 448); of a Tofino 2, which has panel ports there, port 0.
// A packet sent out by a pipe's recirculation port comes into the same pipe again: channel 68, of a Tofino 2 channel 6.
const bit<32> VECTOR_BITS = 1024;

const PortId_t CHANNEL_MASK = 0x07f;
#if __TARGET_TOFINO__ == 2
const PortId_t CPU_CHANNEL = 0x000;
const PortId_t CPU_CHANNEL_MASK = 0x1ff;
const bit<7> RECIRCULATION = 6;
#else
const PortId_t CPU_CHANNEL = 0x040;
const PortId_t CPU_CHANNEL_MASK = CHANNEL_MASK;
const bit<7> RECIRCULATION = 68;
#endif

const bit<32> SECOND_BITS = 64;
#if __TARGET_TOFINO__ == 2
#define AFTER_SECOND packet.advance(PORT_METADATA_SIZE - SECOND_BITS);
#else
#define AFTER_SECOND
#endif

#ifdef WITH_TAG
const bit<32> TAIL_BITS = 128;
// Bytes of a named datagram's headers without text: UDP, name, digests, auth; telemetry; kv.
const bit<16> BYTES_SIGNED = 108;
const bit<16> BYTES_TELEMETRY = 4;
const bit<16> BYTES_KV = 28;
#endif

// What is left of the checksum of an intact SINC datagram: the protocol number of UDP.
const bit<16> INTACT = 17;

parser IngressParser(
    packet_in packet,
    out headers_t hdr,
    out metadata_t meta,
    out ingress_intrinsic_metadata_t ig_intr_md
) {
    Checksum() ipv4_checksum;
    Checksum() udp_checksum;

#ifdef WITH_STRATEGY
    // What a packet's first pass has said of it stands where otherwise the port's metadata are.

    state start {
        packet.extract(ig_intr_md);
        meta.ingress_port = ig_intr_md.ingress_port;
        transition select(ig_intr_md.resubmit_flag, ig_intr_md.ingress_port) {
            (1, CPU_CHANNEL &&& CPU_CHANNEL_MASK): second_pass_from_controller;
            (1, _): second_pass;
            (_, CPU_CHANNEL &&& CPU_CHANNEL_MASK): first_pass_from_controller;
            default: first_pass;
        }
    }
    state second_pass_from_controller {
        packet.extract(meta.second);
        meta.came_for = meta.second.again;
        meta.came_with = meta.second.lost;
        AFTER_SECOND
        transition from_controller;
    }
    state second_pass {
        packet.extract(meta.second);
        meta.came_for = meta.second.again;
        meta.came_with = meta.second.lost;
        AFTER_SECOND
        transition ethernet;
    }
    state first_pass_from_controller {
        packet.advance(PORT_METADATA_SIZE);
        transition from_controller;
    }
    state first_pass {
        packet.advance(PORT_METADATA_SIZE);
        transition ethernet;
    }
#else
    state start {
        packet.extract(ig_intr_md);
        packet.advance(PORT_METADATA_SIZE);
#ifdef WITH_TAG
        meta.again = ig_intr_md.ingress_port;
        transition select(ig_intr_md.ingress_port) {
            (PortId_t) RECIRCULATION &&& CHANNEL_MASK: lap;
            default: from_outside;
        }
    }
    // Once more through the pipe: tag.p4 takes what words this step has.
    state lap {
        packet.extract(hdr.lap);
        meta.ingress_port = hdr.lap.port;
        meta.arrival = hdr.lap.port;
        transition select(hdr.lap.step) {
            LAP_SELECT
        }
    }
    LAP_STATES
    state lap_low {
        meta.tweak_v1 = TAG_SECOND_HALF;
        LAP_HEADERS
        transition accept;
    }
    state lap_done {
        packet.advance(TAIL_BITS);
        transition ethernet;
    }
    state from_outside {
        meta.arrival = ig_intr_md.ingress_port;
#endif
        meta.ingress_port = ig_intr_md.ingress_port;
#ifdef WITH_REDUCE
        meta.again = ig_intr_md.ingress_port;
#endif
        transition select(ig_intr_md.ingress_port) {
            CPU_CHANNEL &&& CPU_CHANNEL_MASK: from_controller;
#ifdef WITH_REDUCE
            (PortId_t) RECIRCULATION &&& CHANNEL_MASK: lap;
#endif
            default: ethernet;
        }
    }
#endif

#ifdef WITH_REDUCE
    // Once more through the pipe: reduce.p4 and laps.p4 know what has been found out, only the next vector is new. Of the
    // checksum, what was left of it is taken on.

    state lap {
        packet.extract(hdr.lap);
        udp_checksum.subtract(hdr.lap.residue);
        packet.extract(hdr.ethernet);
        packet.extract(hdr.ipv4);
        packet.extract(hdr.udp);
        packet.extract(hdr.sinc);
        meta.masked = hdr.sinc.seq;
        transition select(hdr.lap.phase, hdr.udp.checksum) {
            (LapPhase.TAKE, 0): lap_unchecked;
            (LapPhase.TAKE, _): lap_take;
            default: lap_fetch;
        }
    }
    state lap_fetch {
        hdr.vector0.setValid();
        transition sinc_residue;
    }
    state lap_unchecked {
        packet.advance(VECTOR_BITS);
        packet.extract(hdr.vector0);
        transition sinc_unchecked;
    }
    // Without the vector that the pass before has taken in.
    state lap_take {
        packet.advance(VECTOR_BITS);
        packet.extract(hdr.vector0);
        udp_checksum.subtract(hdr.vector0);
        transition sinc_residue;
    }
#endif

    state from_controller {
        packet.extract(hdr.packet_out);
#ifdef WITH_STRATEGY
        meta.trusted = 1;
#endif
        transition select(hdr.packet_out.forward) {
            PACKET_OUT_FORWARD: ethernet;
            default: accept;
        }
    }

    state ethernet {
        packet.extract(hdr.ethernet);
        transition select(hdr.ethernet.ether_type) {
            ETHERTYPE_IPV4: ipv4;
            default: accept;
        }
    }

    state ipv4 {
        packet.extract(hdr.ipv4);
        ipv4_checksum.add(hdr.ipv4);
        meta.ipv4_damaged = (bit<1>) ipv4_checksum.verify();
        udp_checksum.subtract({ hdr.ipv4.src, hdr.ipv4.dst });
        transition select(hdr.ipv4.version, hdr.ipv4.ihl, hdr.ipv4.flags, hdr.ipv4.fragment_offset,
                          hdr.ipv4.protocol) {
            (4, 5, 0 &&& IPV4_MORE_FRAGMENTS, 0, IP_PROTOCOL_UDP): udp;
            (4, 5, 0 &&& IPV4_MORE_FRAGMENTS, 0, IP_PROTOCOL_TCP): tcp;
            default: accept;
        }
    }

    state tcp {
        packet.extract(hdr.tcp);
        meta.src_port = hdr.tcp.src_port;
        meta.dst_port = hdr.tcp.dst_port;
        transition accept;
    }

    state udp {
        packet.extract(hdr.udp);
        meta.src_port = hdr.udp.src_port;
        meta.dst_port = hdr.udp.dst_port;
        // The length counts twice: the pseudo header repeats it.
        udp_checksum.subtract({ hdr.udp.checksum, hdr.udp.src_port, hdr.udp.dst_port, hdr.udp.length, hdr.udp.length });
        transition select(hdr.udp.dst_port, hdr.udp.src_port) {
            (UDP_PORT_NAMED, _): named;
            (_, UDP_PORT_NAMED): named;
#ifdef WITH_SINC
            (UDP_PORT_SINC, _): sinc;
            (_, UDP_PORT_SINC): sinc;
#endif
            default: accept;
        }
    }

    // Named packets, section 3.

    state named {
        transition select(packet.lookahead<bit<4>>()) {
            NAME_VERSION: name;
            default: accept;
        }
    }

    state name {
        packet.extract(hdr.name);
        packet.extract(hdr.digests);
#ifdef WITH_TAG
        meta.named = 1;
        hdr.tail.request_id = hdr.name.request_id;
        hdr.tail.attempt = hdr.name.attempt;
        hdr.seed.word = hdr.digests.dst[255:224];
        hdr.seed.next = hdr.digests.dst[223:192];
#if __TARGET_TOFINO__ == 2
        hdr.seed.after = hdr.digests.dst[191:160];
#endif
#endif
#ifdef WITH_STRATEGY
        meta.lookup = hdr.digests.dst;
        meta.address = hdr.ipv4.dst;
        meta.instance = hdr.name.instance;
#endif
        udp_checksum.subtract(hdr.name);
#ifdef WITH_CACHE
        transition select(hdr.name.flags) {
            FLAG_KV &&& (FLAG_KV | FLAG_TELEMETRY | FLAG_AUTH): kv;
            FLAG_KV | FLAG_TELEMETRY &&& (FLAG_KV | FLAG_TELEMETRY | FLAG_AUTH): telemetry;
            FLAG_KV | FLAG_AUTH &&& (FLAG_KV | FLAG_AUTH): auth;
            default: named_end;
        }
    }

    state auth {
        packet.extract(hdr.auth);
        transition select(hdr.name.flags) {
            0 &&& FLAG_TELEMETRY: kv;
            default: telemetry;
        }
    }

    // A value behind telemetry records is reached over them.
    state telemetry {
        packet.extract(hdr.telemetry);
        transition select(hdr.telemetry.count) {
            0: kv;
            1: hops1;
            2: hops2;
            3: hops3;
            4: hops4;
            5: hops5;
            6: hops6;
            7: hops7;
            8: hops8;
            default: reject;
        }
    }
    state hops8 { packet.extract(hdr.hops.next); transition hops7; }
    state hops7 { packet.extract(hdr.hops.next); transition hops6; }
    state hops6 { packet.extract(hdr.hops.next); transition hops5; }
    state hops5 { packet.extract(hdr.hops.next); transition hops4; }
    state hops4 { packet.extract(hdr.hops.next); transition hops3; }
    state hops3 { packet.extract(hdr.hops.next); transition hops2; }
    state hops2 { packet.extract(hdr.hops.next); transition hops1; }
    state hops1 { packet.extract(hdr.hops.next); transition kv; }

    state kv {
        packet.extract(hdr.kv);
        udp_checksum.subtract(hdr.kv);
        transition select(hdr.kv.blocks) {
            1: block0;
            2: block0;
            3: block0;
            4: block0;
            // A longer value is not kept here, and passes as payload.
            default: named_end;
        }
    }
#define BLOCK_STATE(n, NEXT) \
    state block##n { \
        packet.extract(hdr.block##n); \
        udp_checksum.subtract(hdr.block##n); \
        transition select(hdr.kv.blocks) { \
            n + 1: named_end; \
            default: NEXT; \
        } \
    }
    BLOCK_STATE(0, block1)
    BLOCK_STATE(1, block2)
    BLOCK_STATE(2, block3)
    BLOCK_STATE(3, named_end)
#elif defined(WITH_TELEMETRY)
        transition select(hdr.name.flags) {
            FLAG_TELEMETRY &&& (FLAG_TELEMETRY | FLAG_AUTH): telemetry;
#ifdef WITH_TAG
            FLAG_AUTH &&& FLAG_AUTH: auth;
#else
            FLAG_TELEMETRY | FLAG_AUTH &&& (FLAG_TELEMETRY | FLAG_AUTH): auth;
#endif
            default: named_end;
        }
    }
#ifdef WITH_TAG
    // How long the headers are is part of what is signed.
    state auth {
        packet.extract(hdr.auth);
        hdr.tail.key_id = hdr.auth.key_id;
        hdr.tail.sequence = hdr.auth.sequence;
        transition select(hdr.name.flags) {
            0 &&& (FLAG_KV | FLAG_TELEMETRY): signed_bare;
            FLAG_KV &&& (FLAG_KV | FLAG_TELEMETRY): signed_kv;
            FLAG_TELEMETRY &&& (FLAG_KV | FLAG_TELEMETRY): signed_telemetry;
            default: signed_telemetry_kv;
        }
    }
    state signed_bare {
        meta.measured = 1;
        meta.overhead = BYTES_SIGNED;
        transition named_end;
    }
    state signed_kv {
        meta.measured = 1;
        meta.overhead = BYTES_SIGNED + BYTES_KV;
        meta.blocks = packet.lookahead<bit<40>>()[7:0];
        transition named_end;
    }
    state signed_telemetry {
        meta.measured = 1;
        meta.overhead = BYTES_SIGNED + BYTES_TELEMETRY;
        packet.extract(hdr.telemetry);
        meta.hops = hdr.telemetry.count;
        udp_checksum.subtract({ hdr.telemetry.count, hdr.telemetry.dropped });
        transition named_end;
    }
    state signed_telemetry_kv {
        meta.overhead = BYTES_SIGNED + BYTES_TELEMETRY + BYTES_KV;
        packet.extract(hdr.telemetry);
        meta.hops = hdr.telemetry.count;
        udp_checksum.subtract({ hdr.telemetry.count, hdr.telemetry.dropped });
        transition select(hdr.telemetry.count) {
            0: signed_kv_next;
            1: signed_kv_behind;
            default: named_end;
        }
    }
    state signed_kv_next {
        meta.measured = 1;
        meta.blocks = packet.lookahead<bit<40>>()[7:0];
        transition named_end;
    }
    state signed_kv_behind {
        meta.measured = 1;
        meta.blocks = packet.lookahead<bit<168>>()[7:0];
        transition named_end;
    }
#else
    state auth {
        packet.extract(hdr.auth);
        transition telemetry;
    }
#endif
    state telemetry {
        packet.extract(hdr.telemetry);
        udp_checksum.subtract({ hdr.telemetry.count, hdr.telemetry.dropped });
        transition named_end;
    }
#else
        transition named_end;
    }
#endif

    state named_end {
        transition select(hdr.udp.checksum) {
            0: accept;
            default: named_residue;
        }
    }
    state named_residue {
        meta.residue = udp_checksum.get();
        meta.update_checksum = true;
        transition accept;
    }

#ifdef WITH_SINC
    // SINC, section 4. A datagram of another length keeps its operand as payload, and no switch computes it.

    state sinc {
        transition select(hdr.udp.length) {
#ifdef WITH_REDUCE
            SINC_LENGTH_VECTOR1: sinc_vector1;
            SINC_LENGTH_VECTOR2: sinc_vectors2;
            SINC_LENGTH_VECTOR3: sinc_vectors3;
            SINC_LENGTH_VECTOR4: sinc_vectors4;
#endif
#ifdef WITH_CELLS
            SINC_LENGTH_CELL: sinc_cell;
#endif
            default: accept;
        }
    }
#ifdef WITH_REDUCE
    // Of several vectors only the first; the last one stands in part 0 of the lanes.
    state sinc_vector1 {
        hdr.lap.part = 0;
        transition sinc_vector;
    }
    state sinc_vectors2 {
        hdr.lap.part = LANE_PART;
        transition sinc_vector;
    }
    state sinc_vectors3 {
        hdr.lap.part = 2 * LANE_PART;
        transition sinc_vector;
    }
    state sinc_vectors4 {
        hdr.lap.part = 3 * LANE_PART;
        transition sinc_vector;
    }
    state sinc_vector {
        hdr.lap.setValid();
        hdr.lap.phase = LapPhase.FIRST;
        packet.extract(hdr.sinc);
        packet.extract(hdr.vector0);
        meta.masked = hdr.sinc.seq;
        udp_checksum.subtract(hdr.sinc);
        udp_checksum.subtract(hdr.vector0);
        transition sinc_end;
    }
#endif
#ifdef WITH_CELLS
    state sinc_cell {
        packet.extract(hdr.sinc);
        packet.extract(hdr.cell);
        udp_checksum.subtract(hdr.sinc);
        udp_checksum.subtract(hdr.cell);
        transition sinc_end;
    }
#endif
    // The protocol number is all that is left over of an intact datagram. Without a checksum nothing can be wrong.
    state sinc_end {
        transition select(hdr.udp.checksum) {
            0: sinc_unchecked;
            default: sinc_residue;
        }
    }
    state sinc_unchecked {
        meta.residue = INTACT;
        transition accept;
    }
    state sinc_residue {
        meta.residue = udp_checksum.get();
        transition accept;
    }
#endif
}

#define VECTOR0 \
    hdr.vector0.v0, hdr.vector0.v1, hdr.vector0.v2, hdr.vector0.v3, hdr.vector0.v4, hdr.vector0.v5, \
    hdr.vector0.v6, hdr.vector0.v7, hdr.vector0.v8, hdr.vector0.v9, hdr.vector0.v10, hdr.vector0.v11, \
    hdr.vector0.v12, hdr.vector0.v13, hdr.vector0.v14, hdr.vector0.v15, hdr.vector0.v16, hdr.vector0.v17, \
    hdr.vector0.v18, hdr.vector0.v19, hdr.vector0.v20, hdr.vector0.v21, hdr.vector0.v22, hdr.vector0.v23, \
    hdr.vector0.v24, hdr.vector0.v25, hdr.vector0.v26, hdr.vector0.v27, hdr.vector0.v28, hdr.vector0.v29, \
    hdr.vector0.v30, hdr.vector0.v31

control IngressDeparser(
    packet_out packet,
    inout headers_t hdr,
    in metadata_t meta,
    in ingress_intrinsic_metadata_for_deparser_t ig_dprsr_md
) {
    Checksum() udp_checksum;
#ifdef WITH_REDUCE
    Checksum() result_checksum;
#endif
#ifdef WITH_CACHE
    @name(".hot_key_t") Digest<hot_key_t>(HOT_KEY_DIGEST) hot_keys;
#endif
#ifdef WITH_POLICY
    @name(".denied_t") Digest<denied_t>(DENIED_DIGEST) denied;
#endif
#ifdef WITH_STRATEGY
    Mirror() mirror;
    Resubmit() resubmit;
#endif

    apply {
#ifdef WITH_STRATEGY
        if (ig_dprsr_md.mirror_type == MIRROR_COPY) {
            mirror.emit<mirrored_t>(meta.session, { meta.copy_kind });
        }
        if (ig_dprsr_md.resubmit_type == SECOND_PASS) {
            resubmit.emit<second_t>({ meta.again, 0, meta.lost });
        }
#endif
#ifdef WITH_CACHE
        if (ig_dprsr_md.digest_type == HOT_KEY_DIGEST) {
            hot_keys.pack({ hdr.kv.key, meta.count0 });
        }
#endif
#ifdef WITH_POLICY
        // The source's name: what is denied has been turned round.
        if (ig_dprsr_md.digest_type == DENIED_DIGEST) {
#ifdef WITH_TAG
            denied.pack({ hdr.digests.dst, (bit<16>) meta.ingress_port, hdr.auth.key_id, meta.denial });
#else
            denied.pack({ hdr.digests.dst, (bit<16>) meta.ingress_port, meta.denial });
#endif
        }
#endif
        if (meta.update_checksum) {
            hdr.udp.checksum = udp_checksum.update(data = {
                meta.residue,
                hdr.ipv4.src, hdr.ipv4.dst, hdr.udp.src_port, hdr.udp.dst_port, hdr.udp.length, hdr.udp.length,
                hdr.name.version, hdr.name.type, hdr.name.flags, hdr.name.hop_limit, hdr.name.reason,
                hdr.name.dst_components, hdr.name.src_components, hdr.name.tag, hdr.name.instance,
                hdr.name.request_id, hdr.name.stamp, hdr.name.text_length, hdr.name.attempt, hdr.name.patience
#ifdef WITH_TELEMETRY
                , hdr.telemetry.count, hdr.telemetry.dropped,
                hdr.hop.switch_id, hdr.hop.ingress_port, hdr.hop.egress_port, hdr.hop.ingress_time
#endif
#ifdef WITH_CACHE
                , hdr.kv.op, hdr.kv.flags, hdr.kv.status, hdr.kv.generation, hdr.kv.blocks, hdr.kv.reserved,
                hdr.kv.value_length, hdr.kv.version, hdr.kv.key,
                hdr.block0.value, hdr.block1.value, hdr.block2.value, hdr.block3.value
#endif
#ifdef WITH_SINC
                , hdr.sinc.reserved, hdr.sinc.overflow, hdr.sinc.done, hdr.sinc.loopback, hdr.sinc.group,
                hdr.sinc.sources, hdr.sinc.source, hdr.sinc.seq, hdr.sinc.operation, hdr.sinc.offset
#endif
#ifdef WITH_REDUCE
                , VECTOR0
#endif
#ifdef WITH_CELLS
                , hdr.cell.index, hdr.cell.operand, hdr.cell.replacement, hdr.cell.result
#endif
            }, zeros_as_ones = true);
        }
#ifdef WITH_REDUCE
        // The next pass subtracts it, and so has the sum.
        if (meta.sum) {
            hdr.lap.residue = result_checksum.update({
                meta.residue,
                VECTOR0
            });
        }
#endif
        packet.emit(hdr);
    }
}
