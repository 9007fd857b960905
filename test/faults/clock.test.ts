import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { EtcdStore } from '../../controller/index.js';
import { SmallFabric } from '../controller/small-fabric.js';
import { EtcdCluster, etcdMissing } from '../store/etcd-server.js';
import { leaders, type Member, startMember, until } from './members.js';

const H3 = 0x0a000201;
const HOUR_MS = 3_600_000;

/** Steps the wall clock of this process. Returns what puts it right again. */
function stepClock(): { step(ms: number): void; restore(): void } {
  const RealDate = Date;
  let offset = 0;
  const now = () => RealDate.now() + offset;
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
    get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
  });
  return {
    step: (ms) => {
      offset += ms;
    },
    restore: () => {
      globalThis.Date = RealDate;
    },
  };
}

describe('a wall clock that is stepped', function () {
  this.timeout(60_000);

  it('neither ends leases nor keeps them', async function () {
    if (etcdMissing !== undefined) return this.skip();
    const etcd = await EtcdCluster.start();
    const fabric = await SmallFabric.start();
    await fabric.controller.close();
    const members: Member[] = [];
    const wall = stepClock();
    try {
      for (const id of ['a', 'b']) {
        const store = await EtcdStore.connect({ endpoints: etcd.endpoints, id });
        members.push(await startMember(fabric, id, store, { leaseMs: 6000 }));
      }
      const [a, b] = members;
      assert.ok(a !== undefined && b !== undefined);
      await until('one leads', () => leaders(fabric, members).size === 3);
      const ids = () =>
        members.flatMap(({ events }) =>
          events.flatMap((event) =>
            event.kind === 'switch' && event.state.kind === 'primary' ? [event.state.electionId] : [],
          ),
        );
      const elected = ids();
      const leader = a.controller.leadership.kind === 'active' ? a : b;
      const { registry } = leader.controller;
      // Steps are of hours: what one of them ends is gone, be its own time long enough for a machine that is busy.
      const kept = await registry.register({ service: '/kept', address: H3, port: 1, ttlMs: 10_000 });
      const left = await registry.register({ service: '/left', address: H3, port: 2, ttlMs: 1500 });
      const startedAt = performance.now();
      for (const step of [HOUR_MS, -3 * HOUR_MS, 26 * HOUR_MS, -26 * HOUR_MS, HOUR_MS, -HOUR_MS]) {
        wall.step(step);
        await sleep(400);
        await registry.renew(kept.id);
        const has = registry.lookup('/left')?.instances.some(({ id }) => id === left.id);
        const age = performance.now() - startedAt;
        if (age < 1400) assert.equal(has, true, `gone after ${age} ms`);
      }
      await until('the other one has expired', () => registry.lookup('/left')?.instances.length === 0);
      assert.equal(registry.lookup('/kept')?.instances.length, 1);
      assert.deepEqual(ids(), elected, 'nobody was elected meanwhile');
      assert.equal(leaders(fabric, [leader]).size, 3);
    } finally {
      wall.restore();
      for (const { controller } of members) await controller.close();
      await fabric.stop();
      await etcd.stop();
    }
  });
});
