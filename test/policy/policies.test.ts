import assert from 'node:assert/strict';
import { DEFAULT_NACK_RATE } from '../../controller/policy/places.js';
import { decodeUdpFrame, NackReason } from '../../wire/index.js';
import { named, namedFrame } from '../program/frames.js';
import { isNear, Shop } from './shop.js';

const NAME = '/shop/cart';
/** DropReason of docs/program.md. */
const NACK_OVER_RATE = 13;

describe('policies, by packets through the fabric', function () {
  this.timeout(60_000);
  let shop: Shop;

  before(async () => {
    shop = await Shop.open();
  });
  after(async () => {
    assert.deepEqual(shop.refused, [], 'no switch refused an entry');
    await shop.close();
  });

  it('access: the highest priority counts, of equal ones the most specific flow', async () => {
    const cart = await shop.serve(NAME, 'h3');
    await shop.policy('shut', { destination: '/shop', access: 'deny' });
    assert.equal(await shop.call('h1', NAME), 'DENIED');
    await shop.policy('h1-may', { destination: '/shop/cart', source: '/host/h1', access: 'permit' });
    assert.equal(await shop.call('h1', NAME), 'h3');
    assert.equal(await shop.call('h2', NAME), 'DENIED');
    await shop.policy('shut', { destination: '/shop', access: 'deny', priority: 200 });
    assert.equal(await shop.call('h1', NAME), 'DENIED');
    await shop.without('shut');
    await shop.without('h1-may');
    assert.equal(await shop.call('h2', NAME), 'h3');
    await shop.stop(cart);
  });

  it('rate: what is over it gets a Nack, and time gives more', async () => {
    const cart = await shop.serve(NAME, 'h3');
    await shop.policy('slow', {
      destination: NAME,
      source: '/host/h1',
      rate: { packetsPerSecond: 10, burst: 5 },
    });
    const at = await shop.calls('h1', NAME, 20);
    assert.deepEqual([at.get('h3'), at.get('RATE_LIMITED')], [5, 15]);
    assert.deepEqual(await shop.calls('h2', NAME, 20), new Map([['h3', 20]]), 'another source has no limit');
    await shop.fabric.run(shop.fabric.sleep(1e6));
    assert.equal((await shop.calls('h1', NAME, 20)).get('h3'), 5);
    await shop.without('slow');
    assert.deepEqual(await shop.calls('h1', NAME, 20), new Map([['h3', 20]]));
    await shop.stop(cart);
  });

  it('breaker: failures in a row open it, one request after its rest closes it', async () => {
    let isBroken = false;
    const cart = await shop.serve(NAME, 'h3', {}, () => isBroken);
    await shop.policy('guard', { destination: '/shop', breaker: { maxFailures: 3, restMs: 500 } });
    assert.equal(await shop.call('h1', NAME), 'h3');
    isBroken = true;
    const at = await shop.calls('h1', NAME, 10);
    assert.deepEqual([at.get('UNAVAILABLE'), at.get('BREAKER_OPEN')], [3, 7]);
    isBroken = false;
    assert.equal(await shop.call('h1', NAME), 'BREAKER_OPEN');
    await shop.fabric.run(shop.fabric.sleep(500e3));
    assert.deepEqual(await shop.calls('h1', NAME, 5), new Map([['h3', 5]]));
    await shop.stop(cart);
  });

  it('breaker: another generation closes it at once', async () => {
    let isBroken = true;
    const cart = await shop.serve(NAME, 'h3', {}, () => isBroken);
    const breaker = { maxFailures: 1, restMs: 60_000 };
    await shop.policy('guard', { destination: '/shop', breaker });
    await shop.calls('h1', NAME, 2);
    isBroken = false;
    assert.equal(await shop.call('h1', NAME), 'BREAKER_OPEN');
    await shop.policy('guard', { destination: '/shop', breaker: { ...breaker, generation: 1 } });
    assert.equal(await shop.call('h1', NAME), 'h3');
    await shop.without('guard');
    await shop.stop(cart);
  });

  it('breaker: no more requests outstanding at an instance than it may have', async () => {
    const { fabric } = shop;
    const host = fabric.host('h3');
    const slow = () => fabric.sleep(20_000).then(() => new TextEncoder().encode('h3'));
    const cart = await fabric.run(host.serve(NAME, slow, { ttlMs: 60_000 }));
    await shop.policy('guard', { destination: NAME, breaker: { maxOutstanding: 4, maxFailures: 0 } });
    const calls = Array.from({ length: 10 }, () => shop.outcome('h1', NAME));
    const outcomes = await fabric.run(Promise.all(calls));
    assert.equal(outcomes.filter((outcome) => outcome === 'h3').length, 4);
    assert.equal(outcomes.filter((outcome) => outcome === 'BREAKER_OPEN').length, 6);
    await shop.without('guard');
    await shop.stop(cart);
  });

  it('mirror: a share is copied to the port of the leaf, as it came in', async () => {
    const cart = await shop.serve(NAME, 'h3');
    const copies: Uint8Array[] = [];
    const leaf = shop.fabric.switch('leaf1');
    leaf.attach(9, { transmit: (frame) => void copies.push(frame.slice()) });
    await shop.policy('look', {
      destination: NAME,
      mirror: { share: 0.25, to: [{ switch: 'leaf1', port: 9 }] },
    });
    await shop.calls('h1', NAME, 400);
    assert.ok(isNear(copies.length, 400, 0.25), `${copies.length} copies`);
    const [copy = assert.fail('no copy')] = copies;
    const { topology } = shop.fabric;
    assert.equal(decodeUdpFrame(copy).ipv4.src, topology.hosts.get('h1')?.ipv4);
    assert.equal(decodeUdpFrame(copy).ipv4.dst, topology.fabric.service, 'not resolved yet');
    const before = copies.length;
    await shop.without('look');
    await shop.calls('h1', NAME, 100);
    assert.equal(copies.length, before);
    leaf.detach(9);
    await shop.stop(cart);
  });

  it('fault: a share of a flow with a tag is answered with a Nack, or lost', async () => {
    const cart = await shop.serve(NAME, 'h3');
    const flow = { destination: NAME, source: '/host/h1', tag: 3 };
    await shop.policy('chaos', { ...flow, fault: { kind: 'abort', share: 0.3 } });
    const at = await shop.calls('h1', NAME, 300, { tag: 3 });
    assert.ok(isNear(at.get('FAULT_INJECTED') ?? 0, 300, 0.3), JSON.stringify([...at]));
    assert.equal(at.get('h3'), 300 - (at.get('FAULT_INJECTED') ?? 0));
    assert.deepEqual(await shop.calls('h1', NAME, 50), new Map([['h3', 50]]), 'another tag');
    await shop.policy('chaos', { ...flow, fault: { kind: 'abort', reason: 'UNAVAILABLE', share: 1 } });
    assert.equal(await shop.call('h1', NAME, { tag: 3 }), 'UNAVAILABLE');
    await shop.policy('chaos', { ...flow, fault: { kind: 'drop', share: 1 } });
    assert.equal(await shop.call('h1', NAME, { tag: 3 }), 'TIMEOUT');
    await shop.without('chaos');
    await shop.stop(cart);
  });

  it('split: by weight over versions, a canary by tag, and on to others when a version has gone', async () => {
    const old = await shop.serve(NAME, 'h3', { version: '1' });
    const fresh = await shop.serve(NAME, 'h4', { version: '2' });
    await shop.policy('canary', {
      destination: '/shop',
      split: [
        { version: '1', weight: 90 },
        { version: '2', weight: 10 },
      ],
    });
    await shop.policy('brave', { destination: '/shop', tag: 9, split: [{ version: '2', weight: 1 }] });
    const at = await shop.calls('h1', NAME, 500);
    assert.ok(isNear(at.get('h4') ?? 0, 500, 0.1), JSON.stringify([...at]));
    assert.equal(at.get('h3'), 500 - (at.get('h4') ?? 0));
    assert.deepEqual(await shop.calls('h1', NAME, 30, { tag: 9 }), new Map([['h4', 30]]));
    await shop.stop(fresh);
    assert.deepEqual(await shop.calls('h1', NAME, 30, { tag: 9 }), new Map([['h3', 30]]));
    assert.deepEqual(await shop.calls('h1', NAME, 100), new Map([['h3', 100]]));
    const again = await shop.serve(NAME, 'h4', { version: '2' });
    assert.deepEqual(await shop.calls('h1', NAME, 30, { tag: 9 }), new Map([['h4', 30]]));
    await shop.without('canary');
    await shop.without('brave');
    const even = await shop.calls('h1', NAME, 400);
    assert.ok(isNear(even.get('h4') ?? 0, 400, 0.5), 'versions are no matter without a split');
    await shop.stop(old, again);
  });

  it('stickiness: a flow keeps its instance, until it pauses, the instance goes, or the strategy changes', async () => {
    const services = [
      await shop.serve(NAME, 'h2'),
      await shop.serve(NAME, 'h3'),
      await shop.serve(NAME, 'h4'),
    ];
    assert.equal((await shop.calls('h1', NAME, 60)).size, 3, 'without it, all of them');
    await shop.policy('stick', { destination: NAME, stickiness: { idleMs: 50 } });
    const first = await shop.calls('h1', NAME, 60);
    assert.equal(first.size, 1);
    const [own = ''] = first.keys();
    const chosen = new Set<string>();
    for (let i = 0; i < 20; i++) {
      await shop.fabric.run(shop.fabric.sleep(60_000));
      chosen.add(await shop.call('h1', NAME));
    }
    assert.ok(chosen.size > 1, 'a flow that has paused chooses anew');

    const at = await shop.call('h1', NAME);
    const gone = services[['h2', 'h3', 'h4'].indexOf(at)] ?? assert.fail(own);
    await shop.stop(gone);
    const after = await shop.calls('h1', NAME, 30);
    assert.equal(after.size, 1);
    assert.equal(after.has(at), false, 'never again the one that has gone');

    await shop.policy('shut', { destination: NAME, source: '/host/h1', access: 'deny' });
    assert.equal(await shop.call('h1', NAME), 'DENIED', 'also in the midst of a flow');
    await shop.without('shut');
    await shop.without('stick');
    await shop.stop(...services.filter((service) => service !== gone));
  });

  it('Nacks have a rate at every port, where no policy sets one', async () => {
    const { controller, topology } = shop.fabric;
    for (const { a, b } of topology.links) {
      for (const { switch: at, port } of [a, b]) {
        const held = await controller.session(at).reconciler?.readHeld();
        const cells = [...(held?.values() ?? [])].filter(({ rank }) => rank === 'meter');
        const ports = cells.map(({ message }) => message.getMeterEntry()?.getIndex()?.getIndex());
        assert.ok(ports.includes(port), `${at}:${port} has no rate`);
      }
    }
    const count = async (counter: string, index: number): Promise<number> => {
      const client = controller.session('leaf1').client;
      for await (const entity of client?.read({ kind: 'counter', counter, index }) ?? []) {
        if (entity.kind === 'counter') return Number(entity.data.packets ?? 0);
      }
      throw new Error(`no ${counter}`);
    };
    const answered = () => count('ingress.names.nacks', NackReason.NO_ROUTE);
    const lost = () => count('ingress.drops', NACK_OVER_RATE);
    const before = [await answered(), await lost()] as const;
    const flood = (host: string, frames: number) => {
      const { port = 0 } = topology.hosts.get(host) ?? {};
      const frame = namedFrame({ from: port, to: 9 }, named('/nobody', `/host/${host}`));
      for (let i = 0; i < frames; i++) shop.fabric.switch('leaf1').receive(port, frame);
    };
    // At one moment of the switch's clock: the burst and no more.
    flood('h1', DEFAULT_NACK_RATE.burst + 500);
    flood('h2', 20);
    assert.equal((await answered()) - before[0], DEFAULT_NACK_RATE.burst + 20, 'each port has its own');
    assert.equal((await lost()) - before[1], 500);
  });

  it('nackRates: what is over the rate of a port is dropped without a word', async () => {
    await shop.policy('quiet', { destination: '/', nackRates: [{ packetsPerSecond: 10, burst: 4 }] });
    await shop.policy('loud', {
      destination: '/',
      nackRates: [{ switch: 'leaf1', port: 2, packetsPerSecond: 1000, burst: 50 }],
    });
    const quiet = await Promise.resolve(
      shop.fabric.run(Promise.all(Array.from({ length: 20 }, () => shop.outcome('h1', '/nobody')))),
    );
    assert.equal(quiet.filter((outcome) => outcome === 'NO_ROUTE').length, 4);
    assert.equal(quiet.filter((outcome) => outcome === 'TIMEOUT').length, 16);
    const loud = await shop.fabric.run(
      Promise.all(Array.from({ length: 20 }, () => shop.outcome('h2', '/nobody'))),
    );
    assert.equal(loud.filter((outcome) => outcome === 'NO_ROUTE').length, 20);
    await shop.without('quiet');
    await shop.without('loud');
  });
});
