import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import {
  accessSync,
  constants,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { type CapturedFrame, decodePcap, encodePcap } from '../switch/ports/pcap.js';
import { freePort } from './free-port.js';

const SIMPLE_SWITCH = 'simple_switch_grpc';

/** Where a program is on the PATH. */
function find(program: string): string | undefined {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const path = join(folder, program);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // Not in this folder.
    }
  }
  return undefined;
}

/** Why BMv2 cannot be run here; undefined where it can. */
export function bmv2Missing(): string | undefined {
  return find(SIMPLE_SWITCH) === undefined ? `${SIMPLE_SWITCH} is not on the PATH` : undefined;
}

export interface Bmv2Options {
  /** Frames waiting at each port, read in the order of their times; every port the switch should have is a key. */
  readonly inputs: ReadonlyMap<number, readonly CapturedFrame[]>;
  /** Seconds between the start and the first frame: the time to program it. */
  readonly waitS: number;
  readonly cpuPort: number;
  readonly deviceId: number;
}

/**
 * A real simple_switch_grpc whose ports are pcap files: it needs no interfaces and no root. It reads the frames after
 * `waitS` seconds, as fast as it can; queues are made deep enough that none is dropped.
 */
export class Bmv2 {
  readonly address: string;
  readonly #process: ChildProcess;
  readonly #folder: string;
  readonly #ports: readonly number[];

  private constructor(process: ChildProcess, folder: string, address: string, ports: readonly number[]) {
    this.#process = process;
    this.#folder = folder;
    this.address = address;
    this.#ports = ports;
  }

  static async start(options: Bmv2Options): Promise<Bmv2> {
    const folder = mkdtempSync(join(tmpdir(), 'sincmesh-bmv2-'));
    const interfaces: string[] = [];
    for (const [port, frames] of options.inputs) {
      writeFileSync(join(folder, `p${port}_in.pcap`), encodePcap(frames));
      interfaces.push('-i', `${port}@p${port}`);
    }
    const [grpc, thrift] = [await freePort(), await freePort()];
    const address = `127.0.0.1:${grpc}`;
    const child = spawn(
      SIMPLE_SWITCH,
      [
        ...['--no-p4', '--device-id', String(options.deviceId), '--use-files', String(options.waitS)],
        ...['--thrift-port', String(thrift), ...interfaces],
        ...['--', '--grpc-server-addr', address, '--cpu-port', String(options.cpuPort)],
      ],
      { cwd: folder, stdio: 'ignore' },
    );
    const started = new Bmv2(child, folder, address, [...options.inputs.keys()]);
    if (find('simple_switch_CLI') !== undefined) await deepQueues(thrift);
    return started;
  }

  /** Bytes of the frames that have come out of a port so far, record headers included. */
  outputBytes(port: number): number {
    try {
      return statSync(join(this.#folder, `p${port}_out.pcap`)).size;
    } catch {
      return 0;
    }
  }

  /**
   * Whether it has nothing to do: all its threads sleep, and none has been on a processor between two looks. A thread
   * that has work for another wakes it before it sleeps itself. Where there is no /proc, always.
   */
  get isAtRest(): boolean {
    const turns = turnsOf(this.#process.pid);
    return turns !== undefined && turns === turnsOf(this.#process.pid);
  }

  /** Ends the process and gives what came out of each port. */
  async stop(): Promise<Map<number, Uint8Array[]>> {
    await new Promise<void>((resolve) => {
      if (this.#process.exitCode !== null || this.#process.signalCode !== null) resolve();
      else this.#process.once('exit', () => resolve());
      this.#process.kill('SIGINT');
    });
    const outputs = new Map<number, Uint8Array[]>();
    for (const port of this.#ports) {
      const file = readFileSync(join(this.#folder, `p${port}_out.pcap`));
      outputs.set(port, file.length === 0 ? [] : decodePcap(file).map(({ frame }) => frame));
    }
    rmSync(this.#folder, { recursive: true });
    return outputs;
  }
}

/** How often each thread of a process has been on a processor; undefined where one is, or wants to be. */
function turnsOf(pid: number | undefined): string | undefined {
  const turns: string[] = [];
  if (process.platform !== 'linux') return '';
  try {
    for (const thread of readdirSync(`/proc/${pid}/task`)) {
      const status = readFileSync(`/proc/${pid}/task/${thread}/status`, 'utf8');
      if (!/^State:\s*S/m.test(status)) return undefined;
      turns.push(thread, ...(status.match(/^(?:non)?voluntary_ctxt_switches:.*$/gm) ?? []));
    }
  } catch {
    // A thread, or all of it, has ended meanwhile.
    return undefined;
  }
  return turns.join(' ');
}

/** Egress queues of BMv2 hold 64 frames unless told otherwise; its Thrift port is the only way to say so. */
async function deepQueues(thriftPort: number): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    try {
      execFileSync('simple_switch_CLI', ['--thrift-port', String(thriftPort)], {
        input: 'set_queue_depth 10000000\n',
        stdio: ['pipe', 'ignore', 'ignore'],
        timeout: 5000,
      });
      return;
    } catch {
      // It is not listening yet.
    }
  }
  throw new Error(`simple_switch_grpc does not answer on its Thrift port ${thriftPort}`);
}
