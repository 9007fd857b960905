import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type Socket } from 'node:net';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

/** What a worker does: be the server, or put load on one. */
export type Task =
  | { readonly kind: 'origin'; readonly bodyBytes: number }
  | { readonly kind: 'load'; readonly port: number; readonly calls: number; readonly atOnce: number };

export interface Load {
  /** Of each call, milliseconds, sorted. */
  readonly latencies: readonly number[];
  readonly callsPerSecond: number;
}

const SELF = new URL(import.meta.url);

/** An HTTP server of stock Node in a thread of its own. */
export async function startOrigin(bodyBytes: number): Promise<{ port: number; stop(): Promise<number> }> {
  const worker = new Worker(SELF, { workerData: { kind: 'origin', bodyBytes } satisfies Task });
  const [port] = (await once(worker, 'message')) as [number];
  return { port, stop: () => worker.terminate() };
}

/** GETs over connections that stay, from a thread of its own. @throws Error on any answer but 200 */
export async function load(port: number, calls: number, atOnce: number): Promise<Load> {
  const worker = new Worker(SELF, { workerData: { kind: 'load', port, calls, atOnce } satisfies Task });
  try {
    const [result] = (await once(worker, 'message')) as [Load];
    return result;
  } finally {
    await worker.terminate();
  }
}

async function origin(bodyBytes: number): Promise<void> {
  const body = Buffer.alloc(bodyBytes, 'x');
  const server = createServer((incoming, response) => {
    incoming.resume();
    response.writeHead(200, { 'content-length': body.length, 'content-type': 'text/plain' });
    response.end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  parentPort?.postMessage(typeof address === 'object' && address !== null ? address.port : 0);
}

/** One connection that stays: GETs one after the other, with as little work on this side as an answer of stated length takes. */
class Client {
  readonly #socket: Socket;
  readonly #request: string;
  #left = 0;
  #begun = false;
  #settle: { resolve(): void; reject(error: Error): void } | undefined;

  constructor(port: number) {
    this.#request = `GET /app/x HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAccept: */*\r\n\r\n`;
    this.#socket = connect({ port, host: '127.0.0.1', noDelay: true });
    this.#socket.on('data', (chunk) => this.#take(chunk as Buffer));
    this.#socket.on('error', (error) => this.#settle?.reject(error));
    this.#socket.on('close', () => this.#settle?.reject(new Error('the connection was closed')));
  }

  get(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
      this.#begun = false;
      this.#socket.write(this.#request, 'latin1');
    });
  }

  close(): void {
    this.#settle = undefined;
    this.#socket.destroy();
  }

  #take(chunk: Buffer): void {
    let body = chunk.length;
    if (!this.#begun) {
      // All servers here write a head at once.
      const end = chunk.indexOf('\r\n\r\n');
      const head = chunk.toString('latin1', 0, end);
      const length = /^content-length: *(\d+)/im.exec(head)?.[1];
      if (end < 0 || !head.startsWith('HTTP/1.1 200') || length === undefined) {
        this.#settle?.reject(new Error(`answer: ${head}`));
        return;
      }
      this.#begun = true;
      this.#left = Number(length);
      body -= end + 4;
    }
    this.#left -= body;
    if (this.#left === 0) this.#settle?.resolve();
  }
}

async function run(port: number, calls: number, atOnce: number): Promise<void> {
  const clients = Array.from({ length: atOnce }, () => new Client(port));
  const latencies: number[] = [];
  let left = calls;
  const begun = performance.now();
  await Promise.all(
    clients.map(async (client) => {
      while (left-- > 0) {
        const at = performance.now();
        await client.get();
        latencies.push(performance.now() - at);
      }
    }),
  );
  const callsPerSecond = (1000 * calls) / (performance.now() - begun);
  for (const client of clients) client.close();
  latencies.sort((a, b) => a - b);
  parentPort?.postMessage({ latencies, callsPerSecond } satisfies Load);
}

if (!isMainThread) {
  const task = workerData as Task;
  if (task.kind === 'origin') await origin(task.bodyBytes);
  else await run(task.port, task.calls, task.atOnce);
}
