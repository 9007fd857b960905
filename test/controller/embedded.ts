import { EmbeddedSwitch, wallClock } from '../../switch/index.js';
import { type P4RuntimeServer, serveP4Runtime } from '../../switch/p4runtime/index.js';

/** An embedded switch behind a real P4Runtime server on a loopback port. */
export interface Embedded {
  readonly switch: EmbeddedSwitch;
  readonly address: string;
  readonly server: P4RuntimeServer;
  stop(): Promise<void>;
}

/** Starts one, empty. `port` 0 lets the system choose. */
export async function startEmbedded(port = 0): Promise<Embedded> {
  const device = new EmbeddedSwitch({ clock: wallClock(), cpuPort: 510, dropPort: 511 });
  const server = await serveP4Runtime({ switch: device, deviceId: 1, address: `127.0.0.1:${port}` });
  return {
    switch: device,
    address: `127.0.0.1:${server.port}`,
    server,
    stop: () => server.close(),
  };
}
