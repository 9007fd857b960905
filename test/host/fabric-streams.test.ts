import assert from 'node:assert/strict';
import { EmulatedFabric } from '../../experiments/fabric.js';
import { leafSpine } from '../../experiments/leaf-spine.js';
import { HostError, Publisher, StreamCache, type StreamEvent, Subscription } from '../../host/index.js';

const STREAM = '/live/news';
const SEGMENTS = 60;

function segment(sequence: number): Uint8Array {
  return Uint8Array.from({ length: 3_000 + 100 * sequence }, (_, i) => (sequence * 7 + i) & 0xff);
}

async function read(subscription: Subscription): Promise<StreamEvent[]> {
  const events: StreamEvent[] = [];
  for await (const event of subscription) events.push(event);
  return events;
}

function sequences(events: readonly StreamEvent[]): number[] {
  return events.flatMap((event) => {
    if (event.kind !== 'segment') return [];
    assert.deepEqual(event.data, segment(event.sequence));
    return [event.sequence];
  });
}

const from = (first: number) => Array.from({ length: SEGMENTS - first }, (_, i) => first + i);

describe('a live stream through the whole fabric', function () {
  this.timeout(60_000);

  it('comes whole to hosts on every leaf, on links that lose, and late from a cache; each link carries it once', async () => {
    const topology = leafSpine({ leaves: 3, spines: 2, hostsPerLeaf: 3 });
    const fabric = await EmulatedFabric.start({ topology, seed: 5 });
    try {
      const host = (n: number) => fabric.host(`h${n}`);
      await assert.rejects(fabric.run(Subscription.start(host(2), STREAM)), HostError);
      const publisher = await fabric.run(Publisher.start(host(1), STREAM));
      const cache = await fabric.run(StreamCache.start(host(9), STREAM));
      const early = [2, 4, 5, 7];
      const subscriptions = await fabric.run(
        Promise.all(early.map((n) => Subscription.start(host(n), STREAM, { repairForUs: 30e6 }))),
      );
      const reading = subscriptions.map(read);
      const publish = async (to: number) => {
        for (let i = publisher.next; i < to; i++) {
          await publisher.publish(segment(i));
          await fabric.sleep(2_000);
        }
      };
      const before = fabric.linkUse();
      await fabric.run(publish(10));
      // Nothing was lost and nothing asked for: every link carries the stream once at most.
      const bytes = Array.from({ length: 10 }, (_, i) => segment(i).length).reduce(
        (sum, length) => sum + length,
        0,
      );
      for (const [i, use] of fabric.linkUse().entries()) {
        const carried = use.bytes - (before[i]?.bytes ?? 0);
        assert.ok(carried < 1.4 * bytes, `${use.name}: ${carried} bytes of ${bytes}`);
      }
      fabric.disturb({ loss: 0.02, duplicate: 0.01, reorder: 0.05 });
      await fabric.run(publish(40));
      const late = await fabric.run(
        Subscription.start(host(6), STREAM, { from: { back: 25 }, repairForUs: 30e6 }),
      );
      const readingLate = read(late);
      await fabric.run(publish(SEGMENTS));
      publisher.end();
      const events = await fabric.run(Promise.all(reading));
      for (const each of events) {
        assert.deepEqual(sequences(each), from(0));
        assert.equal(each.at(-1)?.kind, 'end');
      }
      assert.deepEqual(sequences(await fabric.run(readingLate)), from(15));
      const repaired = subscriptions.reduce((sum, { counters }) => sum + counters.repaired, 0);
      assert.ok(repaired > 0 && cache.asked > 0, `${repaired} repaired, cache asked ${cache.asked} times`);
      await fabric.run(cache.close());
      await fabric.run(publisher.close());
    } finally {
      await fabric.close();
    }
  });
});
