import { Controller, macBytes, parseTopology, portMac, wallClock } from '../../controller/index.js';
import { sincmeshPipeline } from '../../experiments/program.js';
import {
  encodeNamed,
  encodeUdpFrame,
  FabricKey,
  HOP_LIMIT_DEFAULT,
  Name,
  PacketType,
  parseIpv4,
  textBlock,
  UDP_PORT_NAMED,
} from '../../wire/index.js';

export const CPU_PORT = 510;
/** Ports of the measured switch: the first is where packets come in. */
export const PORTS: readonly number[] = [1, 2, 3, 4];

const SERVICE_ADDRESS = '10.255.255.1';
const TOPOLOGY = `
fabric: { service: ${SERVICE_ADDRESS} }
switches: [{ name: leaf, role: leaf, id: 1 }]
links: []
hosts:
${PORTS.map((port) => `  - { name: h${port}, switch: leaf, port: ${port}, ipv4: 10.0.1.${port} }`).join('\n')}
`;

/** A controller that programs one leaf, whatever kind of switch answers at `address`: its services, routes and names. */
export async function programLeaf(address: string, deviceId: bigint, services: number): Promise<Controller> {
  const controller = new Controller({
    topology: parseTopology(TOPOLOGY),
    program: sincmeshPipeline(),
    clock: wallClock(),
  });
  await controller.start();
  await controller.connect('leaf', address, { deviceId });
  for (let service = 0; service < services; service++) {
    for (const port of PORTS.slice(1)) {
      await controller.registry.register({
        service: serviceName(service),
        address: parseIpv4(`10.0.1.${port}`),
        port: UDP_PORT_NAMED,
        ttlMs: 3_600_000,
      });
    }
  }
  await controller.settled(AbortSignal.timeout(120_000));
  return controller;
}

export function serviceName(service: number): string {
  return `/bench/group${service % 10}/service${service}`;
}

/** Requests from the host at the first port to the services in turn, `payload` bytes each. */
export function namedRequests(count: number, services: number, payload: number): Uint8Array[] {
  const key = FabricKey.default;
  const source = Name.parse('/host/h1');
  const names = Array.from({ length: services }, (_, service) => Name.parse(serviceName(service)));
  return Array.from({ length: count }, (_, i) => {
    const name = names[i % services] as Name;
    const bytes = encodeNamed({
      type: PacketType.SERVICE_REQUEST,
      flags: 0,
      hopLimit: HOP_LIMIT_DEFAULT,
      reason: 0,
      dstComponents: name.components.length,
      srcComponents: source.components.length,
      tag: 0,
      instance: 0,
      requestId: i,
      stamp: 0,
      attempt: 0,
      dst: name.digest(key).bytes,
      src: source.digest(key).bytes,
      kv: undefined,
      text: textBlock(name, source),
      payload: new Uint8Array(payload).fill(i),
    });
    return encodeUdpFrame({
      srcMac: macBytes(0x02000a000101),
      dstMac: macBytes(portMac(1, 1)),
      src: parseIpv4('10.0.1.1'),
      dst: parseIpv4(SERVICE_ADDRESS),
      srcPort: 49152,
      dstPort: UDP_PORT_NAMED,
      payload: bytes,
    });
  });
}
