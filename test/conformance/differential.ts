/**
 * Holds the embedded switch against a real simple_switch on packets of any content:
 *
 *   node dist/test/conformance/differential.js DIR [SEED]
 *
 * Not a test of its own: simple_switch reads fields of invalid headers as whatever an earlier packet left
 * there, runs ingress and egress in different threads, and stops where an index is out of bounds, so a
 * difference has to be looked at. Ports are files; frames per program are few enough for BMv2's queues.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EmbeddedSwitch, loadProgram } from '../../switch/index.js';
import { decodePcap, encodePcap } from '../../switch/ports/pcap.js';
import { seededRandom } from '../../switch/v1model/random.js';
import { type CorpusCase, corpusCases } from './corpus.js';
import { parseStf } from './stf.js';

const PORTS = Array.from({ length: 12 }, (_, port) => port);
/** simple_switch drops from the 65th packet waiting for a port. */
const FRAMES = 60;

type Outputs = ReadonlyMap<number, readonly string[]>;

/** Samples of the program's script, changed, cut and lengthened, and noise. */
function framesFor(samples: readonly Uint8Array[], random: () => number): Uint8Array[] {
  const integer = (below: number) => Math.floor(random() * below);
  const bytes = (length: number) => Uint8Array.from({ length }, () => integer(256));
  const frames = samples.slice(0, FRAMES).filter((frame) => frame.length > 0);
  while (frames.length < FRAMES) {
    const sample = samples[integer(samples.length)];
    if (sample === undefined || sample.length === 0 || integer(4) === 0) {
      frames.push(bytes(1 + integer(90)));
      continue;
    }
    const cut = integer(5) === 0 ? 1 + integer(sample.length) : sample.length;
    const frame = Uint8Array.from([
      ...sample.subarray(0, cut),
      ...(integer(5) === 0 ? bytes(integer(40)) : []),
    ]);
    for (let i = integer(5); i > 0; i--)
      frame[integer(frame.length)] = integer(3) > 0 ? integer(256) : integer(2);
    frames.push(frame);
  }
  return frames;
}

function embedded(document: unknown, port: number, frames: readonly Uint8Array[]): Outputs {
  const device = new EmbeddedSwitch({ clock: { now: () => 0 } });
  device.load(loadProgram(document));
  const outputs = new Map<number, string[]>();
  for (const out of PORTS) {
    const list: string[] = [];
    outputs.set(out, list);
    device.attach(out, { transmit: (frame) => list.push(Buffer.from(frame).toString('hex')) });
  }
  for (const frame of frames) device.receive(port, frame);
  return outputs;
}

/** Output of simple_switch, which has stopped by itself where `stopped` is true. */
async function bmv2(json: string, port: number, frames: readonly Uint8Array[], id: number) {
  const folder = mkdtempSync(join(tmpdir(), 'sincmesh-differential-'));
  const input = (of: number) => (of === port ? frames.map((frame, timeUs) => ({ timeUs, frame })) : []);
  for (const of of PORTS) writeFileSync(join(folder, `p${of}_in.pcap`), encodePcap(input(of)));
  const interfaces = PORTS.flatMap((of) => ['-i', `${of}@p${of}`]);
  const thrift = 20_000 + ((process.pid * 131 + id) % 20_000);
  const child = spawn(
    'simple_switch',
    ['--use-files', '0', '--thrift-port', String(thrift), '--device-id', String(id), ...interfaces, json],
    { cwd: folder, stdio: 'ignore' },
  );
  let stopped = false;
  const gone = new Promise<void>((resolve) => {
    child.on('exit', () => {
      stopped = true;
      resolve();
    });
    child.on('error', () => resolve());
  });
  const size = () => PORTS.reduce((sum, of) => sum + sizeOf(join(folder, `p${of}_out.pcap`)), 0);
  // Until nothing has been added for a while, or nothing ever comes.
  for (let last = -1, quiet = 0, turn = 0; !stopped && quiet < 5 && turn < 60; turn++) {
    await sleep(100);
    quiet = size() === last && (last > 24 * PORTS.length || turn > 20) ? quiet + 1 : 0;
    last = size();
  }
  const crashed = stopped;
  child.kill('SIGTERM');
  await Promise.race([gone, sleep(3000)]);
  child.kill('SIGKILL');
  const outputs = new Map(
    PORTS.map((of): [number, string[]] => {
      const path = join(folder, `p${of}_out.pcap`);
      if (sizeOf(path) < 24) return [of, []];
      return [of, decodePcap(readFileSync(path)).map(({ frame }) => Buffer.from(frame).toString('hex'))];
    }),
  );
  rmSync(folder, { recursive: true, force: true });
  return { outputs, crashed };
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

/** Compares one program; returns a line per port that differs. */
async function compare(test: CorpusCase, seed: number, id: number): Promise<string[]> {
  const json = join(test.directory, `${test.name}.json`);
  const script = join(test.directory, `${test.name}.stf`);
  const commands = sizeOf(script) > 0 ? parseStf(readFileSync(script, 'utf8')) : [];
  const packets = commands.flatMap((command) => (command.verb === 'packet' ? [command] : []));
  const port = packets[0]?.port ?? 0;
  const frames = framesFor(
    packets.map(({ bytes }) => bytes),
    seededRandom(seed * 1000 + id),
  );
  const ours = embedded(JSON.parse(readFileSync(json, 'utf8')), port, frames);
  const { outputs: theirs, crashed } = await bmv2(json, port, frames, id);
  const lines = crashed ? ['simple_switch stopped'] : [];
  for (const out of PORTS) {
    const a = ours.get(out) ?? [];
    const b = theirs.get(out) ?? [];
    const differing = Array.from({ length: Math.max(a.length, b.length) }, (_, i) => i).filter(
      (i) => a[i] !== b[i],
    );
    const [first] = differing;
    if (first !== undefined)
      lines.push(
        `port ${out}: ${a.length} and ${b.length} frames, ${differing.length} differ; frame ${first} is ${a[first]}, not ${b[first]}`,
      );
  }
  return lines;
}

const [directory, seed = '1'] = process.argv.slice(2);
if (directory === undefined) {
  console.error('usage: node dist/test/conformance/differential.js DIR [SEED]');
  process.exitCode = 2;
} else {
  let same = 0;
  const cases = corpusCases(directory);
  for (const [id, test] of cases.entries()) {
    const lines = await compare(test, Number(seed), id).catch((error: unknown) => [String(error)]);
    if (lines.length === 0) same++;
    else console.log([`DIFFERS ${test.name}`, ...lines.map((line) => `  ${line}`)].join('\n'));
  }
  console.log(`${same} of ${cases.length} programs alike`);
}
