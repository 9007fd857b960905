import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  Collective,
  FloatReduce,
  HostError,
  ReduceGroup,
  ReduceServer,
  SincEndpoint,
} from '../../host/index.js';
import { SINC_MAX, SINC_SUM } from '../../wire/index.js';
import { ROUGH, SimNetwork } from './sim-network.js';

const SERVER = '10.0.9.9';
const SOURCES = 4;

function collectives(seed: number) {
  const network = new SimNetwork(seed, ROUGH);
  const server = new SincEndpoint(network.host(SERVER));
  const common = { sources: SOURCES, window: 4 };
  for (const [group, operation] of [
    [1, SINC_SUM],
    [2, SINC_MAX],
  ] as const) {
    new ReduceServer(server, { ...common, group, operation });
  }
  const all = Array.from({ length: SOURCES }, (_, source) => {
    const endpoint = new SincEndpoint(network.host(`10.0.0.${source + 1}`));
    const options = { ...common, source, destination: SERVER, initialTimeoutUs: 2_000 };
    const sum = new ReduceGroup(endpoint, { ...options, group: 1, operation: SINC_SUM });
    const max = new ReduceGroup(endpoint, { ...options, group: 2, operation: SINC_MAX });
    return { sum, collective: new Collective(sum, new FloatReduce(sum, max)) };
  });
  return { network, all };
}

describe('collective operations', () => {
  it('sum floats and integers, through faults', async () => {
    const { network, all } = collectives(1);
    const floats = await network.run(
      Promise.all(all.map(({ collective }, i) => collective.allReduce(Float32Array.of(0.5, i, -1000 * i)))),
    );
    for (const result of floats) {
      assert.ok(result instanceof Float32Array);
      [2, 6, -6000].forEach((right, i) => {
        assert.ok(Math.abs((result[i] ?? Number.NaN) - right) < 1e-3, `${result[i]}`);
      });
    }
    const integers = await network.run(
      Promise.all(all.map(({ collective }, i) => collective.allReduce(Int32Array.of(i, 7)))),
    );
    for (const result of integers) assert.deepEqual(result, Int32Array.of(6, 28));
  });

  it('hold everybody at each barrier until the last has come, on bad links, whoever is slow', async () => {
    const delays = fc.array(fc.array(fc.nat(60_000), { minLength: SOURCES, maxLength: SOURCES }), {
      minLength: 1,
      maxLength: 6,
    });
    await fc.assert(
      fc.asyncProperty(fc.nat(), delays, async (seed, rounds) => {
        const { network, all } = collectives(seed);
        const arrived = rounds.map(() => 0);
        const passed = rounds.map(() => 0);
        await network.run(
          Promise.all(
            all.map(async ({ collective }, source) => {
              for (const [round, waits] of rounds.entries()) {
                await new Promise<void>((wake) => network.schedule(waits[source] ?? 0, wake));
                arrived[round] = (arrived[round] ?? 0) + 1;
                await collective.barrier();
                assert.equal(arrived[round], SOURCES, `passed barrier ${round} before everybody had come`);
                passed[round] = (passed[round] ?? 0) + 1;
              }
            }),
          ),
        );
        assert.deepEqual(new Set(passed), new Set([SOURCES]));
      }),
      { numRuns: 60 },
    );
  });

  it('give everybody the bytes of the root, call after call, whichever it is and however many, on bad links', async () => {
    const call = fc.tuple(fc.nat(SOURCES - 1), fc.uint8Array({ maxLength: 3000 }));
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.array(call, { minLength: 1, maxLength: 5 }), async (seed, calls) => {
        const { network, all } = collectives(seed);
        // All calls at once: sources run ahead of one another.
        const got = await network.run(
          Promise.all(
            all.map(({ collective }, source) =>
              Promise.all(
                calls.map(([root, bytes]) =>
                  collective.broadcast(source === root ? bytes.slice() : new Uint8Array(bytes.length), root),
                ),
              ),
            ),
          ),
        );
        for (const each of got)
          for (const [i, bytes] of each.entries()) assert.deepEqual(bytes, calls[i]?.[1]);
      }),
      { numRuns: 60 },
    );
  });

  it('refuse a root that is no source, and floats without a second group', async () => {
    const { all } = collectives(4);
    const [first] = all;
    assert.ok(first !== undefined);
    const invalid = (error: unknown) => error instanceof HostError && error.code === 'INVALID_ARGUMENT';
    await assert.rejects(first.collective.broadcast(new Uint8Array(4), SOURCES), invalid);
    await assert.rejects(new Collective(first.sum).allReduce(Float32Array.of(1)), invalid);
  });
});
