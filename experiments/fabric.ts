import {
  Controller,
  type ControllerEvent,
  type LinkQuality,
  macBytes,
  type Pipeline,
  type ProbeOptions,
  portMac,
  type Topology,
} from '../controller/index.js';
import { Emulator, type Link } from '../emulator/emulator.js';
import { EmulatedHost } from '../emulator/host.js';
import { type Attachment, type LinkEnd, type LinkProfile, PERFECT_LINK } from '../emulator/link.js';
import { Host } from '../host/index.js';
import { EmbeddedSwitch } from '../switch/index.js';
import { type P4RuntimeServer, serveP4Runtime } from '../switch/p4runtime/index.js';
import { FabricKey, formatIpv4 } from '../wire/index.js';
import { CPU_PORT, sincmeshPipeline } from './program.js';

/** How often switches look at their clocks: digest lists and idle entries are at most this late, microseconds. */
const TICK_US = 1000;

export interface FabricOptions {
  readonly topology: Topology;
  readonly seed: number;
  /** What is wrong with every link from the start. */
  readonly faults?: Faults;
  readonly log?: (event: ControllerEvent) => void;
  /** The topology's pipelines by name, made for BMv2. */
  readonly pipelines?: ReadonlyMap<string, Pipeline>;
  /** The controller probes links, and leads round those that carry nothing. Default: it does not. */
  readonly probeLinks?: ProbeOptions;
}

export type Faults = Partial<Pick<LinkProfile, 'loss' | 'duplicate' | 'reorder' | 'reorderUs' | 'corrupt'>>;

/** Bytes one direction of a link has carried. */
export interface LinkUse {
  readonly name: string;
  /** Between two switches, or between a host and its switch. */
  readonly kind: 'fabric' | 'host';
  readonly bytes: number;
}

interface Wire {
  readonly name: string;
  readonly kind: 'fabric' | 'host';
  readonly end: LinkEnd;
  readonly profile: LinkProfile;
}

interface Node {
  device: EmbeddedSwitch;
  server: P4RuntimeServer;
  /** What is plugged in, by port. */
  readonly cables: Map<number, LinkEnd>;
  /** It was restarted, and the controller does not know yet. */
  isLost: boolean;
}

/**
 * A whole fabric in this process: embedded switches and hosts joined by emulated links, each switch behind its own
 * P4Runtime server on a loopback port, and a controller connected to all of them over gRPC.
 */
export class EmulatedFabric {
  readonly topology: Topology;
  readonly emulator: Emulator;
  readonly controller: Controller;
  readonly #nodes = new Map<string, Node>();
  readonly #nics = new Map<string, EmulatedHost>();
  readonly #hosts = new Map<string, Host>();
  readonly #wires: Wire[] = [];
  readonly #faults: Faults;

  private constructor(options: FabricOptions) {
    const { topology } = options;
    this.topology = topology;
    this.#faults = options.faults ?? {};
    this.emulator = new Emulator({ seed: options.seed });
    this.controller = new Controller({
      topology,
      program: sincmeshPipeline(),
      ...(options.pipelines === undefined ? {} : { pipelines: options.pipelines }),
      clock: {
        now: () => this.emulator.now(),
        setTimer: (delayUs, fire) => this.emulator.schedule(delayUs, fire),
      },
      ...(options.log === undefined ? {} : { log: options.log }),
      ...(options.probeLinks === undefined ? {} : { probeLinks: options.probeLinks }),
    });
  }

  /** Brings the fabric up: when this resolves, every switch holds what it should. */
  static async start(options: FabricOptions): Promise<EmulatedFabric> {
    const fabric = new EmulatedFabric(options);
    try {
      await fabric.#build();
    } catch (error) {
      await fabric.close();
      throw error;
    }
    return fabric;
  }

  /** A host's interface and UDP stack. */
  nic(name: string): EmulatedHost {
    return this.#find(this.#nics, name);
  }

  /** The host library, running on a host. */
  host(name: string): Host {
    return this.#find(this.#hosts, name);
  }

  switch(name: string): EmbeddedSwitch {
    return this.#find(this.#nodes, name).device;
  }

  /** gRPC ports of the switches' P4Runtime servers. */
  grpcPorts(): ReadonlyMap<string, number> {
    return new Map([...this.#nodes].map(([name, { server }]) => [name, server.port]));
  }

  /** Whether links were made to lose, double, reorder or damage frames from the start. */
  get isFaulty(): boolean {
    return Object.keys(this.#faults).length > 0;
  }

  /** Lets virtual time pass until `work` has settled. */
  run<T>(work: Promise<T>): Promise<T> {
    return this.emulator.run(work);
  }

  /** Resolves after `delayUs` of virtual time. */
  sleep(delayUs: number): Promise<void> {
    return new Promise((resolve) => {
      this.emulator.schedule(delayUs, resolve);
    });
  }

  /** Waits, in real time, until every switch holds what it should. */
  async settle(): Promise<void> {
    await this.controller.settled(AbortSignal.timeout(30_000));
  }

  /** A host falls silent: nothing it was asked is answered any more. */
  kill(name: string): void {
    this.nic(name).die();
  }

  /**
   * A switch stops and comes back without program, entries or registers. Await it outside of run(): no virtual time passes
   * until `reprogram` gives it to the controller again; frames that reach it before are lost.
   */
  async restart(name: string): Promise<void> {
    const node = this.#find(this.#nodes, name);
    node.isLost = true;
    for (const port of node.cables.keys()) node.device.detach(port);
    await node.server.close();
    const { device, server } = await this.#boot(name);
    node.device = device;
    node.server = server;
    for (const [port, cable] of node.cables) device.attach(port, cable);
  }

  /** The controller finds a switch that was restarted, and gives it all it should have. */
  async reprogram(name: string): Promise<void> {
    const node = this.#find(this.#nodes, name);
    await this.controller.connect(name, `127.0.0.1:${node.server.port}`, { deviceId: 1n });
    await this.settle();
    node.isLost = false;
  }

  /** A link between two switches carries nothing any more, in either direction. */
  cut(a: string, b: string): void {
    for (const { end } of this.#between(a, b)) end.profile = { ...end.profile, loss: 1 };
  }

  /** A link that was cut is as it was. */
  mend(a: string, b: string): void {
    for (const { end, profile } of this.#between(a, b)) end.profile = profile;
  }

  /** Puts these faults on every link, in place of earlier ones. */
  disturb(faults: Faults): void {
    for (const wire of this.#wires) wire.end.profile = { ...wire.profile, ...faults };
  }

  /** What every direction of every link has carried, always in the same order. */
  linkUse(): LinkUse[] {
    return this.#wires.map(({ name, kind, end }) => ({ name, kind, bytes: end.counters.bytes }));
  }

  /** Packets the switches have taken in, all together. */
  packetsSwitched(): number {
    let packets = 0;
    for (const { device } of this.#nodes.values()) packets += device.stats.received;
    return packets;
  }

  async close(): Promise<void> {
    for (const host of this.#hosts.values()) host.close();
    await this.controller.close();
    await Promise.all([...this.#nodes.values()].map(({ server }) => server.close()));
  }

  async #build(): Promise<void> {
    const { topology, emulator } = this;
    for (const spec of topology.switches.values()) {
      this.#nodes.set(spec.name, { ...(await this.#boot(spec.name)), cables: new Map(), isLost: false });
    }
    for (const { a, b, quality } of topology.links) {
      const link = this.#join('fabric', this.#port(a), this.#port(b), quality, [
        `${a.switch} to ${b.switch}`,
        `${b.switch} to ${a.switch}`,
      ]);
      this.#plug(a.switch, a.port, link.aToB);
      this.#plug(b.switch, b.port, link.bToA);
    }
    for (const spec of topology.hosts.values()) this.#addHost(spec.name);

    await this.controller.start();
    for (const [name, { server }] of this.#nodes) {
      await this.controller.connect(name, `127.0.0.1:${server.port}`, { deviceId: 1n });
    }
    await this.settle();
    emulator.addBarrier(() => this.#controllerAtWork());
    emulator.every(TICK_US, () => {
      for (const { device } of this.#nodes.values()) device.tick();
    });
    for (const host of this.#hosts.values()) await this.run(host.attach());
  }

  #addHost(name: string): void {
    const spec = this.topology.hosts.get(name);
    const leaf = spec && this.topology.switches.get(spec.switch);
    if (spec === undefined || leaf === undefined) throw new Error(`no host '${name}' in the topology`);
    const nic = new EmulatedHost(this.emulator, {
      address: formatIpv4(spec.ipv4),
      mac: macBytes(spec.mac),
      gatewayMac: macBytes(portMac(leaf.id, spec.port)),
    });
    const names = [`${name} to ${leaf.name}`, `${leaf.name} to ${name}`] as const;
    const link = this.#join('host', nic, this.#port(spec), spec.quality, names);
    nic.plug(link.aToB);
    this.#plug(leaf.name, spec.port, link.bToA);
    this.#nics.set(name, nic);
    this.#hosts.set(
      name,
      new Host(nic, {
        name: `/host/${name}`,
        serviceAddress: formatIpv4(this.topology.fabric.service),
        key: new FabricKey(this.topology.fabric.key),
        answerBy: 'name',
      }),
    );
  }

  #port(end: { readonly switch: string; readonly port: number }): Attachment {
    const node = this.#find(this.#nodes, end.switch);
    return { receive: (frame) => node.device.receive(end.port, frame) };
  }

  async #boot(name: string): Promise<Pick<Node, 'device' | 'server'>> {
    const device = new EmbeddedSwitch({
      clock: { now: () => this.emulator.now() },
      cpuPort: CPU_PORT,
      name,
    });
    return { device, server: await serveP4Runtime({ switch: device, deviceId: 1, address: '127.0.0.1:0' }) };
  }

  #plug(name: string, port: number, cable: LinkEnd): void {
    const node = this.#find(this.#nodes, name);
    node.cables.set(port, cable);
    node.device.attach(port, cable);
  }

  #join(
    kind: Wire['kind'],
    a: Attachment,
    b: Attachment,
    quality: LinkQuality,
    names: readonly [string, string],
  ): Link {
    const profile: LinkProfile = {
      ...PERFECT_LINK,
      ...(quality.rateMbps === undefined ? {} : { rateBps: quality.rateMbps * 1e6 }),
      ...(quality.delayUs === undefined ? {} : { delayUs: quality.delayUs }),
      ...(quality.queuePackets === undefined ? {} : { queueFrames: quality.queuePackets }),
      ...(quality.loss === undefined ? {} : { loss: quality.loss }),
      ...(quality.duplicate === undefined ? {} : { duplicate: quality.duplicate }),
      ...(quality.reorder === undefined ? {} : { reorder: quality.reorder }),
      ...this.#faults,
    };
    const link = this.emulator.connect(a, b, profile);
    this.#wires.push({ name: names[0], kind, end: link.aToB, profile });
    this.#wires.push({ name: names[1], kind, end: link.bToA, profile });
    return link;
  }

  /** Something is under way between switches and controller: messages on a stream, or writes that follow from them. */
  #controllerAtWork(): Promise<void> | undefined {
    if (!this.controller.busy && !this.#messagesUnderWay()) return undefined;
    // A turn of the real event loop, in which sockets deliver; the emulator asks again.
    return new Promise((resolve) => setImmediate(resolve));
  }

  #messagesUnderWay(): boolean {
    for (const [name, { server, isLost }] of this.#nodes) {
      if (isLost) continue;
      const { streamMessagesSent, streamMessagesReceived } = server.counters;
      if (streamMessagesSent !== this.controller.streamMessagesReceived(name)) return true;
      if (streamMessagesReceived !== this.controller.streamMessagesSent(name)) return true;
    }
    return false;
  }

  #between(a: string, b: string): readonly Wire[] {
    const names = [`${a} to ${b}`, `${b} to ${a}`];
    const found = this.#wires.filter(({ name }) => names.includes(name));
    if (found.length === 0) throw new Error(`no link between ${a} and ${b}`);
    return found;
  }

  #find<T>(map: ReadonlyMap<string, T>, name: string): T {
    const found = map.get(name);
    if (found === undefined)
      throw new Error(`no '${name}' in the fabric; there are ${[...map.keys()].join(', ')}`);
    return found;
  }
}
