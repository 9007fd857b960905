import assert from 'node:assert/strict';
import { Emulator } from '../../emulator/emulator.js';
import { EmulatorError } from '../../emulator/errors.js';
import type { LinkProfile } from '../../emulator/link.js';

/** Sends `count` numbered frames over one link and gives what arrived, when, in order. */
async function exchange(seed: number, profile: Partial<LinkProfile>, count: number, spacingUs = 10) {
  const emulator = new Emulator({ seed });
  const arrived: { number: number; time: number; bytes: Uint8Array }[] = [];
  const nobody = { receive: () => undefined };
  const sink = {
    receive: (frame: Uint8Array) => {
      arrived.push({ number: frame[0] ?? -1, time: emulator.now(), bytes: frame });
    },
  };
  const link = emulator.connect(nobody, sink, profile);
  for (let i = 0; i < count; i++) {
    const frame = new Uint8Array(125).fill(i & 255);
    emulator.schedule(i * spacingUs, () => link.aToB.transmit(frame));
  }
  await emulator.runFor(1e6);
  return { arrived, counters: link.aToB.counters };
}

describe('emulator: links', () => {
  it('takes serialisation and propagation time', async () => {
    const { arrived } = await exchange(1, { rateBps: 1e8, delayUs: 7 }, 1);
    assert.equal(arrived[0]?.time, (125 * 8 * 1e6) / 1e8 + 7);
  });

  it('sends frames one after another and drops what the queue cannot hold', async () => {
    const { arrived, counters } = await exchange(1, { rateBps: 1e6, delayUs: 0, queueFrames: 3 }, 10, 0);
    assert.deepEqual(
      arrived.map((frame) => frame.time),
      [1000, 2000, 3000, 4000],
    );
    assert.equal(counters.overflowed, 6);
  });

  it('tells how many frames wait for the wire', async () => {
    const emulator = new Emulator({ seed: 1 });
    const nobody = { receive: () => undefined };
    const { aToB } = emulator.connect(nobody, nobody, { rateBps: 1e6, delayUs: 0 });
    const depths: number[] = [];
    const look = () => depths.push(aToB.queued());
    // A millisecond each; the first does not wait.
    emulator.schedule(0, () => {
      for (let i = 0; i < 4; i++) {
        look();
        aToB.transmit(new Uint8Array(125));
      }
    });
    for (const time of [500, 1500, 2500, 3500]) emulator.schedule(time, look);
    await emulator.runFor(1e4);
    assert.deepEqual(depths, [0, 0, 1, 2, 3, 2, 1, 0]);
  });

  it('loses, duplicates and reorders the share it was told to', async () => {
    const { arrived, counters } = await exchange(7, { loss: 0.1, duplicate: 0.1, reorder: 0.2 }, 5000);
    assert.ok(counters.lost > 400 && counters.lost < 600, `${counters.lost} lost`);
    assert.ok(counters.duplicated > 350 && counters.duplicated < 550, `${counters.duplicated} duplicated`);
    assert.equal(arrived.length, 5000 - counters.lost + counters.duplicated);
    const inversions = arrived.filter(
      (frame, i) => i > 0 && ((frame.number - (arrived[i - 1]?.number ?? 0)) & 255) > 128,
    );
    assert.ok(inversions.length > 100, `${inversions.length} frames out of order`);
  });

  it('flips one bit of a corrupted frame and leaves the sender its own', async () => {
    const { arrived } = await exchange(3, { corrupt: 1 }, 20);
    for (const frame of arrived) {
      const flipped = frame.bytes.reduce((bits, byte) => {
        const original =
          frame.bytes[60] === frame.bytes[61] ? (frame.bytes[60] ?? 0) : (frame.bytes[62] ?? 0);
        let difference = byte ^ original;
        let ones = 0;
        for (; difference !== 0; difference &= difference - 1) ones++;
        return bits + ones;
      }, 0);
      assert.equal(flipped, 1);
    }
  });

  it('refuses a profile that makes no sense', () => {
    const emulator = new Emulator({ seed: 1 });
    const node = { receive: () => undefined };
    assert.throws(() => emulator.connect(node, node, { loss: 1.5 }), {
      code: 'INVALID_LINK',
      message: /loss is 1.5/,
    });
    assert.throws(() => emulator.connect(node, node, { rateBps: 0 }), { code: 'INVALID_LINK' });
  });
});

describe('emulator: time', () => {
  it('gives the same run for the same seed and another for another', async () => {
    const profile = { loss: 0.2, duplicate: 0.2, reorder: 0.3, corrupt: 0.1 };
    const first = await exchange(42, profile, 300);
    assert.deepEqual(await exchange(42, profile, 300), first);
    assert.notDeepEqual(await exchange(43, profile, 300), first);
  });

  it('lets promise-driven code finish before time moves on', async () => {
    const emulator = new Emulator({ seed: 1 });
    const seen: string[] = [];
    emulator.schedule(10, () => {
      void (async () => {
        for (let i = 0; i < 50; i++) await Promise.resolve();
        seen.push(`chain ended at ${emulator.now()}`);
      })();
    });
    emulator.schedule(11, () => seen.push('later'));
    await emulator.runFor(20);
    assert.deepEqual(seen, ['chain ended at 10', 'later']);
  });

  it('stands still while a barrier has work', async () => {
    const emulator = new Emulator({ seed: 1 });
    let work: Promise<void> | undefined;
    let finishedAt = -1;
    emulator.addBarrier(() => work);
    emulator.schedule(5, () => {
      work = new Promise<void>((resolve) => setTimeout(resolve, 5)).then(() => {
        finishedAt = emulator.now();
        work = undefined;
      });
    });
    emulator.schedule(6, () => undefined);
    await emulator.runFor(100);
    assert.equal(finishedAt, 5);
  });

  it('says so when what is awaited can never happen', async () => {
    const emulator = new Emulator({ seed: 1 });
    await assert.rejects(emulator.run(new Promise(() => undefined)), (error) => {
      assert.ok(error instanceof EmulatorError);
      assert.equal(error.code, 'DEADLOCK');
      return true;
    });
    emulator.every(1000, () => undefined);
    await assert.rejects(emulator.run(new Promise(() => undefined), { limitUs: 1e5 }), {
      code: 'TIME_LIMIT',
    });
  });

  it('passes on the result and the error of what it ran for', async () => {
    const emulator = new Emulator({ seed: 1 });
    const later = <T>(value: () => T): Promise<T> =>
      new Promise((resolve, reject) => {
        emulator.schedule(5, () => {
          try {
            resolve(value());
          } catch (error) {
            reject(error instanceof Error ? error : new Error(String(error)));
          }
        });
      });
    assert.equal(await emulator.run(later(() => 7)), 7);
    await assert.rejects(
      emulator.run(
        later(() => {
          throw new Error('broken');
        }),
      ),
      /broken/,
    );
  });

  it('does not fire a cancelled timer', async () => {
    const emulator = new Emulator({ seed: 1 });
    let fired = 0;
    emulator.schedule(5, () => fired++).cancel();
    const ticking = emulator.every(10, () => fired++);
    await emulator.runFor(35);
    ticking.cancel();
    await emulator.runFor(100);
    assert.equal(fired, 3);
  });

  it('refuses times that would lose the order of events, and periods in which it would stand still', async () => {
    const emulator = new Emulator({ seed: 1 });
    const refused = (error: unknown) => error instanceof EmulatorError && error.code === 'INVALID_TIME';
    assert.throws(() => emulator.schedule(Number.NaN, () => undefined), refused);
    for (const period of [Number.NaN, 0, -1])
      assert.throws(() => emulator.every(period, () => undefined), refused);
    const order: number[] = [];
    for (const delay of [30, 10, 20]) emulator.schedule(delay, () => order.push(delay));
    await emulator.runFor(100);
    assert.deepEqual(order, [10, 20, 30]);
  });
});
