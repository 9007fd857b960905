import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { type ControllerEvent, parseTopology } from '../../controller/index.js';
import { EmulatedFabric } from '../../experiments/fabric.js';
import { packagePath } from '../../experiments/package-path.js';
import { ReduceGroup, ReduceServer } from '../../host/index.js';

const file = packagePath('experiments/topologies/leaf-spine.yaml');
const PROBES = { intervalUs: 20_000, misses: 3 } as const;
/** Until a cut is noticed, and the switches have been told. */
const NOTICED_US = 120_000;

describe('links and switches that fail', function () {
  this.timeout(60_000);

  let fabric: EmulatedFabric;
  const events: ControllerEvent[] = [];
  beforeEach(async () => {
    events.length = 0;
    fabric = await EmulatedFabric.start({
      topology: parseTopology(readFileSync(file, 'utf8'), file),
      seed: 7,
      probeLinks: PROBES,
      log: (event) => events.push(event),
    });
  });
  afterEach(async () => {
    await fabric.close();
  });

  const links = () => fabric.controller.collections.get('links');
  const states = () =>
    events.flatMap((event) => (event.kind === 'link' ? [`${event.link} ${event.state}`] : []));

  async function pings(from: string, to: string, count: number): Promise<number> {
    let lost = 0;
    for (let i = 0; i < count; i++) {
      const ping = fabric.host(from).ping(`/host/${to}`, { deadlineUs: 20_000, attempts: 1 });
      await fabric.run(ping.catch(() => lost++));
    }
    return lost;
  }

  it('nothing is down where nothing was cut, and traffic goes', async () => {
    await fabric.run(fabric.sleep(500_000));
    assert.deepEqual(states(), []);
    assert.equal(await pings('h1', 'h12', 20), 0);
  });

  it('traffic leads round a link that was cut, and back over it when it is mended', async () => {
    fabric.cut('leaf1', 'spine1');
    await fabric.run(fabric.sleep(NOTICED_US));
    assert.deepEqual(states(), ['leaf1:11-spine1:1 down']);
    assert.equal(await pings('h1', 'h12', 30), 0);
    assert.equal(await pings('h12', 'h1', 30), 0);
    assert.deepEqual(links()?.get('leaf1:11-spine1:1')?.status, { found: 'down', used: false });

    fabric.mend('leaf1', 'spine1');
    await fabric.run(fabric.sleep(NOTICED_US));
    assert.deepEqual(states().at(-1), 'leaf1:11-spine1:1 up');
    assert.equal(await pings('h1', 'h12', 30), 0);
  });

  it('a link taken out for maintenance is left without losing a packet', async () => {
    await fabric.run(
      Promise.all([
        fabric.sleep(1),
        links()?.put('leaf4:11-spine1:4', { admin: 'down' }) ?? Promise.reject(new Error('no links')),
      ]),
    );
    const before = fabric.linkUse();
    assert.equal(await pings('h1', 'h12', 30), 0);
    const used = fabric.linkUse().flatMap(({ name, bytes }, i) => {
      return bytes > (before[i]?.bytes ?? 0) ? [name] : [];
    });
    // Probes go on over it; pings do not: 30 requests of more than 100 bytes each way.
    const of = (name: string) => {
      const at = before.findIndex((use) => use.name === name);
      return (fabric.linkUse()[at]?.bytes ?? 0) - (before[at]?.bytes ?? 0);
    };
    assert.ok(used.length > 0);
    assert.ok(of('spine2 to leaf4') > 30 * 100);
    assert.ok(of('spine1 to leaf4') < of('spine2 to leaf4'));
    const refused = async (name: string, spec: { admin: string }) => links()?.put(name, spec);
    await assert.rejects(
      refused('leaf4:11-spine1:4', { admin: 'sideways' }),
      /\/admin must be one of up, down/,
    );
    await assert.rejects(refused('leaf9:1-spine1:9', { admin: 'up' }), /no link 'leaf9:1-spine1:9'/);
  });

  it('a service has only the instances its callers can reach', async () => {
    for (const name of ['h2', 'h10']) {
      const serving = fabric
        .host(name)
        .serve('/shop/cart', () => new TextEncoder().encode(name), { ttlMs: 60_000 });
      await fabric.run(serving);
    }
    await fabric.run(fabric.sleep(10_000));
    fabric.cut('leaf4', 'spine1');
    fabric.cut('leaf4', 'spine2');
    await fabric.run(fabric.sleep(NOTICED_US));
    for (let i = 0; i < 20; i++) {
      const call = fabric
        .host('h1')
        .call('/shop/cart', new Uint8Array(1), { deadlineUs: 50_000, attempts: 1 });
      const { payload } = await fabric.run(call);
      assert.equal(new TextDecoder().decode(payload), 'h2');
    }
  });

  it('a reduce group moves off a spine that dies, and every sum is exact', async () => {
    const hosts = ['h1', 'h4', 'h7'];
    const window = 16;
    const { id, sources, tree } = await fabric.controller.groups.createReduce({
      hosts,
      operation: 'sum',
      window,
      destination: 'h12',
    });
    await fabric.settle();
    const root = tree.nodes.find((node) => node.root)?.switch ?? '';
    assert.match(root, /^spine/);
    const destination = fabric.nic('h12').address;
    const server = new ReduceServer(fabric.host('h12').sinc, { group: id, sources: hosts.length, window });
    const groups = sources.map(({ host, source }) => {
      const shared = { group: id, sources: hosts.length, window, destination, maxRetries: 400 };
      return new ReduceGroup(fabric.host(host).sinc, { ...shared, source });
    });
    const length = 40_000;
    const vector = (source: number) => Int32Array.from({ length }, (_, i) => i * (source + 1));
    const work = Promise.all(groups.map((group, source) => group.allReduce(vector(source))));
    // In the middle of it the spine falls silent on all its links.
    const dying = fabric.sleep(1000).then(() => {
      for (const leaf of ['leaf1', 'leaf2', 'leaf3', 'leaf4']) fabric.cut(leaf, root);
    });
    const [sums] = await fabric.run(Promise.all([work, dying]));
    const expected = Int32Array.from({ length }, (_, i) => i * 6);
    for (const sum of sums) assert.deepEqual(sum, expected);
    const moved = fabric.controller.groups.get(id);
    assert.ok(moved?.kind === 'reduce');
    assert.deepEqual(
      moved.tree.nodes.filter((node) => node.root).map((node) => node.switch),
      [root === 'spine1' ? 'spine2' : 'spine1'],
    );
    assert.ok(events.some((event) => event.kind === 'group' && event.group === id));
    for (const group of groups) group.close();
    server.close();
  });
});
