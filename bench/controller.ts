import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { printP4InfoText } from 'p4runtime-js/p4info-text';
import { Bmv2, bmv2Missing } from '../experiments/bmv2.js';
import { packagePath } from '../experiments/package-path.js';
import { sincmeshPipeline } from '../experiments/program.js';
import { EmbeddedSwitch, wallClock } from '../switch/index.js';
import { serveP4Runtime } from '../switch/p4runtime/index.js';
import { against, alone, type Bench, type Result } from './bench.js';
import {
  type ControllerRates,
  isControllerRates,
  loadSwitch,
  readPipeline,
} from './support/controller-load.js';
import { CPU_PORT } from './support/leaf.js';

const ENTRIES = 10_000;
const RECONCILED = 100_000;
const BATCH = 500;
const TABLE = 'ingress.cache.keys';
/** Folder of a finsy (github.com/byllyfish/finsy) that Debian's python3 can import. */
const FINSY = 'SINCMESH_FINSY';

type Rates = Pick<ControllerRates, 'insert' | 'modify' | 'delete' | 'read'>;
const NAMES = ['insert', 'modify', 'delete', 'read'] as const;

interface Program {
  readonly p4info: string;
  readonly deviceConfig: string;
}

/** The program with room for all entries, as files. */
function writeProgram(folder: string): Program {
  const { p4info, deviceConfig } = sincmeshPipeline();
  for (const table of p4info.getTablesList()) {
    if (table.getPreamble()?.getName() === TABLE) table.setSize(RECONCILED);
  }
  const json: { pipelines: { tables: { name: string; max_size: number }[] }[] } = JSON.parse(
    Buffer.from(deviceConfig).toString(),
  );
  for (const table of json.pipelines.flatMap(({ tables }) => tables)) {
    if (table.name === TABLE) table.max_size = RECONCILED;
  }
  const program = { p4info: join(folder, 'p4info.txtpb'), deviceConfig: join(folder, 'program.json') };
  writeFileSync(program.p4info, printP4InfoText(p4info));
  writeFileSync(program.deviceConfig, JSON.stringify(json));
  return program;
}

/** Last line a program prints, as JSON. Throws where it fails. */
function run(command: string, args: readonly string[]): Promise<unknown> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      const line = output.trim().split('\n').pop() ?? '';
      if (code === 0) resolve(JSON.parse(line));
      else reject(new Error(`${command} ${args[0] ?? ''} ended with ${code}`));
    });
  });
}

async function ours(address: string, program: Program, reconciled: number): Promise<ControllerRates> {
  const script = fileURLToPath(new URL('support/controller-load.js', import.meta.url));
  const args = [script, address, program.p4info, program.deviceConfig, String(ENTRIES), String(reconciled)];
  const rates = await run(process.execPath, ['--max-semi-space-size=64', ...args]);
  if (isControllerRates(rates)) return rates;
  throw new Error(`the controller process said ${JSON.stringify(rates)}`);
}

async function finsy(folder: string, address: string, program: Program): Promise<Rates> {
  const script = packagePath('bench/support/finsy-load.py');
  const args = [folder, address, program.p4info, program.deviceConfig, String(ENTRIES), String(BATCH)];
  const rates = await run('/usr/bin/python3', [script, ...args]);
  if (typeof rates === 'object' && rates !== null && 'insert' in rates && 'read' in rates)
    return rates as Rates;
  throw new Error(`finsy said ${JSON.stringify(rates)}`);
}

/** An embedded switch and its server while `use` runs. */
async function withEmbedded<T>(use: (address: string) => Promise<T>): Promise<T> {
  const device = new EmbeddedSwitch({ clock: wallClock(), cpuPort: CPU_PORT });
  const server = await serveP4Runtime({ switch: device, deviceId: 1, address: '127.0.0.1:0' });
  try {
    return await use(`127.0.0.1:${server.port}`);
  } finally {
    await server.close();
  }
}

async function withBmv2<T>(use: (address: string) => Promise<T>): Promise<T> {
  const peer = await Bmv2.start({ inputs: new Map([[1, []]]), waitS: 600, cpuPort: CPU_PORT, deviceId: 1 });
  try {
    return await use(peer.address);
  } finally {
    await peer.stop();
  }
}

function compare(where: string, rates: Rates, theirs: Rates | undefined): Result[] {
  return NAMES.map((name) =>
    theirs === undefined
      ? alone(`${name}, ${where}`, rates[name], 'entries/s')
      : against(`${name}, ${where}`, rates[name], 'entries/s', 'finsy', theirs[name]),
  );
}

export const controllerBench: Bench = {
  name: 'controller',
  summary: 'the controller writes, reads and reconciles table entries, beside finsy where it is there',
  run: async (note) => {
    const folder = process.env[FINSY];
    const isThere = folder !== undefined && existsSync(join(folder, 'finsy', '__init__.py'));
    if (!isThere) note(`finsy is not there: ${FINSY}=DIR names the folder that holds its package`);
    const peer = (address: string): Promise<Rates> | undefined =>
      isThere ? finsy(folder, address, program) : undefined;
    const files = mkdtempSync(join(tmpdir(), 'sincmesh-controller-'));
    const program = writeProgram(files);
    try {
      const apart = await withEmbedded((address) => ours(address, program, RECONCILED));
      const apartFinsy = await withEmbedded(async (address) => peer(address));
      const together = await withEmbedded((address) =>
        loadSwitch(address, readPipeline(program.p4info, program.deviceConfig), ENTRIES, 0),
      );
      const results = [
        ...compare('embedded switch', apart, apartFinsy),
        ...compare('embedded switch in the same process', together, undefined),
        alone(`restart beside ${RECONCILED.toLocaleString('en')} entries`, apart.reconcileS, 's'),
        alone('writes at that restart', apart.reconcileWrites, 'updates'),
      ];
      const missing = bmv2Missing();
      if (missing !== undefined) {
        note(`without simple_switch_grpc: ${missing}`);
        return results;
      }
      const bmv2 = await withBmv2((address) => ours(address, program, 0));
      const bmv2Finsy = await withBmv2(async (address) => peer(address));
      return [...results, ...compare('simple_switch_grpc', bmv2, bmv2Finsy)];
    } finally {
      rmSync(files, { recursive: true });
    }
  },
};
