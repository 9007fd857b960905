import { afpacketBench } from './afpacket.js';
import type { Bench, Result } from './bench.js';
import { cacheBench } from './cache.js';
import { controllerBench } from './controller.js';
import { gatewayBench } from './gateway.js';
import { microBench } from './micro.js';
import { mininetBench } from './mininet.js';
import { p4runtimeBench } from './p4runtime.js';
import { programBench } from './program.js';
import { reduceBench } from './reduce.js';
import { registryBench } from './registry.js';
import { sequencerBench } from './sequencer.js';
import { switchBench } from './switch.js';
import { tablesBench } from './tables.js';
import { transportBench } from './transport.js';

const BENCHES: readonly Bench[] = [
  switchBench,
  afpacketBench,
  microBench,
  tablesBench,
  p4runtimeBench,
  controllerBench,
  programBench,
  reduceBench,
  cacheBench,
  sequencerBench,
  transportBench,
  registryBench,
  gatewayBench,
  mininetBench,
];

function usage(): string {
  return [
    'Usage: npm run bench -- [NAME ...] [--json]',
    '',
    ...BENCHES.map((bench) => `  ${bench.name.padEnd(10)} ${bench.summary}`),
    '',
    'Without a name all of them run. --json prints one object a line: {"name","value","unit","peer","peerValue","ratio"}.',
    '',
  ].join('\n');
}

function row(result: Result): string {
  const peer =
    result.peer === null || result.peerValue === null || result.ratio === null
      ? ''
      : `${result.peer} ${figure(result.peerValue)} ${result.unit}  ${result.ratio.toFixed(2)} x`;
  return `${result.name.padEnd(44)} ${figure(result.value).padStart(12)} ${result.unit.padEnd(10)} ${peer}`;
}

function figure(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: value < 100 ? 2 : 0 });
}

async function main(argv: readonly string[]): Promise<number> {
  const json = argv.includes('--json');
  const names = argv.filter((word) => word !== '--json');
  if (names.includes('--help')) {
    process.stdout.write(usage());
    return 0;
  }
  const unknown = names.find((name) => !BENCHES.some((bench) => bench.name === name));
  if (unknown !== undefined) {
    process.stderr.write(`bench: there is no bench '${unknown}'\n${usage()}`);
    return 2;
  }
  for (const bench of BENCHES) {
    if (names.length > 0 && !names.includes(bench.name)) continue;
    const note = (text: string): void => {
      process.stderr.write(`${bench.name}: ${text}\n`);
    };
    for (const result of await bench.run(note)) {
      process.stdout.write(`${json ? JSON.stringify(result) : row(result)}\n`);
    }
  }
  return 0;
}

process.exitCode = await main(process.argv.slice(2));
