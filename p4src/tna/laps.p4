// The words of the tag, by steps of the header lap (tag.p4): 0 to 7 are the components of the destination's digest, 8 to 15
// those of the source's, 16 to 19 stand in the header tail, 20 is TAG_LAST_WORD. `word0` and so on are what ingress takes in,
// in order, then what it hands to egress.

#define DST(n) hdr.digests.dst[255 - 32 * n:224 - 32 * n]
#define SRC(n) hdr.digests.src[255 - 32 * n:224 - 32 * n]

// A packet on its way round is parsed as far as its names, and leaves as it came: nothing but lap changes.
#define LAP_HEADERS \
        packet.extract(hdr.rest); \
        packet.extract(hdr.ethernet); \
        packet.extract(hdr.ipv4); \
        packet.extract(hdr.udp); \
        packet.extract(hdr.name); \
        packet.extract(hdr.digests);

#if __TARGET_TOFINO__ == 2
#define LAP_WORDS(x0, x1, x2, x3, x4) \
        meta.word0 = x0; \
        meta.word1 = x1; \
        meta.word2 = x2; \
        meta.word3 = x3; \
        meta.word4 = x4; \
        transition accept;
#define LAP_SELECT \
            1: lap1; \
            2: lap2; \
            3: lap3; \
            4: lap4; \
            STEP_LOW: lap_low; \
            default: lap_done;
#define LAP_STATES \
    state lap1 { LAP_HEADERS LAP_WORDS(DST(3), DST(4), DST(5), DST(6), DST(7)) } \
    state lap2 { LAP_HEADERS LAP_WORDS(SRC(0), SRC(1), SRC(2), SRC(3), SRC(4)) } \
    state lap3 { LAP_HEADERS LAP_WORDS(SRC(5), SRC(6), SRC(7), hdr.rest.word16, hdr.rest.word17) } \
    state lap4 { LAP_HEADERS LAP_WORDS(hdr.rest.word18, hdr.rest.word19, TAG_LAST_WORD, 0, 0) }
#else
#define LAP_WORDS(x0, x1, x2) \
        meta.word0 = x0; \
        meta.word1 = x1; \
        meta.word2 = x2; \
        transition accept;
#define LAP_SELECT \
            1: lap1; \
            2: lap2; \
            3: lap3; \
            4: lap4; \
            5: lap5; \
            6: lap6; \
            7: lap7; \
            STEP_LOW: lap_low; \
            default: lap_done;
#define LAP_STATES \
    state lap1 { LAP_HEADERS LAP_WORDS(DST(2), DST(3), DST(4)) } \
    state lap2 { LAP_HEADERS LAP_WORDS(DST(5), DST(6), DST(7)) } \
    state lap3 { LAP_HEADERS LAP_WORDS(SRC(0), SRC(1), SRC(2)) } \
    state lap4 { LAP_HEADERS LAP_WORDS(SRC(3), SRC(4), SRC(5)) } \
    state lap5 { LAP_HEADERS LAP_WORDS(SRC(6), SRC(7), hdr.rest.word16) } \
    state lap6 { LAP_HEADERS LAP_WORDS(hdr.rest.word17, hdr.rest.word18, hdr.rest.word19) } \
    state lap7 { meta.tweak_v2 = TAG_FINISH; LAP_HEADERS LAP_WORDS(TAG_LAST_WORD, 0, 0) }
#endif
