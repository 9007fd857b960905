import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { ownLoopback } from '../../experiments/own-loopback.js';
import { packagePath } from '../../experiments/package-path.js';
import { Host, HostError, NodeEnvironment, ReduceGroup, ReduceServer } from '../../host/index.js';

/** Loopback addresses stand for hosts; without a fabric, a host that serves a name is its own service address. */
describe('the host library over node:dgram', () => {
  it('calls, and reduces on the destination host', async () => {
    const home = ownLoopback(16, 21);
    const server = new Host(new NodeEnvironment({ address: home }), {
      name: '/hosts/server',
      serviceAddress: home,
    });
    const clients = [22, 23].map(
      (n) =>
        new Host(new NodeEnvironment({ address: ownLoopback(16, n) }), {
          name: `/hosts/h${n}`,
          serviceAddress: home,
        }),
    );
    try {
      await server.serve('/upper', (request) => request.payload.map((byte) => byte - 32), {
        register: false,
      });
      const result = await clients[0]?.call('/upper', new TextEncoder().encode('abc'));
      assert.equal(new TextDecoder().decode(result?.payload), 'ABC');

      const group = { group: 1, sources: 2, window: 8 };
      const reducer = new ReduceServer(server.sinc, group);
      const sources = clients.map((host, source) => {
        return new ReduceGroup(host.sinc, { ...group, source, destination: home });
      });
      const sums = await Promise.all(
        sources.map((source, i) => source.allReduce(new Int32Array(5000).fill(i + 1))),
      );
      for (const sum of sums) assert.ok(sum.every((value) => value === 3));
      reducer.close();
      for (const source of sources) source.close();
    } finally {
      for (const host of [server, ...clients]) host.close();
    }
  });

  it('tells socket errors to whoever asked', async () => {
    const first = new NodeEnvironment({ address: ownLoopback(16, 24) });
    const socket = first.openSocket(0);
    while (socket.port === 0) await new Promise((wake) => setImmediate(wake));
    const error = await new Promise<Error>((resolve) => {
      new NodeEnvironment({ address: ownLoopback(16, 24), onError: resolve }).openSocket(socket.port);
    });
    assert.match(error.message, /EADDRINUSE/);
    socket.close();
  });

  for (const batches of [true, false]) {
    it(`ends a script on a port that is taken, and says which, ${batches ? 'with' : 'without'} batches`, () => {
      const address = ownLoopback(16, 25);
      const taken = new Host(new NodeEnvironment({ address }), {
        name: '/hosts/first',
        serviceAddress: address,
      });
      try {
        const library = pathToFileURL(packagePath('dist/host/index.js')).href;
        const script = `
          import { Host, NodeEnvironment } from '${library}';
          const environment = new NodeEnvironment({ address: '${address}', batches: ${batches} });
          const host = new Host(environment, { name: '/hosts/second', serviceAddress: '${address}' });
          await host.call('/upper', new Uint8Array(1), { deadlineUs: 5e6 }).catch(() => process.exit(0));`;
        const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
          encoding: 'utf8',
        });
        assert.equal(status, 1, stderr);
        const text = `HostError: UDP port 19795 of ${address.replaceAll('.', '\\.')} cannot be opened: .*EADDRINUSE`;
        assert.match(stderr, new RegExp(text));
      } finally {
        taken.close();
      }
    });
  }

  it('waits as long as it is told, also where that is longer than Node.js can', async () => {
    const environment = new NodeEnvironment({ address: ownLoopback(16, 26) });
    let fired = false;
    const timer = environment.setTimer(60 * 86_400e6, () => {
      fired = true;
    });
    await new Promise<void>((wake) => environment.setTimer(5_000, wake));
    timer.cancel();
    assert.equal(fired, false);
  });

  it('refuses an address that is not IPv4', () => {
    assert.throws(() => new NodeEnvironment({ address: 'localhost' }), HostError);
  });
});
