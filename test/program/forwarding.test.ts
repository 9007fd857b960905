import assert from 'node:assert/strict';
import {
  ETHERTYPE_ARP,
  ETHERTYPE_MPLS,
  encodeMplsStack,
  encodeNsh,
  encodeSinc,
  FLAG_RESOLVED,
  MPLS_LABEL_SINC,
  UDP_PORT_NSH,
  writeU16,
} from '../../wire/index.js';
import {
  address,
  type Ends,
  mac,
  macBytes,
  named,
  namedFrame,
  routerMac,
  routerMacBytes,
  sincFrame,
  udpFrame,
  withIpv4Checksum,
} from './frames.js';
import { choice, counted, prefix } from './lab.js';
import { onEverySwitch } from './labs.js';
import { underlay } from './network.js';

const DROPS = 'ingress.drops';
const MALFORMED = 1;
const IPV4_CHECKSUM = 2;
const IPV4_OPTIONS = 3;
const ETHER_TYPE = 4;
const NO_UNDERLAY_ROUTE = 5;
const ROUTE_DROP = 6;
const PACKET_OUT_PORT = 12;

/** A frame one hop on, towards station `to`. */
function routed(frame: Uint8Array, to: number): Uint8Array {
  const next = frame.slice();
  next.set(macBytes(to), 0);
  next.set(routerMacBytes(to), 6);
  next[22] = (next[22] ?? 0) - 1;
  return withIpv4Checksum(next);
}

const PLAIN: Ends = { from: 1, to: 2 };

onEverySwitch('forwarding', (lab) => {
  before(async () => {
    await underlay(lab());
    await lab().client.write([
      choice('ingress.underlay.routes', { 'hdr.ipv4.dst': prefix(address(0), 24) }, [
        { name: 'ingress.underlay.drop', params: {} },
      ]),
      choice('ingress.underlay.routes', { 'hdr.ipv4.dst': prefix(address(200), 32) }, [
        { name: 'ingress.underlay.to_cpu', params: {} },
      ]),
      choice(
        'ingress.underlay.routes',
        { 'hdr.ipv4.dst': prefix(0x0b000000, 8) },
        [3, 4].map((n) => ({
          name: 'ingress.underlay.next_hop',
          params: { port: n, src_mac: routerMac(n), dst_mac: mac(n) },
        })),
      ),
    ]);
  });

  async function assertDropped(port: number, frame: Uint8Array, reason: number, what: string): Promise<void> {
    const before = await counted(lab(), DROPS, reason);
    assert.deepEqual(await lab().send(port, frame), [], what);
    assert.equal(await counted(lab(), DROPS, reason), before + 1, what);
  }

  it('routes IPv4 of any protocol, and fragments, by longest prefix', async () => {
    const udp = udpFrame(PLAIN, new Uint8Array(30).fill(1));
    const icmp = udp.slice();
    icmp[23] = 1;
    const tcp = udp.slice();
    tcp[23] = 6;
    const fragment = namedFrame(PLAIN, named('/x', '/y'));
    fragment[20] = 0x20;
    const later = namedFrame(PLAIN, named('/x', '/y'));
    later[21] = 100;
    for (const [what, frame] of Object.entries({ udp, icmp, tcp, fragment, later })) {
      withIpv4Checksum(frame);
      const out = await lab().send(1, frame);
      assert.deepEqual(out, [{ port: 2, bytes: routed(frame, 2) }], what);
    }
    await assertDropped(1, udpFrame({ from: 1, to: 150 }, new Uint8Array(1)), ROUTE_DROP, 'a route says so');
    const nowhere = udpFrame(PLAIN, new Uint8Array(1));
    nowhere[30] = 99;
    await assertDropped(1, withIpv4Checksum(nowhere), NO_UNDERLAY_ROUTE, 'no route');
  });

  it('spreads flows over equal paths, each on one', async () => {
    const ports = new Set<number>();
    for (let srcPort = 1000; srcPort < 1024; srcPort++) {
      const frame = udpFrame({ ...PLAIN, srcPort }, new Uint8Array(4));
      frame[30] = 11;
      withIpv4Checksum(frame);
      const [first] = await lab().send(1, frame);
      const [again] = await lab().send(1, frame);
      assert.equal(first?.port, again?.port);
      ports.add(first?.port ?? 0);
    }
    assert.deepEqual([...ports].sort(), [3, 4]);
  });

  it('drops and counts what it cannot forward', async () => {
    const frame = udpFrame(PLAIN, new Uint8Array(40));
    const damaged = frame.slice();
    damaged[24] = (damaged[24] ?? 0) ^ 1;
    await assertDropped(1, damaged, IPV4_CHECKSUM, 'a wrong checksum');

    const options = new Uint8Array(frame.length + 4);
    options.set(frame.subarray(0, 34));
    options.set(frame.subarray(34), 38);
    options[14] = 0x46;
    await assertDropped(1, withIpv4Checksum(options), IPV4_OPTIONS, 'options');
    const version6 = frame.slice();
    version6[14] = 0x65;
    await assertDropped(1, withIpv4Checksum(version6), IPV4_OPTIONS, 'another version');

    const other = frame.slice();
    writeU16(other, 12, 0x86dd);
    await assertDropped(1, other, ETHER_TYPE, 'another ether type');
    await assertDropped(1, frame.subarray(0, 30), MALFORMED, 'cut inside the IPv4 header');
    const request = namedFrame(PLAIN, named('/x', '/y'));
    await assertDropped(1, request.subarray(0, 90), MALFORMED, 'cut inside the digests');
    const hops = namedFrame(
      PLAIN,
      named('/x', '/y', {
        flags: FLAG_RESOLVED,
        telemetry: { hops: [], dropped: 0 },
        payload: new Uint8Array(200),
      }),
    );
    hops[126] = 9;
    await assertDropped(1, hops, MALFORMED, 'nine telemetry records');
    const sinc = sincFrame(PLAIN, {}, new Int32Array(32));
    await assertDropped(1, sinc.subarray(0, 100), MALFORMED, 'cut inside a vector');
  });

  it('hands ARP, used-up lifetimes and its own addresses to the controller, unchanged', async () => {
    const arp = new Uint8Array(60);
    arp.set(routerMacBytes(1), 0);
    arp.set(macBytes(1), 6);
    writeU16(arp, 12, ETHERTYPE_ARP);
    arp.fill(0x5a, 14);
    const expired = udpFrame({ ...PLAIN, ttl: 1 }, new Uint8Array(30));
    const own = udpFrame({ from: 1, to: 200 }, new Uint8Array(30));
    await lab().packetIns();
    for (const [frame, reason] of [
      [arp, 2n],
      [expired, 3n],
      [own, 4n],
    ] as const) {
      assert.deepEqual(await lab().send(3, frame), []);
      const [packetIn, ...more] = await lab().packetIns();
      assert.equal(more.length, 0);
      assert.deepEqual({ ...packetIn?.metadata }, { ingress_port: 3n, reason, reserved: 0n });
      assert.deepEqual(Buffer.from(packetIn?.payload ?? []), Buffer.from(frame));
    }
  });

  it('sends for the controller: unchanged, or as if the packet had come in', async () => {
    const odd = Uint8Array.from({ length: 70 }, (_, i) => i);
    assert.deepEqual(await lab().packetOut(odd, { egress_port: 3, forward: 0 }), [{ port: 3, bytes: odd }]);
    const damaged = udpFrame(PLAIN, new Uint8Array(10));
    damaged[24] = 0;
    assert.deepEqual(await lab().packetOut(damaged, { egress_port: 2, forward: 0 }), [
      { port: 2, bytes: damaged },
    ]);
    const plain = udpFrame(PLAIN, new Uint8Array(10));
    assert.deepEqual(await lab().packetOut(plain, { egress_port: 3, forward: 1 }), [
      { port: 2, bytes: routed(plain, 2) },
    ]);
    const own = udpFrame({ from: 1, to: 200 }, new Uint8Array(30));
    await lab().packetIns();
    await lab().packetOut(own, { egress_port: 3, forward: 1 });
    assert.equal((await lab().packetIns())[0]?.metadata['ingress_port'], 3n);
    const before = await counted(lab(), DROPS, PACKET_OUT_PORT);
    assert.deepEqual(await lab().packetOut(plain, { egress_port: 511, forward: 0 }), []);
    assert.deepEqual(await lab().packetOut(plain, { egress_port: 0xffff, forward: 1 }), []);
    assert.equal(await counted(lab(), DROPS, PACKET_OUT_PORT), before + 2);
  });

  it('forwards SINC inside NSH on its outer header, untouched; drops and counts MPLS', async () => {
    const inner = sincFrame({ from: 3, to: 4 }, { group: 1 }, new Int32Array(64).fill(5)).subarray(14);
    const context = encodeSinc({
      done: false,
      loopback: true,
      group: 1,
      sources: 1,
      source: 0,
      seq: 1,
      operation: 1,
      offset: 16,
    });
    const nsh = encodeNsh({ ttl: 63, nextProtocol: 1, spi: 7, si: 255 });
    const payload = Buffer.concat([nsh, context, inner]);
    const frame = udpFrame({ ...PLAIN, dstPort: UDP_PORT_NSH }, payload);
    assert.deepEqual(await lab().send(1, frame), [{ port: 2, bytes: routed(frame, 2) }]);
    const other = udpFrame({ ...PLAIN, dstPort: UDP_PORT_NSH }, new Uint8Array(30).fill(2));
    assert.deepEqual(await lab().send(1, other), [{ port: 2, bytes: routed(other, 2) }]);

    const ethernet = frame.slice(0, 14);
    writeU16(ethernet, 12, ETHERTYPE_MPLS);
    const label = encodeMplsStack([
      { label: 17, trafficClass: 0, bottom: false, ttl: 64 },
      { label: MPLS_LABEL_SINC + 5, trafficClass: 0, bottom: true, ttl: 64 },
    ]);
    const shim = new Uint8Array(Buffer.concat([ethernet, label, context, inner]));
    await assertDropped(1, shim, ETHER_TYPE, 'MPLS');
  });
});
