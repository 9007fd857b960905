import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  AheadReduce,
  Collective,
  FloatReduce,
  type FloatReducer,
  HostError,
  type ReduceGroup,
} from '../../host/index.js';
import { SINC_MAX, SINC_SUM, SINC_SUM_AHEAD } from '../../wire/index.js';
import { reduceSources, type Setting } from './reduce-sources.js';
import { ROUGH, SimNetwork } from './sim-network.js';

const PATIENT = { maxRetries: 400, maxTimeoutUs: 20_000 } as const;
const floats = (network: SimNetwork, length: number, decades: number) =>
  Float32Array.from({ length }, () => (network.random() - 0.5) * 10 ** (decades * (network.random() - 0.5)));

/** Every element's error is at most half a unit of its block's scale for each source. */
function checkSums(inputs: readonly Float32Array[], sums: readonly ArrayLike<number>[], block: number): void {
  const length = inputs[0]?.length ?? 0;
  for (let from = 0; from < length; from += block) {
    const to = Math.min(length, from + block);
    const largest = Math.max(...inputs.flatMap((input) => [...input.subarray(from, to)].map(Math.abs)));
    // sharedScale leaves 30 bits less those for the number of sources.
    const unit = 2 * largest * 2 ** (Math.ceil(Math.log2(inputs.length)) - 30);
    for (let i = from; i < to; i++) {
      const right = inputs.reduce((sum, input) => sum + (input[i] ?? 0), 0);
      for (const sum of sums) {
        const error = Math.abs((sum[i] ?? 0) - right);
        assert.ok(error <= (inputs.length / 2) * unit, `element ${i}: ${sum[i]} for ${right}`);
      }
    }
  }
}

describe('floats with the exponent one block ahead', () => {
  it('are right to half a unit of their own block, through faults, by switch, tree and host', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          seed: fc.nat(),
          where: fc.constantFrom<Setting['where']>('switch', 'tree', 'host'),
          sources: fc.integer({ min: 2, max: 6 }),
          window: fc.constantFrom(1, 2, 4),
          vectors: fc.integer({ min: 1, max: 4 }),
          lengths: fc.array(fc.integer({ min: 0, max: 1500 }), { minLength: 1, maxLength: 3 }),
        }),
        async ({ seed, lengths, vectors, ...setting }) => {
          const network = new SimNetwork(seed, ROUGH);
          const options = { ...PATIENT, vectors };
          const { groups } = reduceSources(network, { ...setting, operation: SINC_SUM_AHEAD, options });
          const reducers = groups.map((group) => new AheadReduce(group));
          for (const length of lengths) {
            const inputs = groups.map(() => floats(network, length, 12));
            const calls = reducers.map((reducer, i) => reducer.allReduce(inputs[i] ?? new Float32Array(0)));
            checkSums(inputs, await network.run(Promise.all(calls)), 31);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('take no more rounds than a pass for exponents and one for values, with blocks an eighth as long', async () => {
    const length = 31 * 4 * 80;
    const measured = async (make: (network: SimNetwork, source: number) => AheadReduce | FloatReduce) => {
      const network = new SimNetwork(3);
      const reducers = [0, 1, 2, 3].map((source) => make(network, source));
      const inputs = reducers.map(() => floats(network, length, 4));
      const calls = reducers.map((reducer, i) => reducer.allReduce(inputs[i] ?? new Float32Array(0)));
      const sums = await network.run(Promise.all(calls));
      checkSums(inputs, sums, reducers[0] instanceof AheadReduce ? 31 : 256);
      let error = 0;
      for (let i = 0; i < length; i++) {
        const right = inputs.reduce((sum, input) => sum + (input[i] ?? 0), 0);
        error += Math.abs((sums[0]?.[i] ?? 0) - right);
      }
      return { rounds: network.now() / 20, error };
    };
    const groupsOf = new Map<SimNetwork, Map<number, readonly ReduceGroup[]>>();
    const groupFor = (network: SimNetwork, operation: number, source: number): ReduceGroup => {
      const byOperation = groupsOf.get(network) ?? new Map<number, readonly ReduceGroup[]>();
      groupsOf.set(network, byOperation);
      const setting: Setting = { where: 'switch', sources: 4, window: 8, operation };
      const groups = byOperation.get(operation) ?? reduceSources(network, setting, operation).groups;
      byOperation.set(operation, groups);
      const group = groups[source];
      assert.ok(group);
      return group;
    };
    const ahead = await measured((n, source) => new AheadReduce(groupFor(n, SINC_SUM_AHEAD, source)));
    const twoPass = await measured(
      (n, source) => new FloatReduce(groupFor(n, SINC_SUM, source), groupFor(n, SINC_MAX, source)),
    );
    // 80 packets in windows of 8, and one window for the first exponents; 78 packets, and a pass for 39 exponents.
    assert.equal(ahead.rounds, 10 + 1);
    assert.equal(twoPass.rounds, 10 + 1);
    assert.ok(ahead.error < 0.9 * twoPass.error, `${ahead.error} and ${twoPass.error}`);
  });

  it('carry a Collective, and refuse groups of another operation and what is no number', async () => {
    const network = new SimNetwork(4, ROUGH);
    const common = { where: 'switch', sources: 3, window: 4, options: PATIENT } as const;
    const { groups } = reduceSources(network, { ...common, operation: SINC_SUM_AHEAD });
    const { groups: sums } = reduceSources(network, { ...common, operation: SINC_SUM }, 8);
    const collectives = groups.map((group, i) => new Collective(sums[i] ?? group, new AheadReduce(group)));
    const results = await network.run(
      Promise.all(collectives.map((each, i) => each.allReduce(Float32Array.of(0.5 * i, -2, 1e-3)))),
    );
    for (const result of results) {
      assert.ok(result instanceof Float32Array);
      assert.ok(Math.abs((result[0] ?? 0) - 1.5) < 1e-6 && Math.abs((result[2] ?? 0) - 3e-3) < 1e-6);
    }
    const [sum] = sums;
    const [ahead] = groups;
    assert.ok(sum && ahead);
    assert.throws(() => new AheadReduce(sum), HostError);
    await assert.rejects(new AheadReduce(ahead).allReduce(Float32Array.of(Number.NaN)), HostError);
  });
});

/** Bits behind the point that every float32, and every sum of a float reduction, can do with. */
const POINT = 160;

/** A finite double in fixed point, exactly. */
function fixed(value: number): bigint {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const exponent = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & ((1n << 52n) - 1n);
  const size = exponent === 0 ? fraction : fraction | (1n << 52n);
  const shift = Math.max(1, exponent) - 1075 + POINT;
  const scaled = shift >= 0 ? size << BigInt(shift) : size >> BigInt(-shift);
  assert.ok(shift >= 0 || scaled << BigInt(-shift) === size, `${value} has bits behind the point`);
  return value < 0 ? -scaled : scaled;
}

describe('the error of a float reduction', () => {
  const finite = fc.float({ noNaN: true, noDefaultInfinity: true });
  const source = (length: number) => fc.array(finite, { minLength: length, maxLength: length });
  const inputs = fc
    .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 300 }))
    .chain(([sources, length]) => fc.array(source(length), { minLength: sources, maxLength: sources }));
  const reducers: readonly [string, number, (network: SimNetwork, sources: number) => FloatReducer[]][] = [
    [
      'AheadReduce',
      31,
      (network, sources) =>
        reduceSources(network, {
          where: 'switch',
          sources,
          window: 2,
          operation: SINC_SUM_AHEAD,
          options: { vectors: 1 },
        }).groups.map((group) => new AheadReduce(group)),
    ],
    [
      'FloatReduce',
      256,
      (network, sources) => {
        const common = { where: 'switch', sources, window: 4 } as const;
        const sums = reduceSources(network, { ...common, operation: SINC_SUM }, 8).groups;
        const most = reduceSources(network, { ...common, operation: SINC_MAX }, 9).groups;
        return sums.map((sum, i) => new FloatReduce(sum, most[i] ?? sum));
      },
    ],
  ];
  for (const [name, block, make] of reducers) {
    it(`is within what is documented, against exact sums, for every float32 (${name})`, async () => {
      await fc.assert(
        fc.asyncProperty(inputs, async (rows) => {
          const network = new SimNetwork(1);
          const sources = rows.length;
          const given = make(network, sources).map((reducer, i) =>
            reducer.allReduce(Float32Array.from(rows[i] ?? [])),
          );
          const results = await network.run(Promise.all(given));
          const length = rows[0]?.length ?? 0;
          for (let from = 0; from < length; from += block) {
            const to = Math.min(length, from + block);
            const sizes = rows.flatMap((row) => row.slice(from, to)).map(Math.abs);
            let e = -127;
            while (Math.max(...sizes) >= 2 ** e) e++;
            const bound = sources * 2 ** (e + Math.ceil(Math.log2(sources)) - 31);
            for (let i = from; i < to; i++) {
              const exact = rows.reduce((sum, row) => sum + fixed(row[i] ?? 0), 0n);
              for (const result of results) {
                const off = fixed(result[i] ?? Number.NaN) - exact;
                assert.ok(
                  (off < 0n ? -off : off) <= fixed(bound),
                  `element ${i}: ${result[i]}, bound ${bound}`,
                );
              }
            }
          }
        }),
        { numRuns: 60 },
      );
    });
  }
});

describe('sums that leave int32', () => {
  for (const saturating of [false, true]) {
    it(`${saturating ? 'saturate' : 'wrap'} and say so, by switch, tree and host`, async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.nat(),
          fc.constantFrom<Setting['where']>('switch', 'tree', 'host'),
          fc.array(fc.integer({ min: 0, max: 2 ** 31 - 1 }), { minLength: 2, maxLength: 4 }),
          async (seed, where, each) => {
            const network = new SimNetwork(seed, ROUGH);
            const { groups } = reduceSources(network, {
              where,
              sources: each.length,
              window: 2,
              operation: SINC_SUM,
              saturating,
              options: PATIENT,
            });
            const total = each.reduce((sum, value) => sum + value, 0);
            const calls = groups.map((group, i) => group.reduce(Int32Array.of(each[i] ?? 0, 1)));
            for (const { values, overflow } of await network.run(Promise.all(calls))) {
              assert.equal(values[0], saturating ? Math.min(total, 2 ** 31 - 1) : total | 0);
              assert.equal(values[1], each.length);
              assert.equal(overflow, total > 2 ** 31 - 1);
            }
            const overflowed = groups.map(({ counters }) => counters.overflowed);
            assert.deepEqual(new Set(overflowed), new Set([total > 2 ** 31 - 1 ? 1 : 0]));
          },
        ),
        { numRuns: 60 },
      );
    });
  }
});
