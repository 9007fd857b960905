import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import {
  FileStore,
  type Json,
  MemoryStore,
  type Store,
  type StoreChange,
  StoreError,
} from '../../controller/index.js';
import { crc32 } from '../../controller/store/crc32.js';

describe('stores', () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sincmesh-store-'));
    path = join(folder, 'state.log');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const kinds: [string, () => Promise<Store>][] = [
    ['in memory', () => Promise.resolve(new MemoryStore())],
    ['in a file', () => FileStore.open(path)],
  ];
  for (const [name, make] of kinds) {
    it(`${name} hold what was committed last`, async () => {
      const store = await make();
      await store.commit([
        { key: 'a', value: { x: [1, null, 'ü'] } },
        { key: 'b', value: 2 },
      ]);
      await Promise.all([
        store.commit([{ key: 'b', value: 3 }]),
        store.commit([]),
        store.commit([
          { key: 'a', value: undefined },
          { key: 'c', value: false },
        ]),
      ]);
      assert.deepEqual(
        await store.load(),
        new Map<string, Json>([
          ['b', 3],
          ['c', false],
        ]),
      );
      await store.close();
    });
  }

  it('in a file outlive their process, however they were left', async () => {
    const changes = fc.array(
      fc.array(
        fc.record({
          key: fc.constantFrom('a', 'b', 'c', 'd'),
          value: fc.option(fc.jsonValue(), { nil: undefined }),
        }),
        {
          minLength: 1,
          maxLength: 3,
        },
      ),
      { minLength: 1, maxLength: 6 },
    );
    await fc.assert(
      fc.asyncProperty(changes, fc.nat(), async (commits, cut) => {
        rmSync(path, { force: true });
        const store = await FileStore.open(path);
        const states: Map<string, Json>[] = [new Map()];
        const sizes = [0];
        for (const commit of commits) {
          await store.commit(commit as StoreChange[]);
          states.push(new Map(await store.load()));
          sizes.push(store.bytes);
        }
        await store.close();
        // A crash leaves any number of bytes of what was being written.
        const length = cut % (store.bytes + 1);
        truncateSync(path, length);
        const again = await FileStore.open(path);
        const whole = sizes.filter((size) => size <= length).length - 1;
        assert.deepEqual(
          JSON.stringify([...(await again.load())]),
          JSON.stringify([...(states[whole] ?? [])]),
        );
        await again.commit([{ key: 'after', value: 1 }]);
        await again.close();
        const third = await FileStore.open(path);
        assert.equal((await third.load()).get('after'), 1);
        await third.close();
      }),
      { numRuns: 50 },
    );
  });

  it('in a file are rewritten when they have become long', async () => {
    const store = await FileStore.open(path);
    const value = 'x'.repeat(10_000);
    for (let i = 0; i < 200; i += 1) await store.commit([{ key: `k${i % 3}`, value: `${i}${value}` }]);
    await store.commit([{ key: 'last', value: 1 }]);
    assert.ok(store.bytes < 1_100_000, `${store.bytes}`);
    assert.equal(readFileSync(path).length, store.bytes);
    await store.close();
    const again = await FileStore.open(path);
    const values = await again.load();
    assert.deepEqual([...values.keys()].sort(), ['k0', 'k1', 'k2', 'last']);
    assert.equal(values.get('k1'), `199${value}`);
    await again.close();
  });

  it('in a file say where they are damaged', async () => {
    const store = await FileStore.open(path);
    for (let i = 0; i < 3; i += 1) await store.commit([{ key: 'a', value: i }]);
    await store.close();
    const text = readFileSync(path, 'utf8');
    const second = text.indexOf('\n') + 1;
    const isDamaged = (offset: number) => (error: unknown) =>
      error instanceof StoreError &&
      error.code === 'DAMAGED' &&
      error.message.startsWith(`${path} is damaged at byte ${offset},`) &&
      error.message.includes(`truncate -s ${offset} ${path}`);
    writeFileSync(path, text.replace('["a",1]', '["a",7]'));
    await assert.rejects(FileStore.open(path), isDamaged(second));
    writeFileSync(path, `${text}no commit`);
    await assert.rejects(FileStore.open(path), isDamaged(text.length));
    writeFileSync(path, text);
    appendFileSync(path, '12ab34cd [[["a",');
    const again = await FileStore.open(path);
    assert.equal((await again.load()).get('a'), 2);
    await again.close();
  });

  it('in a file take nothing when closed, and nothing where they cannot', async () => {
    const store = await FileStore.open(path);
    await store.close();
    await assert.rejects(
      store.commit([{ key: 'a', value: 1 }]),
      (error) => error instanceof StoreError && error.code === 'CLOSED',
    );
    await assert.rejects(
      FileStore.open(folder),
      (error) => error instanceof StoreError && error.code === 'IO',
    );
  });

  it('check with the CRC everybody uses', () => {
    assert.equal(crc32(new TextEncoder().encode('123456789')), 0xcbf43926);
  });
});
