import assert from 'node:assert/strict';
import { Shop } from './shop.js';

const NAME = '/shop/cart';

describe('telemetry', function () {
  this.timeout(60_000);
  let shop: Shop;

  beforeEach(async () => {
    shop = await Shop.open();
  });
  afterEach(async () => {
    assert.deepEqual(shop.refused, []);
    await shop.close();
  });

  const measured = async () => {
    const { telemetry } = shop.fabric.controller;
    await shop.fabric.run(telemetry.measure());
    return telemetry.services().find(({ service }) => service === NAME) ?? assert.fail('no measurement');
  };

  it('counts requests, responses, Nacks by reason and latency, by service', async () => {
    let isBroken = false;
    await shop.serve(NAME, 'h3', {}, () => isBroken);
    await shop.calls('h1', NAME, 30);
    await shop.calls('h2', NAME, 10);
    isBroken = true;
    await shop.calls('h1', NAME, 5);
    const first = await measured();
    assert.deepEqual([first.requests, first.responses, first.nacks], [45, 40, { UNAVAILABLE: 5 }]);
    assert.equal(
      first.latencyBuckets.reduce((sum, count) => sum + count, 0),
      40,
    );
    const { p50, p99 } = first.latencyUs ?? assert.fail();
    assert.ok(p50 > 0 && p50 <= p99 && p99 < 10_000, `${p50} ${p99}`);
    await shop.fabric.run(shop.fabric.sleep(1e6));
    isBroken = false;
    await shop.calls('h1', NAME, 20);
    const second = await measured();
    assert.equal(second.requests, 65);
    const seconds = (second.measuredAtUs - first.measuredAtUs) / 1e6;
    assert.ok(Math.abs(second.requestsPerSecond - 20 / seconds) < 1e-6, `${second.requestsPerSecond}`);
  });

  it('counts what stays behind one leaf as well, and its breakers close', async () => {
    await shop.policy('guard', {
      destination: NAME,
      breaker: { maxOutstanding: 3, maxFailures: 1, windowMs: 10, restMs: 60_000 },
    });
    await shop.serve(NAME, 'h2');
    for (let round = 0; round < 5; round++) {
      assert.deepEqual(await shop.calls('h1', NAME, 4), new Map([['h2', 4]]));
      await shop.fabric.run(shop.fabric.sleep(50_000));
    }
    const { requests, responses, nacks } = await measured();
    assert.deepEqual([requests, responses, nacks], [20, 20, {}]);
  });

  it('counts on when a switch starts anew', async () => {
    await shop.serve(NAME, 'h3');
    await shop.calls('h1', NAME, 12);
    assert.equal((await measured()).requests, 12);
    await shop.fabric.restart('leaf1');
    await shop.fabric.reprogram('leaf1');
    await shop.calls('h1', NAME, 5);
    assert.equal((await measured()).requests, 17);
  });

  it('moves weights off a loaded instance, where a policy asks for it, and back when it has recovered', async () => {
    const { fabric } = shop;
    // What each can do in a second; the load is what it did in the last one.
    const capacity = new Map([
      ['h3', 100],
      ['h4', 400],
    ]);
    const before = new Map<string, number>();
    const load = (host: string) => () => {
      const served = shop.served.get(host) ?? 0;
      const did = served - (before.get(host) ?? 0);
      before.set(host, served);
      return did / (capacity.get(host) ?? 1);
    };
    for (const host of capacity.keys()) await shop.serve(NAME, host, { ttlMs: 3000, load: load(host) });
    const spread = async (seconds: number) => {
      const start = new Map(shop.served);
      const end = fabric.emulator.now() + seconds * 1e6;
      const work = async () => {
        while (fabric.emulator.now() < end) {
          await shop.outcome('h1', NAME);
          await fabric.sleep(5000);
        }
      };
      await fabric.run(work());
      const did = (host: string) => (shop.served.get(host) ?? 0) - (start.get(host) ?? 0);
      return did('h3') / (did('h3') + did('h4'));
    };
    const even = await spread(4);
    assert.ok(Math.abs(even - 0.5) < 0.08, `as registered: ${even}`);
    assert.deepEqual(
      (await measured()).instances.map(({ weight }) => weight),
      [1, 1],
    );

    await shop.policy('by-load', { destination: '/shop', weights: { mode: 'measured' } });
    await spread(30);
    const moved = await spread(10);
    // Even loads: a fifth of the calls for h3.
    assert.ok(moved > 0.12 && moved < 0.28, `by load: ${moved}`);
    const { instances } = await measured();
    assert.equal(instances.length, 2);
    assert.ok(instances.every((each) => each.load !== undefined));

    capacity.set('h3', 400);
    await spread(30);
    const back = await spread(10);
    assert.ok(Math.abs(back - 0.5) < 0.12, `recovered: ${back}`);

    await shop.without('by-load');
    assert.deepEqual(
      (await measured()).instances.map(({ weight }) => weight),
      [1, 1],
    );
  });
});
