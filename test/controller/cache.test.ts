import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { parseP4Info } from 'p4runtime-js/p4info-text';
import { programProfile } from '../../controller/fabric/program-profile.js';
import { CacheManager } from '../../controller/inc/cache.js';
import { ROUND_US } from '../../controller/inc/leaf-cache.js';
import { REPLY_LIFETIME_US } from '../../controller/inc/lives.js';
import { SKETCH_EPOCH_US } from '../../controller/inc/popularity.js';
import {
  ControllerError,
  type Instance,
  MemoryStore,
  parseTopology,
  type Service,
} from '../../controller/index.js';
import { type Entity, encodeEntity, Schema } from '../../controller/p4runtime/index.js';
import { FabricKey, Name } from '../../wire/index.js';
import { ManualClock } from './manual-clock.js';

const root = new URL('../../../', import.meta.url);
const mesh = new Schema(parseP4Info(readFileSync(new URL('p4src/build/sincmesh.p4info.txtpb', root))));
const topology = parseTopology(readFileSync(new URL('experiments/topologies/leaf-spine.yaml', root), 'utf8'));

interface Entry {
  readonly index: unknown;
  readonly generation: unknown;
}

function setUp(store = new MemoryStore(), capable = true) {
  /** Sections held, by leaf. */
  const held = new Map<string, readonly Entity[]>();
  /** What happened to keys, in order. */
  const log: string[] = [];
  const hits = new Map<number, number>();
  /** Slots whose counters were read, read by read. */
  const asked: (readonly number[])[] = [];
  let isLost = false;
  const clock = new ManualClock();
  clock.advance(1000 * 2 ** 20);
  const services = new Map<string, Service>();
  const caches = new CacheManager({
    topology,
    key: FabricKey.default,
    store,
    profileOf: () => (capable ? programProfile(mesh) : { ...programProfile(mesh), cache: undefined }),
    clock,
    lookup: (service) => services.get(service),
    readHits: (_leaf, indices) => {
      asked.push(indices);
      return Promise.resolve(isLost ? undefined : new Map(hits));
    },
    onError: (error) => assert.fail(String(error)),
    onIdle: () => undefined,
    onEntries: (leaf, section, entities) => {
      for (const entity of entities) encodeEntity(mesh, entity);
      if (entities.length === 0) held.delete(`${leaf} ${section}`);
      else held.set(`${leaf} ${section}`, entities);
      if (section.startsWith('cache/key/'))
        log.push(`${entities.length === 0 ? '-' : '+'}${section.slice(10)}`);
    },
  });
  const serve = (name: string, ...hosts: string[]) => {
    const instances = hosts.map((host, i): Instance => {
      const address = topology.hosts.get(host)?.ipv4 ?? 0;
      return { id: i + 1, service: name, address, port: 5000, weight: 1, ttlMs: 1000 };
    });
    const service = { name: Name.parse(name), number: 1, instances };
    services.set(name, service);
    caches.serviceChanged(service);
  };
  const entry = (leaf: string, key: bigint): Entry | undefined => {
    const [entity] = held.get(`${leaf} cache/key/${key.toString(16)}`) ?? [];
    if (entity?.kind !== 'table-entry' || entity.action?.kind !== 'action') return undefined;
    const { index, generation } = entity.action.params;
    return { index, generation };
  };
  const report = async (leaf: string, ...samples: [key: bigint, count: number][]) => {
    caches.hotKeys(
      leaf,
      samples.map(([key, count]) => ({ key, count })),
    );
    await caches.idle();
  };
  const lose = () => {
    isLost = true;
  };
  return { lose, asked, clock, caches, held, log, hits, serve, entry, report, store };
}

describe('cache manager', () => {
  it('watches a service at its leaf, once it has one', async () => {
    const { caches, held, serve } = setUp();
    assert.equal((await caches.enable({ service: '/kv', threshold: 5 })).state, 'waiting');
    serve('/kv', 'h5', 'h6');
    assert.deepEqual([...held.keys()], ['leaf2 cache/watch/kv', 'leaf2 cache/digest']);
    assert.equal(caches.status()[0]?.state, 'on');
    await caches.disable('/kv');
    assert.equal(held.size, 0);
    assert.deepEqual(caches.status(), []);
  });

  it('gives hot keys a slot, each with a fresh generation', async () => {
    const { caches, serve, entry, report } = setUp();
    serve('/kv', 'h5');
    await caches.enable({ service: '/kv' });
    await report('leaf2', [10n, 8], [11n, 9], [10n, 9]);
    assert.deepEqual(entry('leaf2', 10n), { index: 0, generation: 1 });
    assert.deepEqual(entry('leaf2', 11n), { index: 1, generation: 1 });
    await report('leaf2', [10n, 50]);
    assert.equal(caches.status()[0]?.inserted, 2);
    await report('leaf3', [12n, 50]);
    assert.equal(entry('leaf3', 12n), undefined, 'nothing is cached there');
  });

  it('evicts what is asked for least for what is asked for more, by a margin, and only then', async () => {
    const { caches, serve, entry, report, hits, log, clock } = setUp();
    serve('/kv', 'h5');
    await caches.enable({ service: '/kv', capacity: 2 });
    await report('leaf2', [1n, 9], [2n, 8]);
    hits.set(0, 100).set(1, 20);
    clock.advance(2 ** 19);
    await caches.idle();
    await report('leaf2', [3n, 20]);
    assert.equal(
      entry('leaf2', 3n),
      undefined,
      'key 2 was asked for 8 times in one epoch and 20 times in half',
    );
    log.length = 0;
    clock.advance(ROUND_US);
    await report('leaf2', [3n, 30]);
    assert.deepEqual(log, ['-2', '+3']);
    assert.deepEqual(entry('leaf2', 3n), { index: 1, generation: 2 });
    assert.equal(caches.status()[0]?.evicted, 1);
    assert.equal(caches.status()[0]?.entries, 2);
  });

  it('forgets what served long ago', async () => {
    const { caches, serve, entry, report, hits, clock } = setUp();
    serve('/kv', 'h5');
    await caches.enable({ service: '/kv', capacity: 1 });
    await report('leaf2', [1n, 8]);
    hits.set(0, 1000);
    let epochs = 0;
    for (; entry('leaf2', 2n) === undefined && epochs < 100; epochs++) {
      clock.advance(SKETCH_EPOCH_US);
      await caches.idle();
      await report('leaf2', [2n, 16]);
    }
    assert.ok(epochs > 4 && epochs < 25, `${epochs} epochs`);
  });

  it('gathers reports for a round, and looks at counters only where they could matter', async () => {
    const { asked, caches, serve, entry, report, clock } = setUp();
    serve('/kv', 'h5');
    await caches.enable({ service: '/kv', capacity: 1 });
    await report('leaf2', [1n, 8]);
    await report('leaf2', [2n, 8]);
    assert.notEqual(entry('leaf2', 1n), undefined, 'a young entry is no cold one');
    assert.deepEqual(asked, [], 'no counter could have changed that');
    await report('leaf2', [2n, 20]);
    assert.equal(entry('leaf2', 2n), undefined, 'the last round was just now');
    clock.advance(ROUND_US);
    await caches.idle();
    assert.notEqual(entry('leaf2', 2n), undefined);
    assert.deepEqual(asked, [[0]]);
  });

  it('evicts nothing while the switch cannot be asked', async () => {
    const { caches, serve, entry, report, lose, log } = setUp();
    serve('/kv', 'h5');
    await caches.enable({ service: '/kv', capacity: 1 });
    await report('leaf2', [1n, 8]);
    lose();
    await report('leaf2', [2n, 100]);
    assert.notEqual(entry('leaf2', 1n), undefined);
    assert.deepEqual(log, ['+1']);
  });

  it('raises the threshold to what would displace an entry, and lowers it again', async () => {
    const { caches, serve, held, report, hits, clock } = setUp();
    const threshold = (): unknown => {
      const [entity] = held.get('leaf2 cache/watch/kv') ?? [];
      if (entity?.kind !== 'table-entry' || entity.action?.kind !== 'action') return undefined;
      return entity.action.params['threshold'];
    };
    const epochs = async (count: number): Promise<void> => {
      for (let i = 0; i < count; i++) {
        clock.advance(SKETCH_EPOCH_US);
        await caches.idle();
      }
    };
    serve('/kv', 'h5');
    await caches.enable({ service: '/kv', threshold: 4, capacity: 2 });
    await report('leaf2', [1n, 4], [2n, 4]);
    for (let epoch = 1; epoch <= 20; epoch++) {
      hits.set(0, 100 * epoch).set(1, 40 * epoch);
      await epochs(1);
    }
    assert.ok(Number(threshold()) > 40 && Number(threshold()) <= 50, `threshold ${threshold()}`);
    await epochs(40);
    assert.equal(threshold(), 4, 'nobody asks any more');
    await report('leaf2', ...Array.from({ length: 9 }, (_, i): [bigint, number] => [BigInt(100 + i), 4]));
    await epochs(2);
    assert.equal(threshold(), 8, 'nine reports, room for two');
  });

  it('follows its service to another leaf, and leaves one that is spread', async () => {
    const { caches, serve, entry, held, report } = setUp();
    serve('/kv', 'h5');
    await caches.enable({ service: '/kv' });
    await report('leaf2', [1n, 9]);
    serve('/kv', 'h8');
    assert.equal(entry('leaf2', 1n), undefined);
    assert.deepEqual([...held.keys()], ['leaf3 cache/watch/kv', 'leaf3 cache/digest']);
    serve('/kv', 'h8', 'h1');
    assert.equal(caches.status()[0]?.state, 'spread');
    assert.equal(held.size, 0);
    serve('/kv', 'h5');
    await report('leaf2', [1n, 9]);
    assert.deepEqual(entry('leaf2', 1n), { index: 0, generation: 2 }, 'never a generation again');
  });

  it('keeps the other services of a leaf when one goes', async () => {
    const { caches, serve, held, report, entry } = setUp();
    serve('/kv', 'h5');
    serve('/other', 'h6');
    await caches.enable({ service: '/kv', capacity: 1 });
    await caches.enable({ service: '/other', capacity: 1 });
    await report('leaf2', [1n, 9], [2n, 8]);
    await caches.disable('/kv');
    assert.deepEqual([...held.keys()], ['leaf2 cache/digest', 'leaf2 cache/watch/other']);
    await report('leaf2', [2n, 9]);
    assert.notEqual(entry('leaf2', 2n), undefined);
  });

  it('remembers generations and services over a restart', async () => {
    const first = setUp();
    first.serve('/kv', 'h5');
    await first.caches.enable({ service: '/kv', threshold: 3 });
    await first.report('leaf2', [1n, 9]);
    const second = setUp(first.store);
    second.caches.restore(await first.store.load());
    second.serve('/kv', 'h5');
    assert.equal(second.caches.status()[0]?.state, 'on');
    await second.report('leaf2', [7n, 9]);
    assert.deepEqual(second.entry('leaf2', 7n), { index: 0, generation: 2 });
  });

  it('gives a key no generation it had within the lifetime of a reply, in whatever slot', async () => {
    const { caches, serve, entry, report, clock, store } = setUp();
    serve('/kv', 'h5');
    /** All entries go; then the key is reported behind `before` others, which take the first slots. */
    const again = async (key: bigint, before: number): Promise<Entry | undefined> => {
      await caches.enable({ service: '/kv' });
      await report(
        'leaf2',
        ...Array.from({ length: before }, (_, i): [bigint, number] => [1000n + BigInt(i), 100 - i]),
        [key, 9],
      );
      return entry('leaf2', key);
    };
    // Each slot counts by itself: without a look at the key it would be generation 1 in every new slot.
    const had = new Set<unknown>();
    for (let slot = 0; slot < 20; slot++) {
      const { index, generation } = (await again(1n, slot)) ?? {};
      assert.equal(index, slot);
      assert.ok(!had.has(generation), `generation ${generation} again, in slot ${slot}`);
      had.add(generation);
    }
    // Nor after a restart of the controller, by what was stored.
    const second = setUp(store);
    second.caches.restore(await store.load());
    second.serve('/kv', 'h5');
    await second.report(
      'leaf2',
      ...Array.from({ length: 20 }, (_, i): [bigint, number] => [2000n + BigInt(i), 100]),
      [1n, 9],
    );
    const restored = second.entry('leaf2', 1n);
    assert.equal(restored?.index, 20);
    assert.notEqual(restored?.generation, [...had].at(-1));

    // All it can have in one slot: then it waits until replies of the first are dead.
    let lives = 0;
    while ((await again(2n, 0)) !== undefined) lives++;
    assert.ok(lives >= 200 && lives <= 255, `${lives} lives`);
    clock.advance(REPLY_LIFETIME_US);
    await caches.idle();
    assert.notEqual(await again(2n, 0), undefined);
  });

  it('gives up its entries where a switch begins with nothing, and comes back with other generations', async () => {
    const { caches, serve, entry, report, held } = setUp();
    serve('/kv', 'h5');
    await caches.enable({ service: '/kv' });
    await report('leaf2', [1n, 9], [2n, 8]);
    caches.switchBegan('leaf2');
    caches.switchBegan('leaf3');
    assert.deepEqual([...held.keys()], ['leaf2 cache/watch/kv', 'leaf2 cache/digest']);
    await report('leaf2', [2n, 9], [1n, 8]);
    assert.deepEqual(entry('leaf2', 2n), { index: 0, generation: 2 });
    assert.deepEqual(entry('leaf2', 1n), { index: 1, generation: 2 });
  });

  it('does not use generation 0 when they come round', async () => {
    const store = new MemoryStore();
    await store.commit([{ key: 'generation/leaf2/0', value: 255 }]);
    const { caches, serve, entry, report } = setUp(store);
    caches.restore(await store.load());
    serve('/kv', 'h5');
    await caches.enable({ service: '/kv' });
    await report('leaf2', [1n, 9]);
    assert.deepEqual(entry('leaf2', 1n), { index: 0, generation: 1 });
  });

  it('refuses what cannot be', async () => {
    const { caches } = setUp();
    const bad = (fields: object, message: RegExp) =>
      assert.rejects(
        caches.enable({ service: '/kv', ...fields }),
        (error) =>
          error instanceof ControllerError && error.code === 'BAD_REQUEST' && message.test(error.message),
      );
    await bad({ threshold: 0 }, /threshold 0/);
    await bad({ capacity: 5000 }, /capacity 5000 is no whole number from 1 to 4096/);
    const incapable = setUp(new MemoryStore(), false).caches;
    await assert.rejects(
      incapable.enable({ service: '/kv' }),
      /leaf1 .* has no cache; give leaf1 an image of profile cache/,
    );
  });
});
