import assert from 'node:assert/strict';
import { Host, HostError } from '../../host/index.js';
import { FabricModel, SERVICE_ADDRESS } from './fabric-model.js';
import { SimNetwork } from './sim-network.js';

/** SINCMESH_KILLS=1000 for the long run. */
const KILLS = Number(process.env['SINCMESH_KILLS'] ?? 40);
const DEADLINE_US = 2_000_000;
const SERVERS = 4;

describe('servers killed at random under load', function () {
  this.timeout(600_000);

  it(`every call ends with its answer or a typed error by its deadline (${KILLS} kills)`, async () => {
    const faults = { loss: 0.01, duplicate: 0.01, minDelayUs: 20, maxDelayUs: 300 };
    const network = new SimNetwork(42, faults);
    new FabricModel(network);
    const random = (below: number) => Math.floor(network.random() * below);
    const started = (n: number) => {
      const environment = network.host(`10.0.0.${n}`);
      const host = new Host(environment, { name: `/hosts/h${n}`, serviceAddress: SERVICE_ADDRESS });
      const echo = async (payload: Uint8Array) => {
        await new Promise<void>((wake) => environment.setTimer(random(20_000), wake));
        return payload;
      };
      // Where the registry's answer is lost for good, the next start tries again.
      const ready = host
        .serve('/svc', ({ payload }) => echo(payload), { ttlMs: 300 })
        .catch((error: unknown) => assert.ok(error instanceof HostError));
      return { environment, ready };
    };
    const servers = await network.run(
      Promise.all(
        Array.from({ length: SERVERS }, async (_, i) => {
          const server = started(i + 1);
          await server.ready;
          return server;
        }),
      ),
    );
    const client = new Host(network.host('10.0.1.1'), { name: '/hosts/c', serviceAddress: SERVICE_ADDRESS });
    const sleep = (us: number) => new Promise<void>((wake) => network.schedule(us, wake));

    let killing = true;
    const outcomes = new Map<string, number>();
    const caller = async () => {
      while (killing) {
        const payload = new Uint8Array(random(3) === 0 ? random(200_000) : random(2000)).fill(7);
        const begun = network.now();
        let outcome = 'answered';
        try {
          const answer = await client.call('/svc', payload, { deadlineUs: DEADLINE_US });
          assert.equal(answer.payload.length, payload.length);
        } catch (error) {
          assert.ok(error instanceof HostError, String(error));
          outcome = error.code;
        }
        const took = network.now() - begun;
        assert.ok(took <= DEADLINE_US + 1000, `${outcome} after ${took} µs`);
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
        await sleep(random(2000));
      }
    };
    const killer = async () => {
      for (let i = 0; i < KILLS; i++) {
        await sleep(random(60_000));
        const victim = random(SERVERS);
        servers[victim]?.environment.die();
        await sleep(random(60_000));
        servers[victim] = started(victim + 1);
      }
      killing = false;
    };
    await network.run(
      Promise.all([killer(), ...Array.from({ length: 20 }, caller)]),
      KILLS * 200_000 + 10_000_000,
    );
    const answered = outcomes.get('answered') ?? 0;
    const all = [...outcomes.values()].reduce((sum, count) => sum + count, 0);
    assert.ok(answered > all / 2, `${answered} of ${all} answered: ${JSON.stringify([...outcomes])}`);
    assert.ok(all > answered, 'no call was hit: the test tests nothing');
  });
});
