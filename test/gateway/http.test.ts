import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, get, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { createSecureServer, createServer as createServer2 } from 'node:http2';
import { createServer as createHttpsServer } from 'node:https';
import { connect, type Socket } from 'node:net';
import * as grpc from '@grpc/grpc-js';
import { ContentCache, Egress, type EgressOptions, Ingress } from '../../host/gateway/index.js';
import { listening, selfSigned, socketPair } from './support.js';

async function textOf(response: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of response.setEncoding('utf8')) text += part;
  return text;
}

function fetchText(
  port: number,
  path: string,
): Promise<{ status: number; text: string; headers: IncomingMessage['headers'] }> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: '127.0.0.1', port, path, agent: false }, (response) => {
      textOf(response).then(
        (text) => resolve({ status: response.statusCode ?? 0, text, headers: response.headers }),
        reject,
      );
    });
    outgoing.once('error', reject);
    outgoing.end();
  });
}

/** Resolves when all that has come from a socket is `text`. */
function hear(socket: Socket): (text: string) => Promise<void> {
  let all = '';
  socket.on('error', () => undefined);
  socket.setEncoding('latin1').on('data', (part: string) => {
    all += part;
  });
  return async (text) => {
    while (all !== text) {
      assert.ok(text.startsWith(all) && !socket.destroyed, `${all.length} bytes, wanted ${text.length}`);
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
}

describe('gateway: what HTTP has', function () {
  this.timeout(10_000);
  const pair = socketPair(13);
  const open: (() => unknown)[] = [];
  let nextName = 0;

  after(async () => {
    for (const close of open.reverse()) await close();
    pair.close();
  });

  /** A gateway pair in front of a target; gives the HTTP/1.1 port, and on demand an HTTP/2 one. */
  async function gateways(target: string, options: Partial<EgressOptions> = {}) {
    const name = `/web/${nextName++}`;
    const egress = await Egress.serve(pair.server, name, { target, register: false, ...options });
    const ingress = new Ingress(pair.client, { routes: [{ prefix: '/', name }] });
    const front = ingress.createServer();
    const front2 = createServer2(ingress.listener);
    open.push(() => egress.close());
    const ports = { port: await listening(front), port2: await listening(front2), ingress };
    open.push(
      () => front.close(),
      () => front2.close(),
    );
    return ports;
  }

  async function origin(handler: (request: IncomingMessage, response: ServerResponse) => void) {
    const server = createServer(handler);
    const port = await listening(server);
    open.push(() => {
      server.closeAllConnections();
      server.close();
    });
    return { server, target: `http://127.0.0.1:${port}` };
  }

  it('hands 103 Early Hints on, and takes Expect: 100-continue', async () => {
    const { target } = await origin((incoming, response) => {
      response.writeEarlyHints({ link: '</style.css>; rel=preload' });
      incoming.resume().once('end', () => response.end('done'));
    });
    const { port } = await gateways(target);
    const outgoing = get({ host: '127.0.0.1', port, path: '/', agent: false });
    const [[hint], [answer]] = (await Promise.all([
      once(outgoing, 'information'),
      once(outgoing, 'response'),
    ])) as [[{ statusCode: number; headers: Record<string, string> }], [IncomingMessage]];
    assert.deepEqual([hint.statusCode, hint.headers['link']], [103, '</style.css>; rel=preload']);
    assert.equal(await textOf(answer), 'done');
    const headers = { expect: '100-continue', 'content-length': '5' };
    const second = request({ host: '127.0.0.1', port, path: '/', method: 'POST', headers, agent: false });
    second.flushHeaders();
    await once(second, 'continue');
    second.end('12345');
    const [late] = (await once(second, 'response')) as [IncomingMessage];
    assert.equal(await textOf(late), 'done');
  });

  it('carries an Upgrade (WebSocket) as bytes both ways, and refusals of one', async () => {
    const { server, target } = await origin((_, response) => {
      response.writeHead(426, { 'content-length': 4 });
      response.end('no\r\n');
    });
    server.on('upgrade', (incoming: IncomingMessage, socket: Socket) => {
      socket.on('error', () => undefined);
      if (incoming.url !== '/ws') {
        socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno');
        return;
      }
      assert.equal(incoming.headers.upgrade, 'websocket');
      socket.write(
        'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: x\r\n\r\n',
      );
      socket.pipe(socket);
    });
    const { port } = await gateways(target);
    const headers = { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-key': 'k' };
    const outgoing = request({ host: '127.0.0.1', port, path: '/ws', headers, agent: false });
    outgoing.end();
    const [response, socket] = (await once(outgoing, 'upgrade')) as [IncomingMessage, Socket];
    assert.equal(response.headers['sec-websocket-accept'], 'x');
    const heard = hear(socket);
    let said = '';
    for (const word of ['one', 'two', 'x'.repeat(100_000)]) {
      said += word;
      socket.write(word);
      await heard(said);
    }
    socket.destroy();
    const refused = request({ host: '127.0.0.1', port, path: '/other', headers, agent: false });
    refused.end();
    const [no] = (await once(refused, 'response')) as [IncomingMessage];
    assert.deepEqual([no.statusCode, await textOf(no)], [403, 'no']);
  });

  it('carries CONNECT to a proxy behind it', async () => {
    const { server, target } = await origin((_, response) => response.end());
    server.on('connect', (incoming: IncomingMessage, socket: Socket) => {
      socket.on('error', () => undefined);
      socket.write(`HTTP/1.1 200 OK\r\n\r\nto ${incoming.url};`);
      socket.pipe(socket);
    });
    const { port } = await gateways(target);
    const outgoing = request({
      host: '127.0.0.1',
      port,
      method: 'CONNECT',
      path: 'example.org:443',
      agent: false,
    });
    outgoing.end();
    const [response, socket, first] = (await once(outgoing, 'connect')) as [IncomingMessage, Socket, Buffer];
    assert.equal(response.statusCode, 200);
    socket.unshift(first);
    const heard = hear(socket);
    await heard('to example.org:443;');
    socket.write('ping');
    await heard('to example.org:443;ping');
    socket.destroy();
  });

  it('asks the origin once for many who miss the same thing at once', async () => {
    let asked = 0;
    const { target } = await origin((incoming, response) => {
      asked++;
      setTimeout(() => {
        const control = incoming.url === '/shared' ? 'max-age=60' : 'no-store';
        response.writeHead(200, { 'cache-control': control });
        response.end('x'.repeat(5000));
      }, 50);
    });
    const { port } = await gateways(target, { cache: new ContentCache() });
    const answers = await Promise.all(Array.from({ length: 20 }, () => fetchText(port, '/shared')));
    assert.ok(answers.every(({ status: code, text }) => code === 200 && text.length === 5000));
    assert.equal(asked, 1);
    // Who comes when the answer is there already is served from the cache as well.
    const served = answers.map(({ headers }) => `${headers['cache-status']}`);
    assert.equal(served.filter((status) => /^sincmesh; hit/.test(status)).length, 19);
    assert.ok(served.some((status) => /collapsed/.test(status)));
    await Promise.all(Array.from({ length: 5 }, () => fetchText(port, '/own')));
    assert.equal(asked, 6);
  });

  it('speaks TLS to the origin, and HTTP/2 where it is offered; an unknown certificate is refused', async function () {
    const pem = selfSigned();
    if (pem === undefined) this.skip();
    const first = createHttpsServer(pem, (incoming, response) => response.end(`1.1 ${incoming.httpVersion}`));
    const second = createSecureServer({ ...pem, allowHTTP1: true }, (incoming, response) => {
      response.end(`2 ${incoming.httpVersion}`);
    });
    for (const [server, expected] of [
      [first, '1.1 1.1'],
      [second, '2 2.0'],
    ] as const) {
      const target = `https://127.0.0.1:${await listening(server)}`;
      open.push(() => server.close());
      const trusted = await gateways(target, { tls: { ca: pem.cert, serverName: 'localhost' } });
      assert.equal((await fetchText(trusted.port, '/')).text, expected);
      const lax = await gateways(target, { tls: { verify: false } });
      assert.equal((await fetchText(lax.port, '/')).text, expected);
      const strict = await gateways(target);
      assert.equal((await fetchText(strict.port, '/')).status, 502);
    }
  });

  it('is nothing special to gRPC: unary, streams both ways, errors, deadlines', async () => {
    const bytes = (value: Buffer): Buffer => value;
    const method = (path: string, streaming: boolean) => ({
      path,
      requestStream: streaming,
      responseStream: streaming,
      requestSerialize: bytes,
      requestDeserialize: bytes,
      responseSerialize: bytes,
      responseDeserialize: bytes,
    });
    const service = {
      echo: method('/test.Echo/Echo', false),
      chat: method('/test.Echo/Chat', true),
      hang: method('/test.Echo/Hang', false),
    };
    const server = new grpc.Server();
    let left = Number.NaN;
    server.addService(service, {
      echo: (call: grpc.ServerUnaryCall<Buffer, Buffer>, done: grpc.sendUnaryData<Buffer>) => {
        if (call.request.toString() === 'fail') {
          const metadata = new grpc.Metadata();
          metadata.set('x-why', 'because');
          done({ code: grpc.status.FAILED_PRECONDITION, details: 'not now', metadata });
        } else done(null, call.request);
      },
      chat: (call: grpc.ServerDuplexStream<Buffer, Buffer>) => {
        call.on('data', (part: Buffer) => call.write(part));
        call.on('end', () => call.end());
      },
      hang: (call: grpc.ServerUnaryCall<Buffer, Buffer>) => {
        left = Number(call.getDeadline()) - Date.now();
      },
    });
    const port = await new Promise<number>((resolve, reject) => {
      server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, bound) => {
        if (error === null) resolve(bound);
        else reject(error);
      });
    });
    open.push(() => server.forceShutdown());
    const { port2 } = await gateways(`h2c://127.0.0.1:${port}`);
    const client = new grpc.Client(`127.0.0.1:${port2}`, grpc.credentials.createInsecure());
    open.push(() => client.close());
    const unary = (path: string, text: string, ms = 10_000): Promise<string> =>
      new Promise((resolve, reject) => {
        const options = { deadline: Date.now() + ms };
        client.makeUnaryRequest(path, bytes, bytes, Buffer.from(text), options, (error, value) => {
          if (error === null) resolve(`${value}`);
          else reject(error);
        });
      });
    assert.equal(await unary('/test.Echo/Echo', 'hello'), 'hello');
    assert.equal((await unary('/test.Echo/Echo', 'y'.repeat(300_000))).length, 300_000);
    await assert.rejects(unary('/test.Echo/Echo', 'fail'), (error: grpc.ServiceError) => {
      assert.deepEqual([error.code, error.details], [grpc.status.FAILED_PRECONDITION, 'not now']);
      assert.deepEqual(error.metadata.get('x-why'), ['because']);
      return true;
    });
    await assert.rejects(unary('/test.Echo/Hang', 'x', 1500), (error: grpc.ServiceError) => {
      return error.code === grpc.status.DEADLINE_EXCEEDED || error.code === grpc.status.UNAVAILABLE;
    });
    assert.ok(left <= 1500, `the server learns the deadline: it has ${left} ms`);
    const chat = client.makeBidiStreamRequest('/test.Echo/Chat', bytes, bytes, {});
    const answers: string[] = [];
    chat.on('data', (part: Buffer) => answers.push(`${part}`));
    const words = ['one', 'two', 'three'];
    for (const [i, word] of words.entries()) {
      chat.write(Buffer.from(word));
      while (answers.length <= i) await new Promise((resolve) => setImmediate(resolve));
    }
    assert.deepEqual(answers, words);
    const ended = once(chat, 'end');
    chat.end();
    await ended;
  });

  it('takes plain requests in a row and ahead of answers, hands others over, and refuses what is no HTTP', async () => {
    const { target } = await origin((incoming, response) => {
      incoming.resume();
      response.end(`${incoming.method} ${incoming.url}`);
    });
    const { port, ingress } = await gateways(target);
    const talk = async (text: string, end: RegExp): Promise<string> => {
      const socket = connect(port, '127.0.0.1');
      socket.write(text);
      let heard = '';
      for await (const part of socket) {
        heard += part;
        if (end.test(heard)) break;
      }
      return heard;
    };
    const plain = (path: string) => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`;
    const heard = await talk(plain('/a') + plain('/b') + plain('/c'), /GET \/c/);
    assert.deepEqual(heard.match(/GET \/\w/g), ['GET /a', 'GET /b', 'GET /c']);
    assert.equal(ingress.counters.handedOver, 0);
    const halfClosed = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    halfClosed.end(plain('/h'));
    let late = '';
    for await (const part of halfClosed) late += part;
    assert.match(late, /^HTTP\/1\.1 200 .*GET \/h$/s);
    const chunked = `POST /d HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n`;
    assert.match(await talk(plain('/a') + chunked, /POST \/d/), /GET \/a(.|\s)*POST \/d/);
    assert.equal(ingress.counters.handedOver, 1);
    const smuggled = 'POST /e HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nContent-Length: 30\r\n\r\n';
    for (const bad of [smuggled, 'GET /\u0001 HTTP/1.1\r\nHost: x\r\n\r\n', 'hello\r\n\r\n']) {
      assert.match(await talk(bad, /\r\n\r\n/), /^HTTP\/1\.1 400 /);
    }
  });
});
