import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  blockExponent,
  FloatReduce,
  HostError,
  quantise,
  ReduceGroup,
  ReduceServer,
  SincEndpoint,
  sharedScale,
} from '../../host/index.js';
import { emptySincHeader, encodeSinc, SINC_MAX, SINC_MIN, SINC_SUM, writeValues } from '../../wire/index.js';
import {
  address,
  REDUCE_GROUP as GROUP,
  reduceSources,
  REDUCE_SERVER as SERVER,
  type Where,
} from './reduce-sources.js';
import { CALM, type Faults, ROUGH, SimNetwork } from './sim-network.js';

function expected(operation: number, inputs: readonly Int32Array[]): Int32Array {
  const result = Int32Array.from(inputs[0] ?? []);
  for (const input of inputs.slice(1)) {
    for (let i = 0; i < result.length; i++) {
      const a = result[i] ?? 0;
      const b = input[i] ?? 0;
      if (operation === SINC_SUM) result[i] = a + b;
      else result[i] = operation === SINC_MIN ? Math.min(a, b) : Math.max(a, b);
    }
  }
  return result;
}

function randomValues(network: SimNetwork, length: number): Int32Array {
  return Int32Array.from({ length }, () => Math.floor(network.random() * 0x100000000) | 0);
}

const setting = fc.record({
  seed: fc.nat(),
  where: fc.constantFrom<Where>('switch', 'tree', 'host'),
  sources: fc.integer({ min: 2, max: 6 }),
  window: fc.constantFrom(1, 2, 4, 8, 16),
  operation: fc.constantFrom(SINC_SUM, SINC_MIN, SINC_MAX),
  vectors: fc.integer({ min: 1, max: 4 }),
  lengths: fc.array(fc.integer({ min: 0, max: 700 }), { minLength: 1, maxLength: 4 }),
  firstSeq: fc.constantFrom(0, 1, 0xfffffff8, 0x7ffffffc),
});

describe('all-reduce', () => {
  for (const [name, faults] of [
    ['a calm network', CALM],
    ['loss, duplication and reordering', ROUGH],
    ['loss of a third', { ...ROUGH, loss: 0.33 }],
    ['wild reordering and many duplicates', { loss: 0, duplicate: 0.5, minDelayUs: 1, maxDelayUs: 20_000 }],
  ] as const satisfies readonly (readonly [string, Faults])[]) {
    it(`is exact, call after call, through ${name}`, async () => {
      await fc.assert(
        fc.asyncProperty(setting, async (s) => {
          const network = new SimNetwork(s.seed, faults);
          const { groups } = reduceSources(network, {
            ...s,
            options: { vectors: s.vectors, firstSeq: s.firstSeq, maxRetries: 400, maxTimeoutUs: 20_000 },
          });
          for (const length of s.lengths) {
            const inputs = groups.map(() => randomValues(network, length));
            // Sources start at different times.
            const calls = groups.map(async (group, i) => {
              await new Promise<void>((wake) => network.schedule(network.random() * 5_000, wake));
              return group.allReduce(inputs[i] ?? new Int32Array(0));
            });
            const results = await network.run(Promise.all(calls));
            const right = expected(s.operation, inputs);
            for (const result of results) assert.deepEqual(result, right);
          }
        }),
        { numRuns: 40 },
      );
    }).timeout(60_000);
  }

  it('pipelines calls that are made before the last is done', async () => {
    const network = new SimNetwork(5, ROUGH);
    const { groups } = reduceSources(network, { where: 'tree', sources: 4, window: 4, operation: SINC_SUM });
    const calls = groups.map((group, s) =>
      Promise.all([1, 2, 3, 4, 5].map((k) => group.allReduce(new Int32Array(300).fill(k * (s + 1))))),
    );
    const results = await network.run(Promise.all(calls));
    for (const each of results) {
      each.forEach((result, k) => {
        assert.ok(result.every((value) => value === (k + 1) * 10));
      });
    }
  });

  it('keeps at most W packets outstanding and obeys the window rule of each slot', async () => {
    const network = new SimNetwork(6, ROUGH);
    const { groups } = reduceSources(network, {
      where: 'switch',
      sources: 3,
      window: 4,
      operation: SINC_SUM,
    });
    const results = new Map<string, Set<number>>();
    const inner = network.route;
    network.route = (datagram) => {
      const seq = new DataView(datagram.bytes.buffer).getUint32(8);
      const source = datagram.src;
      // A packet of SeqNum s proves that its source holds the result of s - W, hence that all sources sent s - W.
      if (seq >= 4)
        for (let s = 1; s <= 3; s++) assert.ok(results.get(`10.0.0.${s}`)?.has(seq - 4), `${seq}`);
      results.set(source, (results.get(source) ?? new Set()).add(seq));
      inner(datagram);
    };
    await network.run(Promise.all(groups.map((group) => group.allReduce(new Int32Array(128 * 40)))));
  });

  it('writes into the array it is given, also the input itself', async () => {
    const network = new SimNetwork(7, ROUGH);
    const { groups } = reduceSources(network, {
      where: 'switch',
      sources: 2,
      window: 2,
      operation: SINC_SUM,
    });
    const arrays = groups.map((_, i) => new Int32Array(1000).fill(i + 1));
    const done = groups.map((group, i) => group.allReduce(arrays[i] ?? new Int32Array(0), arrays[i]));
    const results = await network.run(Promise.all(done));
    results.forEach((result, i) => {
      assert.equal(result, arrays[i]);
      assert.ok(result.every((value) => value === 3));
    });
  });

  for (const [what, before, after] of [
    ['learns the group', false, true],
    ['loses it', true, false],
    ['loses and learns it again with another epoch', true, true],
  ] as const) {
    it(`goes on, and stays exact, when a switch ${what} while the group is at work`, async () => {
      let byHost = 0;
      let byBoth = 0;
      const moment = fc.integer({ min: 100, max: 20_000 });
      await fc.assert(
        fc.asyncProperty(
          fc.nat(),
          fc.constantFrom<Where>('switch', 'tree'),
          moment,
          async (seed, where, at) => {
            const network = new SimNetwork(seed, ROUGH);
            const sources = 4;
            const { groups, server, leafOf } = reduceSources(network, {
              where,
              sources,
              window: 8,
              operation: SINC_SUM,
              options: { maxRetries: 400, maxTimeoutUs: 20_000 },
            });
            const leaves = [...new Set(leafOf)];
            const configs = leaves.map((leaf) => leaf.config);
            const set = (on: boolean, epoch: number) => {
              leaves.forEach((leaf, i) => {
                const config = configs[i];
                leaf.config = on && config !== undefined ? { ...config, epoch } : undefined;
              });
            };
            set(before, 1);
            if (before && after) network.schedule(at - 50, () => set(false, 1));
            network.schedule(at, () => set(after, 2));
            const inputs = groups.map(() => randomValues(network, 128 * 40));
            const calls = groups.map((group, i) => group.allReduce(inputs[i] ?? new Int32Array(0)));
            const results = await network.run(Promise.all(calls));
            for (const result of results) assert.deepEqual(result, expected(SINC_SUM, inputs));
            if (server.counters.results > 0) byHost++;
            if (server.counters.results > 0 && server.counters.combined < sources * 40) byBoth++;
          },
        ),
        { numRuns: 40 },
      );
      if (before !== after) assert.ok(byHost > 0 && byBoth > 0, `host ${byHost}, both ${byBoth} of 40`);
    });
  }

  it('ends with TIMEOUT where a source is missing, and takes no calls afterwards', async () => {
    const network = new SimNetwork(10);
    const options = { maxRetries: 5 };
    const { groups } = reduceSources(network, {
      where: 'switch',
      sources: 3,
      window: 2,
      operation: SINC_SUM,
      options,
    });
    const calls = groups.slice(1).map((group) => group.allReduce(new Int32Array(64)));
    for (const outcome of await network.run(Promise.allSettled(calls))) {
      assert.equal(outcome.status, 'rejected');
      assert.ok(outcome.reason instanceof HostError && outcome.reason.code === 'TIMEOUT');
    }
    await assert.rejects(groups[1]?.allReduce(new Int32Array(1)) ?? Promise.resolve(), HostError);
  });

  it('ends with CLOSED when it is closed', async () => {
    const network = new SimNetwork(11);
    const { groups } = reduceSources(network, {
      where: 'switch',
      sources: 3,
      window: 2,
      operation: SINC_SUM,
    });
    const call = groups[0]?.allReduce(new Int32Array(64));
    network.schedule(1_000, () => groups[0]?.close());
    await assert.rejects(
      network.run(Promise.resolve(call)),
      (error) => error instanceof HostError && error.code === 'CLOSED',
    );
  });

  it('measures and repeats little where nothing is lost', async () => {
    const network = new SimNetwork(12);
    const { groups } = reduceSources(network, {
      where: 'switch',
      sources: 8,
      window: 16,
      operation: SINC_SUM,
    });
    await network.run(Promise.all(groups.map((group) => group.allReduce(new Int32Array(128 * 500)))));
    for (const group of groups) {
      assert.equal(group.counters.retransmitted, 0);
      assert.equal(group.counters.sent, 500);
      assert.equal(group.smoothedRttUs, 20);
    }
  });

  it('ignores results that contradict what was sent', async () => {
    const network = new SimNetwork(13);
    const host = network.host(address(0));
    const group = new ReduceGroup(new SincEndpoint(host), {
      group: GROUP,
      source: 0,
      sources: 2,
      window: 2,
      destination: SERVER,
      maxRetries: 2,
    });
    const call = group.allReduce(new Int32Array(128).fill(1));
    const result = (change: object, vectors: number) => {
      const bytes = new Uint8Array(16 + 128 * vectors);
      encodeSinc(
        {
          ...emptySincHeader(),
          ...{ done: true, loopback: true, group: GROUP, sources: 2, operation: SINC_SUM, ...change },
        },
        bytes,
      );
      writeValues(bytes, 16, new Int32Array(128).fill(9), 0, 32 * vectors);
      host.arrive({ bytes, src: SERVER, srcPort: 21315, dst: host.address, dstPort: 21315 });
    };
    result({ operation: SINC_MAX }, 4);
    result({}, 3);
    result({ loopback: false }, 4);
    result({ seq: 2 }, 4);
    result({ group: 8 }, 4);
    assert.equal(group.counters.inconsistent, 3);
    assert.equal(group.counters.stale, 1);
    assert.equal(group.counters.results, 0);
    result({}, 4);
    assert.deepEqual(await network.run(call), new Int32Array(128).fill(9));
  });

  for (const bad of [
    { window: 3 },
    { window: 0 },
    { source: 2 },
    { group: 2 ** 24 },
    { vectors: 5 },
    { operation: 16 },
    { sources: 0 },
    { firstSeq: -1 },
  ]) {
    it(`refuses ${JSON.stringify(bad)}`, () => {
      const endpoint = new SincEndpoint(new SimNetwork(1).host(address(0)));
      const good = { group: 1, source: 0, sources: 2, window: 4, destination: SERVER };
      assert.throws(
        () => new ReduceGroup(endpoint, { ...good, ...bad }),
        (error) => error instanceof HostError && error.code === 'INVALID_ARGUMENT',
      );
    });
  }
});

describe('floats over integer reduction', () => {
  const float = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e12, max: 1e12 });

  it('the exponent is the least that bounds the values', () => {
    fc.assert(
      fc.property(fc.array(float, { minLength: 1 }), (values) => {
        const exponent = blockExponent(values);
        const largest = Math.max(...values.map(Math.abs));
        assert.ok(largest < 2 ** exponent || largest === 0);
        assert.ok(exponent === -127 || largest >= 2 ** (exponent - 1));
      }),
    );
    assert.throws(() => blockExponent([1, Number.NaN]), /value 1 .*NaN/);
    assert.throws(() => blockExponent([Number.NEGATIVE_INFINITY]), HostError);
  });

  it('the shared scale leaves no room for overflow', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4096 }), float, (sources, value) => {
        const integer = quantise([value], sharedScale(blockExponent([value]), sources))[0] ?? 0;
        assert.ok(Math.abs(integer) * sources <= 2 ** 31 - 1 || Math.abs(integer) * sources === 2 ** 30);
      }),
    );
  });

  it('the sum of all sources is right to half a unit per source', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.integer({ min: 1, max: 700 }), async (seed, length) => {
        const network = new SimNetwork(seed, ROUGH);
        const sources = 3;
        const make = (group: number, operation: number) => {
          const server = `10.0.9.${group}`;
          new ReduceServer(new SincEndpoint(network.host(server)), { group, sources, window: 8, operation });
          return { group, operation, destination: server };
        };
        const sum = make(1, SINC_SUM);
        const max = make(2, SINC_MAX);
        const inputs = Array.from({ length: sources }, () =>
          Float64Array.from(
            { length },
            () => (network.random() - 0.5) * 10 ** Math.floor(network.random() * 6),
          ),
        );
        const calls = inputs.map((input, source) => {
          const endpoint = new SincEndpoint(network.host(address(source)));
          const options = { source, sources, window: 8, initialTimeoutUs: 2_000 };
          const reduce = new FloatReduce(
            new ReduceGroup(endpoint, { ...sum, ...options }),
            new ReduceGroup(endpoint, { ...max, ...options }),
          );
          return reduce.allReduce(input);
        });
        const results = await network.run(Promise.all(calls));
        for (let i = 0; i < length; i++) {
          const right = inputs.reduce((total, input) => total + (input[i] ?? 0), 0);
          const unit = 10 ** 6 / 2 ** 28;
          for (const result of results)
            assert.ok(Math.abs((result[i] ?? 0) - right) <= sources * unit, `${i}`);
        }
      }),
      { numRuns: 20 },
    );
  });
});
