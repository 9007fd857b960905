// The keyed tag of `auth` (docs/protocol.md section 3.6), HalfSipHash-2-4, over several passes of the pipe: 21 words of two
// rounds each and eight rounds to finish, of which a pass takes six (Tofino 2: ten), half of them in ingress and half in
// egress. A packet that needs no check takes no further pass.
//
// A round is four stages, each of which adds, turns or takes exclusive ors, and all at once:
//   a   v0 += v1, v2 += v3, v1 and v3 turned
//   b   v1 ^= v0, v3 ^= v2, v0 turned
//   c   v0 += v3, v2 += v1, v1 and v3 turned
//   d   v3 ^= v0, v1 ^= v2, v2 turned
// What a word asks for is part of d: v0 ^= the word that is through, since nobody reads that v0 any more, and v3 ^= the next
// one, an exclusive or of three, which the hash unit makes (32 bits of it to a table, so one of them to an action).
//
// Header lap says how far it is. In step 0, the packet's first pass, ingress looks up the key, and egress has the first rounds;
// in each step after it, ingress and egress take the rounds that follow. The parser picks the words (laps.p4).
// v1 ^ v3, when it is half of the tag, is kept in a field of lap whose word is 0 by then.

#if __TARGET_TOFINO__ == 2
// Rounds 40 to 44 are egress's of step 4, 45 to 49 ingress's of step 5.
const bit<8> STEP_FINISH = 4;
const bit<8> STEP_LOW = 5;
const bit<8> STEP_HIGH = 5;
const bit<8> STEP_DONE = 6;
#else
// Rounds 42 to 44 are egress's of step 7, 45 to 47 ingress's of step 8, and of egress's then 48 and 49 count.
const bit<8> STEP_LOW = 8;
const bit<8> STEP_HIGH = 8;
const bit<8> STEP_DONE = 9;
#endif

// What the words begin with.
const bit<32> TAG_V1 = 0xee;
const bit<32> TAG_V2 = 0x6c796765;
const bit<32> TAG_V3 = 0x74656462;
// What the last eight rounds begin with, on v2, and the last four, on v1.
const bit<32> TAG_FINISH = 0xee;
const bit<32> TAG_SECOND_HALF = 0xdd;
// The same as the first bytes of the tag have it, since the first half is kept when it is in already.
const bit<32> TAG_FIRST_HALF = 0xdd000000;
// Length of the message in bytes in the top byte; 80 bytes leave none over.
const bit<32> TAG_LAST_WORD = 80 << 24;

#define TAG_STEPS \
    @hidden \
    action a() { \
        hdr.lap.v0 = hdr.lap.v0 + hdr.lap.v1; \
        hdr.lap.v1 = hdr.lap.v1[26:0] ++ hdr.lap.v1[31:27]; \
        hdr.lap.v2 = hdr.lap.v2 + hdr.lap.v3; \
        hdr.lap.v3 = hdr.lap.v3[23:0] ++ hdr.lap.v3[31:24]; \
    } \
    @hidden \
    action b() { \
        hdr.lap.v1 = hdr.lap.v1 ^ hdr.lap.v0; \
        hdr.lap.v0 = hdr.lap.v0[15:0] ++ hdr.lap.v0[31:16]; \
        hdr.lap.v3 = hdr.lap.v3 ^ hdr.lap.v2; \
    } \
    @hidden \
    action c() { \
        hdr.lap.v0 = hdr.lap.v0 + hdr.lap.v3; \
        hdr.lap.v3 = hdr.lap.v3[24:0] ++ hdr.lap.v3[31:25]; \
        hdr.lap.v2 = hdr.lap.v2 + hdr.lap.v1; \
        hdr.lap.v1 = hdr.lap.v1[18:0] ++ hdr.lap.v1[31:19]; \
    } \
    @hidden \
    action d() { \
        hdr.lap.v3 = hdr.lap.v3 ^ hdr.lap.v0; \
        hdr.lap.v1 = hdr.lap.v1 ^ hdr.lap.v2; \
        hdr.lap.v2 = hdr.lap.v2[15:0] ++ hdr.lap.v2[31:16]; \
    }

// The d between two words. Each of its parts reads what those before it leave: v3 first, v0 last.
#define TAKE_NEXT(name, word) \
    Hash<bit<32>>(HashAlgorithm_t.XOR32) name##_xor; \
    @hidden \
    action name() { \
        hdr.lap.v3 = name##_xor.get({ hdr.lap.v3, hdr.lap.v0, word }); \
    }
#define LET_GO(name, word) \
    @hidden \
    action name() { \
        hdr.lap.v1 = hdr.lap.v1 ^ hdr.lap.v2; \
        hdr.lap.v2 = hdr.lap.v2[15:0] ++ hdr.lap.v2[31:16]; \
        hdr.lap.v0 = hdr.lap.v0 ^ word; \
    }
// The same where v1 or v2 takes a constant in some step.
#define LET_GO_V1(name, word) \
    Hash<bit<32>>(HashAlgorithm_t.XOR32) name##_xor; \
    @hidden \
    action name() { \
        hdr.lap.v1 = name##_xor.get({ hdr.lap.v1, hdr.lap.v2, meta.tweak_v1 }); \
    } \
    @hidden \
    action name##_rest() { \
        hdr.lap.v2 = hdr.lap.v2[15:0] ++ hdr.lap.v2[31:16]; \
        hdr.lap.v0 = hdr.lap.v0 ^ word; \
    }
#define LET_GO_V2(name, word) \
    Hash<bit<32>>(HashAlgorithm_t.XOR32) name##_xor; \
    @hidden \
    action name() { \
        hdr.lap.v1 = hdr.lap.v1 ^ hdr.lap.v2; \
        hdr.lap.v0 = hdr.lap.v0 ^ word; \
    } \
    @hidden \
    action name##_rest() { \
        hdr.lap.v2 = name##_xor.get({ hdr.lap.v2[15:0], hdr.lap.v2[31:16], meta.tweak_v2 }); \
    }

// Nobody reads what it makes of a packet that is not on its way round.
control TagIngress(inout headers_t hdr, in metadata_t meta) {
    TAG_STEPS
    TAKE_NEXT(take_first, meta.word0)
    LET_GO_V1(let_go, hdr.lap.word)

    @hidden
    action carry() {
#if __TARGET_TOFINO__ == 2
        hdr.lap.word = meta.word2;
        hdr.lap.next = meta.word3;
        hdr.lap.after = meta.word4;
#else
        hdr.lap.word = meta.word1;
        hdr.lap.next = meta.word2;
#endif
    }
    @hidden
    action keep_low() {
        hdr.lap.word = hdr.lap.v1 ^ hdr.lap.v3;
        hdr.lap.next = 0;
    }
    @hidden
    table carries {
        key = {
            hdr.lap.step: exact;
        }
        actions = {
            keep_low;
            @defaultonly carry;
        }
        const default_action = carry();
        const entries = {
            STEP_LOW: keep_low();
        }
        size = 1;
    }

#if __TARGET_TOFINO__ == 2
    TAKE_NEXT(take_second, meta.word1)
    LET_GO(let_go_first, meta.word0)
    TAKE_NEXT(take_third, meta.word2)
    LET_GO(let_go_second, meta.word1)
#else
    TAKE_NEXT(take_second, meta.word1)
    LET_GO_V2(let_go_first, meta.word0)
#endif

    apply {
        a(); b(); c(); take_first(); let_go(); let_go_rest();
        carries.apply();
        a(); b(); c(); d();
#if __TARGET_TOFINO__ == 2
        a(); b(); c(); take_second(); let_go_first();
        a(); b(); c(); d();
        a(); b(); c(); take_third(); let_go_second();
#else
        a(); b(); c(); take_second(); let_go_first(); let_go_first_rest();
#endif
    }
}

control TagEgress(inout egress_headers_t hdr, in egress_metadata_t meta) {
    TAG_STEPS
    TAKE_NEXT(take_first, hdr.lap.next)
#if __TARGET_TOFINO__ == 2
    LET_GO_V2(let_go, hdr.lap.word)
    TAKE_NEXT(take_second, hdr.lap.after)
    LET_GO(let_go_first, hdr.lap.next)
#else
    LET_GO(let_go, hdr.lap.word)
#endif

    @hidden
    action carry() {
#if __TARGET_TOFINO__ == 2
        hdr.lap.word = hdr.lap.after;
#else
        hdr.lap.word = hdr.lap.next;
#endif
    }
    @hidden
    action keep_high() {
        hdr.lap.next = hdr.lap.v1 ^ hdr.lap.v3;
    }
    @hidden
    table carries {
        key = {
            hdr.lap.step: exact;
        }
        actions = {
            keep_high;
            @defaultonly carry;
        }
        const default_action = carry();
        const entries = {
            STEP_HIGH: keep_high();
        }
        size = 1;
    }
    @hidden
    action count_step() {
        hdr.lap.step = hdr.lap.step + 1;
    }

    apply {
#if __TARGET_TOFINO__ == 2
        // The rounds are through when ingress has had its last ones; what follows is of no use.
        if (hdr.lap.step == STEP_HIGH) {
            keep_high();
        }
        a(); b(); c(); d();
        a(); b(); c(); take_first(); let_go(); let_go_rest();
        a(); b(); c(); d();
        a(); b(); c(); take_second(); let_go_first();
        if (hdr.lap.step != STEP_HIGH) {
            carry();
        }
        a(); b(); c(); d();
#else
        a(); b(); c(); d();
        a(); b(); c(); take_first(); let_go();
        carries.apply();
        a(); b(); c(); d();
#endif
        count_step();
    }
}
