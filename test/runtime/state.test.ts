import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  CounterArray,
  DirectCounter,
  IdleTimeouts,
  MeterArray,
  RegisterArray,
  SwitchError,
} from '../../switch/runtime/index.js';

const outOfRange = (error: unknown): boolean => error instanceof SwitchError && error.code === 'OUT_OF_RANGE';

describe('counters', () => {
  it('count packets and bytes, and nothing outside their range', () => {
    const counter = new CounterArray('c', 2);
    counter.count(1, 100);
    counter.count(1, 60);
    counter.count(2, 9);
    assert.deepEqual(counter.read(1), { packets: 2n, bytes: 160n });
    assert.deepEqual(counter.read(0), { packets: 0n, bytes: 0n });
    counter.write(1, { packets: 5n, bytes: 1n << 40n });
    assert.equal(counter.read(1).bytes, 1n << 40n);
    assert.throws(() => counter.read(2), outOfRange);
    assert.throws(() => counter.write(-1, { packets: 0n, bytes: 0n }), outOfRange);
    assert.throws(() => counter.write(0, { packets: -1n, bytes: 0n }), SwitchError);
  });

  it('direct counters keep their values when the table grows', () => {
    const counter = new DirectCounter();
    counter.resize(4);
    counter.count(3, 10);
    counter.resize(8);
    assert.deepEqual(counter.valueAt(3), { packets: 1n, bytes: 10n });
  });
});

describe('registers', () => {
  it('hold any value of their width, cell by cell', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 130 }), fc.bigInt({ min: 0n }), (width, any) => {
        const register = new RegisterArray('r', width, 3);
        const value = BigInt.asUintN(width, any);
        register.write(1, value);
        assert.equal(register.read(1), value);
        assert.equal(register.read(0), 0n);
        assert.equal(register.read(2), 0n);
        assert.throws(() => register.write(1, 1n << BigInt(width)), SwitchError);
        register.reset();
        assert.equal(register.read(1), 0n);
      }),
    );
  });

  it('check the index', () => {
    const register = new RegisterArray('r', 8, 3);
    for (const index of [-1, 3, 0.5, Number.NaN]) {
      assert.throws(() => register.read(index), outOfRange);
      assert.throws(() => register.write(index, 0n), outOfRange);
    }
  });
});

describe('meters', () => {
  const config = { cir: 1000, cburst: 2, pir: 2000, pburst: 4 };

  it('are green until configured', () => {
    const meter = new MeterArray('m', 'packets', 1);
    for (let i = 0; i < 100; i++) assert.equal(meter.execute(0, 1500, i), 0);
    assert.equal(meter.execute(7, 1500, 0), 0);
  });

  it('take the burst first, then the rates: packets', () => {
    const meter = new MeterArray('m', 'packets', 1);
    meter.write(0, config);
    const colors = Array.from({ length: 6 }, () => meter.execute(0, 64, 0));
    assert.deepEqual(colors, [0, 0, 1, 1, 2, 2]);
    // 1 ms later: one committed token, two peak ones.
    assert.deepEqual([meter.execute(0, 64, 1000), meter.execute(0, 64, 1000)], [0, 1]);
    assert.equal(meter.execute(0, 64, 1000), 2);
  });

  it('count bytes where they are byte meters', () => {
    const meter = new MeterArray('m', 'bytes', 1);
    meter.write(0, { cir: 1_000_000, cburst: 1500, pir: 1_000_000, pburst: 3000 });
    assert.deepEqual(
      [1500, 1500, 1, 0].map((bytes) => meter.execute(0, bytes, 0)),
      [0, 1, 2, 0],
    );
    assert.equal(meter.execute(0, 100, 100), 0);
  });

  it('never hand out more than burst plus rate, however the packets come', () => {
    const gaps = fc.array(fc.integer({ min: 0, max: 3000 }), { maxLength: 200 });
    fc.assert(
      fc.property(gaps, (steps) => {
        const meter = new MeterArray('m', 'packets', 1);
        meter.write(0, config);
        let now = 0;
        let green = 0;
        let passed = 0;
        for (const step of steps) {
          now += step;
          const color = meter.execute(0, 64, now);
          if (color === 0) green++;
          if (color < 2) passed++;
          assert.ok(green <= config.cburst + (now * config.cir) / 1e6);
          assert.ok(passed <= config.pburst + (now * config.pir) / 1e6);
        }
      }),
    );
  });

  it('read back what was written, and refuse rates they cannot keep', () => {
    const meter = new MeterArray('m', 'bytes', 2);
    assert.equal(meter.read(0), undefined);
    meter.write(0, config);
    assert.deepEqual(meter.read(0), config);
    meter.write(0, undefined);
    assert.equal(meter.read(0), undefined);
    assert.throws(() => meter.write(0, { ...config, cir: 3000 }), /cir 3000.*pir 2000/);
    assert.throws(() => meter.write(0, { ...config, cburst: -1 }), /cburst/);
    assert.throws(() => meter.write(2, config), outOfRange);
  });
});

describe('idle timeouts', () => {
  it('report an idle entry, pause for a sweep, and report it again', () => {
    const idle = new IdleTimeouts();
    idle.resize(4);
    idle.setTimeout(1, 2_000_000_000n);
    idle.touch(1, 0);
    const seconds = Array.from({ length: 7 }, (_, second) => idle.sweep(second * 1e6));
    assert.deepEqual(seconds, [[], [], [1], [], [1], [], [1]]);
    idle.touch(1, 6.5e6);
    assert.deepEqual([idle.sweep(7e6), idle.sweep(8e6), idle.sweep(9e6)], [[], [], [1]]);
    idle.setTimeout(1, 0n);
    assert.deepEqual(idle.sweep(99e6), []);
  });
});
