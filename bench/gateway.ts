import { once } from 'node:events';
import { createServer } from 'node:http';
import { Egress, Ingress } from '../host/gateway/index.js';
import { LiveFabric } from '../test/gateway/live-fabric.js';
import { against, alone, type Bench, type Result } from './bench.js';
import { type Load, load, startOrigin } from './support/http-worker.js';
import { hasNginx, startNginx } from './support/nginx.js';

const WARM_UP = 300;
const CALLS = 1500;
const AT_ONCE = 32;
const SIZES = [1024, 65_536] as const;

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

async function throughGateways(target: number): Promise<Figures> {
  const live = await LiveFabric.start();
  try {
    const egress = await Egress.serve(live.host('h3'), '/web/app', { target: `http://127.0.0.1:${target}` });
    const ingress = new Ingress(live.host('h1'), { routes: [{ prefix: '/app', name: '/web/app' }] });
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
  } finally {
    await live.close();
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

/** The gateways' figures against those of `peer`; the peer's latency also as what it adds to a direct call. */
function compare(size: string, ours: Figures, direct: Figures, name: string, peer: Figures): Result[] {
  const results: Result[] = [];
  for (const [word, share] of [
    ['median', 0.5],
    ['p99', 0.99],
  ] as const) {
    const base = quantile(direct.single, share);
    const [time, theirs] = [quantile(ours.single, share), quantile(peer.single, share)];
    results.push(
      against(`GET ${size}: latency, ${word}, against ${name}`, time, 'ms', name, theirs, 'less'),
      // The difference of two noisy figures makes no denominator: no ratio of these.
      alone(`GET ${size}: latency ${name} adds, ${word}`, theirs - base, 'ms'),
    );
  }
  const rates = [ours.crowd.callsPerSecond, peer.crowd.callsPerSecond] as const;
  results.push(
    against(`GET ${size}: ${AT_ONCE} at once, against ${name}`, rates[0], 'calls/s', name, rates[1]),
  );
  return results;
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
        const ours = await throughGateways(origin.port);
        results.push(
          alone(`GET ${size}: latency of a direct call, median`, quantile(direct.single, 0.5), 'ms'),
          alone(`GET ${size}: latency of a direct call, p99`, quantile(direct.single, 0.99), 'ms'),
          against(
            `GET ${size}: ${AT_ONCE} at once, against a direct call`,
            ours.crowd.callsPerSecond,
            'calls/s',
            'direct',
            direct.crowd.callsPerSecond,
          ),
        );
        for (const share of [0.5, 0.99]) {
          const added = quantile(ours.single, share) - quantile(direct.single, share);
          results.push(alone(`GET ${size}: latency the gateways add, quantile ${share}`, added, 'ms'));
        }
        if (!withNginx) continue;
        const one = await throughNginx(origin.port, 1);
        const two = await throughNginx(origin.port, 2);
        results.push(
          ...compare(size, ours, direct, 'nginx', one),
          ...compare(size, ours, direct, 'a pair of nginx', two),
        );
      } finally {
        await origin.stop();
      }
    }
    return results;
  },
};
