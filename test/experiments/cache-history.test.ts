import assert from 'node:assert/strict';
import { type Operation, randomHistory, violations } from './cache-history.js';

/** CACHE_HISTORY_SEEDS=200 makes it a long run. */
const SEEDS = Number(process.env['CACHE_HISTORY_SEEDS'] ?? 4);
/** Of each kind of bad weather. */
const WEATHER_SEEDS = Math.ceil(SEEDS / 4);
const OPERATIONS = 800;

function read(begun: number, version: number, value: string | undefined, ended = begun + 5): Operation {
  return { client: 'a', key: 1, kind: 'read', begun, ended, version, value, cached: true };
}

function write(begun: number, version: number, value: string | undefined): Operation {
  const kind = value === undefined ? 'delete' : 'write';
  return { client: 'b', key: 1, kind, begun, ended: begun + 5, version, value, cached: false };
}

describe('the history checker', () => {
  it('takes reads at, during and after writes', () => {
    assert.deepEqual(
      violations([write(0, 1, 'x'), read(2, 0, undefined), read(10, 1, 'x'), write(20, 2, 'y')]),
      [],
    );
    assert.deepEqual(
      violations([write(0, 1, 'x'), write(10, 2, 'y'), read(12, 1, 'x'), read(16, 2, 'y')]),
      [],
    );
    assert.deepEqual(violations([write(0, 1, 'x'), write(10, 2, undefined), read(20, 7, undefined)]), []);
  });

  it('finds what must not be', () => {
    const cases: readonly (readonly [readonly Operation[], RegExp])[] = [
      [[write(0, 1, 'x'), write(10, 2, 'y'), read(20, 1, 'x')], /version 1 after 2 \(write/],
      [[write(0, 1, 'x'), write(10, 2, undefined), read(20, 1, 'x')], /version 1 after 2 \(delete/],
      [
        [write(0, 1, 'x'), write(10, 2, 'y'), read(11, 2, 'y', 12), read(13, 1, 'x')],
        /version 1 after 2 \(read/,
      ],
      [[write(0, 1, 'x'), write(10, 2, 'y'), read(20, 2, 'x')], /'x', version 2 is 'y'/],
      [[write(0, 1, 'x'), read(20, 3, 'z')], /'z', which nobody wrote/],
      [[write(0, 1, 'x'), write(9, 1, 'y')], /two writes have one version/],
    ];
    for (const [history, expected] of cases) assert.match(violations(history).join('\n'), expected);
  });
});

describe('the key-value cache on bad links, entries changing hands', function () {
  this.timeout(60_000 + 5_000 * SEEDS);

  it(`never goes back behind what a client knows (${SEEDS} seeds)`, async () => {
    let cached = 0;
    let evicted = 0;
    for (let seed = 1; seed <= SEEDS; seed++) {
      const run = await randomHistory(seed, OPERATIONS);
      assert.deepEqual(violations(run.history), [], `seed ${seed}`);
      assert.ok(
        run.unanswered < OPERATIONS / 10,
        `seed ${seed}: ${run.unanswered} of ${OPERATIONS} unanswered`,
      );
      cached += run.cached;
      evicted += run.evicted;
    }
    assert.ok(cached > 50 * SEEDS, `only ${cached} reads were answered by the switch`);
    assert.ok(evicted > SEEDS, `only ${evicted} evictions`);
  });

  for (const [what, weather] of [
    ['replies later than the next entry of their key', { lateUs: 30_000 }],
    ['a switch that loses all it holds', { restarts: 3 }],
    ['both', { lateUs: 5000, restarts: 3 }],
  ] as const) {
    it(`nor with ${what} (${WEATHER_SEEDS} seeds)`, async () => {
      let cached = 0;
      for (let seed = 1; seed <= WEATHER_SEEDS; seed++) {
        const run = await randomHistory(seed, OPERATIONS / 4, weather);
        assert.deepEqual(violations(run.history), [], `seed ${seed}`);
        cached += run.cached;
      }
      assert.ok(cached > 2 * WEATHER_SEEDS, `only ${cached} reads were answered by the switch`);
    });
  }
});
