import assert from 'node:assert/strict';
import { createConnection, createServer, type Server, type Socket } from 'node:net';
import {
  Controller,
  ControllerError,
  type Json,
  MemoryStore,
  macBytes,
  portMac,
  type StoreChange,
} from '../../controller/index.js';
import {
  ARP_REQUEST,
  BROADCAST_MAC,
  decodeArp,
  decodeNamed,
  decodeUdpFrame,
  ETHERTYPE_ARP,
  encodeArp,
  encodeEthernet,
  encodeNamed,
  encodeUdpFrame,
  FabricKey,
  Name,
  type NamedPacket,
  PacketType,
  textBlock,
  UDP_PORT_NAMED,
} from '../../wire/index.js';
import { SmallFabric, sincmesh } from './small-fabric.js';
import { workbench } from './workbench.js';

/** A named packet from a host, as its frame. */
function request(
  fabric: SmallFabric,
  host: string,
  dst: string,
  payload: Json | Uint8Array,
  id = 1,
  type: PacketType = PacketType.SERVICE_REQUEST,
): Uint8Array {
  const spec = fabric.topology.hosts.get(host);
  assert.ok(spec !== undefined);
  const leaf = fabric.topology.switches.get(spec.switch);
  const to = Name.parse(dst);
  const from = Name.parse(`/host/${host}`);
  const packet: NamedPacket = {
    type,
    flags: 0,
    hopLimit: 64,
    reason: 0,
    dstComponents: to.components.length,
    srcComponents: from.components.length,
    tag: 0,
    instance: 0,
    requestId: id,
    stamp: 0,
    attempt: 0,
    dst: to.digest(FabricKey.default).bytes,
    src: from.digest(FabricKey.default).bytes,
    text: textBlock(to, from),
    payload: payload instanceof Uint8Array ? payload : new TextEncoder().encode(JSON.stringify(payload)),
  };
  return encodeUdpFrame({
    srcMac: macBytes(spec.mac),
    dstMac: macBytes(portMac(leaf?.id ?? 0, spec.port)),
    src: spec.ipv4,
    dst: fabric.topology.fabric.service,
    srcPort: UDP_PORT_NAMED,
    dstPort: UDP_PORT_NAMED,
    payload: encodeNamed(packet),
  });
}

function read(frame: Uint8Array) {
  const { ipv4, udp, payload, ethernet } = decodeUdpFrame(frame);
  const packet = decodeNamed(payload);
  return { ethernet, ipv4, udp, packet, text: new TextDecoder().decode(packet.payload) };
}

async function ask(fabric: SmallFabric, host: string, body: Json): Promise<unknown> {
  fabric.send(host, request(fabric, host, '/fabric/registry', body));
  const { packet, text } = read(await fabric.next(host));
  assert.equal(packet.type, PacketType.SERVICE_DATA);
  return JSON.parse(text);
}

const register = (address: string, weight = 1) => ({
  op: 'register',
  service: '/shop/cart',
  address,
  port: 5000,
  weight,
  ttl_ms: 5000,
});

/** Instances that calls of a host reach, call by call. */
function reached(fabric: SmallFabric, from: string, calls: number): Map<string, number> {
  const counts = new Map<string, number>();
  for (const frames of fabric.received.values()) frames.length = 0;
  for (let id = 1; id <= calls; id += 1) fabric.send(from, request(fabric, from, '/shop/cart', 'hello', id));
  for (const [host, frames] of fabric.received) {
    for (const frame of frames.splice(0)) {
      const { packet, udp } = read(frame);
      const what = packet.type === PacketType.NACK ? `nack ${packet.reason}` : `${host}:${udp.dstPort}`;
      counts.set(what, (counts.get(what) ?? 0) + 1);
    }
  }
  return counts;
}

describe('controller with embedded switches', function () {
  this.timeout(60_000);
  let fabric: SmallFabric;
  beforeEach(async () => {
    fabric = await SmallFabric.start();
  });
  afterEach(() => fabric.stop());

  it('brings the fabric up: every host reaches every other', () => {
    for (const from of fabric.topology.hosts.values()) {
      for (const to of fabric.topology.hosts.values()) {
        fabric.send(from.name, request(fabric, from.name, `/host/${to.name}`, 'hello'));
        const frame = fabric.received.get(to.name)?.shift();
        assert.ok(frame !== undefined, `${from.name} to ${to.name}`);
        const { ipv4, ethernet } = read(frame);
        assert.equal(ipv4.dst, to.ipv4);
        assert.deepEqual(ethernet.dst, macBytes(to.mac));
      }
    }
    assert.equal(fabric.controller.busy, false);
    assert.deepEqual(
      fabric.events.filter(({ kind }) => kind === 'refused' || kind === 'error'),
      [],
    );
  });

  it('registers in band, spreads calls by weight, and takes out what dies', async () => {
    const first = await ask(fabric, 'h2', register('10.0.1.2', 3));
    assert.deepEqual(first, { ok: true, instance: 1, ttl_ms: 5000 });
    assert.deepEqual(await ask(fabric, 'h3', register('10.0.2.1', 1)), {
      ok: true,
      instance: 2,
      ttl_ms: 5000,
    });
    await fabric.settled();
    const counts = reached(fabric, 'h1', 400);
    const [heavy = 0, light = 0] = [counts.get('h2:5000'), counts.get('h3:5000')];
    assert.equal(heavy + light, 400);
    assert.ok(heavy > 240 && heavy < 360, `${heavy} of 400 at weight 3 to 1`);

    fabric.clock.advance(4_000_000);
    assert.deepEqual(await ask(fabric, 'h3', { op: 'renew', instance: 2 }), { ok: true, ttl_ms: 5000 });
    fabric.clock.advance(1_500_000);
    await fabric.settled();
    assert.deepEqual([...reached(fabric, 'h1', 20)], [['h3:5000', 20]]);
    fabric.clock.advance(5_000_000);
    await fabric.settled();
    assert.deepEqual([...reached(fabric, 'h1', 5)], [['nack 6', 5]], 'no instance');
  });

  it('answers what it refuses, echoes, and nothing malformed', async () => {
    const refusal = await ask(fabric, 'h1', { op: 'renew', instance: 9 });
    assert.equal((refusal as { code: string }).code, 'UNKNOWN_INSTANCE');
    fabric.send('h1', request(fabric, 'h1', '/fabric/registry', 'ping', 7, PacketType.ECHO_REQUEST));
    const echo = read(await fabric.next('h1'));
    assert.equal(echo.packet.type, PacketType.ECHO_REPLY);
    assert.equal(echo.packet.requestId, 7);
    // Below the registry's name, but not its name: the prefix brings it here all the same.
    fabric.send('h1', request(fabric, 'h1', '/fabric/registry/x', {}));
    assert.equal(read(await fabric.next('h1')).packet.type, PacketType.NACK);
    // A switch answers for itself.
    fabric.send('h1', request(fabric, 'h1', '/fabric/switch/leaf1', 'ping', 8, PacketType.ECHO_REQUEST));
    assert.equal(read(await fabric.next('h1')).packet.type, PacketType.ECHO_REPLY);

    const broken = request(fabric, 'h1', '/fabric/registry', {});
    broken.fill(0xff, 62 + 64, 62 + 80); // the text block is no name any more
    fabric.send('h1', broken);
    while (!fabric.events.some(({ kind }) => kind === 'error'))
      await new Promise((resolve) => setImmediate(resolve));
    assert.equal(fabric.received.get('h1')?.length, 0);
  });

  it('counts stream messages, so that time can stand still meanwhile', async () => {
    const before = fabric.controller.streamMessagesReceived('leaf1');
    const sentBefore = fabric.controller.streamMessagesSent('leaf1');
    await ask(fabric, 'h1', { op: 'renew', instance: 9 });
    assert.equal(fabric.controller.streamMessagesReceived('leaf1'), before + 1);
    assert.equal(fabric.controller.streamMessagesSent('leaf1'), sentBefore + 1);
    const { counters } = fabric.nodes.get('leaf1')?.server ?? assert.fail();
    assert.equal(counters.streamMessagesSent, fabric.controller.streamMessagesReceived('leaf1'));
    assert.equal(counters.streamMessagesReceived, fabric.controller.streamMessagesSent('leaf1'));
    await fabric.controller.idle();
  });

  it('answers ARP for every address of the fabric', async () => {
    const mac = macBytes(fabric.topology.hosts.get('h1')?.mac ?? 0);
    const arp = (target: number) => {
      const header = encodeEthernet({ dst: BROADCAST_MAC, src: mac, etherType: ETHERTYPE_ARP });
      const body = encodeArp({
        operation: ARP_REQUEST,
        senderMac: mac,
        senderAddress: 0x0a000101,
        targetMac: new Uint8Array(6),
        targetAddress: target,
      });
      return Uint8Array.from([...header, ...body]);
    };
    fabric.send('h1', arp(0x0a000101));
    fabric.send('h1', arp(0x08080808));
    fabric.send('h1', arp(0x0a000201));
    const reply = decodeArp(await fabric.next('h1'), 14);
    assert.equal(reply.senderAddress, 0x0a000201, 'the first two are not answered');
    assert.deepEqual(reply.senderMac, macBytes(portMac(1, 1)));
  });

  it('fills a switch that restarts empty', async () => {
    await fabric.controller.registry.register({ service: '/shop/cart', address: 0x0a000201, port: 5000 });
    await fabric.settled();
    await fabric.boot('leaf1');
    await reaches(fabric, 'leaf1', 'primary');
    await fabric.settled();
    assert.deepEqual([...reached(fabric, 'h1', 3)], [['h3:5000', 3]]);
  });

  it('writes nothing to a switch whose connection was cut', async () => {
    const proxy = await CuttableProxy.start(fabric.nodes.get('leaf1')?.server.port ?? 0);
    await fabric.controller.connect('leaf1', proxy.address, { backoff: { initialMs: 10, maxMs: 50 } });
    await fabric.settled();
    const { reconciler } = fabric.controller.session('leaf1');
    for (let i = 1; i <= 3; i += 1) {
      const down = reaches(fabric, 'leaf1', 'disconnected');
      proxy.cut();
      await down;
      await reaches(fabric, 'leaf1', 'primary');
      await fabric.settled();
      assert.equal(reconciler?.stats.reads, 1 + i);
      assert.equal(reconciler?.stats.written, 0);
    }
    proxy.close();
  });

  it('reports what a switch refuses, and goes on', async () => {
    // More hosts' names than the table has room for cannot be had; a multicast group to a port that is none can.
    const session = fabric.controller.session('leaf2');
    session.want('odd', [
      {
        kind: 'multicast-group',
        group: 2000,
        replicas: [
          { port: 1, instance: 1 },
          { port: 1, instance: 1 },
        ],
      },
    ]);
    await fabric.controller.registry.register({ service: '/shop/cart', address: 0x0a000201, port: 5000 });
    await fabric.settled();
    const refused = fabric.events.filter((event) => event.kind === 'refused');
    assert.deepEqual(
      refused.map((event) => [event.switch, event.section, event.type]),
      [['leaf2', 'odd', 'insert']],
    );
    assert.deepEqual([...reached(fabric, 'h3', 2)], [['h3:5000', 2]]);
  });

  it('makes and unmakes groups', async () => {
    const group = await fabric.controller.groups.createReduce({
      hosts: ['h1', 'h2', 'h3'],
      operation: 'sum',
      window: 4,
    });
    await fabric.settled();
    const { device } = fabric.nodes.get('spine1') ?? assert.fail();
    assert.equal(device.program?.tables.get('ingress.sinc.groups')?.size, 1);
    await fabric.controller.groups.delete(group.id);
    await fabric.settled();
    assert.equal(device.program?.tables.get('ingress.sinc.groups')?.size, 0);
    assert.equal(device.pre.multicastGroups.size, 0);
  });
});

describe('controller over restarts', function () {
  this.timeout(60_000);
  it('finds everything in its store, and the switches as they should be', async () => {
    class RecordingStore extends MemoryStore {
      readonly changes: StoreChange[] = [];
      override commit(changes: readonly StoreChange[]): Promise<void> {
        this.changes.push(...changes);
        return super.commit(changes);
      }
    }
    const store = new RecordingStore();
    const fabric = await SmallFabric.start(store);
    await fabric.controller.registry.register({ service: '/shop/cart', address: 0x0a000201, port: 5000 });
    await fabric.controller.groups.createReduce({ hosts: ['h1', 'h3'], operation: 'sum', window: 4 });
    await fabric.settled();
    const before = store.changes.length;
    await fabric.replaceController(store);
    for (const name of fabric.nodes.keys()) {
      assert.equal(fabric.controller.session(name).reconciler?.stats.written, 0, name);
    }
    assert.equal(store.changes.length, before);
    assert.deepEqual([...reached(fabric, 'h1', 3)], [['h3:5000', 3]]);

    // Without memory it cannot know what the registers hold: the switches start anew.
    fabric.events.length = 0;
    await fabric.replaceController();
    const pushed = fabric.events.filter((event) => event.kind === 'pipeline').map((event) => event.pushed);
    assert.deepEqual(pushed, [true, true, true]);
    assert.deepEqual([...reached(fabric, 'h1', 1)], [['nack 1', 1]]);
    await fabric.stop();
  });

  it('says what is wrong with how it is used', async () => {
    const fabric = await SmallFabric.start();
    const { controller } = fabric;
    const code = (wanted: string) => (error: unknown) =>
      error instanceof ControllerError && error.code === wanted;
    await assert.rejects(controller.connect('leaf9', 'x:1'), code('UNKNOWN_SWITCH'));
    await assert.rejects(controller.connect('leaf1'), code('BAD_REQUEST'));
    assert.throws(() => controller.streamMessagesReceived('leaf9'), /it has leaf1, leaf2, spine1/);
    await controller.connect('leaf1', '127.0.0.1:1');
    await assert.rejects(controller.settled(AbortSignal.timeout(100)), /not settled: leaf1 \(down\)/);
    await fabric.stop();
    await assert.rejects(controller.settled(), code('CLOSED'));
    await assert.rejects(controller.connect('leaf1', 'x:1'), code('CLOSED'));
    const { topology, clock } = fabric;
    assert.throws(() => new Controller({ topology, clock, program: workbench() }), code('NOT_POSSIBLE'));
    assert.ok(new Controller({ topology, clock, program: sincmesh() }).capabilities.sinc);
  });
});

/** A TCP proxy whose connections tests cut. */
class CuttableProxy {
  readonly #sockets = new Set<Socket>();
  readonly #server: Server;

  private constructor(target: number) {
    this.#server = createServer((socket) => {
      const onward = createConnection(target, '127.0.0.1');
      for (const [from, to] of [
        [socket, onward],
        [onward, socket],
      ] as const) {
        this.#sockets.add(from);
        from.on('error', () => to.destroy());
        from.on('close', () => to.destroy());
        from.pipe(to);
      }
    });
  }

  static async start(target: number): Promise<CuttableProxy> {
    const proxy = new CuttableProxy(target);
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get address(): string {
    const address = this.#server.address();
    return `127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  }

  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#sockets.clear();
  }

  close(): void {
    this.cut();
    this.#server.close();
  }
}

/** Resolves when the next event says so. */
function reaches(fabric: SmallFabric, name: string, kind: string): Promise<void> {
  return new Promise((resolve) => {
    const end = fabric.controller.events.subscribe((event) => {
      if (event.kind !== 'switch' || event.switch !== name || event.state.kind !== kind) return;
      end();
      resolve();
    });
  });
}
