import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileStore, StoreError } from '../../controller/index.js';
import { Registry } from '../../controller/registry/registry.js';
import { answerRequest } from '../../controller/registry/requests.js';
import { FabricKey } from '../../wire/index.js';
import { ManualClock } from '../controller/manual-clock.js';

const H1 = 0x0a000101;

function isFull(error: unknown): boolean {
  return error instanceof StoreError && error.code === 'FULL' && /no room is left/.test(error.message);
}

function registryOn(store: FileStore) {
  const clock = new ManualClock();
  const errors: unknown[] = [];
  const registry = new Registry({
    clock,
    key: FabricKey.default,
    store,
    isReachable: () => true,
    onService: () => undefined,
    onHost: () => undefined,
    onEvent: () => undefined,
    onIdle: () => undefined,
    onError: (error) => errors.push(error),
  });
  return { registry, clock, errors };
}

/** Instances in a copy of the store's file, as the next process would find them. */
async function found(path: string, folder: string): Promise<number[]> {
  const copy = join(folder, 'copy');
  copyFileSync(path, copy);
  const store = await FileStore.open(copy);
  const values = await store.load();
  await store.close();
  rmSync(copy);
  return [...values.keys()].filter((key) => key.startsWith('instance/')).map((key) => Number(key.slice(9)));
}

describe('a store that is full', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sincmesh-full-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('refuses with a typed error, loses nothing it acknowledged, and goes on when there is room', async function () {
    const disk = join(folder, 'disk');
    mkdirSync(disk);
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', disk], { stdio: 'ignore' });
    } catch {
      // Needs root; the next test brings the same about otherwise.
      return this.skip();
    }
    let store: FileStore | undefined;
    try {
      const path = join(disk, 'state');
      const ballast = join(disk, 'ballast');
      writeFileSync(ballast, new Uint8Array(128 * 1024));
      store = await FileStore.open(path);
      const { registry, clock, errors } = registryOn(store);
      const acknowledged: number[] = [];
      let port = 0;
      const fill = async () => {
        for (;;) {
          port += 1;
          acknowledged.push(
            (await registry.register({ service: '/s', address: H1, port, ttlMs: 60_000 })).id,
          );
        }
      };
      await assert.rejects(fill(), isFull);
      assert.ok(acknowledged.length > 100);
      assert.equal(registry.lookup('/s')?.instances.length, acknowledged.length);
      assert.deepEqual((await found(path, folder)).sort(), [...acknowledged].sort());
      // What an instance is told in band; the ends of some still fit the last page of the file.
      let told: string | undefined;
      for (let tries = 0; told === undefined && tries < 400; tries += 1) {
        const instance = acknowledged[0];
        const body = JSON.stringify({ op: 'deregister', instance });
        const answer = await answerRequest(registry, new TextEncoder().encode(body));
        if (answer.ok) acknowledged.shift();
        else told = answer.code;
      }
      assert.equal(told, 'FULL');
      assert.equal(registry.lookup('/s')?.instances.length, acknowledged.length);
      assert.deepEqual((await found(path, folder)).sort(), [...acknowledged].sort());

      rmSync(ballast);
      const then = acknowledged.length;
      await assert.rejects(fill(), isFull);
      assert.ok(acknowledged.length > then);
      assert.deepEqual((await found(path, folder)).sort(), [...acknowledged].sort());

      // Leases run out all the same: the store is told as soon as it can be.
      clock.advance(61_000_000);
      assert.equal(registry.lookup('/s')?.instances.length, 0);
      while (registry.busy) await new Promise((resolve) => setTimeout(resolve, 5));
      assert.ok(errors.every(isFull));
      registry.close();
    } finally {
      await store?.close();
      execFileSync('umount', [disk]);
    }
  });

  it('on a disk that fills in the midst of a line, too', async () => {
    const path = join(folder, 'state');
    const store = await FileStore.open(path);
    const { registry, clock, errors } = registryOn(store);
    const { id } = await registry.register({ service: '/s', address: H1, port: 1, ttlMs: 1000 });
    const some = await open(join(folder, 'other'), 'w');
    const handles = Object.getPrototypeOf(some) as FileHandle;
    await some.close();
    const { appendFile } = handles;
    handles.appendFile = async function (this: FileHandle, data) {
      const bytes = data as Uint8Array;
      await appendFile.call(this, bytes.subarray(0, bytes.length >> 1));
      throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    };
    try {
      await assert.rejects(registry.register({ service: '/t', address: H1, port: 2 }), isFull);
      clock.advance(1_100_000);
      assert.equal(registry.lookup('/s')?.instances.length, 0, 'it gets no calls any more');
      while (errors.length === 0) await new Promise((resolve) => setImmediate(resolve));
      assert.deepEqual(await found(path, folder).catch(() => [id]), [id]);
    } finally {
      handles.appendFile = appendFile;
    }
    const next = await registry.register({ service: '/t', address: H1, port: 2, ttlMs: 60_000 });
    clock.advance(2_000_000);
    while (registry.busy) await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(await found(path, folder), [next.id], 'the expired one is forgotten when there is room');
    registry.close();
    await store.close();
  });
});
