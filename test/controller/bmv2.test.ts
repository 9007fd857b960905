import assert from 'node:assert/strict';
import {
  Controller,
  type ControllerEvent,
  macBytes,
  parseTopology,
  portMac,
  wallClock,
} from '../../controller/index.js';
import {
  encodeNamed,
  encodeUdpFrame,
  FabricKey,
  HOP_LIMIT_DEFAULT,
  Name,
  PacketType,
  textBlock,
  UDP_PORT_NAMED,
} from '../../wire/index.js';
import { type Bmv2, bmv2Missing, startBmv2 } from './bmv2.js';
import { sincmesh } from './small-fabric.js';

const topology = parseTopology(`
switches: [{ name: leaf1, role: leaf, id: 1 }, { name: leaf2, role: leaf, id: 2 }, { name: spine1, role: spine, id: 11 }]
links: [{ a: leaf1:11, b: spine1:1 }, { a: leaf2:11, b: spine1:2 }]
hosts: [{ name: h1, switch: leaf1, port: 1, ipv4: 10.0.1.1 }, { name: h3, switch: leaf2, port: 1, ipv4: 10.0.2.1 }]
`);

/** A registration of h1, as its frame. */
function registration(): Uint8Array {
  const host = topology.hosts.get('h1') ?? assert.fail();
  const to = Name.parse('/fabric/registry');
  const from = Name.parse('/host/h1');
  const body = {
    op: 'register',
    service: '/shop/cart',
    address: '10.0.1.1',
    port: 5000,
    weight: 2,
    ttl_ms: 60_000,
  };
  return encodeUdpFrame({
    srcMac: macBytes(host.mac),
    dstMac: macBytes(portMac(1, 1)),
    src: host.ipv4,
    dst: topology.fabric.service,
    srcPort: UDP_PORT_NAMED,
    dstPort: UDP_PORT_NAMED,
    payload: encodeNamed({
      type: PacketType.SERVICE_REQUEST,
      flags: 0,
      hopLimit: HOP_LIMIT_DEFAULT,
      reason: 0,
      dstComponents: 2,
      srcComponents: 2,
      tag: 0,
      instance: 0,
      requestId: 1,
      stamp: 0,
      attempt: 0,
      dst: to.digest(FabricKey.default).bytes,
      src: from.digest(FabricKey.default).bytes,
      text: textBlock(to, from),
      payload: new TextEncoder().encode(JSON.stringify(body)),
    }),
  });
}

describe('controller with simple_switch_grpc', () => {
  const switches = new Map<string, Bmv2>();
  const events: ControllerEvent[] = [];
  const log = (event: ControllerEvent) => events.push(event);
  const settled = () => controller.settled(AbortSignal.timeout(15_000));
  let controller: Controller;

  before(async function () {
    this.timeout(30_000);
    const missing = bmv2Missing();
    if (missing !== undefined) {
      console.log(`      skipped: ${missing}`);
      this.skip();
    }
    controller = new Controller({ topology, program: sincmesh(), clock: wallClock(), log });
    await controller.start();
    for (const name of topology.switches.keys()) {
      const bmv2 = await startBmv2();
      switches.set(name, bmv2);
      await controller.connect(name, bmv2.address, { backoff: { initialMs: 50, maxMs: 200 } });
    }
    await settled();
  });
  after(async () => {
    await controller?.close();
    for (const bmv2 of switches.values()) await bmv2.stop();
  });

  it('programs every switch, and none refuses anything', () => {
    assert.deepEqual(
      events.filter(({ kind }) => kind === 'refused'),
      [],
    );
    for (const name of switches.keys()) {
      const { desired, reconciler } = controller.session(name);
      assert.equal(reconciler?.stats.written, desired.size, name);
    }
  });

  it('registers in band, and makes groups', async () => {
    // "As if it had come in on port 1": the packet takes the whole way of a host's.
    controller.session('leaf1').client?.packetOut(registration(), { egress_port: 1, forward: 1 });
    while (controller.registry.lookup('/shop/cart') === undefined)
      await new Promise((resolve) => setTimeout(resolve, 5));
    await settled();
    const group = await controller.groups.createReduce({ hosts: ['h1', 'h3'], operation: 'sum', window: 16 });
    await controller.groups.createCells({ hosts: ['h1', 'h3'], cells: 16, destination: 'h3' });
    if (controller.capabilities.cache) await controller.cache.enable({ service: '/shop/cart' });
    await settled();
    await controller.groups.delete(group.id);
    await settled();
    assert.deepEqual(
      events.filter(({ kind }) => kind === 'refused' || kind === 'error'),
      [],
    );
  });

  it('finds on reconnection that nothing is to be written', async () => {
    for (const [name, bmv2] of switches) await controller.connect(name, bmv2.address);
    await settled();
    for (const name of switches.keys()) {
      assert.equal(controller.session(name).reconciler?.stats.written, 0, name);
    }
  });

  it('fills a switch that restarts empty', async function () {
    this.timeout(30_000);
    const old = switches.get('leaf1') ?? assert.fail();
    const down = new Promise<void>((resolve) => {
      controller.events.subscribe((event) => {
        if (event.kind === 'switch' && event.switch === 'leaf1' && event.state.kind === 'disconnected')
          resolve();
      });
    });
    await old.stop();
    await down;
    switches.set('leaf1', await startBmv2(Number(old.address.split(':')[1])));
    await settled();
    const { desired, reconciler } = controller.session('leaf1');
    assert.ok((reconciler?.stats.written ?? 0) >= desired.size);
  });
});
