import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseTopology, type Topology } from '../../controller/index.js';

export const LEAVES = 16;
export const SPINES = 4;
const HOSTS = 4;

export interface MeshCounts {
  /** Updates all switches have taken since they started. */
  readonly updates: number;
  /** Table entries they hold. */
  readonly entities: number;
  /** Frames that left the first leaf at its first host's port. */
  readonly answered: number;
  /** Seconds of CPU their process has used since it started. */
  readonly cpu: number;
}

/** Sixteen leaves of four hosts each below four spines. */
export function meshTopology(): Topology {
  const lines = ['switches:'];
  for (let i = 1; i <= LEAVES; i += 1) lines.push(`  - { name: leaf${i}, role: leaf, id: ${i} }`);
  for (let i = 1; i <= SPINES; i += 1) lines.push(`  - { name: spine${i}, role: spine, id: ${100 + i} }`);
  lines.push('links:');
  for (let i = 1; i <= LEAVES; i += 1) {
    for (let j = 1; j <= SPINES; j += 1) lines.push(`  - { a: 'leaf${i}:${j}', b: 'spine${j}:${i}' }`);
  }
  lines.push('hosts:');
  for (let i = 1; i <= LEAVES; i += 1) {
    for (let h = 1; h <= HOSTS; h += 1) {
      lines.push(`  - { name: h${i}-${h}, switch: leaf${i}, port: ${10 + h}, ipv4: 10.0.${i}.${h} }`);
    }
  }
  return parseTopology(lines.join('\n'));
}

/** Twenty embedded switches in a process of their own. */
export class MeshSwitches {
  readonly ports: ReadonlyMap<string, number>;
  readonly #process: ChildProcess;

  private constructor(process: ChildProcess, ports: ReadonlyMap<string, number>) {
    this.#process = process;
    this.ports = ports;
  }

  static async start(topology: Topology): Promise<MeshSwitches> {
    const names = [...topology.switches.keys()];
    const script = fileURLToPath(new URL('mesh-switches.js', import.meta.url));
    const child = fork(script, [String(names.length)]);
    const { ports } = await reply<{ ports: number[] }>(child);
    return new MeshSwitches(child, new Map(names.map((name, i) => [name, ports[i] ?? 0])));
  }

  /** Frames come from the first leaf's first host, at a steady rate, one after another and again. */
  play(frames: readonly Uint8Array[], perSecond: number, total: number): void {
    const texts = frames.map((frame) => Buffer.from(frame).toString('base64'));
    this.#process.send({ frames: texts, perSecond, total });
  }

  counts(): Promise<MeshCounts> {
    const answer = reply<MeshCounts>(this.#process);
    this.#process.send('counts');
    return answer;
  }

  async stop(): Promise<void> {
    const gone = new Promise((resolve) => this.#process.once('exit', resolve));
    this.#process.disconnect();
    await gone;
  }
}

function reply<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null) => reject(new Error(`the switches ended with ${code}`));
    child.once('exit', ended);
    child.once('message', (message) => {
      child.off('exit', ended);
      resolve(message as T);
    });
  });
}
