import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Host, HostError, MAX_DATAGRAM, Refusal, type ServiceRequest } from '../../host/index.js';
import { readSegment, SEGMENT_BYTES, writeSegment } from '../../host/transport/segment.js';
import { NackReason, WireError } from '../../wire/index.js';
import { FabricModel, SERVICE_ADDRESS } from './fabric-model.js';
import { CALM, type Faults, SimNetwork } from './sim-network.js';

const WILD: Faults = { loss: 0.05, duplicate: 0.05, minDelayUs: 10, maxDelayUs: 2000 };

function fabric(seed: number, faults = CALM) {
  const network = new SimNetwork(seed, faults);
  const model = new FabricModel(network);
  const host = (n: number, maxDatagram?: number) => {
    const environment = network.host(`10.0.0.${n}`, maxDatagram);
    const options = { name: `/hosts/h${n}`, serviceAddress: SERVICE_ADDRESS };
    return { environment, host: new Host(environment, options) };
  };
  return { network, model, host };
}

function pattern(length: number, seed = 1): Uint8Array {
  const bytes = new Uint8Array(length);
  let x = seed >>> 0;
  for (let i = 0; i < length; i++) {
    x = (Math.imul(x, 1664525) + 1013904223) >>> 0;
    bytes[i] = x >>> 24;
  }
  return bytes;
}

const same = (a: Uint8Array, b: Uint8Array) =>
  assert.ok(Buffer.from(a).equals(b), `${a.length} and ${b.length} bytes`);
const code = (expected: string) => (error: unknown) => error instanceof HostError && error.code === expected;
const reverse = (request: ServiceRequest) => request.payload.slice().reverse();
/** Longest datagrams of hosts. */
const LENGTHS = fc.constantFrom(undefined, 4056, 8956, 32_768);
const LONG = { deadlineUs: 60_000_000, attempts: 20 };

describe('segments', () => {
  it('come back as they were written', () => {
    const u32 = fc.integer({ min: 0, max: 0xffffffff });
    const u48 = fc.integer({ min: 0, max: 2 ** 48 - 1 });
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 15 }),
        fc.integer({ min: 0, max: 255 }),
        fc.tuple(u32, u32, u32, u32),
        fc.tuple(u48, u48),
        fc.array(fc.tuple(fc.integer({ min: 1, max: 1e9 }), fc.integer({ min: 1, max: 1e9 })), {
          maxLength: 16,
        }),
        fc.uint8Array({ maxLength: 50 }),
        fc.integer({ min: 0, max: 122 }),
        (flags, resetCode, [timeLimitMs, window, sentAt, echo], [offset, ack], pairs, data, longer) => {
          const sacks = pairs.map(([from, length]) => ({ from, to: from + length }));
          const segment = {
            flags,
            code: resetCode,
            timeLimitMs,
            window,
            sentAt,
            echo,
            longest: MAX_DATAGRAM + 256 * longer,
            offset,
            ack,
            sacks,
            data,
          };
          const bytes = new Uint8Array(SEGMENT_BYTES + 8 * sacks.length + data.length);
          bytes.set(data, writeSegment(bytes, 0, segment));
          assert.deepEqual(readSegment(bytes), segment);
        },
      ),
    );
  });

  it('of any other bytes are refused with WireError and nothing else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), fc.boolean(), (bytes, begin) => {
        if (begin) bytes.set([0xf5, 0x53, 0x4d, 0x31].slice(0, bytes.length));
        try {
          readSegment(bytes);
        } catch (error) {
          assert.ok(error instanceof WireError);
        }
      }),
    );
  });
});

describe('messages', () => {
  it('bring the stamp of their request back once, with the first bytes of the answer', async () => {
    const { network, model, host } = fabric(4);
    const server = host(1).host;
    await network.run(server.serve('/big', reverse));
    await network.run(
      server.serve('/none', () => {
        throw new Refusal(NackReason.DENIED);
      }),
    );
    const stamps: { stamp: number; offset: number }[] = [];
    model.intercept = ({ stamp, payload }, datagram) => {
      // Requests are stamped on their way, which is what they are forwarded as when they come again.
      if (datagram.src === '10.0.0.2' && stamp === 0) {
        new DataView(datagram.bytes.buffer, datagram.bytes.byteOffset).setUint32(12, 4711);
        network.route(datagram);
        return true;
      }
      if (datagram.src === '10.0.0.1' && payload.length >= SEGMENT_BYTES) {
        const { data, offset } = readSegment(payload);
        stamps.push({ stamp, offset: data.length > 0 ? offset : -1 });
      }
      return false;
    };
    const client = host(2).host;
    const request = pattern(20_000);
    same((await network.run(client.call('/big', request, LONG))).payload, request.slice().reverse());
    assert.ok(stamps.length > 14, `${stamps.length} packets`);
    for (const { stamp, offset } of stamps) assert.equal(stamp, offset === 0 ? 4711 : 0, `${offset}`);
    assert.equal(stamps.filter(({ stamp }) => stamp !== 0).length, 1);
    stamps.length = 0;
    await assert.rejects(network.run(client.call('/none', request, LONG)), code('NACK'));
    assert.equal(stamps.filter(({ stamp }) => stamp !== 0).length, 1);
  });

  it('to a name that has answered before do not wait long for their first packet, if that is lost', async () => {
    const { network, model, host } = fabric(3);
    await network.run(host(1).host.serve('/big', reverse));
    const client = host(2).host;
    const request = pattern(20_000);
    let toLose = 0;
    model.intercept = ({ attempt, instance }, datagram) => {
      if (toLose === 0 || attempt > 0 || instance !== 0 || datagram.src !== '10.0.0.2') return false;
      toLose--;
      return true;
    };
    const time = async () => {
      const begun = network.now();
      await network.run(client.call('/big', request, LONG));
      return network.now() - begun;
    };
    toLose = 1;
    assert.ok((await time()) > 30_000, 'nobody knows how long it takes');
    assert.ok((await time()) < 2_000);
    toLose = 1;
    const known = await time();
    assert.ok(known > 3_000 && known < 10_000, `${known} µs`);
  });

  it('of any length up to 1 MiB come whole and once through loss, duplication and reordering', async function () {
    this.timeout(60_000);
    await fc.assert(
      fc.asyncProperty(
        fc.nat(),
        fc.oneof(fc.nat(5000), fc.nat(100_000), fc.constant(1 << 20)),
        fc.oneof(fc.nat(5000), fc.nat(100_000)),
        fc.tuple(LENGTHS, LENGTHS),
        fc.option(fc.integer({ min: MAX_DATAGRAM, max: 20_000 })),
        async (seed, up, down, [one, other], least) => {
          const { network, model, host } = fabric(seed, WILD);
          if (least !== null) model.intercept = (_packet, { bytes }) => bytes.length > least;
          const request = pattern(up, seed);
          const answer = pattern(down, seed + 1);
          let runs = 0;
          const handler = ({ payload }: ServiceRequest) => {
            runs++;
            same(payload, request);
            return answer;
          };
          await network.run(host(1, one).host.serve('/big', handler, { ttlMs: 60_000 }));
          same((await network.run(host(2, other).host.call('/big', request, LONG))).payload, answer);
          assert.equal(runs, 1);
        },
      ),
      { numRuns: 25, endOnFailure: true },
    );
  });

  it('of 1 MiB go both ways without loss in little more than their size', async () => {
    const { network, host } = fabric(2);
    await network.run(host(1).host.serve('/big', reverse));
    const payload = pattern(1 << 20);
    const result = await network.run(host(2).host.call('/big', payload));
    same(result.payload, payload.slice().reverse());
    assert.equal(result.attempts, 1);
  });

  it('between hosts that take long datagrams go in fewer, in usual ones where either does not', async () => {
    const message = pattern(1 << 20);
    for (const [one, other, least, most] of [
      [32_768, 32_768, 33, 35],
      [8956, 32_768, 119, 125],
      [undefined, 32_768, 780, 860],
    ] as const) {
      const { network, model, host } = fabric(1);
      await network.run(host(1, one).host.serve('/sink', () => Uint8Array.of(1)));
      const caller = host(2, other).host;
      let packets = 0;
      model.intercept = (_packet, { bytes }) => {
        if (bytes.length >= MAX_DATAGRAM / 2) packets++;
        return false;
      };
      await network.run(caller.call('/sink', message, LONG));
      assert.ok(packets >= least && packets <= most, `${one} and ${other}: ${packets} packets`);
    }
  });

  it('get past what takes less than both ends do, and try again later', async () => {
    const { network, model, host } = fabric(1);
    let long = 0;
    let least = 9000;
    model.intercept = (_packet, { bytes }) => {
      if (bytes.length > MAX_DATAGRAM) long++;
      return bytes.length > least;
    };
    await network.run(host(1, 32_768).host.serve('/echo', ({ payload }) => payload.slice()));
    const caller = host(2, 32_768).host;
    const message = pattern(200_000);
    const begun = network.now();
    for (let i = 0; i < 3; i++) {
      same((await network.run(caller.call('/echo', message, LONG))).payload, message);
    }
    assert.ok(network.now() - begun < 1_000_000, `${network.now() - begun} µs`);
    const before = long;
    for (let i = 0; i < 3; i++) await network.run(caller.call('/echo', message, LONG));
    assert.equal(long, before, 'long ones are not sent while they are known to get lost');
    least = Number.POSITIVE_INFINITY;
    await network.sleep(5_000_000);
    for (let i = 0; i < 2; i++) await network.run(caller.call('/echo', message, LONG));
    assert.ok(long > before, 'they are tried again');
    same((await network.run(caller.call('/echo', message, LONG))).payload, message);
  });

  it('answer a small call at length, and a payload that looks like a segment is no segment', async () => {
    const { network, host } = fabric(3, WILD);
    const magic = Uint8Array.of(0xf5, 0x53, 0x4d, 0x31, 9, 9);
    await network.run(
      host(1).host.serve('/long', ({ payload }) => (payload.length === 1 ? pattern(90_000) : payload)),
    );
    const client = host(2).host;
    same((await network.run(client.call('/long', Uint8Array.of(1), LONG))).payload, pattern(90_000));
    same((await network.run(client.call('/long', magic, LONG))).payload, magic);
  });

  it('stay with the instance that took the first packet', async () => {
    const { network, host } = fabric(4, { ...WILD, loss: 0.1 });
    const bodies: number[] = [];
    for (const n of [1, 2, 3]) {
      const take = ({ payload }: ServiceRequest) => {
        bodies.push(payload.length);
        return Uint8Array.of(n);
      };
      await network.run(host(n).host.serve('/spread', take, { ttlMs: 60_000 }));
    }
    const client = host(9).host;
    const used = new Set<number>();
    for (let i = 0; i < 12; i++) {
      const { payload, instance } = await network.run(client.call('/spread', pattern(50_000), LONG));
      used.add(payload[0] ?? 0);
      assert.ok(instance > 0);
    }
    assert.ok(used.size > 1, 'spreading over instances');
    assert.deepEqual([...new Set(bodies)], [50_000]);
  });

  it('end with the reason of a refusal, with NO_ROUTE, and with TOO_LARGE where a side takes less', async () => {
    const { network, host } = fabric(5);
    const refuse = () => {
      throw new Refusal(NackReason.DENIED);
    };
    const server = host(1).host;
    await network.run(server.serve('/no', refuse));
    await network.run(server.serve('/small', reverse, { maxRequestBytes: 10_000 }));
    const client = host(2).host;
    const reason = (wanted: number) => (error: unknown) =>
      error instanceof HostError && error.reason === wanted;
    await assert.rejects(network.run(client.call('/no', pattern(5000))), reason(NackReason.DENIED));
    await assert.rejects(network.run(client.call('/nowhere', pattern(5000))), reason(NackReason.NO_ROUTE));
    await assert.rejects(network.run(client.call('/small', pattern(50_000))), code('TOO_LARGE'));
    await assert.rejects(
      network.run(client.call('/small', pattern(5000), { maxAnswerBytes: 4999 })),
      code('TOO_LARGE'),
    );
  });

  it('end with an error within their deadline when the server dies in the middle', async () => {
    for (const after of [0, 30, 60, 100, 150]) {
      const { network, host } = fabric(6);
      const server = host(1);
      await network.run(server.host.serve('/big', reverse));
      const begun = network.now();
      const call = host(2).host.call('/big', pattern(1 << 20), { deadlineUs: 3_000_000 });
      network.schedule(after, () => server.environment.die());
      await assert.rejects(network.run(call), code('TIMEOUT'));
      assert.ok(network.now() - begun <= 3_001_000, `${network.now() - begun} µs`);
    }
  });

  it('end with RESET at once when the server has forgotten them', async () => {
    const { network, host } = fabric(7);
    const server = host(1);
    await network.run(server.host.serve('/slow', () => new Promise<Uint8Array>(() => undefined)));
    const begun = network.now();
    const call = host(2).host.call('/slow', pattern(5000), { deadlineUs: 10_000_000 });
    network.schedule(200_000, () => {
      server.environment.die();
      // The same host, started anew.
      void host(1).host.serve('/other', reverse, { register: false });
    });
    await assert.rejects(network.run(call), code('RESET'));
    assert.ok(network.now() - begun < 3_000_000);
  });

  it('are cancelled by their signal, and the server learns it: long and short, handler and stream', async () => {
    for (const length of [10, 50_000]) {
      const { network, host } = fabric(8);
      let seen = false;
      const wait = ({ signal }: ServiceRequest) =>
        new Promise<Uint8Array>((_, reject) => {
          signal.addEventListener('abort', () => {
            seen = true;
            reject(new Error('cancelled'));
          });
        });
      await network.run(host(1).host.serve('/slow', wait));
      const controller = new AbortController();
      const call = host(2).host.call('/slow', pattern(length), { signal: controller.signal });
      network.schedule(100_000, () => controller.abort());
      await assert.rejects(network.run(call), code('ABORTED'));
      await network.sleep(10_000);
      assert.ok(seen, `${length} bytes`);
    }
  });

  it('hedged: a slow instance is overtaken by another, and told', async () => {
    const { network, host } = fabric(9);
    let cancelled = 0;
    const slow = ({ signal }: ServiceRequest) =>
      new Promise<Uint8Array>(() => signal.addEventListener('abort', () => cancelled++));
    await network.run(host(1).host.serve('/two', slow, { ttlMs: 60_000 }));
    await network.run(host(2).host.serve('/two', reverse, { ttlMs: 60_000 }));
    const client = host(3).host;
    let overtaken = 0;
    for (let i = 0; i < 20; i++) {
      const begun = network.now();
      const options = { hedgeUs: 20_000, deadlineUs: 500_000, attempts: 1 };
      // Both calls may reach the slow one; then there is no answer.
      const answered = await network.run(
        client.call('/two', Uint8Array.of(7), options).then(
          ({ payload }) => payload[0] === 7,
          () => false,
        ),
      );
      if (answered && network.now() - begun >= 20_000) overtaken++;
      await network.sleep(1_000);
    }
    assert.ok(overtaken > 0, 'no call was overtaken');
    assert.ok(cancelled >= overtaken, `${cancelled} told of ${overtaken} overtaken`);
  });

  it('retry budget: calls into nothing stop being repeated when it is used up', async () => {
    const { network, model } = fabric(10);
    model.addRoute('/gone', '10.9.9.9');
    const budget = { perCall: 0.1, perSecond: 0, capacity: 5 };
    const options = { name: '/hosts/h7', serviceAddress: SERVICE_ADDRESS, retryBudget: budget };
    const client = new Host(network.host('10.0.0.7'), options);
    const calls = Array.from({ length: 100 }, (_, i) =>
      client.call('/gone', pattern(i % 2 === 0 ? 10 : 5000)).catch((error: unknown) => error),
    );
    const errors = await network.run(Promise.all(calls));
    assert.ok(errors.every(code('TIMEOUT')));
    assert.ok(client.retryBudget.denied > 0);
    assert.ok(client.client.counters.retransmitted <= 6);
  });
});

describe('streams', () => {
  it('go both ways at once, in order, through faults', async () => {
    const { network, host } = fabric(20, WILD);
    await network.run(
      host(1).host.serveStreams(
        '/echo',
        async (exchange) => {
          for await (const bytes of exchange) await exchange.write(bytes);
        },
        { ttlMs: 60_000 },
      ),
    );
    const exchange = host(2).host.open('/echo', { attempts: 20 });
    const sent = pattern(300_000);
    const writing = (async () => {
      for (let at = 0; at < sent.length; at += 7001) await exchange.write(sent.subarray(at, at + 7001));
      exchange.end();
    })();
    same(await network.run(exchange.collect(1 << 20)), sent);
    await writing;
    await network.run(exchange.ended());
    assert.equal(exchange.state, 'done');
  });

  it('hold a fast writer back while the reader does not read, and go on when it does', async () => {
    const { network, host } = fabric(21);
    let go: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      go = resolve;
    });
    let total = 0;
    await network.run(
      host(1).host.serveStreams('/sink', async (exchange) => {
        await gate;
        for await (const bytes of exchange) total += bytes.length;
      }),
    );
    const exchange = host(2).host.open('/sink');
    let written = 0;
    const writing = (async () => {
      for (let i = 0; i < 64; i++) {
        await exchange.write(pattern(65_536));
        written += 65_536;
      }
      exchange.end();
    })();
    await network.sleep(3_000_000);
    assert.ok(written < 1_200_000, `${written} bytes were taken with nobody reading`);
    go();
    await network.run(writing);
    await network.run(exchange.ended());
    assert.equal(total, 64 * 65_536);
  });

  it('are answered before the request has ended where the service is done with it', async () => {
    const { network, host } = fabric(22);
    await network.run(
      host(1).host.serveStreams('/early', async (exchange) => {
        await exchange.read();
        await exchange.write(Uint8Array.of(1));
      }),
    );
    const client = host(2).host;
    same((await network.run(client.call('/early', pattern(4 << 20), LONG))).payload, Uint8Array.of(1));
    same((await network.run(client.call('/early', pattern(3), LONG))).payload, Uint8Array.of(1));
  });

  it('last while both sides live, and end with TIMEOUT when one falls silent', async () => {
    const { network, host } = fabric(23);
    const server = host(1);
    await network.run(
      server.host.serveStreams('/quiet', async (exchange) => {
        for await (const bytes of exchange) await exchange.write(bytes);
      }),
    );
    const exchange = host(2).host.open('/quiet');
    await exchange.write(Uint8Array.of(5));
    same((await network.run(exchange.read())) ?? new Uint8Array(0), Uint8Array.of(5));
    await network.sleep(20_000_000);
    assert.equal(exchange.state, 'open');
    server.environment.die();
    await assert.rejects(network.run(exchange.read()), code('TIMEOUT'));
  });

  it('a thousand at once all end, none starving', async function () {
    this.timeout(60_000);
    const { network, host } = fabric(24, { loss: 0.01, duplicate: 0, minDelayUs: 10, maxDelayUs: 100 });
    await network.run(host(1).host.serve('/big', reverse, { ttlMs: 60_000 }));
    const client = host(2).host;
    const payload = pattern(8192);
    const expected = payload.slice().reverse();
    const times: number[] = [];
    const begun = network.now();
    const calls = Array.from({ length: 1000 }, async () => {
      same((await client.call('/big', payload, LONG)).payload, expected);
      times.push(network.now() - begun);
    });
    await network.run(Promise.all(calls));
    assert.equal(times.length, 1000);
  });
});
