import assert from 'node:assert/strict';
import { LeafRoom } from '../../controller/fabric/leaf-room.js';
import {
  type Clock,
  ControllerError,
  EtcdStore,
  type Json,
  MemoryStore,
  type Store,
  StoreError,
} from '../../controller/index.js';
import { modify } from '../../controller/p4runtime/index.js';
import { ClosedAccounts } from '../../controller/registry/closed-accounts.js';
import { Registry, type RegistryEvent, type Service } from '../../controller/registry/registry.js';
import { FabricKey } from '../../wire/index.js';
import { EtcdCluster, etcdMissing } from '../store/etcd-server.js';
import { ManualClock } from './manual-clock.js';
import { SmallFabric } from './small-fabric.js';

const SECOND = 1_000_000;
const QUIET = 10 * SECOND;
const H1 = 0x0a000101;
const cart = { service: '/shop/cart', address: H1, port: 5000 };

/** Lets promises that are due settle. */
async function settle(turns = 4): Promise<void> {
  for (let i = 0; i < turns; i += 1) await new Promise((resolve) => setImmediate(resolve));
}

interface Given {
  readonly store?: Store;
  readonly clock?: ManualClock;
  readonly names?: number;
  readonly leads?: boolean;
  /** Leaves that count, and whether they can be emptied. */
  readonly leaves?: readonly string[];
  readonly empty?: (leaf: string, numbers: readonly number[]) => Promise<boolean>;
}

function setUp(given: Given = {}) {
  const { store = new MemoryStore(), clock = new ManualClock(), names = 100, leads = true } = given;
  const { leaves = [], empty = () => Promise.resolve(true) } = given;
  const events: RegistryEvent[] = [];
  const forgotten: Service[] = [];
  const errors: unknown[] = [];
  const referred = new Set<string>();
  const onError = (error: unknown) => errors.push(error);
  const common = { clock: clock as Clock, store: store as Store, onError, onIdle: () => undefined };
  const accounts = new ClosedAccounts({ ...common, leavesOf: () => leaves, empty });
  const registry = new Registry({
    ...common,
    key: FabricKey.default,
    isReachable: () => true,
    onService: () => undefined,
    onHost: () => undefined,
    onEvent: (event) => events.push(event),
    room: new LeafRoom({ names, members: names }),
    forgetting: {
      quietUs: QUIET,
      leads: () => leads,
      referred: () => referred,
      accounts,
      onForgotten: (service) => forgotten.push(service),
    },
  });
  store.watch((changes) => {
    registry.apply(changes);
    accounts.apply(changes);
  });
  return { store, clock, registry, accounts, events, forgotten, errors, referred };
}

/** Registers a name and takes its instance out again. */
async function serveOnce(registry: Registry, service: string): Promise<number> {
  const { id } = await registry.register({ ...cart, service });
  const number = registry.lookup(service)?.number ?? 0;
  await registry.deregister(id);
  return number;
}

function isFull(error: unknown): boolean {
  return error instanceof ControllerError && error.code === 'NO_ROOM';
}

/** A store whose next commits can be made to fail, or to be answered with a lost connection after they have happened. */
class FailingStore extends MemoryStore {
  mode: 'works' | 'fails' | 'loses answers' = 'works';
  commits = 0;

  override async commit(...args: Parameters<MemoryStore['commit']>): Promise<void> {
    this.commits += 1;
    if (this.mode === 'fails') throw new StoreError('UNREACHABLE', 'no server answers');
    await super.commit(...args);
    if (this.mode === 'loses answers') throw new StoreError('UNREACHABLE', 'the answer is lost');
  }
}

/** Two controllers of one fabric, of which the first forgets, and a name whose only instance has come and gone. */
async function twoAndAQuietCart() {
  const clock = new ManualClock();
  const store = new MemoryStore();
  const one = setUp({ store, clock });
  const two = setUp({ store: store.peer(), clock, leads: false });
  await serveOnce(two.registry, '/shop/cart');
  await settle();
  return { clock, store, one, two };
}

describe('forgetting names', () => {
  it('lets more names come and go than a leaf holds, and leaves nothing of them in the store', async () => {
    const { registry, clock, store, events, errors } = setUp({ names: 16_384 });
    for (let i = 0; i < 16_384; i += 1) await serveOnce(registry, `/job/${i}`);
    await assert.rejects(registry.register({ ...cart, service: '/job/more' }), isFull);
    clock.advance(QUIET);
    while (registry.services().length > 0) await settle(1);
    for (let i = 0; i < 5000; i += 1) await serveOnce(registry, `/job/again-${i}`);
    assert.equal(registry.services().length, 5000);
    clock.advance(2 * QUIET);
    while (registry.services().length > 0) await settle(1);
    assert.equal(events.filter(({ kind }) => kind === 'forgotten').length, 21_384);
    assert.deepEqual([...(await store.load())], []);
    assert.deepEqual(errors, []);
    registry.close();
    assert.equal(clock.pending, 0);
  });

  it('waits for the quiet time after the last instance has gone, and tells watches', async () => {
    const { registry, clock, forgotten, events } = setUp();
    const told: [string, number, number][] = [];
    registry.watch('/shop', ({ name, number, instances }) =>
      told.push([name.text, number, instances.length]),
    );
    const { id } = await registry.register(cart);
    await registry.register({ ...cart, port: 5001 });
    await registry.deregister(id);
    clock.advance(3 * QUIET);
    await settle();
    // The other one's lease ran out meanwhile, and its quiet time began.
    assert.deepEqual(registry.lookup('/shop/cart')?.instances, []);
    assert.deepEqual(forgotten, []);
    clock.advance(QUIET);
    await settle();
    assert.equal(registry.lookup('/shop/cart'), undefined);
    assert.equal(registry.isKnown('/shop/cart'), false);
    assert.deepEqual(
      forgotten.map(({ number }) => number),
      [1],
    );
    assert.deepEqual(events.at(-1), { kind: 'forgotten', service: '/shop/cart', number: 1 });
    assert.deepEqual(told.at(-1), ['/shop/cart', 0, 0]);
    assert.deepEqual(told.at(-2), ['/shop/cart', 1, 0]);
    // The name is free for anybody.
    await registry.attach('/shop/cart', H1, 9);
  });

  it('keeps a name that is served again just before, and makes it anew just after', async () => {
    const { registry, clock, forgotten, store } = setUp();
    await serveOnce(registry, '/shop/cart');
    clock.advance(QUIET - 1);
    await registry.register({ ...cart, ttlMs: 3_600_000 });
    clock.advance(5 * QUIET);
    await settle();
    assert.deepEqual(forgotten, []);
    const [instance] = registry.lookup('/shop/cart')?.instances ?? [];
    await registry.deregister(instance?.id ?? 0);
    clock.advance(QUIET);
    // The deletion is under way: who comes now waits for it, and gets a name of its own.
    const again = await registry.register(cart);
    assert.equal(forgotten.length, 1);
    assert.deepEqual(registry.lookup('/shop/cart')?.instances, [again]);
    assert.ok((await store.load()).has('name/shop/cart'));
    clock.advance(QUIET / 2);
    await settle();
    assert.equal(forgotten.length, 1);
  });

  it('keeps what something refers to, until nothing does', async () => {
    const { registry, clock, referred, forgotten } = setUp();
    referred.add('/shop/cart');
    await serveOnce(registry, '/shop/cart');
    for (let i = 0; i < 5; i += 1) {
      clock.advance(QUIET);
      await settle();
    }
    assert.deepEqual(forgotten, []);
    referred.clear();
    clock.advance(QUIET);
    await settle();
    assert.equal(forgotten.length, 1);
  });

  it('begins anew with the quiet time after a restart, and forgets then', async () => {
    const store = new MemoryStore();
    const first = setUp({ store });
    await serveOnce(first.registry, '/shop/cart');
    first.clock.advance(QUIET - 1);
    first.registry.close();
    const next = setUp({ store: store.peer() });
    next.registry.restore(await store.load());
    assert.equal(next.registry.lookup('/shop/cart')?.number, 1);
    next.clock.advance(QUIET - 1);
    await settle();
    assert.deepEqual(next.forgotten, []);
    next.clock.advance(1);
    await settle();
    assert.equal(next.forgotten.length, 1);
    assert.deepEqual([...(await store.load())], []);
  });

  it('is one controller’s business; the others hear of it', async () => {
    const { clock, one, two } = await twoAndAQuietCart();
    clock.advance(QUIET);
    await settle(20);
    assert.equal(one.forgotten.length, 1);
    assert.equal(two.forgotten.length, 1);
    assert.equal(two.registry.lookup('/shop/cart'), undefined);
    assert.deepEqual(two.events.at(-1), { kind: 'forgotten', service: '/shop/cart', number: 1 });
    await two.registry.register(cart);
    await settle(20);
    assert.equal(one.registry.lookup('/shop/cart')?.instances.length, 1);
    assert.deepEqual([...one.errors, ...two.errors], []);
  });

  it('never forgets a name that another controller is registering an instance of', async () => {
    // Both orders of the two commits, by who comes first in one turn.
    for (const isForgetterFirst of [true, false]) {
      const { clock, store, one, two } = await twoAndAQuietCart();
      let registered: Promise<unknown> | undefined;
      if (!isForgetterFirst) registered = two.registry.register({ ...cart, ttlMs: 3_600_000 });
      clock.advance(QUIET);
      registered ??= two.registry.register({ ...cart, ttlMs: 3_600_000 });
      await registered;
      await settle(20);
      for (const { registry, errors } of [one, two]) {
        assert.equal(registry.lookup('/shop/cart')?.instances.length, 1);
        assert.deepEqual(errors, []);
      }
      const numbers = [one, two].map(({ registry }) => registry.lookup('/shop/cart')?.number);
      const stored = [...(await store.load())].filter(([key]) => key.startsWith('service/'));
      assert.deepEqual(
        stored.map(([key]) => key),
        [`service/${numbers[0]}`],
      );
      assert.equal(numbers[0], numbers[1]);
    }
  });

  it('stays with a name whose last instance the store has not let go of, or that it refuses to forget', async () => {
    const store = new FailingStore();
    const { registry, clock, forgotten, errors } = setUp({ store });
    await registry.register({ ...cart, ttlMs: 1000 });
    store.mode = 'fails';
    clock.advance(SECOND);
    await settle();
    clock.advance(2 * QUIET);
    await settle();
    assert.deepEqual(forgotten, []);
    assert.ok((await store.load()).has('instance/1'));
    store.mode = 'works';
    clock.advance(SECOND);
    await settle();
    assert.deepEqual([...(await store.load()).keys()].sort(), ['name/shop/cart', 'service/1']);
    store.mode = 'fails';
    clock.advance(QUIET);
    await settle();
    assert.deepEqual(forgotten, []);
    store.mode = 'works';
    clock.advance(QUIET);
    await settle();
    assert.equal(forgotten.length, 1);
    assert.ok(errors.length >= 2);
  });

  it('asks the store no more for an instance that the store no longer has', async () => {
    const store = new FailingStore();
    const { registry, clock } = setUp({ store });
    await registry.register({ ...cart, ttlMs: 1000 });
    // The deletion happens, and nobody hears of it.
    store.mode = 'loses answers';
    clock.advance(SECOND);
    await settle();
    store.mode = 'works';
    const before = store.commits;
    for (let i = 0; i < 5; i += 1) {
      clock.advance(SECOND);
      await settle();
    }
    assert.equal(store.commits - before, 1);
  });

  it('uses a number again only when all leaves that have counted under it are emptied', async () => {
    const ready = new Set<string>(['leaf1']);
    const emptied: string[] = [];
    const store = new MemoryStore();
    const empty = async (leaf: string, numbers: readonly number[]) => {
      if (ready.has(leaf)) emptied.push(`${leaf}:${numbers.join()}`);
      return ready.has(leaf);
    };
    const { registry, clock, accounts } = setUp({ store, leaves: ['leaf1', 'leaf2'], empty });
    assert.equal(await serveOnce(registry, '/job/1'), 1);
    clock.advance(QUIET);
    await settle();
    assert.deepEqual(emptied, ['leaf1:1']);
    assert.deepEqual([...(await store.load())], [['resting/1', ['leaf2']]]);
    assert.equal(await serveOnce(registry, '/job/2'), 2);
    registry.close();
    accounts.close();

    // Another controller goes on where this one has ended.
    const next = setUp({ store: store.peer(), leaves: ['leaf1', 'leaf2'], empty });
    next.registry.restore(await store.load());
    next.accounts.restore(await store.load());
    await settle();
    assert.equal(await serveOnce(next.registry, '/job/3'), 3);
    ready.add('leaf2');
    next.accounts.look();
    await settle();
    assert.deepEqual(emptied, ['leaf1:1', 'leaf2:1']);
    assert.equal(next.accounts.busy, false);
    assert.equal(await serveOnce(next.registry, '/job/4'), 1);
  });

  it('asks a leaf that refuses to be emptied again after a minute, and says so each time', async () => {
    let isRefusing = true;
    const empty = async () => {
      if (isRefusing) throw new Error('UNIMPLEMENTED');
      return true;
    };
    const { registry, clock, accounts, errors } = setUp({ leaves: ['leaf1'], empty });
    await serveOnce(registry, '/job/1');
    clock.advance(QUIET);
    await settle();
    for (let i = 0; i < 5; i += 1) accounts.look();
    await settle();
    assert.equal(errors.length, 1);
    clock.advance(60 * SECOND);
    await settle();
    assert.equal(errors.length, 2);
    isRefusing = false;
    clock.advance(60 * SECOND);
    await settle();
    assert.equal(accounts.isResting(1), false);
    assert.equal(clock.pending, 0);
  });
});

describe(`forgetting names, with etcd${etcdMissing === undefined ? '' : ` (skipped: ${etcdMissing})`}`, () => {
  let etcd: EtcdCluster | undefined;
  const stores: EtcdStore[] = [];

  before(async function () {
    if (etcdMissing !== undefined) this.skip();
    this.timeout(60_000);
    etcd = await EtcdCluster.start();
  });
  after(async () => {
    for (const store of stores) await store.close();
    await etcd?.stop();
  });

  it('either forgets a name or takes its new instance, and all controllers and a later one agree', async () => {
    assert.ok(etcd !== undefined);
    const { endpoints } = etcd;
    const connect = async (id: string) => {
      const store = await EtcdStore.connect({ endpoints, prefix: 'names/', id });
      stores.push(store);
      return store;
    };
    const clock = new ManualClock();
    const leaves = ['leaf1'];
    const one = setUp({ store: await connect('one'), clock, leaves });
    const two = setUp({ store: await connect('two'), clock, leaves, leads: false });
    const served = { ...cart, ttlMs: 3_600_000 };
    for (let round = 0; round < 20; round += 1) {
      const { id } = await two.registry.register(served);
      await two.registry.deregister(id);
      await one.store.sync();
      clock.advance(QUIET);
      // One commit of the two comes first, and the other is decided anew.
      const again = await two.registry.register({ ...served, port: 6000 + round });
      await one.store.sync();
      await two.store.sync();
      while (one.registry.busy || one.accounts.busy) await settle();
      await two.store.sync();
      const seen = [one, two].map(({ registry }) => registry.lookup('/shop/cart'));
      assert.deepEqual(seen[0]?.instances, [again]);
      assert.deepEqual(seen[0], seen[1]);
      const stored = [...(await one.store.load()).keys()].filter((key) =>
        /^(service|name|instance)/.test(key),
      );
      assert.deepEqual(stored.sort(), [
        `instance/${again.id}`,
        'name/shop/cart',
        `service/${seen[0]?.number}`,
      ]);
      await two.registry.deregister(again.id);
      await one.store.sync();
    }
    clock.advance(QUIET);
    while (one.registry.lookup('/shop/cart') !== undefined || one.accounts.busy) await settle();
    const three = setUp({ store: await connect('three'), clock });
    three.registry.restore(await three.store.load());
    assert.deepEqual(three.registry.services(), []);
    assert.deepEqual([...one.errors, ...two.errors], []);
  });
});

describe('forgetting names in a fabric', () => {
  let fabric: SmallFabric;
  const ADDRESS = 0x0a000101;
  const LONG = 600 * SECOND;

  afterEach(() => fabric.stop());

  const register = (service: string) =>
    fabric.controller.registry.register({ service, address: ADDRESS, port: 7000 });

  async function leave(service: string): Promise<void> {
    for (const { id } of fabric.controller.registry.lookup(service)?.instances ?? []) {
      await fabric.controller.registry.deregister(id);
    }
  }

  async function pass(us: number): Promise<void> {
    fabric.clock.advance(us);
    await settle(10);
    await fabric.settled();
  }

  function held(leaf: string): number {
    return fabric.controller.session(leaf).desired.size;
  }

  async function count(leaf: string, number: number, packets?: number): Promise<number> {
    const client = fabric.controller.session(leaf).client;
    assert.ok(client !== undefined);
    const cell = { kind: 'counter', counter: 'ingress.services.requests', index: number } as const;
    if (packets !== undefined) await client.write([modify({ ...cell, data: { packets, bytes: 0 } })]);
    for await (const read of client.read([cell])) if (read.kind === 'counter') return read.data.packets;
    return assert.fail('no such cell');
  }

  it('takes every entry of the name out of the leaves, and begins at 0 with its number', async () => {
    fabric = await SmallFabric.start(new MemoryStore());
    const { controller } = fabric;
    const before = held('leaf1');
    const seen: string[] = [];
    controller.collections.get('services')?.watch(({ type, name }) => seen.push(`${type} ${name}`));
    await register('/job/1');
    await fabric.settled();
    await count('leaf1', 1, 77);
    await count('leaf2', 1, 5);
    await controller.telemetry.measure();
    assert.equal(controller.telemetry.services()[0]?.requests, 82);
    await leave('/job/1');
    await fabric.settled();
    assert.ok(held('leaf1') > before);
    await pass(LONG);
    assert.equal(held('leaf1'), before);
    assert.equal(seen.at(-1), 'delete /job/1');
    assert.equal(await count('leaf1', 1), 0);
    assert.equal(await count('leaf2', 1), 0);
    await register('/job/2');
    assert.equal(controller.registry.lookup('/job/2')?.number, 1);
    await count('leaf1', 1, 3);
    await controller.telemetry.measure();
    assert.equal(controller.telemetry.services()[0]?.requests, 3);
    assert.deepEqual(
      fabric.events.filter(({ kind }) => kind === 'error' || kind === 'refused'),
      [],
    );
  });

  it('empties a leaf that was away when the name was forgotten, after a restart in between', async () => {
    const store = new MemoryStore();
    fabric = await SmallFabric.start(store);
    await register('/job/1');
    await fabric.settled();
    await count('leaf2', 1, 9);
    await leave('/job/1');
    await fabric.settled();
    await fabric.controller.session('leaf2').close();
    fabric.clock.advance(LONG);
    await settle(10);
    assert.equal(fabric.controller.registry.lookup('/job/1'), undefined);
    for (let i = 0; i < 100 && !hasValue(await store.load(), 'resting/1', ['leaf2']); i += 1) await settle();
    await register('/job/2');
    assert.equal(fabric.controller.registry.lookup('/job/2')?.number, 2);
    await fabric.replaceController(store.peer());
    await fabric.controller.idle();
    assert.equal(await count('leaf2', 1), 0);
    assert.equal((await store.load()).has('resting/1'), false);
  });

  it('keeps names that policies, caches and grants are about, and not those a prefix covers', async () => {
    fabric = await SmallFabric.start();
    const { controller } = fabric;
    const put = (kind: string, name: string, spec: Json) => {
      const collection = controller.collections.get(kind);
      assert.ok(collection !== undefined, kind);
      return collection.put(name, spec);
    };
    const names = ['/job/ruled', '/job/cached', '/job/granted', '/job/free'];
    for (const name of names) await register(name);
    await put('policies', 'ruled', { destination: '/job/ruled', stickiness: { idleMs: 1000 } });
    await put('policies', 'all', { destination: '/job', stickiness: { idleMs: 1000 }, priority: 1 });
    await controller.cache.enable({ service: '/job/cached' });
    await put('grants', 'granted', { prefix: '/job/granted', host: 'h1' });
    for (const name of names) await leave(name);
    for (let i = 0; i < 3; i += 1) await pass(LONG);
    const left = controller.registry.services().map(({ name }) => name.text);
    assert.deepEqual(left, names.slice(0, 3));
    await controller.collections.get('policies')?.delete('ruled');
    await controller.cache.disable('/job/cached');
    await controller.collections.get('grants')?.delete('granted');
    for (let i = 0; i < 3; i += 1) await pass(LONG);
    assert.deepEqual(controller.registry.services(), []);
  });
});

function hasValue(values: ReadonlyMap<string, Json>, key: string, value: Json): boolean {
  return JSON.stringify(values.get(key)) === JSON.stringify(value);
}
