import assert from 'node:assert/strict';
import { HostError } from '../../host/index.js';
import { LiveFabric } from './live-fabric.js';

describe('traceroute', function () {
  this.timeout(30_000);

  it('names the switches on the way and then the owner, over the compiled program', async () => {
    const live = await LiveFabric.start();
    try {
      const service = await live.host('h3').serve('/far', ({ payload }) => payload);
      const steps = await live.host('h1').traceroute('/far');
      assert.deepEqual(
        steps.map((step) => (step.kind === 'switch' ? step.switchId : step.kind)),
        [1, 11, 2, 'owner'],
      );
      const last = steps[steps.length - 1];
      assert.ok(last?.kind === 'owner' && last.instance === service.instance && last.rttUs > 0);
      // Switches own names as well, wherever they stand.
      for (const host of ['h1', 'h2', 'h4']) {
        for (const name of ['leaf1', 'leaf2', 'spine1']) {
          const { rttUs } = await live.host(host).ping(`/fabric/switch/${name}`);
          assert.ok(rttUs > 0);
        }
      }
      const toSpine = await live.host('h1').traceroute('/fabric/switch/spine1');
      assert.deepEqual(
        toSpine.map((step) => (step.kind === 'switch' ? step.switchId : step.kind)),
        [1, 'owner'],
      );
      const toLeaf = await live.host('h1').traceroute('/fabric/switch/leaf2');
      assert.deepEqual(
        toLeaf.map((step) => (step.kind === 'switch' ? step.switchId : step.kind)),
        [1, 11, 'owner'],
      );
      await assert.rejects(
        live.host('h1').call('/fabric/switch/spine1', new Uint8Array(1)),
        (error) => error instanceof HostError && error.code === 'NACK',
      );
      await assert.rejects(
        live.host('h1').traceroute('/nowhere'),
        (error) => error instanceof HostError && error.code === 'NACK',
      );
    } finally {
      await live.close();
    }
  });
});
