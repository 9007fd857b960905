import { once } from 'node:events';
import { Egress, Ingress } from '../host/gateway/index.js';
import type { Host } from '../host/index.js';
import { LiveFabric } from '../test/gateway/live-fabric.js';
import { against, alone, type Bench, type Result } from './bench.js';
import { startGatewayPair } from './support/gateway-pair.js';
import { type Load, load, startOrigin } from './support/http-worker.js';
import { hasNginx, startNginx } from './support/nginx.js';

const AT_ONCE = 32;
/** Bytes of a body, and calls made with it, half as many of them before it counts: Node compiles what is used much for a while. */
const SIZES = [
  [1024, 40_000],
  [65_536, 8000],
  [1 << 20, 800],
] as const;

const QUANTILES = [
  ['median', 0.5],
  ['p99', 0.99],
] as const;

interface Figures {
  /** One call at a time. */
  readonly single: Load;
  /** AT_ONCE at a time. */
  readonly crowd: Load;
}

async function measure(port: number, calls: number): Promise<Figures> {
  await load(port, Math.ceil(calls / 2), AT_ONCE);
  return { single: await load(port, Math.ceil(calls / 8), 1), crowd: await load(port, calls, AT_ONCE) };
}

const quantile = ({ latencies }: Load, share: number): number =>
  latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? Number.NaN;

async function throughFabric(target: number, calls: number): Promise<Figures> {
  const live = await LiveFabric.start();
  try {
    return await throughGateways(target, live.host('h1'), live.host('h3'), calls);
  } finally {
    await live.close();
  }
}

/** No switch in between: what the gateways and the message transport cost by themselves, a process each as nginx has. */
async function throughSockets(target: number, calls: number): Promise<Figures> {
  const pair = await startGatewayPair(target);
  try {
    return await measure(pair.port, calls);
  } finally {
    await pair.stop();
  }
}

async function throughGateways(target: number, client: Host, server: Host, calls: number): Promise<Figures> {
  const egress = await Egress.serve(server, '/web/app', { target: `http://127.0.0.1:${target}` });
  const ingress = new Ingress(client, { routes: [{ prefix: '/app', name: '/web/app' }] });
  const front = ingress.createServer().listen(0, '127.0.0.1');
  await once(front, 'listening');
  const address = front.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  try {
    return await measure(port, calls);
  } finally {
    front.close();
    await egress.close();
  }
}

async function throughNginx(target: number, hops: number, calls: number): Promise<Figures> {
  const proxies = await startNginx(target, hops);
  try {
    return await measure(proxies.port, calls);
  } finally {
    await proxies.stop();
  }
}

export const gatewayBench: Bench = {
  name: 'gateway',
  summary: 'HTTP through a pair of gateways and a fabric, against direct calls and nginx',
  async run(note): Promise<readonly Result[]> {
    note(
      'over UDP sockets: a process for each gateway, no switch; nginx: a process with one worker for each proxy;',
    );
    note('over the fabric: both gateways and three embedded switches share one thread of this process;');
    note('client and server have a thread each; all over loopback, two cores or more are needed for sense');
    const withNginx = hasNginx();
    if (!withNginx) note('nginx is not installed (Debian: nginx-light): no comparison with it');
    const results: Result[] = [];
    for (const [bytes, calls] of SIZES) {
      const origin = await startOrigin(bytes);
      try {
        const size = `${bytes / 1024} KiB`;
        const direct = await measure(origin.port, calls);
        const ways: (readonly [string, Figures])[] = [
          ['over UDP sockets', await throughSockets(origin.port, calls)],
          ['over the fabric', await throughFabric(origin.port, Math.ceil(calls / 8))],
        ];
        const peers: (readonly [string, Figures])[] = withNginx
          ? [
              ['nginx', await throughNginx(origin.port, 1, calls)],
              ['a pair of nginx', await throughNginx(origin.port, 2, calls)],
            ]
          : [];
        for (const [word, share] of QUANTILES) {
          const base = quantile(direct.single, share);
          results.push(alone(`GET ${size}: a direct call, ${word}`, base, 'ms'));
          for (const [name, figures] of [...ways, ...peers]) {
            const added = quantile(figures.single, share) - base;
            results.push(alone(`GET ${size}: ${word} added, ${name}`, added, 'ms'));
          }
        }
        for (const [way, ours] of ways) {
          for (const [name, peer] of [['a direct call', direct] as const, ...peers]) {
            for (const [word, share] of QUANTILES) {
              // Of whole calls: the difference of two noisy figures makes no denominator.
              const [time, theirs] = [quantile(ours.single, share), quantile(peer.single, share)];
              results.push(against(`GET ${size} ${way}: ${word}`, time, 'ms', name, theirs, 'less'));
            }
            const rates = [ours.crowd.callsPerSecond, peer.crowd.callsPerSecond] as const;
            const title = `GET ${size} ${way}: ${AT_ONCE} at once`;
            results.push(against(title, rates[0], 'calls/s', name, rates[1]));
          }
        }
      } finally {
        await origin.stop();
      }
    }
    return results;
  },
};
