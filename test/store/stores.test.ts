import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import {
  EtcdStore,
  FileStore,
  type Json,
  MemoryStore,
  type Store,
  type StoreChange,
  StoreError,
} from '../../controller/index.js';
import { EtcdCluster, etcdMissing } from './etcd-server.js';

function refused(code: StoreError['code']) {
  return (error: unknown) => error instanceof StoreError && error.code === code;
}

let etcd: EtcdCluster | undefined;
let prefixes = 0;

/** A kind of store: one user of an empty store, and further ones of the same where there can be several. */
interface Kind {
  readonly name: string;
  readonly missing?: string | undefined;
  make(): Promise<{ store: Store; peer?: () => Promise<Store> }>;
}

const kinds: readonly Kind[] = [
  {
    name: 'in memory',
    make: () => {
      const store = new MemoryStore();
      return Promise.resolve({ store, peer: () => Promise.resolve(store.peer()) });
    },
  },
  {
    name: 'in a file',
    make: async () => {
      const folder = mkdtempSync(join(tmpdir(), 'sincmesh-stores-'));
      after(() => rmSync(folder, { recursive: true, force: true }));
      return { store: await FileStore.open(join(folder, 'state')) };
    },
  },
  {
    name: 'in etcd',
    missing: etcdMissing,
    make: async () => {
      etcd ??= await EtcdCluster.start();
      prefixes += 1;
      const prefix = `test-${prefixes}/`;
      const endpoints = etcd.endpoints;
      let users = 0;
      const connect = () => {
        users += 1;
        return EtcdStore.connect({ endpoints, prefix, id: `user-${users}` });
      };
      return { store: await connect(), peer: connect };
    },
  },
];

after(() => etcd?.stop());

for (const { name, missing, make } of kinds) {
  describe(`store ${name}${missing === undefined ? '' : ` (skipped: ${missing})`}`, () => {
    let store: Store;
    let peer: (() => Promise<Store>) | undefined;
    const peers: Store[] = [];
    const another = async (context: Mocha.Context): Promise<Store> => {
      if (peer === undefined) return context.skip();
      const made = await peer();
      peers.push(made);
      return made;
    };
    before(function () {
      if (missing !== undefined) this.skip();
    });
    beforeEach(async () => {
      ({ store, peer } = await make());
    });
    afterEach(async () => {
      for (const each of [...peers.splice(0), store]) await each.close();
    });

    it('commits where all conditions hold, and not else', async () => {
      const made = { key: 'a', value: { n: [1, 'ü', null] } };
      await store.commit([made], { when: [{ key: 'a', value: undefined }] });
      await assert.rejects(
        store.commit([{ key: 'b', value: 1 }], { when: [{ key: 'a', value: undefined }] }),
        (error) => refused('CONFLICT')(error) && (error as StoreError).key === 'a',
      );
      await store.commit([{ key: 'a', value: 2 }], { when: [made, { key: 'b', value: undefined }] });
      assert.deepEqual([...(await store.load())], [['a', 2]]);
    });

    it('lets one of those win that want the same', async () => {
      const results = await Promise.allSettled(
        Array.from({ length: 8 }, (_, i) =>
          store.commit([{ key: 'leader', value: i }], { when: [{ key: 'leader', value: undefined }] }),
        ),
      );
      assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 1);
      assert.equal((await store.load()).get('leader'), 0);
    });

    it('numbers commits upwards', async () => {
      let last = 0n;
      for (let i = 0; i < 4; i += 1) {
        await store.commit([{ key: 'a', value: i }]);
        const stored = await store.get('a');
        assert.equal(stored?.value, i);
        assert.ok((stored?.revision ?? 0n) > last);
        last = stored?.revision ?? 0n;
        await store.commit([{ key: 'a', value: undefined }]);
        assert.equal(await store.get('a'), undefined);
      }
    });

    it('holds what any commits, made at once or one by one, leave', async () => {
      const commits = fc.array(
        fc.uniqueArray(
          fc.record({
            key: fc.constantFrom('p/a', 'p/b', 'p/c'),
            value: fc.option(fc.jsonValue(), { nil: undefined }),
          }),
          { selector: ({ key }) => key, maxLength: 3 },
        ),
        { maxLength: 8 },
      );
      await fc.assert(
        fc.asyncProperty(commits, async (list) => {
          const wanted = new Map<string, Json>();
          for (const changes of list as StoreChange[][]) {
            for (const { key, value } of changes) {
              if (value === undefined) wanted.delete(key);
              else wanted.set(key, value);
            }
          }
          await store.commit(['p/a', 'p/b', 'p/c'].map((key) => ({ key, value: undefined })));
          await Promise.all((list as StoreChange[][]).map((changes) => store.commit(changes)));
          const text = (values: Iterable<[string, Json]>) =>
            JSON.stringify([...values].sort(([a], [b]) => a.localeCompare(b)));
          assert.equal(text(await store.load()), text(wanted));
        }),
        { numRuns: 20 },
      );
    });

    it('lets the keys of a lease go when it ends', async () => {
      const lease = await store.lease(2000);
      await store.commit([{ key: 'member', value: 1 }], { lease });
      await store.commit([{ key: 'stays', value: 1 }]);
      assert.equal((await store.get('member'))?.value, 1);
      await lease.end();
      assert.equal(lease.ended.aborted, true);
      assert.equal(await store.get('member'), undefined);
      assert.equal((await store.get('stays'))?.value, 1);
      await assert.rejects(store.commit([{ key: 'member', value: 2 }], { lease }), refused('FENCED'));
    });

    it('tells others, in the order of the commits, and not the one who made them', async function () {
      const other = await another(this);
      const heard: string[] = [];
      store.watch((changes) => heard.push(...changes.map(({ key, value }) => `${key}=${value}`)));
      await other.commit([{ key: 'a', value: 1 }]);
      await store.commit([{ key: 'mine', value: 1 }]);
      assert.deepEqual(heard, ['a=1']);
      await other.commit([
        { key: 'a', value: undefined },
        { key: 'b', value: 2 },
      ]);
      await store.sync();
      assert.deepEqual(heard, ['a=1', 'a=undefined', 'b=2']);
      assert.deepEqual(await other.load(), await store.load());
    });

    it('brings the commits of several into one order, the same for all', async function () {
      const users = [store, await another(this), await another(this)];
      // Each keeps a copy: its own commits when they resolve, others' when it is told.
      const copies = users.map(() => new Map<string, Json | undefined>());
      users.forEach((user, i) => {
        user.watch((changes) => {
          for (const { key, value } of changes) copies[i]?.set(key, value);
        });
      });
      await Promise.all(
        users.map(async (user, i) => {
          for (let n = 0; n < 40; n += 1) {
            const change = { key: `k${n % 3}`, value: `${i}/${n}` };
            await user.commit([change]);
            copies[i]?.set(change.key, change.value);
          }
        }),
      );
      for (const user of users) await user.sync();
      const truth = [...(await store.load())].sort();
      for (const copy of copies) assert.deepEqual([...copy].sort(), truth);
    });

    it('is closed when it is closed', async () => {
      await store.commit([{ key: 'a', value: 1 }]);
      await store.close();
      await store.close();
      if (store instanceof MemoryStore) return;
      await assert.rejects(store.commit([{ key: 'a', value: 1 }]), refused('CLOSED'));
    });
  });
}

describe('stores of several users in memory', () => {
  it('let a deserted lease end after its length', async () => {
    const { ManualClock } = await import('../controller/manual-clock.js');
    const clock = new ManualClock();
    const one = new MemoryStore(clock);
    const two = one.peer();
    const heard: StoreChange[] = [];
    two.watch((changes) => heard.push(...changes));
    const lease = await one.lease(1000);
    await one.commit([{ key: 'leader', value: 'one' }], { lease });
    clock.advance(5_000_000);
    assert.equal((await two.load()).get('leader'), 'one');
    one.desert();
    clock.advance(999_000);
    assert.equal(lease.ended.aborted, false);
    clock.advance(2000);
    assert.equal(lease.ended.aborted, true);
    await two.sync();
    assert.deepEqual(heard.at(-1), { key: 'leader', value: undefined });
  });
});

describe('store in a file', () => {
  it('is opened by one of many that want it at once', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sincmesh-stores-'));
    const path = join(folder, 'state');
    for (let round = 0; round < 10; round += 1) {
      // A lock of a process that is gone, or none.
      if (round % 2 === 0) writeFileSync(`${path}.lock`, round % 4 === 0 ? '' : '1 12345');
      const tries = await Promise.allSettled(Array.from({ length: 20 }, () => FileStore.open(path)));
      const opened = tries.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
      const others = tries.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []));
      assert.equal(opened.length, 1);
      assert.ok(others.every(refused('IN_USE')), String(others[0]));
      await opened[0]?.close();
      assert.deepEqual(readdirSync(folder), ['state']);
    }
    rmSync(folder, { recursive: true });
  });

  it('is open once at a time, and forgets who is gone', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sincmesh-stores-'));
    const path = join(folder, 'state');
    const store = await FileStore.open(path);
    await assert.rejects(FileStore.open(path), refused('IN_USE'));
    await store.commit([{ key: 'a', value: 1 }]);
    const revision = (await store.get('a'))?.revision ?? 0n;
    const lease = await store.lease(1000);
    await store.commit([{ key: 'gone', value: 1 }], { lease });
    await store.close();
    writeFileSync(`${path}.lock`, '1 12345');
    const again = await FileStore.open(path);
    assert.deepEqual([...(await again.load())], [['a', 1]]);
    await again.commit([{ key: 'b', value: 1 }]);
    assert.ok(((await again.get('b'))?.revision ?? 0n) > revision);
    await again.close();
    rmSync(folder, { recursive: true });
  });
});
