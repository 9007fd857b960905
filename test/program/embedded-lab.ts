import { setImmediate as turn } from 'node:timers/promises';
import { type DigestList, type PacketIn, SwitchClient } from '../../controller/p4runtime/index.js';
import { EmbeddedSwitch, wallClock } from '../../switch/index.js';
import { type P4RuntimeServer, serveP4Runtime } from '../../switch/p4runtime/index.js';
import { type Lab, type LabKind, PORTS, type PortFrame, sincmeshPipeline } from './lab.js';

/** Turns of the event loop after which a message over loopback gRPC has arrived. */
const TURNS = 200;

class EmbeddedLab implements Lab {
  readonly client: SwitchClient;
  private readonly device: EmbeddedSwitch;
  private readonly server: P4RuntimeServer;
  private received: PortFrame[] = [];
  private inbox: PacketIn[] = [];
  private reported: DigestList[] = [];

  constructor(device: EmbeddedSwitch, server: P4RuntimeServer) {
    this.device = device;
    this.server = server;
    for (const port of PORTS) {
      device.attach(port, { transmit: (frame) => this.received.push({ port, bytes: frame.slice() }) });
    }
    device.onFault((fault) => {
      throw fault;
    });
    this.client = new SwitchClient({ address: `127.0.0.1:${server.port}` });
    this.client.packetIn.subscribe((packet) => this.inbox.push(packet));
    this.client.digest.subscribe((list) => this.reported.push(list));
  }

  private async settled(): Promise<void> {
    // An answered call means that what the server sent before it has arrived too, or is about to.
    await this.client.capabilities();
    for (let i = 0; i < TURNS; i++) await turn();
  }

  async send(port: number, frame: Uint8Array): Promise<PortFrame[]> {
    this.device.receive(port, frame);
    return this.received.splice(0);
  }

  async packetOut(
    frame: Uint8Array,
    metadata: { egress_port: number; forward: number },
  ): Promise<PortFrame[]> {
    this.client.packetOut(frame, metadata);
    await this.settled();
    return this.received.splice(0);
  }

  async packetIns(): Promise<PacketIn[]> {
    await this.settled();
    return this.inbox.splice(0);
  }

  async digests(): Promise<DigestList[]> {
    this.device.tick();
    await this.settled();
    return this.reported.splice(0);
  }

  async close(): Promise<void> {
    await this.client.close();
    await this.server.close();
  }
}

/** The embedded switch behind its own P4Runtime server. */
export const embedded: LabKind = {
  name: 'the embedded switch',
  missing: () => undefined,
  async start() {
    const device = new EmbeddedSwitch({ clock: wallClock(), cpuPort: 510 });
    const server = await serveP4Runtime({ switch: device, deviceId: 1, address: '127.0.0.1:0' });
    const lab = new EmbeddedLab(device, server);
    lab.client.start();
    await lab.client.whenPrimary();
    await lab.client.setPipeline(sincmeshPipeline());
    return lab;
  },
};
