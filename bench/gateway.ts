import { once } from 'node:events';
import { createServer } from 'node:http';
import { Egress, Ingress } from '../host/gateway/index.js';
import { Host, NodeEnvironment } from '../host/index.js';
import { LiveFabric } from '../test/gateway/live-fabric.js';
import { against, alone, type Bench, type Result } from './bench.js';
import { type Load, load, startOrigin } from './support/http-worker.js';
import { hasNginx, startNginx } from './support/nginx.js';

const WARM_UP = 300;
const CALLS = 1500;
const AT_ONCE = 32;
const SIZES = [1024, 65_536] as const;

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

async function measure(port: number): Promise<Figures> {
  await load(port, WARM_UP, AT_ONCE);
  return { single: await load(port, CALLS, 1), crowd: await load(port, CALLS, AT_ONCE) };
}

const quantile = ({ latencies }: Load, share: number): number =>
  latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? Number.NaN;

async function throughFabric(target: number): Promise<Figures> {
  const live = await LiveFabric.start();
  try {
    return await throughGateways(target, live.host('h1'), live.host('h3'), true);
  } finally {
    await live.close();
  }
}

/** No switch in between: what the gateways and the message transport cost by themselves. */
async function throughSockets(target: number): Promise<Figures> {
  const [near, far] = ['127.0.8.2', '127.0.8.3'] as const;
  const client = new Host(new NodeEnvironment({ address: near }), { name: '/h/near', serviceAddress: far });
  const server = new Host(new NodeEnvironment({ address: far }), { name: '/h/far', serviceAddress: near });
  try {
    return await throughGateways(target, client, server, false);
  } finally {
    client.close();
    server.close();
  }
}

async function throughGateways(
  target: number,
  client: Host,
  server: Host,
  register: boolean,
): Promise<Figures> {
  const egress = await Egress.serve(server, '/web/app', { target: `http://127.0.0.1:${target}`, register });
  const ingress = new Ingress(client, { routes: [{ prefix: '/app', name: '/web/app' }] });
  const front = createServer(ingress.listener).listen(0, '127.0.0.1');
  await once(front, 'listening');
  const address = front.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  try {
    return await measure(port);
  } finally {
    front.closeAllConnections();
    front.close();
    await egress.close();
  }
}

async function throughNginx(target: number, hops: number): Promise<Figures> {
  const proxies = await startNginx(target, hops);
  try {
    return await measure(proxies.port);
  } finally {
    await proxies.stop();
  }
}

export const gatewayBench: Bench = {
  name: 'gateway',
  summary: 'HTTP through a pair of gateways and a fabric, against direct calls and nginx',
  async run(note): Promise<readonly Result[]> {
    note(
      'both gateways and the fabric between them (three embedded switches) share one thread of this process;',
    );
    note('client and server have a thread each, nginx processes of its own; all over loopback');
    const withNginx = hasNginx();
    if (!withNginx) note('nginx is not installed (Debian: nginx-light): no comparison with it');
    const results: Result[] = [];
    for (const bytes of SIZES) {
      const origin = await startOrigin(bytes);
      try {
        const size = `${bytes / 1024} KiB`;
        const direct = await measure(origin.port);
        const ways: (readonly [string, Figures])[] = [
          ['over UDP sockets', await throughSockets(origin.port)],
          ['over the fabric', await throughFabric(origin.port)],
        ];
        const peers: (readonly [string, Figures])[] = withNginx
          ? [
              ['nginx', await throughNginx(origin.port, 1)],
              ['a pair of nginx', await throughNginx(origin.port, 2)],
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
