import { readFileSync } from 'node:fs';
import { parseP4Info } from 'p4runtime-js/p4info-text';
import {
  Controller,
  type ControllerEvent,
  type Pipeline,
  parseTopology,
  type Store,
  type Topology,
} from '../../controller/index.js';
import { EmbeddedSwitch } from '../../switch/index.js';
import { type P4RuntimeServer, serveP4Runtime } from '../../switch/p4runtime/index.js';
import { ManualClock } from './manual-clock.js';

export const TOPOLOGY = `
switches:
  - { name: leaf1, role: leaf, id: 1 }
  - { name: leaf2, role: leaf, id: 2 }
  - { name: spine1, role: spine, id: 11 }
links:
  - { a: leaf1:11, b: spine1:1 }
  - { a: leaf2:11, b: spine1:2 }
hosts:
  - { name: h1, switch: leaf1, port: 1, ipv4: 10.0.1.1 }
  - { name: h2, switch: leaf1, port: 2, ipv4: 10.0.1.2 }
  - { name: h3, switch: leaf2, port: 1, ipv4: 10.0.2.1 }
`;

const root = new URL('../../../', import.meta.url);

/** What p4c made of sincmesh.p4. */
export function sincmesh(): Pipeline {
  const read = (name: string) => readFileSync(new URL(`p4src/build/${name}`, root));
  return {
    p4info: parseP4Info(read('sincmesh.p4info.txtpb')),
    deviceConfig: new Uint8Array(read('sincmesh.json')),
  };
}

interface Node {
  device: EmbeddedSwitch;
  server: P4RuntimeServer;
}

/** A fabric of embedded switches joined by cables without delay; the hosts are what they have received. */
export class SmallFabric {
  readonly topology: Topology;
  readonly clock = new ManualClock();
  readonly nodes = new Map<string, Node>();
  /** Frames that have reached each host. */
  readonly received = new Map<string, Uint8Array[]>();
  readonly events: ControllerEvent[] = [];
  /** Told of every frame that goes from one switch to another. */
  onLink: ((from: string, to: string, frame: Uint8Array) => void) | undefined;
  controller: Controller;
  readonly #cables = new Map<string, (frame: Uint8Array) => void>();
  readonly #queue: (() => void)[] = [];
  #wake: (() => void)[] = [];

  private constructor(text: string, store?: Store) {
    this.topology = parseTopology(text);
    this.controller = this.#makeController(store);
  }

  /** `text` is a topology; left out, two leaves, a spine and three hosts. */
  static async start(store?: Store, text = TOPOLOGY): Promise<SmallFabric> {
    const fabric = new SmallFabric(text, store);
    const { topology } = fabric;
    for (const { a, b } of topology.links) {
      for (const [from, to] of [
        [a, b],
        [b, a],
      ] as const) {
        fabric.#cables.set(`${from.switch}:${from.port}`, (frame) => {
          fabric.onLink?.(from.switch, to.switch, frame);
          fabric.#deliver(to.switch, to.port, frame);
        });
      }
    }
    for (const { name, switch: at, port } of topology.hosts.values()) {
      const frames: Uint8Array[] = [];
      fabric.received.set(name, frames);
      fabric.#cables.set(`${at}:${port}`, (frame) => {
        frames.push(frame.slice());
        for (const wake of fabric.#wake.splice(0)) wake();
      });
    }
    for (const name of topology.switches.keys()) await fabric.boot(name);
    await fabric.controller.start();
    for (const name of topology.switches.keys()) await fabric.connect(name);
    await fabric.settled();
    return fabric;
  }

  /** Switches a switch on, empty; one that ran before is forgotten. Its port stays the same. */
  async boot(name: string): Promise<void> {
    const old = this.nodes.get(name);
    await old?.server.close();
    const device = new EmbeddedSwitch({ clock: this.clock, cpuPort: 510, dropPort: 511, name });
    for (const [end, cable] of this.#cables) {
      const [at, port] = end.split(':');
      if (at === name) device.attach(Number(port), { transmit: cable });
    }
    const address = `127.0.0.1:${old?.server.port ?? 0}`;
    this.nodes.set(name, { device, server: await serveP4Runtime({ switch: device, deviceId: 1, address }) });
  }

  connect(name: string): Promise<void> {
    const port = this.nodes.get(name)?.server.port ?? 0;
    return this.controller.connect(name, `127.0.0.1:${port}`, { backoff: { initialMs: 10, maxMs: 50 } });
  }

  settled(): Promise<void> {
    return this.controller.settled(AbortSignal.timeout(30_000));
  }

  /** Another controller with another memory, or the same, in place of the one there was. */
  async replaceController(store?: Store): Promise<void> {
    await this.controller.close();
    this.controller = this.#makeController(store);
    await this.controller.start();
    for (const name of this.nodes.keys()) await this.connect(name);
    await this.settled();
  }

  /** A host sends a frame; everything that follows from it in the switches has happened when this returns. */
  send(host: string, frame: Uint8Array): void {
    const spec = this.topology.hosts.get(host);
    if (spec === undefined) throw new Error(`no host ${host}`);
    this.#deliver(spec.switch, spec.port, frame);
    this.#drain();
  }

  /** The next frame that reaches a host, after those taken before. */
  async next(host: string): Promise<Uint8Array> {
    for (;;) {
      const frame = this.received.get(host)?.shift();
      if (frame !== undefined) return frame;
      await new Promise<void>((resolve) => this.#wake.push(resolve));
    }
  }

  async stop(): Promise<void> {
    await this.controller.close();
    for (const { server } of this.nodes.values()) await server.close();
  }

  #makeController(store?: Store): Controller {
    return new Controller({
      topology: this.topology,
      program: sincmesh(),
      clock: this.clock,
      log: (event) => this.events.push(event),
      ...(store !== undefined && { store }),
    });
  }

  #drain(): void {
    for (let next = this.#queue.shift(); next !== undefined; next = this.#queue.shift()) next();
  }

  #deliver(name: string, port: number, frame: Uint8Array): void {
    const copy = frame.slice();
    // What a packet-out sets off is nobody's send().
    if (this.#queue.length === 0) queueMicrotask(() => this.#drain());
    this.#queue.push(() => this.nodes.get(name)?.device.receive(port, copy));
  }
}
