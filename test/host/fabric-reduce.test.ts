import assert from 'node:assert/strict';
import { EmulatedFabric } from '../../experiments/fabric.js';
import { leafSpine } from '../../experiments/leaf-spine.js';
import { AheadReduce, ReduceGroup, ReduceServer } from '../../host/index.js';
import { SINC_SUM, SINC_SUM_AHEAD } from '../../wire/index.js';

const WORKERS = ['h1', 'h2', 'h4', 'h5'];
const HOME = 'h6';
const WINDOW = 8;

describe('reduce groups of the whole fabric', function () {
  this.timeout(60_000);
  let fabric: EmulatedFabric;

  before(async () => {
    const topology = leafSpine({ leaves: 2, spines: 1, hostsPerLeaf: 3 });
    fabric = await EmulatedFabric.start({ topology, seed: 7 });
    fabric.disturb({ loss: 0.01, duplicate: 0.01, reorder: 0.05 });
  });
  after(() => fabric.close());

  async function group(operation: 'sum-ahead' | 'sum-saturating') {
    const info = await fabric.controller.groups.createReduce({
      hosts: WORKERS,
      operation,
      window: WINDOW,
      destination: HOME,
    });
    await fabric.settle();
    const common = { group: info.id, sources: WORKERS.length, window: WINDOW };
    const code = operation === 'sum-ahead' ? SINC_SUM_AHEAD : SINC_SUM;
    const saturating = operation === 'sum-saturating';
    const server = new ReduceServer(fabric.host(HOME).sinc, { ...common, operation: code, saturating });
    const destination = fabric.nic(HOME).address;
    const members = info.sources.map(({ host, source }) => {
      return new ReduceGroup(fabric.host(host).sinc, { ...common, source, destination, operation: code });
    });
    return { members, server };
  }

  it('sum floats in one pass, by switches, through loss and reordering', async () => {
    const { members, server } = await group('sum-ahead');
    const inputs = members.map((_, m) =>
      Float32Array.from({ length: 10_000 }, (_, i) => Math.sin(i * (m + 1)) * 10 ** ((i % 7) - 3)),
    );
    const sums = await fabric.run(
      Promise.all(
        members.map((each, m) => new AheadReduce(each).allReduce(inputs[m] ?? new Float32Array(0))),
      ),
    );
    for (let i = 0; i < 10_000; i++) {
      const right = inputs.reduce((sum, input) => sum + (input[i] ?? 0), 0);
      for (const sum of sums) {
        // A unit of a block whose largest value is below 1000, four sources.
        assert.ok(Math.abs((sum[i] ?? 0) - right) <= 2 * 2 ** (10 + 2 - 30), `element ${i}`);
      }
    }
    assert.equal(server.counters.results, 0, 'the destination host had nothing to do');
    for (const member of members) member.close();
    server.close();
  });

  it('saturate, with the overflow flag, at switches', async () => {
    const { members, server } = await group('sum-saturating');
    const results = await fabric.run(
      Promise.all(members.map((each) => each.reduce(Int32Array.of(2 ** 30, -(2 ** 30), 5)))),
    );
    for (const { values, overflow } of results) {
      assert.deepEqual([...values], [2 ** 31 - 1, -(2 ** 31), 20]);
      assert.equal(overflow, true);
    }
    const plain = await fabric.run(Promise.all(members.map((each) => each.reduce(Int32Array.of(1)))));
    assert.ok(plain.every(({ values, overflow }) => values[0] === 4 && !overflow));
    assert.equal(server.counters.results, 0);
  });
});
