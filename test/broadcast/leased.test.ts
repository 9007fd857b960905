import assert from 'node:assert/strict';
import { LeasedCollection, type Numbered } from '../../controller/broadcast/leased.js';
import {
  ControllerError,
  MemoryStore,
  type ResourceChange,
  type StoreChange,
} from '../../controller/index.js';
import { ManualClock } from '../controller/manual-clock.js';

interface Spec {
  readonly colour: string;
  readonly ttlMs: number;
}

const SCHEMA = {
  type: 'object',
  properties: { colour: { type: 'string' }, ttlMs: { type: 'integer', default: 0 } },
  required: ['colour'],
  additionalProperties: false,
} as const;

class CountingStore extends MemoryStore {
  commits = 0;
  fault: Error | undefined;

  override commit(changes: readonly StoreChange[]): Promise<void> {
    if (this.fault !== undefined) return Promise.reject(this.fault);
    this.commits += 1;
    return super.commit(changes);
  }
}

function setUp(options: { leads?: () => boolean; store?: CountingStore; errors?: unknown[] } = {}) {
  const { leads = () => true, store = new CountingStore() } = options;
  const clock = new ManualClock();
  const seen: string[] = [];
  const say = (thing: Numbered<Spec> | undefined) =>
    thing && `${thing.name}#${thing.number} ${thing.spec.colour}`;
  const things = new LeasedCollection<Spec>({
    kind: 'things',
    summary: 'Things.',
    schema: SCHEMA,
    prefix: 'thing/',
    most: 2,
    store,
    clock,
    leads,
    check: (_name, { colour }) => {
      if (colour === 'none') throw new ControllerError('BAD_REQUEST', 'no colour');
    },
    status: ({ number }) => ({ number }),
    onChanged: (before, after) => seen.push(`${say(before)} > ${say(after)}`),
    onError: (error) => {
      if (options.errors === undefined) throw error;
      options.errors.push(error);
    },
    onIdle: () => undefined,
  });
  const changes: ResourceChange[] = [];
  things.watch((change) => changes.push(change));
  const settled = async () => {
    while (things.busy) await new Promise((resolve) => setImmediate(resolve));
  };
  return { things, clock, seen, changes, store, settled };
}

describe('a collection with leases', () => {
  it('keeps what is put again in time, without a write, and ends the rest', async () => {
    const { things, clock, seen, store, changes, settled } = setUp();
    await things.put('a', { colour: 'red', ttlMs: 1000 });
    await things.put('b', { colour: 'blue' });
    assert.equal(things.remainingMs('a'), 1000);
    for (let turn = 0; turn < 5; turn += 1) {
      clock.advance(900_000);
      await settled();
      await things.put('a', { colour: 'red', ttlMs: 1000 });
    }
    assert.equal(store.commits, 2);
    clock.advance(1_000_000);
    await settled();
    assert.deepEqual(
      things.list().map(({ name }) => name),
      ['b'],
    );
    assert.deepEqual(seen, ['undefined > a#1 red', 'undefined > b#2 blue', 'a#1 red > undefined']);
    assert.deepEqual(
      changes.map(({ type, name }) => `${type} ${name}`),
      ['put a', 'put b', 'delete a'],
    );
    assert.equal(clock.pending, 0);
  });

  it('ends what has run out when the store takes it, and not what was renewed meanwhile', async () => {
    const errors: unknown[] = [];
    const { things, clock, store, settled } = setUp({ errors });
    const turn = () => new Promise((resolve) => setImmediate(resolve));
    await things.put('a', { colour: 'red', ttlMs: 5000 });
    await things.put('b', { colour: 'blue', ttlMs: 5000 });
    store.fault = new Error('the disk is full');
    clock.advance(5_000_000);
    await settled();
    await turn();
    assert.equal(errors.length, 2);
    clock.advance(1_000_000);
    await settled();
    await turn();
    assert.equal(errors.length, 4);
    await things.put('b', { colour: 'blue', ttlMs: 5000 });
    store.fault = undefined;
    clock.advance(1_000_000);
    await settled();
    assert.deepEqual(
      things.list().map(({ name }) => name),
      ['b'],
    );
    clock.advance(4_000_000);
    await settled();
    assert.deepEqual(things.list(), []);
    assert.equal(clock.pending, 0);
  });

  it('follows a lease that becomes shorter, longer or none', async () => {
    const { things, clock, settled } = setUp();
    await things.put('a', { colour: 'red', ttlMs: 10_000 });
    await things.put('a', { colour: 'red', ttlMs: 1000 });
    clock.advance(1_000_000);
    await settled();
    assert.equal(things.get('a'), undefined);
    await things.put('a', { colour: 'red', ttlMs: 1000 });
    await things.put('a', { colour: 'red', ttlMs: 0 });
    clock.advance(100_000_000);
    await settled();
    assert.equal(things.get('a')?.name, 'a');
  });

  it('has changed nothing where the store fails', async () => {
    const { things, seen, store } = setUp();
    store.fault = new Error('full');
    await assert.rejects(things.put('a', { colour: 'red' }), /full/);
    assert.deepEqual([things.list(), seen], [[], []]);
    store.fault = undefined;
    await things.put('a', { colour: 'red' });
    store.fault = new Error('full');
    await assert.rejects(things.delete('a'), /full/);
    assert.deepEqual(things.get('a')?.status, { number: 1, remainingMs: null });
  });

  it('gives numbers that are free, and refuses what is wrong or too much', async () => {
    const { things } = setUp();
    const code = (expected: string) => (error: unknown) =>
      error instanceof ControllerError && error.code === expected;
    for (const name of ['a', 'b']) await things.put(name, { colour: 'red' });
    await assert.rejects(things.put('c', { colour: 'red' }), code('NO_ROOM'));
    await things.delete('a');
    await things.put('c', { colour: 'red' });
    assert.equal(things.find('c')?.number, 1);
    await assert.rejects(things.put('c', { colour: 'none' }), code('BAD_REQUEST'));
    await assert.rejects(things.put('c', {}), code('BAD_REQUEST'));
    await assert.rejects(things.put('', { colour: 'red' }), code('BAD_REQUEST'));
    await assert.rejects(things.delete('x'), code('NOT_FOUND'));
  });

  it('leaves ending leases to the controller that leads, and follows it', async () => {
    const store = new CountingStore();
    let isLeading = false;
    const { things, clock, settled } = setUp({ store, leads: () => isLeading });
    const value = { name: 'a', number: 1, spec: { colour: 'red', ttlMs: 2000 } };
    things.apply([
      { key: 'thing/a', value },
      { key: 'other/a', value: 1 },
    ]);
    clock.advance(10_000_000);
    await settled();
    assert.equal(things.get('a')?.name, 'a');
    assert.equal(store.commits, 0);
    things.apply([{ key: 'thing/a', value: undefined }]);
    things.apply([{ key: 'thing/a', value: undefined }]);
    assert.equal(things.get('a'), undefined);
    things.apply([{ key: 'thing/a', value }]);
    isLeading = true;
    clock.advance(10_000_000);
    await settled();
    assert.equal(things.get('a'), undefined);
    assert.equal(store.commits, 1);
  });
});
