import assert from 'node:assert/strict';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { UdpIngress, udpEgress } from '../../host/gateway/index.js';
import { socketPair } from './support.js';

async function udp(): Promise<Socket> {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return socket;
}

describe('gateway: UDP by name', function () {
  this.timeout(30_000);
  const pair = socketPair(12);

  after(() => pair.close());

  it('keeps clients apart, datagrams whole up to 60,000 bytes, and forgets who is silent', async () => {
    const server = await udp();
    const seen = new Set<number>();
    server.on('message', (bytes, from) => {
      seen.add(from.port);
      server.send(bytes, from.port, from.address);
    });
    const target = { host: '127.0.0.1', port: server.address().port };
    const service = await udpEgress(pair.server, '/udp/echo', { ...target, register: false });
    const at = { host: '127.0.0.1', port: 0 };
    const front = await UdpIngress.listen(pair.client, '/udp/echo', at);
    const clients = await Promise.all(Array.from({ length: 20 }, udp));
    await Promise.all(
      clients.map(async (client, i) => {
        for (const length of [0, 1, 1200, 1472, 9000, 60_000]) {
          const sent = Buffer.alloc(length, i);
          // UDP may lose: the sender repeats, as QUIC would.
          for (let tries = 0; ; tries++) {
            assert.ok(tries < 20, `${length} bytes of client ${i}`);
            client.send(sent, front.port, '127.0.0.1');
            const limit = AbortSignal.timeout(500);
            const answer = await once(client, 'message', { signal: limit }).catch(() => undefined);
            if (answer !== undefined && (answer[0] as Buffer).equals(sent)) break;
          }
        }
      }),
    );
    assert.equal(seen.size, clients.length);
    assert.equal(front.open, clients.length);
    const forgetful = await UdpIngress.listen(pair.client, '/udp/echo', at, { idleUs: 100_000 });
    clients[0]?.send('once', forgetful.port, '127.0.0.1');
    while (forgetful.counters.sessions === 0 || forgetful.open > 0) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    forgetful.close();
    for (const client of clients) client.close();
    front.close();
    await service.stop();
    server.close();
  });
});
