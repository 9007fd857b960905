import assert from 'node:assert/strict';
import { LeafCache } from '../../controller/inc/leaf-cache.js';
import { Lives } from '../../controller/inc/lives.js';
import { SKETCH_EPOCH_US } from '../../controller/inc/popularity.js';
import type { Timer } from '../../controller/index.js';
import { Random } from '../../emulator/random.js';
import { Zipf } from '../../experiments/zipf.js';

interface Load {
  readonly keys: number;
  readonly capacity: number;
  readonly threshold: number;
  /** Requests per epoch. */
  readonly rate: number;
  /** Requests after which digests are delivered and timers looked at. */
  readonly batch: number;
}

/** A switch as the policy sees it: exact counts per epoch, one report per key and epoch, a counter per slot. */
class ModelSwitch {
  readonly cache: LeafCache;
  readonly #load: Load;
  readonly #zipf: Zipf;
  readonly #random: Random;
  readonly #entries = new Map<bigint, number>();
  readonly #hits = new Map<number, number>();
  #timer: { at: number; fire: () => void } | undefined;
  #counts = new Map<bigint, number>();
  #epoch = 0;
  #now = 0;
  #threshold: number;
  reports = 0;

  constructor(load: Load, seed: number) {
    this.#load = load;
    this.#zipf = new Zipf(load.keys, 0.99);
    this.#random = new Random(seed);
    this.#threshold = load.threshold;
    this.cache = new LeafCache({
      size: 4096,
      lives: new Lives(),
      keepLives: () => Promise.resolve(),
      clock: { now: () => this.#now, setTimer: (delay, fire) => this.#setTimer(delay, fire) },
      onEntry: (section, [entity]) => this.#write(section, entity),
      readHits: () => Promise.resolve(new Map(this.#hits)),
      onFloor: () => {
        this.#threshold = Math.max(load.threshold, this.cache.floor);
      },
      lowestThreshold: () => load.threshold,
      onError: (error) => assert.fail(String(error)),
      onIdle: () => undefined,
    });
    this.cache.capacity = load.capacity;
  }

  /** Lets epochs pass; gives the share of requests that hit. The rank asked for is shifted by `shift`. */
  async run(epochs: number, shift = 0): Promise<number> {
    const { rate, keys, batch } = this.#load;
    let hits = 0;
    const requests = Math.round(epochs * rate);
    let samples: { key: bigint; count: number }[] = [];
    for (let i = 1; i <= requests; i++) {
      this.#now += SKETCH_EPOCH_US / rate;
      const key = BigInt((this.#zipf.rank(this.#random.next()) + shift) % keys);
      const index = this.#entries.get(key);
      if (index !== undefined) {
        hits++;
        this.#hits.set(index, (this.#hits.get(index) ?? 0) + 1);
      } else {
        const count = this.#count(key);
        if (count === this.#threshold) samples.push({ key, count });
      }
      if (i % batch !== 0) continue;
      this.reports += samples.length;
      if (samples.length > 0) this.cache.report(samples);
      samples = [];
      const due = this.#timer;
      if (due !== undefined && due.at <= this.#now) {
        this.#timer = undefined;
        due.fire();
      }
      await this.cache.idle();
    }
    return hits / requests;
  }

  #count(key: bigint): number {
    // Half an epoch off the controller's clock: it does not know when a switch's epochs begin.
    const epoch = Math.floor(this.#now / SKETCH_EPOCH_US + 0.5);
    if (epoch !== this.#epoch) this.#counts = new Map();
    this.#epoch = epoch;
    const count = (this.#counts.get(key) ?? 0) + 1;
    this.#counts.set(key, count);
    return count;
  }

  #setTimer(delayUs: number, fire: () => void): Timer {
    const timer = { at: this.#now + delayUs, fire };
    this.#timer = timer;
    return {
      cancel: () => {
        if (this.#timer === timer) this.#timer = undefined;
      },
    };
  }

  #write(section: string, entity: unknown): void {
    const key = BigInt(`0x${section.slice('cache/key/'.length)}`);
    if (entity === undefined) this.#entries.delete(key);
    else {
      const { index } = (entity as { action: { params: { index: number } } }).action.params;
      this.#entries.set(key, index);
      assert.ok(this.#entries.size <= this.#load.capacity);
      assert.equal(new Set(this.#entries.values()).size, this.#entries.size, 'a slot given to two keys');
    }
  }
}

describe('cache policy', function () {
  this.timeout(30_000);

  const figure: Load = { keys: 100_000, capacity: 1000, threshold: 8, rate: 50_000, batch: 50 };
  const best = new Zipf(figure.keys, 0.99).share(figure.capacity);

  for (const [what, load, epochs] of [
    ['at a moderate rate', figure, 6],
    ['at a high rate', { ...figure, rate: 400_000, batch: 400 }, 2],
    ['at a low rate', { ...figure, rate: 20_000, threshold: 4, batch: 20 }, 15],
  ] as const) {
    it(`comes within 3 points of the optimum ${what}`, async () => {
      const model = new ModelSwitch(load, 1);
      await model.run(epochs);
      const ratio = await model.run(1);
      assert.ok(ratio > best - 0.03, `${ratio} where the best is ${best}`);
    });
  }

  it('comes to rest: few evictions, few reports once it is warm', async () => {
    const model = new ModelSwitch({ ...figure, rate: 200_000, batch: 200 }, 2);
    await model.run(4);
    const { reports } = model;
    const { evicted } = model.cache;
    await model.run(2);
    assert.ok(model.cache.evicted - evicted < 200, `${model.cache.evicted - evicted} evictions in 2 epochs`);
    assert.ok(model.reports - reports < 2000, `${model.reports - reports} reports in 2 epochs`);
  });

  it('follows when other keys become popular', async () => {
    const model = new ModelSwitch(figure, 3);
    await model.run(4);
    const shocked = await model.run(0.05, 50_000);
    assert.ok(shocked < 0.3, `${shocked} just after`);
    await model.run(10, 50_000);
    const ratio = await model.run(1, 50_000);
    assert.ok(ratio > best - 0.05, `${ratio} where the best is ${best}`);
  });
});
