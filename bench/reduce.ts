import { EmulatedFabric } from '../experiments/fabric.js';
import { leafSpine } from '../experiments/leaf-spine.js';
import { ParameterServer, ParameterWorker } from '../experiments/parameter-server.js';
import { RingWorker } from '../experiments/ring.js';
import { ReduceGroup } from '../host/index.js';
import { against, alone, type Bench, type Result } from './bench.js';

/** int32 values of one vector, 1 MiB. */
const VALUES = 1 << 18;
const SEED = 1;
/** Rounds that let timers settle, and rounds that are measured. */
const WARM = 1;
const ROUNDS = 2;
/**
 * Least timeout, microseconds, for a round trip through the longest queue a way fills itself: to repeat what still stands
 * in it would be in vain. `perSlotUs` is somewhat more than the frames of one window slot take on a link.
 */
function timeoutFor(leastUs: number, window: number, perSlotUs: number): number {
  return Math.max(leastUs, window * perSlotUs);
}
/** What a packet carries besides values: Ethernet, IPv4, UDP, SINC; and values of a full packet. */
const OVERHEAD = 14 + 20 + 8 + 16;
const PER_PACKET = 128;

interface Way {
  readonly name: string;
  /** Window, or whatever it is tuned by. */
  readonly windows: readonly number[];
  start(fabric: EmulatedFabric, workers: readonly string[], window: number): Promise<Running>;
}

interface Running {
  readonly workers: readonly { allReduce(values: Int32Array): Promise<Int32Array> }[];
  retransmitted(): number;
  close(): Promise<void>;
}

interface Outcome {
  /** Bytes of vector a worker has reduced per second of virtual time. */
  readonly bytesPerS: number;
  /** Bytes of every direction of a link per byte of frames one vector takes, both kinds of link, largest. */
  readonly hostUnits: number;
  readonly fabricUnits: number;
  readonly retransmitted: number;
}

const SINC: Way = {
  name: 'SINC',
  windows: [16, 64, 256],
  start: async (fabric, workers, window) => {
    const destination = workers[0] as string;
    const info = await fabric.controller.groups.createReduce({
      hosts: workers,
      operation: 'sum',
      window,
      destination,
    });
    await fabric.settle();
    const groups = info.sources.map(({ host, source }) => {
      return new ReduceGroup(fabric.host(host).sinc, {
        group: info.id,
        source,
        sources: workers.length,
        window,
        destination: fabric.nic(destination).address,
      });
    });
    return {
      workers: groups,
      retransmitted: () => groups.reduce((sum, { counters }) => sum + counters.retransmitted, 0),
      close: async () => {
        for (const group of groups) group.close();
        await fabric.controller.groups.delete(info.id);
        await fabric.settle();
      },
    };
  },
};

const RING: Way = {
  name: 'ring all-reduce',
  windows: [16, 32],
  start: (fabric, workers, window) => {
    const members = workers.map((host, worker) => {
      const next = fabric.nic(workers[(worker + 1) % workers.length] as string).address;
      return new RingWorker(fabric.nic(host), {
        worker,
        workers: workers.length,
        next,
        window,
        minTimeoutUs: timeoutFor(250, window, 40),
      });
    });
    return Promise.resolve({
      workers: members,
      retransmitted: () => members.reduce((sum, member) => sum + member.retransmitted, 0),
      close: async () => {
        for (const member of members) member.close();
      },
    });
  },
};

const PARAMETER_SERVER: Way = {
  name: 'parameter server',
  windows: [8, 32],
  start: (fabric, workers, window) => {
    const host = [...fabric.topology.hosts.keys()].find((name) => !workers.includes(name)) as string;
    const server = new ParameterServer(fabric.nic(host), workers.length);
    const members = workers.map((name, worker) => {
      return new ParameterWorker(fabric.nic(name), {
        worker,
        server: fabric.nic(host).address,
        window,
        minTimeoutUs: timeoutFor(2000, window, 20 * workers.length),
      });
    });
    return Promise.resolve({
      workers: members,
      retransmitted: () => members.reduce((sum, member) => sum + member.retransmitted, 0),
      close: async () => {
        for (const member of members) member.close();
        server.close();
      },
    });
  },
};

async function measure(
  fabric: EmulatedFabric,
  workers: readonly string[],
  way: Way,
  window: number,
  values: number,
): Promise<Outcome> {
  const running = await way.start(fabric, workers, window);
  const vectors = workers.map((_, worker) => Int32Array.from({ length: values }, (_, i) => i * (worker + 1)));
  const sumOfRanks = (workers.length * (workers.length + 1)) / 2;
  const round = async (): Promise<void> => {
    const sums = await fabric.run(
      Promise.all(running.workers.map((worker, i) => worker.allReduce(vectors[i] as Int32Array))),
    );
    for (const sum of sums) {
      for (let i = 0; i < values; i++) {
        if (sum[i] !== ((i * sumOfRanks) | 0)) throw new Error(`${way.name}: value ${i} is ${sum[i]}`);
      }
    }
  };
  for (let i = 0; i < WARM; i++) await round();
  const before = fabric.linkUse();
  const repeatedBefore = running.retransmitted();
  const begun = fabric.emulator.now();
  for (let i = 0; i < ROUNDS; i++) await round();
  const seconds = (fabric.emulator.now() - begun) / 1e6;
  const unit = ROUNDS * (4 * values + Math.ceil(values / PER_PACKET) * OVERHEAD);
  const units = (kind: 'host' | 'fabric'): number => {
    const carried = fabric.linkUse().map((use, i) => {
      return use.kind === kind ? (use.bytes - (before[i]?.bytes ?? 0)) / unit : 0;
    });
    return Math.max(...carried);
  };
  const outcome = {
    bytesPerS: (ROUNDS * 4 * values) / seconds,
    hostUnits: units('host'),
    fabricUnits: units('fabric'),
    retransmitted: running.retransmitted() - repeatedBefore,
  };
  await running.close();
  return outcome;
}

/** The best over the windows: each way gets the one that suits it. */
async function best(
  fabric: EmulatedFabric,
  workers: readonly string[],
  way: Way,
  values: number,
  note: (text: string) => void,
): Promise<Outcome> {
  let most: Outcome | undefined;
  for (const window of way.windows) {
    const outcome = await measure(fabric, workers, way, window, values);
    const rate = ((outcome.bytesPerS * 8) / 1e6).toFixed(0);
    note(
      `${workers.length} workers, ${way.name}, window ${window}: ${rate} Mbit/s, ${outcome.retransmitted} repeated`,
    );
    if (most === undefined || outcome.bytesPerS > most.bytesPerS) most = outcome;
  }
  if (most === undefined) throw new Error(`${way.name} has no windows to try`);
  return most;
}

async function compare(
  leaves: number,
  workersPerLeaf: number,
  values: number,
  loss: number,
  note: (text: string) => void,
): Promise<Result[]> {
  // One host more on every leaf: the parameter server takes a link of its own.
  const topology = leafSpine({ leaves, spines: 1, hostsPerLeaf: workersPerLeaf + 1 });
  const fabric = await EmulatedFabric.start({ topology, seed: SEED });
  try {
    fabric.disturb({ loss });
    const workers = [...topology.hosts.values()]
      .filter(({ port }) => port <= workersPerLeaf)
      .map(({ name }) => name);
    const sinc = await best(fabric, workers, SINC, values, note);
    const ring = await best(fabric, workers, RING, values, note);
    const server = await best(fabric, workers, PARAMETER_SERVER, values, note);
    const name = loss === 0 ? `${workers.length} workers` : `${workers.length} workers, ${100 * loss} % lost`;
    const mbits = ({ bytesPerS }: Outcome): number => (bytesPerS * 8) / 1e6;
    const goodput = [
      against(`${name}: goodput of all-reduce`, mbits(sinc), 'Mbit/s', RING.name, mbits(ring)),
      against(`${name}: goodput of all-reduce`, mbits(sinc), 'Mbit/s', PARAMETER_SERVER.name, mbits(server)),
    ];
    if (loss > 0) return goodput;
    return [
      ...goodput,
      against(`${name}: most on a host link`, sinc.hostUnits, 'units', RING.name, ring.hostUnits, 'less'),
      against(
        `${name}: most between switches`,
        sinc.fabricUnits,
        'units',
        PARAMETER_SERVER.name,
        server.fabricUnits,
        'less',
      ),
      alone(`${name}: packets repeated`, sinc.retransmitted, 'packets'),
    ];
  } finally {
    await fabric.close();
  }
}

export const reduceBench: Bench = {
  name: 'reduce',
  summary:
    'all-reduce in the network against ring all-reduce and a parameter server, virtual time, 1 Gbit/s hosts',
  run: async (note) => [
    ...(await compare(2, 4, VALUES, 0, note)),
    ...(await compare(2, 4, VALUES / 4, 0.001, note)),
    // A quarter of the vector, for the bench's own time.
    ...(await compare(4, 8, VALUES / 4, 0, note)),
  ],
};
