import assert from 'node:assert/strict';
import { insert } from '../../controller/p4runtime/index.js';
import {
  authKeyWords,
  FLAG_KV,
  FLAG_RESOLVED,
  FLAG_TELEMETRY,
  KV_CACHED,
  KV_GET_REPLY,
  KvStatus,
  NackReason,
  type NamedPacket,
  PacketType,
  signNamed,
  UDP_PORT_NAMED,
} from '../../wire/index.js';
import {
  address,
  checkedNamed,
  type Ends,
  hex,
  named,
  namedFrame,
  udpFrame,
  withIpv4Checksum,
} from './frames.js';
import { choice, entry, type PortFrame } from './lab.js';
import { onEverySwitch } from './labs.js';
import { growth, masked, nameIs, serve, underlay } from './network.js';

const FROM_1: Ends = { from: 1, to: 4 };
/** From the instance at station 2 to the client at station 1, both of this switch. */
const BACK: Ends = { from: 2, to: 1, srcPort: UDP_PORT_NAMED, dstPort: 40_000 };
/** From another switch behind port 3 to the client. */
const FROM_FABRIC: Ends = { ...BACK, from: 3 };
const STRATEGY = 'ingress.names.strategy';
const ADMISSION = 'ingress.admission';
const UNANSWERABLE = 7;
const SOURCE_DENIED = 14;
const FAULT_LOSS = 15;
const REPLAYED = 16;
const SHOP = 5;
const NACKS = 16 * SHOP;
const SESSION = 6;
const MIRROR_PORT = 4;
const ALL = 10_000;
const AUTH_KEY = Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8]);
const KEY_ID = 9;

/** What two features make of one packet, and what becomes of it where both hosts hang on one switch. */
onEverySwitch('positions and meetings', (lab) => {
  let instances = 700;
  let requests = 1;

  const ask = (dst: string, fields: Partial<NamedPacket> = {}, ends = FROM_1) =>
    lab().send(
      ends.from,
      namedFrame(ends, named(dst, '/client/a', { requestId: requests++, stamp: 0, ...fields })),
    );
  const answerTo = (request: NamedPacket, fields: Partial<NamedPacket> = {}): NamedPacket => ({
    ...request,
    type: PacketType.SERVICE_DATA,
    flags: FLAG_RESOLVED,
    hopLimit: 64,
    dst: request.src,
    src: request.dst,
    dstComponents: request.srcComponents,
    srcComponents: request.dstComponents,
    ...fields,
  });
  const answer = (request: NamedPacket, fields: Partial<NamedPacket> = {}, ends = BACK) =>
    lab().send(ends.from, namedFrame(ends, answerTo(request, fields)));
  const passed = (out: PortFrame | undefined): NamedPacket => {
    assert.equal(out?.port, 2);
    return checkedNamed(out.bytes).packet;
  };
  const reasonOf = (out: PortFrame | undefined): number => {
    const { packet } = checkedNamed(out?.bytes);
    assert.equal(packet.type, PacketType.NACK);
    return packet.reason;
  };

  /** A service of one instance at station 2 with a breaker; gives its name. */
  async function guarded(max_outstanding: number, max_failures: number): Promise<string> {
    const instance = instances++;
    const name = `/shop/i${instance}`;
    await serve(lab(), name, { at: 2, as: instance });
    await lab().client.write([
      entry('ingress.breaker.guards', { instance }, 'ingress.breaker.limits', {
        ...{ generation: 1, window: 30, max_outstanding, max_failures, rest: 2 ** 30 },
      }),
    ]);
    return name;
  }

  before(async () => {
    await underlay(lab());
    await serve(lab(), '/shop', { at: 2, as: 20 });
    await lab().client.write([
      insert({ kind: 'clone-session', session: SESSION, replicas: [{ port: MIRROR_PORT, instance: 1 }] }),
      entry('ingress.services.policies', nameIs('/shop'), 'ingress.services.count', { index: SHOP }),
      entry('ingress.services.clients', { address: address(1) }, 'ingress.services.attached', {}),
      ...[1, 2].map((ingress_port) => entry(`${ADMISSION}.ports`, { ingress_port }, `${ADMISSION}.edge`, {})),
      entry(`${ADMISSION}.grants`, { ingress_port: 1, ...nameIs('/client') }, `${ADMISSION}.granted`, {}),
      entry(`${ADMISSION}.grants`, { ingress_port: 2, ...nameIs('/shop') }, `${ADMISSION}.granted`, {}),
      entry(`${ADMISSION}.credentials`, { key_id: KEY_ID, ...nameIs('/client') }, `${ADMISSION}.credential`, {
        ...authKeyWords(AUTH_KEY),
        slot: 3,
        generation: 1,
      }),
      entry(
        `${STRATEGY}.mirrors`,
        { dst: masked('/shop/seen') },
        `${STRATEGY}.mirror`,
        {
          session: SESSION,
          share: ALL,
        },
        1,
      ),
      entry(`${STRATEGY}.faults`, { dst: masked('/shop/seen/lost') }, `${STRATEGY}.lose`, { share: ALL }, 1),
      entry(
        `${STRATEGY}.faults`,
        { dst: masked('/shop/seen/ended') },
        `${STRATEGY}.abort`,
        {
          reason: NackReason.FAULT_INJECTED,
          share: ALL,
        },
        1,
      ),
    ]);
  });

  it('an answer under another’s name is no response, and moves no breaker of a client behind the same switch', async () => {
    const name = await guarded(1, 1);
    const request = passed((await ask(name))[0]);
    const forged = named('/client/a', '/other/x', {
      type: PacketType.SERVICE_DATA,
      flags: FLAG_RESOLVED,
      instance: request.instance,
      stamp: request.stamp,
    });
    const lost = await growth(lab(), 'ingress.drops', SOURCE_DENIED, async () => {
      for (const type of [PacketType.SERVICE_DATA, PacketType.NACK]) {
        const frame = namedFrame(BACK, { ...forged, type, reason: type === PacketType.NACK ? 9 : 0 });
        assert.deepEqual(await lab().send(2, frame), []);
      }
    });
    assert.equal(lost, 2);
    assert.equal(reasonOf((await ask(name))[0]), NackReason.BREAKER_OPEN, 'the one slot is taken still');
    await answer(request);
    passed((await ask(name))[0]);

    // Port 1 was not granted the service's name.
    const elsewhere: Ends = { ...BACK, from: 1 };
    const responses = await growth(lab(), 'ingress.accounts.responses', SHOP, async () => {
      assert.deepEqual(await answer(request, {}, elsewhere), []);
      assert.equal((await answer(request))[0]?.port, 1);
    });
    assert.equal(responses, 1);
  });

  it('an answer that ends here, its hops used up, is no response', async () => {
    const request = passed((await ask('/shop/cart'))[0]);
    const responses = await growth(lab(), 'ingress.accounts.responses', SHOP, async () => {
      const lost = await growth(lab(), 'ingress.drops', UNANSWERABLE, async () => {
        assert.deepEqual(await answer(request, { hopLimit: 1 }), []);
      });
      assert.equal(lost, 1);
    });
    assert.equal(responses, 0);
  });

  it('a request that a link doubled enters the fabric once', async () => {
    const signed = signNamed(AUTH_KEY, KEY_ID, named('/shop/cart', '/client/a'), 77);
    const entered = await growth(lab(), 'ingress.services.requests', SHOP, async () => {
      const lost = await growth(lab(), 'ingress.drops', REPLAYED, async () => {
        passed((await lab().send(1, namedFrame(FROM_1, signed)))[0]);
        assert.deepEqual(await lab().send(1, namedFrame(FROM_1, signed)), []);
      });
      assert.equal(lost, 1);
    });
    assert.equal(entered, 1);
  });

  it('a name in fragments does not get round the edge, other fragments pass', async () => {
    const fragment = (frame: Uint8Array) => {
      frame[20] = 0x20;
      return withIpv4Checksum(frame);
    };
    const foreign = named('/shop/cart', '/somebody/else', { flags: FLAG_RESOLVED });
    const lost = await growth(lab(), 'ingress.drops', SOURCE_DENIED, async () => {
      for (const ends of [
        { from: 1, to: 2 },
        { from: 2, to: 1, srcPort: UDP_PORT_NAMED, dstPort: 6000 },
      ]) {
        assert.deepEqual(await lab().send(ends.from, fragment(namedFrame(ends, foreign))), []);
      }
    });
    assert.equal(lost, 2);
    // No hosts behind port 3; and nothing named.
    assert.equal((await lab().send(3, fragment(namedFrame({ from: 3, to: 2 }, foreign))))[0]?.port, 2);
    assert.equal(
      (await lab().send(1, fragment(udpFrame({ from: 1, to: 2 }, new Uint8Array(40)))))[0]?.port,
      2,
    );
  });

  it('a cached answer gives its slot back, and says nothing of the instance', async () => {
    const cached = {
      flags: FLAG_RESOLVED | FLAG_KV,
      kv: {
        ...{ op: KV_GET_REPLY, flags: KV_CACHED, status: KvStatus.OK, generation: 0, version: 1 },
        ...{ key: new Uint8Array(16), valueLength: 0, value: new Uint8Array(0) },
      },
    };
    const name = await guarded(1, 2);
    const failed = { type: PacketType.NACK, reason: NackReason.UNAVAILABLE };
    await answer(passed((await ask(name))[0]), failed);
    await answer(passed((await ask(name))[0]), cached, FROM_FABRIC);
    await answer(passed((await ask(name))[0]), failed);
    assert.equal(reasonOf((await ask(name))[0]), NackReason.BREAKER_OPEN, 'two failures, none answered');
  });

  it('a request refused here takes no slot of a breaker', async () => {
    const name = await guarded(1, 0);
    assert.equal(reasonOf((await ask(name, { hopLimit: 1 }))[0]), NackReason.HOP_LIMIT);
    const fault = { dst: masked(name), tag: { value: 3, mask: 255 } };
    await lab().client.write([
      entry(
        `${STRATEGY}.faults`,
        fault,
        `${STRATEGY}.abort`,
        { reason: NackReason.UNAVAILABLE, share: ALL },
        9,
      ),
    ]);
    assert.equal(reasonOf((await ask(name, { tag: 3 }))[0]), NackReason.UNAVAILABLE);
    passed((await ask(name))[0]);
    assert.equal(reasonOf((await ask(name))[0]), NackReason.BREAKER_OPEN);
  });

  it('an instance’s number that a client made up takes no slot of its breaker', async () => {
    const name = await guarded(1, 0);
    const instance = instances - 1;
    await lab().client.write([
      choice('ingress.names.fib', nameIs('/host/b'), [
        { name: 'ingress.names.to_host', params: { address: address(2) } },
      ]),
    ]);
    assert.equal(passed((await ask('/host/b', { instance }))[0]).instance, 0);
    const fromFabric: Ends = { from: 3, to: 4 };
    assert.equal(passed((await ask('/host/b', { instance }, fromFabric))[0]).instance, 0);
    assert.equal(passed((await ask(name, { instance: 3 }))[0]).instance, instance);
  });

  it('an open breaker of a service at a port of its own answers the port that asked', async () => {
    const name = '/shop/own';
    const instance = instances++;
    const to = {
      name: 'ingress.names.to_instance',
      params: { instance, address: address(2), udp_port: 6005 },
    };
    await lab().client.write([
      choice('ingress.names.fib', nameIs(name), [to]),
      entry('ingress.breaker.guards', { instance }, 'ingress.breaker.limits', {
        ...{ generation: 1, window: 30, max_outstanding: 1, max_failures: 0, rest: 1 },
      }),
    ]);
    const [first] = await ask(name);
    assert.equal(checkedNamed(first?.bytes).udp.dstPort, 6005);
    const [nack] = await ask(name);
    assert.equal(reasonOf(nack), NackReason.BREAKER_OPEN);
    assert.equal(nack?.port, 1);
    assert.equal(checkedNamed(nack.bytes).udp.dstPort, 40_000);
  });

  it('a mirror has one copy of a broadcast', async () => {
    const group = 77;
    await lab().client.write([
      insert({
        kind: 'multicast-group',
        group,
        replicas: [1, 2, 3].map((port) => ({ port, instance: port })),
      }),
      choice('ingress.names.fib', nameIs('/shop/seen/live'), [
        { name: 'ingress.names.publish', params: { branches: group } },
      ]),
    ]);
    const out = await ask('/shop/seen/live', { type: PacketType.SERVICE_DATA });
    assert.deepEqual(out.map(({ port }) => port).sort(), [2, 3, MIRROR_PORT]);
  });

  it('the Nack of an echo is none of the service’s, wherever it was made', async () => {
    const reason = NackReason.HOP_LIMIT;
    const request = passed((await ask('/shop/cart'))[0]);
    const nacks = await growth(lab(), 'ingress.accounts.nacks', NACKS + reason, async () => {
      await ask('/shop/cart', { type: PacketType.ECHO_REQUEST, hopLimit: 1 });
      await answer(request, { type: PacketType.NACK, reason, stamp: 0 }, FROM_FABRIC);
    });
    assert.equal(nacks, 0);
    const own = await growth(lab(), 'ingress.accounts.nacks', NACKS + reason, async () => {
      await ask('/shop/cart', { hopLimit: 1 });
      await answer(request, { type: PacketType.NACK, reason }, FROM_FABRIC);
    });
    assert.equal(own, 2);
  });

  it('a mirror sees what a fault takes, as it came, and no packet of the controller', async () => {
    for (const [name, others] of [
      ['/shop/seen/lost', []],
      ['/shop/seen/ended', [1]],
      ['/shop/seen/all', [2]],
    ] as const) {
      const asked = { flags: FLAG_TELEMETRY, telemetry: { hops: [], dropped: 0 } };
      const frame = namedFrame(FROM_1, named(name, '/client/a', asked));
      const out = await lab().send(1, frame);
      const copy = out.find(({ port }) => port === MIRROR_PORT);
      assert.equal(hex(copy?.bytes), hex(frame), name);
      assert.deepEqual(
        out.filter((each) => each !== copy).map(({ port }) => port),
        others,
        name,
      );
    }
    const lost = await growth(lab(), 'ingress.drops', FAULT_LOSS, async () => {
      await ask('/shop/seen/lost');
    });
    assert.equal(lost, 1);
    const frame = namedFrame(FROM_1, named('/shop/seen/all', '/fabric/registry'));
    const out = await lab().packetOut(frame, { egress_port: 1, forward: 1 });
    assert.deepEqual(
      out.map(({ port }) => port),
      [2],
    );
  });

  it('a tag is right whatever telemetry has been noted, and there is room for it', async () => {
    const hop = { switchId: 1, ingressPort: 2, egressPort: 3, queueDepth: 0, ingressTime: 4, egressTime: 5 };
    for (const [count, sequence] of [
      [0, 200],
      [7, 201],
      [8, 202],
    ] as const) {
      const telemetry = { hops: Array.from({ length: count }, () => hop), dropped: 0 };
      const plain = named('/shop/cart', '/client/a', { flags: FLAG_TELEMETRY, telemetry });
      const signed = signNamed(AUTH_KEY, KEY_ID, plain, sequence);
      const packet = passed((await lab().send(1, namedFrame(FROM_1, signed)))[0]);
      assert.equal(packet.telemetry?.hops.length, Math.min(8, count + 1));
      assert.equal(packet.telemetry?.dropped, count === 8 ? 1 : 0);
    }
  });
});
