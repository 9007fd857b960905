import { readFileSync } from 'node:fs';
import { parseTopology, type Topology } from '../../controller/index.js';
import { EmulatedFabric } from '../fabric.js';
import { packagePath } from '../package-path.js';
import { Report } from '../report.js';
import { cache } from './cache.js';
import { cells } from './cells.js';
import { names } from './names.js';
import { training } from './training.js';

const PARTS = { names, training, cache, cells } as const;

export type SectionName = keyof typeof PARTS;

export const SECTIONS: readonly SectionName[] = ['names', 'training', 'cache', 'cells'];

export interface DemoOptions {
  readonly seed: number;
  readonly sections: readonly SectionName[];
  /** Probability that a link loses a frame. */
  readonly loss: number;
  /** Print the findings as JSON instead of progress and table. */
  readonly json: boolean;
}

const NEXT = [
  'What to try next:',
  '  npm start -- --seed 2              the same with other chances; a seed always gives the same run',
  '  npm start -- --only training       one part alone (names, training, cache, cells)',
  '  npm start -- --loss 2              two percent of all frames lost on every link',
  '  npm run bench                      how fast the embedded switch is, against BMv2 where it is installed',
  '  docs/architecture.md               where everything is; docs/protocol.md: every bit on the wire',
  '',
].join('\n');

function leafSpine(): Topology {
  const path = packagePath('experiments/topologies/leaf-spine.yaml');
  return parseTopology(readFileSync(path, 'utf8'), path);
}

/** The main job: a fabric that runs, end to end. Resolves to the exit status, 0 only if every check held. */
export async function runDemo(options: DemoOptions): Promise<number> {
  const report = new Report(process.stdout, { quiet: options.json });
  report.section('Fabric');
  const topology = leafSpine();
  report.progress(
    `${topology.switches.size} switches, ${topology.hosts.size} hosts; the controller connects to each switch over gRPC`,
  );
  const fabric = await EmulatedFabric.start({
    topology,
    seed: options.seed,
    faults: options.loss > 0 ? { loss: options.loss } : {},
  });
  try {
    const ports = [...fabric.grpcPorts()].map(([name, port]) => `${name}:${port}`).join(' ');
    report.progress(`all programmed; P4Runtime on 127.0.0.1, ports ${ports}`);
    report.measured('up', `${topology.switches.size} switches programmed in ${report.elapsedS.toFixed(1)} s`);
    for (const section of SECTIONS) {
      if (options.sections.includes(section)) await PARTS[section](fabric, report);
    }
    report.section('Altogether');
    const packets = fabric.packetsSwitched();
    report.measured(
      'packets through the pipelines',
      `${packets} in ${(fabric.emulator.now() / 1e6).toFixed(1)} s of virtual time`,
    );
  } finally {
    await fabric.close();
  }
  report.measured('real time', `${report.elapsedS.toFixed(1)} s`);
  if (options.json) process.stdout.write(`${JSON.stringify(report.findings, undefined, 1)}\n`);
  else process.stdout.write(`${report.table()}\n${verdict(report)}\n\n${NEXT}`);
  return report.failed === 0 ? 0 : 1;
}

function verdict(report: Report): string {
  return report.failed === 0
    ? `All ${report.held} checks held.`
    : `${report.failed} of ${report.held + report.failed} checks FAILED.`;
}
