// The arithmetic of reduce: 32 lanes, a register array of 32 bits each, four to a stage in eight stages. One access each
// in a pass, so a pass has one vector, and a cell four elements of each lane.
//
// A stateful ALU returns one word of 32 bits: with two values to a register (as SwitchML has it) half of every result
// would have to be fetched in a second pass. With one value to a register there is no second pass.
//
// A register array has four programs at most. `add` takes its mode from metadata and so is three in one: it
// overwrites what stood there, sums modulo 2^32, or changes nothing and reads. `saturate`, `least` and `most` are the others; a
// first contribution of any operation is a load. The outcome goes into the packet.
//
// Differs from v1model: O is never set, since an ALU does not say that a sum has left int32.

#define LANE(n, AHEAD_PROGRAM) \
control Lane##n(inout headers_t hdr, in metadata_t meta) { \
    Register<bit<32>, bit<16>>(LANE_CELLS) lane; \
    RegisterAction<bit<32>, bit<16>, bit<32>>(lane) add = { \
        void apply(inout bit<32> value, out bit<32> outcome) { \
            if (hdr.lap.mode == MODE_LOAD) { \
                value = hdr.vector0.v##n; \
            } else if (hdr.lap.mode == MODE_ADD) { \
                value = value + hdr.vector0.v##n; \
            } \
            outcome = value; \
        } \
    }; \
    RegisterAction<int<32>, bit<16>, int<32>>(lane) saturate = { \
        void apply(inout int<32> value, out int<32> outcome) { \
            value = value |+| (int<32>) hdr.vector0.v##n; \
            outcome = value; \
        } \
    }; \
    RegisterAction<int<32>, bit<16>, int<32>>(lane) least = { \
        void apply(inout int<32> value, out int<32> outcome) { \
            value = min(value, (int<32>) hdr.vector0.v##n); \
            outcome = value; \
        } \
    }; \
    RegisterAction<int<32>, bit<16>, int<32>>(lane) most = { \
        void apply(inout int<32> value, out int<32> outcome) { \
            value = max(value, (int<32>) hdr.vector0.v##n); \
            outcome = value; \
        } \
    }; \
    @hidden action do_add() { hdr.vector0.v##n = add.execute(meta.lane[15:0]); } \
    @hidden action do_saturate() { hdr.vector0.v##n = (bit<32>) saturate.execute(meta.lane[15:0]); } \
    @hidden action do_least() { hdr.vector0.v##n = (bit<32>) least.execute(meta.lane[15:0]); } \
    @hidden action do_most() { hdr.vector0.v##n = (bit<32>) most.execute(meta.lane[15:0]); } \
    @hidden \
    table programs { \
        key = { \
            meta.admitted: ternary; \
            hdr.lap.mode: ternary; \
            hdr.sinc.operation: ternary; \
            meta.saturate: ternary; \
        } \
        actions = { \
            do_add; \
            do_saturate; \
            do_least; \
            do_most; \
            @defaultonly NoAction; \
        } \
        const default_action = NoAction(); \
        const entries = { \
            (1, MODE_ADD, SINC_SUM, 1): do_saturate(); \
            (1, MODE_ADD, SINC_MIN, _): do_least(); \
            (1, MODE_ADD, SINC_MAX, _): do_most(); \
            (1, MODE_ADD, SINC_SUM_AHEAD, _): AHEAD_PROGRAM(); \
            (1, _, _, _): do_add(); \
        } \
        size = 8; \
    } \
    apply { \
        programs.apply(); \
    } \
}
LANE(0, do_add)
LANE(1, do_add)
LANE(2, do_add)
LANE(3, do_add)
LANE(4, do_add)
LANE(5, do_add)
LANE(6, do_add)
LANE(7, do_add)
LANE(8, do_add)
LANE(9, do_add)
LANE(10, do_add)
LANE(11, do_add)
LANE(12, do_add)
LANE(13, do_add)
LANE(14, do_add)
LANE(15, do_add)
LANE(16, do_add)
LANE(17, do_add)
LANE(18, do_add)
LANE(19, do_add)
LANE(20, do_add)
LANE(21, do_add)
LANE(22, do_add)
LANE(23, do_add)
LANE(24, do_add)
LANE(25, do_add)
LANE(26, do_add)
LANE(27, do_add)
LANE(28, do_add)
LANE(29, do_add)
LANE(30, do_add)
// The exponent of the block that comes next.
LANE(31, do_most)

control Lanes(inout headers_t hdr, in metadata_t meta) {
    Lane0() lane0;
    Lane1() lane1;
    Lane2() lane2;
    Lane3() lane3;
    Lane4() lane4;
    Lane5() lane5;
    Lane6() lane6;
    Lane7() lane7;
    Lane8() lane8;
    Lane9() lane9;
    Lane10() lane10;
    Lane11() lane11;
    Lane12() lane12;
    Lane13() lane13;
    Lane14() lane14;
    Lane15() lane15;
    Lane16() lane16;
    Lane17() lane17;
    Lane18() lane18;
    Lane19() lane19;
    Lane20() lane20;
    Lane21() lane21;
    Lane22() lane22;
    Lane23() lane23;
    Lane24() lane24;
    Lane25() lane25;
    Lane26() lane26;
    Lane27() lane27;
    Lane28() lane28;
    Lane29() lane29;
    Lane30() lane30;
    Lane31() lane31;
    apply {
        lane0.apply(hdr, meta);
        lane1.apply(hdr, meta);
        lane2.apply(hdr, meta);
        lane3.apply(hdr, meta);
        lane4.apply(hdr, meta);
        lane5.apply(hdr, meta);
        lane6.apply(hdr, meta);
        lane7.apply(hdr, meta);
        lane8.apply(hdr, meta);
        lane9.apply(hdr, meta);
        lane10.apply(hdr, meta);
        lane11.apply(hdr, meta);
        lane12.apply(hdr, meta);
        lane13.apply(hdr, meta);
        lane14.apply(hdr, meta);
        lane15.apply(hdr, meta);
        lane16.apply(hdr, meta);
        lane17.apply(hdr, meta);
        lane18.apply(hdr, meta);
        lane19.apply(hdr, meta);
        lane20.apply(hdr, meta);
        lane21.apply(hdr, meta);
        lane22.apply(hdr, meta);
        lane23.apply(hdr, meta);
        lane24.apply(hdr, meta);
        lane25.apply(hdr, meta);
        lane26.apply(hdr, meta);
        lane27.apply(hdr, meta);
        lane28.apply(hdr, meta);
        lane29.apply(hdr, meta);
        lane30.apply(hdr, meta);
        lane31.apply(hdr, meta);
    }
}
