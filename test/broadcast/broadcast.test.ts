import assert from 'node:assert/strict';
import { Broadcasts } from '../../controller/broadcast/broadcasts.js';
import { broadcastTree } from '../../controller/broadcast/tree.js';
import { LeafRoom } from '../../controller/fabric/leaf-room.js';
import {
  ControllerError,
  type ControllerErrorCode,
  MemoryStore,
  Paths,
  parseTopology,
} from '../../controller/index.js';
import { FabricKey, FLAG_RESOLVED, NackReason, PacketType } from '../../wire/index.js';
import { SmallFabric } from '../controller/small-fabric.js';
import { ask, frameOf, packet, received } from '../spa/support.js';

/** Four leaves under two spines, two hosts on each leaf: l1a, l1b, l2a … */
const LEAVES = [1, 2, 3, 4];
const TOPOLOGY = `
switches:
${LEAVES.map((n) => `  - { name: leaf${n}, role: leaf, id: ${n} }`).join('\n')}
  - { name: spine1, role: spine, id: 11 }
  - { name: spine2, role: spine, id: 12 }
links:
${LEAVES.flatMap((n) => [1, 2].map((s) => `  - { a: leaf${n}:${10 + s}, b: spine${s}:${n} }`)).join('\n')}
hosts:
${LEAVES.flatMap((n) => ['a', 'b'].map((x, i) => `  - { name: l${n}${x}, switch: leaf${n}, port: ${i + 1}, ipv4: 10.0.${n}.${i + 1} }`)).join('\n')}
`;
const CHANNEL = '/live/news';

const fails = (code: ControllerErrorCode) => (error: unknown) =>
  error instanceof ControllerError && error.code === code;

describe('live broadcast', function () {
  this.timeout(30_000);
  let fabric: SmallFabric;
  /** Frames that each link carried, either way: `leaf1-spine1`. */
  const carried = new Map<string, number>();
  const start = async (store?: MemoryStore) => {
    fabric = await SmallFabric.start(store, TOPOLOGY);
    carried.clear();
    fabric.onLink = (a, b) => {
      const name = [a, b].sort().join('-');
      carried.set(name, (carried.get(name) ?? 0) + 1);
    };
    return fabric.controller.broadcasts;
  };
  afterEach(() => fabric.stop());

  let sequence = 0;
  /** Publishes from a host; the hosts that got a copy, checked for what a subscriber is to see. */
  function publish(from: string, source = `/host/${from}`): string[] {
    sequence += 1;
    const frames = frameOf(
      fabric,
      from,
      packet(CHANNEL, source, { type: PacketType.SERVICE_DATA, requestId: sequence }),
    );
    for (const list of fabric.received.values()) list.length = 0;
    fabric.send(from, frames);
    return [...fabric.received]
      .flatMap(([host, list]) =>
        list.splice(0).map((frame) => {
          const copy = received(frame);
          assert.equal(copy.requestId, sequence);
          assert.equal(copy.flags & FLAG_RESOLVED, FLAG_RESOLVED);
          assert.equal(copy.to, fabric.topology.hosts.get(host)?.ipv4);
          return `${host}:${copy.udpPort}`;
        }),
      )
      .sort();
  }
  const subscribe = (host: string, port = 6000) => ({
    op: 'subscribe',
    name: CHANNEL,
    address: `10.0.${host[1]}.${host[2] === 'a' ? 1 : 2}`,
    port,
    ttl_ms: 5000,
  });

  it('reaches every subscriber once, whoever publishes, with one copy on each link and none where nobody listens', async () => {
    const { broadcasts, subscriptions } = await start();
    await broadcasts.put('news', { channel: CHANNEL });
    for (const host of ['l1a', 'l1b', 'l2a', 'l3a']) {
      await subscriptions.put(host, { channel: CHANNEL, host, port: 6000 });
    }
    await subscriptions.put('twice', { channel: CHANNEL, host: 'l3a', port: 6001 });
    await fabric.settled();
    for (const from of fabric.topology.hosts.keys()) {
      carried.clear();
      // The port a packet came by gets no copy, so a publisher does not hear itself.
      const expected = ['l1a:6000', 'l1b:6000', 'l2a:6000', 'l3a:6000', 'l3a:6001'].filter(
        (each) => !each.startsWith(from),
      );
      assert.deepEqual(publish(from), expected, from);
      const own = fabric.topology.hosts.get(from)?.switch;
      const spine = [...carried.keys()][0]?.split('-')[1];
      const leaves = new Set(['leaf1', 'leaf2', 'leaf3', own]);
      assert.deepEqual(
        Object.fromEntries(carried),
        Object.fromEntries([...leaves].map((leaf) => [`${leaf}-${spine}`, 1])),
        from,
      );
    }
  });

  it('stays in a leaf whose hosts alone subscribe', async () => {
    const { broadcasts, subscriptions } = await start();
    await broadcasts.put('news', { channel: CHANNEL });
    await subscriptions.put('b', { channel: CHANNEL, host: 'l1b', port: 6000 });
    await fabric.settled();
    carried.clear();
    assert.deepEqual(publish('l1a'), ['l1b:6000']);
    assert.deepEqual([...carried], []);
    // Nobody at all: a request learns it, data is lost and counted.
    await subscriptions.delete('b');
    await fabric.settled();
    assert.deepEqual(publish('l1a'), []);
    fabric.send('l1a', frameOf(fabric, 'l1a', packet(CHANNEL, '/host/l1a')));
    assert.equal(received(await fabric.next('l1a')).reason, NackReason.NO_INSTANCE);
  });

  it('loses nothing for the others while hosts join and leave, in band', async () => {
    await start();
    const open = { op: 'publish', name: CHANNEL, address: '10.0.1.1', ttl_ms: 60_000 };
    assert.equal((await ask(fabric, 'l4b', subscribe('l4b')))['code'], 'NOT_FOUND');
    assert.deepEqual(await ask(fabric, 'l1a', open), { ok: true, ttl_ms: 60_000 });
    for (const host of ['l2a', 'l3a']) assert.equal((await ask(fabric, host, subscribe(host)))['ok'], true);
    assert.deepEqual(publish('l1a'), ['l2a:6000', 'l3a:6000']);

    const { subscriptions } = fabric.controller.broadcasts;
    const joiners = ['l1b', 'l2b', 'l3b', 'l4a', 'l4b'];
    let isDone = false;
    const changes = (async () => {
      for (const host of joiners) await subscriptions.put(host, { channel: CHANNEL, host, port: 7000 });
      await fabric.settled();
      for (const host of joiners) await subscriptions.delete(host);
      await fabric.settled();
      isDone = true;
    })();
    let rounds = 0;
    let most = 0;
    while (!isDone) {
      const got = publish('l1a');
      assert.deepEqual(
        got.filter((each) => each.endsWith(':6000')),
        ['l2a:6000', 'l3a:6000'],
      );
      assert.equal(new Set(got).size, got.length, 'a copy came twice');
      most = Math.max(most, got.length);
      rounds += 1;
      await new Promise((resolve) => setImmediate(resolve));
    }
    await changes;
    assert.ok(rounds > 20 && most === 2 + joiners.length, `${rounds} packets, up to ${most} copies`);
    assert.deepEqual(publish('l1a'), ['l2a:6000', 'l3a:6000']);

    // Whoever was told that it is subscribed gets the very next packet.
    assert.equal((await ask(fabric, 'l4b', subscribe('l4b')))['ok'], true);
    assert.deepEqual(publish('l1a'), ['l2a:6000', 'l3a:6000', 'l4b:6000']);
    assert.equal((await ask(fabric, 'l4b', { ...subscribe('l4b'), op: 'unsubscribe' }))['ok'], true);
    await fabric.settled();
    assert.deepEqual(publish('l1a'), ['l2a:6000', 'l3a:6000']);
  });

  it('moves from tree to tree without a copy too many, and never stands in two', async () => {
    const { broadcasts, subscriptions } = await start();
    await broadcasts.put('news', { channel: CHANNEL });
    for (const host of ['l1a', 'l2a', 'l3a', 'l4a']) {
      await subscriptions.put(host, { channel: CHANNEL, host, port: 6000 });
    }
    await fabric.settled();
    /** Spines that any switch sends copies to, or that send any. */
    const spines = (): Set<string> => {
      const used = new Set<string>();
      for (const [name, { device }] of fabric.nodes) {
        for (const { replicas } of device.pre.multicastGroups.values()) {
          for (const { port } of replicas) {
            if (name.startsWith('spine')) used.add(name);
            else if (port > 10) used.add(`spine${port - 10}`);
          }
        }
      }
      return used;
    };
    const all = ['l1a:6000', 'l2a:6000', 'l3a:6000', 'l4a:6000'];
    const links = fabric.controller.collections.get('links');
    for (const [link, admin] of [
      ['leaf2:11-spine1:2', 'down'],
      ['leaf2:11-spine1:2', 'up'],
      ['leaf3:12-spine2:3', 'down'],
      ['leaf3:12-spine2:3', 'up'],
    ] as const) {
      const before = [...spines()];
      assert.equal(before.length, 1);
      let isDone = false;
      const change = (async () => {
        await links?.put(link, { admin });
        await fabric.settled();
        isDone = true;
      })();
      while (!isDone) {
        const got = publish('l1b');
        assert.equal(new Set(got).size, got.length, `a copy came twice: ${got}`);
        assert.ok(got.includes('l1a:6000'), 'at its own leaf nothing is lost');
        assert.ok(spines().size < 2, `${link} ${admin}: ${[...spines()]}`);
        await new Promise((resolve) => setImmediate(resolve));
      }
      await change;
      assert.deepEqual(publish('l1b'), all, `${link} ${admin}`);
    }
  });

  it('forgets who does not ask again, and keeps who does', async () => {
    await start();
    const open = { op: 'publish', name: CHANNEL, address: '10.0.1.1', ttl_ms: 60_000 };
    await ask(fabric, 'l1a', open);
    for (const host of ['l2a', 'l3a']) await ask(fabric, host, subscribe(host));
    for (let turn = 0; turn < 3; turn += 1) {
      fabric.clock.advance(3_000_000);
      await ask(fabric, 'l2a', subscribe('l2a'));
    }
    await fabric.settled();
    assert.deepEqual(publish('l1a'), ['l2a:6000']);
    fabric.clock.advance(60_000_000);
    await fabric.settled();
    const { broadcasts } = fabric.controller;
    assert.deepEqual(
      broadcasts.collections.flatMap((each) => each.list()),
      [],
    );
    assert.deepEqual(publish('l1a'), []);
    for (const { device } of fabric.nodes.values()) {
      assert.deepEqual([...device.pre.multicastGroups.keys()], []);
    }
  });

  it('takes packets of the publishers it names only', async () => {
    const { broadcasts, subscriptions } = await start();
    await broadcasts.put('news', { channel: CHANNEL, publishers: ['/studio', '/host/l2a'] });
    await subscriptions.put('c', { channel: CHANNEL, host: 'l3a', port: 6000 });
    await fabric.settled();
    assert.deepEqual(publish('l1a', '/studio/one'), ['l3a:6000']);
    assert.deepEqual(publish('l2a'), ['l3a:6000']);
    assert.deepEqual(publish('l1a'), []);
    fabric.send('l1a', frameOf(fabric, 'l1a', packet(CHANNEL, '/host/l1a')));
    assert.equal(received(await fabric.next('l1a')).reason, NackReason.DENIED);
    const publishing = { op: 'publish', name: CHANNEL, address: '10.0.1.1' };
    assert.equal((await ask(fabric, 'l1a', publishing))['code'], 'DENIED');
    assert.equal((await ask(fabric, 'l2a', publishing))['ok'], true);
    // A declared one stays as it was declared.
    assert.deepEqual(broadcasts.get('news')?.spec, {
      channel: CHANNEL,
      publishers: ['/studio', '/host/l2a'],
      ttlMs: 0,
    });
  });

  it('survives a restart of the controller without a write, and a switch’s', async () => {
    const store = new MemoryStore();
    const { broadcasts, subscriptions } = await start(store);
    await broadcasts.put('news', { channel: CHANNEL });
    await subscriptions.put('c', { channel: CHANNEL, host: 'l3a', port: 6000 });
    await fabric.settled();
    await fabric.replaceController(store);
    for (const name of fabric.nodes.keys()) {
      assert.equal(fabric.controller.session(name).reconciler?.stats.written, 0, name);
    }
    assert.deepEqual(publish('l1a'), ['l3a:6000']);
    fabric.controller.broadcasts.apply([{ key: 'broadcast/subscription/c', value: undefined }]);
    await fabric.settled();
    assert.deepEqual(publish('l1a'), []);
  });

  it('refuses what is wrong, and says what', async () => {
    const { broadcasts, subscriptions } = await start();
    await fabric.controller.registry.register({ service: '/shop', address: 0x0a000101, port: 1 });
    await broadcasts.put('news', { channel: CHANNEL });
    await assert.rejects(broadcasts.put('x', {}), fails('BAD_REQUEST'));
    await assert.rejects(broadcasts.put('x', { channel: 'news' }), fails('BAD_REQUEST'));
    await assert.rejects(broadcasts.put('x', { channel: '/fabric/registry' }), fails('BAD_REQUEST'));
    await assert.rejects(broadcasts.put('x', { channel: '/shop' }), fails('CONFLICT'));
    await assert.rejects(broadcasts.put('x', { channel: CHANNEL }), fails('CONFLICT'));
    await assert.rejects(broadcasts.delete('x'), fails('NOT_FOUND'));
    // The other way round, too; in band a Nack's reason says so.
    const { registry } = fabric.controller;
    await assert.rejects(
      registry.register({ service: CHANNEL, address: 0x0a000101, port: 1 }),
      (error) => fails('CONFLICT')(error) && /is published to/.test(String(error)),
    );
    assert.equal(registry.lookup(CHANNEL), undefined);
    await assert.rejects(registry.attach(CHANNEL, 0x0a000101, 9), fails('CONFLICT'));
    const subscription = { channel: CHANNEL, host: 'l1a', port: 6000 };
    await assert.rejects(subscriptions.put('x', { ...subscription, port: 0 }), fails('BAD_REQUEST'));
    await assert.rejects(subscriptions.put('x', { ...subscription, host: 'l9a' }), fails('BAD_REQUEST'));
    await subscriptions.put('x', subscription);
    await assert.rejects(subscriptions.put('y', subscription), fails('CONFLICT'));
    for (const [body, code] of [
      [{ op: 'subscribe', name: CHANNEL, address: '10.0.9.9', port: 1 }, 'BAD_REQUEST'],
      [{ op: 'subscribe', name: CHANNEL, address: '10.0.1.1', port: 'x' }, 'BAD_REQUEST'],
      [{ op: 'subscribe', address: '10.0.1.1', port: 1 }, 'BAD_REQUEST'],
      [{ op: 'publish', name: '/host/x', address: '10.0.1.1' }, 'BAD_REQUEST'],
      [{ op: 'publish', name: CHANNEL, ttl_ms: 'soon' }, 'BAD_REQUEST'],
    ] as const) {
      assert.equal((await ask(fabric, 'l1a', body))['code'], code, JSON.stringify(body));
    }
  });
});

describe('names that are published to', function () {
  this.timeout(30_000);
  // Two components with one digest, by the key of fabrics that name none.
  const [ONE, TWO] = ['s59604', 's81263'] as const;
  let fabric: SmallFabric;
  beforeEach(async () => {
    fabric = await SmallFabric.start(undefined, TOPOLOGY);
  });
  afterEach(() => fabric.stop());

  it('are told from all others by their digests, or refused', async () => {
    const { broadcasts, registry } = fabric.controller;
    const served = (service: string) => registry.register({ service, address: 0x0a000101, port: 1 });
    await served(`/live/${ONE}`);
    await assert.rejects(
      broadcasts.broadcasts.put('x', { channel: `/live/${TWO}` }),
      fails('NAME_COLLISION'),
    );
    await broadcasts.broadcasts.put('x', { channel: `/radio/${ONE}` });
    await assert.rejects(served(`/radio/${TWO}`), fails('NAME_COLLISION'));
    await assert.rejects(
      broadcasts.broadcasts.put('y', { channel: `/radio/${TWO}` }),
      fails('NAME_COLLISION'),
    );
    await broadcasts.broadcasts.delete('x');
    await served(`/radio/${TWO}`);
  });

  it('take of the room that names have in the leaves', async () => {
    const topology = parseTopology(TOPOLOGY);
    const room = new LeafRoom({ names: 1, members: 5 });
    const { broadcasts } = new Broadcasts({
      topology,
      key: FabricKey.default,
      store: new MemoryStore(),
      clock: fabric.clock,
      paths: () => new Paths(topology),
      isTaken: () => false,
      room,
      onEntries: () => undefined,
      written: () => Promise.resolve(),
      onError: (error) => assert.fail(String(error)),
      onIdle: () => undefined,
    });
    await broadcasts.put('one', { channel: '/one' });
    await assert.rejects(broadcasts.put('two', { channel: '/two' }), fails('NO_ROOM'));
    await broadcasts.put('one', { channel: '/one', publishers: ['/host'] });
    await broadcasts.delete('one');
    await broadcasts.put('two', { channel: '/two' });
  });
});

describe('the tree of a broadcast', () => {
  const topology = parseTopology(TOPOLOGY);
  const paths = new Paths(topology);

  it('has one root for all, and another for the next broadcast', () => {
    const spines = [1, 2].map((number) => {
      const tree = broadcastTree(topology, paths, new Set(['leaf1', 'leaf2']), number);
      const used = new Set([...tree.values()].flatMap((links) => links.map(({ peer }) => peer)));
      return [...used].filter((name) => name.startsWith('spine'));
    });
    assert.deepEqual(
      spines.map((used) => used.length),
      [1, 1],
    );
    assert.notDeepEqual(spines[0], spines[1]);
  });

  it('is empty where nobody subscribes', () => {
    for (const links of broadcastTree(topology, paths, new Set(), 1).values()) assert.deepEqual(links, []);
  });
});
