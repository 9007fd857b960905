import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EtcdStore, FileStore, type Instance, type Json } from '../../controller/index.js';
import { SmallFabric } from '../controller/small-fabric.js';
import { EtcdCluster, etcdMissing } from '../store/etcd-server.js';
import { type ChildOrders, ControllerChild, Ledger } from './child.js';
import { times } from './faults.js';
import { passes, stopTraffic, traffic, until } from './members.js';

const TOPOLOGY = `
switches:
  - { name: leaf1, role: leaf, id: 1 }
  - { name: leaf2, role: leaf, id: 2 }
links:
  - { a: leaf1:11, b: leaf2:11 }
hosts:
  - { name: h1, switch: leaf1, port: 1, ipv4: 10.0.1.1 }
  - { name: h3, switch: leaf2, port: 1, ipv4: 10.0.2.1 }
`;
const H3 = 0x0a000201;

function instancesIn(values: ReadonlyMap<string, Json>): Map<number, number> {
  const present = new Map<number, number>();
  for (const [key, value] of values) {
    if (!key.startsWith('instance/')) continue;
    const { id, port } = value as unknown as Instance;
    present.set(id, port);
  }
  return present;
}

describe('a controller that is killed', function () {
  this.timeout(900_000);
  let fabric: SmallFabric;
  let folder: string;
  let orders: ChildOrders;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'sincmesh-killed-'));
    fabric = await SmallFabric.start(undefined, TOPOLOGY);
    await fabric.controller.close();
    const ports = Object.fromEntries([...fabric.nodes].map(([name, { server }]) => [name, server.port]));
    orders = { id: 'a', topology: TOPOLOGY, ports, address: H3, firstPort: 1000 };
  });
  afterEach(async () => {
    stopTraffic();
    await ControllerChild.killAll();
    await fabric.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it(`at random points, ${times(4, 100)} times: what it acknowledged is there, and the fabric converges`, async () => {
    const file = join(folder, 'state');
    const ledger = new Ledger();
    let drops = { sent: 0, arrived: 0 };
    for (let round = 0; round < times(4, 100); round += 1) {
      const child = new ControllerChild({ ...orders, file, firstPort: 1000 + round * 600 }, (line) =>
        ledger.take(line),
      );
      // The first has to program the switches; from then on packets pass at all times.
      if (round === 0) {
        await until('the switches are programmed', () => child.lines.includes('settled'));
        await until('it registers', () => ledger.acknowledged > 20);
      }
      const packets = traffic(fabric, 'h1', 'h3');
      // Any time from its start to well after it is in service.
      await sleep(Math.random() * 1500);
      assert.equal(child.failure, undefined);
      await child.kill();
      const passed = packets.stop();
      drops = { sent: drops.sent + passed.sent, arrived: drops.arrived + passed.arrived };
      assert.deepEqual(
        child.lines.filter((line) => /^(refused|pipeline true)/.test(line)).slice(round === 0 ? 2 : 0),
        [],
      );
    }
    const store = await FileStore.open(file);
    assert.deepEqual(ledger.losses(instancesIn(await store.load())), []);
    assert.ok(ledger.acknowledged > 20);
    assert.equal(drops.arrived, drops.sent, 'no packet was dropped');

    await fabric.replaceController(store);
    const present = fabric.controller.registry.services().flatMap(({ instances }) => instances);
    assert.deepEqual(ledger.losses(new Map(present.map(({ id, port }) => [id, port]))), []);
    await fabric.controller.close();
    await fabric.replaceController(await FileStore.open(file));
    for (const name of fabric.nodes.keys()) {
      assert.equal(
        fabric.controller.session(name).reconciler?.stats.written,
        0,
        `${name} was as it should be`,
      );
    }
  });

  it(`leads a cluster, ${times(2, 20)} times: the other takes over with all that was acknowledged`, async function () {
    if (etcdMissing !== undefined) this.skip();
    const etcd = await EtcdCluster.start();
    const ledger = new Ledger();
    const states = new Map<string, string>();
    const children = new Map<string, ControllerChild>();
    let launched = 0;
    const launch = (id: string) => {
      states.set(id, 'outside');
      launched += 1;
      const child = new ControllerChild(
        { ...orders, id, etcd: etcd.endpoints, firstPort: 1000 + launched * 1500, pauseMs: 10 },
        (line) => {
          ledger.take(line);
          if (line.startsWith('state ')) states.set(id, line.slice(6));
        },
      );
      children.set(id, child);
    };
    const active = () => [...states].filter(([, state]) => state === 'active').map(([id]) => id);
    try {
      launch('a');
      launch('b');
      await until('one leads and registers', () => active().length === 1 && ledger.acknowledged > 20);
      await until('both are members', () => [...states.values()].includes('standby'));
      await until('the switches are programmed', () =>
        active().every(
          (id) => children.get(id)?.lines.filter((line) => line.startsWith('pipeline')).length === 2,
        ),
      );
      await until('packets pass', () => passes(fabric, 'h1', 'h3'));
      for (let round = 0; round < times(2, 20); round += 1) {
        await sleep(Math.random() * 500);
        await until('one leads', () => active().length === 1);
        const packets = traffic(fabric, 'h1', 'h3');
        const [leader = ''] = active();
        await children.get(leader)?.kill();
        states.set(leader, 'dead');
        await until('the other leads', () => active().length === 1);
        const then = ledger.acknowledged;
        await until('it registers', () => ledger.acknowledged > then + 5);
        const { sent, arrived } = packets.stop();
        assert.equal(arrived, sent, 'no packet was dropped');
        const store = await EtcdStore.connect({ endpoints: etcd.endpoints, id: 'auditor', prefix: 'child/' });
        const before = new Map(ledger.registered);
        await store.sync();
        const present = instancesIn(await store.load());
        await store.close();
        // What was acknowledged since may not have reached this copy, and what was to end may have.
        const lost = [...before.keys()].filter(
          (id) => !present.has(id) && ledger.registered.has(id) && !ledger.doubtful.has(id),
        );
        assert.deepEqual(lost, []);
        launch(leader);
        await until('it stands by', () => states.get(leader) === 'standby');
      }
      for (const child of children.values()) {
        assert.deepEqual(
          child.lines.filter((line) => line.startsWith('refused')),
          [],
        );
      }
    } finally {
      await ControllerChild.killAll();
      await etcd.stop();
    }
  });
});
