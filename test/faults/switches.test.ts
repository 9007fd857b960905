import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { SmallFabric } from '../controller/small-fabric.js';
import { times } from './faults.js';
import { frameTo, until } from './members.js';
import { CuttingProxy } from './proxy.js';

const H3 = 0x0a000201;
/** Cache entries of one batch. */
const ENTRIES = 1000;

/** Entries of a switch, for comparison. */
function entriesOf(fabric: SmallFabric, name: string): number {
  const tables = fabric.nodes.get(name)?.device.program?.tables.values() ?? [];
  return [...tables].reduce((sum, table) => sum + table.size, 0);
}

function reaches(fabric: SmallFabric, service: string): boolean {
  for (const frames of fabric.received.values()) frames.length = 0;
  fabric.send('h1', frameTo(fabric, 'h1', service));
  return fabric.received.get('h3')?.length === 1;
}

describe('switches that fail', function () {
  this.timeout(600_000);
  let fabric: SmallFabric;
  let proxy: CuttingProxy | undefined;
  beforeEach(async () => {
    fabric = await SmallFabric.start();
  });
  afterEach(async () => {
    proxy?.close();
    await fabric.stop();
  });

  it(`restart empty ${times(5, 100)} times under load, and are filled each time`, async () => {
    const { registry } = fabric.controller;
    let isOver = false;
    let made = 0;
    const load = async () => {
      while (!isOver) {
        made += 1;
        const { id } = await registry.register({
          service: `/load/s${made % 50}`,
          address: H3,
          port: 1000 + (made % 60_000),
          ttlMs: 3_600_000,
        });
        if (made % 2 === 0) await registry.deregister(id);
        fabric.send('h1', frameTo(fabric, 'h1', '/host/h3'));
        await sleep(1);
      }
    };
    const loads = Promise.all([load(), load()]);
    const names = [...fabric.nodes.keys()];
    try {
      for (let i = 0; i < times(5, 100); i += 1) {
        await sleep(Math.random() * 50);
        await fabric.boot(names[i % names.length] ?? '');
      }
    } finally {
      isOver = true;
      await loads;
    }
    await until('the switches are connected and filled', () =>
      names.every((name) => {
        const { client, isSettled } = fabric.controller.session(name);
        return client?.state.kind === 'primary' && isSettled;
      }),
    );
    for (const { name, instances } of registry.services()) {
      if (instances.length > 0) assert.ok(reaches(fabric, name.text), name.text);
    }
    assert.ok(reaches(fabric, '/host/h3'));
    assert.deepEqual(
      fabric.events.filter(({ kind }) => kind === 'refused'),
      [],
    );
    await fabric.controller.settled();
    const before = names.map((name) => entriesOf(fabric, name));
    for (const name of names) await fabric.connect(name);
    await fabric.settled();
    for (const name of names) {
      assert.equal(fabric.controller.session(name).reconciler?.stats.written, 0, `${name} was complete`);
    }
    assert.deepEqual(
      names.map((name) => entriesOf(fabric, name)),
      before,
    );
  });

  it(`lose the connection in mid-batch ${times(10, 100)} times, and end up as they should`, async () => {
    const cutter = await CuttingProxy.start(fabric.nodes.get('leaf1')?.server.port ?? 0);
    proxy = cutter;
    await fabric.controller.connect('leaf1', cutter.address, { backoff: { initialMs: 5, maxMs: 20 } });
    await fabric.settled();
    const session = fabric.controller.session('leaf1');
    const table = 'ingress.cache.keys';
    for (let round = 1; round <= times(10, 100); round += 1) {
      const { cuts } = cutter;
      // An entry is more than 50 bytes (id, 13 bytes of key, action, two parameters, their tags and lengths), so
      // that the connection is cut before the last of them: in some request, in some message of it.
      cutter.cutAfter(1 + Math.floor(Math.random() * ENTRIES * 50));
      session.want(
        'test/keys',
        Array.from({ length: ENTRIES }, (_, i) => ({
          kind: 'table-entry' as const,
          table,
          match: { 'hdr.kv.key': BigInt(1 + ((i + round * 300) % 3000)) << 90n },
          action: {
            kind: 'action' as const,
            name: 'cached',
            params: { index: i, generation: (round % 255) + 1 },
          },
        })),
      );
      await until('it is cut', () => cutter.cuts > cuts);
      await until('the switch is as it should be', () => {
        return session.client?.state.kind === 'primary' && session.isSettled;
      });
      const keys = fabric.nodes.get('leaf1')?.device.program?.tables.get(table);
      assert.equal(keys?.size, ENTRIES);
    }
    await fabric.connect('leaf1');
    await fabric.settled();
    assert.equal(session.reconciler?.stats.written, 0, 'nothing is missing, and nothing left over');
  });
});
