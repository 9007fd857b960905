import { KvClient, KvServer } from '../../host/index.js';
import type { EmulatedFabric } from '../fabric.js';
import { percent, type Report } from '../report.js';
import { Zipf } from '../zipf.js';

const SERVERS = ['h10', 'h7'];
const CLIENTS = ['h1', 'h2', 'h3', 'h5', 'h6', 'h12'];
const KEYS = 2000;
/** Cache entries at each server's switch. */
const ENTRIES = 64;
const SKEW = 0.99;
const REQUESTS_PER_CLIENT = 2500;
/** Share of the optimum, keeping the most popular keys from the start, that a warm cache has to reach. */
const WARM = 0.85;
/** Share of requests that write. */
const WRITES = 0.03;

interface Outcome {
  readonly reads: number;
  readonly hits: number;
  /** Reads of the second half alone, when the cache has warmed up. */
  readonly lateReads: number;
  readonly lateHits: number;
  readonly reachedServers: number;
  readonly busiestServer: number;
  readonly wrong: readonly string[];
  readonly meanReadUs: number;
}

const utf8 = new TextEncoder();
const text = new TextDecoder();

function service(shard: number): string {
  return `/kv/${shard}`;
}

/** "key 17, write 4": every value says whose it is, so a wrong one shows. */
function contentOf(key: number, write: number): Uint8Array {
  return utf8.encode(`key ${key}, write ${write}, ${'x'.repeat((key * 7) % 80)}`);
}

/** What has been seen of one key; a read may never go behind it. */
interface History {
  /** Number of the last write that was started, and of the newest one acknowledged or read. */
  started: number;
  known: number;
  writing: boolean;
}

async function workload(
  fabric: EmulatedFabric,
  histories: History[],
  servers: readonly KvServer[],
): Promise<Outcome> {
  const zipf = new Zipf(KEYS, SKEW);
  const random = fabric.emulator.random;
  const before = servers.map(({ counters }) => counters.gets + counters.puts);
  const wrong: string[] = [];
  let reads = 0;
  let hits = 0;
  let lateReads = 0;
  let lateHits = 0;
  let readUs = 0;
  const client = async (hostName: string): Promise<void> => {
    const host = fabric.host(hostName);
    const clients = SERVERS.map(
      (_, shard) => new KvClient(host, service(shard), { deadlineUs: 5e6, attempts: 10 }),
    );
    for (let i = 0; i < REQUESTS_PER_CLIENT; i++) {
      const key = zipf.rank(random.next());
      const shard = key % SERVERS.length;
      const history = histories[key] as History;
      const kv = clients[shard] as KvClient;
      if (random.next() < WRITES && !history.writing) {
        history.writing = true;
        const write = ++history.started;
        await kv.put(`k${key}`, contentOf(key, write));
        history.known = Math.max(history.known, write);
        history.writing = false;
        continue;
      }
      const knownBefore = history.known;
      const result = await kv.get(`k${key}`);
      const got = text.decode(result.value ?? new Uint8Array(0));
      const write = Number(/^key \d+, write (\d+),/.exec(got)?.[1] ?? Number.NaN);
      if (got !== text.decode(contentOf(key, write))) wrong.push(`key ${key} read as '${got}'`);
      else if (write < knownBefore)
        wrong.push(`key ${key} read write ${write} after ${knownBefore} was known`);
      else if (write > history.started) wrong.push(`key ${key} read write ${write}, which nobody made`);
      history.known = Math.max(history.known, write);
      reads++;
      readUs += result.rttUs;
      if (result.cached) hits++;
      if (i >= REQUESTS_PER_CLIENT / 2) {
        lateReads++;
        if (result.cached) lateHits++;
      }
    }
  };
  await fabric.run(Promise.all(CLIENTS.map(client)));
  const reached = servers.map(({ counters }, i) => counters.gets + counters.puts - (before[i] ?? 0));
  return {
    reads,
    hits,
    lateReads,
    lateHits,
    reachedServers: reached.reduce((sum, count) => sum + count, 0),
    busiestServer: Math.max(...reached),
    wrong,
    meanReadUs: readUs / reads,
  };
}

/** Part 3 of the main job: a skewed key-value workload with the cache in the switches off, then on. */
export async function cache(fabric: EmulatedFabric, report: Report): Promise<void> {
  report.section('Key-value cache');
  const servers: KvServer[] = [];
  for (const [shard, host] of SERVERS.entries()) {
    servers.push(await fabric.run(KvServer.start(fabric.host(host), service(shard))));
  }
  await fabric.settle();
  const histories = Array.from({ length: KEYS }, () => ({ started: 0, known: 0, writing: false }));
  for (let key = 0; key < KEYS; key++) {
    const shard = key % SERVERS.length;
    servers[shard]?.preload(`${service(shard)}/k${key}`, contentOf(key, 0));
  }
  report.progress(`Zipf(${SKEW}) over ${KEYS} keys, ${percent(WRITES)} writes, cache off`);
  const off = await workload(fabric, histories, servers);
  report.progress(`the same with ${ENTRIES} cache entries at each server's switch`);
  for (const shard of SERVERS.keys()) {
    await fabric.controller.cache.enable({ service: service(shard), threshold: 4, capacity: ENTRIES });
  }
  await fabric.settle();
  const on = await workload(fabric, histories, servers);
  const best = new Zipf(KEYS, SKEW).share(ENTRIES * SERVERS.length);
  for (const shard of SERVERS.keys()) await fabric.controller.cache.disable(service(shard));

  const requests = CLIENTS.length * REQUESTS_PER_CLIENT;
  report.check(
    'every value checked, cache off and on: none wrong, none stale',
    off.wrong.length === 0 && on.wrong.length === 0,
    [...off.wrong, ...on.wrong][0] ?? `${off.reads + on.reads} reads`,
  );
  report.check(
    'cache off: every read reached a server',
    off.hits === 0,
    `${off.reachedServers} of ${requests} requests`,
  );
  report.check(
    'hit ratio with the cache on',
    on.lateHits / on.lateReads >= WARM * best,
    `${percent(on.hits / on.reads)} of ${on.reads} reads, ${percent(on.lateHits / on.lateReads)} once warm; ` +
      `the ${ENTRIES * SERVERS.length} most popular keys draw ${percent(best)}`,
  );
  report.check(
    'requests that reached the servers',
    on.reachedServers < off.reachedServers,
    `off ${off.reachedServers}, on ${on.reachedServers} of ${requests}; the busier server ${off.busiestServer} and ${on.busiestServer}`,
  );
  report.measured(
    'mean read',
    `off ${off.meanReadUs.toFixed(0)} us, on ${on.meanReadUs.toFixed(0)} us of virtual time`,
  );
}
