import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setImmediate as turn } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type DigestList, type PacketIn, SwitchClient } from '../../controller/p4runtime/index.js';
import { type Lab, type LabKind, PORTS, type PortFrame, ROOT, sincmeshPipeline } from './lab.js';

/** Turns of the event loop after which a message that has come over gRPC has been told. */
const TURNS = 200;

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
  /** Who waits for the switch to come to rest, in the order of asking. */
  private readonly waiting: ((problem?: Error) => void)[] = [];

  constructor() {
    this.folder = mkdtempSync(join(tmpdir(), 'sincmesh-bmv2-'));
    const socket = join(this.folder, 'p4runtime');
    const script = fileURLToPath(new URL('test/program/veth-switch.py', ROOT));
    this.child = spawn('unshare', ['-n', '-m', 'python3', script, socket, ...PORTS.map(String)]);
    let said = '';
    this.child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-4000);
    });
    this.child.stdin.on('error', () => undefined);
    this.child.once('close', () => {
      for (const wake of this.waiting.splice(0)) wake(new Error(`veth-switch.py has ended: ${said}`));
    });
    createInterface({ input: this.child.stdout }).on('line', (line) => {
      if (line === 'settled') this.waiting.shift()?.();
      else if (line === 'busy') this.waiting.shift()?.(new Error('BMv2 does not come to rest'));
      else {
        const [port = '', hex = ''] = line.split(' ');
        this.received.push({ port: Number(port), bytes: new Uint8Array(Buffer.from(hex, 'hex')) });
      }
    });
    this.client = new SwitchClient({ address: `unix:${socket}`, rpcTimeoutMs: 30_000 });
    this.client.packetIn.subscribe((packet) => this.inbox.push(packet));
    this.client.digest.subscribe((list) => this.reported.push(list));
  }

  /** Resolves when BMv2 has done with everything it was sent, and what came out of its ports is here. */
  private settle(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push((problem) => (problem === undefined ? resolve() : reject(problem)));
      this.child.stdin.write('settle\n');
    });
  }

  /** The same, with what it was sent by gRPC, and what it has to say there. */
  private async settleAll(): Promise<void> {
    // An answered call means that what was said before it has been heard, in either direction.
    await this.client.capabilities();
    await this.settle();
    await this.client.capabilities();
    for (let i = 0; i < TURNS; i++) await turn();
  }

  async send(port: number, frame: Uint8Array): Promise<PortFrame[]> {
    this.child.stdin.write(`${port} ${Buffer.from(frame).toString('hex')}\n`);
    await this.settle();
    return this.received.splice(0);
  }

  async packetOut(
    frame: Uint8Array,
    metadata: { egress_port: number; forward: number },
  ): Promise<PortFrame[]> {
    this.client.packetOut(frame, metadata);
    await this.settleAll();
    return this.received.splice(0);
  }

  async packetIns(): Promise<PacketIn[]> {
    await this.settleAll();
    return this.inbox.splice(0);
  }

  async digests(): Promise<DigestList[]> {
    await this.settleAll();
    return this.reported.splice(0);
  }

  async close(): Promise<void> {
    await this.client.close();
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const ended = once(this.child, 'exit');
      this.child.stdin.end();
      await ended;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** BMv2's simple_switch_grpc between veth pairs. */
export const bmv2: LabKind = {
  name: 'BMv2',
  missing,
  async start() {
    const lab = new Bmv2Lab();
    try {
      lab.client.start();
      await lab.client.whenPrimary();
      await lab.client.setPipeline(sincmeshPipeline());
    } catch (error) {
      await lab.close();
      throw error;
    }
    return lab;
  },
};
