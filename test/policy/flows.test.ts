import assert from 'node:assert/strict';
import { ControllerError, type ControllerEvent } from '../../controller/index.js';
import { Shop } from './shop.js';

const NAME = '/shop/cart';
const IDLE_US = 50_000;

describe('flows', function () {
  this.timeout(60_000);
  let shop: Shop;
  let told: ControllerEvent[];

  beforeEach(async () => {
    shop = await Shop.open();
    told = [];
    shop.fabric.controller.events.subscribe((event) => {
      if (event.kind === 'flow') told.push(event);
    });
    await shop.serve(NAME, 'h3');
  });
  afterEach(async () => {
    assert.deepEqual(shop.refused, []);
    await shop.close();
  });

  const pause = () => shop.fabric.run(shop.fabric.sleep(2 * IDLE_US));
  const statuses = () =>
    shop.fabric.controller.flows.list().map(({ status }) => status as Record<string, unknown>);

  it('of a sticky service are told when they are over, with what they came to', async () => {
    await shop.policy('stick', { destination: NAME, stickiness: { idleMs: IDLE_US / 1000 } });
    await shop.calls('h1', NAME, 7);
    await shop.calls('h2', `${NAME}/items`, 3);
    await pause();
    await shop.call('h1', NAME);
    await shop.call('h2', `${NAME}/items`);
    await pause();
    const brief = statuses().map(({ switch: at, destination, source, service, packets }) => [
      at,
      destination,
      source,
      service,
      packets,
    ]);
    assert.deepEqual(brief, [
      ['leaf1', NAME, '/host/h1', NAME, 7],
      ['leaf1', null, '/host/h2', NAME, 3],
    ]);
    const [first, second] = statuses();
    assert.equal(Number(first?.['bytes']) % 7, 0);
    assert.ok(Number(first?.['bytes']) / 7 > 42);
    assert.match(String(second?.['destinationDigest']), /^[0-9a-f]{24}0{40}$/, 'three components');
    assert.deepEqual(
      told.map((event) => event.kind === 'flow' && [event.number, event.packets]),
      [
        [1, 7],
        [2, 3],
      ],
    );
  });

  it('are not reported where no policy has any, nor any more when it has gone', async () => {
    const rounds = async () => {
      for (let round = 0; round < 3; round++) {
        await shop.calls('h1', NAME, 2);
        await pause();
      }
    };
    await rounds();
    assert.deepEqual(statuses(), []);
    await shop.policy('stick', { destination: '/', stickiness: { idleMs: IDLE_US / 1000 } });
    await rounds();
    assert.equal(statuses().length, 2);
    await shop.without('stick');
    const held = [...shop.fabric.controller.session('leaf1').desired.sections()].filter(
      (section) => section === 'policy/flow-reports',
    );
    assert.deepEqual(held, []);
    await rounds();
    assert.equal(statuses().length, 2);
  });

  it('are a collection that is read: nothing is put, and one can be forgotten', async () => {
    const { flows, collections } = shop.fabric.controller;
    assert.equal(collections.get('flows'), flows);
    const fails = (code: string) => (error: unknown) =>
      error instanceof ControllerError && error.code === code;
    await assert.rejects(flows.put('1'), fails('BAD_REQUEST'));
    await assert.rejects(flows.delete('1'), fails('NOT_FOUND'));
    await shop.policy('stick', { destination: NAME, stickiness: { idleMs: IDLE_US / 1000 } });
    const changes: string[] = [];
    flows.watch(({ type, name }) => changes.push(`${type} ${name}`));
    for (let i = 0; i < 3; i++) {
      await shop.call('h1', NAME);
      await pause();
    }
    await flows.delete('1');
    assert.deepEqual(changes, ['put 1', 'put 2', 'delete 1']);
    assert.equal(flows.get('1'), undefined);
    assert.equal(flows.list().length, 1);
  });

  it('are kept to the newest thousand', () => {
    const { flows } = shop.fabric.controller;
    const sample = { dst: 1n << 224n, src: 2n << 224n, packets: 5n, bytes: 500n };
    for (let i = 0; i < 105; i++) flows.ended('leaf2', Array(10).fill(sample));
    const names = flows.list().map(({ name }) => Number(name));
    assert.deepEqual([names.length, names[0], names.at(-1)], [1000, 51, 1050]);
    assert.equal(flows.get('1050')?.status === undefined, false);
  });
});
