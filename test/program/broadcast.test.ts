import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Update } from '../../controller/p4runtime/index.js';
import { FLAG_RESOLVED, FLAG_TELEMETRY, NackReason, PacketType, UDP_PORT_NAMED } from '../../wire/index.js';
import { address, checkedNamed, mac, named, namedFrame, onward, routerMac } from './frames.js';
import { choice, entry, type PortFrame } from './lab.js';
import { onEverySwitch } from './labs.js';
import { growth, nameIs, underlay } from './network.js';

// As high as the controller goes, and so its numbers of replicas.
const GROUP = 4095;
const LAST = 61_000;
const BRANCHES = 'egress.broadcast.branches';
const TTL_EXPIRED = 11;
const TO_CHANNEL = { from: 1, to: 4, srcPort: UDP_PORT_NAMED };

/** Ports 1 to 3 have subscribers (at port 3 two of them, replicas 3 and LAST), port 4 leads to another switch. */
const REPLICAS = [
  { port: 1, instance: 1 },
  { port: 2, instance: 2 },
  { port: 3, instance: 3 },
  { port: 3, instance: LAST },
  { port: 4, instance: 4 },
];

onEverySwitch('live broadcast', (lab) => {
  const group = (type: Update['type'], replicas: typeof REPLICAS): Update => ({
    type,
    entity: { kind: 'multicast-group', group: GROUP, replicas },
  });
  const message = (fields: Parameters<typeof named>[2] = {}) =>
    named('/live/news', '/studio/a', { type: PacketType.SERVICE_DATA, ...fields });
  const sorted = (frames: PortFrame[]) => frames.map(({ port }) => port).sort();

  before(async () => {
    await underlay(lab());
    await lab().client.write([
      group('insert', REPLICAS),
      choice('ingress.names.fib', nameIs('/live/news'), [
        { name: 'ingress.names.publish', params: { branches: GROUP } },
      ]),
      ...REPLICAS.map(({ port, instance }) =>
        port === 4
          ? entry(BRANCHES, { group: GROUP, instance }, 'egress.broadcast.branch', {
              src_mac: routerMac(port),
              dst_mac: mac(port),
            })
          : entry(BRANCHES, { group: GROUP, instance }, 'egress.broadcast.subscriber', {
              src_mac: routerMac(port),
              dst_mac: mac(port),
              address: address(port),
              udp_port: instance === LAST ? 6005 : 6000 + instance,
            }),
      ),
    ]);
  });

  it('goes to every subscriber and branch once, and not back to its source', async () => {
    let out: PortFrame[] = [];
    const pruned = await growth(lab(), 'egress.pruned', 0, async () => {
      out = await lab().send(1, namedFrame(TO_CHANNEL, message()));
    });
    assert.equal(pruned, 1);
    assert.deepEqual(sorted(out), [2, 3, 3, 4]);
    const hop = message({ hopLimit: 63 });
    assert.deepEqual(
      out.find(({ port }) => port === 4)?.bytes,
      onward({ ...TO_CHANNEL, ttl: 63 }, hop),
      'by name to the next switch',
    );
    assert.deepEqual(
      out.find(({ port }) => port === 2)?.bytes,
      onward({ ...TO_CHANNEL, to: 2, dstPort: 6002, ttl: 63 }, { ...hop, flags: FLAG_RESOLVED }),
    );
    const ports = out.filter(({ port }) => port === 3).map(({ bytes }) => checkedNamed(bytes).udp.dstPort);
    assert.deepEqual(ports.sort(), [6003, 6005]);
  });

  it('comes down the tree the same way', async () => {
    const out = await lab().send(4, namedFrame({ ...TO_CHANNEL, from: 4 }, message()));
    assert.deepEqual(sorted(out), [1, 2, 3, 3]);
    for (const { bytes } of out) checkedNamed(bytes);
  });

  it('loses nobody a packet when others join and leave', async () => {
    await lab().client.write([group('modify', REPLICAS.slice(0, 4))]);
    assert.deepEqual(sorted(await lab().send(1, namedFrame(TO_CHANNEL, message()))), [2, 3, 3]);
    await lab().client.write([group('modify', REPLICAS)]);
    assert.deepEqual(sorted(await lab().send(1, namedFrame(TO_CHANNEL, message()))), [2, 3, 3, 4]);
  });

  it('loses nobody a packet of a stream, nor gives one twice, while others join and leave', async () => {
    const packets = 200;
    let isOver = false;
    const joining = (async () => {
      let changes = 0;
      for (; !isOver; changes++) {
        await lab().client.write([group('modify', changes % 2 === 0 ? REPLICAS.slice(0, 4) : REPLICAS)]);
      }
      await lab().client.write([group('modify', REPLICAS)]);
      return changes;
    })();
    const sent: Promise<PortFrame[]>[] = [];
    for (let requestId = 1; requestId <= packets; requestId++) {
      sent.push(lab().send(1, namedFrame(TO_CHANNEL, message({ requestId }))));
      await sleep(3);
    }
    const out = (await Promise.all(sent)).flat();
    isOver = true;
    const changes = await joining;
    assert.ok(changes > 10, `${changes} changes`);
    const copies = new Map<number, number[]>();
    for (const { port, bytes } of out) {
      if (port === 4) continue;
      const { udp, packet } = checkedNamed(bytes);
      copies.set(packet.requestId, [...(copies.get(packet.requestId) ?? []), udp.dstPort].sort());
    }
    for (let requestId = 1; requestId <= packets; requestId++) {
      assert.deepEqual(copies.get(requestId), [6002, 6003, 6005], `packet ${requestId}`);
    }
  });

  it('has telemetry of each branch', async () => {
    const asked = message({ flags: FLAG_TELEMETRY, telemetry: { hops: [], dropped: 0 } });
    for (const { port, bytes } of await lab().send(1, namedFrame(TO_CHANNEL, asked))) {
      assert.equal(checkedNamed(bytes).packet.telemetry?.hops[0]?.egressPort, port);
    }
  });

  it('ends where hops or time to live do', async () => {
    assert.deepEqual(await lab().send(1, namedFrame(TO_CHANNEL, message({ hopLimit: 1 }))), []);
    const lost = await growth(lab(), 'ingress.drops', TTL_EXPIRED, async () => {
      assert.deepEqual(await lab().send(1, namedFrame({ ...TO_CHANNEL, ttl: 1 }, message())), []);
    });
    assert.equal(lost, 1);
    const [out] = await lab().send(
      1,
      namedFrame(TO_CHANNEL, message({ hopLimit: 1, type: PacketType.SERVICE_REQUEST })),
    );
    assert.equal(checkedNamed(out?.bytes).packet.reason, NackReason.HOP_LIMIT);
  });
});
