import { setImmediate as turn } from 'node:timers/promises';
import { parseTopology } from '../../controller/index.js';
import { EmulatedFabric, type Faults } from '../../experiments/fabric.js';

const TOPOLOGY = `
fabric: { service: 10.255.255.1, prefix: 10.0.0.0/8 }
switches:
  - { name: leaf1, role: leaf, id: 1 }
  - { name: leaf2, role: leaf, id: 2 }
  - { name: spine1, role: spine, id: 11 }
links:
  - { a: leaf1:11, b: spine1:1, rate_mbps: 10000, delay_us: 5 }
  - { a: leaf2:11, b: spine1:2, rate_mbps: 10000, delay_us: 5 }
hosts:
  - { name: h1, switch: leaf1, port: 1, ipv4: 10.0.1.1, rate_mbps: 1000, delay_us: 5 }
  - { name: h2, switch: leaf1, port: 2, ipv4: 10.0.1.2, rate_mbps: 1000, delay_us: 5 }
  - { name: h3, switch: leaf2, port: 1, ipv4: 10.0.2.1, rate_mbps: 1000, delay_us: 5 }
  - { name: h4, switch: leaf2, port: 2, ipv4: 10.0.2.2, rate_mbps: 1000, delay_us: 5 }
`;

/** A fabric of embedded switches with a controller whose time follows the clock, so that real sockets can use it. */
export class LiveFabric {
  readonly fabric: EmulatedFabric;
  #stopped = false;
  #loop: Promise<void>;

  private constructor(fabric: EmulatedFabric) {
    this.fabric = fabric;
    this.#loop = this.#run();
  }

  static async start(faults?: Faults): Promise<LiveFabric> {
    const topology = parseTopology(TOPOLOGY);
    const options = { topology, seed: 1 };
    return new LiveFabric(
      await EmulatedFabric.start(faults === undefined ? options : { ...options, faults }),
    );
  }

  host(name: string) {
    return this.fabric.host(name);
  }

  async close(): Promise<void> {
    this.#stopped = true;
    await this.#loop;
    await this.fabric.close();
  }

  async #run(): Promise<void> {
    const { emulator } = this.fabric;
    const begun = performance.now() * 1000 - emulator.now();
    while (!this.#stopped) {
      const behind = performance.now() * 1000 - begun - emulator.now();
      if (behind > 0) await emulator.runFor(behind);
      else await turn();
    }
  }
}
