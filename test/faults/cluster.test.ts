import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Operations } from '../../controller/api/operations.js';
import {
  agreeOnTopology,
  assign,
  ControllerError,
  EtcdStore,
  type Json,
  MemoryStore,
  type Store,
  StoreError,
} from '../../controller/index.js';
import { P4RuntimeError, SwitchClient } from '../../controller/p4runtime/index.js';
import { ManualClock } from '../controller/manual-clock.js';
import { SmallFabric, sincmesh } from '../controller/small-fabric.js';
import { EtcdCluster, etcdMissing } from '../store/etcd-server.js';
import { times } from './faults.js';
import { leaders, type Member, startMember, stopTraffic, traffic, until, updates } from './members.js';

const H3 = 0x0a000201;
const CART = { service: '/shop/cart', address: H3, port: 5000, ttlMs: 3_600_000 };

function storeError(code: StoreError['code']) {
  return (error: unknown) => error instanceof StoreError && error.code === code;
}

describe('controllers of one fabric', function () {
  this.timeout(times(60_000, 300_000));
  let fabric: SmallFabric;
  let members: Member[];
  const all = ['leaf1', 'leaf2', 'spine1'];
  beforeEach(async () => {
    fabric = await SmallFabric.start();
    await fabric.controller.close();
    members = [];
  });
  afterEach(async () => {
    stopTraffic();
    for (const { controller } of members) await controller.close();
    await fabric.stop();
  });
  const add = async (...args: Parameters<typeof startMember>) => {
    const member = await startMember(...args);
    members.push(member);
    return member;
  };
  const led = (live: readonly Member[]) =>
    until('every switch has one leader and is settled', () => leaders(fabric, live).size === all.length);

  it('one leads, the others stand by and answer by the store', async () => {
    const store = new MemoryStore();
    const a = await add(fabric, 'a', store);
    const b = await add(fabric, 'b', store.peer());
    await led(members);
    assert.deepEqual(a.controller.leadership, { kind: 'active', switches: all });
    assert.deepEqual(b.controller.leadership, { kind: 'standby' });
    assert.deepEqual(b.cluster.members, ['a', 'b']);
    assert.equal(b.cluster.leaderOf('leaf1'), 'a');
    const made = await b.controller.registry.register(CART);
    await until('the leader knows', () => a.controller.registry.lookup('/shop/cart') !== undefined);
    assert.deepEqual(a.controller.registry.lookup('/shop/cart')?.instances, [made]);
    await a.controller.settled();
    const fib = fabric.nodes.get('leaf1')?.device.program?.tables.get('ingress.names.fib')?.size ?? 0;
    await a.controller.registry.deregister(made.id);
    await until('the other knows', () => b.controller.registry.lookup('/shop/cart')?.instances.length === 0);
    await b.controller.registry.register({ ...CART, service: '/shop/pay' });
    await until('it is in the switches', () => {
      const table = fabric.nodes.get('leaf1')?.device.program?.tables.get('ingress.names.fib');
      return (table?.size ?? 0) === fib + 1;
    });
  });

  it('the next takes over: nothing is lost, written or dropped, and the one before can do nothing', async () => {
    const clock = new ManualClock();
    const store = new MemoryStore(clock);
    const a = await add(fabric, 'a', store, { clock });
    const b = await add(fabric, 'b', store.peer(), { clock });
    await led(members);
    for (let port = 1; port <= 20; port += 1) await a.controller.registry.register({ ...CART, port });
    await a.controller.settled();
    await store.sync();
    const before = updates(fabric);
    const ids = a.events.flatMap((event) =>
      event.kind === 'switch' && event.state.kind === 'primary' ? [event.state.electionId] : [],
    );
    const packets = traffic(fabric, 'h1', 'h3');

    store.desert();
    clock.advance(5_100_000);
    await until('the other leads', () => leaders(fabric, [b]).size === all.length);
    assert.deepEqual(a.controller.leadership, { kind: 'lapsed' });
    await assert.rejects(a.controller.registry.register({ ...CART, port: 99 }), storeError('FENCED'));
    const { sent, arrived } = packets.stop();
    assert.ok(sent > 0 && sent === arrived, `${arrived} of ${sent} packets`);
    assert.equal(updates(fabric), before, 'no switch was written to');
    assert.deepEqual(
      b.events.flatMap((event) => (event.kind === 'pipeline' ? [event.pushed] : [])),
      [false, false, false],
    );
    assert.equal(b.controller.registry.lookup('/shop/cart')?.instances.length, 20);
    const later = b.events.flatMap((event) =>
      event.kind === 'switch' && event.state.kind === 'primary' ? [event.state.electionId] : [],
    );
    for (const id of later) assert.ok(ids.every((earlier) => earlier < id));

    // Had it not noticed: the switch itself refuses the id it was elected by.
    const port = fabric.nodes.get('leaf1')?.server.port;
    const deposed = new SwitchClient({
      address: `127.0.0.1:${port}`,
      electionId: ids[0] ?? 0n,
      fixedElectionId: true,
    });
    try {
      deposed.start();
      await until('it has an answer', () => deposed.state.kind === 'backup');
      await assert.rejects(
        deposed.setPipeline(sincmesh(), { force: true }),
        (error) => error instanceof P4RuntimeError && error.code === 'PERMISSION_DENIED',
      );
    } finally {
      await deposed.close();
    }

    // It may come back, as a backup.
    clock.advance(1_000_000);
    await until('it has joined again', () => a.controller.leadership.kind === 'standby');
    await a.controller.registry.register({ ...CART, port: 99 });
    await until(
      'the leader knows',
      () => b.controller.registry.lookup('/shop/cart')?.instances.length === 21,
    );
  });

  it('hand over at once when one is closed', async () => {
    const store = new MemoryStore();
    const [a, b] = [await add(fabric, 'a', store), await add(fabric, 'b', store.peer())];
    await led(members);
    const before = updates(fabric);
    await a.controller.close();
    await until('the other leads', () => leaders(fabric, [b]).size === all.length);
    assert.equal(updates(fabric), before);
  });

  it('share the switches out, each to one, and move no more than they must', async () => {
    const store = new MemoryStore();
    const mode = 'shared' as const;
    const a = await add(fabric, 'a', store, { mode, prefers: ['leaf1'] });
    await led([a]);
    const b = await add(fabric, 'b', store.peer(), { mode, prefers: ['leaf2'] });
    const c = await add(fabric, 'c', store.peer(), { mode, prefers: ['spine1'] });
    const wanted = new Map([
      ['leaf1', 'a'],
      ['leaf2', 'b'],
      ['spine1', 'c'],
    ]);
    const shared = () => JSON.stringify([...leaders(fabric, members)]) === JSON.stringify([...wanted]);
    await until('each leads its own', shared);
    const names = () =>
      ['leaf1', 'leaf2'].map(
        (leaf) => fabric.nodes.get(leaf)?.device.program?.tables.get('ingress.names.fib')?.size ?? 0,
      );
    const before = names();
    const packets = traffic(fabric, 'h1', 'h3');
    const made = await b.controller.registry.register(CART);
    await until('all know', () =>
      members.every(
        ({ controller }) => controller.registry.lookup('/shop/cart')?.instances[0]?.id === made.id,
      ),
    );
    await until('both leaves have it', () => {
      return shared() && names().every((size, i) => size === (before[i] ?? 0) + 1);
    });
    const settled = updates(fabric);
    await b.controller.close();
    await until('somebody leads leaf2', () => leaders(fabric, [a, c]).size === all.length);
    const { sent, arrived } = packets.stop();
    assert.equal(arrived, sent);
    assert.equal(updates(fabric), settled, 'nothing is written on the way');
    assert.equal(leaders(fabric, [a, c]).get('leaf1'), 'a');
    assert.equal(leaders(fabric, [a, c]).get('spine1'), 'c');
  });

  it('give out numbers once, and come to the same state', async () => {
    const store = new MemoryStore();
    for (const id of ['a', 'b', 'c']) await add(fabric, id, members.length === 0 ? store : store.peer());
    await led(members);
    const made = await Promise.all(
      Array.from({ length: 90 }, (_, i) =>
        members[i % 3]?.controller.registry.register({ ...CART, service: `/s/${i % 20}`, port: 1000 + i }),
      ),
    );
    assert.equal(new Set(made.map((instance) => instance?.id)).size, 90);
    const view = ({ controller }: Member) =>
      JSON.stringify(
        controller.registry
          .services()
          .map(({ name, number, instances }) => [name.text, number, instances.map(({ id }) => id).sort()])
          .sort(),
      );
    await until('all have the same', () => new Set(members.map(view)).size === 1);
    assert.equal(members[0]?.controller.registry.services().length, 20);
  });

  it('decide about groups one after the other, wherever they are asked', async () => {
    const store = new MemoryStore();
    const a = await add(fabric, 'a', store);
    const b = await add(fabric, 'b', store.peer());
    await led(members);
    const made: number[] = [];
    let refused = 0;
    const make = async ({ controller }: Member, count: number) => {
      for (let i = 0; i < count; ) {
        try {
          const group = await controller.groups.createReduce({
            hosts: ['h1', 'h3'],
            operation: 'sum',
            window: 4,
          });
          made.push(group.id);
          i += 1;
        } catch (error) {
          assert.ok(storeError('CONFLICT')(error), String(error));
          refused += 1;
        }
      }
    };
    await Promise.all([make(a, 8), make(b, 8)]);
    assert.equal(new Set(made).size, 16);
    assert.ok(refused > 0, 'they did meet');
    await store.sync();
    const view = ({ controller }: Member) =>
      JSON.stringify(controller.groups.list().sort((one, other) => one.id - other.id));
    await until('both have the same groups', () => view(a) === view(b));
    await led(members);
    const table = fabric.nodes.get('spine1')?.device.program?.tables.get('ingress.sinc.groups');
    await until('the spine computes them all', () => table?.size === 16);
  });

  it('are asked for parts of one kind at once through their faces, and none has to ask again', async () => {
    const store = new MemoryStore();
    const a = await add(fabric, 'a', store);
    const b = await add(fabric, 'b', store.peer());
    await led(members);
    const hosts = [...a.controller.topology.hosts.keys()].slice(0, 2);
    const put = async (member: Member): Promise<void> => {
      const operations = new Operations(member.controller);
      const mine = Array.from(
        { length: 6 },
        (_, i) => `${member.controller === a.controller ? 'a' : 'b'}${i}`,
      );
      await Promise.all(
        mine.map((name) => operations.put('reduce-groups', name, { hosts, operation: 'sum' })),
      );
      await operations.delete('reduce-groups', mine[0] ?? '');
      operations.close();
    };
    await Promise.all([put(a), put(b)]);
    await store.sync();
    const names = ({ controller }: Member) =>
      new Operations(controller)
        .list('reduce-groups')
        .map(({ name }) => name)
        .sort()
        .join(' ');
    await until('both have the same', () => names(a) === names(b) && names(a).split(' ').length === 10);
    assert.equal(new Set(a.controller.groups.list().map(({ id }) => id)).size, 10);
    await led(members);
  });

  it('tell who watches of what is put and deleted anywhere, in every collection', async () => {
    const store = new MemoryStore();
    const a = await add(fabric, 'a', store);
    const b = await add(fabric, 'b', store.peer());
    await led(members);
    const [ofA, ofB] = [new Operations(a.controller), new Operations(b.controller)];
    await a.controller.registry.register({ ...CART, service: '/kv' });
    const link =
      [
        ...(a.controller.collections
          .get('links')
          ?.list()
          .map(({ name }) => name) ?? []),
      ][0] ?? '';
    const wanted: [kind: string, name: string, spec: Json][] = [
      ['instances', '10.0.2.1:7000/shop/cart', {}],
      ['hosts', '/host/more', { address: '10.0.2.1', port: 4791 }],
      ['reduce-groups', 'sums', { hosts: ['h1', 'h3'], operation: 'sum' }],
      ['cell-groups', 'locks', { hosts: ['h1', 'h3'], cells: 4, destination: 'h3' }],
      ['caches', '/kv', {}],
      ['policies', 'p', { destination: '/shop', access: 'deny' }],
      ['trust-policies', 't', {}],
      ['credentials', 'c', {}],
      ['grants', 'g', { prefix: '/shop', host: 'h1' }],
      ['broadcasts', 'news', { channel: '/live/news' }],
      ['subscriptions', 's', { channel: '/live/news', host: 'h1', port: 6000 }],
      ['links', link, { admin: 'down' }],
    ];
    const heard: string[] = [];
    for (const [kind] of wanted) {
      ofB.watch(kind, ({ type, name, resource }) => {
        heard.push(`${kind} ${type} ${name} ${resource === undefined ? 'gone' : 'there'}`);
      });
    }
    for (const [kind, name, spec] of wanted) {
      await ofA.put(kind, name, spec);
      const put = `${kind} put ${name} there`;
      await until(`${put}, among ${heard}`, () => heard.includes(put));
    }
    // A host stays attached, and a link is in the topology.
    for (const [kind, name] of wanted.filter(([kind]) => kind !== 'hosts' && kind !== 'links').reverse()) {
      await ofA.delete(kind, name);
      const gone = `${kind} delete ${name} gone`;
      await until(`${gone}, among ${heard}`, () => heard.includes(gone));
    }
    ofA.close();
    ofB.close();
  });

  it('keep leases where renewals come in, and pass on those that come elsewhere', async () => {
    const clock = new ManualClock();
    const store = new MemoryStore(clock);
    const a = await add(fabric, 'a', store, { clock });
    const b = await add(fabric, 'b', store.peer(), { clock });
    await led(members);
    const { id } = await b.controller.registry.register({ ...CART, ttlMs: 2000 });
    const known = () => a.controller.registry.lookup('/shop/cart')?.instances.length === 1;
    await until('the leader knows', known);
    for (let i = 0; i < 4; i += 1) {
      clock.advance(1_500_000);
      await b.controller.registry.renew(id);
      await store.sync();
      assert.ok(known(), 'an acknowledged renewal has come through');
    }
    clock.advance(2_100_000);
    await until('it has expired for both', () =>
      members.every(({ controller }) => controller.registry.lookup('/shop/cart')?.instances.length === 0),
    );
    assert.equal((await store.load()).has(`instance/${id}`), false);
  });

  it('run one topology', async () => {
    const store = new MemoryStore();
    const code = (wanted: string) => (error: unknown) =>
      error instanceof ControllerError && error.code === wanted;
    await assert.rejects(agreeOnTopology(store), code('TOPOLOGY'));
    assert.equal(await agreeOnTopology(store, 'one'), 'one');
    assert.equal(await agreeOnTopology(store.peer()), 'one');
    await assert.rejects(agreeOnTopology(store, 'two'), code('CONFLICT'));
    assert.equal(await agreeOnTopology(store, 'two', true), 'two');
    assert.equal(await agreeOnTopology(store.peer()), 'two');
  });

  describe(`with etcd${etcdMissing === undefined ? '' : ` (skipped: ${etcdMissing})`}`, () => {
    let etcd: EtcdCluster;
    before(async function () {
      if (etcdMissing !== undefined) this.skip();
      etcd = await EtcdCluster.start(3);
    });
    after(() => etcd?.stop());
    const connect = (id: string): Promise<Store> =>
      EtcdStore.connect({ endpoints: etcd.endpoints, id, prefix: 'mesh/' });

    it(`outlive the death of its leader, ${times(1, 10)} times, and of their own`, async () => {
      // The next leader of etcd is found well within it, also where the machine has little time.
      const leaseMs = 10_000;
      const a = await add(fabric, 'a', await connect('a'), { leaseMs });
      const b = await add(fabric, 'b', await connect('b'), { leaseMs });
      await led(members);
      const acknowledged: number[] = [];
      const register = async (member: Member, port: number) => {
        acknowledged.push((await member.controller.registry.register({ ...CART, port })).id);
      };
      let isOver = false;
      const stream = async (member: Member, first: number) => {
        for (let port = first; !isOver; port += 1) await register(member, port);
      };
      let refusal: unknown;
      const streams = [stream(a, 1000), stream(b, 30_000)].map((each) =>
        each.catch((error: unknown) => {
          refusal = error;
        }),
      );
      const more = async (then: number) => {
        await until('more are in', () => refusal !== undefined || acknowledged.length > then + 20);
        assert.equal(refusal, undefined);
      };
      await more(0);
      for (let round = 0; round < times(1, 10); round += 1) {
        const killed = await etcd.killLeader();
        await more(acknowledged.length);
        etcd.restart(killed);
        await etcd.ready();
        await more(acknowledged.length);
      }
      isOver = true;
      await Promise.all(streams);
      await until('both have all', () =>
        members.every(
          ({ controller }) =>
            controller.registry.lookup('/shop/cart')?.instances.length === new Set(acknowledged).size,
        ),
      );
      assert.equal(new Set(acknowledged).size, acknowledged.length);
      await led(members);

      const leader = a.controller.leadership.kind === 'active' ? a : b;
      const other = leader === a ? b : a;
      const before = updates(fabric);
      await leader.controller.close();
      await until('the other leads', () => leaders(fabric, [other]).size === all.length);
      assert.equal(updates(fabric), before);
      const held = other.controller.registry.lookup('/shop/cart')?.instances.map(({ id }) => id);
      assert.deepEqual(held?.sort(), acknowledged.sort());
    });

    it('go on where the past was forgotten, and are fenced off by their own name', async () => {
      const one = await connect('one');
      const two = await connect('two');
      const heard: string[] = [];
      two.watch((changes) => heard.push(...changes.map(({ key }) => key)));
      await one.commit([{ key: 'x/1', value: 1 }]);
      await etcd.compact();
      await one.commit([{ key: 'x/2', value: 2 }]);
      await two.sync();
      assert.deepEqual(heard, ['x/1', 'x/2']);
      const again = await connect('one');
      await assert.rejects(one.commit([{ key: 'x/3', value: 3 }]), storeError('FENCED'));
      await again.commit([{ key: 'x/3', value: 4 }]);
      assert.equal((await two.get('x/3'))?.value, 4);
      for (const store of [one, two, again]) await store.close();
      await assert.rejects(
        EtcdStore.connect({ endpoints: ['http://127.0.0.1:9'], id: 'x', timeoutMs: 100 }),
        storeError('UNREACHABLE'),
      );
    });
  });
});

describe('sharing out', () => {
  it('moves only what the member that comes or goes has', () => {
    const ids = fc.uniqueArray(fc.nat().map(String), { minLength: 2, maxLength: 6 });
    fc.assert(
      fc.property(ids, fc.nat(), (names, which) => {
        const members = names.map((id) => ({ id, prefers: [] }));
        const gone = names[which % names.length];
        for (let i = 0; i < 30; i += 1) {
          const before = assign(`leaf${i}`, members);
          const after = assign(
            `leaf${i}`,
            members.filter(({ id }) => id !== gone),
          );
          if (before !== gone) assert.equal(after, before);
          assert.equal(assign(`leaf${i}`, [...members].reverse()), before);
        }
      }),
      { numRuns: 50 },
    );
    assert.equal(assign('leaf1', []), undefined);
  });
});
