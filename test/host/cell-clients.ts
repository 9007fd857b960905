import { CellClient, type CellClientOptions, CellServer, SincEndpoint } from '../../host/index.js';
import { UDP_PORT_SINC } from '../../wire/index.js';
import type { SimNetwork } from './sim-network.js';
import { CellSwitch } from './sinc-model.js';

export const CELL_GROUP = 9;
export const CELL_SERVER = '10.0.9.9';
export const CELL_SOURCES = 6;

/** Clients of a cell group; a switch holds cells [0, inSwitch), the destination host the rest. */
export function cellClients(network: SimNetwork, inSwitch: number, options: Partial<CellClientOptions> = {}) {
  const cellSwitch = new CellSwitch(network, CELL_GROUP, inSwitch);
  network.route = (datagram) => {
    const sinc = datagram.dst === CELL_SERVER && datagram.dstPort === UDP_PORT_SINC;
    if (sinc && cellSwitch.request(datagram)) return;
    network.deliver(datagram);
  };
  const server = new CellServer(new SincEndpoint(network.host(CELL_SERVER)), {
    group: CELL_GROUP,
    sources: CELL_SOURCES,
    cells: 64,
  });
  const hosts = Array.from({ length: CELL_SOURCES }, (_, source) => network.host(`10.0.0.${source + 1}`));
  const clients = hosts.map((host, source) => {
    const endpoint = new SincEndpoint(host);
    const base = { group: CELL_GROUP, source, sources: CELL_SOURCES, destination: CELL_SERVER };
    return new CellClient(endpoint, { ...base, initialTimeoutUs: 2_000, maxRetries: 100, ...options });
  });
  return { clients, cellSwitch, server, hosts };
}
