import assert from 'node:assert/strict';
import { MemoryStore, parseTopology, type StoreChange } from '../../controller/index.js';
import { Credentials } from '../../controller/spa/credentials.js';
import { ManualClock } from '../controller/manual-clock.js';
import { TOPOLOGY } from '../controller/small-fabric.js';

class FailingStore extends MemoryStore {
  isFailing = false;

  override commit(changes: readonly StoreChange[]): Promise<void> {
    return this.isFailing ? Promise.reject(new Error('the disk is full')) : super.commit(changes);
  }
}

describe('a key that has been rotated', () => {
  it('ends after its overlap, also where the store could not let go of it at once', async () => {
    const store = new FailingStore();
    const clock = new ManualClock();
    const errors: unknown[] = [];
    const credentials = new Credentials({
      topology: parseTopology(TOPOLOGY),
      clock,
      store,
      checkRoom: () => undefined,
      onChanged: () => undefined,
      onError: (error) => errors.push(error),
      onIdle: () => undefined,
    });
    const settled = async () => {
      for (let i = 0; i < 4 || credentials.busy; i += 1)
        await new Promise((resolve) => setImmediate(resolve));
    };
    await credentials.put('bank', { host: 'h1', overlapMs: 5000 });
    await credentials.put('bank', { host: 'h1', rotation: 1, overlapMs: 5000 });
    assert.equal(credentials.find('bank')?.keys.length, 2);
    store.isFailing = true;
    clock.advance(5_000_000);
    await settled();
    assert.equal(errors.length, 1);
    assert.equal(credentials.find('bank')?.keys.length, 2);
    store.isFailing = false;
    clock.advance(1_000_000);
    await settled();
    assert.deepEqual(
      credentials.find('bank')?.keys.map(({ keyId }) => keyId),
      [2],
    );
    assert.equal(clock.pending, 0);
  });
});
