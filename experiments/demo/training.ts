import { ReduceGroup, ReduceServer } from '../../host/index.js';
import type { EmulatedFabric, LinkUse } from '../fabric.js';
import { ParameterServer, ParameterWorker } from '../parameter-server.js';
import { bytes, percent, type Report } from '../report.js';
import { Classifier } from '../training/classifier.js';
import { type DataSet, loadDigits, split } from '../training/dataset.js';

const WORKERS = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'h7', 'h8'];
/** The parameter server, and where SINC packets go that no switch computes. */
const SERVER = 'h12';
const HIDDEN = 32;
const STEPS = 100;
const RATE = 0.5;
const WINDOW = 64;
/** Gradients are sent as integers in units of 2^-20: sums of eight stay below 2^31 up to a gradient of 255. */
const SCALE = 2 ** 20;
const INITIAL_SEED = 7;
const LOSSY_ROUNDS = 12;
const LOSSY_VALUES = 2410;

/** Sums integers over all workers: the one thing the two ways of training do differently. */
interface Summation {
  allReduce(values: Int32Array): Promise<Int32Array>;
}

interface Run {
  readonly weights: Float64Array;
  readonly accuracy: number;
  /** Elements of a sum, over all steps and workers, that were not what the hosts' own addition gives. */
  readonly wrong: number;
  readonly elements: number;
  readonly virtualUs: number;
  readonly links: readonly LinkUse[];
}

/** The generator of the initial weights: all workers start from the same ones. */
function sameStart(): () => number {
  let state = INITIAL_SEED;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function quantised(gradient: Float64Array): Int32Array {
  return Int32Array.from(gradient, (value) => {
    const scaled = Math.round(value * SCALE);
    if (Math.abs(scaled) >= 2 ** 31 / WORKERS.length)
      throw new Error(`gradient ${value} is too large for the scale`);
    return scaled;
  });
}

/** What the sum has to be, added up on the host. */
function hostSum(vectors: readonly Int32Array[]): Int32Array {
  const sum = new Int32Array(vectors[0]?.length ?? 0);
  for (const vector of vectors)
    for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] ?? 0) + (vector[i] ?? 0);
  return sum;
}

function differences(a: Int32Array, b: Int32Array): number {
  let count = Math.abs(a.length - b.length);
  for (let i = 0; i < Math.min(a.length, b.length); i++) if (a[i] !== b[i]) count++;
  return count;
}

/** Trains eight copies of a classifier on eight shards, kept equal by summing their gradients. */
async function train(
  fabric: EmulatedFabric,
  shards: readonly DataSet[],
  held: DataSet,
  summations: readonly Summation[],
): Promise<Run> {
  const models = shards.map((shard) => new Classifier(shard.features, HIDDEN, shard.classes, sameStart()));
  const samples = shards.reduce((sum, shard) => sum + shard.images.length, 0);
  const before = fabric.linkUse();
  const begun = fabric.emulator.now();
  let wrong = 0;
  let elements = 0;
  for (let step = 0; step < STEPS; step++) {
    const gradients = models.map((model, worker) =>
      quantised(model.gradient(shards[worker] as DataSet).gradient),
    );
    const sums = await fabric.run(
      Promise.all(
        summations.map((summation, worker) => summation.allReduce(gradients[worker] as Int32Array)),
      ),
    );
    const expected = hostSum(gradients);
    for (const [worker, sum] of sums.entries()) {
      wrong += differences(sum, expected);
      elements += expected.length;
      models[worker]?.step(
        Float64Array.from(sum, (value) => value / SCALE),
        RATE / samples,
      );
    }
  }
  const [first] = models;
  if (first === undefined) throw new Error('no worker');
  return {
    weights: first.weights,
    accuracy: first.accuracy(held),
    wrong,
    elements,
    virtualUs: fabric.emulator.now() - begun,
    links: fabric.linkUse().map((use, i) => ({ ...use, bytes: use.bytes - (before[i]?.bytes ?? 0) })),
  };
}

function busiest(links: readonly LinkUse[], kind?: LinkUse['kind']): LinkUse {
  return links
    .filter((link) => kind === undefined || link.kind === kind)
    .reduce((most, link) => (link.bytes > most.bytes ? link : most));
}

/** Random vectors on links that lose, repeat and reorder: the sums must be exact all the same. */
async function lossy(fabric: EmulatedFabric, report: Report, groups: readonly ReduceGroup[]): Promise<void> {
  fabric.disturb({ loss: 0.01, duplicate: 0.01, reorder: 0.05 });
  let wrong = 0;
  const retransmittedBefore = groups.reduce((sum, group) => sum + group.counters.retransmitted, 0);
  for (let round = 0; round < LOSSY_ROUNDS; round++) {
    const vectors = groups.map(() =>
      Int32Array.from({ length: LOSSY_VALUES }, () => fabric.emulator.random.uint32() | 0),
    );
    const expected = hostSum(vectors);
    const sums = await fabric.run(
      Promise.all(groups.map((group, i) => group.allReduce(vectors[i] as Int32Array))),
    );
    for (const sum of sums) wrong += differences(sum, expected);
  }
  fabric.disturb({});
  const retransmitted =
    groups.reduce((sum, group) => sum + group.counters.retransmitted, 0) - retransmittedBefore;
  report.check(
    'all-reduce with 1 % loss, 1 % duplication, 5 % reordering: exact',
    wrong === 0 && retransmitted > 0,
    `${LOSSY_ROUNDS * groups.length * LOSSY_VALUES} sums, ${wrong} wrong, ${retransmitted} packets repeated`,
  );
}

/** Part 2 of the main job: training with gradients summed in the network, against a parameter server. */
export async function training(fabric: EmulatedFabric, report: Report): Promise<void> {
  report.section('Aggregation');
  const { shards, held } = split(loadDigits(), WORKERS.length);

  const info = await fabric.controller.groups.createReduce({
    hosts: WORKERS,
    operation: 'sum',
    window: WINDOW,
    destination: SERVER,
  });
  await fabric.settle();
  const fallback = new ReduceServer(fabric.host(SERVER).sinc, {
    group: info.id,
    sources: WORKERS.length,
    window: WINDOW,
  });
  const groups = info.sources.map(({ host, source }) => {
    return new ReduceGroup(fabric.host(host).sinc, {
      group: info.id,
      source,
      sources: WORKERS.length,
      window: WINDOW,
      destination: fabric.nic(SERVER).address,
    });
  });
  report.progress(`8 workers train on handwritten digits, ${STEPS} steps, gradients summed by switches`);
  const sinc = await train(fabric, shards, held, groups);
  await lossy(fabric, report, groups);
  const computedByHost = fallback.counters.combined;
  for (const group of groups) group.close();
  fallback.close();
  await fabric.controller.groups.delete(info.id);

  report.progress('the same training through a parameter server, without SINC');
  const server = new ParameterServer(fabric.nic(SERVER), WORKERS.length);
  const workers = WORKERS.map((host, worker) => {
    return new ParameterWorker(fabric.nic(host), { worker, server: fabric.nic(SERVER).address });
  });
  const plain = await train(fabric, shards, held, workers);
  for (const worker of workers) worker.close();
  server.close();

  report.check(
    'sums equal the hosts’ own, element for element',
    sinc.wrong === 0 && plain.wrong === 0,
    `${sinc.elements} elements, ${sinc.wrong} wrong`,
  );
  const fallbackUse = `${computedByHost} packets computed by the fallback host`;
  // A source in trouble for long enough asks the hosts (docs/protocol.md section 4.5); only bad links bring it so far.
  if (fabric.isFaulty) report.measured('sums not computed by switches', fallbackUse);
  else report.check('every sum was computed by switches', computedByHost === 0, fallbackUse);
  report.check(
    'the classifier learned',
    sinc.accuracy > 0.9,
    `${percent(sinc.accuracy)} of ${held.images.length} unseen digits right`,
  );
  report.check(
    'both ways end with the same weights, bit for bit',
    sinc.weights.every((weight, i) => Object.is(weight, plain.weights[i])),
    `${sinc.weights.length} weights`,
  );
  for (const [what, kind] of [
    ['busiest link between switches', 'fabric'],
    ['busiest uplink of all', undefined],
  ] as const) {
    const with_ = busiest(sinc.links, kind);
    const without = busiest(plain.links, kind);
    report.check(
      what,
      without.bytes >= 3 * with_.bytes,
      `SINC ${bytes(with_.bytes)} (${with_.name}), parameter server ${bytes(without.bytes)} (${without.name}): ` +
        `${(without.bytes / with_.bytes).toFixed(1)} times less`,
    );
  }
  report.measured(
    'time of a step on 1 Gbit/s host links',
    `SINC ${(sinc.virtualUs / STEPS).toFixed(0)} us, parameter server ${(plain.virtualUs / STEPS).toFixed(0)} us of virtual time`,
  );
}
