import assert from 'node:assert/strict';
import { insert, modify } from '../../controller/p4runtime/index.js';
import { FLAG_TELEMETRY, NackReason, PacketType } from '../../wire/index.js';
import { address, checkedNamed, digestOf, type Ends, hex, named, namedFrame } from './frames.js';
import { choice, entry, type PortFrame } from './lab.js';
import { onEverySwitch } from './labs.js';
import { growth, masked, serve, underlay } from './network.js';

const STRATEGY = 'ingress.names.strategy';
const NACK_OVER_RATE = 13;
const FAULT_LOSS = 15;
const ALL = 10_000;
/** A clone session and the port it copies to. */
const SESSION = 5;
const MIRROR_PORT = 4;
const FROM_1: Ends = { from: 1, to: 4 };

const reasonOf = (frame: PortFrame | undefined): number => {
  const { packet } = checkedNamed(frame?.bytes);
  assert.equal(packet.type, PacketType.NACK);
  return packet.reason;
};

onEverySwitch('forwarding strategy', (lab) => {
  const ask = (dst: string, src: string, fields: Parameters<typeof named>[2] = {}, ends = FROM_1) =>
    lab().send(ends.from, namedFrame(ends, named(dst, src, fields)));

  before(async () => {
    await underlay(lab());
    await serve(lab(), '/shop', { at: 2, as: 20 });
    await serve(lab(), '/shop-v2', { at: 3, as: 30 });
    await lab().client.write([
      insert({ kind: 'clone-session', session: SESSION, replicas: [{ port: MIRROR_PORT, instance: 1 }] }),
    ]);
  });

  it('changes nothing where nothing is laid down', async () => {
    const out = await ask('/shop/cart', '/client/a');
    assert.deepEqual(
      out.map(({ port }) => port),
      [2],
    );
  });

  it('lets the access rule of highest priority decide, by destination and source', async () => {
    const acl = `${STRATEGY}.acl`;
    await lab().client.write([
      entry(acl, { dst: masked('/shop/admin') }, `${STRATEGY}.deny`, {}, 10),
      entry(acl, { dst: masked('/shop/admin'), src: masked('/staff') }, `${STRATEGY}.permit`, {}, 20),
      entry(acl, { src: masked('/staff/fired') }, `${STRATEGY}.deny`, {}, 30),
    ]);
    const denied = await growth(lab(), 'ingress.names.nacks', NackReason.DENIED, async () => {
      assert.equal(reasonOf((await ask('/shop/admin/x', '/client/a'))[0]), NackReason.DENIED);
      assert.equal(reasonOf((await ask('/shop/admin', '/staff/fired/b'))[0]), NackReason.DENIED);
      assert.equal(reasonOf((await ask('/shop/cart', '/staff/fired'))[0]), NackReason.DENIED);
    });
    assert.equal(denied, 3);
    for (const [dst, src] of [
      ['/shop/admin', '/staff/c'],
      ['/shop/cart', '/client/a'],
    ] as const) {
      assert.equal((await ask(dst, src))[0]?.port, 2, `${src} to ${dst}`);
    }
  });

  it('answers RATE_LIMITED over the rate of a pair of prefixes, and leaves the others alone', async () => {
    await lab().client.write([
      entry(
        `${STRATEGY}.limits`,
        { dst: masked('/shop'), src: masked('/greedy') },
        `${STRATEGY}.limit`,
        { index: 7 },
        1,
      ),
      modify({
        kind: 'meter',
        meter: `${STRATEGY}.rates`,
        index: 7,
        config: { cir: 1, cburst: 2, pir: 1, pburst: 2 },
      }),
    ]);
    const outcomes: (number | undefined)[] = [];
    for (let i = 0; i < 6; i++) {
      const [out] = await ask('/shop/cart', '/greedy/a', { requestId: i });
      outcomes.push(out?.port);
      if (out?.port === 1) assert.equal(reasonOf(out), NackReason.RATE_LIMITED);
    }
    assert(outcomes.filter((port) => port === 2).length <= 3, `${outcomes}`);
    assert(outcomes.includes(2) && outcomes.includes(1), `${outcomes}`);
    assert.equal((await ask('/shop/cart', '/client/a'))[0]?.port, 2);
  });

  it('copies what a mirror rule asks for to its session, as it came in', async () => {
    await lab().client.write([
      entry(
        `${STRATEGY}.mirrors`,
        { dst: masked('/shop/seen') },
        `${STRATEGY}.mirror`,
        { session: SESSION, share: ALL },
        1,
      ),
      entry(
        `${STRATEGY}.mirrors`,
        { dst: masked('/shop/unseen') },
        `${STRATEGY}.mirror`,
        { session: SESSION, share: 0 },
        1,
      ),
    ]);
    const asked = { flags: FLAG_TELEMETRY, telemetry: { hops: [], dropped: 0 } };
    const request = namedFrame(FROM_1, named('/shop/seen', '/client/a', asked));
    const out = await lab().send(1, request);
    assert.deepEqual(out.map(({ port }) => port).sort(), [2, MIRROR_PORT]);
    assert.equal(hex(out.find(({ port }) => port === MIRROR_PORT)?.bytes), hex(request));
    assert.equal((await ask('/shop/unseen', '/client/a')).length, 1);
  });

  it('copies a sample where the share is one', async () => {
    await lab().client.write([
      entry(
        `${STRATEGY}.mirrors`,
        { dst: masked('/shop/half') },
        `${STRATEGY}.mirror`,
        { session: SESSION, share: ALL / 2 },
        1,
      ),
    ]);
    let copies = 0;
    for (let i = 0; i < 60; i++) copies += (await ask('/shop/half', '/c', { requestId: i })).length - 1;
    assert(copies > 10 && copies < 50, `${copies} of 60`);
  });

  it('injects faults: aborts with the reason chosen, and losses that count', async () => {
    const faults = `${STRATEGY}.faults`;
    await lab().client.write([
      entry(
        faults,
        { dst: masked('/shop/bad'), tag: { value: 9, mask: 255 } },
        `${STRATEGY}.abort`,
        { reason: NackReason.FAULT_INJECTED, share: ALL },
        2,
      ),
      entry(faults, { dst: masked('/shop/lossy') }, `${STRATEGY}.lose`, { share: ALL }, 1),
      entry(faults, { dst: masked('/shop/fine') }, `${STRATEGY}.lose`, { share: 0 }, 1),
    ]);
    assert.equal(reasonOf((await ask('/shop/bad', '/c', { tag: 9 }))[0]), NackReason.FAULT_INJECTED);
    assert.equal((await ask('/shop/bad', '/c', { tag: 8 }))[0]?.port, 2);
    assert.equal((await ask('/shop/fine', '/c'))[0]?.port, 2);
    const lost = await growth(lab(), 'ingress.drops', FAULT_LOSS, async () => {
      assert.deepEqual(await ask('/shop/lossy', '/c'), []);
    });
    assert.equal(lost, 1);
  });

  it('sends tagged requests to the canary, and splits the others by weight', async () => {
    const splits = `${STRATEGY}.splits`;
    const version = { name: `${STRATEGY}.to_version`, params: { name: digestOf('/shop-v2') } };
    await lab().client.write([
      choice(splits, { dst: masked('/shop/new'), tag: { value: 1, mask: 255 } }, [version], 10),
      choice(
        splits,
        { dst: masked('/shop/new') },
        [
          { ...version, weight: 1 },
          { name: `${STRATEGY}.permit`, params: {}, weight: 3 },
        ],
        5,
      ),
    ]);
    for (let requestId = 0; requestId < 5; requestId++) {
      const [out] = await ask('/shop/new', '/c', { tag: 1, requestId });
      assert.equal(out?.port, 3);
      assert.equal(checkedNamed(out?.bytes).packet.instance, 30);
    }
    const ports: (number | undefined)[] = [];
    for (let requestId = 0; requestId < 80; requestId++) {
      const [out] = await ask('/shop/new', '/c', { requestId });
      ports.push(out?.port);
      // A repeated request stays with its version.
      if (requestId % 20 === 0) {
        assert.equal((await ask('/shop/new', '/c', { requestId, attempt: 1 }))[0]?.port, out?.port);
      }
    }
    const canary = ports.filter((port) => port === 3).length;
    assert(canary > 5 && canary < 40, `${canary} of 80 went to the canary of weight 1 in 4`);
  });

  it('asks no strategy for packets that are resolved already', async () => {
    const [out] = await ask('/shop/admin', '/client/a', { flags: 1 }, { from: 1, to: 3 });
    assert.equal(out?.port, 3);
  });

  it('limits the Nacks it makes for a port, and counts what that loses', async () => {
    const config = { cir: 1, cburst: 2, pir: 1, pburst: 2 };
    await lab().client.write([
      modify({ kind: 'meter', meter: 'ingress.names.nack_rates', index: 3, config }),
    ]);
    let nacks = 0;
    const over = await growth(lab(), 'ingress.drops', NACK_OVER_RATE, async () => {
      for (let i = 0; i < 8; i++) {
        nacks += (await ask('/nowhere', '/c', { requestId: i }, { from: 3, to: 4 })).length;
      }
    });
    assert.equal(over + nacks, 8);
    assert(over >= 4 && nacks >= 1, `${over} lost, ${nacks} answered`);
    assert.equal(reasonOf((await ask('/nowhere', '/c'))[0]), NackReason.NO_ROUTE);
  });

  it('names itself where the hop limit ends', async () => {
    const [out] = await ask('/shop/cart', '/client/a', { hopLimit: 1, requestId: 5 });
    assert.equal(reasonOf(out), NackReason.HOP_LIMIT);
    assert.equal(checkedNamed(out?.bytes).packet.instance, 77);
    assert.equal(address(1), checkedNamed(out?.bytes).ipv4.dst);
  });
});
