import assert from 'node:assert/strict';
import {
  type CallOptions,
  CellClient,
  CellServer,
  Host,
  HostError,
  KvClient,
  KvServer,
  Lock,
  Publisher,
  type PublisherOptions,
  ReduceGroup,
  ReduceServer,
  ReduceSink,
  type ServeOptions,
  SincEndpoint,
  type SubscribeOptions,
  Subscription,
} from '../../host/index.js';
import { NackReason } from '../../wire/index.js';
import { FabricModel, SERVICE_ADDRESS } from './fabric-model.js';
import { SimNetwork } from './sim-network.js';

const invalid = (message: RegExp) => (error: unknown) => {
  assert.ok(error instanceof HostError, String(error));
  assert.equal(error.code, 'INVALID_ARGUMENT', error.message);
  assert.match(error.message, message);
  return true;
};

/** What a script in plain JavaScript hands over without a compiler's objection. */
function untyped<T>(value: unknown): T {
  return value as T;
}

function pair() {
  const network = new SimNetwork(7);
  new FabricModel(network);
  const started = (n: number) =>
    new Host(network.host(`10.0.0.${n}`), { name: `/hosts/h${n}`, serviceAddress: SERVICE_ADDRESS });
  return { network, client: started(1), server: started(2) };
}

describe('scripts that hand over something else', () => {
  it('are told where text stands for bytes, in calls, keys and streams', async () => {
    const { network, client, server } = pair();
    await network.run(server.serve('/echo', ({ payload }) => payload));
    await network.run(KvServer.start(server, '/kv'));
    const text: Uint8Array = untyped('text');
    const remedy = /is text; give a Uint8Array, of text new TextEncoder\(\)\.encode\(text\)/;
    await assert.rejects(client.call('/echo', text), invalid(remedy));
    await assert.rejects(new KvClient(client, '/kv').put('key', text), invalid(remedy));
    const publisher = await network.run(Publisher.start(server, '/live/news'));
    await assert.rejects(publisher.publish(text), invalid(remedy));
    await assert.rejects(client.call('/echo', untyped(7)), invalid(/payload is a number; give a Uint8Array/));
    await assert.rejects(client.call('/echo', untyped(null)), invalid(/payload is null; give a Uint8Array/));
    assert.deepEqual((await network.run(client.call('/echo', Buffer.from('x')))).payload, Uint8Array.of(120));
  });

  it('are told which option of a call makes no sense, and nothing is sent', async () => {
    const { network, client, server } = pair();
    await network.run(server.serve('/echo', ({ payload }) => payload));
    const received = server.counters.received;
    const wrong: readonly [CallOptions, RegExp][] = [
      [{ deadlineUs: Number.NaN }, /deadlineUs is NaN; give microseconds above 0/],
      [{ deadlineUs: 0 }, /deadlineUs is 0; /],
      [{ deadlineUs: -5 }, /deadlineUs is -5; /],
      [{ deadlineUs: Number.POSITIVE_INFINITY }, /deadlineUs is Infinity; /],
      [{ firstTimeoutUs: 0 }, /firstTimeoutUs is 0; /],
      [{ hedgeUs: -1 }, /hedgeUs is -1; /],
      [{ maxAnswerBytes: -1 }, /maxAnswerBytes is -1; /],
      [{ attempts: 0 }, /attempts is 0; give an integer from 1 to 255/],
      [{ tag: 300 }, /tag is 300; give an integer from 0 to 255/],
      [{ hopLimit: 256 }, /hopLimit is 256; give an integer from 0 to 255/],
      [{ deadlineUs: untyped('2s') }, /deadlineUs is 2s; /],
    ];
    for (const [options, message] of wrong) {
      for (const length of [1, 5000]) {
        await assert.rejects(client.call('/echo', new Uint8Array(length), options), invalid(message));
      }
      if (options.hedgeUs === undefined && options.maxAnswerBytes === undefined) {
        assert.throws(() => client.open('/echo', options), invalid(message));
      }
    }
    assert.throws(() => client.open('/echo', { idleUs: 0 }), invalid(/idleUs is 0; /));
    await network.sleep(100_000);
    assert.equal(server.counters.received, received);
  });

  it('whose handlers return no bytes, or fail, refuse the call, learn why, and go on', async () => {
    const { network, client, server } = pair();
    const told: string[] = [];
    const onError = (error: unknown) => void told.push(String(error));
    const results: [string, unknown][] = [
      ['text', 'text'],
      ['nothing', undefined],
      ['later', Promise.resolve('text')],
    ];
    for (const [name, result] of results) {
      await network.run(server.serve(`/bad/${name}`, () => untyped(result), { onError }));
    }
    const fails = () => {
      throw new Error('the database is away');
    };
    await network.run(server.serve('/bad/fails', fails, { onError }));
    await network.run(server.serveStreams('/bad/stream', fails, { onError }));
    for (const name of ['text', 'nothing', 'later', 'fails', 'stream']) {
      for (const length of [0, 5000]) {
        const call = client.call(`/bad/${name}`, new Uint8Array(length), { attempts: 1 });
        await assert.rejects(
          network.run(call),
          (error) => error instanceof HostError && error.reason === NackReason.UNAVAILABLE,
        );
      }
    }
    assert.equal(told.length, 10);
    assert.match(told[0] ?? '', /service \/bad\/text: its handler's answer is text; give a Uint8Array/);
    assert.match(told[2] ?? '', /service \/bad\/nothing: its handler's answer is undefined/);
    assert.match(told[6] ?? '', /the database is away/);
    await network.run(server.serve('/good', ({ payload }) => payload));
    assert.equal((await network.run(client.call('/good', new Uint8Array(5000)))).payload.length, 5000);
  });

  it('are told which option of a service makes no sense', async () => {
    const { network, server } = pair();
    const wrong: readonly [ServeOptions, RegExp][] = [
      [{ ttlMs: 0 }, /ttlMs is 0; give an integer from 1/],
      [{ ttlMs: Number.NaN }, /ttlMs is NaN/],
      [{ weight: 1000 }, /weight is 1000; give an integer from 1 to 100/],
      [{ port: 70_000 }, /port is 70000; give an integer from 1 to 65535/],
      [{ maxRequestBytes: -1 }, /maxRequestBytes is -1/],
      [{ duplicateWindowUs: Number.NaN }, /duplicateWindowUs is NaN/],
    ];
    for (const [options, message] of wrong) {
      const served = server.serve('/svc', ({ payload }) => payload, options);
      await assert.rejects(served, invalid(message));
    }
    await network.run(server.serve('/svc', ({ payload }) => payload));
  });

  it('are told which option of a live stream makes no sense', async () => {
    const { network, client, server } = pair();
    const unpublished = (options: PublisherOptions, message: RegExp) =>
      assert.rejects(Publisher.start(server, '/live/news', options), invalid(message));
    await unpublished({ rateBps: 0 }, /rateBps is 0; /);
    await unpublished({ heartbeatUs: Number.NaN }, /heartbeatUs is NaN; /);
    await unpublished({ keep: 0 }, /keep is 0; /);
    await network.run(Publisher.start(server, '/live/news'));
    const unheard = (options: SubscribeOptions, message: RegExp) =>
      assert.rejects(Subscription.start(client, '/live/news', options), invalid(message));
    await unheard({ from: { back: -1 } }, /back is -1; give an integer from 0/);
    await unheard({ silentUs: 0 }, /silentUs is 0; /);
    await unheard({ repairForUs: -1 }, /repairForUs is -1; /);
    await unheard({ repairAttempts: 0 }, /repairAttempts is 0; /);
    await unheard({ backlog: 0.5 }, /backlog is 0.5; /);
  });

  it('are told that names of hosts are no addresses', () => {
    const { network, client } = pair();
    const remedy = /destination is "h9"; give the IPv4 address of a host/;
    const cells = { group: 1, source: 0, sources: 2, destination: 'h9' };
    assert.throws(() => new ReduceGroup(client.sinc, { ...cells, window: 4 }), invalid(remedy));
    assert.throws(() => new CellClient(client.sinc, cells), invalid(remedy));
    const members = ['10.0.0.1', 'h2'];
    const sink = { group: 1, sources: 2, window: 4, members };
    assert.throws(
      () => new ReduceSink(client.sinc, sink),
      invalid(/member 1 is "h2"; give the IPv4 address/),
    );
    const options = { name: '/hosts/h', serviceAddress: 'fabric' };
    assert.throws(() => new Host(network.host('10.0.0.3'), options), invalid(/serviceAddress is "fabric"/));
  });

  it('are told where they give floats or lists for integers', async () => {
    const { client } = pair();
    const group = new ReduceGroup(client.sinc, {
      group: 1,
      source: 0,
      sources: 1,
      window: 4,
      destination: '10.0.0.2',
    });
    const remedy = /values are a Float32Array; give an Int32Array, or sum floats with AheadReduce/;
    await assert.rejects(group.allReduce(untyped(Float32Array.of(0.5))), invalid(remedy));
    await assert.rejects(
      group.allReduce(untyped([1, 2])),
      invalid(/values are an Array; give an Int32Array/),
    );
    await assert.rejects(
      group.contribute(untyped('abc')),
      invalid(/values are text; give an Int32Array|call allReduce/),
    );
  });

  it('are told that a host has that source of a group already', () => {
    const { client } = pair();
    const source = { group: 1, source: 0, sources: 2, destination: '10.0.0.2' };
    const first = new ReduceGroup(client.sinc, { ...source, window: 4 });
    const remedy = /this host has source 0 of the group already; share that one, or close it first/;
    assert.throws(() => new ReduceGroup(client.sinc, { ...source, window: 4 }), invalid(remedy));
    new ReduceGroup(client.sinc, { ...source, source: 1, window: 4 });
    first.close();
    const second = new ReduceGroup(client.sinc, { ...source, window: 4 });
    second.renew(1000);
    const cells = new CellClient(client.sinc, { ...source, group: 2 });
    assert.throws(() => new CellClient(client.sinc, { ...source, group: 2 }), invalid(remedy));
    cells.close();
    new CellClient(client.sinc, { ...source, group: 2 });
  });

  it('are told which number a cell does not take', async () => {
    const network = new SimNetwork(1);
    const shared = { group: 1, sources: 1 };
    new CellServer(new SincEndpoint(network.host('10.0.9.9')), shared);
    const endpoint = new SincEndpoint(network.host('10.0.0.1'));
    const cells = new CellClient(endpoint, { ...shared, source: 0, destination: '10.0.9.9' });
    for (const bad of [1.5, Number.NaN, 2 ** 32, -(2 ** 31) - 1]) {
      await assert.rejects(cells.fetchAdd(0, bad), invalid(/addend is .*; give an integer from/));
      await assert.rejects(cells.compareSwap(0, bad, 0), invalid(/expected is .*; give an integer from/));
      await assert.rejects(cells.compareSwap(0, 0, bad), invalid(/replacement is .*; give an integer from/));
    }
    assert.equal(await network.run(cells.fetchAdd(0, -1)), 0);
    assert.equal(await network.run(cells.fetchAdd(0, 0xffffffff)), 0xffffffff);
    assert.equal(await network.run(cells.fetchAdd(0, 0)), 0xfffffffe);
  });
});

describe('a source on the host that computes', () => {
  it('gives up its place in the group when it is closed', async () => {
    const network = new SimNetwork(1);
    const endpoint = new SincEndpoint(network.host('10.0.9.9'));
    const shared = { group: 1, sources: 1, window: 4 };
    new ReduceServer(endpoint, shared);
    for (let life = 0; life < 3; life++) {
      const group = new ReduceGroup(endpoint, {
        ...shared,
        source: 0,
        destination: '10.0.9.9',
        firstSeq: 100 * life,
      });
      const sum = await network.run(group.allReduce(Int32Array.of(life)));
      assert.deepEqual(sum, Int32Array.of(life));
      group.close();
    }
  });
});

describe('a Lock object with several callers', () => {
  it('keeps the deadline and the signal of who waits for another of its callers', async () => {
    const network = new SimNetwork(3);
    const shared = { group: 1, sources: 2 };
    new CellServer(new SincEndpoint(network.host('10.0.9.9')), shared);
    const clients = [0, 1].map(
      (source) =>
        new CellClient(new SincEndpoint(network.host(`10.0.0.${source + 1}`)), {
          ...shared,
          source,
          destination: '10.0.9.9',
        }),
    );
    const [lock, other] = clients.map(
      (client) => new Lock(client, { cell: 0, sessionCell: 1, leaseUs: 100_000 }),
    );
    assert.ok(lock && other);
    const held = await network.run(lock.acquire());
    for (const waiting of [lock, other]) {
      const begun = network.now();
      await assert.rejects(
        network.run(waiting.acquire({ deadlineUs: 50_000 })),
        (error) => error instanceof HostError && error.code === 'TIMEOUT',
      );
      assert.ok(network.now() - begun <= 60_000);
      const abort = new AbortController();
      network.schedule(20_000, () => abort.abort());
      await assert.rejects(
        network.run(waiting.acquire({ signal: abort.signal })),
        (error) => error instanceof HostError && error.code === 'ABORTED',
      );
      assert.ok(network.now() - begun <= 90_000);
    }
    // Those who gave up do not take the turn of who comes next.
    const next = lock.acquire();
    await network.run(held.release());
    const granted = await network.run(next);
    assert.ok(granted.token > held.token);
    await network.run(granted.release());
  });
});
