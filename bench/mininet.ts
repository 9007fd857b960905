import { bmv2Missing } from '../experiments/bmv2.js';
import { interfacesMissing, mininetMissing, runMininet } from '../experiments/mininet.js';
import { against, type Bench, type Result } from './bench.js';

const JOB = 'all-reduce, 8 hosts x 1 Mi int32';

/** Goodput of each scenario, megabits per second and host. Throws where a sum was wrong or a scenario failed. */
async function goodputs(kind: string, scenarios: readonly string[]): Promise<Map<string, number>> {
  const { status, stdout, output } = await runMininet([
    '--switch',
    kind,
    '--json',
    '--test',
    scenarios.join(),
  ]);
  if (status !== 0) throw new Error(`mininet/run.py --switch ${kind} ended with ${status}:\n${output}`);
  const found = new Map<string, number>();
  for (const line of stdout.split('\n')) {
    if (!line.startsWith('{')) continue;
    const { scenario, goodput_mbps } = JSON.parse(line) as { scenario: string; goodput_mbps: number };
    found.set(scenario, goodput_mbps);
  }
  return found;
}

export const mininetBench: Bench = {
  name: 'mininet',
  summary:
    'all-reduce between Mininet hosts on sincmesh switch, against BMv2 and against a parameter server over TCP',
  run: async (note) => {
    const reason = mininetMissing() ?? interfacesMissing();
    if (reason !== undefined) {
      note(`skipped: ${reason}`);
      return [];
    }
    const own = await goodputs('embedded', ['allreduce', 'allreduce-wide', 'allreduce-tcp']);
    const narrow = own.get('allreduce') ?? Number.NaN;
    const wide = own.get('allreduce-wide') ?? Number.NaN;
    const results: Result[] = [
      against(
        `${JOB}, window 64`,
        wide,
        'Mbit/s',
        'TCP parameter server',
        own.get('allreduce-tcp') ?? Number.NaN,
      ),
    ];
    const noPeer = bmv2Missing();
    if (noPeer !== undefined) {
      note(`no comparison with BMv2: ${noPeer}`);
      return results;
    }
    // BMv2 queues 64 packets a port: more under way than 8 packets of 8 hosts would mostly be repetitions.
    const peer = await goodputs('bmv2', ['allreduce', 'allreduce-tcp']);
    const bmv2 = peer.get('allreduce') ?? Number.NaN;
    results.push(
      against(`${JOB}, window 8`, narrow, 'Mbit/s', 'BMv2 (window 8)', bmv2),
      against(`${JOB}, window 64`, wide, 'Mbit/s', 'BMv2 (window 8)', bmv2),
      against(
        `${JOB}, on BMv2`,
        bmv2,
        'Mbit/s',
        'TCP parameter server on BMv2',
        peer.get('allreduce-tcp') ?? Number.NaN,
      ),
    );
    return results;
  },
};
