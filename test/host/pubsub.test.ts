import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  Host,
  HostError,
  Publisher,
  type PublisherOptions,
  StreamCache,
  type StreamEvent,
  type SubscribeOptions,
  Subscription,
} from '../../host/index.js';
import { FabricModel, SERVICE_ADDRESS } from './fabric-model.js';
import { CALM, type Faults, ROUGH, SimNetwork } from './sim-network.js';

const STREAM = '/live/news';
const code = (expected: string) => (error: unknown) => error instanceof HostError && error.code === expected;

function setUp(seed: number, faults: Faults) {
  const network = new SimNetwork(seed, faults);
  const fabric = new FabricModel(network);
  const host = (n: number) => {
    return new Host(network.host(`10.0.0.${n}`), { name: `/hosts/h${n}`, serviceAddress: SERVICE_ADDRESS });
  };
  const sleep = (us: number) => new Promise<void>((wake) => network.schedule(us, wake));
  /** Again and again: what the registry answers may get lost for good. */
  const insist = async <T>(work: () => Promise<T>): Promise<T> => {
    for (;;) {
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof HostError) || error.code === 'REFUSED') throw error;
      }
    }
  };
  return { network, fabric, host, sleep, insist };
}

/** Bytes of segment `sequence`, which tell its number and life. */
function segment(epoch: number, sequence: number, length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => (sequence * 31 + i + epoch) & 0xff);
}

async function read(subscription: Subscription): Promise<StreamEvent[]> {
  const events: StreamEvent[] = [];
  for await (const event of subscription) events.push(event);
  return events;
}

/**
 * Every segment from the first that was told to the last there was is told once, in order, whole, or lies in a gap.
 * @returns the segments told and those in gaps
 */
function checkEvents(
  events: readonly StreamEvent[],
  lengths: readonly number[],
): { told: number; lost: number } {
  let next: number | undefined;
  let told = 0;
  let lost = 0;
  for (const event of events) {
    if (event.kind === 'silent') continue;
    if (event.kind === 'restart') {
      next = 0;
    } else if (event.kind === 'segment') {
      assert.equal(event.sequence, next ?? event.sequence);
      assert.deepEqual(event.data, segment(event.epoch, event.sequence, lengths[event.sequence] ?? -1));
      next = event.sequence + 1;
      told++;
    } else if (event.kind === 'gap') {
      assert.equal(event.from, next ?? event.from);
      assert.ok(event.to > event.from);
      next = event.to;
      lost += event.to - event.from;
    } else assert.equal(event.sequence, next ?? event.sequence);
  }
  return { told, lost };
}

const plan = fc.record({
  seed: fc.nat(),
  lengths: fc.array(fc.constantFrom(0, 10, 900, 4_000, 20_000), { minLength: 1, maxLength: 40 }),
  subscribers: fc.integer({ min: 1, max: 4 }),
  withCache: fc.boolean(),
  pauseUs: fc.constantFrom(0, 500, 5_000),
});

describe('live streams', function () {
  this.timeout(30_000);

  it('reach every subscriber whole, in order and once, through loss, duplication and reordering', async () => {
    let repaired = 0;
    let republished = 0;
    await fc.assert(
      fc.asyncProperty(plan, async ({ seed, lengths, subscribers, withCache, pauseUs }) => {
        const { network, host, sleep, insist } = setUp(seed, ROUGH);
        const work = async () => {
          const publisher = await insist(() => Publisher.start(host(1), STREAM, { republishAfter: 2 }));
          const cache = withCache ? await insist(() => StreamCache.start(host(2), STREAM)) : undefined;
          const all = await Promise.all(
            Array.from({ length: subscribers }, (_, n) => {
              const one = host(10 + n);
              // Patient: here nothing may be lost.
              const options = { repairForUs: 60e6, repairAttempts: 100, from: { back: 1000 } };
              return insist(() => Subscription.start(one, STREAM, options));
            }),
          );
          const reading = all.map(read);
          for (const [sequence, length] of lengths.entries()) {
            assert.equal(await publisher.publish(segment(publisher.epoch, sequence, length)), sequence);
            await sleep(pauseUs);
          }
          publisher.end();
          for (const events of await Promise.all(reading)) {
            assert.deepEqual(checkEvents(events, lengths), { told: lengths.length, lost: 0 });
            assert.deepEqual(events.at(-1), {
              kind: 'end',
              epoch: publisher.epoch,
              sequence: lengths.length,
            });
          }
          repaired += all.reduce((sum, { counters }) => sum + counters.repaired, 0);
          republished += publisher.counters.republished;
          await publisher.close();
          await cache?.close();
        };
        await network.run(work(), 600e6);
      }),
      { numRuns: 40 },
    );
    assert.ok(repaired > 0 && republished > 0, `${repaired} repaired, ${republished} sent again`);
  });

  it('account for every segment also where repairs give up: told or in a gap', async () => {
    let lostAtAll = 0;
    await fc.assert(
      fc.asyncProperty(plan, async ({ seed, lengths, pauseUs }) => {
        const { network, host, sleep, insist } = setUp(seed, { ...ROUGH, loss: 0.3 });
        const work = async () => {
          const publisher = await insist(() => Publisher.start(host(1), STREAM, { keep: 3, ttlMs: 60_000 }));
          const options = { repairForUs: 30_000, repairAttempts: 2, ttlMs: 60_000, from: { back: 5 } };
          const subscription = await insist(() => Subscription.start(host(2), STREAM, options));
          const reading = read(subscription);
          for (const [sequence, length] of lengths.entries()) {
            await publisher.publish(segment(publisher.epoch, sequence, length));
            await sleep(pauseUs);
          }
          publisher.end();
          const { told, lost } = checkEvents(await reading, lengths);
          assert.ok(told + lost <= lengths.length);
          assert.equal(subscription.counters.lost, lost);
          lostAtAll += lost;
          await publisher.close();
        };
        await network.run(work(), 600e6);
      }),
      { numRuns: 40 },
    );
    assert.ok(lostAtAll > 0, 'nothing was lost: the test tests nothing');
  });

  it('are joined late: as far back as the cache goes, without asking the publisher', async () => {
    const { network, host, sleep } = setUp(1, CALM);
    const work = async () => {
      const publisher = await Publisher.start(host(1), STREAM, { keep: 2 });
      const cache = await StreamCache.start(host(2), STREAM, { keep: 10 });
      const lengths = new Array<number>(30).fill(5_000);
      for (let i = 0; i < 20; i++) {
        await publisher.publish(segment(publisher.epoch, i, 5_000));
        await sleep(1_000);
      }
      assert.equal(cache.size, 10);
      assert.equal(cache.bytes, 50_000);
      const late = await Subscription.start(host(3), STREAM, { from: { back: 6 } });
      const tooLate = await Subscription.start(host(4), STREAM, { from: { back: 100 } });
      const now = await Subscription.start(host(5), STREAM);
      const reading = [late, tooLate, now].map(read);
      await sleep(200_000);
      for (let i = 20; i < 30; i++) await publisher.publish(segment(publisher.epoch, i, 5_000));
      publisher.end();
      const events = await Promise.all(reading);
      assert.deepEqual(
        events.map((each) => checkEvents(each, lengths)),
        [16, 20, 10].map((told) => ({ told, lost: 0 })),
      );
      assert.equal(publisher.counters.repairs, 0);
      assert.equal(cache.asked, 6 + 10);
      // The stream has ended; the cache still tells it.
      const after = await read(await Subscription.start(host(6), STREAM, { from: { back: 3 } }));
      assert.deepEqual(checkEvents(after, lengths), { told: 3, lost: 0 });
      assert.equal(after.at(-1)?.kind, 'end');
      await cache.close();
      await publisher.close();
    };
    await network.run(work());
  });

  it('tell restarts of the publisher, silence, gaps nobody can fill, and slow readers', async () => {
    const { network, host, sleep } = setUp(2, CALM);
    const work = async () => {
      const first = host(1);
      const options: PublisherOptions = { keep: 4, ttlMs: 600 };
      let publisher = await Publisher.start(first, STREAM, options);
      const errors: HostError[] = [];
      const onError = (error: HostError) => errors.push(error);
      const subscribe: SubscribeOptions = { backlog: 8, silentUs: 300_000, ttlMs: 600, onError };
      const subscription = await Subscription.start(host(2), STREAM, subscribe);
      const send = async (from: number, to: number) => {
        for (let i = from; i < to; i++) await publisher.publish(segment(publisher.epoch, i, 50));
      };
      await send(0, 2);
      await sleep(2_000);
      assert.deepEqual((await subscription.next())?.kind, 'segment');
      assert.deepEqual((await subscription.next())?.kind, 'segment');
      // An outage: more goes by than the publisher keeps.
      network.faults = { ...CALM, loss: 1 };
      await send(2, 9);
      await sleep(10_000);
      network.faults = CALM;
      await send(9, 10);
      assert.deepEqual(await subscription.next(), {
        kind: 'gap',
        epoch: publisher.epoch,
        from: 2,
        to: 6,
        reason: 'gone',
      });
      for (let i = 6; i < 10; i++) {
        const event = await subscription.next();
        assert.ok(event?.kind === 'segment' && event.sequence === i);
      }
      // Nobody reads for a while: the oldest give way.
      await send(10, 30);
      await sleep(2_000);
      const slow = await subscription.next();
      assert.deepEqual(slow, { kind: 'gap', epoch: publisher.epoch, from: 10, to: 22, reason: 'slow' });
      for (let i = 22; i < 30; i++) assert.equal((await subscription.next())?.kind, 'segment');
      // The publisher dies, and comes back.
      publisher.halt();
      const silent = await subscription.next();
      assert.ok(silent?.kind === 'silent' && silent.forUs >= 299_999);
      publisher = await Publisher.start(first, STREAM, options);
      await send(0, 1);
      assert.deepEqual(await subscription.next(), { kind: 'restart', epoch: publisher.epoch });
      const fresh = await subscription.next();
      assert.ok(fresh?.kind === 'segment' && fresh.sequence === 0 && fresh.epoch === publisher.epoch);
      await publisher.close();
      await subscription.close();
      assert.equal(await subscription.next(), undefined);
      assert.deepEqual(errors, []);
      await assert.rejects(publisher.publish(new Uint8Array(1)), code('CLOSED'));
    };
    await network.run(work());
  });

  it('are refused where there is no such stream, and leave nothing behind', async () => {
    const { network, fabric, host } = setUp(3, CALM);
    const work = async () => {
      const one = host(1);
      await assert.rejects(Subscription.start(one, '/live/none'), code('REFUSED'));
      const publisher = await Publisher.start(one, STREAM);
      const subscription = await Subscription.start(host(2), STREAM);
      assert.equal(fabric.channels.get(STREAM)?.subscribers.size, 1);
      await subscription.close();
      assert.equal(fabric.channels.get(STREAM)?.subscribers.size, 0);
      await publisher.close();
      assert.equal(fabric.channels.get(STREAM)?.publishers.size, 0);
    };
    await network.run(work());
  });
});
