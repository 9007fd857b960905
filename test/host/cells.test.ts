import assert from 'node:assert/strict';
import fc from 'fast-check';
import { CellClient, HostError, Sequencer, SincEndpoint } from '../../host/index.js';
import { emptySincHeader, encodeCell, encodeSinc, SINC_FETCH_ADD, UDP_PORT_SINC } from '../../wire/index.js';
import { CELL_GROUP, CELL_SERVER, CELL_SOURCES, cellClients } from './cell-clients.js';
import { CALM, ROUGH, SimNetwork } from './sim-network.js';

const SOURCES = CELL_SOURCES;
const GROUP = CELL_GROUP;
const SERVER = CELL_SERVER;

const code = (expected: string) => (error: unknown) => error instanceof HostError && error.code === expected;

describe('cells', () => {
  for (const [where, inSwitch] of [
    ['a switch', 64],
    ['the destination host', 0],
    ['both, each its own cells', 1],
  ] as const) {
    it(`sequencers give every number once, without a gap, in each caller's order, computed by ${where}`, async () => {
      await fc.assert(
        fc.asyncProperty(fc.nat(), fc.constantFrom(1, 0xfffffff0), async (seed, firstSeq) => {
          const network = new SimNetwork(seed, ROUGH);
          const { clients } = cellClients(network, inSwitch, { firstSeq });
          const draws = clients.map(async (client) => {
            const sequencers = [new Sequencer(client, 0), new Sequencer(client, 1)];
            const drawn: number[][] = [[], []];
            for (let i = 0; i < 15; i++) {
              for (const [cell, sequencer] of sequencers.entries()) drawn[cell]?.push(await sequencer.next());
            }
            return drawn;
          });
          const all = await network.run(Promise.all(draws));
          for (const cell of [0, 1]) {
            for (const one of all) {
              const mine = one[cell] ?? [];
              assert.deepEqual(
                mine,
                [...mine].sort((a, b) => a - b),
              );
            }
            const numbers = all.flatMap((one) => one[cell] ?? []).sort((a, b) => a - b);
            assert.deepEqual(
              numbers,
              Array.from({ length: 15 * SOURCES }, (_, i) => i),
            );
          }
        }),
        { numRuns: 25 },
      );
    });
  }

  it('add modulo 2^32 and reserve ranges', async () => {
    const network = new SimNetwork(1);
    const { clients } = cellClients(network, 4);
    const client = clients[0];
    assert.ok(client);
    assert.equal(await network.run(client.fetchAdd(3, 0xffffffff)), 0);
    assert.equal(await network.run(client.fetchAdd(3, -1)), 0xffffffff);
    assert.equal(await network.run(client.fetchAdd(3, 2)), 0xfffffffe);
    assert.equal(await network.run(client.fetchAdd(3, 0)), 0);
    const sequencer = new Sequencer(client, 2);
    assert.equal(await network.run(sequencer.next(10)), 0);
    assert.equal(await network.run(sequencer.next()), 10);
    await assert.rejects(sequencer.next(0), code('INVALID_ARGUMENT'));
  });

  it('compare-and-swap stores only where the expectation holds', async () => {
    for (const inSwitch of [4, 0]) {
      const network = new SimNetwork(2);
      const client = cellClients(network, inSwitch).clients[0];
      assert.ok(client);
      assert.equal(await network.run(client.compareSwap(0, 1, 9)), 0);
      assert.equal(await network.run(client.compareSwap(0, 0, 9)), 0);
      assert.equal(await network.run(client.compareSwap(0, 9, 0xffffffff)), 9);
      assert.equal(await network.run(client.fetchAdd(0, 0)), 0xffffffff);
    }
  });

  it('send one request at a time, in order', async () => {
    const network = new SimNetwork(3, ROUGH);
    const { clients } = cellClients(network, 4);
    const client = clients[0];
    assert.ok(client);
    let last = 0;
    const inner = network.route;
    network.route = (datagram) => {
      const seq = new DataView(datagram.bytes.buffer).getUint32(8);
      assert.ok(
        seq <= client.counters.answered + 1,
        `SeqNum ${seq} with ${client.counters.answered} answered`,
      );
      last = Math.max(last, seq);
      inner(datagram);
    };
    const answers = await network.run(Promise.all(Array.from({ length: 20 }, () => client.fetchAdd(0, 1))));
    assert.deepEqual(
      answers,
      Array.from({ length: 20 }, (_, i) => i),
    );
    assert.equal(last, 20);
  });

  it('two clients on one host keep their answers apart', async () => {
    const network = new SimNetwork(4, ROUGH);
    cellClients(network, 4);
    const endpoint = new SincEndpoint(network.host('10.0.0.1'));
    const make = (source: number) =>
      new CellClient(endpoint, {
        group: GROUP,
        source,
        sources: SOURCES,
        destination: SERVER,
        initialTimeoutUs: 2_000,
      });
    const [a, b] = [make(0), make(1)];
    const results = await network.run(
      Promise.all([...Array(10)].flatMap(() => [a.fetchAdd(0, 1), b.fetchAdd(0, 1)])),
    );
    assert.deepEqual(
      results.sort((x, y) => x - y),
      Array.from({ length: 20 }, (_, i) => i),
    );
  });

  it('end with TIMEOUT where nobody answers, and go on with the next request', async () => {
    const network = new SimNetwork(5);
    const { clients } = cellClients(network, 4, { maxRetries: 2 });
    const client = clients[0];
    assert.ok(client);
    network.faults = { ...CALM, loss: 1 };
    const lost = client.fetchAdd(0, 1);
    await assert.rejects(network.run(lost), code('TIMEOUT'));
    network.faults = CALM;
    assert.equal(await network.run(client.fetchAdd(0, 1)), 0);
  });

  it('end with CLOSED when the client is closed', async () => {
    const network = new SimNetwork(6);
    const client = cellClients(network, 4).clients[0];
    assert.ok(client);
    const calls = [client.fetchAdd(0, 1), client.fetchAdd(0, 1)];
    client.close();
    for (const outcome of await Promise.allSettled(calls)) {
      assert.ok(outcome.status === 'rejected' && code('CLOSED')(outcome.reason));
    }
    await assert.rejects(client.fetchAdd(0, 1), code('CLOSED'));
  });

  it('ignore answers that belong to another request', async () => {
    const network = new SimNetwork(7);
    const host = network.host('10.0.0.1');
    const endpoint = new SincEndpoint(host);
    const client = new CellClient(endpoint, {
      group: GROUP,
      source: 0,
      sources: 2,
      destination: SERVER,
      maxRetries: 0,
    });
    const call = client.fetchAdd(5, 1);
    const answer = (header: object, cell: object) => {
      const bytes = new Uint8Array(32);
      const base = {
        ...emptySincHeader(),
        done: true,
        group: GROUP,
        sources: 2,
        seq: 1,
        operation: SINC_FETCH_ADD,
      };
      encodeSinc({ ...base, ...header }, bytes);
      encodeCell({ index: 5, operand: 1, replacement: 0, result: 77, ...cell }, bytes, 16);
      host.arrive({ bytes, src: SERVER, srcPort: UDP_PORT_SINC, dst: host.address, dstPort: UDP_PORT_SINC });
    };
    answer({ seq: 2 }, {});
    answer({ operation: 17 }, {});
    answer({}, { index: 6 });
    answer({ source: 1 }, {});
    assert.equal(client.counters.stale, 3);
    answer({}, {});
    assert.equal(await network.run(call), 77);
  });
});
