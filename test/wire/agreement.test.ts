import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import * as wire from '../../wire/index.js';
import { auth, hop, kv, namedPacket, sincHeader, telemetry, u8, u16, u32 } from './arbitraries.js';
import { headersOfDocument, headersOfP4, numbersOfDocument, numbersOfP4 } from './document.js';

const root = new URL('../../../', import.meta.url);
const document = readFileSync(new URL('docs/protocol.md', root), 'utf8');
const layouts = new Map(wire.LAYOUTS.map((layout) => [layout.name, layout]));
const shape = (fields: readonly { name: string; bits: number }[]) => fields.map((f) => `${f.name}:${f.bits}`);

/** Every number of wire/constants.ts under the document's names. */
const constants = new Map<string, number>();
for (const group of [wire, wire.PacketType, wire.NackReason]) {
  for (const [name, value] of Object.entries(group))
    if (typeof value === 'number') constants.set(name, value);
}

describe('docs/protocol.md and the codecs', () => {
  const tables = headersOfDocument(document);

  it('the document gives the fields of every header sincmesh defines', () => {
    assert.deepEqual([...tables.keys()].sort(), [
      'auth',
      'cell',
      'digests',
      'hop',
      'kv',
      'kv_block',
      'mpls',
      'name',
      'nsh',
      'packet_in',
      'packet_out',
      'sinc',
      'telemetry',
      'vector',
    ]);
  });

  for (const table of tables.values()) {
    it(`${table.name} has the document's fields in the document's order`, () => {
      const layout = layouts.get(table.name);
      assert.ok(layout, `wire/ has no layout ${table.name}`);
      assert.deepEqual(shape(layout.fields), shape(table.fields));
      if (table.bytes !== undefined) assert.equal(layout.bytes, table.bytes);
    });
  }

  const numbers = numbersOfDocument(document);
  it('the document’s tables of numbers were found', () => assert.ok(numbers.size >= 40, `${numbers.size}`));
  for (const [name, value] of numbers) {
    it(`${name} is ${value}`, () => assert.equal(constants.get(name), value));
  }
});

/** Reads the fields of a layout out of bytes, bit by bit: slow, and independent of the codecs. */
function unpack(layout: wire.Layout, b: Uint8Array, at = 0): Map<string, bigint> {
  const fields = new Map<string, bigint>();
  for (const field of layout.fields) {
    let value = 0n;
    for (let bit = field.bitOffset; bit < field.bitOffset + field.bits; bit++) {
      value = (value << 1n) | BigInt(((b[at + (bit >> 3)] ?? 0) >> (7 - (bit & 7))) & 1);
    }
    fields.set(field.name, value);
  }
  return fields;
}

const toNumber = (value: unknown): bigint => {
  if (value instanceof Uint8Array) return BigInt(`0x0${wire.toHex(value)}`);
  assert.ok(typeof value === 'number' || typeof value === 'boolean', `field value ${String(value)}`);
  return BigInt(value);
};

/** Compares what stands on the wire with the object it was encoded from, field by field. */
function agrees(
  layout: wire.Layout,
  b: Uint8Array,
  at: number,
  object: object,
  fixed: Record<string, number> = {},
): void {
  const properties = new Map(Object.entries(object));
  for (const [field, value] of unpack(layout, b, at)) {
    const property = field.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
    const expected = fixed[field] ?? properties.get(property);
    assert.notEqual(expected, undefined, `${layout.name}.${field} is neither a property nor fixed`);
    assert.equal(value, toNumber(expected), `${layout.name}.${field}`);
  }
}

describe('the codecs and their layouts', () => {
  it('name and digests', () => {
    fc.assert(
      fc.property(namedPacket, (packet) => {
        const b = wire.encodeNamed(packet);
        agrees(wire.NAME_LAYOUT, b, 0, packet, { version: 1, text_length: packet.text.length });
        agrees(wire.DIGESTS_LAYOUT, b, 20, packet);
      }),
    );
  });

  it('auth, telemetry, hop, kv and its blocks follow in this order', () => {
    const base = fc.sample(namedPacket, { numRuns: 1, seed: 3 })[0];
    assert.ok(base);
    fc.assert(
      fc.property(auth, telemetry, kv, (a, t, k) => {
        const b = wire.encodeNamed({ ...base, auth: a, telemetry: t, kv: k.kv });
        let at = 84;
        agrees(wire.AUTH_LAYOUT, b, at, a, { reserved: 0 });
        at += wire.AUTH_BYTES;
        agrees(wire.TELEMETRY_LAYOUT, b, at, t, { count: t.hops.length, reserved: 0 });
        at += 4;
        for (const h of t.hops) {
          agrees(wire.HOP_LAYOUT, b, at, h);
          at += 16;
        }
        const blocks = Math.ceil(k.kv.value.length / 16);
        agrees(wire.KV_LAYOUT, b, at, k.kv, { blocks, reserved: 0 });
        at += 28;
        for (let i = 0; i < blocks; i++) {
          const value = new Uint8Array(16);
          value.set(k.kv.value.subarray(16 * i, 16 * i + 16));
          agrees(wire.KV_BLOCK_LAYOUT, b, at, { value });
          at += 16;
        }
        assert.equal(wire.toHex(b.subarray(at, at + base.text.length)), wire.toHex(base.text));
      }),
    );
    assert.ok(fc.check(fc.property(hop, (h) => Object.keys(h).length === wire.HOP_LAYOUT.fields.length)));
  });

  it('sinc, vector and cell', () => {
    const cell = fc.record({ index: u32, operand: u32, replacement: u32, result: u32 });
    fc.assert(
      fc.property(sincHeader, cell, fc.int32Array({ minLength: 32, maxLength: 32 }), (header, c, values) => {
        agrees(wire.SINC_LAYOUT, wire.encodeSinc(header), 0, header, { reserved: 0 });
        agrees(wire.CELL_LAYOUT, wire.encodeCell(c), 0, c);
        const b = new Uint8Array(128);
        wire.writeValues(b, 0, values, 0, 32);
        agrees(wire.VECTOR_LAYOUT, b, 0, Object.fromEntries([...values].map((v, i) => [`v${i}`, v >>> 0])));
      }),
    );
  });

  it('nsh, mpls, packet_in and packet_out', () => {
    const nsh = fc.record({ ttl: fc.nat(63), nextProtocol: u8, spi: fc.nat(0xffffff), si: u8 });
    const label = fc.record({ label: fc.nat(0xfffff), trafficClass: fc.nat(7), ttl: u8 });
    fc.assert(
      fc.property(nsh, label, u16, u8, (header, entry, port, reason) => {
        const fixed = { version: 0, oam: 0, unassigned: 0, length: 6, unassigned2: 0, md_type: 1 };
        agrees(wire.NSH_LAYOUT, wire.encodeNsh(header), 0, header, fixed);
        const bottom = { ...entry, bottom: true };
        agrees(wire.MPLS_LAYOUT, wire.encodeMplsStack([bottom]), 0, bottom);
        const packetIn = { ingressPort: port, reason };
        agrees(wire.PACKET_IN_LAYOUT, wire.encodePacketIn(packetIn), 0, packetIn, { reserved: 0 });
        const packetOut = { egressPort: port, forward: reason > 127 };
        agrees(wire.PACKET_OUT_LAYOUT, wire.encodePacketOut(packetOut), 0, packetOut, { reserved: 0 });
      }),
    );
  });

  it('ethernet, ipv4, udp and arp', () => {
    const mac = fc.uint8Array({ minLength: 6, maxLength: 6 });
    const addresses = fc.record({ src: u32, dst: u32, srcMac: mac, dstMac: mac, srcPort: u16, dstPort: u16 });
    fc.assert(
      fc.property(addresses, fc.uint8Array({ maxLength: 50 }), (a, payload) => {
        const b = wire.encodeUdpFrame({ ...a, payload });
        agrees(wire.ETHERNET_LAYOUT, b, 0, { dst: a.dstMac, src: a.srcMac, etherType: 0x0800 });
        const ip = {
          ...wire.decodeIpv4(b, 14),
          version: 4,
          ihl: 5,
          checksum: (b[24] ?? 0) * 256 + (b[25] ?? 0),
        };
        agrees(wire.IPV4_LAYOUT, b, 14, ip, { src: a.src, dst: a.dst, total_length: 28 + payload.length });
        agrees(wire.UDP_LAYOUT, b, 34, { ...wire.decodeUdp(b, 34), srcPort: a.srcPort, dstPort: a.dstPort });
        const arp = {
          operation: wire.ARP_REQUEST,
          senderMac: a.srcMac,
          senderAddress: a.src,
          targetMac: a.dstMac,
          targetAddress: a.dst,
        } as const;
        const fixed = { hardware_type: 1, protocol_type: 0x0800, hardware_length: 6, protocol_length: 4 };
        agrees(wire.ARP_LAYOUT, wire.encodeArp(arp), 0, arp, fixed);
      }),
    );
  });
});

describe('the P4 programs and the codecs', () => {
  const headersFile = new URL('p4src/shared/headers.p4', root);
  const constantsFile = new URL('p4src/shared/constants.p4', root);

  it('every header p4src/shared/headers.p4 shares with the wire has its fields', () => {
    const declared = headersOfP4(readFileSync(headersFile, 'utf8'));
    const missing = [...layouts.keys()].filter((name) => !declared.has(name) && name !== 'arp');
    assert.deepEqual(missing, [], `headers.p4 declares ${[...declared.keys()].join(' ')}`);
    for (const [name, table] of declared) {
      const layout = layouts.get(name);
      if (layout !== undefined) assert.deepEqual(shape(table.fields), shape(layout.fields), name);
    }
  });

  it('every constant p4src/shared/constants.p4 shares with the wire has its value', () => {
    const declared = numbersOfP4(readFileSync(constantsFile, 'utf8'));
    let shared = 0;
    for (const [name, value] of declared) {
      const ours =
        constants.get(name) ?? constants.get(name.replace(/^(TYPE|PACKET|REASON|NACK|NAMED)_/, ''));
      if (ours === undefined) continue;
      shared++;
      assert.equal(value, ours, name);
    }
    assert.ok(
      shared >= 20,
      `only ${shared} of ${declared.size} constants have a counterpart in wire/constants.ts`,
    );
  });
});
