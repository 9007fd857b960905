import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { ownLoopback } from '../../experiments/own-loopback.js';
import { packagePath } from '../../experiments/package-path.js';
import { Egress, Ingress } from '../../host/gateway/index.js';
import { Host, NodeEnvironment } from '../../host/index.js';

async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Two hosts on the machine's own UDP sockets; the service address is the server's, so that no router is needed. */
function pair() {
  const server = new Host(new NodeEnvironment({ address: ownLoopback(7, 2) }), {
    name: '/hosts/server',
    serviceAddress: ownLoopback(7, 3),
  });
  const client = new Host(new NodeEnvironment({ address: ownLoopback(7, 3) }), {
    name: '/hosts/client',
    serviceAddress: ownLoopback(7, 2),
  });
  return { server, client };
}

describe('over real UDP sockets', function () {
  this.timeout(30_000);

  it('messages of 1 MiB and HTTP go through', async () => {
    const { server, client } = pair();
    const web = createServer((incoming, response) => incoming.pipe(response));
    const target = `http://127.0.0.1:${await listening(web)}`;
    await server.serve('/big', ({ payload }) => payload, { register: false });
    const egress = await Egress.serve(server, '/web', { target, register: false });
    const front = createServer(new Ingress(client, { routes: [{ prefix: '/', name: '/web' }] }).listener);
    const port = await listening(front);
    try {
      const body = randomBytes(1 << 20);
      const { payload } = await client.call('/big', body, { deadlineUs: 20_000_000 });
      assert.ok(body.equals(payload));
      const sizes = [0, 1024, 1 << 20];
      await Promise.all(
        sizes.map(async (size) => {
          const sent = body.subarray(0, size);
          const response = await fetch(`http://127.0.0.1:${port}/x`, { method: 'POST', body: sent });
          assert.equal(response.status, 200);
          assert.ok(sent.equals(Buffer.from(await response.arrayBuffer())), `${size} bytes`);
        }),
      );
    } finally {
      front.closeAllConnections();
      front.close();
      web.closeAllConnections();
      web.close();
      await egress.close();
      client.close();
      server.close();
    }
  });
});

describe('sincmesh gateway', function () {
  this.timeout(30_000);

  const cases = [
    [[], /--address, --service-address and --name are needed/],
    [['--route', 'x'], /--route takes/],
    [['--serve', '/a=ftp://b'], /--serve takes/],
    [['--address', '127.0.7.9', '--service-address', '127.0.7.9', '--name', '/h'], /give --route/],
  ] as const;
  for (const [args, message] of cases) {
    it(`says what is wrong with '${args.join(' ')}'`, async () => {
      const child = spawn(process.execPath, [packagePath('dist/cli/main.js'), 'gateway', ...args]);
      let stderr = '';
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        stderr += text;
      });
      const [status] = await once(child, 'close');
      assert.equal(status, 2);
      assert.match(stderr, message);
    });
  }
});
