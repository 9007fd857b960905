import assert from 'node:assert/strict';
import { macBytes, portMac } from '../../controller/index.js';
import {
  ARP_REQUEST,
  BROADCAST_MAC,
  checksum,
  decodeEthernet,
  decodeIpv4,
  ETHERNET_BYTES,
  ETHERTYPE_ARP,
  ETHERTYPE_IPV4,
  encodeArp,
  encodeEthernet,
  encodeIpv4,
  encodeUdpFrame,
  formatIpv4,
  IPV4_BYTES,
  parseIpv4,
} from '../../wire/index.js';
import { SmallFabric, TOPOLOGY } from './small-fabric.js';

const AT = ETHERNET_BYTES + IPV4_BYTES;

describe('ICMP of the switches', () => {
  let fabric: SmallFabric;
  before(async () => {
    fabric = await SmallFabric.start();
  });
  after(() => fabric.stop());

  const macs = (from: string) => {
    const spec = fabric.topology.hosts.get(from);
    assert.ok(spec !== undefined);
    const leaf = fabric.topology.switches.get(spec.switch);
    return { spec, srcMac: macBytes(spec.mac), dstMac: macBytes(portMac(leaf?.id ?? 0, spec.port)) };
  };

  function udp(from: string, to: string, ttl: number, payload = new Uint8Array(20).fill(7)): Uint8Array {
    const { spec, srcMac, dstMac } = macs(from);
    return encodeUdpFrame({
      srcMac,
      dstMac,
      src: spec.ipv4,
      dst: parseIpv4(to),
      srcPort: 40_000,
      dstPort: 33_434,
      ttl,
      payload,
    });
  }

  /** An ICMP frame whose body, after type and code, is `rest`. */
  function icmp(
    from: string,
    to: string,
    ttl: number,
    type: number,
    rest: Uint8Array,
    wrong = 0,
  ): Uint8Array {
    const { spec, srcMac, dstMac } = macs(from);
    const frame = new Uint8Array(AT + 4 + rest.length);
    encodeEthernet({ dst: dstMac, src: srcMac, etherType: ETHERTYPE_IPV4 }, frame);
    const header = { dscp: 0, ecn: 0, identification: 0, flags: 0, fragmentOffset: 0, ttl, protocol: 1 };
    const totalLength = frame.length - ETHERNET_BYTES;
    encodeIpv4({ ...header, totalLength, src: spec.ipv4, dst: parseIpv4(to) }, frame, ETHERNET_BYTES);
    frame[AT] = type;
    frame.set(rest, AT + 4);
    const sum = checksum(frame, AT) ^ wrong;
    frame[AT + 2] = sum >> 8;
    frame[AT + 3] = sum & 255;
    return frame;
  }

  /** What an ICMP message says, its checksums verified. */
  async function heard(host: string) {
    const frame = await fabric.next(host);
    const ip = decodeIpv4(frame, ETHERNET_BYTES);
    assert.equal(ip.protocol, 1);
    assert.equal(checksum(frame, AT), 0);
    assert.deepEqual(decodeEthernet(frame).dst, macs(host).srcMac);
    return { from: formatIpv4(ip.src), type: frame[AT], code: frame[AT + 1], rest: frame.slice(AT + 4) };
  }

  /** Time-exceeded messages that come before the answer to an ARP request, which is under no limit. */
  async function complaints(): Promise<number> {
    const { spec, srcMac } = macs('h1');
    const request = encodeArp({
      operation: ARP_REQUEST,
      senderMac: srcMac,
      senderAddress: spec.ipv4,
      targetMac: new Uint8Array(6),
      targetAddress: parseIpv4('10.0.2.1'),
    });
    const header = encodeEthernet({ dst: BROADCAST_MAC, src: srcMac, etherType: ETHERTYPE_ARP });
    fabric.send('h1', Uint8Array.of(...header, ...request));
    for (let count = 0; ; count += 1) {
      const frame = await fabric.next('h1');
      if (decodeEthernet(frame).etherType === ETHERTYPE_ARP) return count;
      assert.equal(frame[AT], 11);
    }
  }

  it('tell a traceroute every switch on the way, in the switch’s own name', async () => {
    for (const [ttl, switchAddress] of [
      [1, '10.255.0.1'],
      [2, '10.255.0.11'],
      [3, '10.255.0.2'],
    ] as const) {
      fabric.send('h1', udp('h1', '10.0.2.1', ttl));
      const { from, type, code, rest } = await heard('h1');
      assert.deepEqual({ from, type, code }, { from: switchAddress, type: 11, code: 0 });
      // Four unused bytes, then the packet: a traceroute finds its probe by addresses and UDP ports.
      const quoted = decodeIpv4(rest, 4);
      assert.deepEqual(
        [quoted.src, quoted.dst, quoted.ttl],
        [parseIpv4('10.0.1.1'), parseIpv4('10.0.2.1'), 1],
      );
      assert.deepEqual([...rest.subarray(24, 28)], [40_000 >> 8, 40_000 & 255, 33_434 >> 8, 33_434 & 255]);
    }
    fabric.send('h1', udp('h1', '10.0.2.1', 4));
    assert.equal(decodeIpv4(await fabric.next('h3'), ETHERNET_BYTES).ttl, 1);
  });

  it('quote no more than fits 576 bytes', async () => {
    fabric.send('h1', udp('h1', '10.0.2.1', 1, new Uint8Array(1400)));
    assert.equal((await heard('h1')).rest.length, 4 + 548);
  });

  it('answer pings of a switch’s address, and say that it has no UDP port open', async () => {
    const rest = Uint8Array.of(1, 2, 0, 9, ...new TextEncoder().encode('how long is the way?'));
    for (const ttl of [64, 3]) {
      fabric.send('h1', icmp('h1', '10.255.0.2', ttl, 8, rest));
      assert.deepEqual(await heard('h1'), { from: '10.255.0.2', type: 0, code: 0, rest });
    }
    fabric.send('h1', udp('h1', '10.255.0.2', 64));
    const { from, type, code } = await heard('h1');
    assert.deepEqual({ from, type, code }, { from: '10.255.0.2', type: 3, code: 3 });
  });

  it('say nothing about errors, of damaged pings, and more than so many a second', async () => {
    fabric.send('h1', icmp('h1', '10.0.2.1', 1, 11, new Uint8Array(32)));
    fabric.send('h1', icmp('h1', '10.255.0.1', 64, 8, new Uint8Array(32), 1));
    fabric.send('h1', icmp('h1', '10.255.0.1', 64, 13, new Uint8Array(32)));
    for (let i = 0; i < 1100; i += 1) fabric.send('h1', udp('h1', '10.0.2.1', 1));
    assert.ok((await complaints()) <= 1000);
    fabric.clock.advance(1_000_000);
    fabric.send('h1', udp('h1', '10.0.2.1', 1));
    assert.equal(await complaints(), 1);
  });
});

describe('a gateway in the topology', () => {
  it('gets what no route and no name leads to, from every switch', async () => {
    const fabric = await SmallFabric.start(undefined, `fabric: { gateway: h3 }\n${TOPOLOGY}`);
    try {
      const frame = encodeUdpFrame({
        srcMac: macBytes(fabric.topology.hosts.get('h1')?.mac ?? 0),
        dstMac: macBytes(portMac(1, 1)),
        src: parseIpv4('10.0.1.1'),
        dst: parseIpv4('93.184.216.34'),
        srcPort: 9,
        dstPort: 9,
        payload: new Uint8Array(4),
      });
      fabric.send('h1', frame);
      const out = fabric.received.get('h3')?.shift();
      assert.ok(out !== undefined);
      assert.equal(formatIpv4(decodeIpv4(out, ETHERNET_BYTES).dst), '93.184.216.34');
    } finally {
      await fabric.stop();
    }
  });
});
