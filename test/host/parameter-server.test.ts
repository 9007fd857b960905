import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  PARAMETER_SERVER_PORT,
  ParameterServer,
  ParameterWorker,
} from '../../experiments/parameter-server.js';
import { HostError } from '../../host/index.js';
import { CALM, ROUGH, SimNetwork } from './sim-network.js';

const SERVER = '10.0.9.9';

function setUp(network: SimNetwork, workers: number, options: { maxRetries?: number } = {}) {
  const server = new ParameterServer(network.host(SERVER), workers);
  const all = Array.from({ length: workers }, (_, worker) => {
    const environment = network.host(`10.0.0.${worker + 1}`);
    return new ParameterWorker(environment, { worker, server: SERVER, window: 4, ...options });
  });
  return { server, workers: all };
}

describe('parameter server', () => {
  it('is exact, round after round, under loss, duplication and reordering', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(),
        fc.integer({ min: 1, max: 5 }),
        fc.array(fc.integer({ min: 0, max: 4000 }), { minLength: 1, maxLength: 3 }),
        async (seed, count, lengths) => {
          const network = new SimNetwork(seed, ROUGH);
          const { workers } = setUp(network, count, { maxRetries: 400 });
          for (const length of lengths) {
            const inputs = workers.map(() =>
              Int32Array.from({ length }, () => Math.floor(network.random() * 0x100000000) | 0),
            );
            const right = new Int32Array(length);
            for (const input of inputs)
              for (let i = 0; i < length; i++) right[i] = (right[i] ?? 0) + (input[i] ?? 0);
            const calls = workers.map((worker, i) => worker.allReduce(inputs[i] ?? new Int32Array(0)));
            for (const result of await network.run(Promise.all(calls))) assert.deepEqual(result, right);
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('fills segments of 1400 bytes and sends each once where nothing is lost', async () => {
    const network = new SimNetwork(1, CALM);
    const { server, workers } = setUp(network, 2);
    const sizes: number[] = [];
    network.route = (datagram) => {
      sizes.push(datagram.bytes.length);
      network.deliver(datagram);
    };
    await network.run(Promise.all(workers.map((worker) => worker.allReduce(new Int32Array(346 * 10)))));
    assert.deepEqual(new Set(sizes), new Set([1400]));
    assert.equal(sizes.length, 2 * 10 + 2 * 10);
    assert.equal(server.counters.repeated, 0);
  });

  it('survives any datagram', async () => {
    const network = new SimNetwork(2, CALM);
    const { server, workers } = setUp(network, 2);
    const send = network.host('10.0.0.77').openSocket(0);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        send.send(bytes, SERVER, PARAMETER_SERVER_PORT);
        send.send(bytes, '10.0.0.1', 49152);
      }),
    );
    await network.sleep(1_000);
    assert.ok(server.counters.refused > 0);
    const calls = workers.map((worker) => worker.allReduce(new Int32Array(1000).fill(2)));
    for (const result of await network.run(Promise.all(calls)))
      assert.ok(result.every((value) => value === 4));
  });

  it('ends with TIMEOUT where a worker is missing, and with CLOSED where it is closed', async () => {
    const network = new SimNetwork(3, CALM);
    const { workers } = setUp(network, 3, { maxRetries: 3 });
    const [first, second] = workers;
    assert.ok(first && second);
    const timeout = first.allReduce(new Int32Array(10));
    await assert.rejects(
      network.run(timeout),
      (error) => error instanceof HostError && error.code === 'TIMEOUT',
    );
    const closed = second.allReduce(new Int32Array(10));
    second.close();
    await assert.rejects(closed, (error) => error instanceof HostError && error.code === 'CLOSED');
  });
});
