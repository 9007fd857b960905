import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Http1Pool, type Http1Request } from '../../host/gateway/http1-pool.js';
import type { OriginCall } from '../../host/gateway/origin.js';
import { listening } from './support.js';

interface Answer {
  status: number;
  body: string;
}

describe('connections to HTTP/1.1 servers', () => {
  const servers: Server[] = [];
  const pools: Http1Pool[] = [];
  const sockets = new Set<Socket>();

  afterEach(() => {
    for (const pool of pools.splice(0)) pool.close();
    for (const socket of sockets) socket.destroy();
    for (const server of servers.splice(0)) server.close();
  });

  /** A server that is told every request's head, with the number of its connection and of the request on it. */
  async function serve(
    onRequest: (socket: Socket, head: string, connection: number, request: number) => void,
    maxConnections = 8,
  ): Promise<Http1Pool> {
    let connections = 0;
    const server = createServer((socket) => {
      const connection = ++connections;
      let requests = 0;
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.setEncoding('latin1').on('data', (text: string) => {
        for (const head of text.split('\r\n\r\n').slice(0, -1))
          onRequest(socket, head, connection, ++requests);
      });
    });
    servers.push(server);
    const pool = new Http1Pool({ host: '127.0.0.1', port: await listening(server), maxConnections });
    pools.push(pool);
    return pool;
  }

  const request = (method = 'GET'): Http1Request => ({
    method,
    head: `${method} / HTTP/1.1\r\nhost: x\r\n\r\n`,
    body: undefined,
    repeatable: method === 'GET',
  });

  function send(pool: Http1Pool, method = 'GET'): { answer: Promise<Answer>; call: OriginCall } {
    let call: OriginCall | undefined;
    const answer = new Promise<Answer>((resolve, reject) => {
      const got: Answer = { status: 0, body: '' };
      call = pool.send(request(method), {
        head: ({ status }) => {
          got.status = status;
        },
        data: (bytes) => {
          got.body += Buffer.from(bytes).toString('latin1');
          return true;
        },
        end: () => resolve(got),
        failed: reject,
      });
    });
    assert.ok(call !== undefined);
    return { answer, call };
  }

  const ok = (body: string, more = '') =>
    `HTTP/1.1 200 OK\r\ncontent-length: ${body.length}${more}\r\n\r\n${body}`;

  it('are kept, and used again', async () => {
    const pool = await serve((socket, _head, connection, n) => socket.write(ok(`${connection}.${n}`)));
    for (const expected of ['1.1', '1.2', '1.3']) assert.equal((await send(pool).answer).body, expected);
    const many = await Promise.all([1, 2, 3].map(() => send(pool).answer));
    assert.deepEqual(many.map(({ body }) => body).sort(), ['1.4', '2.1', '3.1']);
  });

  it('are no more than allowed: who finds none free waits', async () => {
    const held: (() => void)[] = [];
    const pool = await serve(
      (socket, _head, connection) => held.push(() => socket.write(ok(`${connection}`))),
      2,
    );
    const all = Array.from({ length: 6 }, () => send(pool).answer);
    for (let given = 0; given < 6; ) {
      assert.ok(held.length <= 2, `${held.length} at once`);
      const next = held.shift();
      if (next === undefined) await sleep(1);
      else {
        next();
        given++;
        await sleep(5);
      }
    }
    const bodies = (await Promise.all(all)).map(({ body }) => body);
    assert.deepEqual(new Set(bodies), new Set(['1', '2']));
  });

  it('that were closed meanwhile are replaced: a request without effect is sent again, any other fails', async () => {
    const pool = await serve((socket, _head, connection, n) => {
      if (n === 1) socket.write(ok(`${connection}`));
      else socket.destroy();
    });
    assert.equal((await send(pool).answer).body, '1');
    assert.equal((await send(pool).answer).body, '2');
    await assert.rejects(send(pool, 'POST').answer, /BAD_REPLY|broke off|ECONNRESET|EPIPE/);
    assert.equal((await send(pool, 'POST').answer).body, '3');
  });

  it('whose first request is not answered are not tried for ever', async () => {
    let connections = 0;
    const pool = await serve((socket) => {
      connections++;
      socket.destroy();
    });
    await assert.rejects(send(pool).answer);
    assert.equal(connections, 1);
  });

  it('are closed where the server says so, speaks unasked, or goes on after its answer', async () => {
    for (const more of ['\r\nconnection: close', '\r\nkeep-alive: timeout=1']) {
      const pool = await serve((socket, _head, connection) => socket.write(ok(`${connection}`, more)));
      assert.equal((await send(pool).answer).body, '1');
      assert.equal((await send(pool).answer).body, '2');
    }
    const pool = await serve((socket, _head, connection) => socket.write(`${ok(`${connection}`)}and more`));
    assert.equal((await send(pool).answer).body, '1');
    assert.equal((await send(pool).answer).body, '2');
    let closed: Promise<unknown> | undefined;
    const chatty = await serve((socket, _head, connection) => {
      closed ??= once(socket, 'close');
      socket.write(ok(`${connection}`), () => setImmediate(() => socket.write('HTTP/1.1 408 Late\r\n\r\n')));
    });
    assert.equal((await send(chatty).answer).body, '1');
    await closed;
    assert.equal((await send(chatty).answer).body, '2');
  });

  it('end with the request that is cancelled; one that waits is forgotten', async () => {
    let heads = 0;
    const closed: Promise<void>[] = [];
    const pool = await serve((socket) => {
      heads++;
      closed.push(new Promise((resolve) => socket.once('close', () => resolve())));
    }, 1);
    const first = send(pool);
    const second = send(pool);
    while (heads < 1) await sleep(1);
    second.call.cancel();
    first.call.cancel();
    await closed[0];
    await sleep(20);
    assert.equal(heads, 1);
  });

  it('fail all that is at work when the pool is closed, and what comes after', async () => {
    let heads = 0;
    const pool = await serve(() => {
      heads++;
    }, 1);
    const all = [send(pool).answer, send(pool).answer];
    for (const one of all) one.catch(() => undefined);
    while (heads < 1) await sleep(1);
    pool.close();
    for (const one of all) await assert.rejects(one, { code: 'CLOSED' });
    await assert.rejects(send(pool).answer, { code: 'CLOSED' });
  });
});
