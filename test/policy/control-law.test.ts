import assert from 'node:assert/strict';
import fc from 'fast-check';
import { groupWeights, type LawSettings, nextFactors } from '../../controller/telemetry/control-law.js';
import { quantile } from '../../controller/telemetry/latency.js';

const SETTINGS: LawSettings = { gain: 0.5, hysteresis: 0.05, minFactor: 0.1, maxFactor: 4 };

const settings = fc.record({
  gain: fc.double({ min: 0.05, max: 1, noNaN: true }),
  hysteresis: fc.double({ min: 0.01, max: 0.3, noNaN: true }),
  minFactor: fc.double({ min: 0.05, max: 1, noNaN: true }),
  maxFactor: fc.double({ min: 1, max: 20, noNaN: true }),
});
const load = fc.option(fc.double({ min: 0, max: 100, noNaN: true }), { nil: undefined });
const instances = fc.array(
  fc.record({
    base: fc.integer({ min: 1, max: 100 }),
    factor: fc.double({ min: 0.05, max: 20, noNaN: true }),
    load,
  }),
  { minLength: 1, maxLength: 12 },
);

describe('law of measured weights', () => {
  it('never leaves its bounds, whatever it is told', () => {
    fc.assert(
      fc.property(instances, settings, (all, law) => {
        const factors = nextFactors(all, law);
        assert.equal(factors.length, all.length);
        for (const factor of factors)
          assert.ok(factor >= law.minFactor && factor <= law.maxFactor, `${factor}`);
      }),
    );
  });

  it('takes more from whoever has more load', () => {
    fc.assert(
      fc.property(instances, settings, (all, law) => {
        const even = all.map((instance) => ({ ...instance, factor: 1 }));
        const factors = nextFactors(even, law);
        for (const [i, a] of even.entries()) {
          for (const [j, b] of even.entries()) {
            if (a.load === undefined || b.load === undefined || a.load <= b.load) continue;
            assert.ok((factors[i] ?? 0) <= (factors[j] ?? 0), `${a.load} and ${b.load}: ${factors}`);
          }
        }
      }),
    );
  });

  it('makes loads even where they are in proportion to weight, and then rests', () => {
    const plants = fc.array(
      fc.record({
        base: fc.integer({ min: 1, max: 10 }),
        capacity: fc.double({ min: 0.5, max: 2, noNaN: true }),
      }),
      { minLength: 2, maxLength: 8 },
    );
    const gain = fc.double({ min: 0.1, max: 1, noNaN: true });
    fc.assert(
      fc.property(plants, gain, (plant, g) => {
        const law = { ...SETTINGS, gain: g, minFactor: 0.01, maxFactor: 100 };
        let factors = plant.map(() => 1);
        let worst = Number.POSITIVE_INFINITY;
        const state = () => {
          const weights = plant.map(({ base }, i) => base * (factors[i] ?? 1));
          const total = weights.reduce((sum, weight) => sum + weight, 0);
          return plant.map(({ base, capacity }, i) => {
            return { base, factor: factors[i] ?? 1, load: (weights[i] ?? 0) / total / capacity };
          });
        };
        const spread = () => {
          const loads = state().map((each) => each.load);
          return Math.max(...loads) / Math.min(...loads);
        };
        for (let step = 0; step < 200; step++) {
          const now = spread();
          assert.ok(now <= worst + 1e-9, `the spread grows from ${worst} to ${now}`);
          worst = now;
          factors = nextFactors(state(), law);
        }
        assert.ok(spread() <= ((1 + law.hysteresis) / (1 - law.hysteresis)) ** 1.01, `${spread()}`);
        assert.deepEqual(nextFactors(state(), law), factors);
      }),
      { numRuns: 60 },
    );
  });

  it('goes one way and stays, where loads are what they are', () => {
    fc.assert(
      fc.property(instances, settings, (all, law) => {
        let now = all.map((instance) => ({ ...instance, factor: 1 }));
        const directions = all.map(() => 0);
        for (let step = 0; step < 300; step++) {
          const next = nextFactors(now, law);
          for (const [i, factor] of next.entries()) {
            const change = Math.sign(factor - (now[i]?.factor ?? 1));
            if (change === 0) continue;
            assert.ok(directions[i] !== -change, 'it swings');
            directions[i] = change;
          }
          now = now.map((instance, i) => ({ ...instance, factor: next[i] ?? 1 }));
        }
        // Slow gains take many steps across wide bounds; what is left by then is less than a hundredth a step.
        const settled = nextFactors(now, law);
        for (const [i, factor] of settled.entries())
          assert.ok(Math.abs(factor / (now[i]?.factor ?? 1) - 1) < 0.01);
      }),
      { numRuns: 60 },
    );
  });

  it('changes nothing within the hysteresis, nor for who does not tell', () => {
    const even = [0.5, 0.51, 0.49].map((each) => ({ base: 1, factor: 1, load: each }));
    assert.deepEqual(nextFactors(even, SETTINGS), [1, 1, 1]);
    const silent = { base: 1, factor: 1, load: undefined };
    assert.deepEqual(nextFactors([silent, silent], SETTINGS), [1, 1]);
    assert.deepEqual(nextFactors([{ base: 1, factor: 1, load: 0.9 }, silent], SETTINGS), [1, 1]);
  });

  it('gives groups whole weights within their sum, everyone with a share', () => {
    const parts = fc.array(
      fc.record({
        base: fc.integer({ min: 1, max: 100 }),
        factor: fc.double({ min: 0.05, max: 20, noNaN: true }),
      }),
      { minLength: 1, maxLength: 20 },
    );
    fc.assert(
      fc.property(parts, fc.integer({ min: 20, max: 256 }), (all, total) => {
        const weights = groupWeights(all, total);
        assert.ok(weights.every((weight) => Number.isInteger(weight) && weight >= 1));
        assert.ok(weights.reduce((sum, weight) => sum + weight, 0) <= total);
      }),
    );
  });
});

describe('latency of a histogram', () => {
  it('lies in the bucket the share falls into', () => {
    assert.equal(quantile([], 0.5), undefined);
    assert.equal(quantile([0, 0, 0], 0.5), undefined);
    const counts = [0, 0, 0, 0, 98, 0, 0, 2];
    const p50 = quantile(counts, 0.5) ?? 0;
    const p99 = quantile(counts, 0.99) ?? 0;
    assert.ok(p50 > 16 && p50 < 32, `${p50}`);
    assert.ok(p99 >= 128 && p99 < 256, `${p99}`);
  });

  it('never falls as the share grows', () => {
    const histogram = fc.array(fc.nat(1000), { minLength: 1, maxLength: 32 });
    fc.assert(
      fc.property(histogram, (counts) => {
        let last = 0;
        for (let share = 0.05; share <= 1; share += 0.05) {
          const at = quantile(counts, share) ?? 0;
          assert.ok(at >= last);
          last = at;
        }
      }),
    );
  });
});
