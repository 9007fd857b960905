import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { parseP4Info } from 'p4runtime-js/p4info-text';
import { programProfile } from '../../controller/fabric/program-profile.js';
import { Groups } from '../../controller/inc/groups.js';
import { Ranges } from '../../controller/inc/ranges.js';
import { ControllerError, MemoryStore, Paths, parseTopology } from '../../controller/index.js';
import { type Entity, encodeEntity, Schema } from '../../controller/p4runtime/index.js';

const root = new URL('../../../', import.meta.url);
const mesh = new Schema(parseP4Info(readFileSync(new URL('p4src/build/sincmesh.p4info.txtpb', root))));
const topology = parseTopology(readFileSync(new URL('experiments/topologies/leaf-spine.yaml', root), 'utf8'));
const paths = new Paths(topology);

function setUp(store = new MemoryStore(), capable = true, fabric = topology, living?: () => Paths) {
  const held = new Map<string, readonly Entity[]>();
  const moved: number[] = [];
  const still = fabric === topology ? paths : new Paths(fabric);
  const groups: Groups = new Groups({
    topology: fabric,
    paths: living ?? (() => still),
    store,
    profileOf: () =>
      capable ? programProfile(mesh) : { ...programProfile(mesh), reduce: undefined, cells: undefined },
    onMoved: ({ id }) => moved.push(id),
    onError: (error) => assert.fail(String(error)),
    onIdle: () => undefined,
    onEntries: (name, section, entities) => {
      for (const entity of entities) encodeEntity(mesh, entity);
      if (entities.length === 0) held.delete(`${name} ${section}`);
      else held.set(`${name} ${section}`, entities);
    },
  });
  const idle = async () => {
    while (groups.busy) await new Promise((resolve) => setImmediate(resolve));
  };
  return { groups, held, store, moved, idle };
}

function refusal(code: string, message: RegExp) {
  return (error: unknown) =>
    error instanceof ControllerError && error.code === code && message.test(error.message);
}

/** Parameters of the group's action, and its sources as [source, port, bitmap]. */
function contents(entities: readonly Entity[] | undefined) {
  let params: Readonly<Record<string, unknown>> = {};
  const sources: unknown[] = [];
  let replicas: unknown[] = [];
  for (const entity of entities ?? []) {
    if (entity.kind === 'multicast-group') replicas = (entity.replicas ?? []).map(({ port }) => port);
    if (entity.kind !== 'table-entry' || entity.action?.kind !== 'action') continue;
    if (entity.table === 'ingress.sinc.groups') params = entity.action.params;
    else
      sources.push([
        entity.match?.['source'],
        entity.match?.['ingress_port'],
        entity.action.params['bitmap'],
      ]);
  }
  return { params, sources, replicas };
}

const eight = ['h1', 'h2', 'h4', 'h5', 'h7', 'h8', 'h10', 'h11'];

describe('reduce groups', () => {
  it('are trees of leaves under one spine', async () => {
    const { groups, held } = setUp();
    const group = await groups.createReduce({ hosts: eight, operation: 'sum', window: 64 });
    assert.deepEqual([...held.keys()].sort(), [
      'leaf1 group/1',
      'leaf2 group/1',
      'leaf3 group/1',
      'leaf4 group/1',
      'spine1 group/1',
    ]);
    const leaf = contents(held.get('leaf2 group/1'));
    assert.deepEqual(leaf.params, {
      epoch: 1,
      base: 0,
      mask: 127,
      operation: 1,
      sources: 8,
      full: 3,
      root: 0,
      own_source: 1,
      parent_sources: 4,
      parent_port: 11,
      members: 1,
    });
    assert.deepEqual(leaf.sources, [
      [2, 1, 1],
      [3, 2, 2],
    ]);
    assert.deepEqual(leaf.replicas, [1, 2]);
    const spine = contents(held.get('spine1 group/1'));
    assert.equal(spine.params['root'], 1);
    assert.equal(spine.params['sources'], 4);
    assert.equal(spine.params['full'], 15);
    assert.deepEqual(spine.sources, [
      [0, 1, 1],
      [1, 2, 2],
      [2, 3, 4],
      [3, 4, 8],
    ]);
    assert.deepEqual(
      group.sources.map(({ host, source }) => [host, source]),
      eight.map((host, source) => [host, source]),
    );
    assert.equal(group.destination, topology.hosts.get('h1')?.ipv4);
  });

  it('of one leaf need no spine', async () => {
    const { groups, held } = setUp();
    await groups.createReduce({ hosts: ['h1', 'h3'], operation: 'max', window: 1, destination: 'h9' });
    assert.deepEqual([...held.keys()], ['leaf1 group/1']);
    const { params, sources } = contents(held.get('leaf1 group/1'));
    assert.equal(params['root'], 1);
    assert.equal(params['operation'], 3);
    assert.deepEqual(sources, [
      [0, 1, 1],
      [1, 3, 2],
    ]);
  });

  it('go where there is room, until there is none; deleting makes room', async () => {
    const { groups } = setUp();
    const request = { hosts: ['h1', 'h4'], operation: 'sum', window: 512 } as const;
    const four = [];
    for (let i = 0; i < 4; i += 1) four.push(await groups.createReduce(request));
    const roots = four.map((group) => group.tree.nodes.find((node) => node.root)?.switch);
    assert.deepEqual(roots, ['spine1', 'spine2', 'spine1', 'spine2']);
    await assert.rejects(
      groups.createReduce(request),
      refusal('NO_ROOM', /no 1024 consecutive reduce cells of leaf1 are free \(4096 of 4096 in use\)/),
    );
    assert.equal(groups.list().length, 4);
    await groups.delete(four[1]?.id ?? 0);
    const again = await groups.createReduce(request);
    assert.equal(again.tree.nodes[0]?.base, 1024);
    assert.equal(again.epoch, 5, 'what its predecessor left in the cells is of another epoch');
  });

  it('that cannot be are refused with the reason', async () => {
    const { groups, held } = setUp();
    const bad = (fields: object, code: string, message: RegExp) =>
      assert.rejects(
        groups.createReduce({ hosts: ['h1', 'h2'], operation: 'sum', window: 8, ...fields }),
        refusal(code, message),
      );
    await bad({ window: 3 }, 'BAD_REQUEST', /no power of two/);
    await bad({ window: 4096 }, 'BAD_REQUEST', /no power of two from 1 to 2048/);
    await bad({ hosts: ['h1', 'h99'] }, 'UNKNOWN_HOST', /no host 'h99'/);
    await bad({ hosts: ['h1', 'h1'] }, 'BAD_REQUEST', /twice/);
    await bad({ hosts: [] }, 'UNKNOWN_HOST', /no host ''/);
    await bad({ destination: 'nowhere' }, 'UNKNOWN_HOST', /no host 'nowhere'/);
    assert.equal(held.size, 0);
    await assert.rejects(groups.delete(5), refusal('UNKNOWN_GROUP', /no group 5/));
    const incapable = setUp(new MemoryStore(), false).groups;
    await assert.rejects(
      incapable.createReduce({ hosts: ['h1'], operation: 'sum', window: 8 }),
      refusal('NOT_POSSIBLE', /leaf1 .* has no SINC reduce; give leaf1 an image of profile reduce/),
    );
  });

  it('span as many levels as the fabric has', async () => {
    const chain = parseTopology(`
switches: [{name: a, role: leaf, id: 1}, {name: b, role: spine, id: 2}, {name: c, role: spine, id: 3}, {name: d, role: leaf, id: 4}]
links: [{a: a:1, b: b:1}, {a: b:2, b: c:2}, {a: c:1, b: d:1}]
hosts: [{name: x, switch: a, port: 9, ipv4: 10.0.0.1}, {name: y, switch: d, port: 9, ipv4: 10.0.0.2}, {name: z, switch: d, port: 8, ipv4: 10.0.0.3}]
`);
    const { groups, held } = setUp(new MemoryStore(), true, chain);
    const { tree } = await groups.createReduce({ hosts: ['x', 'y', 'z'], operation: 'sum', window: 8 });
    assert.deepEqual([...held.keys()].sort(), ['a group/1', 'b group/1', 'c group/1', 'd group/1']);
    // Whatever the root: every switch but it has a parent, and the workers' bits meet in it.
    assert.equal(tree.nodes.filter(({ root }) => root).length, 1);
    for (const node of tree.nodes.filter(({ root }) => !root)) {
      const up = tree.nodes.find(({ children, switch: name }) => {
        const link = new Paths(chain).neighbours(node.switch).find(({ port }) => port === node.parentPort);
        return name === link?.peer && children.some(({ port }) => port === link.peerPort);
      });
      const own = up?.children.find(({ source }) => source === node.ownSource);
      assert.ok(own !== undefined, `${node.switch} has a place at its parent`);
      assert.equal(node.parentSources, up?.sources);
    }
  });

  it('meet workers at inner switches under numbers nobody else has there', async () => {
    const mixed = parseTopology(`
switches: [{name: a, role: leaf, id: 1}, {name: b, role: leaf, id: 2}, {name: c, role: leaf, id: 3}]
links: [{a: a:1, b: b:1}, {a: b:2, b: c:2}]
hosts: [{name: x, switch: a, port: 9, ipv4: 10.0.0.1}, {name: y, switch: b, port: 9, ipv4: 10.0.0.2}, {name: z, switch: c, port: 9, ipv4: 10.0.0.3}]
`);
    const { groups, held } = setUp(new MemoryStore(), true, mixed);
    const hosts = ['z', 'y', 'x'];
    const { tree } = await groups.createReduce({ hosts, operation: 'sum', window: 8 });
    for (const { children, sources } of tree.nodes) {
      const numbers = children.map(({ source }) => source);
      assert.equal(new Set(numbers).size, numbers.length);
      assert.ok(numbers.every((source) => source < sources));
    }
    assert.deepEqual(
      new Set(
        tree.nodes.flatMap(({ switch: name }) => contents(held.get(`${name} group/1`)).params['epoch']),
      ),
      new Set([1]),
    );
  });

  it('need a switch that all their leaves reach', async () => {
    const apart = parseTopology(`
switches: [{name: a, role: leaf, id: 1}, {name: d, role: leaf, id: 4}]
links: []
hosts: [{name: x, switch: a, port: 9, ipv4: 10.0.0.1}, {name: y, switch: d, port: 9, ipv4: 10.0.0.2}]
`);
    const { groups, held } = setUp(new MemoryStore(), true, apart);
    await assert.rejects(
      groups.createReduce({ hosts: ['x', 'y'], operation: 'sum', window: 8 }),
      refusal('NO_PATH', /no switch is reached from all of a, d/),
    );
    assert.equal(held.size, 0);
  });

  it('move when their tree loses a link, fall back to the destination, and come back', async () => {
    const isDown = new Set<string>();
    const living = () => new Paths(topology, ({ a, b }) => !isDown.has(`${a.switch}-${b.switch}`));
    const { groups, held, store, moved, idle } = setUp(new MemoryStore(), true, topology, living);
    const { id, epoch } = await groups.createReduce({ hosts: ['h1', 'h4'], operation: 'sum', window: 8 });
    const spine = (name: string) => [...held.keys()].filter((key) => key.startsWith(name)).length;
    const first = spine('spine1') === 1 ? 'spine1' : 'spine2';
    const second = first === 'spine1' ? 'spine2' : 'spine1';

    isDown.add(`leaf1-${first}`);
    groups.pathsChanged();
    await idle();
    assert.deepEqual([spine(first), spine(second)], [0, 1]);
    const next = groups.get(id);
    assert.ok(next !== undefined && next.epoch > epoch);

    isDown.add(`leaf2-${second}`);
    isDown.add('leaf3-spine1').add('leaf3-spine2').add('leaf4-spine1').add('leaf4-spine2');
    groups.pathsChanged();
    await idle();
    assert.equal(held.size, 0);

    isDown.clear();
    groups.pathsChanged();
    await idle();
    assert.equal(spine(first) + spine(second), 1);
    assert.deepEqual(moved, [id, id, id]);
    const stored = (await store.load()).get(`group/${id}`) as unknown as { epoch: number };
    assert.equal(stored.epoch, groups.get(id)?.epoch);

    // Nothing has gone: nothing moves.
    groups.pathsChanged();
    await idle();
    assert.equal(moved.length, 3);
  });
});

describe('groups of cells', () => {
  it('live at the leaf of their destination, reachable by every path', async () => {
    const { groups, held } = setUp();
    const group = await groups.createCells({ hosts: ['h4', 'h1', 'h7'], cells: 1000, destination: 'h5' });
    assert.deepEqual([...held.keys()], ['leaf2 group/1']);
    const { params, sources } = contents(held.get('leaf2 group/1'));
    assert.deepEqual(params, { epoch: 1, base: 0, count: 1000, answers: 0, sources: 3 });
    assert.deepEqual(sources, [
      [0, 1, 0],
      [1, 11, 0],
      [1, 12, 0],
      [2, 11, 0],
      [2, 12, 0],
    ]);
    assert.equal(group.destination, topology.hosts.get('h5')?.ipv4);
    const next = await groups.createCells({ hosts: ['h1'], cells: 64_536, destination: 'h5' });
    assert.equal(next.placement.base, 1000);
    assert.equal(next.placement.answers, 3);
    await assert.rejects(
      groups.createCells({ hosts: ['h1'], cells: 1, destination: 'h5' }),
      refusal('NO_ROOM', /counter cells of leaf2/),
    );
    await assert.rejects(
      groups.createCells({ hosts: ['h1'], cells: 0, destination: 'h5' }),
      refusal('BAD_REQUEST', /0 is no number of cells/),
    );
  });
});

describe('sources of groups', () => {
  it('are refused before a switch has no entry left for one, and leave nothing taken', async () => {
    const { groups, held } = setUp();
    const hosts = [...topology.hosts.keys()];
    const request = { hosts, cells: 1, destination: 'h5' };
    let made = 0;
    const more = async () => {
      for (;;) {
        await groups.createCells(request);
        made++;
      }
    };
    await assert.rejects(
      more(),
      refusal('NO_ROOM', /sources of groups at leaf2 do not fit \(\d+ of 16384 in use\)/),
    );
    assert.equal(groups.list().length, made);
    assert.equal(held.size, made);
    const [first] = groups.list();
    await groups.delete(first?.id ?? 0);
    await groups.createCells(request);
    await assert.rejects(groups.createCells(request), refusal('NO_ROOM', /sources/));
  });
});

describe('groups in the store', () => {
  it('come back with what they hold', async () => {
    const first = setUp();
    await first.groups.createReduce({ hosts: eight, operation: 'sum', window: 64 });
    const cells = await first.groups.createCells({ hosts: ['h1'], cells: 10, destination: 'h1' });
    await first.groups.createCells({ hosts: ['h1'], cells: 10, destination: 'h1' });
    await first.groups.delete(cells.id);
    const last = await first.groups.createCells({ hosts: ['h1'], cells: 10, destination: 'h5' });
    await first.groups.delete(last.id);
    const second = setUp(first.store);
    second.groups.restore(await first.store.load());
    assert.deepEqual(second.held, first.held);
    const next = await second.groups.createCells({ hosts: ['h1'], cells: 10, destination: 'h1' });
    assert.ok(next.epoch > last.epoch, 'cells may hold what the deleted one left');
    assert.ok(next.id > last.id, 'workers of the deleted one may not know that it is gone');
    assert.equal(next.placement.base, 0, 'where the deleted one was');
  });

  it('have epochs no switch has seen, also where a move never came to the store', async () => {
    class Dying extends MemoryStore {
      isDead = false;
      override commit(...args: Parameters<MemoryStore['commit']>): Promise<void> {
        return this.isDead ? new Promise(() => undefined) : super.commit(...args);
      }
    }
    const store = new Dying();
    const isDown = new Set<string>();
    const living = () => new Paths(topology, ({ a, b }) => !isDown.has(`${a.switch}-${b.switch}`));
    const first = setUp(store, true, topology, living);
    const request = { hosts: ['h1', 'h4'], operation: 'sum', window: 8 } as const;
    const { id } = await first.groups.createReduce(request);
    store.isDead = true;
    isDown.add(first.held.has(`spine1 group/${id}`) ? 'leaf1-spine1' : 'leaf1-spine2');
    first.groups.pathsChanged();
    await new Promise((resolve) => setImmediate(resolve));
    const seen = first.groups.get(id)?.epoch ?? 0;
    assert.ok(seen > 1, 'it has moved, in the switches');
    store.isDead = false;
    const second = setUp(store);
    second.groups.restore(await store.load());
    const next = await second.groups.createReduce(request);
    assert.ok(next.epoch > seen, `${next.epoch} after ${seen}`);
  });

  it('are not there where the store failed', async () => {
    class FullStore extends MemoryStore {
      override commit(): Promise<void> {
        return Promise.reject(new Error('disk full'));
      }
    }
    const { groups, held } = setUp(new FullStore());
    await assert.rejects(groups.createReduce({ hosts: ['h1'], operation: 'sum', window: 2048 }), /disk full/);
    assert.equal(held.size, 0);
    await assert.rejects(groups.createReduce({ hosts: ['h1'], operation: 'sum', window: 2048 }), /disk full/);
  });
});

describe('ranges', () => {
  it('never overlap and never leak', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 1, max: 40 }))), (steps) => {
        const ranges = new Ranges('cells', 100);
        const taken: { start: number; length: number }[] = [];
        for (const [take, length] of steps) {
          const start = ranges.find(length);
          if (take && start !== undefined) {
            assert.equal(ranges.take(length), start);
            for (const other of taken) {
              assert.ok(start + length <= other.start || other.start + other.length <= start);
            }
            taken.push({ start, length });
          } else {
            const gone = taken.splice(length % Math.max(1, taken.length), 1)[0];
            if (gone !== undefined) ranges.release(gone.start);
          }
          assert.equal(
            ranges.used,
            taken.reduce((sum, range) => sum + range.length, 0),
          );
        }
        for (const { start } of taken) ranges.release(start);
        assert.equal(ranges.take(100), 0);
        assert.throws(() => ranges.take(1), refusal('NO_ROOM', /100 of 100 in use/));
        assert.throws(() => ranges.takeAt(50, 2), refusal('CONFLICT', /cells 50 to 51 are not free/));
      }),
    );
  });

  it('start at a multiple of their length where that is asked', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 5 }))), (steps) => {
        const ranges = new Ranges('cells', 128, { aligned: true });
        const taken: { start: number; length: number }[] = [];
        for (const [take, exponent] of steps) {
          const length = 2 ** exponent;
          const isFree = (start: number) =>
            taken.every((other) => start + length <= other.start || other.start + other.length <= start);
          const first = Array.from({ length: 128 / length }, (_, i) => i * length).find(isFree);
          assert.equal(ranges.find(length), first);
          if (take && first !== undefined) taken.push({ start: ranges.take(length), length });
          else if (taken.length > 0) ranges.release(taken.splice(exponent % taken.length, 1)[0]?.start ?? 0);
        }
      }),
    );
  });
});
