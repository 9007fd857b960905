import assert from 'node:assert/strict';
import { featuresOf } from '../../controller/fabric/features.js';
import { type Entity, insert, modify, Schema } from '../../controller/p4runtime/index.js';
import { policyEntries, splitEntries } from '../../controller/policy/rules.js';
import { serviceRuleEntries } from '../../controller/policy/services.js';
import { parsePolicy } from '../../controller/policy/spec.js';
import { versionName } from '../../controller/policy/versions.js';
import type { Json } from '../../controller/store/store.js';
import { Name, nackReasonName, PacketType } from '../../wire/index.js';
import { sincmesh } from '../controller/small-fabric.js';
import { checkedNamed, type Ends, KEY, named, namedFrame } from '../program/frames.js';
import { onEverySwitch } from '../program/labs.js';
import { serve, underlay } from '../program/network.js';

const FROM_1: Ends = { from: 1, to: 4 };
const MIRROR_PORT = 4;
const FEATURES = featuresOf(new Schema(sincmesh().p4info));

onEverySwitch('entries of policies', (lab) => {
  let requests = 0;

  const write = (entities: readonly Entity[]) =>
    lab().client.write(entities.map((entity) => (entity.kind === 'meter' ? modify(entity) : insert(entity))));

  const policy = (spec: Json) => {
    const slots = { cell: 3, session: 9 };
    return write(policyEntries(KEY, parsePolicy(spec), slots, 'leaf', FEATURES));
  };

  /** Which ports a request comes out of; a Nack's reason instead of the client's own port. */
  async function ask(dst: string, fields: Parameters<typeof named>[2] = {}, src = '/client/a') {
    const packet = named(dst, src, { requestId: requests++, ...fields });
    const out = await lab().send(1, namedFrame(FROM_1, packet));
    return out
      .map(({ port, bytes }) => {
        const answer = checkedNamed(bytes).packet;
        return answer.type === PacketType.NACK ? nackReasonName(answer.reason) : port;
      })
      .sort();
  }

  before(async () => {
    await underlay(lab());
    await serve(lab(), '/shop', { at: 2, as: 20 });
  });

  it('say who may pass', async () => {
    await policy({ destination: '/shop/admin', access: 'deny' });
    await policy({ destination: '/shop/admin', source: '/staff', access: 'permit' });
    assert.deepEqual(await ask('/shop/admin/x'), ['DENIED']);
    assert.deepEqual(await ask('/shop/admin/x', {}, '/staff/b'), [2], 'of equal priority the more specific');
    assert.deepEqual(await ask('/shop/cart'), [2]);
  });

  it('say how often', async () => {
    await policy({ destination: '/shop/slow', rate: { packetsPerSecond: 1, burst: 2 } });
    const outcomes: unknown[] = [];
    for (let i = 0; i < 6; i++) outcomes.push((await ask('/shop/slow'))[0]);
    assert.equal(outcomes[0], 2);
    assert.ok(outcomes.filter((outcome) => outcome === 'RATE_LIMITED').length >= 3, `${outcomes}`);
  });

  it('have packets copied', async () => {
    const mirror = { share: 1, to: [{ switch: 'leaf', port: MIRROR_PORT }] };
    await policy({ destination: '/shop/seen', mirror });
    assert.deepEqual(await ask('/shop/seen'), [2, MIRROR_PORT]);
  });

  it('have packets fail', async () => {
    await policy({
      destination: '/shop/bad',
      tag: 7,
      fault: { kind: 'abort', reason: 'UNAVAILABLE', share: 1 },
    });
    await policy({ destination: '/shop/gone', fault: { kind: 'drop', share: 1 } });
    assert.deepEqual(await ask('/shop/bad', { tag: 7 }), ['UNAVAILABLE']);
    assert.deepEqual(await ask('/shop/bad', { tag: 6 }), [2]);
    assert.deepEqual(await ask('/shop/gone'), []);
  });

  it('lead to versions', async () => {
    const service = { name: Name.parse('/shop/split'), number: 77, versions: new Set(['1', '2']) };
    await serve(lab(), versionName(77, '1').text, { at: 2, as: 21 });
    await serve(lab(), versionName(77, '2').text, { at: 3, as: 22 });
    const split = [
      { version: '1', weight: 3 },
      { version: '2', weight: 1 },
    ];
    await write(splitEntries(KEY, parsePolicy({ destination: '/shop', split }), [service]));
    const canary = { destination: '/shop/split', tag: 9, split: [{ version: '2', weight: 1 }] };
    await write(splitEntries(KEY, parsePolicy(canary), [service]));
    const ports: unknown[] = [];
    for (let i = 0; i < 40; i++) ports.push((await ask('/shop/split/item'))[0]);
    const fresh = ports.filter((port) => port === 3).length;
    assert.ok(fresh > 2 && fresh < 20, `${fresh} of 40`);
    assert.equal(ports.filter((port) => port === 2).length, 40 - fresh);
    assert.deepEqual(await ask('/shop/split', { tag: 9 }), [3]);
    assert.deepEqual(await ask('/shop/other'), [2], 'no other service');
  });

  it('guard instances, and keep flows where they are', async () => {
    const name = Name.parse('/till');
    await serve(lab(), '/till', { at: 2, as: 41 }, { at: 3, as: 42 });
    const instance = { service: '/till', address: 0, port: 1, weight: 1, ttlMs: 1000 };
    const service = { name, number: 78, instances: [41, 42].map((id) => ({ ...instance, id })) };
    const { breaker, stickiness } = parsePolicy({
      destination: '/till',
      breaker: { maxOutstanding: 3, maxFailures: 0, windowMs: 1_000_000 },
      stickiness: { idleMs: 60_000 },
    });
    const rules = { breaker, stickiness, weights: undefined };
    await write(serviceRuleEntries(KEY, service, rules, 1, () => 1, FEATURES));
    const [first] = await ask('/till');
    assert.ok(first === 2 || first === 3);
    assert.deepEqual([await ask('/till'), await ask('/till')], [[first], [first]]);
    assert.deepEqual(await ask('/till'), ['BREAKER_OPEN'], 'nobody has answered three');
  });
});
