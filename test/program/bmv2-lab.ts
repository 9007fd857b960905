import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type DigestList, type PacketIn, SwitchClient } from '../../controller/p4runtime/index.js';
import { type Lab, type LabKind, PORTS, type PortFrame, ROOT, sincmeshPipeline } from './lab.js';

/** Frames come out of BMv2 right behind each other: after this many milliseconds of quiet, no more are going to. */
const QUIET_MS = 30;
/** Where none has come out at all, the machine may be busy with something else. */
const SILENT_MS = 80;

/** How much longer everything takes on a machine that has far more to do than it can. */
function crowding(): number {
  return Math.min(6, Math.max(1, (loadavg()[0] ?? 0) / availableParallelism() / 2));
}

function missing(): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'needs root on Linux for veth pairs';
  for (const [command, flag] of [
    ['simple_switch_grpc', '--version'],
    ['python3', '--version'],
    ['ip', '-V'],
    ['unshare', '--version'],
  ] as const) {
    if (spawnSync(command, [flag], { timeout: 20_000 }).error !== undefined)
      return `${command} is not on the PATH`;
  }
  if (spawnSync('unshare', ['-n', '-m', 'true']).status !== 0) return 'may not make network namespaces';
  return undefined;
}

class Bmv2Lab implements Lab {
  readonly client: SwitchClient;
  private readonly child: ChildProcessWithoutNullStreams;
  private readonly folder: string;
  private received: PortFrame[] = [];
  private inbox: PacketIn[] = [];
  private reported: DigestList[] = [];
  private lastArrival = 0;

  constructor() {
    this.folder = mkdtempSync(join(tmpdir(), 'sincmesh-bmv2-'));
    const socket = join(this.folder, 'p4runtime');
    const script = fileURLToPath(new URL('test/program/veth-switch.py', ROOT));
    this.child = spawn('unshare', ['-n', '-m', 'python3', script, socket, ...PORTS.map(String)]);
    createInterface({ input: this.child.stdout }).on('line', (line) => {
      const [port = '', hex = ''] = line.split(' ');
      this.received.push({ port: Number(port), bytes: new Uint8Array(Buffer.from(hex, 'hex')) });
      this.lastArrival = Date.now();
    });
    this.client = new SwitchClient({ address: `unix:${socket}`, rpcTimeoutMs: 30_000 });
    this.client.packetIn.subscribe((packet) => {
      this.inbox.push(packet);
      this.lastArrival = Date.now();
    });
    this.client.digest.subscribe((list) => this.reported.push(list));
  }

  private async quiet(): Promise<void> {
    const begun = Date.now();
    const factor = crowding();
    this.lastArrival = begun;
    while (Date.now() - this.lastArrival < factor * (this.lastArrival === begun ? SILENT_MS : QUIET_MS))
      await sleep(5);
  }

  async send(port: number, frame: Uint8Array): Promise<PortFrame[]> {
    this.child.stdin.write(`${port} ${Buffer.from(frame).toString('hex')}\n`);
    await this.quiet();
    return this.received.splice(0);
  }

  async packetOut(
    frame: Uint8Array,
    metadata: { egress_port: number; forward: number },
  ): Promise<PortFrame[]> {
    this.client.packetOut(frame, metadata);
    await this.quiet();
    return this.received.splice(0);
  }

  async packetIns(): Promise<PacketIn[]> {
    await this.quiet();
    return this.inbox.splice(0);
  }

  async digests(): Promise<DigestList[]> {
    await sleep(100);
    return this.reported.splice(0);
  }

  async close(): Promise<void> {
    await this.client.close();
    await new Promise<void>((resolve) => {
      this.child.once('exit', () => resolve());
      this.child.stdin.end();
    });
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** BMv2's simple_switch_grpc between veth pairs. */
export const bmv2: LabKind = {
  name: 'BMv2',
  missing,
  async start() {
    const lab = new Bmv2Lab();
    lab.client.start();
    await lab.client.whenPrimary();
    await lab.client.setPipeline(sincmeshPipeline());
    return lab;
  },
};
