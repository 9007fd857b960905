import assert from 'node:assert/strict';
import { LeafRoom } from '../../controller/fabric/leaf-room.js';
import { ControllerError, type Json, MemoryStore, type StoreChange } from '../../controller/index.js';
import { NameTree } from '../../controller/registry/collisions.js';
import {
  type AttachedHost,
  Registry,
  type RegistryEvent,
  type Service,
} from '../../controller/registry/registry.js';
import { answerRequest } from '../../controller/registry/requests.js';
import { componentDigest, FabricKey, Name } from '../../wire/index.js';
import { ManualClock } from './manual-clock.js';

const SECOND = 1_000_000;
const H1 = 0x0a000101;
const H2 = 0x0a000201;

interface Given {
  readonly store?: MemoryStore;
  readonly room?: LeafRoom;
}

function setUp({ store = new MemoryStore(), room }: Given = {}) {
  const clock = new ManualClock();
  const services: Service[] = [];
  const hosts: AttachedHost[] = [];
  const events: RegistryEvent[] = [];
  const registry = new Registry({
    clock,
    key: FabricKey.default,
    store,
    isReachable: (address) => address === H1 || address === H2,
    onService: (service) => services.push(service),
    onHost: (host) => hosts.push(host),
    onEvent: (event) => events.push(event),
    onIdle: () => undefined,
    onError: (error) => assert.fail(String(error)),
    ...(room !== undefined && { room }),
  });
  return { clock, registry, store, services, hosts, events };
}

const cart = { service: '/shop/cart', address: H1, port: 5000, weight: 3, ttlMs: 2000 };

/** Lets promises that are due settle. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function refusal(code: string, message: RegExp) {
  return (error: unknown) =>
    error instanceof ControllerError && error.code === code && message.test(error.message);
}

/** A store whose commits stay open until the test settles them, in whatever order. */
class HeldStore extends MemoryStore {
  readonly open: { readonly keys: string[]; finish(): Promise<void>; fail(): void }[] = [];

  override commit(changes: readonly StoreChange[]): Promise<void> {
    return new Promise((resolve, reject) => {
      this.open.push({
        keys: changes.map(({ key }) => key),
        finish: () => super.commit(changes).then(resolve),
        fail: () => reject(new Error('the disk is full')),
      });
    });
  }
}

/** Numbers in the keys of the commits that are open: `instance/7` is 7 of `instance`. */
function numbersOf(store: HeldStore, kind: string): string[] {
  return store.open.flatMap(({ keys }) => keys.filter((key) => key.startsWith(`${kind}/`)));
}

describe('registry, several names at once', () => {
  it('gives the store the changes of different names together, with numbers of their own', async () => {
    const { registry, store } = setUp({ store: new HeldStore() });
    const held = store as HeldStore;
    const both = [registry.register(cart), registry.register({ ...cart, service: '/shop/stock' })];
    await settle();
    assert.equal(held.open.length, 2);
    assert.equal(new Set(numbersOf(held, 'instance')).size, 2);
    assert.equal(new Set(numbersOf(held, 'service')).size, 2);
    // The later one is durable first: neither waits for the other.
    for (const { finish } of [...held.open].reverse()) await finish();
    const [one, two] = await Promise.all(both);
    assert.notEqual(one?.id, two?.id);
    assert.equal(registry.services().length, 2);
  });

  it('makes one change of a name at a time', async () => {
    const { registry, store } = setUp({ store: new HeldStore() });
    const held = store as HeldStore;
    const first = registry.register(cart);
    const again = registry.register(cart);
    await settle();
    assert.equal(held.open.length, 1);
    await held.open[0]?.finish();
    assert.equal((await first).id, (await again).id);
    assert.equal(held.open.length, 1);
  });

  it('leaves nothing of what the store refuses, and goes on with the others', async () => {
    const { registry, store } = setUp({ store: new HeldStore() });
    const held = store as HeldStore;
    const refused = registry.register(cart);
    const taken = registry.register({ ...cart, service: '/shop/stock' });
    await settle();
    held.open[0]?.fail();
    await held.open[1]?.finish();
    await assert.rejects(refused, /disk is full/);
    await taken;
    assert.deepEqual(
      registry.services().map(({ name }) => name.text),
      ['/shop/stock'],
    );
    const numbers = numbersOf(held, 'service');
    const retried = registry.register(cart);
    await settle();
    // The number of the refused service is free again, that of the other is not.
    assert.deepEqual(numbersOf(held, 'service').slice(2), numbers.slice(0, 1));
    await held.open.at(-1)?.finish();
    await retried;
    assert.equal(registry.busy, false);
  });

  it('does not hand out an instance number while its deletion is under way', async () => {
    const { registry, store } = setUp({ store: new HeldStore() });
    const held = store as HeldStore;
    const registered = registry.register(cart);
    await settle();
    await held.open[0]?.finish();
    const { id } = await registered;
    const gone = registry.deregister(id);
    await settle();
    assert.deepEqual(held.open[1]?.keys, [`instance/${id}`]);
    // Numbers come round after 65,535: all others, then the one being deleted would be next.
    registry.restore(new Map([['instance/65535', { ...cart, id: 65_535 }]]));
    const other = registry.register({ ...cart, service: '/shop/stock' });
    await settle();
    assert.notEqual(numbersOf(held, 'instance').at(-1), `instance/${id}`);
    for (const { finish } of held.open.slice(1)) await finish();
    await Promise.all([gone, other]);
    assert.equal((await store.load()).has(`instance/${id}`), false);
    assert.equal((await store.load()).has(`instance/${(await other).id}`), true);
  });
});

describe('registry', () => {
  it('registers instances and publishes their service', async () => {
    const { registry, services } = setUp();
    const one = await registry.register(cart);
    const two = await registry.register({ ...cart, address: H2, weight: 1 });
    assert.notEqual(one.id, two.id);
    assert.deepEqual(
      services.map(({ instances }) => instances.map(({ address, weight }) => [address, weight])),
      [
        [[H1, 3]],
        [
          [H1, 3],
          [H2, 1],
        ],
      ],
    );
    assert.equal(registry.lookup('/shop/cart')?.number, 1);
    assert.equal(registry.lookup('/shop/card'), undefined);
  });

  it('gives the same answer to a repeated request, and changes what differs', async () => {
    const { registry, services, events } = setUp();
    const one = await registry.register(cart);
    assert.deepEqual(await registry.register(cart), one);
    assert.equal(services.length, 1);
    const changed = await registry.register({ ...cart, weight: 9 });
    assert.equal(changed.id, one.id);
    assert.equal(services.at(-1)?.instances[0]?.weight, 9);
    assert.deepEqual(
      events.map(({ kind }) => kind),
      ['registered', 'changed'],
    );
  });

  it('refuses names and instances that the leaves have no room for, and takes them again when there is', async () => {
    const { registry } = setUp({ room: new LeafRoom({ names: 2, members: 4 }) });
    const full = refusal('NO_ROOM', /room for/);
    await registry.attach('/host/one', cart.address, 9);
    const made = await Promise.allSettled([1, 2, 3, 4].map((port) => registry.register({ ...cart, port })));
    assert.deepEqual(
      made.map(({ status }) => status),
      ['fulfilled', 'fulfilled', 'fulfilled', 'rejected'],
    );
    await assert.rejects(registry.register({ ...cart, port: 5 }), full);
    await assert.rejects(registry.register({ ...cart, service: '/shop/other' }), full);
    await assert.rejects(registry.attach('/host/two', cart.address, 9), full);
    const [first] = registry.lookup('/shop/cart')?.instances ?? [];
    await registry.deregister(first?.id ?? 0);
    await registry.register({ ...cart, port: 5 });
    await registry.register({ ...cart, port: 5 });
    assert.equal(registry.lookup('/shop/cart')?.instances.length, 3);
  });

  it('counts versions, which have names of their own, and what other parts take', async () => {
    const room = new LeafRoom({ names: 5, members: 9 });
    let channels = 0;
    room.takenBy('broadcasts', () => ({ names: channels, members: channels }));
    const { registry } = setUp({ room });
    for (const [port, version] of ['1', '1', '2'].entries()) {
      await registry.register({ ...cart, port: port + 1, version });
    }
    channels = 2;
    // The service, two versions and two channels: a third version would be the sixth name.
    const full = refusal('NO_ROOM', /for 5 names.*broadcasts take 2, services, versions and hosts take 3/);
    await assert.rejects(registry.register({ ...cart, port: 3, version: '3' }), full);
    await assert.rejects(registry.register({ ...cart, service: '/shop/other' }), full);
    await registry.register({ ...cart, port: 4, version: '2' });
    channels = 1;
    await registry.register({ ...cart, port: 3, version: '3' });
    channels = 5;
    await assert.rejects(
      registry.register({ ...cart, port: 9 }),
      refusal('NO_ROOM', /for 9 ways to instances, hosts and broadcasts/),
    );
    // What renews what is there needs nothing.
    await registry.register({ ...cart, port: 4, version: '2' });
  });

  it('takes an instance out whose lease runs out, and not before', async () => {
    const { clock, registry, services, events } = setUp();
    const { id } = await registry.register(cart);
    clock.advance(1.5 * SECOND);
    await registry.renew(id);
    clock.advance(1.9 * SECOND);
    assert.equal(registry.lookup('/shop/cart')?.instances.length, 1);
    clock.advance(0.2 * SECOND);
    await settle();
    assert.deepEqual(registry.lookup('/shop/cart')?.instances, []);
    assert.deepEqual(services.at(-1)?.instances, []);
    assert.equal(events.at(-1)?.kind, 'expired');
    await assert.rejects(registry.renew(id), refusal('UNKNOWN_INSTANCE', /lease may have run out/));
    assert.equal(clock.pending, 0);
  });

  it('deregisters, and does not give the number away at once', async () => {
    const { registry } = setUp();
    const { id } = await registry.register(cart);
    await registry.deregister(id);
    await assert.rejects(registry.deregister(id), refusal('UNKNOWN_INSTANCE', /no instance/));
    assert.notEqual((await registry.register(cart)).id, id);
  });

  it('keeps leases within bounds', async () => {
    const { registry } = setUp();
    assert.equal((await registry.register({ ...cart, ttlMs: 1 })).ttlMs, 100);
    assert.equal((await registry.register({ ...cart, ttlMs: 1e12 })).ttlMs, 3_600_000);
  });

  it('refuses what cannot be', async () => {
    const { registry } = setUp();
    const bad = (fields: object, message: RegExp) =>
      assert.rejects(registry.register({ ...cart, ...fields }), refusal('BAD_REQUEST', message));
    await bad({ service: 'cart' }, /does not begin with "\/"/);
    await bad({ service: '/fabric/registry' }, /belongs to the fabric/);
    await bad({ weight: 0 }, /weight 0/);
    await bad({ weight: 101 }, /weight 101/);
    await bad({ port: 0 }, /port 0/);
    await bad({ address: 1 }, /no host of the fabric/);
    await bad({ ttlMs: Number.NaN }, /no number/);
    await registry.attach('/host/h1', H1, 19795);
    await bad({ service: '/host/h1' }, /is a host's name/);
    await registry.register(cart);
    await assert.rejects(registry.attach('/shop/cart', H1, 1), refusal('BAD_REQUEST', /is a service/));
  });

  it('routes hosts by name, and moves them', async () => {
    const { registry, hosts } = setUp();
    const one = await registry.attach('/host/h1', H1, 19795);
    await registry.attach('/host/h1', H1, 19795);
    const moved = await registry.attach('/host/h1', H2, 19795);
    assert.equal(moved.number, one.number);
    assert.deepEqual(
      hosts.map(({ address }) => address),
      [H1, H2],
    );
  });

  it('tells watches of their prefix only', async () => {
    const { registry } = setUp();
    const seen: string[] = [];
    const end = registry.watch('/shop', ({ name }) => seen.push(name.text));
    await registry.register(cart);
    await registry.register({ ...cart, service: '/shopping/cart' });
    end();
    await registry.register({ ...cart, service: '/shop/pay' });
    assert.deepEqual(seen, ['/shop/cart']);
  });

  it('finds its state in the store', async () => {
    const first = setUp();
    const { id } = await first.registry.register(cart);
    await first.registry.attach('/host/h1', H1, 19795);
    first.registry.close();
    const second = setUp({ store: first.store });
    second.registry.restore(await first.store.load());
    assert.equal(second.services[0]?.instances[0]?.id, id);
    assert.equal(second.hosts[0]?.name.text, '/host/h1');
    assert.deepEqual((await second.registry.register(cart)).id, id);
    assert.notEqual((await second.registry.register({ ...cart, port: 1 })).id, id);
    second.clock.advance(3 * SECOND);
    await settle();
    assert.deepEqual(second.registry.lookup('/shop/cart')?.instances, [], 'leases run on');
  });

  it('acknowledges nothing the store has not', async () => {
    class FullStore extends MemoryStore {
      override commit(): Promise<void> {
        return Promise.reject(new Error('disk full'));
      }
    }
    const { registry, services } = setUp({ store: new FullStore() });
    await assert.rejects(registry.register(cart), /disk full/);
    assert.deepEqual(services, []);
    assert.equal(registry.lookup('/shop/cart'), undefined);
  });

  it('keeps requests that come together apart', async () => {
    const { registry } = setUp();
    const [one, two, three] = await Promise.all([
      registry.register(cart),
      registry.register(cart),
      registry.register({ ...cart, address: H2 }),
    ]);
    assert.deepEqual(one, two);
    assert.notEqual(one.id, three.id);
    assert.equal(registry.services().length, 1);
  });
});

describe('names with one digest', () => {
  /** Two components with one digest, found as the birthday paradox promises. */
  function collision(): [string, string] {
    const seen = new Map<number, string>();
    for (let i = 0; ; i += 1) {
      const text = `s${i}`;
      const digest = componentDigest(FabricKey.default, new TextEncoder().encode(text));
      const other = seen.get(digest);
      if (other !== undefined) return [other, text];
      seen.set(digest, text);
    }
  }

  it('are refused, below one parent', async function () {
    this.timeout(30_000);
    const [one, two] = collision();
    const tree = new NameTree(FabricKey.default);
    const clash = refusal('NAME_COLLISION', /choose another name/);
    tree.add(Name.parse(`/shop/${one}/v1`));
    assert.throws(() => tree.add(Name.parse(`/shop/${two}`)), clash);
    assert.throws(() => tree.add(Name.parse(`/shop/${two}/v2`)), clash);
    tree.add(Name.parse(`/store/${two}`));
    tree.add(Name.parse(`/shop/${one}`));
    tree.remove(Name.parse(`/shop/${one}/v1`));
    assert.throws(() => tree.add(Name.parse(`/shop/${two}`)), clash);
    tree.remove(Name.parse(`/shop/${one}`));
    tree.add(Name.parse(`/shop/${two}`));

    const { registry } = setUp();
    await registry.register({ ...cart, service: `/${one}` });
    await assert.rejects(registry.register({ ...cart, service: `/${two}` }), clash);
    assert.equal(registry.lookup(`/${two}`), undefined);
  });
});

describe('registry requests', () => {
  const ask = async (registry: Registry, request: Json | string) => {
    const text = typeof request === 'string' ? request : JSON.stringify(request);
    return answerRequest(registry, new TextEncoder().encode(text));
  };
  const register = {
    op: 'register',
    service: '/shop/cart',
    address: '10.0.1.1',
    port: 5000,
    weight: 1,
    ttl_ms: 5000,
  };

  it('are carried out', async () => {
    const { registry } = setUp();
    assert.deepEqual(
      await ask(registry, { op: 'attach', name: '/host/h1', address: '10.0.1.1', port: 19795 }),
      {
        ok: true,
      },
    );
    assert.deepEqual(await ask(registry, register), { ok: true, instance: 1, ttl_ms: 5000 });
    assert.deepEqual(await ask(registry, { op: 'renew', instance: 1 }), { ok: true, ttl_ms: 5000 });
    assert.deepEqual(await ask(registry, { op: 'deregister', instance: 1 }), { ok: true });
  });

  const wrong: [string, Json | string, string, RegExp][] = [
    ['no JSON', '{', 'BAD_REQUEST', /is no JSON/],
    ['no object', '[1]', 'BAD_REQUEST', /no JSON object/],
    ['no UTF-8', '\ud800', 'BAD_REQUEST', /is no JSON/],
    ['an unknown operation', { op: 'drop' }, 'BAD_REQUEST', /op "drop" is unknown; use attach/],
    ['a missing field', { op: 'renew' }, 'BAD_REQUEST', /'instance' must be a whole number/],
    ['a number as text', { ...register, port: '5000' }, 'BAD_REQUEST', /'port' must be a whole number/],
    ['a bad address', { ...register, address: '10.0.1' }, 'BAD_REQUEST', /which is no IPv4 address/],
    ['an unknown instance', { op: 'renew', instance: 77 }, 'UNKNOWN_INSTANCE', /no instance 77/],
  ];
  for (const [name, request, code, message] of wrong) {
    it(`with ${name} are refused`, async () => {
      const answer = await ask(setUp().registry, request);
      assert.ok(!answer.ok && answer.code === code && message.test(answer.message), JSON.stringify(answer));
    });
  }
});
