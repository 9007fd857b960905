import assert from 'node:assert/strict';
import { Host, HostError, NodeEnvironment, ReduceGroup, ReduceServer } from '../../host/index.js';

/** Loopback addresses stand for hosts; without a fabric, a host that serves a name is its own service address. */
describe('the host library over node:dgram', () => {
  it('calls, and reduces on the destination host', async () => {
    const server = new Host(new NodeEnvironment({ address: '127.0.0.21' }), {
      name: '/hosts/server',
      serviceAddress: '127.0.0.21',
    });
    const clients = [22, 23].map(
      (n) =>
        new Host(new NodeEnvironment({ address: `127.0.0.${n}` }), {
          name: `/hosts/h${n}`,
          serviceAddress: '127.0.0.21',
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
        return new ReduceGroup(host.sinc, { ...group, source, destination: '127.0.0.21' });
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
    const first = new NodeEnvironment({ address: '127.0.0.24' });
    const socket = first.openSocket(0);
    await new Promise((wake) => setTimeout(wake, 20));
    const error = await new Promise<Error>((resolve) => {
      new NodeEnvironment({ address: '127.0.0.24', onError: resolve }).openSocket(socket.port);
    });
    assert.match(error.message, /EADDRINUSE/);
    socket.close();
  });

  it('refuses an address that is not IPv4', () => {
    assert.throws(() => new NodeEnvironment({ address: 'localhost' }), HostError);
  });
});
