import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  checksum,
  decodeArp,
  decodeCell,
  decodeEthernet,
  decodeIpv4,
  decodeKv,
  decodeMplsStack,
  decodeNamed,
  decodeNsh,
  decodePacketIn,
  decodePacketOut,
  decodeSinc,
  decodeTelemetry,
  decodeUdp,
  decodeUdpFrame,
  dstText,
  emptySincHeader,
  encodeArp,
  encodeCell,
  encodeIpv4,
  encodeMplsStack,
  encodeNamed,
  encodeNsh,
  encodePacketIn,
  encodePacketOut,
  encodeSinc,
  encodeUdpFrame,
  formatIpv4,
  formatMac,
  type NamedPacket,
  namedLength,
  namesOf,
  parseIpv4,
  parseMac,
  readValues,
  srcText,
  updateChecksum,
  vectorCount,
  WireError,
  writeValues,
} from '../../wire/index.js';
import { bytes, namedPacket, sincHeader, u8, u16, u32 } from './arbitraries.js';

/** Runs a decoder and lets only WireErrors pass. */
function onlyWireErrors(decode: () => unknown): void {
  try {
    decode();
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    assert.ok(error.message.length > 10 && error.remedy.length > 0);
  }
}

const decoders: readonly [string, (b: Uint8Array) => unknown][] = [
  ['named', (b) => namesOf(decodeNamed(b))],
  ['kv', (b) => decodeKv(b, 0)],
  ['telemetry', (b) => decodeTelemetry(b, 0)],
  ['sinc', (b) => [vectorCount(decodeSinc(b), b.length), decodeCell(b, decodeSinc(b))]],
  ['cell', (b) => decodeCell(b, emptySincHeader())],
  ['nsh', (b) => decodeNsh(b)],
  ['mpls', (b) => decodeMplsStack(b)],
  ['ethernet', (b) => decodeEthernet(b)],
  ['ipv4', (b) => decodeIpv4(b)],
  ['udp', (b) => decodeUdp(b)],
  ['arp', (b) => decodeArp(b)],
  ['frame', (b) => decodeUdpFrame(b)],
  ['packet_in', (b) => decodePacketIn(b)],
  ['packet_out', (b) => decodePacketOut(b)],
];

describe('decoders', () => {
  for (const [name, decode] of decoders) {
    it(`${name}: any bytes give a result or a WireError`, () => {
      fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (b) => onlyWireErrors(() => decode(b))));
    });
  }

  it('named: every truncation and every flipped byte gives a result or a WireError', () => {
    fc.assert(
      fc.property(namedPacket, fc.nat(), u8, (packet, where, flip) => {
        const b = encodeNamed(packet).slice();
        onlyWireErrors(() => decodeNamed(b.subarray(0, where % b.length)));
        const at = where % b.length;
        b[at] = (b[at] ?? 0) ^ flip;
        onlyWireErrors(() => namesOf(decodeNamed(b)));
      }),
      { numRuns: 500 },
    );
  });
});

/** Views as plain arrays, so that deepEqual compares content. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (_, v) => (v instanceof Uint8Array ? [...v] : v)));
}

describe('named packets', () => {
  it('decode to what was encoded', () => {
    fc.assert(
      fc.property(namedPacket, (packet) => {
        const b = encodeNamed(packet);
        assert.equal(b.length, namedLength(packet));
        assert.deepEqual(plain(decodeNamed(b)), plain(packet));
      }),
      { numRuns: 300 },
    );
  });

  it('encode into a caller’s buffer at an offset, and refuse one that is too small', () => {
    fc.assert(
      fc.property(namedPacket, fc.nat(20), (packet, offset) => {
        const length = namedLength(packet);
        const buffer = new Uint8Array(offset + length).fill(0xee);
        assert.deepEqual([...encodeNamed(packet, buffer, offset)], [...encodeNamed(packet)]);
        assert.throws(
          () => encodeNamed(packet, buffer.subarray(1), offset),
          (error) => error instanceof WireError && error.code === 'NO_ROOM',
        );
      }),
    );
  });

  it('give both names, whichever comes first in the text', () => {
    fc.assert(
      fc.property(namedPacket, (packet) => {
        const names = namesOf(packet);
        assert.deepEqual([...names.dst.bytes], [...dstText(packet)]);
        assert.deepEqual([...names.src.bytes], [...srcText(packet)]);
        assert.equal(names.dst.components.length, packet.dstComponents);
      }),
    );
  });

  const some = fc.sample(namedPacket, { numRuns: 1, seed: 7 })[0] as NamedPacket;
  const plainPacket: NamedPacket = {
    ...some,
    flags: 0,
    auth: undefined,
    telemetry: undefined,
    kv: undefined,
  };
  for (const [field, at, value, code] of [
    ['version', 0, 0x21, 'VERSION'],
    ['type', 0, 0x1f, 'VALUE'],
    ['flags', 1, 0x80, 'RESERVED'],
    ['components', 4, 0x09, 'VALUE'],
    ['digest', 20 + 31, 0xff, 'INCONSISTENT'],
  ] as const) {
    it(`refuse a bad ${field} with its place`, () => {
      const b = encodeNamed({
        ...plainPacket,
        dstComponents: 1,
        dst: Uint8Array.from({ length: 32 }, (_, i) => (i < 4 ? 1 : 0)),
      });
      b[at] = value;
      assert.throws(
        () => decodeNamed(b),
        (error) => error instanceof WireError && error.code === code,
      );
    });
  }

  it('refuse fields that do not fit when they are encoded', () => {
    for (const bad of [
      { requestId: 2 ** 32 },
      { instance: -1 },
      { attempt: 256 },
      { patience: 256 },
      { hopLimit: 1.5 },
    ]) {
      assert.throws(() => encodeNamed({ ...plainPacket, ...bad }), WireError);
    }
  });
});

describe('SINC', () => {
  it('headers decode to what was encoded, into a caller’s header', () => {
    const into = emptySincHeader();
    fc.assert(
      fc.property(sincHeader, fc.nat(9), (header, at) => {
        const b = new Uint8Array(at + 16);
        encodeSinc(header, b, at);
        assert.equal(decodeSinc(b, at, into), into);
        assert.deepEqual(into, header);
      }),
    );
  });

  it('put D at 0x02 and L at 0x01 of the first byte', () => {
    const header = { ...emptySincHeader(), sources: 1 };
    assert.equal(encodeSinc({ ...header, done: true })[0], 2);
    assert.equal(encodeSinc({ ...header, loopback: true })[0], 1);
  });

  it('refuse a source that is not below sources, and an operand inside the header', () => {
    assert.throws(
      () => decodeSinc(encodeSinc({ ...emptySincHeader(), sources: 2, source: 2 })),
      /source 2 of 2/,
    );
    assert.throws(
      () => decodeSinc(encodeSinc({ ...emptySincHeader(), sources: 2, offset: 15 })),
      /offset is 15/,
    );
  });

  it('count vectors from the length', () => {
    const header = emptySincHeader();
    assert.equal(vectorCount(header, 16 + 128), 1);
    assert.equal(vectorCount(header, 16 + 512), 4);
    for (const length of [16, 17, 16 + 127, 16 + 640]) {
      assert.throws(() => vectorCount(header, length), WireError);
    }
  });

  it('carry int32 values, and fill past the end', () => {
    fc.assert(
      fc.property(fc.int32Array({ maxLength: 40 }), fc.integer(), (values, fill) => {
        const b = new Uint8Array(3 + 128);
        const out = new Int32Array(32);
        writeValues(b, 3, values, 2, 32, fill);
        readValues(b, 3, out, 0, 32);
        const expected = Array.from({ length: 32 }, (_, i) => values[i + 2] ?? fill | 0);
        assert.deepEqual([...out], expected);
      }),
    );
  });

  it('cells decode to what was encoded', () => {
    const cell = fc.record(
      { index: u32, operand: u32, replacement: u32, result: u32 },
      { noNullPrototype: true },
    );
    fc.assert(
      fc.property(cell, (value) => {
        const b = new Uint8Array(32);
        encodeCell(value, b, 16);
        assert.deepEqual(decodeCell(b, emptySincHeader()), value);
        assert.throws(() => decodeCell(b.subarray(0, 31), emptySincHeader()), WireError);
      }),
    );
  });
});

describe('NSH, MPLS, ARP and controller packets', () => {
  it('NSH decodes to what was encoded and is MD type 1 of 6 words', () => {
    const nsh = fc.record(
      { ttl: fc.nat(63), nextProtocol: u8, spi: fc.nat(0xffffff), si: u8 },
      { noNullPrototype: true },
    );
    fc.assert(
      fc.property(nsh, (header) => {
        const b = encodeNsh(header);
        assert.equal((b[1] ?? 0) & 0x3f, 6);
        assert.equal(b[2], 1);
        assert.deepEqual(decodeNsh(b), header);
      }),
    );
  });

  it('MPLS stacks decode to what was encoded', () => {
    const entry = fc.record({ label: fc.nat(0xfffff), trafficClass: fc.nat(7), ttl: u8 });
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1, maxLength: 8 }), (entries) => {
        const stack = entries.map((e, i) => ({ ...e, bottom: i === entries.length - 1 }));
        assert.deepEqual(decodeMplsStack(encodeMplsStack(stack)), stack);
      }),
    );
    assert.throws(() => encodeMplsStack([{ label: 1, trafficClass: 0, bottom: false, ttl: 1 }]), /bottom/);
  });

  it('ARP decodes to what was encoded', () => {
    const arp = fc.record({
      operation: fc.constantFrom<1 | 2>(1, 2),
      senderMac: bytes(6),
      senderAddress: u32,
      targetMac: bytes(6),
      targetAddress: u32,
    });
    fc.assert(
      fc.property(arp, (packet) => assert.deepEqual(plain(decodeArp(encodeArp(packet))), plain(packet))),
    );
  });

  it('packet_in and packet_out decode to what was encoded', () => {
    fc.assert(
      fc.property(u16, u8, fc.boolean(), (port, reason, forward) => {
        assert.deepEqual(decodePacketIn(encodePacketIn({ ingressPort: port, reason })), {
          ingressPort: port,
          reason,
        });
        assert.deepEqual(decodePacketOut(encodePacketOut({ egressPort: port, forward })), {
          egressPort: port,
          forward,
        });
      }),
    );
  });
});

describe('frames and checksums', () => {
  const frame = fc.record({
    srcMac: bytes(6),
    dstMac: bytes(6),
    src: u32,
    dst: u32,
    srcPort: u16,
    dstPort: u16,
    ttl: u8,
    payload: fc.uint8Array({ maxLength: 200 }),
  });

  it('a frame decodes to what was encoded, its checksums right', () => {
    fc.assert(
      fc.property(frame, (f) => {
        const d = decodeUdpFrame(encodeUdpFrame(f));
        assert.deepEqual(plain({ ...f }), {
          srcMac: [...d.ethernet.src],
          dstMac: [...d.ethernet.dst],
          src: d.ipv4.src,
          dst: d.ipv4.dst,
          srcPort: d.udp.srcPort,
          dstPort: d.udp.dstPort,
          ttl: d.ipv4.ttl,
          payload: [...d.payload],
        });
        assert.notEqual(d.udp.checksum, 0);
      }),
    );
  });

  it('a flipped bit behind the Ethernet header is noticed', () => {
    fc.assert(
      fc.property(frame, fc.nat(), fc.nat(7), (f, where, bit) => {
        const b = encodeUdpFrame(f).slice();
        const at = 14 + (where % (b.length - 14));
        const before = [...b];
        b[at] = (b[at] ?? 0) ^ (1 << bit);
        // A checksum flipped to 0 means "none" (RFC 768).
        fc.pre(!(b[40] === 0 && b[41] === 0) && before[at] !== b[at]);
        assert.throws(() => decodeUdpFrame(b), WireError);
      }),
      { numRuns: 300 },
    );
  });

  it('an incremental update (RFC 1624) agrees with computing anew', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 4, maxLength: 64 }), fc.nat(), u16, (data, where, to) => {
        const at = (where % (data.length >> 1)) << 1;
        const from = ((data[at] ?? 0) << 8) | (data[at + 1] ?? 0);
        const old = checksum(data);
        data[at] = to >> 8;
        data[at + 1] = to;
        // All-zero data is the one case where 0 and 0xffff, the same number in one's complement, differ.
        fc.pre(data.some((byte) => byte !== 0));
        assert.equal(updateChecksum(old, from, to), checksum(data));
      }),
    );
  });

  it('gives the checksum of the example in RFC 1071, section 3', () => {
    assert.equal(checksum(Uint8Array.of(0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7)), ~0xddf2 & 0xffff);
  });

  it('IPv4 options, a short total length and another version are refused by name', () => {
    const ip = encodeIpv4({
      dscp: 0,
      ecn: 0,
      totalLength: 20,
      identification: 0,
      flags: 0,
      fragmentOffset: 0,
      ttl: 1,
      protocol: 17,
      src: 1,
      dst: 2,
    });
    for (const [at, value, message] of [
      [0, 0x46, /no options/],
      [0, 0x65, /version is 6/],
      [3, 19, /total length is 19/],
      [8, 2, /checksum/],
    ] as const) {
      const b = ip.slice();
      b[at] = value;
      assert.throws(() => decodeIpv4(b), message);
    }
  });

  it('addresses have their usual text', () => {
    fc.assert(
      fc.property(u32, bytes(6), (address, mac) => {
        assert.equal(parseIpv4(formatIpv4(address)), address);
        assert.deepEqual([...parseMac(formatMac(mac))], [...mac]);
      }),
    );
    for (const bad of ['', '10.0.0', '10.0.0.256', '10.0.0.1.2', 'a.b.c.d']) {
      assert.throws(() => parseIpv4(bad), WireError);
    }
    assert.throws(() => parseMac('00:11:22:33:44'), WireError);
  });
});
