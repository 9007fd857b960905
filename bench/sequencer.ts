import { EmulatedFabric } from '../experiments/fabric.js';
import { leafSpine } from '../experiments/leaf-spine.js';
import { SequencerClient, SequencerServer } from '../experiments/udp-sequencer.js';
import { CellClient, Sequencer } from '../host/index.js';
import { against, type Bench } from './bench.js';

const LEAVES = 4;
const CLIENTS_PER_LEAF = 8;
const NUMBERS = 1000;
/** What a server's processor spends on a request: a fast UDP server on one core, a million requests a second. */
const SERVICE_US = 1;
const SEED = 1;
const PEER = `UDP server, ${SERVICE_US} us a request`;

interface Source {
  next(): Promise<number>;
}

interface Rates {
  readonly virtual: number;
  readonly real: number;
  readonly meanUs: number;
}

/** All sources draw at the same time, each its next number as soon as it has its last. */
async function draw(fabric: EmulatedFabric, sources: readonly Source[]): Promise<Rates> {
  const seen = new Uint8Array(sources.length * NUMBERS);
  const begun = fabric.emulator.now();
  const realBegun = performance.now();
  let waitedUs = 0;
  const one = async (source: Source): Promise<void> => {
    for (let i = 0; i < NUMBERS; i++) {
      const asked = fabric.emulator.now();
      const number = await source.next();
      waitedUs += fabric.emulator.now() - asked;
      if (seen[number] !== 0) throw new Error(`number ${number} drawn twice, or out of range`);
      seen[number] = 1;
    }
  };
  await fabric.run(Promise.all(sources.map(one)));
  return {
    virtual: (seen.length * 1e6) / (fabric.emulator.now() - begun),
    real: (seen.length * 1e3) / (performance.now() - realBegun),
    meanUs: waitedUs / seen.length,
  };
}

export const sequencerBench: Bench = {
  name: 'sequencer',
  summary: `numbers drawn by ${LEAVES * CLIENTS_PER_LEAF} hosts at once from a switch, against a server over UDP`,
  run: async (note) => {
    note(
      'a switch of the emulator takes no time for a packet; links do. Real time is what the emulation takes',
    );
    const topology = leafSpine({ leaves: LEAVES, spines: 2, hostsPerLeaf: CLIENTS_PER_LEAF + 1 });
    const fabric = await EmulatedFabric.start({ topology, seed: SEED });
    try {
      const hosts = [...topology.hosts.values()]
        .filter(({ port }) => port <= CLIENTS_PER_LEAF)
        .map(({ name }) => name);
      const home = `h${LEAVES * (CLIENTS_PER_LEAF + 1)}`;
      const destination = fabric.nic(home).address;
      const group = await fabric.controller.groups.createCells({ hosts, cells: 1, destination: home });
      await fabric.settle();
      const cells = group.sources.map(({ host, source }) => {
        return new CellClient(fabric.host(host).sinc, {
          group: group.id,
          source,
          sources: hosts.length,
          destination,
        });
      });
      const inNetwork = await draw(
        fabric,
        cells.map((client) => new Sequencer(client, 0)),
      );
      for (const client of cells) client.close();
      const server = new SequencerServer(fabric.nic(home), SERVICE_US);
      const clients = hosts.map((host, i) => new SequencerClient(fabric.nic(host), i, destination));
      const byServer = await draw(fabric, clients);
      for (const client of clients) client.close();
      server.close();
      return [
        against('numbers per second of virtual time', inNetwork.virtual, 'numbers/s', PEER, byServer.virtual),
        against('mean time to a number', inNetwork.meanUs, 'us', PEER, byServer.meanUs, 'less'),
        against('numbers per second of real time', inNetwork.real, 'numbers/s', PEER, byServer.real),
      ];
    } finally {
      await fabric.close();
    }
  },
};
