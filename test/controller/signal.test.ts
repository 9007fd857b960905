import assert from 'node:assert/strict';
import { Signal } from '../../controller/p4runtime/index.js';

describe('values of a signal', () => {
  const signal = () =>
    new Signal<number>((error) => {
      throw error;
    });

  it('come one by one, from the call on, until the loop is left', async () => {
    const numbers = signal();
    numbers.emit(1);
    const values = numbers.values();
    numbers.emit(2);
    const seen: number[] = [];
    for await (const value of values) {
      seen.push(value);
      if (value === 4) break;
      numbers.emit(value + 1);
    }
    assert.deepEqual(seen, [2, 3, 4]);
    assert.equal(numbers.isHeard, false);
  });

  it('wait in a queue that has an end; the oldest go, and are counted', async () => {
    const numbers = signal();
    const values = numbers.values({ maxQueued: 3 });
    for (let i = 0; i < 10; i += 1) numbers.emit(i);
    assert.equal(values.dropped, 7);
    assert.deepEqual(await values.next(), { done: false, value: 7 });
  });

  it('end when the wait is aborted, and when the signal ends', async () => {
    const numbers = signal();
    const abort = new AbortController();
    const waits = [numbers.values({ signal: abort.signal }).next(), numbers.values().next()];
    abort.abort();
    assert.deepEqual(await waits[0], { done: true, value: undefined });
    const last = numbers.values();
    numbers.emit(7);
    assert.deepEqual(await waits[1], { done: false, value: 7 });
    numbers.end();
    assert.deepEqual(await last.next(), { done: false, value: 7 });
    assert.deepEqual(await last.next(), { done: true, value: undefined });
    assert.deepEqual(await numbers.values().next(), { done: true, value: undefined });
    assert.deepEqual(await numbers.values({ signal: abort.signal }).next(), { done: true, value: undefined });
  });
});
