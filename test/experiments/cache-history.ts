import { EmulatedFabric } from '../../experiments/fabric.js';
import { leafSpine } from '../../experiments/leaf-spine.js';
import { Zipf } from '../../experiments/zipf.js';
import { HostError, KvClient, KvServer } from '../../host/index.js';

/**
 * One operation as its client saw it. Every write of a key has a number of its own, in the value; a deletion is a write
 * without a value. Virtual microseconds.
 */
export interface Operation {
  readonly client: string;
  readonly key: number;
  readonly kind: 'read' | 'write' | 'delete';
  readonly begun: number;
  /** Infinity where no answer came: it may have been executed at any time, or never. */
  readonly ended: number;
  /** Version the server gave it, or that was read; NaN where no answer came. */
  readonly version: number;
  /** What was read or written; undefined = no value. */
  readonly value: string | undefined;
  readonly cached: boolean;
}

/**
 * What is wrong with a history, in words; none if nothing is. Versions order the writes of a key. A read must return
 * what the write of its version wrote, and its version must be no older than (a) that of any write acknowledged before the
 * read began and (b) any version whose reading ended before it began, by any client.
 */
export function violations(history: readonly Operation[]): string[] {
  const wrong: string[] = [];
  for (const key of new Set(history.map((operation) => operation.key))) {
    const here = history.filter(
      (operation) => operation.key === key && operation.ended < Number.POSITIVE_INFINITY,
    );
    const writes = here.filter(({ kind }) => kind !== 'read');
    const written = new Map(writes.map(({ version, value }) => [version, value]));
    if (written.size !== writes.length) wrong.push(`key ${key}: two writes have one version`);
    const started = new Set(
      history
        .filter((operation) => operation.key === key && operation.kind === 'write')
        .map(({ value }) => value),
    );
    for (const read of here.filter(({ kind }) => kind === 'read')) {
      const what = `key ${key}, read of ${read.client} at ${read.begun}${read.cached ? ' (cached)' : ''}`;
      const known = here.filter(({ ended }) => ended < read.begun);
      const newest = known.reduce((most, other) => (other.version > most.version ? other : most), {
        version: Number.NEGATIVE_INFINITY,
        kind: 'read',
        ended: 0,
      } as Pick<Operation, 'version' | 'kind' | 'ended'>);
      if (read.version < newest.version) {
        wrong.push(
          `${what}: version ${read.version} after ${newest.version} (${newest.kind} ended at ${newest.ended})`,
        );
      }
      if (written.has(read.version) && written.get(read.version) !== read.value) {
        wrong.push(`${what}: '${read.value}', version ${read.version} is '${written.get(read.version)}'`);
      }
      if (read.value !== undefined && !started.has(read.value)) {
        wrong.push(`${what}: '${read.value}', which nobody wrote`);
      }
      if (read.begun > read.ended) wrong.push(`${what}: ended before it began`);
    }
  }
  return wrong;
}

export interface HistoryRun {
  readonly history: readonly Operation[];
  readonly cached: number;
  readonly evicted: number;
  readonly unanswered: number;
}

export interface Weather {
  /** Some frames are held back this long, across lives of entries, microseconds. */
  readonly lateUs?: number;
  /** How often the server's switch loses all it holds. */
  readonly restarts?: number;
}

const CLIENTS = ['h3', 'h4', 'h5', 'h6'];
const SERVER = 'h1';

/**
 * Several clients read, write and delete few keys at random on bad links, while the few cache entries there are change
 * hands all the time: hot keys are reported by the switch, and evicted and installed at random besides.
 */
export async function randomHistory(
  seed: number,
  operations: number,
  weather: Weather = {},
): Promise<HistoryRun> {
  const topology = leafSpine({ leaves: 2, spines: 2, hostsPerLeaf: 3 });
  const fabric = await EmulatedFabric.start({ topology, seed });
  try {
    const { emulator } = fabric;
    const random = emulator.random;
    const server = await fabric.run(KvServer.start(fabric.host(SERVER), '/kv', { ttlMs: 600_000 }));
    const keys = 12;
    const zipf = new Zipf(keys, 0.8);
    const history: Operation[] = [];
    for (let key = 0; key < keys; key += 2) {
      const value = `${key}/0`;
      server.preload(`/kv/k${key}`, new TextEncoder().encode(value));
      history.push(operation('preload', key, 'write', -1, 0, key / 2 + 1, value));
    }
    await fabric.controller.cache.enable({ service: '/kv', threshold: 2, capacity: 4 });
    await fabric.settle();
    fabric.disturb({
      loss: 0.05 * random.next(),
      duplicate: 0.1 * random.next(),
      reorder: weather.lateUs === undefined ? 0.4 * random.next() : 0.1,
      reorderUs: weather.lateUs ?? 20 + 500 * random.next(),
    });
    let running = CLIENTS.length;
    let cached = 0;
    let unanswered = 0;
    let writes = 0;
    const client = async (name: string): Promise<void> => {
      const kv = new KvClient(fabric.host(name), '/kv', {
        deadlineUs: 200_000,
        attempts: 12,
        firstTimeoutUs: 300 + 2000 * random.next(),
      });
      for (let i = 0; i < operations / CLIENTS.length; i++) {
        const key = zipf.rank(random.next());
        const dice = random.next();
        const begun = emulator.now();
        const kind = dice < 0.7 ? 'read' : dice < 0.92 ? 'write' : 'delete';
        const text = `${key}/${++writes}`;
        const value = kind === 'write' ? text.padEnd(text.length + random.below(100), '.') : undefined;
        try {
          const result =
            kind === 'read'
              ? await kv.get(`k${key}`)
              : kind === 'write'
                ? await kv.put(`k${key}`, new TextEncoder().encode(value))
                : await kv.delete(`k${key}`);
          const seen = result.value === undefined ? undefined : new TextDecoder().decode(result.value);
          if (result.cached) cached++;
          history.push({
            ...operation(
              name,
              key,
              kind,
              begun,
              emulator.now(),
              result.version,
              kind === 'read' ? seen : value,
            ),
            cached: result.cached,
          });
        } catch (error) {
          if (!(error instanceof HostError) || error.code === 'BAD_REPLY') throw error;
          unanswered++;
          history.push(operation(name, key, kind, begun, Number.POSITIVE_INFINITY, Number.NaN, value));
        }
        if (random.next() < 0.5) await fabric.sleep(random.next() * 8000);
      }
      running--;
    };
    const evictions = (): number => fabric.controller.cache.status()[0]?.evicted ?? 0;
    let evicted = 0;
    const host = fabric.host(SERVER);
    const churn = async (): Promise<void> => {
      let count = 100;
      while (running > 0) {
        await fabric.sleep(200 + random.next() * 4000);
        // Each key told to be hot is hotter than all before: it takes an entry's place in the next round.
        count = Math.min(65_535, Math.ceil(count * 1.1));
        const digest = host.nameOf(`/kv/k${random.below(keys)}`).cacheKey(host.key);
        const key = BigInt(`0x${Buffer.from(digest).toString('hex')}`);
        fabric.controller.cache.hotKeys('leaf1', [{ key, count }]);
        // Now and then all entries go, and slots come back with other keys and generations.
        if (random.next() < (weather.lateUs === undefined ? 0.03 : 0.2)) {
          evicted += evictions();
          await fabric.controller.cache.disable('/kv');
          await fabric.sleep(random.next() * 500);
          await fabric.controller.cache.enable({
            service: '/kv',
            threshold: 2,
            capacity: 1 + random.below(6),
          });
          count = 100;
        }
      }
      evicted += evictions();
    };
    const work = Promise.all([...CLIENTS.map(client), churn()]);
    for (let left = weather.restarts ?? 0; left > 0 && running > 0; left--) {
      await fabric.run(Promise.race([work, fabric.sleep(20_000 + random.next() * 60_000)]));
      if (running === 0) break;
      await fabric.restart('leaf1');
      await fabric.run(Promise.race([work, fabric.sleep(random.next() * 2000)]));
      await fabric.reprogram('leaf1');
    }
    await fabric.run(work);
    return { history, cached, evicted, unanswered };
  } finally {
    await fabric.close();
  }
}

function operation(
  client: string,
  key: number,
  kind: Operation['kind'],
  begun: number,
  ended: number,
  version: number,
  value: string | undefined,
): Operation {
  return { client, key, kind, begun, ended, version, value, cached: false };
}
