import { execFileSync } from 'node:child_process';
import { bmv2Missing } from '../experiments/bmv2.js';
import { packagePath } from '../experiments/package-path.js';
import { against, alone, type Bench, type Result } from './bench.js';

const PEER = 'BMv2 (simple_switch_grpc)';

interface Throughput {
  readonly rate: number;
  /** Part of the packets that did not come out. */
  readonly lost: number;
  readonly window: number;
}

function throughput(target: 'embedded' | 'bmv2'): Throughput {
  const script = packagePath('dist/bench/support/afpacket-inside.js');
  const output = execFileSync('unshare', ['-n', process.execPath, script, target], {
    encoding: 'utf8',
    timeout: 60_000,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return JSON.parse(output) as Throughput;
}

/** Why the bench cannot run here; undefined where it can. */
function missing(): string | undefined {
  if (process.platform !== 'linux') return 'network interfaces are Linux only';
  return process.getuid?.() === 0 ? undefined : 'network namespaces need root';
}

export const afpacketBench: Bench = {
  name: 'afpacket',
  summary:
    'named forwarding over veth pairs: sincmesh switch against simple_switch_grpc on the same interfaces',
  run: async (note) => {
    const reason = missing();
    if (reason !== undefined) {
      note(`skipped: ${reason}`);
      return [];
    }
    const name = 'named forwarding over veth pairs, closed loop, best of 3 windows';
    const own = throughput('embedded');
    note(`embedded: window ${own.window}, ${(own.lost * 100).toFixed(2)} % lost`);
    const results: Result[] = [];
    const noPeer = bmv2Missing();
    if (noPeer !== undefined) {
      note(`without BMv2: ${noPeer}`);
      results.push(alone(name, own.rate, 'packets/s'));
      return results;
    }
    const peer = throughput('bmv2');
    note(`BMv2: window ${peer.window}, ${(peer.lost * 100).toFixed(2)} % lost`);
    results.push(against(name, own.rate, 'packets/s', PEER, peer.rate));
    return results;
  },
};
