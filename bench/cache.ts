import { createHash } from 'node:crypto';
import { EmulatedFabric } from '../experiments/fabric.js';
import { leafSpine } from '../experiments/leaf-spine.js';
import { Zipf } from '../experiments/zipf.js';
import { HostError, KvClient, KvServer } from '../host/index.js';
import { against, alone, type Bench, type Result } from './bench.js';

const KEYS = 100_000;
const SKEW = 0.99;
const LEAVES = 5;
const SERVERS_PER_LEAF = 2;
const CLIENTS_PER_LEAF = 2;
const SERVERS = LEAVES * SERVERS_PER_LEAF;
const ENTRIES = 1000;
/** Mean time between a client's answer and its next request: about 100,000 requests per second together. */
const THINK_US = 60;
const COLD_REQUESTS = 30_000;
const WARM_REQUESTS = 210_000;
const MEASURED_REQUESTS = 60_000;
const SEED = 1;

interface Outcome {
  readonly hitRatio: number;
  /** Requests that reached the busiest server over the mean of all. */
  readonly imbalance: number;
  readonly seconds: number;
}

/** Which server keeps a key: by hash, as stores do. */
function shardOf(rank: number): number {
  return createHash('sha256').update(`key ${rank}`).digest().readUInt32BE(0) % SERVERS;
}

class Store {
  readonly #fabric: EmulatedFabric;
  readonly #servers: readonly KvServer[];
  readonly #clients: readonly (readonly KvClient[])[];
  readonly #shards: Uint8Array;
  readonly #zipf = new Zipf(KEYS, SKEW);

  private constructor(
    fabric: EmulatedFabric,
    servers: readonly KvServer[],
    clients: readonly (readonly KvClient[])[],
    shards: Uint8Array,
  ) {
    this.#fabric = fabric;
    this.#servers = servers;
    this.#clients = clients;
    this.#shards = shards;
  }

  static async start(fabric: EmulatedFabric): Promise<Store> {
    const hosts = [...fabric.topology.hosts.values()];
    const servers: KvServer[] = [];
    for (const { name } of hosts.filter(({ port }) => port <= SERVERS_PER_LEAF)) {
      servers.push(
        await fabric.run(KvServer.start(fabric.host(name), service(servers.length), { ttlMs: 600_000 })),
      );
    }
    await fabric.settle();
    const shards = Uint8Array.from({ length: KEYS }, (_, rank) => shardOf(rank));
    const value = new Uint8Array(64).fill(7);
    for (const [rank, shard] of shards.entries())
      servers[shard]?.preload(`${service(shard)}/k${rank}`, value);
    const clients = hosts
      .filter(({ port }) => port > SERVERS_PER_LEAF)
      .map(({ name }) => servers.map((_, shard) => new KvClient(fabric.host(name), service(shard))));
    return new Store(fabric, servers, clients, shards);
  }

  /** Best hit ratio of the caches together: each leaf keeps the most popular keys of its servers. */
  best(perLeaf: number): number {
    const room = new Array<number>(LEAVES).fill(perLeaf);
    let share = 0;
    for (let rank = 0; rank < KEYS; rank++) {
      const leaf = Math.floor((this.#shards[rank] ?? 0) / SERVERS_PER_LEAF);
      if ((room[leaf] ?? 0) === 0) continue;
      room[leaf] = (room[leaf] ?? 0) - 1;
      share += this.#zipf.share(rank + 1) - this.#zipf.share(rank);
    }
    return share;
  }

  /** Has the clients make this many requests, one at a time each. */
  async load(requests: number): Promise<Outcome> {
    const fabric = this.#fabric;
    const random = fabric.emulator.random;
    const before = this.#servers.map(({ counters }) => counters.gets);
    const begun = fabric.emulator.now();
    let hits = 0;
    let left = requests;
    const client = async (shards: readonly KvClient[]): Promise<void> => {
      while (left-- > 0) {
        const rank = this.#zipf.rank(random.next());
        const { cached, value } = await (shards[this.#shards[rank] ?? 0] as KvClient).get(`k${rank}`);
        if (value?.length !== 64)
          throw new HostError('BAD_REPLY', `key ${rank} came back with another value`);
        if (cached) hits++;
        await fabric.sleep(-Math.log(1 - random.next()) * THINK_US);
      }
    };
    await fabric.run(Promise.all(this.#clients.map(client)));
    const loads = this.#servers.map(({ counters }, i) => counters.gets - (before[i] ?? 0));
    const mean = loads.reduce((sum, load) => sum + load, 0) / SERVERS;
    return {
      hitRatio: hits / requests,
      imbalance: Math.max(...loads) / mean,
      seconds: (fabric.emulator.now() - begun) / 1e6,
    };
  }
}

function service(shard: number): string {
  return `/kv/${shard}`;
}

export const cacheBench: Bench = {
  name: 'cache',
  summary: `Zipf(${SKEW}), ${KEYS} keys, ${SERVERS} servers, ${ENTRIES} entries: hit ratio and balance, virtual time`,
  run: async (note): Promise<readonly Result[]> => {
    const hostsPerLeaf = SERVERS_PER_LEAF + CLIENTS_PER_LEAF;
    const topology = leafSpine({ leaves: LEAVES, spines: 2, hostsPerLeaf });
    const fabric = await EmulatedFabric.start({ topology, seed: SEED });
    try {
      const store = await Store.start(fabric);
      const off = await store.load(COLD_REQUESTS);
      for (let shard = 0; shard < SERVERS; shard++) {
        await fabric.controller.cache.enable({ service: service(shard), capacity: ENTRIES / SERVERS });
      }
      await fabric.settle();
      const warming = await store.load(WARM_REQUESTS);
      note(`${WARM_REQUESTS} requests in ${warming.seconds.toFixed(1)} s of virtual time to warm up`);
      const on = await store.load(MEASURED_REQUESTS);
      const status = fabric.controller.cache.status();
      const entries = new Map(status.map((cached) => [cached.leaf, cached]));
      const total = (of: 'entries' | 'evicted'): number =>
        [...entries.values()].reduce((sum, cached) => sum + cached[of], 0);
      note(`${total('entries')} entries, ${total('evicted')} evicted on the way`);
      const best = store.best(ENTRIES / LEAVES);
      note(
        `one cache of ${ENTRIES} would at best have ${(100 * new Zipf(KEYS, SKEW).share(ENTRIES)).toFixed(1)} %`,
      );
      return [
        against('hit ratio once warm', 100 * on.hitRatio, '%', 'analytic optimum', 100 * best),
        alone('points below the optimum', 100 * (best - on.hitRatio), 'points'),
        against('busiest server over the mean', on.imbalance, 'times', 'cache off', off.imbalance, 'less'),
      ];
    } finally {
      await fabric.close();
    }
  },
};
