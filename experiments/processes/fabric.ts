import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseTopology, portMac, type SwitchSpec, type Topology } from '../../controller/index.js';
import type { Endpoint } from '../../switch/ports/udp-tunnel.js';
import { formatIpv4 } from '../../wire/index.js';
import { freePort } from '../free-port.js';
import { packagePath } from '../package-path.js';
import { CPU_PORT } from '../program.js';
import { type HostPlace, PLACE_VARIABLE } from './open-host.js';
import { LineProcess } from './process.js';
import type { TunnelSpec } from './tunnel-host.js';

const START_MS = 30_000;

/** A switch process, and how to start it again. */
interface SwitchProcess {
  readonly arguments: readonly string[];
  child: ChildProcess;
}

export interface ProcessFabricOptions {
  /** `own` (default): a process here programs the switches. `none`: somebody else does, at `addresses`. */
  readonly controller?: 'own' | 'none';
}

/**
 * A topology file as processes of this machine, without root: every switch a `sincmesh switch` whose ports are UDP tunnels,
 * every host and the controller a process of its own. The same file the emulator and Mininet take; link qualities are
 * those of the loopback interface.
 */
export class ProcessFabric {
  readonly topology: Topology;
  /** `host:port` of every switch's P4Runtime server. */
  readonly addresses = new Map<string, string>();
  readonly #file: string;
  readonly #switches = new Map<string, SwitchProcess>();
  readonly #hosts = new Map<string, LineProcess>();
  readonly #scripts = new Set<ChildProcess>();
  readonly #tunnels = new Map<string, TunnelSpec>();
  #controller: LineProcess | undefined;

  private constructor(file: string) {
    this.#file = file;
    this.topology = parseTopology(readFileSync(file, 'utf8'), file);
  }

  /** Brings it up: when this resolves, every switch holds what it should, unless the controller is somebody else's. */
  static async start(
    file: string,
    { controller = 'own' }: ProcessFabricOptions = {},
  ): Promise<ProcessFabric> {
    const fabric = new ProcessFabric(file);
    try {
      await fabric.#start(controller);
    } catch (error) {
      await fabric.close();
      throw error;
    }
    return fabric;
  }

  get controller(): LineProcess {
    if (this.#controller === undefined) throw new Error('the fabric is closed, or has no controller');
    return this.#controller;
  }

  /** The host library on a host; the process starts, and attaches, when it is first asked for. */
  async host(name: string): Promise<LineProcess> {
    const known = this.#hosts.get(name);
    if (known !== undefined) return known;
    const script = packagePath('dist/experiments/processes/host.js');
    const host = new LineProcess(name, [script], this.environment(name));
    this.#hosts.set(name, host);
    await host.ask('attach');
    return host;
  }

  /** What a process has to have in its environment to be a host of this fabric (`openHost`). */
  environment(name: string): NodeJS.ProcessEnv {
    const spec = this.topology.hosts.get(name);
    const tunnel = this.#tunnels.get(name);
    if (spec === undefined || tunnel === undefined) throw new Error(`no host '${name}' in ${this.#file}`);
    const { fabric } = this.topology;
    const place: HostPlace = {
      name,
      address: formatIpv4(spec.ipv4),
      service: formatIpv4(fabric.service),
      key: Buffer.from(fabric.key).toString('hex'),
      tunnel,
    };
    return { ...process.env, [PLACE_VARIABLE]: JSON.stringify(place) };
  }

  /** Runs a script of one's own as a host, where `host` runs none; it ends with the fabric at the latest. */
  spawn(name: string, script: string, args: readonly string[] = []): ChildProcess {
    const env = this.environment(name);
    if (this.#hosts.has(name)) throw new Error(`'${name}' runs a process already; kill it first`);
    const child = spawn(process.execPath, ['--enable-source-maps', script, ...args], {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#scripts.add(child);
    child.once('exit', () => this.#scripts.delete(child));
    return child;
  }

  /** Ends a host's process as a crash would; `host` starts another. */
  async killHost(name: string): Promise<void> {
    const host = this.#hosts.get(name);
    this.#hosts.delete(name);
    await host?.kill();
  }

  /** Ends a switch's process as a crash would. */
  async killSwitch(name: string): Promise<void> {
    await end(this.#node(name).child, 'SIGKILL');
  }

  /** Ends a switch's process as a crash would and starts it again, empty; the controller finds it by itself. */
  async restartSwitch(name: string): Promise<void> {
    const node = this.#node(name);
    await end(node.child, 'SIGKILL');
    node.child = await launch(name, node.arguments);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#scripts].map((child) => end(child, 'SIGKILL')));
    await Promise.all([...this.#hosts.values()].map((host) => host.close()));
    await this.#controller?.close();
    this.#controller = undefined;
    await Promise.all([...this.#switches.values()].map(({ child }) => end(child, 'SIGTERM')));
  }

  #node(name: string): SwitchProcess {
    const node = this.#switches.get(name);
    if (node === undefined) throw new Error(`no switch '${name}' in ${this.#file}`);
    return node;
  }

  async #start(controller: 'own' | 'none'): Promise<void> {
    const ports = await this.#cables();
    if (controller === 'own') {
      this.#controller = new LineProcess('controller', [
        packagePath('dist/experiments/processes/controller.js'),
        this.#file,
      ]);
    }
    const starting = [...this.topology.switches.values()].map((spec) =>
      this.#startSwitch(spec, ports.get(spec.name) ?? []),
    );
    // Where one fails, those that come up later than that are known and can be ended, too.
    await Promise.allSettled(starting);
    await Promise.all(starting);
    await this.#controller?.ask('settled');
  }

  async #startSwitch(spec: SwitchSpec, ports: readonly string[]): Promise<void> {
    const address = `127.0.0.1:${await freePort()}`;
    const args = [
      ...[packagePath('dist/cli/main.js'), 'switch', '--no-p4', '--device-id', String(spec.id)],
      ...ports.flatMap((port) => ['-i', port]),
      ...['--', '--grpc-server-addr', address, '--cpu-port', String(CPU_PORT)],
    ];
    this.#switches.set(spec.name, { arguments: args, child: await launch(spec.name, args) });
    this.addresses.set(spec.name, address);
    await this.#controller?.ask('connect', { switch: spec.name, address, device_id: spec.id });
  }

  /** Gives every end of every link a UDP port; returns the `-i` arguments of each switch, and notes the hosts' ends. */
  async #cables(): Promise<Map<string, string[]>> {
    const { links, hosts, switches } = this.topology;
    const free: number[] = [];
    while (free.length < 2 * (links.length + hosts.size)) free.push(await freePort());
    const next = (): Endpoint => ({ address: '127.0.0.1', port: free.pop() ?? 0 });
    const ports = new Map<string, string[]>([...switches.keys()].map((name) => [name, []]));
    const plug = (name: string, port: number, local: Endpoint, remote: Endpoint) => {
      const cable = `udp:${local.address}:${local.port}-${remote.address}:${remote.port}`;
      ports.get(name)?.push(`${port}@${cable}`);
    };
    for (const { a, b } of links) {
      const [atA, atB] = [next(), next()];
      plug(a.switch, a.port, atA, atB);
      plug(b.switch, b.port, atB, atA);
    }
    for (const host of hosts.values()) {
      const [local, remote] = [next(), next()];
      plug(host.switch, host.port, remote, local);
      const gatewayMac = portMac(switches.get(host.switch)?.id ?? 0, host.port);
      this.#tunnels.set(host.name, { local, remote, mac: host.mac, gatewayMac });
    }
    return ports;
  }
}

/** Starts a switch process; resolves when its ports and its P4Runtime server are up. */
async function launch(name: string, args: readonly string[]): Promise<ChildProcess> {
  const child = spawn(process.execPath, [...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-4000);
  });
  const lines = createInterface({ input: child.stdout });
  let timer: NodeJS.Timeout | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      timer = setTimeout(
        () => reject(new Error(`${name} is not up after ${START_MS} ms: ${said}`)),
        START_MS,
      );
      lines.on('line', (line) => {
        if (line.includes('P4Runtime on port')) resolve();
      });
      child.once('exit', (status) => reject(new Error(`${name} ended with status ${status}: ${said}`)));
      child.once('error', reject);
    });
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  } finally {
    clearTimeout(timer);
  }
  return child;
}

async function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
}
