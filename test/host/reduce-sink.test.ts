import assert from 'node:assert/strict';
import fc from 'fast-check';
import { HostError, ReduceSink, SincEndpoint } from '../../host/index.js';
import { SINC_MAX, SINC_SUM } from '../../wire/index.js';
import { address, REDUCE_GROUP, REDUCE_SERVER, reduceSources, type Where } from './reduce-sources.js';
import { CALM, type Faults, ROUGH, SimNetwork } from './sim-network.js';

const code = (expected: string) => (error: unknown) => error instanceof HostError && error.code === expected;
const TO_ONE = { resultTo: 'destination', maxRetries: 400, maxTimeoutUs: 20_000 } as const;

function randomValues(network: SimNetwork, length: number): Int32Array {
  return Int32Array.from({ length }, () => Math.floor(network.random() * 0x1000000) | 0);
}

function toOne(network: SimNetwork, where: Where, options = {}, idleUs?: number) {
  const made = reduceSources(network, {
    ...{ where, sources: 3, window: 4, operation: SINC_SUM, idleUs },
    options: { ...TO_ONE, ...options },
  });
  assert.ok(made.sink !== undefined);
  return { ...made, sink: made.sink };
}

function summed(inputs: readonly Int32Array[], operation: number = SINC_SUM): Int32Array {
  const [first = new Int32Array(0), ...others] = inputs;
  const result = first.slice();
  for (const input of others) {
    input.forEach((value, i) => {
      const have = result[i] ?? 0;
      result[i] = operation === SINC_MAX ? Math.max(have, value) : have + value;
    });
  }
  return result;
}

describe('reduction to the destination alone', () => {
  const setting = fc.record({
    seed: fc.nat(),
    where: fc.constantFrom<Where>('switch', 'tree', 'host'),
    sources: fc.integer({ min: 2, max: 6 }),
    window: fc.constantFrom(1, 2, 8),
    operation: fc.constantFrom(SINC_SUM, SINC_MAX),
    vectors: fc.integer({ min: 1, max: 4 }),
    lengths: fc.array(fc.integer({ min: 0, max: 700 }), { minLength: 1, maxLength: 4 }),
    firstSeq: fc.constantFrom(0, 0xfffffff8, 0x7ffffffc),
  });
  for (const [name, faults] of [
    ['a calm network', CALM],
    ['loss, duplication and reordering', ROUGH],
    ['wild reordering and many duplicates', { loss: 0, duplicate: 0.5, minDelayUs: 1, maxDelayUs: 20_000 }],
  ] as const satisfies readonly (readonly [string, Faults])[]) {
    it(`is exact, call after call, through ${name}`, async () => {
      await fc.assert(
        fc.asyncProperty(setting, async (s) => {
          const network = new SimNetwork(s.seed, faults);
          const options = { ...TO_ONE, vectors: s.vectors, firstSeq: s.firstSeq };
          const { groups, sink } = reduceSources(network, { ...s, options });
          assert.ok(sink !== undefined);
          for (const length of s.lengths) {
            const inputs = groups.map(() => randomValues(network, length));
            const given = groups.map(async (group, i) => {
              await new Promise<void>((wake) => network.schedule(network.random() * 5_000, wake));
              return group.contribute(inputs[i] ?? new Int32Array(0));
            });
            // The destination asks when it comes to it.
            const ask = async (): Promise<Int32Array> => {
              await new Promise<void>((wake) => network.schedule(network.random() * 5_000, wake));
              return (await sink.reduce(length)).values;
            };
            const [values] = await network.run(Promise.all([ask(), ...given]));
            assert.deepEqual(values, summed(inputs, s.operation));
          }
        }),
        { numRuns: 30 },
      );
    }).timeout(60_000);
  }

  it('is computed by switches, and only words of 20 bytes go back', async () => {
    const network = new SimNetwork(1);
    const { groups, sink } = toOne(network, 'tree');
    const back: number[] = [];
    const inner = network.route;
    network.route = (datagram) => {
      if (datagram.src === REDUCE_SERVER) back.push(datagram.bytes.length);
      inner(datagram);
    };
    const given = groups.map((group) => group.contribute(new Int32Array(1000).fill(2)));
    const [{ values, overflow }] = await network.run(Promise.all([sink.reduce(1000), ...given]));
    assert.ok(values.length === 1000 && values.every((value) => value === 6) && !overflow);
    assert.equal(sink.counters.combined, 0);
    assert.deepEqual([back.length, ...new Set(back)], [3 * 8, 20]);
    assert.equal(groups[0]?.counters.retransmitted, 0);
  });

  it('tells the destination, whoever computes, that a sum has left int32', async () => {
    for (const where of ['switch', 'tree', 'host'] as const) {
      const network = new SimNetwork(2, ROUGH);
      const { groups, sink } = toOne(network, where);
      const given = groups.map((group) => group.contribute(new Int32Array(1).fill(0x7fffffff)));
      const [result] = await network.run(Promise.all([sink.reduce(1), ...given]));
      assert.deepEqual(result, { values: Int32Array.of((3 * 0x7fffffff) | 0), overflow: true }, where);
    }
  });

  it('goes on, and stays exact, when the switch loses the group and learns it again', async () => {
    let byBoth = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.nat(),
        fc.constantFrom<Where>('switch', 'tree'),
        fc.integer({ min: 100, max: 20_000 }),
        fc.boolean(),
        async (seed, where, at, learns) => {
          const network = new SimNetwork(seed, ROUGH);
          const { groups, sink, leafOf } = toOne(network, where);
          const leaves = [...new Set(leafOf)];
          const configs = leaves.map(({ config }) => config);
          network.schedule(at, () => {
            for (const leaf of leaves) leaf.config = undefined;
          });
          if (learns) {
            network.schedule(at + 3_000, () => {
              leaves.forEach((leaf, i) => {
                const config = configs[i];
                leaf.config = config && { ...config, epoch: 2 };
              });
            });
          }
          const inputs = groups.map(() => randomValues(network, 128 * 40));
          const given = groups.map((group, i) => group.contribute(inputs[i] ?? new Int32Array(0)));
          const [{ values }] = await network.run(Promise.all([sink.reduce(128 * 40), ...given]));
          assert.deepEqual(values, summed(inputs));
          if (sink.counters.combined > 0 && sink.counters.shared > 0) byBoth++;
        },
      ),
      { numRuns: 30 },
    );
    assert.ok(byBoth > 0);
  });

  it('holds sources back while the destination does not ask', async () => {
    const network = new SimNetwork(3);
    const { groups, sink } = toOne(network, 'switch');
    const given = Promise.all(groups.map((group) => group.contribute(new Int32Array(128 * 20).fill(1))));
    await network.sleep(300_000);
    for (const group of groups) assert.ok(group.nextSeq <= 4, `${group.nextSeq}`);
    const [{ values }] = await network.run(Promise.all([sink.reduce(128 * 20), given]));
    assert.ok(values.every((value) => value === 3));
  });

  it('ends with TIMEOUT on both sides where a source is missing, and goes on once all have renewed', async () => {
    const network = new SimNetwork(4);
    const { groups, sink } = toOne(network, 'switch', { maxRetries: 5 }, 100_000);
    const calls = [sink.reduce(64), ...groups.slice(1).map((group) => group.contribute(new Int32Array(64)))];
    for (const outcome of await network.run(Promise.allSettled(calls))) {
      assert.ok(outcome.status === 'rejected' && code('TIMEOUT')(outcome.reason));
    }
    for (const group of groups) group.renew(100);
    sink.renew(100);
    const given = groups.map((group) => group.contribute(new Int32Array(200).fill(5)));
    const [{ values }] = await network.run(Promise.all([sink.reduce(200), ...given]));
    assert.ok(values.every((value) => value === 15));
  });

  it('ends with INVALID_ARGUMENT where the sources give another number of values, and CLOSED when closed', async () => {
    const network = new SimNetwork(5);
    const { groups, sink } = toOne(network, 'switch', { maxRetries: 5 });
    const given = Promise.allSettled(groups.map((group) => group.contribute(new Int32Array(128))));
    await assert.rejects(network.run(sink.reduce(32)), code('INVALID_ARGUMENT'));
    await network.run(given);
    const call = sink.reduce(1);
    sink.close();
    await assert.rejects(call, code('CLOSED'));
    await assert.rejects(sink.reduce(1), code('CLOSED'));
  });

  it('refuses the wrong call on either kind of group, and members that do not match', async () => {
    const network = new SimNetwork(6);
    const one = toOne(network, 'switch').groups[0];
    const other = new SimNetwork(7);
    const all = reduceSources(other, { where: 'switch', sources: 2, window: 2, operation: SINC_SUM })
      .groups[0];
    await assert.rejects(one?.allReduce(new Int32Array(1)) ?? Promise.resolve(), code('INVALID_ARGUMENT'));
    await assert.rejects(all?.contribute(new Int32Array(1)) ?? Promise.resolve(), code('INVALID_ARGUMENT'));
    assert.throws(
      () =>
        new ReduceSink(new SincEndpoint(network.host('10.0.7.7')), {
          ...{ group: REDUCE_GROUP, sources: 3, window: 4, members: [address(0)] },
        }),
      code('INVALID_ARGUMENT'),
    );
  });
});
