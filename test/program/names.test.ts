import assert from 'node:assert/strict';
import {
  FLAG_AUTH,
  FLAG_RESOLVED,
  FLAG_SWAPPED,
  FLAG_TELEMETRY,
  NackReason,
  type NamedPacket,
  PacketType,
  readU16,
  UDP_PORT_NAMED,
  writeU16,
} from '../../wire/index.js';
import {
  address,
  checked,
  checkedNamed,
  digestOf,
  type Ends,
  mac,
  named,
  namedFrame,
  onward,
  routerMac,
  udpFrame,
} from './frames.js';
import { choice, counted, entry, type Prefix, prefix } from './lab.js';
import { onEverySwitch } from './labs.js';
import { SWITCH_ID, underlay } from './network.js';

const FIB = 'ingress.names.fib';
const UDP_CHECKSUM_AT = 40;
const UNANSWERABLE = 7;

const of = (name: string): { name: Prefix } => ({
  name: prefix(digestOf(name), 32 * (name.split('/').length - 1)),
});

const FROM_1: Ends = { from: 1, to: 4 };

onEverySwitch('names', (lab) => {
  before(async () => {
    await underlay(lab());
    await lab().client.write([
      choice(FIB, of('/shop'), [{ name: 'ingress.names.to_host', params: { address: address(3) } }]),
      choice(FIB, of('/shop/cart'), [
        {
          name: 'ingress.names.to_instance',
          params: { instance: 4711, address: address(2), udp_port: 5000 },
        },
      ]),
      choice(FIB, of('/shop/keep-port'), [
        { name: 'ingress.names.to_instance', params: { instance: 9, address: address(2), udp_port: 0 } },
      ]),
      choice(FIB, of('/shop/none'), [
        { name: 'ingress.names.nack', params: { reason: NackReason.NO_INSTANCE } },
      ]),
      choice(FIB, of('/fabric/registry'), [{ name: 'ingress.names.to_controller', params: {} }]),
      choice(FIB, of('/fabric/leaf1'), [{ name: 'ingress.names.answer_echo', params: {} }]),
      choice(FIB, of('/fabric/leaf2'), [
        { name: 'ingress.names.to_switch', params: { address: address(3) } },
      ]),
      choice(FIB, of('/spread'), [
        {
          name: 'ingress.names.to_instance',
          params: { instance: 1, address: address(2), udp_port: 0 },
          weight: 1,
        },
        {
          name: 'ingress.names.to_instance',
          params: { instance: 2, address: address(3), udp_port: 0 },
          weight: 3,
        },
      ]),
    ]);
  });

  it('sends a request to its instance and writes down which it chose', async () => {
    const request = named('/shop/cart', '/client/a', { attempt: 3, tag: 5 });
    const [out, ...more] = await lab().send(1, namedFrame({ ...FROM_1, srcPort: UDP_PORT_NAMED }, request));
    assert.equal(more.length, 0);
    assert.equal(out?.port, 2);
    const { packet, ipv4, udp } = checkedNamed(out?.bytes);
    assert.equal(udp.dstPort, 5000);
    assert.equal(ipv4.ttl, 63);
    assert.notEqual(packet.stamp, 0);
    const expected = {
      ...request,
      flags: FLAG_RESOLVED,
      hopLimit: 63,
      instance: 4711,
      stamp: packet.stamp,
    };
    const ends = { from: 1, to: 2, srcPort: UDP_PORT_NAMED, dstPort: 5000, ttl: 63 };
    assert.deepEqual(out?.bytes, onward(ends, expected));
  });

  it('leaves the port where the entry says so, and takes the longest prefix', async () => {
    for (const [name, station, instance] of [
      ['/shop/keep-port/v2', 2, 9],
      ['/shop/other', 3, 0],
      ['/shop', 3, 0],
    ] as const) {
      const request = named(name, '/client/a');
      const [out] = await lab().send(1, namedFrame(FROM_1, request));
      assert.equal(out?.port, station, name);
      const { packet, udp } = checkedNamed(out?.bytes);
      assert.equal(udp.dstPort, UDP_PORT_NAMED);
      assert.equal(packet.instance, instance);
    }
  });

  it('forwards a resolved packet on IPv4 alone, and counts its hop', async () => {
    const request = named('/no/such/name', '/client/a', { flags: FLAG_RESOLVED, stamp: 99, instance: 3 });
    const [out] = await lab().send(1, namedFrame({ from: 1, to: 3 }, request));
    assert.equal(out?.port, 3);
    assert.deepEqual(out?.bytes, onward({ from: 1, to: 3, ttl: 63 }, { ...request, hopLimit: 63 }));
  });

  it('does not stamp what is no request', async () => {
    const data = named('/shop/x', '/client/a', { type: PacketType.SERVICE_DATA, stamp: 12345 });
    const [out] = await lab().send(1, namedFrame(FROM_1, data));
    assert.equal(checkedNamed(out?.bytes).packet.stamp, 12345);
  });

  it('answers a name without a route, and a refused one, with a Nack that keeps text and payload', async () => {
    for (const [name, reason] of [
      ['/no/such/name', NackReason.NO_ROUTE],
      ['/shop/none/x', NackReason.NO_INSTANCE],
    ] as const) {
      const before = await counted(lab(), 'ingress.names.nacks', reason);
      const request = named(name, '/client/a');
      const [out] = await lab().send(1, namedFrame({ ...FROM_1, ttl: 9 }, request));
      assert.equal(out?.port, 1);
      const { packet } = checkedNamed(out?.bytes);
      const expected: NamedPacket = {
        ...request,
        type: PacketType.NACK,
        reason,
        flags: FLAG_RESOLVED | FLAG_SWAPPED,
        stamp: packet.stamp,
        dst: request.src,
        src: request.dst,
        dstComponents: request.srcComponents,
        srcComponents: request.dstComponents,
      };
      const ends = { from: 4, to: 1, srcPort: UDP_PORT_NAMED, dstPort: 40_000, ttl: 63 };
      assert.deepEqual(out?.bytes, onward(ends, expected));
      assert.equal(await counted(lab(), 'ingress.names.nacks', reason), before + 1);
    }
  });

  it('answers the last hop with a Nack, but still delivers to itself and the controller', async () => {
    for (const flags of [0, FLAG_RESOLVED]) {
      const request = named('/shop/cart', '/client/a', { hopLimit: 1, flags });
      const [out] = await lab().send(1, namedFrame({ from: 1, to: 2 }, request));
      const { packet } = checkedNamed(out?.bytes);
      assert.equal(out?.port, 1);
      assert.equal(packet.reason, NackReason.HOP_LIMIT);
      assert.equal(packet.hopLimit, 64);
    }
    const echo = named('/fabric/leaf1', '/client/a', { hopLimit: 1, type: PacketType.ECHO_REQUEST });
    const [reply] = await lab().send(1, namedFrame(FROM_1, echo));
    assert.equal(checkedNamed(reply?.bytes).packet.type, PacketType.ECHO_REPLY);
  });

  it('never answers an answer: those are dropped and counted', async () => {
    const before = await counted(lab(), 'ingress.drops', UNANSWERABLE);
    for (const type of [PacketType.NACK, PacketType.SERVICE_DATA, PacketType.ECHO_REPLY]) {
      assert.deepEqual(await lab().send(1, namedFrame(FROM_1, named('/no/such/name', '/c', { type }))), []);
      const expired = named('/shop', '/c', { type, hopLimit: 0, flags: FLAG_RESOLVED });
      assert.deepEqual(await lab().send(1, namedFrame(FROM_1, expired)), []);
    }
    assert.equal(await counted(lab(), 'ingress.drops', UNANSWERABLE), before + 6);
  });

  it('leads on to another switch, which is to look the name up as well; at the last hop it says so', async () => {
    const echo = named('/fabric/leaf2', '/client/a', { type: PacketType.ECHO_REQUEST, hopLimit: 2 });
    const [out] = await lab().send(1, namedFrame(FROM_1, echo));
    assert.equal(out?.port, 3);
    assert.deepEqual(out?.bytes, onward({ from: 1, to: 3, ttl: 63 }, { ...echo, hopLimit: 1 }));
    const [late] = await lab().send(1, namedFrame(FROM_1, { ...echo, hopLimit: 1 }));
    assert.equal(late?.port, 1);
    const { packet, ipv4 } = checkedNamed(late?.bytes);
    assert.deepEqual([packet.type, packet.reason], [PacketType.NACK, NackReason.HOP_LIMIT]);
    assert.equal(packet.instance, SWITCH_ID);
    assert.equal(ipv4.src, address(4));
  });

  it('answers an echo to its own name', async () => {
    const echo = named('/fabric/leaf1', '/client/a', { type: PacketType.ECHO_REQUEST, flags: FLAG_SWAPPED });
    const [out] = await lab().send(1, namedFrame(FROM_1, echo));
    const expected: NamedPacket = {
      ...echo,
      type: PacketType.ECHO_REPLY,
      flags: FLAG_RESOLVED,
      dst: echo.src,
      src: echo.dst,
      dstComponents: 2,
      srcComponents: 2,
    };
    assert.equal(out?.port, 1);
    assert.deepEqual(
      out?.bytes,
      onward({ from: 4, to: 1, srcPort: UDP_PORT_NAMED, dstPort: 40_000, ttl: 63 }, expected),
    );
    const [nack] = await lab().send(1, namedFrame(FROM_1, named('/fabric/leaf1', '/client/a')));
    assert.equal(checkedNamed(nack?.bytes).packet.reason, NackReason.NO_INSTANCE);
  });

  it('hands the controller the names it owns, with the port they came by', async () => {
    await lab().packetIns();
    const request = named('/fabric/registry', '/client/a');
    assert.deepEqual(await lab().send(3, namedFrame({ from: 3, to: 4 }, request)), []);
    const [packetIn, ...more] = await lab().packetIns();
    assert.equal(more.length, 0);
    assert.deepEqual({ ...packetIn?.metadata }, { ingress_port: 3n, reason: 1n, reserved: 0n });
    const { packet } = checkedNamed(packetIn?.payload);
    assert.deepEqual(packet.text, request.text);
    assert.notEqual(packet.stamp, 0);
  });

  it('spreads requests over instances, and keeps a request where it was', async () => {
    const ports = new Map<number, number>();
    for (let requestId = 0; requestId < 40; requestId++) {
      const frame = namedFrame(FROM_1, named('/spread', '/client/a', { requestId }));
      const [first] = await lab().send(1, frame);
      ports.set(first?.port ?? 0, (ports.get(first?.port ?? 0) ?? 0) + 1);
      if (requestId % 8 === 0) assert.equal((await lab().send(1, frame))[0]?.port, first?.port);
    }
    assert.deepEqual([...ports.keys()].sort(), [2, 3]);
    assert((ports.get(3) ?? 0) > (ports.get(2) ?? 0), `weights 1 and 3 gave ${[...ports]}`);
  });

  it('updates the checksum: damage stays visible, none stays none', async () => {
    const request = named('/shop/cart', '/client/a', { requestId: 77 });
    const right = namedFrame(FROM_1, request);
    const [good] = await lab().send(1, right);
    const stampOf = (frame: Uint8Array) => checkedNamed(frame).packet.stamp;
    assert(good !== undefined);
    stampOf(good.bytes);

    const damaged = right.slice();
    const last = damaged.length - 1;
    damaged[last] = (damaged[last] ?? 0) ^ 0x10;
    const [bad] = await lab().send(1, damaged);
    assert(bad !== undefined);
    assert.throws(() => checked(bad.bytes), /checksum/);
    bad.bytes[last] = (bad.bytes[last] ?? 0) ^ 0x10;
    stampOf(bad.bytes);

    const none = right.slice();
    writeU16(none, UDP_CHECKSUM_AT, 0);
    const [kept] = await lab().send(1, none);
    assert.equal(readU16(kept?.bytes ?? new Uint8Array(64), UDP_CHECKSUM_AT), 0);
  });

  it('never writes 0 for a checksum', async () => {
    // Two bytes of payload run through every value, so one frame's sum comes out as 0.
    const payload = new Uint8Array(2);
    const zero = named('/r', '/c', { flags: FLAG_RESOLVED, payload });
    const probe = onward({ from: 1, to: 2, ttl: 63 }, { ...zero, hopLimit: 63 });
    writeU16(payload, 0, readU16(probe, UDP_CHECKSUM_AT));
    const [out] = await lab().send(1, namedFrame({ from: 1, to: 2 }, { ...zero, payload }));
    assert.equal(readU16(out?.bytes ?? probe, UDP_CHECKSUM_AT), 0xffff);
    checkedNamed(out?.bytes);
  });

  it('parses every optional header and leaves what it does not use', async () => {
    const full = named('/shop', '/client/a', {
      flags: FLAG_RESOLVED,
      auth: { keyId: 7, sequence: 1, tag: Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8]) },
      kv: {
        op: 2,
        flags: 0,
        status: 0,
        generation: 0,
        version: 0,
        key: new Uint8Array(16).fill(9),
        valueLength: 100,
        value: new Uint8Array(100).fill(0xaa),
      },
    });
    const [out] = await lab().send(1, namedFrame({ from: 1, to: 3 }, full));
    assert.deepEqual(out?.bytes, onward({ from: 1, to: 3, ttl: 63 }, { ...full, hopLimit: 63 }));
  });

  it('appends its telemetry record, newest first, and counts the ninth', async () => {
    const hop = { switchId: 1, ingressPort: 2, egressPort: 3, queueDepth: 4, ingressTime: 5, egressTime: 6 };
    for (const have of [0, 1, 7, 8]) {
      const hops = Array.from({ length: have }, (_, i) => ({ ...hop, switchId: 100 + i }));
      const request = named('/shop', '/client/a', {
        flags: FLAG_RESOLVED | FLAG_TELEMETRY,
        telemetry: { hops, dropped: 0 },
        kv: {
          op: 1,
          flags: 0,
          status: 0,
          generation: 0,
          version: 0,
          key: new Uint8Array(16).fill(8),
          valueLength: 0,
          value: new Uint8Array(0),
        },
      });
      const [out] = await lab().send(2, namedFrame({ from: 2, to: 3 }, request));
      const { packet } = checkedNamed(out?.bytes);
      const all = packet.telemetry?.hops ?? [];
      if (have === 8) {
        assert.equal(packet.telemetry?.dropped, 1);
        assert.deepEqual(all, hops);
        continue;
      }
      const [newest, ...older] = all;
      assert.deepEqual(older, hops);
      assert.equal(newest?.switchId, SWITCH_ID);
      assert.equal(newest?.ingressPort, 2);
      assert.equal(newest?.egressPort, 3);
      assert((newest?.egressTime ?? 0) >= (newest?.ingressTime ?? 1));
      const expected = { ...request, hopLimit: 63, telemetry: { hops: all, dropped: 0 } };
      assert.deepEqual(out?.bytes, onward({ from: 2, to: 3, ttl: 63 }, expected));
    }
  });

  it('keeps what a refused request carries, and notes its way back too', async () => {
    const hop = { switchId: 9, ingressPort: 2, egressPort: 3, queueDepth: 4, ingressTime: 5, egressTime: 6 };
    for (const have of [0, 7, 8]) {
      const request = named('/no/such/name', '/client/a', {
        flags: FLAG_TELEMETRY,
        tag: 5,
        attempt: 2,
        auth: { keyId: 7, sequence: 1, tag: Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8]) },
        telemetry: { hops: Array.from({ length: have }, () => hop), dropped: 3 },
      });
      const [out] = await lab().send(1, namedFrame({ from: 1, to: 4 }, request));
      assert.equal(out?.port, 1);
      const { packet } = checkedNamed(out?.bytes);
      assert.equal(packet.type, PacketType.NACK);
      assert.equal(packet.reason, NackReason.NO_ROUTE);
      assert.equal(packet.flags, FLAG_RESOLVED | FLAG_SWAPPED | FLAG_TELEMETRY | FLAG_AUTH);
      assert.deepEqual(
        [packet.tag, packet.attempt, packet.auth?.keyId, packet.requestId],
        [5, 2, 7, request.requestId],
      );
      assert.equal(packet.telemetry?.dropped, have === 8 ? 4 : 3);
      assert.equal(packet.telemetry?.hops.length, Math.min(8, have + 1));
      if (have === 8) continue;
      const { switchId, ingressPort, egressPort } = packet.telemetry?.hops[0] ?? hop;
      assert.deepEqual([switchId, ingressPort, egressPort], [SWITCH_ID, 1, 1]);
    }
  });

  it('takes another version of the header for plain UDP', async () => {
    const frame = namedFrame({ from: 1, to: 2 }, named('/no/such/name', '/c'));
    frame[42] = (2 << 4) | 1;
    const [out] = await lab().send(1, frame);
    assert.equal(out?.port, 2);
    assert.deepEqual(out?.bytes.subarray(34), frame.subarray(34));
  });

  it('ignores ports that are not its own', async () => {
    const frame = udpFrame({ from: 1, to: 2 }, new Uint8Array(200).fill(0x11));
    const [out] = await lab().send(1, frame);
    assert.deepEqual(out?.bytes.subarray(34), frame.subarray(34));
  });

  it('counts the packets of a FIB entry', async () => {
    await lab().client.write([
      choice(FIB, of('/counted'), [{ name: 'ingress.names.to_host', params: { address: address(2) } }]),
    ]);
    for (let i = 0; i < 3; i++) await lab().send(1, namedFrame(FROM_1, named('/counted/x', '/c')));
    const query = { kind: 'table-entry', table: FIB, match: of('/counted') } as const;
    const counts: number[] = [];
    for await (const found of lab().client.read({ kind: 'direct-counter', entry: query })) {
      if (found.kind === 'direct-counter') counts.push(Number(found.data.packets));
    }
    assert.deepEqual(counts, [3]);
  });

  it('drops what a missing route leaves nowhere to go', async () => {
    const before = await counted(lab(), 'ingress.drops', 5);
    const request = named('/shop', '/c', { flags: FLAG_RESOLVED });
    assert.deepEqual(await lab().send(1, namedFrame({ from: 1, to: 99 }, request)), []);
    assert.equal(await counted(lab(), 'ingress.drops', 5), before + 1);
  });

  it('leaves named packets as they are where SINC results would be addressed', async () => {
    await lab().client.write([
      entry('egress.delivery.ports', { egress_port: 4 }, 'egress.delivery.host', {
        src_mac: routerMac(4),
        dst_mac: mac(4),
        address: address(4),
      }),
    ]);
    const request = named('/shop', '/c', { flags: FLAG_RESOLVED });
    const [out] = await lab().send(
      1,
      namedFrame({ from: 1, to: 4, dstPort: 6000, srcPort: UDP_PORT_NAMED }, request),
    );
    assert.equal(checked(out?.bytes).udp.dstPort, 6000);
  });
});
