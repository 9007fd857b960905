import assert from 'node:assert/strict';
import { EmulatedFabric } from '../../experiments/fabric.js';
import { leafSpine } from '../../experiments/leaf-spine.js';

describe('telemetry of a call', function () {
  this.timeout(60_000);
  let fabric: EmulatedFabric;
  /** Numbers of the switches by name. */
  const id = (name: string) => fabric.topology.switches.get(name)?.id;

  before(async () => {
    const topology = leafSpine({ leaves: 2, spines: 1, hostsPerLeaf: 2 });
    fabric = await EmulatedFabric.start({ topology, seed: 3 });
    await fabric.run(fabric.host('h3').serve('/svc', ({ payload }) => payload));
    await fabric.run(fabric.host('h2').serve('/near', ({ payload }) => payload));
    await fabric.settle();
  });
  after(() => fabric.close());

  it('tells switches, ports and times of the way there and the way back', async () => {
    const payload = new Uint8Array(100).fill(5);
    const result = await fabric.run(fabric.host('h1').call('/svc', payload, { telemetry: true }));
    assert.deepEqual(result.payload, payload);
    const { path } = result;
    assert.ok(path);
    const names = [...fabric.topology.switches.keys()];
    const [leaf1, leaf2] = ['h1', 'h3'].map((host) => fabric.topology.hosts.get(host)?.switch);
    const spine = names.find((name) => name !== leaf1 && name !== leaf2);
    assert.ok(leaf1 && leaf2 && spine);
    const way = [leaf1, spine, leaf2].map(id);
    assert.deepEqual(
      path.forward.map(({ switchId }) => switchId),
      way,
    );
    assert.deepEqual(
      path.back.map(({ switchId }) => switchId),
      [...way].reverse(),
    );
    assert.equal(path.dropped, 0);
    const [first, second] = path.forward;
    assert.ok(first && second);
    assert.equal(first.ingressPort, fabric.topology.hosts.get('h1')?.port);
    assert.equal(path.back.at(-1)?.egressPort, first.ingressPort);
    assert.ok(first.egressTime >= first.ingressTime && second.ingressTime >= first.egressTime);
  });

  it('comes with a probe too, and with neither a call that did not ask nor one longer than a datagram', async () => {
    const probe = await fabric.run(fabric.host('h1').probe('/near'));
    assert.equal(probe.path.forward.length, 1);
    assert.equal(probe.path.back.length, 1);
    assert.ok(probe.rttUs > 0 && probe.instance > 0);
    const plain = await fabric.run(fabric.host('h1').call('/svc'));
    assert.equal(plain.path, undefined);
    const long = await fabric.run(fabric.host('h1').call('/svc', new Uint8Array(5000), { telemetry: true }));
    assert.equal(long.payload.length, 5000);
    assert.equal(long.path, undefined);
    // Fits on its own, not with the notes.
    const nearly = await fabric.run(
      fabric.host('h1').call('/svc', new Uint8Array(1300), { telemetry: true }),
    );
    assert.equal(nearly.payload.length, 1300);
  });

  it('shows the queue in front of a link that is too slow, there and nowhere else', async () => {
    const topology = leafSpine({ leaves: 2, spines: 1, hostsPerLeaf: 2, fabricMbps: 50 });
    const slow = await EmulatedFabric.start({ topology, seed: 4 });
    try {
      await slow.run(slow.host('h3').serve('/svc', () => new Uint8Array(1)));
      await slow.settle();
      const calls = Array.from({ length: 30 }, () =>
        slow.host('h1').call('/svc', new Uint8Array(800), { telemetry: true }),
      );
      const paths = (await slow.run(Promise.all(calls))).map(({ path }) => path);
      const depths = (hop: number) => paths.map((path) => path?.forward[hop]?.queueDepth ?? -1);
      // Twenty times slower than the host's own link: almost all that came before still waits.
      assert.ok(Math.max(...depths(0)) > 20, `${depths(0)}`);
      assert.equal(Math.min(...depths(0)), 0);
      // What comes at the pace of one slow link finds the next one free, and a fast one too.
      assert.ok(Math.max(...depths(1)) <= 1, `${depths(1)}`);
      assert.ok(Math.max(...depths(2)) === 0, `${depths(2)}`);
    } finally {
      await slow.close();
    }
  });
});
