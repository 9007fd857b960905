import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ResourceChange } from '../../controller/collection.js';
import { fitWeights } from '../../controller/fabric/names.js';
import { type Controller, MemoryStore } from '../../controller/index.js';
import { entryPriority, flowOf, sharesFor } from '../../controller/policy/rules.js';
import { windowLog } from '../../controller/policy/services.js';
import { commitWithSlots, Slots } from '../../controller/policy/slots.js';
import { POLICY_SCHEMA, parsePolicy } from '../../controller/policy/spec.js';
import type { Json, Store } from '../../controller/store/store.js';
import { TRUST_POLICY_SCHEMA } from '../../controller/trust/spec.js';
import { SmallFabric } from '../controller/small-fabric.js';

const H3 = 0x0a000201;

async function cart(controller: Controller, port = 5000, version?: string): Promise<number> {
  const { id } = await controller.registry.register({
    service: '/shop/cart',
    address: H3,
    port,
    ttlMs: 3_600_000,
    ...(version !== undefined && { version }),
  });
  return id;
}

describe('a policy', () => {
  const wrong: readonly [string, Json, RegExp][] = [
    ['no object', 7, /must be object/],
    ['no destination', { access: 'deny' }, /must have required property 'destination'/],
    ['a destination that is no name', { destination: '/a//b', access: 'deny' }, /empty component/],
    ['an unknown field', { destination: '/a', acces: 'deny' }, /no field 'acces'/],
    ['nothing to say', { destination: '/a' }, /says nothing; give one or more of access/],
    [
      'an access that is neither',
      { destination: '/a', access: 'maybe' },
      /\/access must be one of permit, deny/,
    ],
    [
      'a share above 1',
      { destination: '/a', fault: { kind: 'drop', share: 2 } },
      /\/fault\/share must be <= 1/,
    ],
    [
      'a reason nobody knows',
      { destination: '/a', fault: { kind: 'abort', reason: 'X', share: 1 } },
      /one of NO_ROUTE/,
    ],
    ['a breaker by source', { destination: '/a', source: '/b', breaker: {} }, /\/breaker concerns a service/],
    [
      'an access rule by tag',
      { destination: '/a', tag: 1, access: 'deny' },
      /\/access does not look at tags/,
    ],
    [
      'a version twice',
      { destination: '/a', split: [{ weight: 1 }, { weight: 2 }] },
      /names a version twice/,
    ],
    ['a rate of nothing', { destination: '/a', rate: { packetsPerSecond: 0 } }, /must be >= 1/],
  ];
  for (const [what, spec, message] of wrong) {
    it(`with ${what} is refused`, () => {
      assert.throws(() => parsePolicy(spec), { code: 'BAD_REQUEST', message });
    });
  }

  it('gets its defaults', () => {
    const spec = parsePolicy({ destination: '/', breaker: {}, weights: { mode: 'measured' } });
    assert.equal(spec.priority, 100);
    assert.deepEqual(spec.breaker, {
      maxOutstanding: 0,
      maxFailures: 5,
      windowMs: 1000,
      restMs: 5000,
      generation: 0,
    });
    assert.equal(spec.weights?.mode === 'measured' && spec.weights.intervalMs, 1000);
  });

  it('has a description for every field', () => {
    const visit = (schema: Json, path: string): void => {
      const { description, properties, items } = schema as { [keyword: string]: Json };
      assert.equal(typeof description, 'string', path);
      for (const [name, each] of Object.entries((properties ?? {}) as object)) visit(each, `${path}/${name}`);
      if (items !== undefined) visit(items, `${path}/*`);
    };
    visit(POLICY_SCHEMA, '');
    visit(TRUST_POLICY_SCHEMA, '');
  });

  it('of higher priority always goes before, of equal priority the more specific', () => {
    const name = fc.array(fc.constantFrom('a', 'b'), { maxLength: 8 }).map((parts) => `/${parts.join('/')}`);
    const flow = fc.record({ destination: name, source: name, priority: fc.integer({ min: 0, max: 1000 }) });
    fc.assert(
      fc.property(flow, flow, (a, b) => {
        const [first, second] = [a, b].map((each) => entryPriority(each.priority, flowOf(each)));
        if (a.priority > b.priority) assert.ok((first ?? 0) > (second ?? 0));
        const depth = (text: string) => (text === '/' ? 0 : text.split('/').length);
        if (a.priority === b.priority && depth(a.destination) > depth(b.destination)) {
          assert.ok((first ?? 0) > (second ?? 0));
        }
      }),
    );
  });

  it('splits between versions there are, in small whole weights', () => {
    const split = [{ version: '1', weight: 900 }, { version: '2', weight: 100 }, { weight: 1000 }];
    assert.deepEqual(
      sharesFor(split, new Set(['1', '2']))?.map(({ weight }) => weight),
      [9, 1, 10],
    );
    assert.deepEqual(sharesFor(split, new Set(['2'])), [{ version: '2', weight: 1 }, { weight: 10 }]);
    assert.equal(sharesFor(split.slice(0, 2), new Set()), undefined);
    assert.equal(fitWeights([9999, 1], 100).reduce((sum, weight) => sum + weight, 0) <= 100, true);
  });

  it('makes windows of powers of two', () => {
    assert.deepEqual([1, 1.024, 1000, 1_000_000].map(windowLog), [10, 10, 20, 30]);
  });
});

describe('slots', () => {
  it('have one owner each, and run out', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), fc.nat(12)), { maxLength: 60 }), (steps) => {
        const slots = new Slots('cells', 'cell/', 3, 9);
        const held = new Map<string, number>();
        for (const [take, owner] of steps) {
          const name = `o${owner}`;
          if (!take) {
            slots.release(name);
            held.delete(name);
          } else if (held.size < 7 || held.has(name)) held.set(name, slots.take(name));
          else assert.throws(() => slots.take(name), { code: 'NO_ROOM' });
          assert.equal(new Set(held.values()).size, held.size);
          for (const [each, slot] of held) assert.equal(slots.of(each), slot);
        }
      }),
    );
  });
});

describe('slots in a store', () => {
  it('go to one of two controllers that want the same at once, and are the other’s when they are free', async () => {
    const store = new MemoryStore();
    const controllers = [0, 1].map(() => {
      const slots = new Slots('cells', 'cell/', 0, 1);
      return { slots, want: (owner: string, isWanted = true) => ({ slots, owner, isWanted }) };
    });
    const [a = assert.fail(), b = assert.fail()] = controllers;
    // What one commits the other hears of when it asks, as over a network.
    const catchUp = async () => {
      const all = [...(await store.load())].map(([key, value]) => ({ key, value }));
      for (const { slots } of controllers) slots.apply(all);
    };
    const shared: Store = {
      load: () => store.load(),
      get: (key) => store.get(key),
      commit: (changes, options) => store.commit(changes, options),
      watch: (listener) => store.watch(listener),
      lease: (ttlMs) => store.lease(ttlMs),
      close: () => store.close(),
      sync: catchUp,
    };
    await Promise.all([
      commitWithSlots(shared, [a.want('x')], [{ key: 'record/x', value: 1 }]),
      commitWithSlots(shared, [b.want('y')], [{ key: 'record/y', value: 2 }]),
    ]);
    await catchUp();
    assert.deepEqual(
      [...(await store.load())].sort(([p], [q]) => (p < q ? -1 : 1)),
      [
        ['cell/0', 'x'],
        ['cell/1', 'y'],
        ['record/x', 1],
        ['record/y', 2],
      ],
    );
    for (const { slots } of controllers) assert.deepEqual([slots.of('x'), slots.of('y')], [0, 1]);
    await assert.rejects(commitWithSlots(shared, [a.want('z')], []), { code: 'NO_ROOM' });
    await commitWithSlots(shared, [b.want('y', false)], []);
    b.slots.release('y');
    a.slots.apply([{ key: 'cell/1', value: undefined }]);
    await commitWithSlots(shared, [a.want('z')], []);
    assert.equal((await store.get('cell/1'))?.value, 'z');
  });
});

describe('the collection of policies', function () {
  this.timeout(60_000);
  let fabric: SmallFabric;
  const store = new MemoryStore();

  before(async () => {
    fabric = await SmallFabric.start(store);
  });
  after(async () => {
    assert.deepEqual(
      fabric.events.filter(({ kind }) => kind === 'refused' || kind === 'error'),
      [],
    );
    await fabric.stop();
  });

  const everything: readonly [string, Json][] = [
    ['shut', { destination: '/shop', source: '/host/h2', access: 'deny' }],
    ['slow', { destination: '/shop', rate: { packetsPerSecond: 100 } }],
    ['guard', { destination: '/', breaker: { maxOutstanding: 5 } }],
    ['look', { destination: '/shop', mirror: { share: 0.5, to: [{ switch: 'leaf1', port: 9 }] } }],
    ['chaos', { destination: '/shop', fault: { kind: 'drop', share: 0.01 } }],
    [
      'canary',
      {
        destination: '/shop',
        split: [
          { version: '1', weight: 9 },
          { version: '2', weight: 1 },
        ],
      },
    ],
    ['stick', { destination: '/shop/cart', stickiness: { idleMs: 1000 } }],
    ['quiet', { destination: '/', nackRates: [{ packetsPerSecond: 100 }] }],
    ['by-load', { destination: '/shop', weights: { mode: 'measured', intervalMs: 1000 } }],
  ];

  it('keeps what is put, tells of it, and has it in the leaves alone', async () => {
    const { policies } = fabric.controller;
    const changes: ResourceChange[] = [];
    const stop = policies.watch((change) => void changes.push(change));
    await cart(fabric.controller, 5000, '1');
    await cart(fabric.controller, 5001, '2');
    for (const [name, spec] of everything) await policies.put(name, spec);
    stop();
    await fabric.settled();
    assert.deepEqual(
      changes,
      everything.map(([name]) => ({ kind: 'policies', type: 'put', name })),
    );
    assert.deepEqual(
      policies.list().map(({ name }) => name),
      everything.map(([name]) => name),
    );
    assert.deepEqual(policies.get('slow')?.status, {
      services: ['/shop/cart'],
      rateCell: 0,
      mirrorSession: null,
      unprovenRates: [],
    });
    const sections = (name: string) =>
      fabric.controller
        .session(name)
        .desired.sections()
        .filter((section) => section.startsWith('policy/'));
    assert.ok(sections('leaf1').includes('policy/rule/look'));
    assert.ok(!sections('leaf2').includes('policy/rule/look'), 'copies leave by a port of leaf1');
    assert.ok(sections('leaf2').includes('policy/rule/slow'));
    assert.deepEqual(sections('spine1'), ['policy/nack-rates']);
  });

  it('is found again by the next controller, which writes nothing', async () => {
    const before = fabric.controller.policies.list();
    await fabric.replaceController(store);
    assert.deepEqual(fabric.controller.policies.list(), before);
    for (const name of fabric.nodes.keys()) {
      assert.equal(fabric.controller.session(name).reconciler?.stats.written, 0, name);
    }
  });

  it('refuses what clashes, what has no place, and what does not fit', async () => {
    const { policies } = fabric.controller;
    const put = (name: string, spec: Json) => policies.put(name, spec);
    await assert.rejects(put('shut2', { destination: '/shop', source: '/host/h2', access: 'permit' }), {
      code: 'CONFLICT',
      message: /'shut' and 'shut2' both give access/,
    });
    await assert.rejects(
      put('far', { destination: '/', mirror: { share: 1, to: [{ switch: 'spine1', port: 1 }] } }),
      { code: 'BAD_REQUEST', message: /no leaf of the fabric; it has leaf1, leaf2/ },
    );
    await assert.rejects(put('', { destination: '/', access: 'deny' }), { code: 'BAD_REQUEST' });
    await assert.rejects(policies.delete('nobody'), { code: 'NOT_FOUND' });
    const used = policies.cells.used;
    for (let i = used; i < 1024; i++) policies.cells.take(`other ${i}`);
    await assert.rejects(put('more', { destination: '/more', rate: { packetsPerSecond: 1 } }), {
      code: 'NO_ROOM',
      message: /all 1024 rate limits are in use/,
    });
    for (let i = used; i < 1024; i++) policies.cells.release(`other ${i}`);
    const split = Array.from({ length: 32 }, (_, i) => ({ version: `v${i}`, weight: 3 * i + 1 }));
    for (let i = 0; i < 10; i++) {
      await put(`wide ${i}`, { destination: '/shop', priority: i, split });
    }
    await assert.rejects(put('wide 10', { destination: '/shop', priority: 10, split }), {
      code: 'NO_ROOM',
      message: /weights of splits do not fit the 1024/,
    });
    for (let i = 0; i < 10; i++) await policies.delete(`wide ${i}`);
    await fabric.settled();
  });

  it('gives nothing where the store fails', async () => {
    const { policies } = fabric.controller;
    const { commit } = store;
    store.commit = () => Promise.reject(new Error('the disk is full'));
    try {
      await assert.rejects(
        policies.put('late', { destination: '/x', rate: { packetsPerSecond: 5 } }),
        /disk/,
      );
      assert.equal(policies.get('late'), undefined);
      assert.equal(policies.cells.of('late'), undefined);
      await assert.rejects(policies.delete('slow'), /disk/);
      assert.notEqual(policies.get('slow'), undefined);
    } finally {
      store.commit = commit;
    }
  });

  it('takes back all it has laid down', async () => {
    const { policies } = fabric.controller;
    for (const [name] of everything) await policies.delete(name);
    await fabric.settled();
    for (const leaf of ['leaf1', 'leaf2']) {
      const sections = fabric.controller.session(leaf).desired.sections();
      assert.deepEqual(sections.filter((section) => section.startsWith('policy/')).sort(), [
        'policy/clients',
        'policy/nack-rates',
        'policy/service/1',
      ]);
      const program = fabric.nodes.get(leaf)?.device.program;
      assert.deepEqual([...(program?.tables.get('ingress.names.strategy.acl')?.entries() ?? [0])], []);
      assert.deepEqual([...(program?.tables.get('ingress.breaker.guards')?.entries() ?? [0])], []);
      assert.equal(fabric.nodes.get(leaf)?.device.pre.cloneSessions.size, 0);
    }
  });

  it('closes the breaker of an instance number that has passed to another instance', async () => {
    const { controller } = fabric;
    const id = await cart(controller, 6000);
    await controller.policies.put('guard', { destination: '/', breaker: { maxFailures: 1 } });
    const generation = async () => {
      await fabric.settled();
      const guards = fabric.nodes.get('leaf1')?.device.program?.tables.get('ingress.breaker.guards');
      const entry = [...(guards?.entries() ?? [])].find(({ match }) => {
        const [key] = match;
        return key?.kind === 'exact' && key.value === BigInt(id);
      });
      const action = entry?.action;
      return action !== undefined && 'params' in action ? action.params[0] : undefined;
    };
    assert.equal(await generation(), 1n);
    await controller.registry.deregister(id);
    assert.equal(await generation(), undefined, 'gone at once');
    // Numbers come round: as if 65,535 others had come and gone.
    const [service = assert.fail()] = controller.registry.services();
    const [own = assert.fail()] = service.instances;
    controller.policies.serviceChanged({ ...service, instances: [...service.instances, { ...own, id }] });
    assert.equal(await generation(), 2n);
    await controller.policies.delete('guard');
  });
});
