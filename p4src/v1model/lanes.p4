// The arithmetic of reduce: 32 lanes, one register each, that take up to four vectors to a cell.
//
// Lane n holds element n of every vector; its index is 4 * cell + vector. Each of the steps reads,
// computes and writes every lane of a vector once:
//   load   the packet's values overwrite what stood there, so no cell ever needs clearing
//   read   the stored result goes into the packet
//   sum    modulo 2^32, or held at the ends of int32 (saturate); min, max: two's complement; the outcome stays in the
//          lane and goes into the packet
//   ahead  sum of elements 0 to 30, maximum of element 31: the exponent of the block that comes next
// A sum has left int32 where both operands have one sign and the outcome has the other.

// Flipping the sign bit makes unsigned order out of two's complement order.
#define SIGN 32w0x80000000

#define EACH_LANE(DO, V) LANES_BUT_LAST(DO, V) DO(V, 31)

#define LANES_BUT_LAST(DO, V) \
    DO(V, 0) DO(V, 1) DO(V, 2) DO(V, 3) DO(V, 4) DO(V, 5) DO(V, 6) DO(V, 7) \
    DO(V, 8) DO(V, 9) DO(V, 10) DO(V, 11) DO(V, 12) DO(V, 13) DO(V, 14) DO(V, 15) \
    DO(V, 16) DO(V, 17) DO(V, 18) DO(V, 19) DO(V, 20) DO(V, 21) DO(V, 22) DO(V, 23) \
    DO(V, 24) DO(V, 25) DO(V, 26) DO(V, 27) DO(V, 28) DO(V, 29) DO(V, 30)

#define LANE_REGISTER(V, n) register<bit<32>, bit<32>>(REDUCE_LANE_ENTRIES) lane##n;

#define LOAD_LANE(V, n) lane##n.write(meta.sinc.lane_index, hdr.V.v##n);

#define READ_LANE(V, n) lane##n.read(hdr.V.v##n, meta.sinc.lane_index);

#define SUM_LANE(V, n) \
    lane##n.read(stored, meta.sinc.lane_index); \
    sum = hdr.V.v##n + stored; \
    left = (stored ^ sum) & (hdr.V.v##n ^ sum); \
    if (left[31:31] == 1) { meta.sinc.overflow = 1; } \
    hdr.V.v##n = sum; \
    lane##n.write(meta.sinc.lane_index, sum);

#define SATURATE_LANE(V, n) \
    lane##n.read(stored, meta.sinc.lane_index); \
    sum = hdr.V.v##n + stored; \
    left = (stored ^ sum) & (hdr.V.v##n ^ sum); \
    if (left[31:31] == 1) { \
        meta.sinc.overflow = 1; \
        sum = ~SIGN + (stored >> 31); \
    } \
    hdr.V.v##n = sum; \
    lane##n.write(meta.sinc.lane_index, sum);

#define MIN_LANE(V, n) \
    lane##n.read(stored, meta.sinc.lane_index); \
    if ((stored ^ SIGN) < (hdr.V.v##n ^ SIGN)) { hdr.V.v##n = stored; } \
    lane##n.write(meta.sinc.lane_index, hdr.V.v##n);

#define MAX_LANE(V, n) \
    lane##n.read(stored, meta.sinc.lane_index); \
    if ((stored ^ SIGN) > (hdr.V.v##n ^ SIGN)) { hdr.V.v##n = stored; } \
    lane##n.write(meta.sinc.lane_index, hdr.V.v##n);

#define VECTOR_ACTIONS(V) \
    @hidden action load_##V() { EACH_LANE(LOAD_LANE, V) } \
    @hidden action read_##V() { EACH_LANE(READ_LANE, V) } \
    @hidden action sum_##V() { bit<32> stored; bit<32> sum; bit<32> left; LANES_BUT_LAST(SUM_LANE, V) } \
    @hidden action sum_last_##V() { bit<32> stored; bit<32> sum; bit<32> left; SUM_LANE(V, 31) } \
    @hidden action max_last_##V() { bit<32> stored; MAX_LANE(V, 31) } \
    @hidden action saturate_##V() { bit<32> stored; bit<32> sum; bit<32> left; EACH_LANE(SATURATE_LANE, V) } \
    @hidden action min_##V() { bit<32> stored; EACH_LANE(MIN_LANE, V) } \
    @hidden action max_##V() { bit<32> stored; EACH_LANE(MAX_LANE, V) }

#define APPLY_VECTOR(V) \
    if (meta.sinc.step == LaneStep.SUM || meta.sinc.step == LaneStep.AHEAD) { \
        sum_##V(); \
        if (meta.sinc.step == LaneStep.SUM) { sum_last_##V(); } \
        else { max_last_##V(); } \
    } \
    else if (meta.sinc.step == LaneStep.LOAD) { load_##V(); } \
    else if (meta.sinc.step == LaneStep.READ) { read_##V(); } \
    else if (meta.sinc.step == LaneStep.MIN) { min_##V(); } \
    else if (meta.sinc.step == LaneStep.MAX) { max_##V(); } \
    else if (meta.sinc.step == LaneStep.SATURATE) { saturate_##V(); }

control Lanes(inout headers_t hdr, inout metadata_t meta) {
    EACH_LANE(LANE_REGISTER, none)

    VECTOR_ACTIONS(vector0)
    VECTOR_ACTIONS(vector1)
    VECTOR_ACTIONS(vector2)
    VECTOR_ACTIONS(vector3)

    @hidden
    action first_vector() {
        meta.sinc.lane_index = meta.sinc.cell << 2;
    }
    @hidden
    action next_vector() {
        meta.sinc.lane_index = meta.sinc.lane_index + 1;
    }

    apply {
        first_vector();
        APPLY_VECTOR(vector0)
        if (hdr.vector1.isValid()) {
            next_vector();
            APPLY_VECTOR(vector1)
            if (hdr.vector2.isValid()) {
                next_vector();
                APPLY_VECTOR(vector2)
                if (hdr.vector3.isValid()) {
                    next_vector();
                    APPLY_VECTOR(vector3)
                }
            }
        }
    }
}
