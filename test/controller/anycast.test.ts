import assert from 'node:assert/strict';
import { ControllerError, type ControllerErrorCode, MemoryStore } from '../../controller/index.js';
import { NackReason, PacketType, parseIpv4 } from '../../wire/index.js';
import { frameOf, packet, received } from '../spa/support.js';
import { SmallFabric } from './small-fabric.js';

/** Three sites in a row: east and west next to each other, south beyond west. */
const TOPOLOGY = `
switches:
  - { name: east1, role: leaf, id: 1, site: east }
  - { name: west1, role: leaf, id: 2, site: west }
  - { name: south1, role: leaf, id: 3, site: south }
links:
  - { a: east1:11, b: west1:11 }
  - { a: west1:12, b: south1:11 }
hosts:
  - { name: e1, switch: east1, port: 1, ipv4: 10.0.1.1 }
  - { name: e2, switch: east1, port: 2, ipv4: 10.0.1.2 }
  - { name: e3, switch: east1, port: 3, ipv4: 10.0.1.3 }
  - { name: w1, switch: west1, port: 1, ipv4: 10.0.2.1 }
  - { name: s1, switch: south1, port: 1, ipv4: 10.0.3.1 }
  - { name: s2, switch: south1, port: 2, ipv4: 10.0.3.2 }
`;

const fails = (code: ControllerErrorCode) => (error: unknown) =>
  error instanceof ControllerError && error.code === code;

describe('anycast', function () {
  this.timeout(20_000);
  let fabric: SmallFabric;
  beforeEach(async () => {
    fabric = await SmallFabric.start(undefined, TOPOLOGY);
  });
  afterEach(() => fabric.stop());

  const register = (host: string) => {
    const address = fabric.topology.hosts.get(host)?.ipv4 ?? 0;
    return fabric.controller.registry.register({ service: '/shop', address, port: 5000, ttlMs: 60_000 });
  };
  /** Where calls of a host go: hosts, `nack N`, or `lost`. */
  function reached(from: string, calls = 40): string[] {
    const hosts = new Set<string>();
    for (let id = 1; id <= calls; id += 1) {
      fabric.send(from, frameOf(fabric, from, packet('/shop', `/host/${from}`, { requestId: id })));
      if ([...fabric.received.values()].every((frames) => frames.length === 0)) hosts.add('lost');
      for (const [host, frames] of fabric.received) {
        for (const frame of frames.splice(0)) {
          const { type, reason, to } = received(frame);
          assert.equal(to, fabric.topology.hosts.get(host)?.ipv4);
          hosts.add(type === PacketType.NACK ? `nack ${reason}` : host);
        }
      }
    }
    return [...hosts].sort();
  }

  it('asks the own site first, the nearest other when it has no instance left, and the own again when it has', async () => {
    const [east] = [await register('e2'), await register('e3'), await register('w1'), await register('s2')];
    await fabric.settled();
    assert.deepEqual(reached('e1'), ['e2', 'e3']);
    assert.deepEqual(reached('w1'), ['w1']);
    assert.deepEqual(reached('s1'), ['s2']);
    const { registry } = fabric.controller;
    await registry.deregister(east.id);
    await fabric.settled();
    assert.deepEqual(reached('e1'), ['e3']);
    for (const { id, address } of registry.lookup('/shop')?.instances ?? []) {
      if (address === parseIpv4('10.0.1.3')) await registry.deregister(id);
    }
    await fabric.settled();
    assert.deepEqual(reached('e1'), ['w1'], 'west is nearer than south');
    await register('e2');
    await fabric.settled();
    assert.deepEqual(reached('e1'), ['e2']);
  });

  it('keeps to a service’s own order of sites', async () => {
    for (const host of ['e2', 'w1', 's2']) await register(host);
    const orders = fabric.controller.collections.get('site-orders');
    assert.ok(orders !== undefined);
    await orders.put('shop', { service: '/shop', sites: ['south', 'west'] });
    await fabric.settled();
    for (const from of ['e1', 'w1', 's1']) assert.deepEqual(reached(from), ['s2'], from);
    for (const { id, address } of fabric.controller.registry.lookup('/shop')?.instances ?? []) {
      if (address === parseIpv4('10.0.3.2')) await fabric.controller.registry.deregister(id);
    }
    await fabric.settled();
    for (const from of ['e1', 's1']) assert.deepEqual(reached(from), ['w1'], from);
    await orders.delete('shop');
    await fabric.settled();
    assert.deepEqual(reached('e1'), ['e2']);
    await assert.rejects(orders.put('x', { service: '/shop', sites: ['north'] }), fails('BAD_REQUEST'));
    await assert.rejects(orders.put('x', { service: '/shop', sites: [] }), fails('BAD_REQUEST'));
    await orders.put('x', { service: '/shop', sites: ['east'] });
    await assert.rejects(orders.put('y', { service: '/shop', sites: ['east'] }), fails('CONFLICT'));
  });

  it('passes over an instance behind a port that is down within its version too', async () => {
    const { policies, registry } = fabric.controller;
    for (const host of ['e2', 'e3']) {
      const address = fabric.topology.hosts.get(host)?.ipv4 ?? 0;
      await registry.register({ service: '/shop', address, port: 5000, ttlMs: 60_000, version: '2' });
    }
    await register('e1');
    await policies.put('new', { destination: '/shop', split: [{ version: '2', weight: 1 }] });
    await fabric.settled();
    assert.deepEqual(reached('e1'), ['e2', 'e3']);
    fabric.nodes.get('east1')?.device.detach(2);
    assert.deepEqual(reached('e1'), ['e3']);
  });

  it('passes over an instance behind a port that is down, without anybody being told', async () => {
    for (const host of ['e2', 'e3']) await register(host);
    await fabric.settled();
    const device = fabric.nodes.get('east1')?.device;
    assert.ok(device !== undefined);
    const written = fabric.controller.session('east1').reconciler?.stats.written;
    device.detach(2);
    assert.deepEqual(reached('e1'), ['e3']);
    device.detach(3);
    assert.deepEqual(reached('e1'), [`nack ${NackReason.NO_ROUTE}`]);
    device.attach(2, { transmit: (frame) => fabric.received.get('e2')?.push(frame.slice()) });
    assert.deepEqual(reached('e1'), ['e2']);
    assert.equal(fabric.controller.session('east1').reconciler?.stats.written, written);
  });

  it('is the same after the controller has started anew, without a write', async () => {
    await fabric.stop();
    const store = new MemoryStore();
    fabric = await SmallFabric.start(store, TOPOLOGY);
    for (const host of ['e2', 'w1']) await register(host);
    await fabric.controller.collections
      .get('site-orders')
      ?.put('shop', { service: '/shop', sites: ['west'] });
    await fabric.settled();
    await fabric.replaceController(store);
    for (const name of fabric.nodes.keys()) {
      assert.equal(fabric.controller.session(name).reconciler?.stats.written, 0, name);
    }
    assert.deepEqual(reached('e1'), ['w1']);
  });
});
