import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Host, HostError, KvClient, type KvResult, KvServer } from '../../host/index.js';
import {
  encodeNamed,
  FabricKey,
  KV_GET,
  KV_LARGE,
  KV_PUT,
  NackReason,
  Name,
  PacketType,
} from '../../wire/index.js';
import { CacheModel } from './cache-model.js';
import { FabricModel, SERVICE_ADDRESS } from './fabric-model.js';
import { CALM, type Faults, ROUGH, SimNetwork } from './sim-network.js';

const utf8 = new TextEncoder();
const text = (b: Uint8Array | undefined) => (b === undefined ? undefined : new TextDecoder().decode(b));
const patient = { attempts: 60, deadlineUs: 500_000_000, firstTimeoutUs: 4_000 };
const code = (expected: string) => (error: unknown) => error instanceof HostError && error.code === expected;

async function setUp(seed: number, faults: Faults = CALM) {
  const network = new SimNetwork(seed, CALM);
  const model = new FabricModel(network);
  const cache = new CacheModel(model);
  const host = (n: number) =>
    new Host(network.host(`10.0.0.${n}`), { name: `/hosts/h${n}`, serviceAddress: SERVICE_ADDRESS });
  const server = await network.run(KvServer.start(host(1), '/kv', { ttlMs: 10_000_000 }));
  const clients = [2, 3, 4].map((n) => new KvClient(host(n), '/kv', patient));
  network.faults = faults;
  return { network, model, cache, server, clients, host };
}

const keyOf = (key: string) => Name.parse(`/kv/${key}`).cacheKey(FabricKey.default);

describe('key-value service', () => {
  it('puts, gets and deletes, with rising versions', async () => {
    const { network, server, clients } = await setUp(1);
    const client = clients[0];
    assert.ok(client);
    assert.equal((await network.run(client.get('user:1'))).value, undefined);
    const put = await network.run(client.put('user:1', utf8.encode('Ada')));
    assert.equal(text(put.value), 'Ada', 'a PUT_REPLY carries the value');
    const got = await network.run(client.get('user:1'));
    assert.equal(text(got.value), 'Ada');
    assert.equal(got.version, put.version);
    assert.equal(server.size, 1);
    const gone = await network.run(client.delete('user:1'));
    assert.ok(gone.version > got.version);
    const after = await network.run(client.get('user:1'));
    assert.equal(after.value, undefined);
    assert.ok(after.version >= gone.version);
    assert.ok((await network.run(client.put('user:1', utf8.encode('Bea')))).version > after.version);
  });

  it('carries values of every length a datagram can', async () => {
    const { network, clients } = await setUp(2);
    const client = clients[0];
    assert.ok(client);
    for (const length of [0, 1, 15, 16, 17, 127, 128, 129, 1000, 1300]) {
      const value = Uint8Array.from({ length }, (_, i) => i * 7);
      await network.run(client.put('k', value));
      assert.deepEqual((await network.run(client.get('k'))).value, value, `${length} bytes`);
    }
  });

  it('carries values to 1 MiB past the caches, which never serve what they have replaced', async () => {
    const { network, cache, clients, host } = await setUp(20, ROUGH);
    const [one, other] = clients;
    assert.ok(one && other);
    cache.insert(keyOf('k'));
    let version: number = 0;
    for (const length of [3, 1390, 1400, 20_000, 100, 1 << 20, 0]) {
      const value = Uint8Array.from({ length }, (_, i) => i * 7 + length);
      const put: KvResult = await network.run(one.put('k', value));
      assert.ok(put.version > version);
      version = put.version;
      for (const client of [one, other, one] as const) {
        const got: KvResult = await network.run(client.get('k'));
        assert.ok(Buffer.from(got.value ?? []).equals(value), `${length} bytes`);
        assert.equal(got.version, version);
        assert.ok(!got.cached || length <= 128);
      }
    }
    assert.ok(cache.hits > 0);
    await network.run(one.put('k', new Uint8Array(5000)));
    await network.run(other.delete('k'));
    assert.equal((await network.run(one.get('k'))).value, undefined);
    await assert.rejects(network.run(one.put('k', new Uint8Array((1 << 20) + 1))), code('TOO_LARGE'));
    assert.equal((await network.run(one.get('k'))).value, undefined);
    // What has been brought is written by its own caller, once, and under its own name.
    const stranger = host(9);
    const ticket = new Uint8Array(8).fill(1);
    await network.run(stranger.call('/kv/k', Uint8Array.of(1, ...ticket, 1, 2, 3), patient));
    const write = (from: Host, key: string) =>
      from.client.request(
        PacketType.SERVICE_REQUEST,
        Name.parse(`/kv/${key}`),
        ticket,
        {
          ...{ op: KV_PUT, flags: KV_LARGE, status: 0, generation: 0, version: 0, key: keyOf(key) },
          ...{ valueLength: ticket.length, value: new Uint8Array(0) },
        },
        { attempts: 2 },
      );
    await assert.rejects(network.run(write(host(10), 'k')), code('NACK'));
    await assert.rejects(network.run(write(stranger, 'other')), code('NACK'));
    network.faults = CALM;
    await network.run(write(stranger, 'k'));
    await assert.rejects(network.run(write(stranger, 'k')), code('NACK'));
    assert.deepEqual((await network.run(one.get('k'))).value, Uint8Array.of(1, 2, 3));
  });

  it('a server’s own limit is told as TOO_LARGE and leaves the value as it was', async () => {
    const { network, host } = await setUp(3);
    await network.run(KvServer.start(host(9), '/small', { maxValue: 4 }));
    const client = new KvClient(host(8), '/small', patient);
    await network.run(client.put('k', utf8.encode('1234')));
    await assert.rejects(network.run(client.put('k', utf8.encode('12345'))), code('TOO_LARGE'));
    assert.equal(text((await network.run(client.get('k'))).value), '1234');
  });

  it('does a repeated write once and answers it again', async () => {
    const { network, server, clients } = await setUp(4, { ...CALM, duplicate: 1 });
    const client = clients[0];
    assert.ok(client);
    for (let i = 0; i < 20; i++) await network.run(client.put('k', utf8.encode(`${i}`)));
    await network.sleep(10_000);
    assert.equal(server.counters.puts, 20);
    assert.ok(server.counters.duplicates > 0);
    assert.equal((await network.run(client.get('k'))).version, 20);
  });

  it('refuses a request whose key is not its name’s, and one that is no kv request', async () => {
    const { network, host } = await setUp(5);
    const client = host(9);
    const kv = {
      op: KV_GET,
      flags: 0,
      status: 0,
      generation: 0,
      version: 0,
      key: keyOf('other'),
      valueLength: 0,
      value: new Uint8Array(0),
    } as const;
    const name = Name.parse('/kv/one');
    const call = client.client.request(PacketType.SERVICE_REQUEST, name, new Uint8Array(0), kv, {});
    await assert.rejects(
      network.run(call),
      (error) => error instanceof HostError && error.reason === NackReason.NAME_MISMATCH,
    );
    await assert.rejects(network.run(client.call('/kv/one', undefined, { attempts: 1 })), code('NACK'));
  });

  it('an answer about another key is BAD_REPLY', async () => {
    const { network, model, clients } = await setUp(6);
    const client = clients[0];
    assert.ok(client);
    model.intercept = (packet, datagram) => {
      if (packet.type !== PacketType.SERVICE_DATA || packet.kv === undefined) return false;
      const wrong = { ...packet, kv: { ...packet.kv, key: keyOf('other') } };
      network.deliver({ ...datagram, bytes: encodeNamed(wrong) });
      return true;
    };
    await assert.rejects(network.run(client.get('k')), code('BAD_REPLY'));
  });

  it('preloaded values are there', async () => {
    const { network, server, clients } = await setUp(7);
    server.preload('/kv/a', utf8.encode('loaded'));
    assert.equal(text((await network.run(clients[0]?.get('a') ?? Promise.reject()))?.value), 'loaded');
  });
});

/** What is known of a key: writes acknowledged and versions served, with the times they began and ended. */
interface Observation {
  readonly kind: 'get' | 'write';
  readonly begun: number;
  readonly ended: number;
  readonly version: number;
  readonly value: string | undefined;
  readonly written: string | undefined;
}

describe('key-value service behind a cache', () => {
  for (const [name, faults] of [
    ['a calm network', { ...CALM, maxDelayUs: 100 }],
    ['loss, duplication and reordering', ROUGH],
    ['very late duplicates', { loss: 0.05, duplicate: 0.3, minDelayUs: 5, maxDelayUs: 8_000 }],
  ] as const satisfies readonly (readonly [string, Faults])[]) {
    it(`never serves a value older than an acknowledged or already served one, through ${name}`, async () => {
      let hits = 0;
      await fc.assert(
        fc.asyncProperty(fc.nat(), async (seed) => {
          const { network, cache, clients } = await setUp(seed, faults);
          const keys = ['a', 'b'];
          const seen = new Map<string, Observation[]>(keys.map((key) => [key, []]));
          // The controller: entries come and go under way.
          let busy = true;
          const churn = () => {
            if (!busy) return;
            const key = keyOf(keys[Math.floor(network.random() * keys.length)] ?? 'a');
            if (network.random() < 0.75) cache.insert(key);
            else cache.evict(key);
            network.schedule(network.random() * 15_000, churn);
          };
          churn();
          const work = clients.map(async (client, c) => {
            for (let i = 0; i < 40; i++) {
              const key = keys[Math.floor(network.random() * keys.length)] ?? 'a';
              const begun = network.now();
              const dice = network.random();
              let result: KvResult;
              let written: string | undefined;
              if (dice < 0.7) result = await client.get(key);
              else if (dice < 0.9) {
                written = network.random() < 0.2 ? `${c}.${i}`.padEnd(200, '!') : `${c}.${i}`;
                result = await client.put(key, utf8.encode(written));
              } else result = await client.delete(key);
              const ended = network.now();
              const kind = dice < 0.7 ? 'get' : 'write';
              const value = text(result.value);
              seen.get(key)?.push({ kind, begun, ended, version: result.version, value, written });
            }
          });
          await network.run(Promise.all(work), 5_000_000_000);
          busy = false;
          hits += cache.hits;
          for (const [key, observations] of seen) {
            const written = new Map<string, number>();
            for (const o of observations) {
              if (o.written === undefined) continue;
              assert.equal(o.value, o.written, 'a PUT_REPLY carries what was written');
              written.set(o.written, o.version);
            }
            for (const get of observations.filter((o) => o.kind === 'get')) {
              // The value belongs to the version.
              if (get.value !== undefined)
                assert.equal(written.get(get.value), get.version, `${key} ${get.value}`);
              for (const earlier of observations) {
                if (earlier.ended < get.begun) {
                  const what = `${key}: version ${get.version} after ${earlier.version}`;
                  assert.ok(get.version >= earlier.version, what);
                }
              }
            }
          }
        }),
        { numRuns: 40 },
      );
      assert.ok(hits > 100, `the cache answered ${hits} times`);
    }).timeout(60_000);
  }

  it('answers what it holds without the server, and says so', async () => {
    const { network, cache, server, clients } = await setUp(1);
    const client = clients[0];
    assert.ok(client);
    await network.run(client.put('a', utf8.encode('one')));
    cache.insert(keyOf('a'));
    assert.equal((await network.run(client.get('a'))).cached, false);
    const before = server.counters.gets;
    const hit = await network.run(client.get('a'));
    assert.deepEqual([hit.cached, text(hit.value)], [true, 'one']);
    assert.equal(server.counters.gets, before);
    await network.run(client.put('a', utf8.encode('two')));
    const refreshed = await network.run(client.get('a'));
    assert.deepEqual(
      [refreshed.cached, text(refreshed.value)],
      [true, 'two'],
      'the PUT_REPLY refreshed the entry',
    );
    await network.run(client.delete('a'));
    assert.equal((await network.run(client.get('a'))).value, undefined);
  });
});
