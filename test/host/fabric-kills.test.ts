import assert from 'node:assert/strict';
import { EmulatedFabric } from '../../experiments/fabric.js';
import { leafSpine } from '../../experiments/leaf-spine.js';
import { CellClient, HostError, KvClient, KvServer, ReduceGroup } from '../../host/index.js';

/** SINCMESH_FABRIC_KILLS=1000 for the long run. */
const KILLS = Number(process.env['SINCMESH_FABRIC_KILLS'] ?? 12);
const DEADLINE_US = 1_000_000;
/** Reductions and cells have no deadline but a number of timeouts, each at most so long: the bound that follows. */
const GROUP_US = 3_000_000;
const SERVERS = ['h2', 'h5', 'h8'];
const CALLERS = ['h1', 'h4', 'h7'];
/** Kills after which the fabric is built anew: a host that died stays dead. */
const PER_LIFE = 12;

/** What became of whatever was asked, by kind and outcome. */
type Outcomes = Map<string, number>;

describe('switches and hosts of the whole fabric killed at random under load', function () {
  this.timeout(Math.max(120_000, KILLS * 10_000));

  it(`every call, reduction, operation on cells and keys ends in time, answered or with a typed error (${KILLS} kills)`, async () => {
    const outcomes: Outcomes = new Map();
    for (let done = 0, seed = 1; done < KILLS; done += PER_LIFE, seed++) {
      await live(seed, Math.min(PER_LIFE, KILLS - done), outcomes);
    }
    const text = JSON.stringify(Object.fromEntries(outcomes));
    for (const kind of ['call', 'long call', 'stream', 'get', 'put', 'cells', 'reduce']) {
      assert.ok((outcomes.get(`${kind}: answered`) ?? 0) > 0, `no ${kind} was answered: ${text}`);
    }
    const failed = [...outcomes].filter(([what]) => !what.endsWith('answered'));
    assert.ok(failed.length > 0, `nothing was hit, so nothing was tested: ${text}`);
  });
});

async function live(seed: number, kills: number, outcomes: Outcomes): Promise<void> {
  const topology = leafSpine({ leaves: 3, spines: 2, hostsPerLeaf: 3 });
  const fabric = await EmulatedFabric.start({ topology, seed });
  try {
    fabric.disturb({ loss: 0.005, duplicate: 0.005, reorder: 0.02 });
    let state = seed;
    const random = (below: number) => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return Math.floor((state / 0x100000000) * below);
    };
    for (const name of SERVERS) {
      await fabric.run(fabric.host(name).serve('/svc', ({ payload }) => payload, { ttlMs: 500 }));
      await fabric.run(
        fabric.host(name).serveStreams('/echo', async (exchange) => {
          for await (const bytes of exchange) await exchange.write(bytes);
        }),
      );
    }
    await fabric.run(KvServer.start(fabric.host('h9'), '/kv'));
    const cells = await fabric.controller.groups.createCells({ hosts: CALLERS, cells: 4, destination: 'h3' });
    const reduce = await fabric.controller.groups.createReduce({
      hosts: CALLERS,
      operation: 'sum',
      window: 8,
      destination: 'h3',
    });
    await fabric.settle();
    const destination = fabric.nic('h3').address;
    const quick = { maxRetries: 8, maxTimeoutUs: 100_000, destination, sources: CALLERS.length };

    let working = true;
    const one = async (kind: string, limitUs: number, work: () => Promise<unknown>) => {
      const begun = fabric.emulator.now();
      let outcome = 'answered';
      try {
        await work();
      } catch (error) {
        assert.ok(error instanceof HostError, `${kind}: ${String(error)}`);
        outcome = error.code;
      }
      const took = fabric.emulator.now() - begun;
      assert.ok(took <= limitUs + 1000, `${kind}: ${outcome} after ${took} µs`);
      outcomes.set(`${kind}: ${outcome}`, (outcomes.get(`${kind}: ${outcome}`) ?? 0) + 1);
    };
    const callers = CALLERS.map(async (name, source) => {
      const host = fabric.host(name);
      const kv = new KvClient(host, '/kv', { deadlineUs: DEADLINE_US });
      const cellClient = new CellClient(host.sinc, { ...quick, group: cells.id, source });
      const loops = [
        async () => {
          await one('call', DEADLINE_US, () =>
            host.call('/svc', new Uint8Array(random(1000)), { deadlineUs: DEADLINE_US }),
          );
        },
        async () => {
          await one('long call', DEADLINE_US, () =>
            host.call('/svc', new Uint8Array(30_000), { deadlineUs: DEADLINE_US }),
          );
        },
        async () => {
          await one('stream', DEADLINE_US, async () => {
            const exchange = host.open('/echo', { deadlineUs: DEADLINE_US });
            await exchange.write(new Uint8Array(5_000));
            exchange.end();
            assert.equal((await exchange.collect(10_000)).length, 5_000);
          });
        },
        async () => {
          const key = `k${random(10)}`;
          if (random(2) === 0) await one('put', DEADLINE_US, () => kv.put(key, new Uint8Array(20)));
          else await one('get', DEADLINE_US, () => kv.get(key));
        },
        async () => {
          await one('cells', GROUP_US, () => cellClient.fetchAdd(source, 1));
        },
      ];
      await Promise.all(
        loops.map(async (loop) => {
          while (working) {
            await loop();
            await fabric.sleep(random(20_000));
          }
        }),
      );
    });
    const reductions = async () => {
      for (let firstSeq = 0; working; firstSeq += 0x100000) {
        const groups = CALLERS.map((name, source) => {
          return new ReduceGroup(fabric.host(name).sinc, {
            ...quick,
            group: reduce.id,
            source,
            window: 8,
            firstSeq,
          });
        });
        let failed = false;
        while (working && !failed) {
          await Promise.all(
            groups.map((group) =>
              one('reduce', GROUP_US, async () => {
                try {
                  await group.allReduce(new Int32Array(3_000).fill(1));
                } catch (error) {
                  failed = true;
                  throw error;
                }
              }),
            ),
          );
          await fabric.sleep(random(20_000));
        }
        for (const group of groups) group.close();
      }
    };
    const load = Promise.all([...callers, reductions()]);
    load.catch(() => undefined);
    // Real time has to pass for a switch to be programmed, so kills are made between stretches of virtual time.
    const victims = [...topology.switches.keys()];
    for (let i = 0; i < kills; i++) {
      await fabric.run(fabric.sleep(20_000 + random(60_000)));
      const isHost = i % 4 === 3;
      if (isHost) {
        // One server stays.
        const victim = SERVERS[Math.floor(i / 4)];
        if (victim !== undefined && victim !== SERVERS.at(-1)) fabric.kill(victim);
        continue;
      }
      const victim = victims[random(victims.length)];
      assert.ok(victim !== undefined);
      await fabric.restart(victim);
      await fabric.run(fabric.sleep(random(300_000)));
      await fabric.reprogram(victim);
    }
    await fabric.run(fabric.sleep(500_000));
    working = false;
    await fabric.run(load);
  } finally {
    await fabric.close();
  }
}
