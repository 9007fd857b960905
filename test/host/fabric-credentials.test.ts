import assert from 'node:assert/strict';
import { EmulatedFabric } from '../../experiments/fabric.js';
import { leafSpine } from '../../experiments/leaf-spine.js';
import { HostError } from '../../host/index.js';
import { NackReason } from '../../wire/index.js';

const denied = (error: unknown) => error instanceof HostError && error.reason === NackReason.DENIED;

describe('hosts that sign, in a fabric that admits by name', function () {
  this.timeout(60_000);

  it('serve and call under names that need a tag, over a rotation too; whoever cannot sign is refused', async () => {
    const plain = leafSpine({ leaves: 2, spines: 1, hostsPerLeaf: 2 });
    const topology = { ...plain, fabric: { ...plain.fabric, admission: 'names' as const } };
    const fabric = await EmulatedFabric.start({ topology, seed: 9 });
    try {
      const { grants, credentials } = fabric.controller.spa;
      const [server, client] = [fabric.host('h3'), fabric.host('h1')];
      await grants.put('bank', { prefix: '/bank', host: 'h3', tag: true });
      await grants.put('caller', { prefix: '/host/h1', host: 'h1', tag: true });
      await fabric.settle();
      // No credential yet: even the request under the host's own name is refused now.
      await assert.rejects(fabric.run(client.call('/bank/teller')), denied);
      for (const host of ['h1', 'h3']) {
        const { status } = await credentials.put(host, { host, overlapMs: 60_000 });
        const { keyId, key } = status as { keyId: number; key: string };
        const prefix = `/host/${host}`;
        fabric.host(host).credentials.add({ prefix, keyId, key: Uint8Array.from(Buffer.from(key, 'hex')) });
      }
      await fabric.settle();
      // The rest comes in band: for /bank as well.
      await fabric.run(client.attach());
      await fabric.run(server.attach());
      await fabric.run(server.serve('/bank', ({ payload }) => payload));
      await fabric.settle();
      fabric.disturb({ loss: 0.01, duplicate: 0.01, reorder: 0.05 });
      const options = { deadlineUs: 20_000_000, attempts: 20 };
      const call = async (length: number) => {
        const { payload } = await fabric.run(client.call('/bank/teller', new Uint8Array(length), options));
        assert.equal(payload.length, length);
      };
      for (const length of [0, 100, 200_000]) await call(length);
      const before = client.credentials.size;
      await credentials.put('h1', { host: 'h1', rotation: 1, overlapMs: 60_000 });
      await fabric.settle();
      // The old key is still in force; within 15 s the host asks again and has the new one.
      for (const length of [10, 50_000]) await call(length);
      await fabric.run(fabric.sleep(16_000_000));
      assert.ok(client.credentials.size > before);
      for (const length of [10, 50_000]) await call(length);
    } finally {
      await fabric.close();
    }
  });
});
