import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import { ContentCache, Egress, Ingress } from '../../host/gateway/index.js';
import { LiveFabric } from './live-fabric.js';

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

describe('gateway: content cache', function () {
  this.timeout(30_000);
  let live: LiveFabric;
  let origin: Server;
  let front: Server;
  let egress: Egress;
  let port = 0;
  const cache = new ContentCache({ maxBytes: 1 << 20 });
  /** What the origin was asked. */
  const asked: IncomingMessage[] = [];
  let answer: (incoming: IncomingMessage, response: ServerResponse) => void = () => undefined;

  function get(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const outgoing = request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (part: string) => {
          body += part;
        });
        response.once('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
        );
      });
      outgoing.once('error', reject);
      outgoing.end();
    });
  }

  before(async () => {
    live = await LiveFabric.start();
    origin = createServer((incoming, response) => {
      asked.push(incoming);
      answer(incoming, response);
    });
    const target = `http://127.0.0.1:${await listening(origin)}`;
    egress = await Egress.serve(live.host('h3'), '/cdn', { target, cache });
    const ingress = new Ingress(live.host('h1'), { routes: [{ prefix: '/', name: '/cdn' }] });
    front = createServer(ingress.listener);
    port = await listening(front);
  });

  beforeEach(() => {
    asked.length = 0;
  });

  after(async () => {
    for (const server of [front, origin]) {
      server.closeAllConnections();
      server.close();
    }
    await egress.close();
    await live.close();
  });

  const send = (headers: Record<string, string>, body: string, status = 200) => {
    answer = (_, response) => {
      response.writeHead(status, headers);
      response.end(body);
    };
  };

  it('keeps what is fresh, answers GET, HEAD, ranges and conditions from it, and counts its age', async () => {
    send({ 'cache-control': 'max-age=60', etag: '"v1"' }, '0123456789');
    assert.equal((await get('/fresh')).body, '0123456789');
    const second = await get('/fresh');
    assert.equal(second.body, '0123456789');
    assert.match(second.headers['cache-status']?.toString() ?? '', /hit/);
    assert.match(second.headers.age ?? '', /^\d+$/);
    assert.deepEqual(
      await get('/fresh', {}, 'HEAD').then(({ status, body, headers }) => [
        status,
        body,
        headers['content-length'],
      ]),
      [200, '', '10'],
    );
    const part = await get('/fresh', { range: 'bytes=2-4' });
    assert.deepEqual([part.status, part.body, part.headers['content-range']], [206, '234', 'bytes 2-4/10']);
    assert.equal((await get('/fresh', { range: 'bytes=-3' })).body, '789');
    assert.equal((await get('/fresh', { range: 'bytes=10-' })).status, 416);
    assert.equal((await get('/fresh', { range: 'bytes=1-2', 'if-range': '"old"' })).status, 200);
    assert.equal((await get('/fresh', { 'if-none-match': 'W/"v1"' })).status, 304);
    assert.equal(asked.length, 1);
  });

  it('keeps nothing that is private, no-store, or asked for with credentials', async () => {
    for (const control of ['private, max-age=60', 'no-store']) {
      send({ 'cache-control': control }, 'x');
      const path = `/${control.slice(0, 2)}`;
      await get(path);
      await get(path);
    }
    send({ 'cache-control': 'max-age=60' }, 'mine');
    await get('/auth', { authorization: 'Bearer a' });
    await get('/auth', { authorization: 'Bearer b' });
    assert.equal(asked.length, 6);
  });

  it('keeps the variants of a response apart by what it varies by', async () => {
    answer = (incoming, response) => {
      response.writeHead(200, { 'cache-control': 'max-age=60', vary: 'accept-language' });
      response.end(incoming.headers['accept-language']);
    };
    for (let round = 0; round < 2; round++) {
      for (const language of ['de', 'en']) {
        assert.equal((await get('/vary', { 'accept-language': language })).body, language);
      }
    }
    assert.equal(asked.length, 2);
  });

  it('asks the origin whether what has gone stale still holds, and takes a new one where it does not', async () => {
    let tag = '"a"';
    answer = (incoming, response) => {
      const same = incoming.headers['if-none-match'] === tag;
      response.writeHead(same ? 304 : 200, { etag: tag, 'cache-control': 'max-age=0' });
      response.end(same ? undefined : `body of ${tag}`);
    };
    assert.equal((await get('/stale')).body, 'body of "a"');
    assert.equal((await get('/stale')).body, 'body of "a"');
    assert.equal(asked[1]?.headers['if-none-match'], '"a"');
    assert.equal(cache.counters.revalidated, 1);
    tag = '"b"';
    assert.equal((await get('/stale')).body, 'body of "b"');
    assert.equal((await get('/stale')).body, 'body of "b"');
    assert.equal(asked.length, 4);
  });

  it('serves stale where the origin fails and stale-if-error allows it, and only there', async () => {
    send({ 'cache-control': 'max-age=0, stale-if-error=60' }, 'kept');
    await get('/sie');
    send({ 'cache-control': 'max-age=0, must-revalidate, stale-if-error=60' }, 'strict');
    await get('/strict');
    send({ 'cache-control': 'max-age=0', etag: '"x"' }, 'plain');
    await get('/plain');
    send({}, 'broken', 500);
    assert.deepEqual(await get('/sie').then(({ status, body }) => [status, body]), [200, 'kept']);
    assert.equal((await get('/strict')).status, 500);
    assert.equal((await get('/plain')).status, 500);
    answer = (incoming) => incoming.socket.destroy();
    assert.equal((await get('/sie')).body, 'kept');
    assert.equal((await get('/plain')).status, 502);
  });

  it('forgets what a successful write has changed, and the longest unused when it is full', async () => {
    send({ 'cache-control': 'max-age=60' }, 'old');
    await get('/written');
    send({ 'cache-control': 'max-age=60' }, 'new');
    await get('/written', {}, 'DELETE');
    assert.equal((await get('/written')).body, 'new');
    send({ 'cache-control': 'max-age=60' }, 'y'.repeat(300_000));
    for (let i = 0; i < 6; i++) await get(`/large/${i}`);
    assert.ok(cache.bytes <= 1 << 20);
    assert.ok(cache.counters.evicted > 0);
    asked.length = 0;
    await get('/large/5');
    assert.equal(asked.length, 0);
  });
});
