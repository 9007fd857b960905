import assert from 'node:assert/strict';
import { macBytes, portMac } from '../../controller/index.js';
import {
  decodeNamed,
  decodeUdpFrame,
  encodeNamed,
  encodeUdpFrame,
  FabricKey,
  HOP_LIMIT_DEFAULT,
  NackReason,
  Name,
  PacketType,
  textBlock,
  UDP_PORT_NAMED,
} from '../../wire/index.js';
import { Shop } from './shop.js';

const NAME = '/shop/cart';
const MAX_OUTSTANDING = 16;
const LEASE_MS = 3000;

interface Death {
  /** Calls under way to anybody when the instance died. */
  readonly underWay: number;
  /** Calls that ended without a word. */
  readonly lost: number;
  readonly refused: number;
  readonly answered: number;
  /** Calls begun after the lease ran out that were lost. */
  readonly lostLate: number;
}

/** Two instances, 2,000 calls a second of one try each; one instance dies without a word after half a second. */
async function death(breaker: object | undefined): Promise<Death> {
  const shop = await Shop.open(11);
  const { fabric } = shop;
  try {
    for (const host of ['h3', 'h4']) await shop.serve(NAME, host, { ttlMs: LEASE_MS });
    if (breaker !== undefined) {
      await shop.policy('guard', JSON.parse(JSON.stringify({ destination: '/shop', breaker })));
    }
    const count = { underWay: 0, lost: 0, refused: 0, answered: 0, lostLate: 0 };
    let isExpired = false;
    fabric.controller.events.subscribe((event) => {
      if (event.kind === 'registry' && event.event.kind === 'expired') isExpired = true;
    });
    let open = 0;
    const call = async () => {
      const isLate = isExpired;
      open++;
      const outcome = await shop.outcome('h1', NAME, { deadlineUs: 200_000, firstTimeoutUs: 200_000 });
      open--;
      if (outcome === 'TIMEOUT') {
        count.lost++;
        if (isLate) count.lostLate++;
      } else if (outcome === 'BREAKER_OPEN') count.refused++;
      else count.answered++;
    };
    const all: Promise<void>[] = [];
    const load = async () => {
      const end = fabric.emulator.now() + 5e6;
      while (fabric.emulator.now() < end) {
        all.push(call());
        await fabric.sleep(500);
      }
      await Promise.all(all);
    };
    const done = load();
    await fabric.run(fabric.sleep(500e3));
    count.underWay = open;
    fabric.kill('h3');
    await fabric.run(done);
    assert.equal(isExpired, true);
    assert.equal(count.lost + count.refused + count.answered, all.length);
    return count;
  } finally {
    await shop.close();
  }
}

describe('failures', function () {
  this.timeout(60_000);

  it('a dead instance costs no more than the packets a breaker lets be in flight, and one for each rest', async () => {
    const restMs = 500;
    const guarded = await death({ maxOutstanding: MAX_OUTSTANDING, maxFailures: 3, windowMs: 100, restMs });
    const probes = Math.ceil(LEASE_MS / restMs);
    assert.ok(guarded.lost > 0 && guarded.lost <= MAX_OUTSTANDING + probes, JSON.stringify(guarded));
    assert.equal(guarded.lostLate, 0, 'after its lease it gets nothing');
    assert.ok(guarded.refused > 100, 'the switch answers at once instead');
    const bare = await death(undefined);
    assert.ok(bare.lost > 20 * guarded.lost, `without a breaker: ${JSON.stringify(bare)}`);
    assert.equal(bare.lostLate, 0);
  });

  it('an open breaker answers every request by itself, with the controller gone', async () => {
    const shop = await Shop.open();
    const { fabric } = shop;
    try {
      let isBroken = false;
      await shop.serve(NAME, 'h3', {}, () => isBroken);
      await shop.policy('guard', { destination: NAME, breaker: { maxFailures: 1, restMs: 60_000 } });
      assert.equal(await shop.call('h1', NAME), 'h3');
      isBroken = true;
      assert.equal(await shop.call('h1', NAME), 'UNAVAILABLE');
      const served = shop.served.get('h3');
      await fabric.controller.close();

      const back: Uint8Array[] = [];
      const leaf = fabric.switch('leaf1');
      leaf.attach(1, { transmit: (frame) => void back.push(frame.slice()) });
      const sent = 5000;
      for (let requestId = 1; requestId <= sent; requestId++) leaf.receive(1, request(shop, requestId));
      assert.equal(back.length, sent);
      const ids = new Set<number>();
      for (const frame of back) {
        const nack = decodeNamed(decodeUdpFrame(frame).payload);
        assert.equal(nack.type, PacketType.NACK);
        assert.equal(nack.reason, NackReason.BREAKER_OPEN);
        ids.add(nack.requestId);
      }
      assert.equal(ids.size, sent);
      assert.equal(shop.served.get('h3'), served, 'nothing reached the instance');
    } finally {
      await shop.close();
    }
  });
});

/** A call of h1, as its frame. */
function request(shop: Shop, requestId: number): Uint8Array {
  const { topology } = shop.fabric;
  const host = topology.hosts.get('h1') ?? assert.fail();
  const to = Name.parse(NAME);
  const from = Name.parse('/host/h1');
  return encodeUdpFrame({
    srcMac: macBytes(host.mac),
    dstMac: macBytes(portMac(1, 1)),
    src: host.ipv4,
    dst: topology.fabric.service,
    srcPort: 50_000,
    dstPort: UDP_PORT_NAMED,
    payload: encodeNamed({
      type: PacketType.SERVICE_REQUEST,
      flags: 0,
      hopLimit: HOP_LIMIT_DEFAULT,
      reason: 0,
      dstComponents: to.components.length,
      srcComponents: from.components.length,
      tag: 0,
      instance: 0,
      requestId,
      stamp: 0,
      attempt: 0,
      dst: to.digest(FabricKey.default).bytes,
      src: from.digest(FabricKey.default).bytes,
      text: textBlock(to, from),
      payload: new Uint8Array(0),
    }),
  });
}
