import assert from 'node:assert/strict';
import { insert } from '../../controller/p4runtime/index.js';
import {
  checksum,
  decodeSinc,
  decodeUdpFrame,
  ETHERTYPE_MPLS,
  encodeMplsStack,
  encodeNsh,
  MPLS_LABEL_SINC,
  readU32,
  SINC_FETCH_ADD,
  SINC_SUM,
  setUdpChecksum,
  UDP_PORT_NSH,
  writeU16,
} from '../../wire/index.js';
import {
  address,
  checked,
  hex,
  mac,
  macBytes,
  routerMac,
  routerMacBytes,
  sincFrame,
  udpFrame,
} from './frames.js';
import { entry, type Params, type PortFrame } from './lab.js';
import { onEverySwitch } from './labs.js';
import { growth, underlay } from './network.js';

const LABEL = MPLS_LABEL_SINC + 9;
const TTL_EXPIRED = 11;
const IPV4_CHECKSUM = 2;
/** Where the parts of an NSH frame begin. */
const NSH_AT = 42;
const CONTEXT_AT = NSH_AT + 8;
const INNER_AT = CONTEXT_AT + 16;
const SINC_BEHIND_IPV4 = 28;

/** What a host sends: from station 1 to station 3. */
const native = (group: number, source = 0): Uint8Array =>
  sincFrame(
    { from: 1, to: 3, ttl: 9 },
    { group, sources: 1, source, seq: 1, operation: SINC_SUM, loopback: false },
    Int32Array.from({ length: 32 }, (_, i) => i - 5),
  );

/** The IPv4 packet of a frame with another time to live. */
function packetOf(frame: Uint8Array, ttl: number): Uint8Array {
  const packet = frame.slice(14);
  packet[8] = ttl;
  writeU16(packet, 10, 0);
  writeU16(packet, 10, checksum(packet, 0, 20));
  return packet;
}

const sincOf = (packet: Uint8Array): Uint8Array => packet.subarray(SINC_BEHIND_IPV4, SINC_BEHIND_IPV4 + 16);

function inNsh(packet: Uint8Array, context = sincOf(packet)): Uint8Array {
  const nsh = encodeNsh({ ttl: 63, nextProtocol: 1, spi: 0x123456, si: 7 });
  const frame = udpFrame(
    { from: 1, to: 2, srcPort: 40_000, dstPort: UDP_PORT_NSH },
    Buffer.concat([nsh, context, packet]),
  );
  writeU16(frame, 40, 0);
  return frame;
}

function behindLabel(packet: Uint8Array, ttl = 64, context = sincOf(packet), label = LABEL): Uint8Array {
  const ethernet = new Uint8Array(14);
  ethernet.set(macBytes(2));
  ethernet.set(routerMacBytes(2), 6);
  writeU16(ethernet, 12, ETHERTYPE_MPLS);
  const shim = encodeMplsStack([{ label, trafficClass: 3, bottom: true, ttl }]);
  return Buffer.concat([ethernet, shim, context, packet]);
}

onEverySwitch('SINC proxies', (lab) => {
  let groups = 60;
  const NSH: Params = { spi: 0x123456, si: 7, src: address(1), dst: address(2) };
  const MPLS: Params = { label: LABEL, traffic_class: 3, port: 2, src_mac: routerMac(2), dst_mac: mac(2) };
  const entrance = (group: number, port: number, kind: 'to_nsh' | 'to_mpls') =>
    entry(
      'ingress.ingress_proxy.groups',
      { group, ingress_port: port },
      `ingress.ingress_proxy.${kind}`,
      kind === 'to_nsh' ? NSH : MPLS,
    );
  const wayOut = (group: number) =>
    entry('ingress.egress_proxy.groups', { group }, 'ingress.egress_proxy.leave', {});
  const sameFrames = (out: PortFrame[], port: number, frame: Uint8Array) =>
    assert.deepEqual(
      out.map((each) => `${each.port}: ${hex(each.bytes)}`),
      [`${port}: ${hex(frame)}`],
    );

  before(async () => {
    await underlay(lab());
    await lab().client.write([
      entry('ingress.labels.forwarding', { label: LABEL + 1 }, 'ingress.labels.swap', {
        label: LABEL,
        port: 2,
        src_mac: routerMac(2),
        dst_mac: mac(2),
      }),
    ]);
  });

  it('the ingress proxy copies the header outward, the egress proxy back: NSH', async () => {
    const group = groups++;
    await lab().client.write([entrance(group, 1, 'to_nsh')]);
    const frame = native(group);
    const expected = inNsh(packetOf(frame, 8));
    expected.set(macBytes(2), 0);
    expected.set(routerMacBytes(2), 6);
    expected.set(packetOf(expected, 63), 14);
    const out = await lab().send(1, frame);
    sameFrames(out, 2, expected);

    await lab().client.write([wayOut(group)]);
    const [delivered, ...more] = await lab().send(2, out[0]?.bytes ?? frame);
    assert.equal(more.length, 0);
    assert.equal(delivered?.port, 3);
    assert.deepEqual(Buffer.from(delivered?.bytes.subarray(14) ?? []), Buffer.from(packetOf(frame, 7)));
  });

  it('the ingress proxy copies the header outward, the egress proxy back: MPLS', async () => {
    const group = groups++;
    await lab().client.write([entrance(group, 1, 'to_mpls'), wayOut(group)]);
    const frame = native(group);
    const out = await lab().send(1, frame);
    sameFrames(out, 2, behindLabel(packetOf(frame, 8)));
    const [delivered, ...more] = await lab().send(2, out[0]?.bytes ?? frame);
    assert.equal(more.length, 0);
    assert.equal(delivered?.port, 3);
    assert.deepEqual(Buffer.from(delivered?.bytes.subarray(14) ?? []), Buffer.from(packetOf(frame, 7)));
  });

  it('a switch that is neither forwards untouched: NSH by address, MPLS by label', async () => {
    const packet = packetOf(native(groups++), 8);
    const outer = inNsh(packet);
    const [out] = await lab().send(1, outer);
    assert.equal(out?.port, 2);
    assert.deepEqual(Buffer.from(out?.bytes.subarray(34) ?? []), Buffer.from(outer.subarray(34)));
    sameFrames(
      await lab().send(1, behindLabel(packet, 64, sincOf(packet), LABEL + 1)),
      2,
      behindLabel(packet, 63),
    );
    const lost = await growth(lab(), 'ingress.drops', TTL_EXPIRED, async () => {
      assert.deepEqual(await lab().send(1, behindLabel(packet, 1, sincOf(packet), LABEL + 1)), []);
    });
    assert.equal(lost, 1);
  });

  for (const encapsulation of ['to_nsh', 'to_mpls'] as const) {
    it(`a SINC switch computes between the two, and leaves both copies the same: ${encapsulation}`, async () => {
      const group = groups++;
      await lab().client.write([
        entrance(group, 1, encapsulation),
        wayOut(group),
        entry('ingress.sinc.groups', { 'hdr.sinc.group': group }, 'ingress.sinc.cells', {
          epoch: 1,
          base: 64 * group,
          count: 4,
          answers: 64 * group,
          sources: 1,
        }),
        entry('ingress.sinc.sources', { group, source: 0, ingress_port: 1 }, 'ingress.sinc.member', {
          bitmap: 1,
        }),
      ]);
      for (const [seq, before] of [
        [1, 0],
        [2, 70],
      ] as const) {
        const frame = sincFrame(
          { from: 1, to: 3 },
          { group, sources: 1, seq, operation: SINC_FETCH_ADD, loopback: false },
          { index: 2, operand: 70 },
        );
        const packet = packetOf(frame, 8);
        const wrapped = encapsulation === 'to_nsh' ? inNsh(packet) : behindLabel(packet);
        const [out, ...more] = await lab().send(1, wrapped);
        assert.equal(more.length, 0);
        assert.equal(out?.port, 2);
        const at = encapsulation === 'to_nsh' ? INNER_AT : 14 + 4 + 16;
        const inner = out?.bytes.subarray(at) ?? new Uint8Array();
        const context = out?.bytes.subarray(at - 16, at);
        assert.equal(hex(context), hex(sincOf(inner)));
        assert.equal(decodeSinc(sincOf(inner)).done, true);
        // Result of the operation, behind index, operand and replacement.
        assert.equal(readU32(inner, SINC_BEHIND_IPV4 + 16 + 12), before);
        const alone = Buffer.concat([frame.subarray(0, 14), inner]);
        checked(alone);
        assert.equal(decodeUdpFrame(alone).ipv4.ttl, 7);
      }
    });
  }

  it('the result proxy sends each copy of a result down as the switch at its port wants it', async () => {
    const group = groups++;
    const multicast = 700;
    await lab().client.write([
      insert({
        kind: 'multicast-group',
        group: multicast,
        replicas: [1, 2, 3].map((port) => ({ port, instance: 1 })),
      }),
      entry('egress.delivery.ports', { egress_port: 1 }, 'egress.delivery.host', {
        src_mac: routerMac(1),
        dst_mac: mac(1),
        address: address(1),
      }),
      entry('egress.result_proxy.groups', { group, egress_port: 2 }, 'egress.result_proxy.to_nsh', {
        spi: 0x123456,
        si: 7,
        src: address(1),
        dst: address(2),
        src_mac: routerMac(2),
        dst_mac: mac(2),
      }),
      entry('egress.result_proxy.groups', { group, egress_port: 3 }, 'egress.result_proxy.to_mpls', {
        label: LABEL,
        traffic_class: 3,
        src_mac: routerMac(2),
        dst_mac: mac(2),
      }),
      entry('ingress.sinc.groups', { 'hdr.sinc.group': group }, 'ingress.sinc.reduce', {
        epoch: 1,
        base: 4000,
        mask: 1,
        operation: SINC_SUM,
        sources: 2,
        full: 3,
        root: 1,
        own_source: 0,
        parent_sources: 0,
        parent_port: 0,
        members: multicast,
      }),
      ...[0, 1].map((source) =>
        entry('ingress.sinc.sources', { group, source, ingress_port: 1 }, 'ingress.sinc.member', {
          bitmap: 1 + source,
        }),
      ),
    ]);
    const values = Int32Array.from({ length: 32 }, (_, i) => i - 5);
    const part = (source: number) =>
      sincFrame(
        { from: 1, to: 3, ttl: 9 },
        { group, sources: 2, source, seq: 1, operation: SINC_SUM, loopback: true },
        values,
      );
    assert.deepEqual(await lab().send(1, part(0)), []);
    const out = await lab().send(1, part(1));
    assert.deepEqual(out.map(({ port }) => port).sort(), [1, 2, 3]);
    const at = (port: number) => out.find((each) => each.port === port)?.bytes ?? new Uint8Array();
    const plain = checked(at(1));
    assert.equal(decodeSinc(plain.payload).done, true);
    assert.equal(readU32(plain.payload, 16 + 4 * 31), 52);
    // Behind either encapsulation stands the result as it would have left natively but for a host's own address.
    const nsh = at(2);
    const mpls = at(3);
    assert.equal(hex(nsh.subarray(INNER_AT)), hex(mpls.subarray(34)));
    const inner = nsh.slice(INNER_AT);
    const layers = checked(Buffer.concat([nsh.subarray(0, 14), inner]));
    assert.equal(hex(layers.payload), hex(plain.payload));
    assert.equal(layers.ipv4.ttl, plain.ipv4.ttl);
    const outer = inNsh(inner);
    outer.set(macBytes(2), 0);
    outer.set(routerMacBytes(2), 6);
    assert.equal(hex(nsh), hex(outer));
    assert.equal(hex(mpls), hex(behindLabel(inner)));
  });

  it('takes back what another switch wrote into the outer copy and the operand', async () => {
    const group = groups++;
    await lab().client.write([wayOut(group)]);
    const packet = packetOf(native(group), 8);
    const context = sincOf(packet).slice();
    context[0] = (context[0] ?? 0) | 2;
    const changed = packet.slice();
    changed[SINC_BEHIND_IPV4 + 16 + 3] = 99;
    const [out] = await lab().send(1, inNsh(changed, context));
    assert.equal(out?.port, 3);
    const { payload } = checked(out?.bytes);
    assert.equal(decodeSinc(payload).done, true);
    assert.equal(payload[16 + 3], 99);
    const expected = Buffer.concat([native(group).subarray(0, 14), changed]);
    expected.set(context, 14 + SINC_BEHIND_IPV4);
    expected[22] = 7;
    setUdpChecksum(expected, 14);
    assert.equal(hex(payload), hex(expected.subarray(42)));
  });

  it('drops and counts an inner header that was damaged', async () => {
    const group = groups++;
    await lab().client.write([wayOut(group)]);
    const damaged = inNsh(packetOf(native(group), 8));
    damaged[INNER_AT + 16] = (damaged[INNER_AT + 16] ?? 0) ^ 1;
    const lost = await growth(lab(), 'ingress.drops', IPV4_CHECKSUM, async () => {
      assert.deepEqual(await lab().send(1, damaged), []);
    });
    assert.equal(lost, 1);
  });

  it('leaves a packet with its last time to live to the underlay', async () => {
    const group = groups++;
    await lab().client.write([entrance(group, 1, 'to_nsh')]);
    await lab().packetIns();
    const frame = native(group);
    frame.set(packetOf(frame, 1), 14);
    assert.deepEqual(await lab().send(1, frame), []);
    assert.equal((await lab().packetIns()).length, 1);
  });
});
