// Checksums (docs/protocol.md section 6).
//
// IPv4: verified on arrival, computed anew on departure.
//
// UDP of named packets: incremental, HC' = ~(~HC + ~m + m') (RFC 1624), so that damage to the payload stays visible.
// csum16 is the ones' complement of a ones' complement sum. Over the old fields it is ~m; over ~HC, ~m and the new
// fields it is HC' itself. A reply of a key-value server is verified whole: its value may stay in a cache, and would leave
// it under a right checksum.
//
// UDP of SINC: every byte of the datagram is parsed, so it is verified before anything is computed, and computed
// anew where the switch wrote to it.
//
// A checksum that comes out as 0 is sent as 0xffff, since 0 says "none" (RFC 768): csum16 of a zero word.

// The hash extern takes its result modulo this.
const bit<32> CSUM16_RANGE = 0x10000;

#define IPV4_FIELDS \
    { hdr.ipv4.version, hdr.ipv4.ihl, hdr.ipv4.dscp, hdr.ipv4.ecn, hdr.ipv4.total_length, \
      hdr.ipv4.identification, hdr.ipv4.flags, hdr.ipv4.fragment_offset, hdr.ipv4.ttl, hdr.ipv4.protocol, \
      hdr.ipv4.src, hdr.ipv4.dst }

#define INNER_IPV4_FIELDS \
    { hdr.inner_ipv4.version, hdr.inner_ipv4.ihl, hdr.inner_ipv4.dscp, hdr.inner_ipv4.ecn, \
      hdr.inner_ipv4.total_length, hdr.inner_ipv4.identification, hdr.inner_ipv4.flags, \
      hdr.inner_ipv4.fragment_offset, hdr.inner_ipv4.ttl, hdr.inner_ipv4.protocol, \
      hdr.inner_ipv4.src, hdr.inner_ipv4.dst }

// Addresses, and the length that the pseudo header repeats.
#define PSEUDO_HEADER_SUM \
    ((bit<32>) hdr.ipv4.src[31:16] + (bit<32>) hdr.ipv4.src[15:0] + (bit<32>) hdr.ipv4.dst[31:16] \
     + (bit<32>) hdr.ipv4.dst[15:0] + (bit<32>) hdr.udp.length)

#define HOP_FIELDS(N) \
    hdr.hops[N].switch_id, hdr.hops[N].ingress_port, hdr.hops[N].egress_port, hdr.hops[N].queue_depth, \
    hdr.hops[N].ingress_time, hdr.hops[N].egress_time

control VerifyChecksums(inout headers_t hdr, inout metadata_t meta) {
    apply {
        verify_checksum(hdr.ipv4.isValid() && hdr.ipv4.ihl == 5, IPV4_FIELDS, hdr.ipv4.checksum,
                        HashAlgorithm.csum16);
        // Compared with a 0, since zero is spelled in two ways; nobody has written it yet.
        verify_checksum_with_payload(
            hdr.kv.isValid() && hdr.name.type == SERVICE_DATA && hdr.udp.checksum != 0,
            {
                hdr.ipv4.src, hdr.ipv4.dst, 8w0, hdr.ipv4.protocol, hdr.udp.length,
                hdr.udp.src_port, hdr.udp.dst_port, hdr.udp.length, hdr.udp.checksum,
                hdr.name.version, hdr.name.type, hdr.name.flags, hdr.name.hop_limit, hdr.name.reason,
                hdr.name.dst_components, hdr.name.src_components, hdr.name.tag, hdr.name.instance,
                hdr.name.request_id, hdr.name.stamp, hdr.name.text_length, hdr.name.attempt, hdr.name.patience,
                hdr.digests.dst, hdr.digests.src,
                hdr.auth.key_id, hdr.auth.reserved, hdr.auth.sequence, hdr.auth.tag,
                hdr.telemetry.count, hdr.telemetry.dropped, hdr.telemetry.reserved,
                HOP_FIELDS(0), HOP_FIELDS(1), HOP_FIELDS(2), HOP_FIELDS(3),
                HOP_FIELDS(4), HOP_FIELDS(5), HOP_FIELDS(6), HOP_FIELDS(7),
                hdr.kv.op, hdr.kv.flags, hdr.kv.status, hdr.kv.generation, hdr.kv.blocks, hdr.kv.reserved,
                hdr.kv.value_length, hdr.kv.version, hdr.kv.key,
                hdr.kv_blocks[0].value, hdr.kv_blocks[1].value, hdr.kv_blocks[2].value, hdr.kv_blocks[3].value,
                hdr.kv_blocks[4].value, hdr.kv_blocks[5].value, hdr.kv_blocks[6].value, hdr.kv_blocks[7].value
            },
            meta.name.instance,
            HashAlgorithm.csum16);
    }
}

// First thing in ingress: ~HC + ~m over every header of a named packet that any control may change (~HC comes with
// the UDP header). Digests are only ever swapped, which changes no sum; value blocks and telemetry records are
// accounted for where they are added.
control NamedChecksum(in headers_t hdr, inout metadata_t meta) {
    bit<16> udp;
    bit<16> name;
    bit<16> kv;

    @hidden
    action begin() {
        hash(udp, HashAlgorithm.csum16, 16w0, hdr.udp, CSUM16_RANGE);
        hash(name, HashAlgorithm.csum16, 16w0, hdr.name, CSUM16_RANGE);
        meta.checksum_present = 1;
        // ~x is 0xffff - x; five words make 5 * 0xffff.
        meta.checksum_delta = (bit<32>) udp + (bit<32>) name + (32w0x4fffb - PSEUDO_HEADER_SUM);
    }
    @hidden
    action with_kv() {
        hash(kv, HashAlgorithm.csum16, 16w0, hdr.kv, CSUM16_RANGE);
        meta.checksum_delta = meta.checksum_delta + (bit<32>) kv;
    }
    apply {
        if (hdr.udp.checksum != 0) {
            begin();
            if (hdr.kv.isValid()) {
                with_kv();
            }
        }
    }
}

// The sum over a datagram with its right checksum is all ones, whichever way zero was spelled.
control SincChecksum(in headers_t hdr, inout metadata_t meta) {
    bit<16> part;
    bit<32> residue;    // sum of the complements, so what is right comes out as 0 or all ones

    @hidden
    action begin() {
        bit<16> udp;
        hash(udp, HashAlgorithm.csum16, 16w0, hdr.udp, CSUM16_RANGE);
        hash(part, HashAlgorithm.csum16, 16w0, hdr.sinc, CSUM16_RANGE);
        residue = (32w0x5fffa - PSEUDO_HEADER_SUM - (bit<32>) hdr.ipv4.protocol) + (bit<32>) udp + (bit<32>) part;
    }
    @hidden
    action add_cell() {
        hash(part, HashAlgorithm.csum16, 16w0, hdr.cell, CSUM16_RANGE);
        residue = residue + (bit<32>) part;
    }
    @hidden
    action add_vector0() {
        hash(part, HashAlgorithm.csum16, 16w0, hdr.vector0, CSUM16_RANGE);
        residue = residue + (bit<32>) part;
    }
    @hidden
    action add_vector1() {
        hash(part, HashAlgorithm.csum16, 16w0, hdr.vector1, CSUM16_RANGE);
        residue = residue + (bit<32>) part;
    }
    @hidden
    action add_vector2() {
        hash(part, HashAlgorithm.csum16, 16w0, hdr.vector2, CSUM16_RANGE);
        residue = residue + (bit<32>) part;
    }
    @hidden
    action add_vector3() {
        hash(part, HashAlgorithm.csum16, 16w0, hdr.vector3, CSUM16_RANGE);
        residue = residue + (bit<32>) part;
    }
    @hidden
    action fold() {
        residue = (residue & 0xffff) + (residue >> 16);
        residue = (residue & 0xffff) + (residue >> 16);
    }
    @hidden
    action intact() {
        meta.sinc.intact = 1;
    }

    apply {
        if (hdr.udp.checksum == 0) {
            intact();
        } else {
            begin();
            if (hdr.cell.isValid()) {
                add_cell();
            } else if (hdr.vector0.isValid()) {
                add_vector0();
                if (hdr.vector1.isValid()) {
                    add_vector1();
                    if (hdr.vector2.isValid()) {
                        add_vector2();
                        if (hdr.vector3.isValid()) {
                            add_vector3();
                        }
                    }
                }
            }
            fold();
            if (residue == 0 || residue == 0xffff) {
                intact();
            }
        }
    }
}

#define VECTOR_FIELDS(V) \
    hdr.V.v0, hdr.V.v1, hdr.V.v2, hdr.V.v3, hdr.V.v4, hdr.V.v5, hdr.V.v6, hdr.V.v7, \
    hdr.V.v8, hdr.V.v9, hdr.V.v10, hdr.V.v11, hdr.V.v12, hdr.V.v13, hdr.V.v14, hdr.V.v15, \
    hdr.V.v16, hdr.V.v17, hdr.V.v18, hdr.V.v19, hdr.V.v20, hdr.V.v21, hdr.V.v22, hdr.V.v23, \
    hdr.V.v24, hdr.V.v25, hdr.V.v26, hdr.V.v27, hdr.V.v28, hdr.V.v29, hdr.V.v30, hdr.V.v31

// Fields of headers that are not there count for nothing. Each update sees what the one before it wrote.
control ComputeChecksums(inout headers_t hdr, inout metadata_t meta) {
    apply {
        update_checksum(hdr.ipv4.isValid(), IPV4_FIELDS, hdr.ipv4.checksum, HashAlgorithm.csum16);

        update_checksum(
            meta.checksum_present == 1,
            {
                meta.checksum_delta,
                hdr.ipv4.src, hdr.ipv4.dst, hdr.udp.length,
                hdr.udp.src_port, hdr.udp.dst_port, hdr.udp.length,
                hdr.name.version, hdr.name.type, hdr.name.flags, hdr.name.hop_limit, hdr.name.reason,
                hdr.name.dst_components, hdr.name.src_components, hdr.name.tag, hdr.name.instance,
                hdr.name.request_id, hdr.name.stamp, hdr.name.text_length, hdr.name.attempt, hdr.name.patience,
                hdr.kv.op, hdr.kv.flags, hdr.kv.status, hdr.kv.generation, hdr.kv.blocks, hdr.kv.reserved,
                hdr.kv.value_length, hdr.kv.version, hdr.kv.key
            },
            hdr.udp.checksum,
            HashAlgorithm.csum16);

        // Of an encapsulation put on here: what stands inside.
        update_checksum(hdr.inner_ipv4.isValid() && meta.sinc.encapsulated == 1, INNER_IPV4_FIELDS,
                        hdr.inner_ipv4.checksum, HashAlgorithm.csum16);

        update_checksum(
            meta.sinc.changed == 1 && hdr.inner_udp.isValid(),
            {
                hdr.inner_ipv4.src, hdr.inner_ipv4.dst, 8w0, hdr.inner_ipv4.protocol, hdr.inner_udp.length,
                hdr.inner_udp.src_port, hdr.inner_udp.dst_port, hdr.inner_udp.length,
                hdr.sinc.reserved, hdr.sinc.overflow, hdr.sinc.done, hdr.sinc.loopback, hdr.sinc.group,
                hdr.sinc.sources, hdr.sinc.source, hdr.sinc.seq, hdr.sinc.operation, hdr.sinc.offset,
                VECTOR_FIELDS(vector0), VECTOR_FIELDS(vector1), VECTOR_FIELDS(vector2), VECTOR_FIELDS(vector3),
                hdr.cell.index, hdr.cell.operand, hdr.cell.replacement, hdr.cell.result
            },
            hdr.inner_udp.checksum,
            HashAlgorithm.csum16);

        update_checksum(
            hdr.inner_udp.checksum == 0 && meta.sinc.changed == 1 && hdr.inner_udp.isValid(),
            { 16w0 },
            hdr.inner_udp.checksum,
            HashAlgorithm.csum16);

        update_checksum(
            meta.sinc.changed == 1 && !hdr.inner_udp.isValid(),
            {
                hdr.ipv4.src, hdr.ipv4.dst, 8w0, hdr.ipv4.protocol, hdr.udp.length,
                hdr.udp.src_port, hdr.udp.dst_port, hdr.udp.length,
                hdr.sinc.reserved, hdr.sinc.overflow, hdr.sinc.done, hdr.sinc.loopback, hdr.sinc.group,
                hdr.sinc.sources, hdr.sinc.source, hdr.sinc.seq, hdr.sinc.operation, hdr.sinc.offset,
                VECTOR_FIELDS(vector0), VECTOR_FIELDS(vector1), VECTOR_FIELDS(vector2), VECTOR_FIELDS(vector3),
                hdr.cell.index, hdr.cell.operand, hdr.cell.replacement, hdr.cell.result
            },
            hdr.udp.checksum,
            HashAlgorithm.csum16);

        update_checksum(
            hdr.udp.checksum == 0 && (meta.checksum_present == 1
                                       || (meta.sinc.changed == 1 && !hdr.inner_udp.isValid())),
            { 16w0 },
            hdr.udp.checksum,
            HashAlgorithm.csum16);
    }
}
