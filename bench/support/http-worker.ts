import { once } from 'node:events';
import { Agent, createServer, request } from 'node:http';
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

async function run(port: number, calls: number, atOnce: number): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  const one = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const outgoing = request({ host: '127.0.0.1', port, path: '/app/x', agent }, (response) => {
        if (response.statusCode !== 200) reject(new Error(`status ${response.statusCode}`));
        response.resume();
        response.once('end', resolve);
      });
      outgoing.once('error', reject);
      outgoing.end();
    });
  const latencies: number[] = [];
  let left = calls;
  const begun = performance.now();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (left-- > 0) {
        const at = performance.now();
        await one();
        latencies.push(performance.now() - at);
      }
    }),
  );
  const callsPerSecond = (1000 * calls) / (performance.now() - begun);
  agent.destroy();
  latencies.sort((a, b) => a - b);
  parentPort?.postMessage({ latencies, callsPerSecond } satisfies Load);
}

if (!isMainThread) {
  const task = workerData as Task;
  if (task.kind === 'origin') await origin(task.bodyBytes);
  else await run(task.port, task.calls, task.atOnce);
}
