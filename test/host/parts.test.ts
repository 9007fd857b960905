import assert from 'node:assert/strict';
import fc from 'fast-check';
import { DuplicateFilter } from '../../host/duplicate-filter.js';
import { RttEstimator } from '../../host/index.js';

describe('duplicate filter', () => {
  it('remembers what ran and what was answered', () => {
    const filter = new DuplicateFilter<string>(1000, 10);
    assert.equal(filter.find('a', 0), undefined);
    filter.begin('a', 0);
    assert.deepEqual(filter.find('a', 10), { state: 'running' });
    filter.finish('a', 10, 'yes');
    assert.deepEqual(filter.find('a', 20), { state: 'answered', answer: 'yes' });
    filter.forget('a');
    assert.equal(filter.find('a', 30), undefined);
  });

  it('forgets after its window and never holds more than its capacity', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(30), fc.nat(50)), { maxLength: 200 }), (steps) => {
        const filter = new DuplicateFilter<number>(100, 8);
        const last = new Map<number, number>();
        let now = 0;
        for (const [key, wait] of steps) {
          now += wait;
          filter.finish(String(key), now, key);
          last.set(key, now);
          const known = [...last].filter(([k]) => filter.find(String(k), now) !== undefined);
          assert.ok(known.length <= 8);
          for (const [k, at] of known) assert.ok(now - at <= 100, `${k}`);
          assert.deepEqual(filter.find(String(key), now), { state: 'answered', answer: key });
        }
      }),
    );
  });
});

describe('round-trip estimator', () => {
  const bounds = { initialUs: 5_000, minUs: 1_000, maxUs: 100_000 };

  it('starts at its initial timeout, doubles, and stays within its bounds', () => {
    const rtt = new RttEstimator(bounds);
    assert.deepEqual(
      [0, 1, 2, 10].map((retries) => rtt.timeoutUs(retries)),
      [5_000, 10_000, 20_000, 100_000],
    );
    fc.assert(
      fc.property(fc.array(fc.double({ min: 1, max: 1e7, noNaN: true })), (samples) => {
        const estimator = new RttEstimator(bounds);
        for (const sample of samples) estimator.sample(sample);
        const timeout = estimator.timeoutUs(0);
        assert.ok(timeout >= bounds.minUs && timeout <= bounds.maxUs);
      }),
    );
  });

  it('comes to rest above a steady round trip', () => {
    const rtt = new RttEstimator(bounds);
    for (let i = 0; i < 100; i++) rtt.sample(4_000);
    assert.ok(Math.abs(rtt.smoothedUs - 4_000) < 1);
    // RFC 6298 (2.3): not the round trip itself, however steady it is.
    assert.ok(rtt.timeoutUs(0) >= 5_999 && rtt.timeoutUs(0) < 6_100);
  });

  it('follows the example of RFC 6298: the first sample gives R + 4 * R/2', () => {
    const rtt = new RttEstimator(bounds);
    rtt.sample(2_000);
    assert.equal(rtt.timeoutUs(0), 6_000);
  });
});
