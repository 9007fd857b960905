// Fetch-and-add and compare-and-swap (docs/protocol.md section 4.6).
//
// A source has one request outstanding per group. The switch keeps, per group and source, the SeqNum it answered last
// and the answer: the same SeqNum gets the same answer again, so a retransmission never executes twice. A cell or an
// answer of another epoch counts as never written.

control Cells(inout headers_t hdr, inout metadata_t meta) {
    register<bit<32>, bit<32>>(ANSWERS) answer_epoch;
    register<bit<32>, bit<32>>(ANSWERS) answer_seq;
    register<bit<32>, bit<32>>(COUNTER_CELLS) value_epoch;
    register<bit<32>, bit<32>>(COUNTER_CELLS) value;
    register<bit<32>, bit<32>>(ANSWERS) answer_result;

    bit<32> slot;
    bit<32> epoch;
    bit<32> seq;
    bit<32> age;
    bit<32> cell;
    bit<32> cell_owner;
    bit<32> before;
    bit<32> after;

    @hidden
    action find_answer() {
        slot = meta.sinc.answers + (bit<32>) hdr.sinc.source;
        answer_epoch.read(epoch, slot);
        answer_seq.read(seq, slot);
        age = hdr.sinc.seq - seq;
    }
    @hidden
    action claim_answer() {
        answer_epoch.write(slot, meta.sinc.epoch);
        answer_seq.write(slot, hdr.sinc.seq);
    }
    @hidden
    action execute() {
        cell = meta.sinc.base + hdr.cell.index;
        value_epoch.read(cell_owner, cell);
        value.read(before, cell);
        before = cell_owner == meta.sinc.epoch ? before : 0;
        after = hdr.sinc.operation == SINC_FETCH_ADD ? before + hdr.cell.operand
            : (before == hdr.cell.operand ? hdr.cell.replacement : before);
        value_epoch.write(cell, meta.sinc.epoch);
        value.write(cell, after);
        answer_result.write(slot, before);
        hdr.cell.result = before;
    }
    @hidden
    action repeat_answer() {
        answer_result.read(hdr.cell.result, slot);
    }
    @hidden
    action done() {
        hdr.sinc.done = 1;
        meta.sinc.changed = 1;
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

    apply {
        find_answer();
        if (epoch != meta.sinc.epoch || (age != 0 && age[31:31] == 0)) {
            claim_answer();
            execute();
            done();
        } else if (age == 0) {
            repeat_answer();
            done();
        } else {
            drop_late();
        }
        if (meta.verdict == Verdict.ROUTE && hdr.sinc.loopback == 1) {
            back_to_source();
        }
    }
}
