// Circuit breaker of an instance, as v1model has it: closed, open, half open; requests without an answer by windows of time.
// What is there one pass of reads and writes is here, in this order, one access each:
//   failures      failures in a row, and whose they are: a cell of another generation or window is begun anew
//   owner         the same owner, of which a packet is told
//   trip          since when it rests, and how: asked only by requests that find too many failures
//   even, odd     requests without an answer in windows with even and with odd numbers: one of the two is the present
//                 window, the other one that before it
//   window        the window of the last request: how many have passed since
//   heard         whether a response has come since then
//
// Differs from v1model:
//   - Whether too many requests are outstanding, and whether some were lost, is known when the packet has been decided on. So
//     such a packet comes in once more (second_t), by resubmission: to be refused, or to count what was lost as failures. Until
//     then it counts as outstanding, and the FIB counts it twice. Another generation leaves what was
//     outstanding in the window before.
//   - A response closes a breaker also while it is open; v1model waits until it is half open.
//   - The request that tries a resting instance has to find room among the outstanding ones, too.
//   - A request that a rate or a fault refuses may be the one that tries a resting instance: they are asked at the same time.
//   - Rest is counted in units of 65,536 ns, windows in units of 1,024 ns.

struct failures_t {
    bit<32> owner;          // generation and window of its limits, 8 bits each
    bit<32> count;
}

struct trip_t {
    bit<32> since;
    bit<32> state;          // 0 closed, 1 open, 2 half open
}

// The same near the ends of time: see reduce.p4.
struct trip_around_t {
    int<32> since;
    bit<32> state;
}

struct window_t {
    bit<32> epoch;
    bit<32> count;
}

#define OUTSTANDING(PARITY, NAME) \
    @name(NAME) \
    Register<window_t, bit<15>>(BREAKERS) PARITY; \
    RegisterAction<window_t, bit<15>, bit<32>>(PARITY) enter_##PARITY = { \
        void apply(inout window_t cell, out bit<32> before) { \
            before = cell.count; \
            if (cell.epoch == meta.epoch) { \
                cell.count = cell.count + 1; \
            } else { \
                cell.count = 1; \
            } \
            cell.epoch = meta.epoch; \
        } \
    }; \
    RegisterAction<window_t, bit<15>, bit<32>>(PARITY) keep_##PARITY = { \
        void apply(inout window_t cell, out bit<32> before) { \
            before = cell.count; \
            if (cell.epoch != meta.earlier) { \
                cell.count = 0; \
            } \
            cell.epoch = meta.earlier; \
        } \
    }; \
    RegisterAction<window_t, bit<15>, bit<32>>(PARITY) begin_##PARITY = { \
        void apply(inout window_t cell) { \
            cell.count = 1; \
            cell.epoch = meta.epoch; \
        } \
    }; \
    RegisterAction<window_t, bit<15>, bit<32>>(PARITY) leave_##PARITY = { \
        void apply(inout window_t cell) { \
            if (cell.epoch == meta.epoch) { \
                cell.count = cell.count |-| 1; \
            } \
        } \
    }; \
    @hidden action PARITY##_enters() { meta.entered_##PARITY = 1; meta.count_##PARITY = enter_##PARITY.execute(meta.instance[14:0]); } \
    @hidden action PARITY##_keeps() { meta.count_##PARITY = keep_##PARITY.execute(meta.instance[14:0]); } \
    @hidden action PARITY##_begins() { meta.entered_##PARITY = 1; begin_##PARITY.execute(meta.instance[14:0]); } \
    @hidden action PARITY##_leaves() { leave_##PARITY.execute(meta.instance[14:0]); }

// What the instance has done: before the request is decided on.
control Breaker(inout headers_t hdr, inout metadata_t meta) {
    @name(".ingress.breaker.limits")
    action limits(
        bit<8> generation,
        bit<8> window,
        bit<16> max_outstanding,
        bit<16> max_failures,
        bit<32> rest
    ) {
        meta.guarded = 1;
        meta.owner = 16w0 ++ generation ++ window;
        meta.window = window;
        meta.max_outstanding = 16w0 ++ max_outstanding;
        meta.max_failures = 16w0 ++ max_failures;
        meta.rest = 6w0 ++ rest[31:6];
    }
    @name(".ingress.breaker.guards")
    table guards {
        key = {
            meta.instance: exact @name("instance");
        }
        actions = {
            limits;
        }
        size = BREAKER_GUARDS;
    }

    // What the packet says of its instance.
    @hidden
    action says(BreakerKind kind) {
        meta.kind = kind;
    }
    @hidden
    table kinds {
        key = {
            hdr.name.type: ternary;
            hdr.name.reason: ternary;
            hdr.name.flags: ternary;
        }
        actions = {
            says;
        }
        const default_action = says(BreakerKind.NONE);
        const entries = {
            (SERVICE_REQUEST, _, 0 &&& FLAG_RESOLVED): says(BreakerKind.REQUEST);
            (SERVICE_DATA, _, _): says(BreakerKind.SUCCESS);
            // With a used-up hop limit comes the number of a switch where that of an instance stands.
            (NACK, HOP_LIMIT, _): says(BreakerKind.NONE);
            (NACK, UNAVAILABLE, _): says(BreakerKind.FAILURE);
            (NACK, NAME_MISMATCH, _): says(BreakerKind.FAILURE);
            (NACK, _, _): says(BreakerKind.ANSWER);
        }
        size = 8;
    }

    @name(".ingress.breaker.failures")
    Register<failures_t, bit<15>>(BREAKERS) failures;
    RegisterAction<failures_t, bit<15>, bit<8>>(failures) ask_failures = {
        void apply(inout failures_t cell, out bit<8> many) {
            many = 0;
            if (cell.owner == meta.owner && cell.count >= meta.failures_asked) {
                many = 1;
            }
            if (cell.owner != meta.owner) {
                cell.count = 0;
                cell.owner = meta.owner;
            }
        }
    };
    // In a second pass the owner is not asked for: in its place stands how many there may have been.
    RegisterAction<failures_t, bit<15>, bit<8>>(failures) add_lost = {
        void apply(inout failures_t cell, out bit<8> many) {
            many = 0;
            if (cell.count >= meta.owner) {
                many = 1;
            }
            cell.count = cell.count |+| meta.failures_asked;
        }
    };
    RegisterAction<failures_t, bit<15>, bit<8>>(failures) fail = {
        void apply(inout failures_t cell) {
            cell.count = cell.count |+| 1;
        }
    };
    RegisterAction<failures_t, bit<15>, bit<8>>(failures) succeed = {
        void apply(inout failures_t cell) {
            cell.count = 0;
        }
    };
    @name(".ingress.breaker.owner")
    Register<bit<32>, bit<15>>(BREAKERS) owner;
    RegisterAction<bit<32>, bit<15>, bit<8>>(owner) own = {
        void apply(inout bit<32> last, out bit<8> fresh) {
            fresh = 0;
            if (last != meta.owner) {
                fresh = 1;
            }
            last = meta.owner;
        }
    };

    // A stateful ALU has two words of a packet, for all its programs: limits, or what was lost, and the owner.
    @hidden
    action ask_for_limit() {
        meta.failures_asked = meta.max_failures;
    }
    @hidden
    action ask_for_lost() {
        meta.failures_asked = meta.came_with;
        meta.owner = meta.max_failures |-| meta.came_with;
    }
    @hidden
    action ask_for_failures() {
        meta.many = ask_failures.execute(meta.instance[14:0]);
    }
    @hidden
    action ask_whether_fresh() {
        meta.fresh = own.execute(meta.instance[14:0]);
    }
    @hidden
    action add_lost_ones() {
        meta.many = add_lost.execute(meta.instance[14:0]);
    }
    @hidden
    action has_failed() {
        fail.execute(meta.instance[14:0]);
    }
    @hidden
    action has_succeeded() {
        succeed.execute(meta.instance[14:0]);
    }
    @hidden
    table turns {
        key = {
            meta.guarded: ternary;
            meta.kind: ternary;
            meta.attached: ternary;
            meta.decision: ternary;
            meta.came_for: ternary;
        }
        actions = {
            ask_for_failures;
            add_lost_ones;
            has_failed;
            has_succeeded;
            @defaultonly NoAction;
        }
        const default_action = NoAction();
        const entries = {
            (1, BreakerKind.REQUEST, _, NameDecision.REWRITE, Again.NONE): ask_for_failures();
            (1, BreakerKind.REQUEST, _, NameDecision.REWRITE, Again.LOST): add_lost_ones();
            (1, BreakerKind.REQUEST, _, NameDecision.REWRITE, Again.OVER_AND_LOST): add_lost_ones();
            (1, BreakerKind.REQUEST, _, NameDecision.REWRITE, Again.LOST_IN_TRIAL): add_lost_ones();
            (1, BreakerKind.SUCCESS, 1, _, _): has_succeeded();
            (1, BreakerKind.FAILURE, 1, _, _): has_failed();
        }
        size = 8;
    }

    @hidden
    action find_rest() {
        meta.rested = meta.slow_now - meta.rest;
    }

    @name(".ingress.breaker.trip")
    Register<trip_t, bit<15>>(BREAKERS) trip;
    RegisterAction<trip_t, bit<15>, bit<8>>(trip) ask = {
        void apply(inout trip_t cell, out bit<8> passes) {
            passes = 0;
            if (cell.state == 0) {
                cell.state = 1;
                cell.since = meta.slow_now;
            } else if (cell.since <= meta.rested) {
                cell.state = 2;
                cell.since = meta.slow_now;
                passes = 1;
            }
        }
    };
    RegisterAction<trip_around_t, bit<15>, bit<8>>(trip) ask_around = {
        void apply(inout trip_around_t cell, out bit<8> passes) {
            passes = 0;
            if (cell.state == 0) {
                cell.state = 1;
                cell.since = (int<32>) meta.slow_now;
            } else if (cell.since <= (int<32>) meta.rested) {
                cell.state = 2;
                cell.since = (int<32>) meta.slow_now;
                passes = 1;
            }
        }
    };
    RegisterAction<trip_t, bit<15>, bit<8>>(trip) reopen = {
        void apply(inout trip_t cell) {
            if (cell.state == 2) {
                cell.state = 1;
                cell.since = meta.slow_now;
            }
        }
    };
    RegisterAction<trip_t, bit<15>, bit<8>>(trip) close = {
        void apply(inout trip_t cell) {
            cell.state = 0;
        }
    };
    @hidden
    action ask_trip() {
        meta.asked = 1;
        meta.passes = ask.execute(meta.instance[14:0]);
    }
    @hidden
    action ask_trip_around() {
        meta.asked = 1;
        meta.passes = ask_around.execute(meta.instance[14:0]);
    }
    @hidden
    action reopen_trip() {
        reopen.execute(meta.instance[14:0]);
    }
    @hidden
    action close_trip() {
        close.execute(meta.instance[14:0]);
    }
    @hidden
    action nothing() {
    }
    @hidden
    table trips {
        key = {
            meta.guarded: ternary;
            meta.kind: ternary;
            meta.attached: ternary;
            meta.fresh: ternary;
            meta.many: ternary;
            meta.max_failures: ternary;
            meta.came_for: ternary;
            meta.rested[31:30]: ternary;
        }
        actions = {
            ask_trip;
            ask_trip_around;
            reopen_trip;
            close_trip;
            nothing;
        }
        const default_action = nothing();
        const entries = {
            (1, BreakerKind.SUCCESS, 1, _, _, _, _, _): close_trip();
            (1, BreakerKind.FAILURE, 1, _, _, _, _, _): reopen_trip();
            (1, BreakerKind.REQUEST, _, 1, _, _, _, _): close_trip();
            // No limit.
            (1, BreakerKind.REQUEST, _, _, 1, 0, _, _): nothing();
            // Its first pass has asked.
            (1, BreakerKind.REQUEST, _, _, 1, _, Again.LOST_IN_TRIAL, _): nothing();
            (1, BreakerKind.REQUEST, _, _, 1, _, _, 0): ask_trip_around();
            (1, BreakerKind.REQUEST, _, _, 1, _, _, 1): ask_trip();
            (1, BreakerKind.REQUEST, _, _, 1, _, _, 2): ask_trip();
            (1, BreakerKind.REQUEST, _, _, 1, _, _, 3): ask_trip_around();
        }
        size = 16;
    }

    apply {
        if (hdr.name.isValid()) {
            guards.apply();
        }
        if (hdr.name.isValid() && meta.verdict == Verdict.ROUTE) {
            kinds.apply();
        }
        if (meta.came_for == Again.NONE) {
            ask_for_limit();
        } else {
            ask_for_lost();
        }
        turns.apply();
        if (meta.guarded == 1 && meta.kind == BreakerKind.REQUEST && meta.decision == NameDecision.REWRITE
            && meta.came_for == Again.NONE) {
            ask_whether_fresh();
        }
        find_rest();
        trips.apply();
    }
}

// `Again` says what a request comes in for; of rules that refuse it, those count that are known by now.
#define PARITY_TABLE(PARITY) \
    @hidden \
    table PARITY##_turns { \
        key = { \
            meta.guarded: ternary; \
            meta.kind: ternary; \
            meta.attached: ternary; \
            hdr.name.stamp: ternary; \
            meta.came_for: ternary; \
            meta.is_##PARITY: ternary; \
            meta.fresh: ternary; \
            meta.asked: ternary; \
            meta.passes: ternary; \
            meta.decision: ternary; \
            meta.denied: ternary; \
            meta.rate_colour: ternary; \
            meta.dropped: ternary; \
            hdr.name.hop_limit: ternary; \
        } \
        actions = { \
            PARITY##_enters; \
            PARITY##_keeps; \
            PARITY##_begins; \
            PARITY##_leaves; \
            nothing; \
        } \
        const default_action = nothing(); \
        const entries = { \
            (0, _, _, _, _, _, _, _, _, _, _, _, _, _): nothing(); \
            (_, BreakerKind.SUCCESS, 1, 0, _, _, _, _, _, _, _, _, _, _): nothing(); \
            (_, BreakerKind.SUCCESS, 1, _, _, 1, _, _, _, _, _, _, _, _): PARITY##_leaves(); \
            (_, BreakerKind.FAILURE, 1, 0, _, _, _, _, _, _, _, _, _, _): nothing(); \
            (_, BreakerKind.FAILURE, 1, _, _, 1, _, _, _, _, _, _, _, _): PARITY##_leaves(); \
            (_, BreakerKind.ANSWER, 1, 0, _, _, _, _, _, _, _, _, _, _): nothing(); \
            (_, BreakerKind.ANSWER, 1, _, _, 1, _, _, _, _, _, _, _, _): PARITY##_leaves(); \
            (_, BreakerKind.REQUEST, _, _, Again.OVER, 1, _, _, _, _, _, _, _, _): PARITY##_leaves(); \
            (_, BreakerKind.REQUEST, _, _, Again.OVER_AND_LOST, 1, _, _, _, _, _, _, _, _): PARITY##_leaves(); \
            (_, BreakerKind.REQUEST, _, _, Again.NONE, _, _, 1, 0, _, _, _, _, _): nothing(); \
            (_, BreakerKind.REQUEST, _, _, Again.NONE, _, _, _, _, _, 1, _, _, _): nothing(); \
            (_, BreakerKind.REQUEST, _, _, Again.NONE, _, _, _, _, _, _, MeterColor_t.RED, _, _): nothing(); \
            (_, BreakerKind.REQUEST, _, _, Again.NONE, _, _, _, _, _, _, _, _, 0 &&& 0xfe): nothing(); \
            (_, BreakerKind.REQUEST, _, _, Again.LOST, 1, _, 1, 0, _, _, _, _, _): PARITY##_leaves(); \
            (_, BreakerKind.REQUEST, _, _, Again.NONE, 1, 1, _, _, NameDecision.REWRITE, _, _, 0, _): PARITY##_begins(); \
            (_, BreakerKind.REQUEST, _, _, Again.NONE, 1, _, _, _, NameDecision.REWRITE, _, _, 0, _): PARITY##_enters(); \
            (_, BreakerKind.REQUEST, _, _, Again.NONE, 0, _, _, _, NameDecision.REWRITE, _, _, 0, _): PARITY##_keeps(); \
        } \
        size = 32; \
    }

// What it has not answered: beside the decision.
control Outstanding(inout headers_t hdr, inout metadata_t meta) {
    // A request is of the present window, an answer of that of the stamp it brings back.
    @hidden
    action set_window(bit<32> mask, bit<32> size) {
        meta.epoch = hdr.name.stamp & mask;
        meta.parity = hdr.name.stamp & size;
        meta.size = size;
    }
#define WINDOW(log) log: set_window(32w0xffffffff << log, 32w1 << log);
    @hidden
    table windows {
        key = {
            meta.window: exact;
        }
        actions = {
            set_window;
        }
        const entries = {
            WINDOW(9) WINDOW(10) WINDOW(11) WINDOW(12) WINDOW(13) WINDOW(14) WINDOW(15) WINDOW(16) WINDOW(17) WINDOW(18)
            WINDOW(19) WINDOW(20) WINDOW(21) WINDOW(22) WINDOW(23) WINDOW(24) WINDOW(25) WINDOW(26) WINDOW(27) WINDOW(28)
            WINDOW(29) WINDOW(30)
        }
        size = 32;
    }
    @hidden
    action find_earlier() {
        meta.earlier = meta.epoch - meta.size;
    }
    @hidden
    action present_is_even() {
        meta.is_even = 1;
    }
    @hidden
    action present_is_odd() {
        meta.is_odd = 1;
    }

    @hidden
    action nothing() {
    }
    OUTSTANDING(even, ".ingress.breaker.even")
    OUTSTANDING(odd, ".ingress.breaker.odd")
    PARITY_TABLE(even)
    PARITY_TABLE(odd)

    @name(".ingress.breaker.window")
    Register<bit<32>, bit<15>>(BREAKERS) window;
    RegisterAction<bit<32>, bit<15>, bit<32>>(window) pass_to = {
        void apply(inout bit<32> last, out bit<32> passed) {
            passed = meta.epoch - last;
            last = meta.epoch;
        }
    };
    @hidden
    action pass_windows() {
        meta.passed = pass_to.execute(meta.instance[14:0]);
    }

    @name(".ingress.breaker.heard")
    Register<bit<8>, bit<15>>(BREAKERS) heard;
    RegisterAction<bit<8>, bit<15>, bit<8>>(heard) ask_heard = {
        void apply(inout bit<8> response, out bit<8> came) {
            came = response;
            response = 0;
        }
    };
    RegisterAction<bit<8>, bit<15>, bit<8>>(heard) note_heard = {
        void apply(inout bit<8> response) {
            response = 1;
        }
    };
    @hidden
    action ask_for_responses() {
        meta.heard = ask_heard.execute(meta.instance[14:0]);
    }
    @hidden
    action note_response() {
        note_heard.execute(meta.instance[14:0]);
    }

    @hidden
    action sum_up() {
        meta.sum = meta.count_even + meta.count_odd;
    }
    @hidden
    action present_has_even() {
        meta.present = meta.count_even;
        meta.room_before = meta.max_outstanding |-| meta.count_odd;
    }
    @hidden
    action present_has_odd() {
        meta.present = meta.count_odd;
        meta.room_before = meta.max_outstanding |-| meta.count_even;
    }
    @hidden
    action if_asked() {
        meta.again_if_lost = Again.LOST_IN_TRIAL;
    }
    @hidden
    action unless_asked() {
        meta.again_if_lost = Again.LOST;
    }
    @hidden
    action find_room() {
        meta.room = meta.max_outstanding |-| meta.sum;
        meta.passed_more = meta.passed - meta.size;
    }

    apply {
        if (hdr.name.isValid()) {
            windows.apply();
        }
        find_earlier();
        if (meta.parity == 0) {
            present_is_even();
        } else {
            present_is_odd();
        }
        even_turns.apply();
        odd_turns.apply();
        if (meta.entered_even == 1 || meta.entered_odd == 1) {
            pass_windows();
        }
        sum_up();
        if (meta.asked == 1) {
            if_asked();
        } else {
            unless_asked();
        }
        if (meta.is_even == 1) {
            present_has_even();
        } else {
            present_has_odd();
        }
        find_room();
        if (meta.passed != 0 || meta.fresh == 1) {
            ask_for_responses();
        } else if (meta.guarded == 1 && meta.attached == 1 && meta.kind == BreakerKind.SUCCESS) {
            note_response();
        }
    }
}

// What comes of it, when the packet has been decided on.
control SecondPass(
    inout metadata_t meta,
    inout ingress_intrinsic_metadata_for_deparser_t ig_dprsr_md,
    inout ingress_intrinsic_metadata_for_tm_t ig_tm_md
) {
    @hidden
    action nothing() {
    }
    // The original packet comes in again, with this in front of it.
    @hidden
    action once_more_over() {
        meta.again = Again.OVER;
        ig_dprsr_md.resubmit_type = SECOND_PASS;
        invalidate(ig_tm_md.ucast_egress_port);
    }
    @hidden
    action once_more_lost() {
        meta.again = meta.again_if_lost;
        meta.lost = meta.present;
        ig_dprsr_md.resubmit_type = SECOND_PASS;
        invalidate(ig_tm_md.ucast_egress_port);
    }
    @hidden
    action once_more_lost_all() {
        meta.again = meta.again_if_lost;
        meta.lost = meta.sum;
        ig_dprsr_md.resubmit_type = SECOND_PASS;
        invalidate(ig_tm_md.ucast_egress_port);
    }
    @hidden
    action once_more_over_and_lost() {
        meta.again = Again.OVER_AND_LOST;
        meta.lost = meta.present;
        ig_dprsr_md.resubmit_type = SECOND_PASS;
        invalidate(ig_tm_md.ucast_egress_port);
    }
    // By windows passed: the present window's count is still that of the window before last when one has passed, and both are
    // older when more have.
    @hidden
    table verdicts {
        key = {
            meta.entered_even: ternary;
            meta.entered_odd: ternary;
            meta.fresh: ternary;
            meta.passed: ternary;
            meta.passed_more: ternary;
            meta.max_outstanding: ternary;
            meta.room: ternary;
            meta.room_before: ternary;
            meta.heard: ternary;
            meta.present: ternary;
            meta.sum: ternary;
        }
        actions = {
            once_more_over;
            once_more_lost;
            once_more_lost_all;
            once_more_over_and_lost;
            nothing;
        }
        const default_action = nothing();
        const entries = {
            (0, 0, _, _, _, _, _, _, _, _, _): nothing();
            (_, _, 1, _, _, _, _, _, _, _, _): nothing();
            (_, _, _, 0, _, 0, _, _, _, _, _): nothing();
            (_, _, _, 0, _, _, 0, _, _, _, _): once_more_over();
            (_, _, _, 0, _, _, _, _, _, _, _): nothing();
            (_, _, _, _, 0, 0, _, _, 1, _, _): nothing();
            (_, _, _, _, 0, 0, _, _, _, 0, _): nothing();
            (_, _, _, _, 0, 0, _, _, _, _, _): once_more_lost();
            (_, _, _, _, 0, _, _, 0, 1, _, _): once_more_over();
            (_, _, _, _, 0, _, _, 0, _, 0, _): once_more_over();
            (_, _, _, _, 0, _, _, 0, _, _, _): once_more_over_and_lost();
            (_, _, _, _, 0, _, _, _, 1, _, _): nothing();
            (_, _, _, _, 0, _, _, _, _, 0, _): nothing();
            (_, _, _, _, 0, _, _, _, _, _, _): once_more_lost();
            (_, _, _, _, _, _, _, _, 1, _, _): nothing();
            (_, _, _, _, _, _, _, _, _, _, 0): nothing();
            (_, _, _, _, _, _, _, _, _, _, _): once_more_lost_all();
        }
        size = 32;
    }

    apply {
        if (meta.verdict == Verdict.PORT) {
            verdicts.apply();
        }
    }
}
