import { toJson } from '../../controller/api/index.js';
import {
  Controller,
  ControllerError,
  type ControllerOptions,
  macBytes,
  type Pipeline,
  portMac,
  type Topology,
  wallClock,
} from '../../controller/index.js';
import { EmulatedHost } from '../../emulator/host.js';
import { CPU_PORT, sincmeshPipeline } from '../../experiments/program.js';
import { Host } from '../../host/index.js';
import { EmbeddedSwitch } from '../../switch/index.js';
import { type P4RuntimeServer, serveP4Runtime } from '../../switch/p4runtime/index.js';
import { FabricKey, formatIpv4 } from '../../wire/index.js';
import { type Attachment, Cable } from './cable.js';
import { FabricHost } from './fabric-host.js';

/** How often switches look at their clocks: digest lists and idle entries are at most this late, milliseconds. */
const TICK_MS = 5;

interface Node {
  readonly device: EmbeddedSwitch;
  readonly server: P4RuntimeServer;
}

export interface LiveFabricOptions extends Omit<ControllerOptions, 'program' | 'clock'> {
  /** Drive the switches at the topology's grpc addresses, under these P4Runtime device ids; default: embedded ones. */
  readonly elsewhere?: (switchId: number) => bigint;
  /** What switches elsewhere execute. Default: the v1model program. */
  readonly program?: Pipeline;
}

/**
 * A fabric that runs in this process on the wall clock: the controller, and, unless the switches run elsewhere, embedded
 * switches behind P4Runtime servers of their own, joined by links in memory, with hosts that come up when first asked.
 */
export class LiveFabric {
  readonly topology: Topology;
  readonly controller: Controller;
  readonly isEmbedded: boolean;
  readonly #nodes = new Map<string, Node>();
  readonly #hosts = new Map<string, Promise<FabricHost>>();
  #ticker: NodeJS.Timeout | undefined;

  private constructor(options: LiveFabricOptions) {
    const { elsewhere, program = sincmeshPipeline(), ...rest } = options;
    this.topology = options.topology;
    this.isEmbedded = elsewhere === undefined;
    this.controller = new Controller({ ...rest, program, clock: wallClock() });
  }

  /** Resolves when embedded switches hold what they should; switches elsewhere are connected when they can be. */
  static async start(options: LiveFabricOptions): Promise<LiveFabric> {
    const fabric = new LiveFabric(options);
    try {
      await fabric.#start(options.elsewhere);
    } catch (error) {
      await fabric.close();
      throw error;
    }
    return fabric;
  }

  /** A host with its agent; it comes up, and attaches, when it is first asked for. */
  host(name: string): Promise<FabricHost> {
    const known = this.#hosts.get(name);
    if (known !== undefined) return known;
    const started = this.#startHost(name);
    this.#hosts.set(name, started);
    started.catch(() => this.#hosts.delete(name));
    return started;
  }

  tracePackets(name: string, listener: (trace: ReturnType<typeof toJson>) => void): () => void {
    return this.#node(name).device.onTrace((trace) => listener(toJson(trace)));
  }

  async close(): Promise<void> {
    clearInterval(this.#ticker);
    for (const started of this.#hosts.values())
      await started.then((host) => host.close()).catch(() => undefined);
    await this.controller.close();
    await Promise.all([...this.#nodes.values()].map(({ server }) => server.close()));
  }

  async #start(elsewhere: LiveFabricOptions['elsewhere']): Promise<void> {
    const { topology, controller } = this;
    if (elsewhere !== undefined) {
      await controller.start();
      for (const { name, id } of topology.switches.values()) {
        await controller.connect(name, undefined, {
          deviceId: elsewhere(id),
        });
      }
      return;
    }
    for (const { name } of topology.switches.values()) {
      const device = new EmbeddedSwitch({ clock: wallClock(), cpuPort: CPU_PORT, name });
      const server = await serveP4Runtime({ switch: device, deviceId: 1, address: '127.0.0.1:0' });
      this.#nodes.set(name, { device, server });
    }
    for (const { a, b } of topology.links) {
      this.#node(a.switch).device.attach(a.port, new Cable(this.#port(b.switch, b.port)));
      this.#node(b.switch).device.attach(b.port, new Cable(this.#port(a.switch, a.port)));
    }
    this.#ticker = setInterval(() => {
      for (const { device } of this.#nodes.values()) device.tick();
    }, TICK_MS);
    await controller.start();
    for (const [name, { server }] of this.#nodes) {
      await controller.connect(name, `127.0.0.1:${server.port}`, { deviceId: 1n });
    }
  }

  async #startHost(name: string): Promise<FabricHost> {
    const { topology } = this;
    const spec = topology.hosts.get(name);
    const leaf = spec && topology.switches.get(spec.switch);
    if (spec === undefined || leaf === undefined) {
      throw new ControllerError('UNKNOWN_HOST', `no host '${name}' in the topology`);
    }
    const wall = wallClock();
    const nic = new EmulatedHost(
      {
        now: wall.now,
        random: { next: Math.random },
        schedule: (delayUs, fire) => wall.setTimer(delayUs, fire),
      },
      {
        address: formatIpv4(spec.ipv4),
        mac: macBytes(spec.mac),
        gatewayMac: macBytes(portMac(leaf.id, spec.port)),
      },
    );
    nic.plug(new Cable(this.#port(leaf.name, spec.port)));
    this.#node(leaf.name).device.attach(spec.port, new Cable(nic));
    const host = new Host(nic, {
      name: `/host/${name}`,
      serviceAddress: formatIpv4(topology.fabric.service),
      key: new FabricKey(topology.fabric.key),
      answerBy: 'name',
    });
    await this.controller.settled(AbortSignal.timeout(30_000));
    await host.attach({ deadlineUs: 10e6, attempts: 10 });
    return new FabricHost(host, topology);
  }

  #port(name: string, port: number): Attachment {
    const { device } = this.#node(name);
    return { receive: (frame) => device.receive(port, frame) };
  }

  #node(name: string): Node {
    const node = this.#nodes.get(name);
    if (node !== undefined) return node;
    throw new ControllerError('UNKNOWN_SWITCH', `no switch '${name}' runs in this process`);
  }
}
