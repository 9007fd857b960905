import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  Agent,
  createServer,
  type IncomingMessage,
  type RequestListener,
  request,
  type Server,
} from 'node:http';
import { connect, createServer as createServer2, type Http2Server } from 'node:http2';
import { promisify } from 'node:util';
import { Egress, Ingress } from '../../host/gateway/index.js';
import { LiveFabric } from './live-fabric.js';

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly trailers: IncomingMessage['trailers'];
  readonly body: Buffer;
}

interface Ask {
  readonly port: number;
  readonly path: string;
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: Buffer;
  readonly agent?: Agent;
}

function ask({ port, path, method = 'GET', headers = {}, body, agent }: Ask): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, path, method, headers, ...(agent && { agent }) };
    const outgoing = request(options, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.once('error', reject);
      response.once('end', () => {
        const { statusCode: status = 0, headers: got, trailers } = response;
        resolve({ status, headers: got, trailers, body: Buffer.concat(parts) });
      });
    });
    outgoing.once('error', reject);
    outgoing.end(body);
  });
}

async function bodyOf(incoming: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

async function listening(server: Server | Http2Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** An ordinary server: what the tests ask of it stands in the path. */
const origin: RequestListener = async (incoming, response) => {
  const url = new URL(incoming.url ?? '/', 'http://x');
  switch (url.pathname) {
    case '/app/echo': {
      const body = await bodyOf(incoming);
      response.writeHead(200, {
        'content-type': 'application/octet-stream',
        'x-method': incoming.method ?? '',
      });
      response.end(body);
      return;
    }
    case '/app/headers':
      response.writeHead(
        201,
        [
          ['set-cookie', 'a=1'],
          ['set-cookie', 'b=2'],
          ['connection', 'x-private'],
          ['x-private', 'secret'],
        ].flat(),
      );
      response.end(JSON.stringify({ raw: incoming.rawHeaders, url: incoming.url }));
      return;
    case '/app/trailers':
      response.writeHead(200, { trailer: 'x-sum' });
      response.write('body');
      response.addTrailers({ 'x-sum': '42' });
      response.end();
      return;
    case '/app/hang':
      return;
    case '/app/cut':
      response.writeHead(200, { 'content-length': '1000000' });
      response.write(Buffer.alloc(1000));
      setTimeout(() => response.destroy(), 20);
      return;
    case '/app/early':
      response.writeHead(403);
      response.end('no');
      return;
    case '/app/drip':
      response.writeHead(200);
      for (let i = 0; i < 5; i++) {
        response.write(`${i};`);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      response.end();
      return;
    default:
      response.writeHead(404);
      response.end();
  }
};

describe('gateway', function () {
  this.timeout(30_000);
  let live: LiveFabric;
  let server: Server;
  let front: Server;
  let front2: Http2Server;
  let egress: Egress;
  let ingress: Ingress;
  let port = 0;
  let port2 = 0;

  before(async () => {
    live = await LiveFabric.start();
    server = createServer((incoming, response) => void origin(incoming, response));
    const target = `http://127.0.0.1:${await listening(server)}`;
    egress = await Egress.serve(live.host('h3'), '/web/app', { target });
    ingress = new Ingress(live.host('h1'), {
      routes: [
        { prefix: '/app', name: '/web/app' },
        { prefix: '/gone', name: '/web/gone' },
      ],
      timeoutUs: 5_000_000,
    });
    front = createServer(ingress.listener);
    front2 = createServer2(ingress.listener);
    port = await listening(front);
    port2 = await listening(front2);
  });

  after(async () => {
    for (const open of [front, server]) {
      open.closeAllConnections();
      open.close();
    }
    front2.close();
    await egress.close();
    await live.close();
  });

  it('carries bodies of 0 to 1 MiB both ways, with and without their length', async () => {
    for (const length of [0, 1, 1024, 1400, 65_536, 1 << 20]) {
      const body = randomBytes(length);
      for (const headers of [{ 'content-length': `${length}` }, { 'transfer-encoding': 'chunked' }]) {
        const answer = await ask({ port, path: '/app/echo', method: 'POST', headers, body });
        assert.equal(answer.status, 200);
        assert.equal(answer.headers['x-method'], 'POST');
        assert.ok(answer.body.equals(body), `${length} bytes`);
      }
    }
  });

  it('hands on headers and statuses, and keeps what belongs to one connection', async () => {
    const headers = { 'x-one': 'a', connection: 'x-drop', 'x-drop': 'b', te: 'trailers' };
    const { status, headers: got, body } = await ask({ port, path: '/app/headers?q=1', headers });
    const seen = JSON.parse(body.toString()) as { readonly raw: string[]; readonly url: string };
    const names = seen.raw.filter((_, i) => i % 2 === 0).map((name) => name.toLowerCase());
    assert.equal(status, 201);
    assert.equal(seen.url, '/app/headers?q=1');
    assert.ok(names.includes('x-one') && !names.includes('x-drop') && !names.includes('te'));
    assert.deepEqual(got['set-cookie'], ['a=1', 'b=2']);
    assert.equal(got['x-private'], undefined);
    assert.match(seen.raw[seen.raw.indexOf('traceparent') + 1] ?? '', /^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
  });

  it('leaves a valid traceparent as it is', async () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const { body } = await ask({ port, path: '/app/headers', headers: { traceparent } });
    assert.ok(body.includes(traceparent));
  });

  it('carries trailers, streams as they come, and answers to HEAD', async () => {
    const { trailers } = await ask({ port, path: '/app/trailers' });
    assert.equal(trailers['x-sum'], '42');
    assert.equal((await ask({ port, path: '/app/drip' })).body.toString(), '0;1;2;3;4;');
    assert.equal((await ask({ port, path: '/app/echo', method: 'HEAD' })).body.length, 0);
  });

  it('answers before the request has ended where the server does', async () => {
    const body = Buffer.alloc(4 << 20);
    const headers = { 'content-length': `${body.length}` };
    const answer = await ask({ port, path: '/app/early', method: 'PUT', headers, body }).catch(
      () => undefined,
    );
    // A client that is still sending may see its connection end instead.
    if (answer !== undefined) assert.equal(answer.status, 403);
    assert.equal((await ask({ port, path: '/app/echo' })).status, 200);
  });

  it('serves many at once over connections that stay', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 32 });
    const calls = Array.from({ length: 200 }, async (_, i) => {
      const body = randomBytes(1024 + i * 50);
      const answer = await ask({ port, path: '/app/echo', method: 'POST', body, agent });
      assert.ok(answer.status === 200 && answer.body.equals(body));
    });
    await Promise.all(calls);
    agent.destroy();
  });

  it('gives 503 for a name nobody serves, 404 for a path no service has, 504 when its time is up', async () => {
    assert.equal((await ask({ port, path: '/gone/x' })).status, 503);
    assert.equal((await ask({ port, path: '/other' })).status, 404);
    assert.equal((await ask({ port, path: '/application' })).status, 404);
    const begun = performance.now();
    const headers = { 'grpc-timeout': '200m' };
    assert.equal((await ask({ port, path: '/app/hang', headers })).status, 504);
    assert.ok(performance.now() - begun < 3000);
  });

  it('cuts a response the server broke off, and gives 502 for one that never began', async () => {
    await assert.rejects(ask({ port, path: '/app/cut' }));
    const dying = createServer((incoming) => {
      setTimeout(() => incoming.socket.destroy(), 10);
    });
    const target = `http://127.0.0.1:${await listening(dying)}`;
    const gone = await Egress.serve(live.host('h4'), '/web/gone', { target });
    assert.equal((await ask({ port, path: '/gone/x', method: 'POST', body: Buffer.from('x') })).status, 502);
    dying.close();
    dying.closeAllConnections();
    assert.equal((await ask({ port, path: '/gone/x' })).status, 502);
    await gone.close();
  });

  it('tells the server when the client goes away', async () => {
    const [aborted] = [once(server, 'request')];
    const outgoing = request({ host: '127.0.0.1', port, path: '/app/hang' });
    outgoing.on('error', () => undefined);
    outgoing.end();
    const [incoming] = (await aborted) as [IncomingMessage];
    const closed = once(incoming.socket, 'close');
    outgoing.destroy();
    await closed;
  });

  it('takes HTTP/2 as well', async () => {
    const session = connect(`http://127.0.0.1:${port2}`);
    const calls = Array.from({ length: 20 }, async (_, i) => {
      const body = randomBytes(1000 * i);
      const stream = session.request({ ':method': 'POST', ':path': '/app/echo' });
      stream.end(body);
      const [headers] = await once(stream, 'response');
      const parts: Buffer[] = [];
      for await (const part of stream) parts.push(part as Buffer);
      assert.equal(headers[':status'], 200);
      assert.ok(Buffer.concat(parts).equals(body), `${body.length} bytes`);
    });
    await Promise.all(calls);
    const get = session.request({ ':path': '/app/headers' });
    const [headers] = await once(get, 'response');
    assert.equal(headers[':status'], 201);
    get.resume();
    await once(get, 'close');
    session.close();
  });

  it('is nothing special to curl', async function () {
    if (spawnSync('curl', ['--version']).status !== 0) {
      this.skip();
    }
    const curl = promisify(execFile);
    const input = randomBytes(1 << 20)
      .toString('base64')
      .slice(0, 1 << 20);
    const child = curl('curl', ['-sS', '--data-binary', '@-', `http://127.0.0.1:${port}/app/echo`], {
      maxBuffer: 1 << 22,
    });
    child.child.stdin?.end(input);
    const { stdout } = await child;
    const digest = (text: string) => createHash('sha256').update(text).digest('hex');
    assert.equal(digest(stdout), digest(input));
    const second = await curl('curl', [
      '-sS',
      '--http2-prior-knowledge',
      `http://127.0.0.1:${port2}/app/drip`,
    ]);
    assert.equal(second.stdout, '0;1;2;3;4;');
  });
});
