import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { startGateway, startGatewayPair } from '../../bench/support/gateway-pair.js';
import { listening } from './support.js';

function status(port: number, path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: '127.0.0.1', port, path, agent: false }, (response) => {
      response.resume().once('error', reject);
      response.once('end', () => resolve(response.statusCode ?? 0));
    });
    outgoing.once('error', reject);
    outgoing.end();
  });
}

describe('gateway processes', function () {
  this.timeout(40_000);

  it('a gateway killed in mid-request ends its client with an error, and its successor serves the next', async () => {
    const origin = createServer((incoming, response) => {
      if (incoming.url !== '/app/hang') response.end('here');
    });
    const target = await listening(origin);
    const pair = await startGatewayPair(target);
    try {
      assert.equal(await status(pair.port, '/app/x'), 200);
      const asked = once(origin, 'request');
      const hanging = status(pair.port, '/app/hang');
      await asked;
      // Long enough for the call to have become an exchange, whose other side is watched.
      await new Promise((resolve) => setTimeout(resolve, 200));
      pair.far.kill('SIGKILL');
      await once(pair.far, 'exit');
      const begun = performance.now();
      assert.ok((await hanging) >= 502);
      assert.ok(performance.now() - begun < 15_000, 'within half the request’s time');
      const again = await startGateway([
        ...['--address', pair.addresses.far, '--service-address', pair.addresses.near, '--name', '/h/far'],
        ...['--serve', `/web/app=http://127.0.0.1:${target}`, '--unregistered'],
      ]);
      try {
        assert.equal(await status(pair.port, '/app/x'), 200);
      } finally {
        const gone = once(again, 'exit');
        again.kill('SIGTERM');
        await gone;
      }
    } finally {
      await pair.stop();
      origin.closeAllConnections();
      origin.close();
    }
  });
});
