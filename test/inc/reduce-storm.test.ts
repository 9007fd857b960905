import assert from 'node:assert/strict';
import { EmulatedFabric } from '../../experiments/fabric.js';
import { leafSpine } from '../../experiments/leaf-spine.js';
import { AheadReduce, ReduceGroup, ReduceServer, ReduceSink } from '../../host/index.js';
import { SINC_MAX, SINC_SUM, SINC_SUM_AHEAD } from '../../wire/index.js';

/** REDUCE_STORM_SEEDS=200 makes it a long run. */
const SEEDS = Number(process.env['REDUCE_STORM_SEEDS'] ?? 1);
const WORKERS = ['h1', 'h2', 'h4', 'h5', 'h7', 'h8'];
const HOME = 'h9';
/** Values of a packet: four vectors. */
const VALUES = 128;

interface Outcome {
  readonly restarts: number;
  readonly returned: number;
  readonly atHome: number;
}

/**
 * One group after another, each of other workers on the cells of the one before: links that lose, double and hold frames
 * back for longer than a window takes, switches that lose all they hold, a spine that falls silent, workers that die and
 * come back. Every worker's every result is exact.
 */
async function storm(seed: number): Promise<Outcome> {
  const topology = leafSpine({ leaves: 3, spines: 2, hostsPerLeaf: 3 });
  const fabric = await EmulatedFabric.start({
    topology,
    seed,
    probeLinks: { intervalUs: 20_000, misses: 6 },
  });
  const random = fabric.emulator.random;
  let restarts = 0;
  let returned = 0;
  let atHome = 0;
  const count = () => restarts++;
  try {
    for (let life = 0; life < 3; life++) {
      fabric.disturb({});
      const workers = WORKERS.filter((_, i) => i < 2 || random.next() < 0.7);
      const isAhead = random.next() < 0.3;
      const operation = isAhead ? 'sum-ahead' : random.next() < 0.7 ? 'sum' : 'max';
      const code = isAhead ? SINC_SUM_AHEAD : operation === 'sum' ? SINC_SUM : SINC_MAX;
      // As large as a switch takes, now and then: the next group needs the very cells of this one.
      const window = random.next() < 0.3 ? 2048 : 4 << random.below(4);
      const { groups: controller } = fabric.controller;
      const { id } = await controller.createReduce({ hosts: workers, operation, window, destination: HOME });
      await fabric.settle();
      const shared = { group: id, sources: workers.length, window, operation: code };
      const server = new ReduceServer(fabric.host(HOME).sinc, {
        ...shared,
        members: workers.map((name) => fabric.nic(name).address),
      });
      const member = (source: number, firstSeq: number): ReduceGroup =>
        new ReduceGroup(fabric.host(workers[source] ?? '').sinc, {
          ...shared,
          source,
          firstSeq,
          destination: fabric.nic(HOME).address,
          initialTimeoutUs: 1000,
          maxTimeoutUs: 20_000,
          maxRetries: 2000,
        });
      // Near the end of all SeqNums, so that they come round.
      const first = 0xffff_ffff - random.below(100);
      const groups = workers.map((_, source) => member(source, first));
      fabric.disturb({
        loss: 0.03 * random.next(),
        duplicate: 0.1 * random.next(),
        reorder: 0.1 * random.next(),
        reorderUs: 50 + 3000 * random.next(),
      });
      for (let round = 0; round < 3; round++) {
        if (isAhead) {
          const length = 1000 + random.below(2000);
          const all = workers.map(() => Float32Array.from({ length }, () => random.next() * 8 - 4));
          const sums = groups.map((each, i) =>
            new AheadReduce(each).allReduce(all[i] ?? new Float32Array(0)),
          );
          for (const sum of await weather(fabric, Promise.all(sums), count)) {
            for (let i = 0; i < length; i++) {
              const right = all.reduce((total, vector) => total + (vector[i] ?? 0), 0);
              assert.ok(Math.abs((sum[i] ?? 0) - right) < 2 ** -20, `seed ${seed}: ${sum[i]} for ${right}`);
            }
          }
          continue;
        }
        const length = VALUES * (1 + random.below(4 * Math.min(window, 64)));
        const all = workers.map(() => Int32Array.from({ length }, () => random.uint32() | 0));
        const right = Int32Array.from({ length }, (_, i) => {
          const values = all.map((vector) => vector[i] ?? 0);
          return operation === 'max' ? Math.max(...values) : values.reduce((a, b) => (a + b) | 0);
        });
        const call = () => groups.map((each, i) => each.allReduce(all[i] ?? new Int32Array(0)));
        let calls = call();
        if (random.next() < 0.5) {
          // One dies in the middle of it and has forgotten everything: all agree on a SeqNum and make the call again.
          for (const each of calls) each.catch(() => undefined);
          await fabric.emulator.runFor(random.next() * 300);
          const source = random.below(workers.length);
          const dead = groups[source];
          dead?.close();
          await fabric.emulator.runFor(random.next() * 3000);
          const next = groups.map(({ nextSeq }) => (nextSeq - first) >>> 0);
          const agreed = (first + Math.max(...next) + 2 * window) >>> 0;
          for (const each of groups) if (each !== dead) each.renew(agreed);
          groups[source] = member(source, agreed);
          calls = call();
          returned++;
        }
        for (const [i, sum] of (await weather(fabric, Promise.all(calls), count)).entries()) {
          assert.deepEqual(sum, right, `seed ${seed}, group ${id}, round ${round}, ${workers[i]}`);
        }
      }
      atHome += server.counters.combined;
      for (const each of groups) each.close();
      server.close();
      await controller.delete(id);
    }
    return { restarts, returned, atHome };
  } finally {
    await fabric.close();
  }
}

/** Lets time pass until the work is done, and switches come and go meanwhile; how many did is counted. */
async function weather<T>(fabric: EmulatedFabric, work: Promise<T>, count: () => void): Promise<T> {
  const random = fabric.emulator.random;
  let isDone = false;
  const done = work.finally(() => {
    isDone = true;
  });
  done.catch(() => undefined);
  for (let left = random.below(3); left > 0; left--) {
    await fabric.run(Promise.race([done, fabric.sleep(random.next() * 1500)]));
    if (isDone) break;
    count();
    const victim = ['leaf1', 'leaf2', 'leaf3', 'spine1', 'spine2'][random.below(5)] ?? '';
    if (victim.startsWith('spine') && random.next() < 0.3) {
      for (const leaf of ['leaf1', 'leaf2', 'leaf3']) fabric.cut(leaf, victim);
      await fabric.run(Promise.race([done, fabric.sleep(random.next() * 400_000)]));
      for (const leaf of ['leaf1', 'leaf2', 'leaf3']) fabric.mend(leaf, victim);
    } else {
      await fabric.restart(victim);
      await fabric.run(Promise.race([done, fabric.sleep(random.next() * 4000)]));
      await fabric.reprogram(victim);
    }
  }
  return fabric.run(done);
}

/** Results to the destination host alone (L=0), through the same weather. */
async function stormToOne(seed: number): Promise<void> {
  const topology = leafSpine({ leaves: 3, spines: 2, hostsPerLeaf: 3 });
  const probeLinks = { intervalUs: 20_000, misses: 6 };
  const fabric = await EmulatedFabric.start({ topology, seed, probeLinks });
  try {
    const random = fabric.emulator.random;
    const window = 4 << random.below(4);
    const { id } = await fabric.controller.groups.createReduce({
      hosts: WORKERS,
      operation: 'sum',
      window,
      destination: HOME,
    });
    await fabric.settle();
    const firstSeq = 0xffff_ffff - random.below(100);
    const shared = { group: id, sources: WORKERS.length, window, firstSeq };
    const members = WORKERS.map((name) => fabric.nic(name).address);
    const sink = new ReduceSink(fabric.host(HOME).sinc, { ...shared, members });
    const destination = fabric.nic(HOME).address;
    const groups = WORKERS.map((name, source) => {
      const times = { initialTimeoutUs: 1000, maxTimeoutUs: 20_000, maxRetries: 2000 };
      const to = { destination, resultTo: 'destination' } as const;
      return new ReduceGroup(fabric.host(name).sinc, { ...shared, ...times, ...to, source });
    });
    fabric.disturb({ loss: 0.02, duplicate: 0.05, reorder: 0.1, reorderUs: 50 + 3000 * random.next() });
    for (let round = 0; round < 3; round++) {
      const length = VALUES * (1 + random.below(4 * window));
      const all = WORKERS.map(() => Int32Array.from({ length }, () => random.uint32() | 0));
      const right = Int32Array.from({ length }, (_, i) =>
        all.reduce((sum, of) => (sum + (of[i] ?? 0)) | 0, 0),
      );
      const given = groups.map((each, i) => each.contribute(all[i] ?? new Int32Array(0)));
      const work = Promise.all([sink.reduce(length), ...given]);
      const [{ values }] = await weather(fabric, work, () => undefined);
      assert.deepEqual(values, right, `seed ${seed}, round ${round}`);
    }
    for (const each of groups) each.close();
    sink.close();
  } finally {
    await fabric.close();
  }
}

describe('reductions in bad weather', function () {
  this.timeout(60_000 + 20_000 * SEEDS);

  it(`give every worker the exact result (${SEEDS} seeds)`, async () => {
    const all: Outcome[] = [];
    for (let seed = 1; seed <= SEEDS; seed++) all.push(await storm(seed));
    const sum = (of: keyof Outcome) => all.reduce((total, outcome) => total + outcome[of], 0);
    assert.ok(sum('restarts') >= SEEDS, `${sum('restarts')} restarts`);
    if (SEEDS < 3) return;
    assert.ok(sum('returned') >= SEEDS / 2, `${sum('returned')} workers came back`);
    assert.ok(sum('atHome') > 0, 'the destination host never had to compute');
  });

  it(`give the destination alone the exact result (${SEEDS} seeds)`, async () => {
    for (let seed = 1; seed <= SEEDS; seed++) await stormToOne(seed);
  });
});
