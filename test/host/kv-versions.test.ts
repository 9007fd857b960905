import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Host, HostError, KvClient, KvServer, VersionFile } from '../../host/index.js';
import { FabricModel, SERVICE_ADDRESS } from './fabric-model.js';
import { SimNetwork } from './sim-network.js';

describe('versions of a key-value server', () => {
  let directory = '';
  before(() => {
    directory = mkdtempSync(join(tmpdir(), 'versions-'));
  });
  after(() => rmSync(directory, { recursive: true }));

  it('rise over restarts where a file keeps them', async () => {
    const network = new SimNetwork(1);
    new FabricModel(network).addRoute('/kv', '10.0.0.1');
    const versions = new VersionFile(join(directory, 'kv'));
    const client = new KvClient(
      new Host(network.host('10.0.0.2'), { name: '/hosts/h2', serviceAddress: SERVICE_ADDRESS }),
      '/kv',
    );
    let last = 0;
    for (let life = 0; life < 4; life++) {
      const host = new Host(network.host('10.0.0.1'), { name: '/hosts/h1', serviceAddress: SERVICE_ADDRESS });
      await KvServer.start(host, '/kv', { register: false, versions });
      for (let i = 0; i < 3; i++) {
        const { version } = await network.run(client.put('a', Uint8Array.of(i)));
        assert.ok(version > last, `${version} after ${last}`);
        last = version;
        // Whatever has been given out lies below what the file says.
        assert.ok(Number(readFileSync(join(directory, 'kv'), 'utf8')) >= version);
      }
      host.close();
    }
    assert.ok(last > 3 * 65_536);
  });

  it('are refused where the file is something else, and end at 2^32', async () => {
    writeFileSync(join(directory, 'other'), 'hello');
    const network = new SimNetwork(2);
    new FabricModel(network).addRoute('/kv', '10.0.0.1');
    const host = new Host(network.host('10.0.0.1'), { name: '/hosts/h1', serviceAddress: SERVICE_ADDRESS });
    const versions = new VersionFile(join(directory, 'other'));
    await assert.rejects(
      KvServer.start(host, '/kv', { register: false, versions }),
      (error) => error instanceof HostError && error.code === 'BAD_REPLY',
    );
    const full = await KvServer.start(host, '/kv', { register: false, firstVersion: 2 ** 32 - 2 });
    full.preload('/kv/a', Uint8Array.of(1));
    assert.throws(() => full.preload('/kv/b', Uint8Array.of(1)), HostError);
  });
});
