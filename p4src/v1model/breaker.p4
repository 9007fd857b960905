// Circuit breaker of an instance, as this switch sees it: at the edge where requests enter the fabric and where their
// answers leave it. The controller sets limits; the switch does the rest, and answers by itself at once where a breaker
// is open.
//
//   closed      requests pass, up to the limit of outstanding ones
//   open        none passes, for as long as the instance is to rest
//   half open   one passes; its response closes the breaker, a failure opens it anew, and where neither comes another one
//               passes after the same time
//
// Outstanding requests are counted by windows of time, the present one and the one before. The stamp a response brings
// back tells which window its request belongs to. What is older has had its time: it was lost, and counts as a failure
// where the instance has answered nothing else meanwhile. So requests and answers that the network loses hold nothing for
// ever.

enum bit<8> BreakerState {
    CLOSED = 0,
    OPEN = 1,
    HALF_OPEN = 2
}

control Breaker(inout headers_t hdr, inout metadata_t meta) {
    // Generation (8 bits) and binary logarithm of the window in microseconds (8); 0 = nobody guards this instance.
    register<bit<16>, bit<32>>(BREAKERS) guard;
    register<bit<8>, bit<32>>(BREAKERS) state;
    register<bit<32>, bit<32>>(BREAKERS) since;
    register<bit<32>, bit<32>>(BREAKERS) epoch;
    register<bit<16>, bit<32>>(BREAKERS) outstanding;
    register<bit<16>, bit<32>>(BREAKERS) outstanding_before;
    register<bit<16>, bit<32>>(BREAKERS) failures;
    register<bit<8>, bit<32>>(BREAKERS) answered;

    bit<32> cell;
    bit<16> guarded_by;
    bit<8> is;
    bit<32> changed;
    bit<32> stored_window;
    bit<16> count;
    bit<16> count_before;
    bit<16> failed;
    bit<8> heard;
    bit<32> passed;
    bit<32> current;
    bit<16> lost;

    action limits(
        bit<8> generation,
        bit<8> window,
        bit<16> max_outstanding,
        bit<16> max_failures,
        bit<32> rest
    ) {
        meta.breaker.generation = generation;
        meta.breaker.window = window;
        meta.breaker.outstanding = max_outstanding;
        meta.breaker.failures = max_failures;
        meta.breaker.rest = rest;
    }
    table guards {
        key = {
            hdr.name.instance: exact @name("instance");
        }
        actions = {
            limits;
        }
        size = BREAKER_GUARDS;
    }

    @hidden
    action load() {
        cell = (bit<32>) hdr.name.instance;
        guard.read(guarded_by, cell);
        state.read(is, cell);
        since.read(changed, cell);
        epoch.read(stored_window, cell);
        outstanding.read(count, cell);
        outstanding_before.read(count_before, cell);
        failures.read(failed, cell);
        answered.read(heard, cell);
    }
    @hidden
    action store() {
        state.write(cell, is);
        since.write(cell, changed);
        outstanding.write(cell, count);
        outstanding_before.write(cell, count_before);
        failures.write(cell, failed);
        answered.write(cell, heard);
    }

    @hidden
    action open_guard() {
        current = meta.now >> meta.breaker.window;
        if (guarded_by != meta.breaker.generation ++ meta.breaker.window) {
            guard.write(cell, meta.breaker.generation ++ meta.breaker.window);
            is = (bit<8>) BreakerState.CLOSED;
            stored_window = current;
            count = 0;
            count_before = 0;
            failed = 0;
            heard = 0;
        }
        passed = (current - stored_window) & (32w0xffffffff >> meta.breaker.window);
        lost = 0;
    }
    @hidden
    action next_window() {
        lost = count_before;
        count_before = count;
        if (passed != 1) {
            lost = lost |+| count;
            count_before = 0;
        }
        count = 0;
        if (heard == 0) {
            failed = failed |+| lost;
        }
        heard = 0;
    }
    @hidden
    action keep_window() {
        epoch.write(cell, current);
    }
    @hidden
    action admit() {
        count = count |+| 1;
    }
    @hidden
    action open() {
        is = (bit<8>) BreakerState.OPEN;
        changed = meta.now;
    }
    @hidden
    action half_open() {
        is = (bit<8>) BreakerState.HALF_OPEN;
        changed = meta.now;
    }
    @hidden
    action refuse() {
        meta.name.decision = NameDecision.REFUSE;
        meta.name.reason = BREAKER_OPEN;
    }

    @hidden
    action settle() {
        bit<8> log = guarded_by[7:0];
        passed = (stored_window - (hdr.name.stamp >> log)) & (32w0xffffffff >> log);
        if (passed == 0) { count = count |-| 1; }
        if (passed == 1) { count_before = count_before |-| 1; }
    }
    @hidden
    action succeeded() {
        failed = 0;
        heard = 1;
        if (is == (bit<8>) BreakerState.HALF_OPEN) { is = (bit<8>) BreakerState.CLOSED; }
    }
    @hidden
    action has_failed() {
        failed = failed |+| 1;
        if (is == (bit<8>) BreakerState.HALF_OPEN) {
            is = (bit<8>) BreakerState.OPEN;
            changed = meta.now;
        }
    }

    apply {
        if (meta.service.account == Account.REQUEST) {
            if (guards.apply().hit) {
                load();
                open_guard();
                if (passed != 0) {
                    next_window();
                }
                keep_window();
                if (is == (bit<8>) BreakerState.CLOSED && meta.breaker.failures != 0
                    && failed >= meta.breaker.failures) {
                    open();
                }
                if (is == (bit<8>) BreakerState.CLOSED) {
                    if (meta.breaker.outstanding != 0 && count |+| count_before >= meta.breaker.outstanding) {
                        refuse();
                    } else {
                        admit();
                    }
                } else if (meta.now - changed >= meta.breaker.rest) {
                    half_open();
                    admit();
                } else {
                    refuse();
                }
                store();
            }
        } else if (hdr.name.type != NACK || hdr.name.reason != HOP_LIMIT) {
            // A used-up hop limit comes with the number of a switch where that of an instance stands.
            load();
            if (guarded_by != 0) {
                // What brings no stamp answers nothing that was counted: a further part of a long answer, an echo's Nack.
                if (hdr.name.stamp != 0) {
                    settle();
                }
                if (hdr.name.type == SERVICE_DATA) {
                    // What a switch answers from its cache says nothing of the instance.
                    if (!hdr.kv.isValid() || hdr.kv.flags & KV_CACHED == 0) {
                        succeeded();
                    }
                } else if (hdr.name.reason == UNAVAILABLE || hdr.name.reason == NAME_MISMATCH) {
                    has_failed();
                }
                store();
            }
        }
    }
}
