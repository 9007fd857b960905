// Whether a share of packets, hundredths of a per cent, has this one in it.
//
// Differs from v1model: Random gives all 16-bit numbers alike, while 0 to 9,999 is asked for, and there is no division. So 10,000
// is subtracted as often as the number has it; the 5,536 uppermost numbers, which would favour the lower ones, are drawn once
// more. What is left after two draws, 0.7 % of all packets, goes by turns to the lower and to the upper part: a share
// comes out within 0.04 percentage points (test/tna/equivalence-strategy.test.ts).

control Dice(out bit<16> face) {
    Random<bit<16>>() first;
    Random<bit<16>>() second;

    bit<16> draw;
    bit<16> draw_again;
    bit<1> again;

    @hidden
    action throw_dice() {
        draw = first.get();
        draw_again = second.get();
    }
    @hidden
    action fold(bit<16> folded) {
        face = draw + folded;
    }
    @hidden
    action throw_again() {
        again = 1;
    }
    @hidden
    table folds {
        key = {
            draw: range;
        }
        actions = {
            fold;
            throw_again;
        }
        const default_action = throw_again();
        const entries = {
            0 .. 9999: fold(0);
            10000 .. 19999: fold(65536 - 10000);
            20000 .. 29999: fold(65536 - 20000);
            30000 .. 39999: fold(65536 - 30000);
            40000 .. 49999: fold(65536 - 40000);
            50000 .. 59999: fold(65536 - 50000);
        }
        size = 6;
    }
    @hidden
    action fold_again(bit<16> folded) {
        face = draw_again + folded;
    }
    @hidden
    table folds_again {
        key = {
            draw_again: range;
            draw[0:0]: ternary;
        }
        actions = {
            fold_again;
        }
        const entries = {
            (0 .. 9999, _): fold_again(0);
            (10000 .. 19999, _): fold_again(65536 - 10000);
            (20000 .. 29999, _): fold_again(65536 - 20000);
            (30000 .. 39999, _): fold_again(65536 - 30000);
            (40000 .. 49999, _): fold_again(65536 - 40000);
            (50000 .. 59999, _): fold_again(65536 - 50000);
            (60000 .. 65535, 0): fold_again(65536 - 60000);
            (60000 .. 65535, 1): fold_again(65536 - 55536);
        }
        size = 8;
    }

    apply {
        again = 0;
        face = 0;
        throw_dice();
        folds.apply();
        if (again == 1) {
            folds_again.apply();
        }
    }
}
