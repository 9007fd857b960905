import assert from 'node:assert/strict';
import { type Instance, MemoryStore } from '../../controller/index.js';
import { Registry } from '../../controller/registry/registry.js';
import { answerRequest } from '../../controller/registry/requests.js';
import { FabricKey } from '../../wire/index.js';
import { ManualClock } from '../controller/manual-clock.js';

const REGISTER = {
  op: 'register',
  service: '/shop/cart',
  address: '10.0.1.1',
  port: 5000,
  weight: 1,
  ttl_ms: 10_000,
};

describe('what instances say of themselves', () => {
  const store = new MemoryStore();
  let loads: [number, number][];
  let registry: Registry;
  const make = () =>
    new Registry({
      clock: new ManualClock(),
      key: FabricKey.default,
      store,
      isReachable: () => true,
      onService: () => undefined,
      onHost: () => undefined,
      onEvent: () => undefined,
      onLoad: (instance, load) => void loads.push([instance.id, load]),
      onIdle: () => undefined,
      onError: (error) => {
        throw error;
      },
    });
  const ask = async (fields: object): Promise<Record<string, unknown>> => {
    const answer = await answerRequest(registry, new TextEncoder().encode(JSON.stringify(fields)));
    return { ...answer };
  };
  const known = (): Instance => registry.lookup('/shop/cart')?.instances[0] ?? assert.fail('not registered');

  beforeEach(() => {
    loads = [];
    registry = make();
  });
  afterEach(() => registry.close());

  it('is kept, in band and over a restart; load is passed on and not kept', async () => {
    const said = { version: '2.1', tags: { zone: 'a' }, locator: 'rack 3' };
    const { instance } = await ask({ ...REGISTER, ...said, load: 0.25 });
    assert.equal(typeof instance, 'number');
    const { version, tags, locator } = known();
    assert.deepEqual({ version, tags, locator }, said);
    await ask({ op: 'renew', instance, load: 0.5 });
    await ask({ op: 'renew', instance });
    assert.deepEqual(loads, [
      [instance, 0.25],
      [instance, 0.5],
    ]);
    assert.ok(!JSON.stringify([...(await store.load())]).includes('load'));

    registry.close();
    registry = make();
    registry.restore(await store.load());
    assert.equal(known().version, '2.1');
    await ask({ ...REGISTER, version: '3' });
    assert.equal(known().version, '3', 'asking again changes it');
    assert.equal(known().tags, undefined);
    assert.equal(known().id, instance);
  });

  it('is refused where it makes no sense', async () => {
    for (const wrong of [
      { version: 'a/b' },
      { version: '' },
      { version: 3 },
      { tags: ['a'] },
      { tags: { a: 1 } },
      { tags: Object.fromEntries(Array.from({ length: 17 }, (_, i) => [`t${i}`, 'x'])) },
      { locator: 'x'.repeat(256) },
      { load: -1 },
      { load: 'much' },
      { load: 1e9 },
    ]) {
      const { ok, code } = await ask({ ...REGISTER, ...wrong });
      assert.deepEqual([ok, code], [false, 'BAD_REQUEST'], JSON.stringify(wrong));
    }
    assert.deepEqual(loads, []);
  });
});
