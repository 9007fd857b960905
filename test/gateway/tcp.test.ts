import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tcpEgress, tcpIngress } from '../../host/gateway/index.js';
import type { Service } from '../../host/index.js';
import { LiveFabric } from './live-fabric.js';
import { listening, socketPair } from './support.js';

const sha = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** What comes until the other side ends. Iterating would destroy the socket then, with what it has yet to send. */
function allOf(socket: Socket): Promise<Buffer> {
  const parts: Buffer[] = [];
  return new Promise((resolve, reject) => {
    socket.on('data', (part) => parts.push(part));
    socket.once('end', () => resolve(Buffer.concat(parts)));
    socket.once('error', reject);
    socket.once('close', () => reject(new Error(`closed after ${parts.length} parts, without an end`)));
  });
}

/** Resolves when a socket is gone, also by an error. */
const closing = (socket: Socket): Promise<void> =>
  new Promise((resolve) => {
    socket.once('close', () => resolve());
  });

describe('gateway: TCP by name', function () {
  this.timeout(60_000);
  const pair = socketPair(11);
  /** What each connection to the server is given to. */
  let handle: (socket: Socket) => void = () => undefined;
  let server: Server;
  let front: Server;
  let service: Service;
  let port = 0;

  before(async () => {
    server = createServer({ allowHalfOpen: true }, (socket) => {
      socket.on('error', () => undefined);
      handle(socket);
    });
    const target = await listening(server);
    service = await tcpEgress(pair.server, '/tcp/app', { host: '127.0.0.1', port: target, register: false });
    front = tcpIngress(pair.client, { name: '/tcp/app' });
    port = await listening(front);
  });

  after(async () => {
    front.close();
    server.close();
    await service.stop();
    pair.close();
  });

  const dial = (to = port): Socket => {
    const socket = connect({ port: to, host: '127.0.0.1', allowHalfOpen: true });
    socket.on('error', () => undefined);
    return socket;
  };

  it('is a conversation in lines, where either side may speak first', async () => {
    handle = (socket) => {
      socket.write('SSH-2.0-test\r\n');
      socket.on('data', (line) => socket.write(`> ${line}`));
      socket.on('end', () => socket.end('bye\r\n'));
    };
    const socket = dial();
    let heard = '';
    socket.setEncoding('utf8').on('data', (text: string) => {
      heard += text;
    });
    const until = async (end: string) => {
      while (!heard.endsWith(end)) await once(socket, 'data');
    };
    await until('SSH-2.0-test\r\n');
    for (let i = 0; i < 20; i++) {
      socket.write(`line ${i}\n`);
      await until(`> line ${i}\n`);
    }
    // The client has no more to say, and still hears the rest.
    socket.end();
    await once(socket, 'end');
    assert.ok(heard.endsWith('bye\r\n'));
  });

  it('carries 10 MiB each way at the same time, bit for bit', async () => {
    const up = randomBytes(10 << 20);
    const down = randomBytes(10 << 20);
    let got: Promise<Buffer> | undefined;
    handle = (socket) => {
      socket.end(down);
      got = allOf(socket);
    };
    const socket = dial();
    socket.end(up);
    assert.equal(sha(await allOf(socket)), sha(down));
    assert.equal(sha((await got) ?? Buffer.alloc(0)), sha(up));
  });

  it('holds a fast writer back while the reader does not read', async () => {
    let writer: Socket | undefined;
    const total = 32 << 20;
    handle = (socket) => {
      writer = socket;
      socket.end(Buffer.alloc(total));
    };
    const socket = dial();
    socket.pause();
    await once(socket, 'connect');
    while (writer === undefined) await once(server, 'connection');
    // Nothing moves any more: what is left waits at the writer.
    let before = -1;
    while (writer.writableLength !== before || before === -1) {
      before = writer.writableLength;
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
    assert.ok(before > total / 2, `${before} of ${total} bytes wait`);
    let length = 0;
    for await (const part of socket) length += (part as Buffer).length;
    assert.equal(length, total);
    socket.destroy();
  });

  it('hands a reset on in both directions, and an unreachable server as one', async () => {
    handle = (socket) => setTimeout(() => socket.resetAndDestroy(), 10);
    const first = dial();
    first.resume();
    const [error] = await once(first, 'error');
    assert.equal((error as NodeJS.ErrnoException).code, 'ECONNRESET');
    const closed = new Promise<boolean>((resolve) => {
      handle = (socket) => {
        socket.resume();
        socket.once('close', resolve);
      };
    });
    const second = dial();
    second.write('x');
    await once(server, 'connection');
    second.resetAndDestroy();
    assert.equal(await closed, true);
    const gone = tcpIngress(pair.client, { name: '/tcp/nobody' });
    const third = dial(await listening(gone));
    third.resume();
    await closing(third);
    gone.close();
  });

  it('carries a hundred connections at once', async () => {
    handle = (socket) => socket.pipe(socket);
    await Promise.all(
      Array.from({ length: 100 }, async (_, i) => {
        const bytes = randomBytes(1000 + 331 * i);
        const socket = dial();
        socket.end(bytes);
        assert.ok((await allOf(socket)).equals(bytes), `connection ${i}`);
      }),
    );
  });

  it('ends the client promptly when the serving gateway dies in mid-stream', async () => {
    const live = await LiveFabric.start();
    const echo = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.pipe(socket);
    });
    const target = await listening(echo);
    const [client, dying] = [live.host('h1'), live.host('h3')];
    const entry = tcpIngress(client, { name: '/tcp/dying' });
    try {
      await tcpEgress(dying, '/tcp/dying', { host: '127.0.0.1', port: target });
      const socket = dial(await listening(entry));
      socket.write('hello');
      await once(socket, 'data');
      dying.close();
      const begun = performance.now();
      socket.resume();
      await closing(socket);
      assert.ok(performance.now() - begun < 10_000);
    } finally {
      entry.close();
      echo.close();
      await live.close();
    }
  });
});
