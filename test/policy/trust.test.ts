import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  later,
  nextLevel,
  punished,
  scoreOf,
  type TrustFactors,
  UNKNOWN,
  VIOLATIONS,
} from '../../controller/trust/score.js';
import {
  encodeNamed,
  FabricKey,
  FLAG_AUTH,
  Name,
  type NamedPacket,
  PacketType,
  textBlock,
  UDP_PORT_NAMED,
} from '../../wire/index.js';
import { Shop } from './shop.js';

const FACTORS: TrustFactors = {
  initial: 0.7,
  maturityMs: 1000,
  halfLifeMs: 500,
  penalties: { notGranted: 0.1, untagged: 0.1, unknownCredential: 0.5, forged: 1, replayed: 0.5 },
};

describe('score of trust', () => {
  const violation = fc.constantFrom(...VIOLATIONS);
  const history = fc.array(fc.record({ kind: violation, count: fc.nat(20), afterUs: fc.nat(10_000_000) }), {
    maxLength: 20,
  });

  it('lies between 0 and 1, falls with every violation, and grows with time', () => {
    fc.assert(
      fc.property(history, (events) => {
        let conduct = UNKNOWN;
        for (const { kind, count, afterUs } of events) {
          const aged = later(conduct, afterUs, FACTORS);
          assert.ok(scoreOf(aged, FACTORS) >= scoreOf(conduct, FACTORS) - 1e-12);
          conduct = punished(aged, kind, count, FACTORS);
          const score = scoreOf(conduct, FACTORS);
          assert.ok(score >= 0 && score <= 1);
          assert.ok(score <= scoreOf(aged, FACTORS));
        }
      }),
    );
  });

  it('comes back, whatever there was', () => {
    fc.assert(
      fc.property(history, (events) => {
        let conduct = UNKNOWN;
        for (const { kind, count } of events) conduct = punished(conduct, kind, count, FACTORS);
        // Ten halvings at most of what is at most 10.
        assert.ok(scoreOf(later(conduct, 10 * 500e3, FACTORS), FACTORS) > 0.98 * 0.99);
      }),
    );
  });

  it('takes one step at a time, and does not swing at a threshold', () => {
    const steps = [{ below: 0.5 }, { below: 0.2 }];
    assert.equal(nextLevel(0, 0.6, steps, 0.05), 0);
    assert.equal(nextLevel(0, 0.1, steps, 0.05), 1, 'one step, however low');
    assert.equal(nextLevel(1, 0.1, steps, 0.05), 2);
    assert.equal(nextLevel(2, 0.1, steps, 0.05), 2);
    assert.equal(nextLevel(2, 0.22, steps, 0.05), 2, 'within the margin');
    assert.equal(nextLevel(2, 0.9, steps, 0.05), 1);
    assert.equal(nextLevel(1, 0.52, steps, 0.05), 1);
    assert.equal(nextLevel(1, 0.56, steps, 0.05), 0);
    assert.equal(nextLevel(5, 0.9, steps, 0.05), 2, 'the policy has fewer steps than it had');
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 0, max: 2 }),
        (score, start) => {
          let level = start;
          for (let i = 0; i < 5; i++) level = nextLevel(level, score, steps, 0.05);
          assert.equal(nextLevel(level, score, steps, 0.05), level, 'a constant score comes to rest');
        },
      ),
    );
  });
});

describe('dynamic trust', function () {
  this.timeout(60_000);
  let shop: Shop;

  before(async () => {
    shop = await Shop.open(7, 'names');
    await shop.fabric.controller.spa.grants.put('carts', { prefix: '/shop', host: 'h3' });
    await shop.fabric.settle();
    await shop.serve('/shop/cart', 'h3');
  });
  after(async () => {
    assert.deepEqual(shop.refused, []);
    await shop.close();
  });

  const key = FabricKey.default;

  /** h1 sends requests that say they come from somebody else, or with a credential nobody issued. */
  async function impersonate(source: string, count: number, auth?: NamedPacket['auth']): Promise<void> {
    const { fabric } = shop;
    const socket = fabric.nic('h1').openSocket(0);
    const to = Name.parse('/shop/cart');
    const from = Name.parse(source);
    for (let requestId = 1; requestId <= count; requestId++) {
      const packet = encodeNamed({
        type: PacketType.SERVICE_REQUEST,
        flags: auth === undefined ? 0 : FLAG_AUTH,
        hopLimit: 64,
        reason: 0,
        dstComponents: to.components.length,
        srcComponents: from.components.length,
        tag: 0,
        instance: 0,
        requestId,
        stamp: 0,
        attempt: 0,
        dst: to.digest(key).bytes,
        src: from.digest(key).bytes,
        text: textBlock(to, from),
        payload: new Uint8Array(0),
        ...(auth !== undefined && { auth }),
      });
      socket.send(packet, '10.255.255.1', UDP_PORT_NAMED);
      // A switch reports what it reported within the last second only once.
      await fabric.run(fabric.sleep(2e6));
    }
    socket.close();
  }

  const standing = (host: string) => {
    const { status } = shop.fabric.controller.trust.get(host) ?? assert.fail();
    return status as { score: number; level: number; action: string; violations: Record<string, number> };
  };
  const put = (spec: Record<string, never> | object) =>
    shop.fabric.controller.trustPolicies.put('all', JSON.parse(JSON.stringify(spec)));

  it('judges nobody without a policy', async () => {
    await impersonate('/host/h2', 3);
    await impersonate('/host/h1', 1, { keyId: 999, sequence: 1, tag: new Uint8Array(8) });
    assert.equal(standing('h1').score, null);
    const seen = { notGranted: 3, unknownCredential: 1 };
    assert.deepEqual(standing('h1').violations, seen, 'but it has been seen');
    assert.equal(await shop.call('h1', '/shop/cart'), 'h3');
  });

  it('limits, then shuts out, and gives it back step by step; others are untouched', async () => {
    await put({
      identities: '/host',
      maturityMs: 1_000_000_000,
      halfLifeMs: 20_000,
      penalties: { notGranted: 0.6 },
      steps: [
        { below: 0.5, rate: { packetsPerSecond: 1, burst: 3 } },
        { below: 0.2, deny: true },
      ],
      intervalMs: 200,
    });
    assert.equal(standing('h1').action, 'none');
    await impersonate('/host/h2', 2);
    assert.equal(standing('h1').action, 'rate');
    const at = await shop.calls('h1', '/shop/cart', 10);
    assert.ok((at.get('h3') ?? 0) <= 4 && (at.get('RATE_LIMITED') ?? 0) >= 6, JSON.stringify([...at]));

    await impersonate('/host/h2', 4);
    assert.equal(standing('h1').action, 'deny');
    assert.equal(await shop.call('h1', '/shop/cart'), 'DENIED');
    assert.equal(standing('h2').action, 'none', 'whose name was abused');
    assert.deepEqual(await shop.calls('h2', '/shop/cart', 10), new Map([['h3', 10]]));

    const steps: string[] = [];
    for (let i = 0; i < 200 && steps.at(-1) !== 'none'; i++) {
      await shop.fabric.run(shop.fabric.sleep(1e6));
      const { action } = standing('h1');
      if (steps.at(-1) !== action) steps.push(action);
    }
    assert.deepEqual(steps, ['deny', 'rate', 'none']);
    assert.deepEqual(await shop.calls('h1', '/shop/cart', 10), new Map([['h3', 10]]));
  });

  it('forgives when told to, and lets everybody go with its last policy', async () => {
    const { trust, trustPolicies, policies } = shop.fabric.controller;
    await impersonate('/host/h2', 2);
    assert.equal(standing('h1').action, 'rate');
    assert.equal(policies.cells.used, 1);
    await trust.delete('h1');
    await shop.fabric.settle();
    assert.equal(standing('h1').action, 'none');
    assert.equal(policies.cells.used, 0);
    await impersonate('/host/h2', 2);
    assert.equal(standing('h1').action, 'rate');
    await trustPolicies.delete('all');
    await shop.fabric.settle();
    await shop.fabric.run(shop.fabric.sleep(1000));
    assert.equal(standing('h1').level, 0);
    assert.deepEqual(await shop.calls('h1', '/shop/cart', 10), new Map([['h3', 10]]));
    await assert.rejects(trust.put('h1'), { code: 'BAD_REQUEST' });
    await assert.rejects(trust.delete('h99'), { code: 'NOT_FOUND' });
  });

  it('refuses policies that make no sense', async () => {
    await assert.rejects(put({ initial: 2 }), { code: 'BAD_REQUEST' });
    await assert.rejects(put({ steps: [{ below: 0.3 }] }), /either rate or deny/);
    await assert.rejects(
      put({
        steps: [
          { below: 0.1, deny: true },
          { below: 0.5, deny: true },
        ],
      }),
      /milder step first/,
    );
    await assert.rejects(put({ penalties: { rudeness: 1 } }), /no field 'rudeness'/);
  });
});
