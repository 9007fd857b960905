import assert from 'node:assert/strict';
import fc from 'fast-check';
import { FileStore, type Json, type StoreChange, StoreError } from '../../controller/index.js';
import { times } from '../faults/faults.js';
import { SimulatedDisk } from './simulated-disk.js';

const PATH = '/disk/state.log';
type Values = readonly (readonly [string, Json])[];

function textOf(values: Iterable<readonly [string, Json]>): string {
  return JSON.stringify([...values].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** What a store that is opened on these bytes holds. */
async function opened(disk: SimulatedDisk): Promise<string> {
  const store = await FileStore.open(PATH, undefined, disk);
  const text = textOf(await store.load());
  await store.close();
  return text;
}

/** The store's answer to bytes that are not as they were: what it holds, or where it says the damage is. */
async function outcome(bytes: Uint8Array): Promise<{ holds: string } | { damagedAt: number }> {
  try {
    return { holds: await opened(SimulatedDisk.with(PATH, bytes)) };
  } catch (error) {
    assert.ok(error instanceof StoreError && error.code === 'DAMAGED', String(error));
    const [, offset = '', remedy] =
      /^\/disk\/state\.log is damaged at byte (\d+),.* (truncate -s \d+ .*)$/.exec(error.message) ?? [];
    assert.equal(remedy, `truncate -s ${offset} ${PATH}`);
    return { damagedAt: Number(offset) };
  }
}

/** A log with a snapshot at its head, where asked for, and commits behind it; its state after each whole line. */
async function log(
  withSnapshot: boolean,
): Promise<{ bytes: Buffer; states: Map<number, string>; head: number }> {
  const disk = new SimulatedDisk();
  const store = await FileStore.open(PATH, undefined, disk);
  const states = new Map<number, string>();
  let head = 0;
  if (withSnapshot) {
    for (let i = 0; i < 6; i += 1)
      await store.commit([{ key: `old/${i % 3}`, value: 'ä'.repeat(200_000 + i) }]);
    await store.commit([0, 1].map((i) => ({ key: `old/${i}`, value: `was ${i}` })));
    await store.commit([{ key: 'old/2', value: 2 }]);
    for (let i = 0; disk.contents(PATH)?.[0] !== 0x23 || store.bytes > 1000; i += 1) {
      await store.commit([{ key: 'ballast', value: 'x'.repeat(500_000) }]);
      await store.commit([{ key: 'ballast', value: undefined }]);
      // It is rewritten before this.
      await store.commit([{ key: 'ballast', value: undefined }]);
      assert.ok(i < 20, 'it is rewritten');
    }
    const lines = disk.contents(PATH)?.toString().split('\n') ?? [];
    // Three keys, and the line that says so.
    head = Buffer.byteLength(lines.slice(0, 4).join('\n')) + 1;
    states.set(head, textOf(await store.load()));
  }
  states.set(store.bytes, textOf(await store.load()));
  for (let i = 0; i < 4; i += 1) {
    // Two that go to the disk together, with letters of two bytes.
    await Promise.all([
      store.commit([{ key: `a/${i}`, value: { n: i, text: 'JJ ** @ü' } }]),
      store.commit([
        { key: 'b', value: i },
        { key: `a/${i - 2}`, value: undefined },
      ]),
    ]);
    states.set(store.bytes, textOf(await store.load()));
  }
  await store.close();
  return { bytes: disk.contents(PATH) ?? Buffer.alloc(0), states, head };
}

describe('a file of a store', () => {
  for (const withSnapshot of [false, true]) {
    const what = withSnapshot ? 'a snapshot and a log' : 'a log';

    it(`with ${what}: no bit that flips goes unnoticed`, async () => {
      const { bytes } = await log(withSnapshot);
      for (let offset = 0; offset < bytes.length; offset += 1) {
        for (const mask of [1, 2, 4, 8, 16, 32, 64, 128, 255]) {
          const flipped = Buffer.from(bytes);
          flipped[offset] = (flipped[offset] ?? 0) ^ mask;
          const found = await outcome(flipped);
          assert.ok('damagedAt' in found, `byte ${offset} ^ ${mask} is taken for ${JSON.stringify(found)}`);
          // The line it is in, or the one before where it ended that.
          assert.ok(found.damagedAt <= offset, `${found.damagedAt} for ${offset}`);
        }
      }
    });

    it(`with ${what}: cut short anywhere, it has every line that is whole, or says what is missing`, async () => {
      const { bytes, states, head } = await log(withSnapshot);
      let whole = states.get(0) ?? textOf([]);
      for (let length = 0; length <= bytes.length; length += 1) {
        whole = states.get(length) ?? whole;
        const found = await outcome(bytes.subarray(0, length));
        if (length === 0) assert.deepEqual(found, { holds: textOf([]) });
        else if (length < head) assert.ok('damagedAt' in found, `a snapshot of ${length} bytes is taken`);
        else assert.deepEqual(found, { holds: whole }, `${length} bytes`);
      }
    });

    it(`with ${what}: any stretch overwritten, nothing in its midst is lost without a word`, async () => {
      const { bytes, states } = await log(withSnapshot);
      const all = textOf(new Map(JSON.parse([...states.values()].at(-1) ?? '[]') as [string, Json][]));
      const span = fc.tuple(fc.nat(bytes.length - 1), fc.uint8Array({ minLength: 1, maxLength: 40 }));
      await fc.assert(
        fc.asyncProperty(fc.array(span, { minLength: 1, maxLength: 3 }), async (spans) => {
          const spoilt = Buffer.from(bytes);
          for (const [at, noise] of spans) spoilt.set(noise.subarray(0, bytes.length - at), at);
          const found = await outcome(spoilt);
          if ('damagedAt' in found) return;
          const first = [...spoilt].findIndex((byte, i) => byte !== bytes[i]);
          const before = [...states].filter(([end]) => end <= first).at(-1);
          // Zeros at the end are what a crash leaves of a write that nobody was told of.
          assert.ok(found.holds === all || found.holds === before?.[1], found.holds);
        }),
        { numRuns: 300 },
      );
    });
  }

  it('of something else is left alone', async () => {
    for (const text of ['hello', 'hello\n', '{"a": 1}\n', '12345678', 'deadbeef {"revision"']) {
      const disk = SimulatedDisk.with(PATH, Buffer.from(text));
      // Eight digits may be the beginning of a line.
      if (/^\d+$/.test(text)) {
        assert.equal(await opened(disk), textOf([]));
        continue;
      }
      await assert.rejects(opened(disk), (error) => error instanceof StoreError && error.code === 'DAMAGED');
      assert.equal(disk.contents(PATH)?.toString(), text);
    }
  });
});

/** Commits, a few at a time, of sets and deletions; some long enough to reach over sectors and to have the log rewritten. */
const commits = fc.array(
  fc.array(
    fc.uniqueArray(
      fc.record({
        key: fc.constantFrom('p/a', 'p/b', 'q/c'),
        value: fc.option(
          fc.oneof(
            fc.jsonValue(),
            fc.nat(2000).map((n) => 'é'.repeat(n)),
            fc.constant('x'.repeat(400_000)),
          ),
          { nil: undefined },
        ),
      }),
      { selector: ({ key }) => key, minLength: 1, maxLength: 3 },
    ),
    { minLength: 1, maxLength: 3 },
  ),
  { minLength: 1, maxLength: 8 },
);

/** Applies commits as the store would. */
function applied(values: Values, changes: readonly StoreChange[]): Values {
  const map = new Map(values);
  for (const { key, value } of changes) {
    if (value === undefined) map.delete(key);
    else map.set(key, value);
  }
  return [...map];
}

describe('a disk under a store', function () {
  this.timeout(times(60_000, 1_800_000));

  it('may lose power at any time: what was acknowledged is there, and nothing of what was refused', async () => {
    await fc.assert(
      fc.asyncProperty(commits, fc.nat(60), fc.infiniteStream(fc.nat(999)), async (batches, at, dice) => {
        const random = () => (dice.next().value ?? 0) / 1000;
        const disk = new SimulatedDisk();
        let found: SimulatedDisk | undefined;
        disk.onOperation = () => {
          if (disk.operations === at) found = disk.afterPowerLoss(random);
          return undefined;
        };
        const store = await FileStore.open(PATH, undefined, disk);
        let sure: Values = [];
        /** What the batch that is under way may have come to: all of it, or nothing. */
        let perhaps: Values = [];
        for (const batch of batches as StoreChange[][][]) {
          perhaps = batch.reduce(applied, sure);
          await Promise.all(batch.map((changes) => store.commit(changes)));
          if (found !== undefined) break;
          sure = perhaps;
        }
        if (found === undefined) {
          sure = perhaps;
          found = disk.afterPowerLoss(random);
        }
        const holds = await opened(found);
        assert.ok([sure, perhaps].map(textOf).includes(holds), `${holds} is not ${textOf(sure)}`);
        // And again, after it was opened: what was dropped does not come back.
        assert.equal(await opened(found.afterPowerLoss(random)), holds);
      }),
      { numRuns: times(100, 2000) },
    );
  });

  it('may be full or fail at any operation, any number of times: a refused commit has not happened', async () => {
    await fc.assert(
      fc.asyncProperty(
        commits,
        fc.infiniteStream(fc.nat(9)),
        fc.infiniteStream(fc.nat(5000)),
        async (batches, dice, bytes) => {
          const disk = new SimulatedDisk();
          let isFailing = false;
          disk.onOperation = () => {
            if (!isFailing || (dice.next().value ?? 0) > 3) return undefined;
            return bytes.next().value ?? 0;
          };
          const store = await FileStore.open(PATH, undefined, disk);
          isFailing = true;
          let values: Values = [];
          for (const batch of batches as StoreChange[][][]) {
            const results = await Promise.allSettled(batch.map((changes) => store.commit(changes)));
            results.forEach((result, i) => {
              if (result.status === 'fulfilled') values = applied(values, batch[i] ?? []);
              else assert.ok(result.reason instanceof StoreError, String(result.reason));
            });
            assert.equal(textOf(await store.load()), textOf(values));
          }
          isFailing = false;
          // It goes on when there is room, unless it could not take off what it had to.
          const last = { key: 'last', value: true };
          const isGoing = await store.commit([last]).then(
            () => true,
            (error) => {
              assert.ok(
                error instanceof StoreError && /cannot be written any more; start anew/.test(error.message),
              );
              return false;
            },
          );
          if (isGoing) values = applied(values, [last]);
          await store.close();
          const holds = await opened(disk);
          // What could not be taken off may be whole: the store said that it cannot tell.
          if (isGoing) assert.equal(holds, textOf(values));
          assert.deepEqual(disk.files, [PATH], 'nothing is left lying about');
        },
      ),
      { numRuns: times(100, 2000) },
    );
  });

  it('that is full when the log is to be rewritten keeps the long log, and has its room again', async () => {
    const disk = new SimulatedDisk();
    let isFull = false;
    let tries = 0;
    disk.onOperation = (operation, length) => {
      if (!isFull || operation !== 'append' || length < 100) return undefined;
      tries += 1;
      return length >> 1;
    };
    const store = await FileStore.open(PATH, undefined, disk);
    const value = 'y'.repeat(300_000);
    for (let i = 0; i < 4; i += 1) await store.commit([{ key: 'k', value: `${i}${value}` }]);
    isFull = true;
    for (let i = 0; i < 20; i += 1) await store.commit([{ key: 'k', value: i }]);
    assert.equal(tries, 1, 'it is not tried anew with every commit');
    assert.deepEqual(disk.files, [PATH]);
    isFull = false;
    for (let i = 0; i < 5; i += 1) await store.commit([{ key: 'k', value: `${i}${value}` }]);
    assert.ok(store.bytes < 1_300_000, `${store.bytes}`);
    await store.close();
    assert.equal(await opened(disk), textOf([['k', `4${value}`]]));
  });
});
