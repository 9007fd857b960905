// Data-flow table: the first request of a flow {destination name, source name} takes the way through strategy and FIB,
// later ones follow it to its instance and pass over both, while the flow does not pause for longer than its service
// says.
//
// It stands in registers: a flow is there for its very next packet, which a digest and a table entry would miss. A cell
// holds both names whole, so no flow is ever taken for another. Where a cell belongs to another flow that is not over,
// the newcomer goes without one, and is counted.
//
// A flow is void when its service's generation changes, or its instance is no longer in the table; and a repeated request
// (attempt above 0) chooses anew.

// A flow that is over, reported when another takes its cell.
struct flow_over_t {
    bit<256> dst;
    bit<256> src;
    bit<32> packets;
    bit<64> bytes;
}

control Flows(in headers_t hdr, inout metadata_t meta, in standard_metadata_t standard_metadata) {
    counter<bit<32>>(1, CounterType.packets) crowded;

    register<bit<512>, bit<32>>(FLOWS) names;       // destination, source
    register<bit<8>, bit<32>>(FLOWS) generation;
    register<bit<48>, bit<32>>(FLOWS) until;        // when it is over
    register<bit<32>, bit<32>>(FLOWS) packets;
    register<bit<64>, bit<32>>(FLOWS) bytes;

    bit<512> owner;
    bit<8> owner_generation;
    bit<48> owner_until;
    bit<32> packet_count;
    bit<64> byte_count;

    @hidden
    action find() {
        hash(meta.flow.cell, HashAlgorithm.crc32, 32w0, hdr.digests, FLOWS);
        names.read(owner, meta.flow.cell);
        generation.read(owner_generation, meta.flow.cell);
        until.read(owner_until, meta.flow.cell);
        packets.read(packet_count, meta.flow.cell);
        bytes.read(byte_count, meta.flow.cell);
    }
    @hidden
    action report() {
        digest<flow_over_t>(2, { owner[511:256], owner[255:0], packet_count, byte_count });
    }
    @hidden
    action claim() {
        names.write(meta.flow.cell, hdr.digests.dst ++ hdr.digests.src);
        generation.write(meta.flow.cell, meta.service.generation);
        packet_count = 0;
        byte_count = 0;
        meta.flow.state = FlowState.CLAIMED;
    }
    @hidden
    action known() {
        meta.flow.state = FlowState.KNOWN;
    }
    @hidden
    action prolong() {
        until.write(meta.flow.cell, meta.time + meta.service.idle);
        packets.write(meta.flow.cell, packet_count + 1);
        bytes.write(meta.flow.cell, byte_count + (bit<64>) standard_metadata.packet_length);
    }

    apply {
        find();
        if (owner == hdr.digests.dst ++ hdr.digests.src && owner_generation == meta.service.generation
            && meta.time < owner_until) {
            known();
            prolong();
        } else if (meta.time < owner_until && owner != hdr.digests.dst ++ hdr.digests.src) {
            crowded.count(0);
        } else {
            if (packet_count != 0) {
                report();
            }
            claim();
            prolong();
        }
    }
}
