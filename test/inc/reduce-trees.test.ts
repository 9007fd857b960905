import assert from 'node:assert/strict';
import { parseTopology } from '../../controller/index.js';
import { EmulatedFabric, type Faults } from '../../experiments/fabric.js';
import { leafSpine } from '../../experiments/leaf-spine.js';
import { ReduceGroup, ReduceServer } from '../../host/index.js';

const BAD_LINKS: Faults = { loss: 0.01, duplicate: 0.02, reorder: 0.05 };

const THREE_LEVELS = `
switches:
  - { name: leaf1, role: leaf, id: 1 }
  - { name: leaf2, role: leaf, id: 2 }
  - { name: leaf3, role: leaf, id: 3 }
  - { name: leaf4, role: leaf, id: 4 }
  - { name: agg1, role: spine, id: 11 }
  - { name: agg2, role: spine, id: 12 }
  - { name: core, role: spine, id: 21 }
links:
  - { a: leaf1:10, b: agg1:1 }
  - { a: leaf2:10, b: agg1:2 }
  - { a: leaf3:10, b: agg2:1 }
  - { a: leaf4:10, b: agg2:2 }
  - { a: agg1:10, b: core:1 }
  - { a: agg2:10, b: core:2 }
hosts:
  - { name: a, switch: leaf1, port: 1, ipv4: 10.0.1.1 }
  - { name: b, switch: leaf1, port: 2, ipv4: 10.0.1.2 }
  - { name: c, switch: leaf2, port: 1, ipv4: 10.0.2.1 }
  - { name: d, switch: leaf2, port: 2, ipv4: 10.0.2.2 }
  - { name: e, switch: leaf3, port: 1, ipv4: 10.0.3.1 }
  - { name: f, switch: leaf3, port: 2, ipv4: 10.0.3.2 }
  - { name: g, switch: leaf4, port: 1, ipv4: 10.0.4.1 }
  - { name: h, switch: leaf4, port: 2, ipv4: 10.0.4.2 }
`;

/** Inner switches have workers of their own as well as switches below. */
const CHAIN = `
switches:
  - { name: leaf1, role: leaf, id: 1 }
  - { name: leaf2, role: leaf, id: 2 }
  - { name: leaf3, role: leaf, id: 3 }
links: [{ a: leaf1:10, b: leaf2:11 }, { a: leaf2:10, b: leaf3:11 }]
hosts:
  - { name: a, switch: leaf3, port: 1, ipv4: 10.0.3.1 }
  - { name: b, switch: leaf2, port: 1, ipv4: 10.0.2.1 }
  - { name: c, switch: leaf1, port: 1, ipv4: 10.0.1.1 }
  - { name: d, switch: leaf1, port: 2, ipv4: 10.0.1.2 }
  - { name: e, switch: leaf2, port: 2, ipv4: 10.0.2.2 }
`;

interface Bench {
  readonly fabric: EmulatedFabric;
  readonly workers: readonly string[];
  readonly destination: string;
}

interface Running {
  readonly id: number;
  readonly groups: ReduceGroup[];
  readonly fallback: ReduceServer;
  member(source: number, firstSeq?: number): ReduceGroup;
  end(): Promise<void>;
}

async function setUp(leaves: number, workersPerLeaf: number, seed: number): Promise<Bench> {
  // The last host of the last leaf is where packets go that no switch computes.
  const topology = leafSpine({ leaves, spines: leaves > 1 ? 2 : 0, hostsPerLeaf: workersPerLeaf + 1 });
  const fabric = await EmulatedFabric.start({ topology, seed });
  const workers = [...topology.hosts.values()]
    .filter(({ port }) => port <= workersPerLeaf)
    .map(({ name }) => name);
  return { fabric, workers, destination: `h${leaves * (workersPerLeaf + 1)}` };
}

async function group({ fabric, workers, destination }: Bench, window: number): Promise<Running> {
  const { groups: controller } = fabric.controller;
  const { id } = await controller.createReduce({ hosts: workers, operation: 'sum', window, destination });
  await fabric.settle();
  const sources = workers.length;
  const members = workers.map((worker) => fabric.nic(worker).address);
  const fallback = new ReduceServer(fabric.host(destination).sinc, { group: id, sources, window, members });
  const member = (source: number, firstSeq = 0): ReduceGroup =>
    new ReduceGroup(fabric.host(workers[source] as string).sinc, {
      group: id,
      source,
      sources,
      window,
      destination: fabric.nic(destination).address,
      firstSeq,
      initialTimeoutUs: 2000,
      maxTimeoutUs: 20_000,
      maxRetries: 200,
    });
  const groups = workers.map((_, source) => member(source));
  const end = async (): Promise<void> => {
    for (const each of groups) each.close();
    fallback.close();
    await controller.delete(id);
    await fabric.settle();
  };
  return { id, groups, fallback, member, end };
}

function vectors(fabric: EmulatedFabric, count: number, length: number): Int32Array[] {
  const random = fabric.emulator.random;
  return Array.from({ length: count }, () => Int32Array.from({ length }, () => random.uint32() | 0));
}

function sumOf(all: readonly Int32Array[]): Int32Array {
  const sum = new Int32Array(all[0]?.length ?? 0);
  for (const vector of all) for (const [i, value] of vector.entries()) sum[i] = (sum[i] ?? 0) + value;
  return sum;
}

async function reduceExactly(
  fabric: EmulatedFabric,
  groups: readonly ReduceGroup[],
  length: number,
): Promise<void> {
  const all = vectors(fabric, groups.length, length);
  const sums = await fabric.run(Promise.all(groups.map((each, i) => each.allReduce(all[i] as Int32Array))));
  for (const sum of sums) assert.deepEqual(sum, sumOf(all));
}

describe('reduce trees', function () {
  this.timeout(60_000);

  for (const [leaves, workersPerLeaf] of [
    [1, 32],
    [4, 8],
    [3, 20],
  ] as const) {
    it(`sum exactly over ${leaves} leaves of ${workersPerLeaf} workers on bad links`, async () => {
      const bench = await setUp(leaves, workersPerLeaf, 7);
      try {
        const { groups, end } = await group(bench, 16);
        bench.fabric.disturb(BAD_LINKS);
        for (const length of [2500, 1000]) await reduceExactly(bench.fabric, groups, length);
        bench.fabric.disturb({});
        await end();
      } finally {
        await bench.fabric.close();
      }
    });
  }

  for (const [shape, text, workers, destination] of [
    [
      'three levels: leaves, two aggregations, a core',
      THREE_LEVELS,
      ['a', 'b', 'c', 'd', 'e', 'f', 'g'],
      'h',
    ],
    ['a chain of leaves, workers at every one', CHAIN, ['a', 'b', 'c', 'd'], 'e'],
  ] as const) {
    it(`sum exactly over ${shape}, on bad links`, async () => {
      const fabric = await EmulatedFabric.start({ topology: parseTopology(text), seed: 3 });
      try {
        const { groups, fallback, end, id } = await group({ fabric, workers, destination }, 16);
        const made = fabric.controller.groups.get(id);
        assert.ok(made?.kind === 'reduce');
        assert.ok(made.tree.nodes.length >= 3);
        // Without faults no sum needs the destination host.
        await reduceExactly(fabric, groups, 2000);
        assert.equal(fallback.counters.combined, 0);
        fabric.disturb(BAD_LINKS);
        await reduceExactly(fabric, groups, 1500);
        fabric.disturb({});
        await end();
      } finally {
        await fabric.close();
      }
    });
  }

  it('move one unit up and one down each link, and nothing else', async () => {
    const bench = await setUp(4, 8, 1);
    try {
      const { fabric, workers } = bench;
      const { groups, fallback, end } = await group(bench, 32);
      const before = fabric.linkUse();
      const packets = 100;
      await reduceExactly(fabric, groups, packets * 128);
      const frame = 14 + 20 + 8 + 16 + 512;
      const used = fabric
        .linkUse()
        .map((use, i) => ({ ...use, units: (use.bytes - (before[i]?.bytes ?? 0)) / frame }));
      for (const { name, kind, units } of used) {
        const host = name.split(' ').find((word) => word.startsWith('h'));
        if (kind === 'host') assert.equal(units, workers.includes(host ?? '') ? packets : 0, name);
        // A tree goes by one of the two spines, whichever it is.
        else assert.ok(units === 0 || units === packets, `${name}: ${units}`);
      }
      assert.equal(used.filter(({ kind, units }) => kind === 'fabric' && units === packets).length, 8);
      assert.equal(fallback.counters.combined, 0);
      await end();
    } finally {
      await bench.fabric.close();
    }
  });

  it('wait for a worker that restarts, and finish with it', async () => {
    const bench = await setUp(2, 4, 2);
    try {
      const { fabric } = bench;
      const window = 16;
      const { groups, member, end } = await group(bench, window);
      await reduceExactly(fabric, groups, window * 128);
      const all = vectors(fabric, groups.length, window * 128);
      const crashed = groups[5] as ReduceGroup;
      const calls = groups.map((each, i) => each.allReduce(all[i] as Int32Array));
      calls[5]?.catch(() => undefined);
      await fabric.emulator.runFor(40);
      assert.ok(
        crashed.counters.sent > window && crashed.counters.results < 2 * window,
        'in the middle of it',
      );
      crashed.close();
      await fabric.emulator.runFor(30_000);
      // It comes back and makes the call again, whose SeqNums it knows from its checkpoint.
      const again = member(5, window);
      groups[5] = again;
      calls[5] = again.allReduce(all[5] as Int32Array);
      for (const sum of await fabric.run(Promise.all(calls))) assert.deepEqual(sum, sumOf(all));
      await reduceExactly(fabric, groups, 3000);
      await end();
    } finally {
      await bench.fabric.close();
    }
  });

  it('go on under another epoch where a worker has forgotten everything; the cells are not stuck', async () => {
    const bench = await setUp(2, 4, 3);
    try {
      const { fabric } = bench;
      for (let round = 0; round < 3; round++) {
        // As large as a switch takes: the next group needs the very cells of this one.
        const { groups, end } = await group(bench, 2048);
        await reduceExactly(fabric, groups, 3000);
        const all = vectors(fabric, groups.length, 2000);
        const [silent, ...others] = groups;
        const calls = others.map((each, i) => each.allReduce(all[i] as Int32Array));
        for (const call of calls) call.catch(() => undefined);
        await fabric.emulator.runFor(5000);
        silent?.close();
        await end();
        for (const call of calls) await assert.rejects(call, /CLOSED|closed/i);
      }
      const { groups, end } = await group(bench, 2048);
      await reduceExactly(fabric, groups, 3000);
      await end();
    } finally {
      await bench.fabric.close();
    }
  });

  for (const [what, name] of [
    ['a leaf', 'leaf1'],
    ['the root', 'spine1'],
  ] as const) {
    it(`survive ${what} that restarts in mid-reduction`, async () => {
      const bench = await setUp(2, 4, 4);
      try {
        const { fabric } = bench;
        const running = await group(bench, 16);
        const victim = name.startsWith('spine') ? rootOf(fabric, running.id) : name;
        await reduceExactly(fabric, running.groups, 3000);
        for (const [atUs, awayUs] of [
          [100, 0],
          [300, 3000],
          [600, 80_000],
        ] as const) {
          const all = vectors(fabric, running.groups.length, 20_000);
          const calls = running.groups.map((each, i) => each.allReduce(all[i] as Int32Array));
          let finished = 0;
          for (const call of calls) call.then(() => finished++, assert.fail);
          await fabric.emulator.runFor(atUs);
          assert.equal(finished, 0, 'in the middle of it');
          await fabric.restart(victim);
          await fabric.emulator.runFor(awayUs);
          await fabric.reprogram(victim);
          for (const sum of await fabric.run(Promise.all(calls))) assert.deepEqual(sum, sumOf(all));
        }
        const before = running.fallback.counters.combined;
        await reduceExactly(fabric, running.groups, 3000);
        assert.equal(running.fallback.counters.combined, before, 'the switches compute again');
        await running.end();
      } finally {
        await bench.fabric.close();
      }
    });
  }
});

function rootOf(fabric: EmulatedFabric, id: number): string {
  const found = fabric.controller.groups.get(id);
  const root = found?.kind === 'reduce' ? found.tree.nodes.find((node) => node.root) : undefined;
  assert.ok(root !== undefined);
  return root.switch;
}
