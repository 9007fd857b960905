import { LiveFabric } from '../../cli/up/fabric.js';
import { type ApiOptions, ApiServer } from '../../controller/api/index.js';
import { parseTopology } from '../../controller/index.js';

const SMALL = `
fabric: { service: 10.255.255.1 }
switches:
  - { name: leaf1, role: leaf, id: 1 }
  - { name: leaf2, role: leaf, id: 2 }
  - { name: spine1, role: spine, id: 11 }
links:
  - { a: leaf1:11, b: spine1:1 }
  - { a: leaf2:11, b: spine1:2 }
hosts:
  - { name: h1, switch: leaf1, port: 1, ipv4: 10.0.1.1 }
  - { name: h2, switch: leaf2, port: 1, ipv4: 10.0.2.1 }
`;

/** A small fabric on the wall clock, as `sincmesh up` runs it. */
export async function liveFabric(): Promise<LiveFabric> {
  const fabric = await LiveFabric.start({ topology: parseTopology(SMALL) });
  await fabric.controller.settled(AbortSignal.timeout(60_000));
  return fabric;
}

/** Its faces on free ports. */
export function serveApi(fabric: LiveFabric, options: Partial<ApiOptions> = {}): Promise<ApiServer> {
  return ApiServer.start({
    controller: fabric.controller,
    surroundings: {
      host: (name) => fabric.host(name),
      tracePackets: (name, listener) => fabric.tracePackets(name, listener),
    },
    ...options,
  });
}
