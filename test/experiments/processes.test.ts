import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { packagePath } from '../../experiments/package-path.js';
import { ProcessFabric } from '../../experiments/processes/fabric.js';
import { openHost } from '../../experiments/processes/open-host.js';

/** [host, source] of every member of an in-network group. */
interface GroupAnswer {
  readonly group: number;
  readonly sources: readonly (readonly [string, number])[];
}

describe('a topology file as processes over UDP tunnels, without root', function () {
  this.timeout(120_000);

  let fabric: ProcessFabric;
  before(async () => {
    fabric = await ProcessFabric.start(packagePath('experiments/topologies/small.yaml'));
  });
  after(async () => {
    await fabric?.close();
  });

  /** Calls the service and gives how many answers each instance gave. */
  async function call(service: string, count: number): Promise<Record<string, number>> {
    const caller = await fabric.host('h1');
    const result = (await caller.ask('call', { service, count })) as {
      answered: Record<string, number>;
      wrong: number;
    };
    assert.equal(result.wrong, 0);
    return result.answered;
  }

  it('services are called by name, through a server that dies and a switch that restarts', async () => {
    for (const name of ['h2', 'h4']) {
      const host = await fabric.host(name);
      await host.ask('serve', { service: '/shop/cart', ttl_ms: 1000 });
    }
    await fabric.controller.ask('settled');
    const answered = await call('/shop/cart', 60);
    assert.deepEqual(Object.keys(answered).sort(), ['h2', 'h4']);
    assert.equal((answered['h2'] ?? 0) + (answered['h4'] ?? 0), 60);

    await fabric.killHost('h4');
    assert.equal((await call('/shop/cart', 20))['h4'], undefined);

    await fabric.restartSwitch('spine1');
    await (await fabric.host('h3')).ask('serve', { service: '/shop/till' });
    await fabric.controller.ask('settled');
    assert.deepEqual(await call('/shop/till', 20), { h3: 20 });
  });

  it('switches add up what hosts send, exactly', async () => {
    const workers = ['h1', 'h2', 'h3'];
    const destination = '10.0.2.2'; // h4
    const window = 8;
    const answer = await fabric.controller.ask('reduce', { hosts: workers, window, destination: 'h4' });
    const { group, sources } = answer as GroupAnswer;
    const shared = { group, sources: workers.length, window };
    await (await fabric.host('h4')).ask('fallback_reduce', shared);
    const results = await Promise.all(
      sources.map(async ([name, source]) => {
        const host = await fabric.host(name);
        return host.ask('reduce', { ...shared, source, values: 20_000, rounds: 2, destination });
      }),
    );
    for (const result of results) assert.equal((result as { wrong: number }).wrong, 0);
  });

  it('scripts of one’s own are hosts, each a process', async () => {
    const script = packagePath('dist/test/experiments/own-script.js');
    const started = (name: string, ...args: string[]) => {
      const { stdout } = fabric.spawn(name, script, args);
      assert.ok(stdout);
      return once(createInterface({ input: stdout }), 'line').then(([line]) => String(line));
    };
    for (const name of ['h1', 'h2', 'h3', 'h4']) await fabric.killHost(name);
    assert.equal(await started('h3', 'serve', '/own/service'), 'serves');
    await fabric.controller.ask('settled');
    assert.equal(await started('h1', 'call', '/own/service'), '/host/h1: 100000');
    const shared = { hosts: ['h1', 'h2'], window: 8, destination: 'h4' };
    const { group, sources } = (await fabric.controller.ask('reduce', shared)) as GroupAnswer;
    const place = (source: number) => [String(group), String(source), '2', '8', '10.0.2.2'];
    const sums = sources.map(([name, source]) => started(name, 'reduce', ...place(source)));
    assert.deepEqual(await Promise.all(sums), ['true', 'true']);
    assert.throws(() => fabric.spawn('h99', script), /no host 'h99'/);
    await fabric.host('h2');
    assert.throws(() => fabric.spawn('h2', script), /'h2' runs a process already; kill it first/);
  });

  it('a script that is no host of a fabric is told how to become one', async () => {
    await assert.rejects(
      openHost(),
      /SINCMESH_HOST is not set; start it with ProcessFabric\.spawn or Fabric\.popen/,
    );
  });

  it('an unknown operation, host or switch is an error that names it', async () => {
    await assert.rejects(fabric.controller.ask('juggle'), /no operation 'juggle'/);
    await assert.rejects(fabric.host('h99'), /no host 'h99'/);
    await assert.rejects(fabric.restartSwitch('leaf99'), /no switch 'leaf99'/);
  });
});
