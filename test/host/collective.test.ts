import assert from 'node:assert/strict';
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

  it('hold everybody at a barrier until the last has come', async () => {
    const { network, all } = collectives(2);
    let arrived = 0;
    const passed = all.map(async ({ collective }, i) => {
      await new Promise<void>((wake) => network.schedule(i * 50_000, wake));
      arrived++;
      await collective.barrier();
      assert.equal(arrived, SOURCES);
    });
    await network.run(Promise.all(passed));
  });

  it('give everybody the bytes of the root, whichever it is and however many', async () => {
    const { network, all } = collectives(3);
    for (const [root, length] of [
      [0, 1],
      [2, 1001],
      [3, 20_000],
    ] as const) {
      const sent = Uint8Array.from({ length }, (_, i) => (i * 7 + root) & 0xff);
      const got = await network.run(
        Promise.all(
          all.map(({ collective }, i) =>
            collective.broadcast(i === root ? sent.slice() : new Uint8Array(length), root),
          ),
        ),
      );
      for (const bytes of got) assert.deepEqual(bytes, sent);
    }
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
