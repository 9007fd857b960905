import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  CellClient,
  Host,
  HostError,
  meetSources,
  ReduceGroup,
  ReduceRendezvous,
  SincEndpoint,
} from '../../host/index.js';
import { SINC_SUM } from '../../wire/index.js';
import { CELL_GROUP, CELL_SERVER, CELL_SOURCES, cellClients } from './cell-clients.js';
import { FabricModel, SERVICE_ADDRESS } from './fabric-model.js';
import { address, REDUCE_GROUP, REDUCE_SERVER, reduceSources, type Where } from './reduce-sources.js';
import { ROUGH, SimNetwork } from './sim-network.js';

const code = (expected: string) => (error: unknown) => error instanceof HostError && error.code === expected;
const MEETING = '/reduce/meet';
const WINDOW = 4;
const OPTIONS = { maxRetries: 8, maxTimeoutUs: 20_000 };

describe('a reduce group whose source has restarted', () => {
  it('fails with TIMEOUT, meets, and is exact again, also the call after', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(),
        fc.constantFrom<Where>('switch', 'tree', 'host'),
        fc.integer({ min: 100, max: 10_000 }),
        fc.constantFrom(0, 0xfffffff0),
        async (seed, where, at, firstSeq) => {
          const network = new SimNetwork(seed, ROUGH);
          const fabric = new FabricModel(network);
          fabric.addRoute(MEETING, '10.0.8.0');
          const sources = 3;
          const options = { ...OPTIONS, firstSeq };
          const setting = { where, sources, window: WINDOW, operation: SINC_SUM, options };
          const { groups } = reduceSources(network, setting);
          const hosts = Array.from({ length: sources + 1 }, (_, n) => {
            const name = `/hosts/m${n}`;
            return new Host(network.host(`10.0.8.${n}`), { name, serviceAddress: SERVICE_ADDRESS });
          });
          const [place, ...own] = hosts;
          assert.ok(place);
          const service = { register: false };
          const meeting = await ReduceRendezvous.start(place, MEETING, { sources, window: WINDOW }, service);
          const calls = groups.map((group) => group.allReduce(new Int32Array(128 * 60).fill(1)));
          // The first source dies in the middle of it and comes back with nothing.
          network.schedule(at, () => groups[0]?.close());
          for (const outcome of await network.run(Promise.allSettled(calls), 1e9)) {
            assert.ok(outcome.status === 'rejected' || outcome.value.every((value) => value === sources));
          }
          const renewed = groups.map(async (group, source) => {
            const host = own[source];
            assert.ok(host);
            if (source > 0) {
              group.renew(await meetSources(host, MEETING, group));
              return group;
            }
            const endpoint = new SincEndpoint(network.host(address(0)));
            const again = await meetSources(host, MEETING, { source });
            return new ReduceGroup(endpoint, {
              group: REDUCE_GROUP,
              source,
              sources,
              window: WINDOW,
              destination: REDUCE_SERVER,
              initialTimeoutUs: 2_000,
              maxRetries: 400,
              maxTimeoutUs: 20_000,
              firstSeq: again,
            });
          });
          const fresh = await network.run(Promise.all(renewed), 1e9);
          assert.equal(meeting.met, 1);
          for (const length of [500, 128 * 30]) {
            const sums = await network.run(
              Promise.all(fresh.map((group, s) => group.allReduce(new Int32Array(length).fill(s + 1)))),
              1e9,
            );
            for (const sum of sums) assert.ok(sum.every((value) => value === 6));
          }
        },
      ),
      { numRuns: 30 },
    );
  });

  it('refuses to go back, and to open again what was closed', () => {
    const network = new SimNetwork(1);
    const { groups } = reduceSources(network, { where: 'host', sources: 2, window: 2, operation: SINC_SUM });
    const [group] = groups;
    assert.ok(group);
    const call = group.allReduce(new Int32Array(128));
    assert.equal(group.nextSeq, 1);
    assert.throws(() => group.renew(0), code('INVALID_ARGUMENT'));
    group.renew(10);
    assert.equal(group.nextSeq, 10);
    group.close();
    assert.throws(() => group.renew(20), code('CLOSED'));
    return assert.rejects(call, code('TIMEOUT'));
  });
});

describe('a meeting place', () => {
  it('refuses what is no question, and tells a source that the others do not come', async () => {
    const network = new SimNetwork(2);
    new FabricModel(network).addRoute(MEETING, '10.0.8.0');
    const [place, host] = [0, 1].map((n) => {
      const name = `/hosts/m${n}`;
      return new Host(network.host(`10.0.8.${n}`), { name, serviceAddress: SERVICE_ADDRESS });
    });
    assert.ok(place && host);
    await ReduceRendezvous.start(place, MEETING, { sources: 2, window: 4 }, { register: false });
    const options = { attempts: 1, deadlineUs: 100_000 };
    for (const bad of ['', '[]', '{"source":-1}', '{"source":2}', '{"source":0,"next":"x"}']) {
      await assert.rejects(
        network.run(host.call(MEETING, new TextEncoder().encode(bad), options)),
        code('NACK'),
      );
    }
    await assert.rejects(network.run(meetSources(host, MEETING, { source: 0 }, options)), code('TIMEOUT'));
  });
});

describe('a cell client that has restarted', () => {
  it('finds a SeqNum that is newer than all its predecessor sent', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(),
        fc.integer({ min: 0, max: 0xffffffff }),
        fc.integer({ min: 0, max: 0xffffffff }),
        async (seed, predecessors, own) => {
          const network = new SimNetwork(seed, { ...ROUGH, loss: 0.02 });
          const { clients, hosts } = cellClients(network, 64, { firstSeq: predecessors });
          const before = clients[0];
          assert.ok(before);
          for (let i = 0; i < 3; i++) await network.run(before.fetchAdd(3, 1));
          const [host] = hosts;
          assert.ok(host);
          const after = new CellClient(new SincEndpoint(host), {
            group: CELL_GROUP,
            source: 0,
            sources: CELL_SOURCES,
            destination: CELL_SERVER,
            initialTimeoutUs: 2_000,
            maxRetries: 100,
            firstSeq: own,
          });
          await network.run(after.resume(), 1e9);
          assert.equal(await network.run(after.fetchAdd(3, 1)), 3);
          assert.equal(await network.run(after.fetchAdd(3, 1)), 4);
        },
      ),
      { numRuns: 50 },
    );
  });
});
