import assert from 'node:assert/strict';
import fc from 'fast-check';
import { P4RuntimeError } from '../../controller/p4runtime/index.js';
import {
  bigintBytes,
  bytesToBigint,
  bytesToHex,
  canonical,
  encodeValue,
  formatIPv4,
  formatMac,
  formatValue,
  parseIPv4,
  parseIPv6,
  parseMac,
  prefixMask,
  type Value,
} from '../../controller/p4runtime/values.js';

describe('P4Runtime values', () => {
  const good: [Value, number, string][] = [
    [0, 9, '00'],
    [255, 8, 'ff'],
    [256, 9, '0100'],
    [65_536, 32, '010000'],
    [2 ** 53 - 1, 64, '1fffffffffffff'],
    [2n ** 127n, 128, `80${'00'.repeat(15)}`],
    ['0x0a', 8, '0a'],
    ['0b101', 3, '05'],
    ['42', 8, '2a'],
    [' 10.0.0.1 ', 32, '0a000001'],
    ['00:11:22:33:44:55', 48, '1122334455'],
    ['00-11-22-33-44-55', 48, '1122334455'],
    ['::1', 128, '01'],
    ['fe80::10.0.0.1', 128, 'fe80000000000000000000000a000001'],
    [Uint8Array.of(0, 0, 7), 8, '07'],
    [new Uint8Array(0), 8, '00'],
  ];
  for (const [value, width, hex] of good) {
    it(`encodes ${String(value)} for ${width} bits as ${hex}`, () => {
      assert.equal(bytesToHex(encodeValue(value, { name: 'f', width })), hex);
    });
  }

  const bad: [Value, number, RegExp][] = [
    [256, 8, /f: 256 does not fit 8 bits/],
    [2n ** 128n, 128, /does not fit 128 bits/],
    [-1, 8, /is no integer of 0/],
    [-1n, 8, /is negative/],
    [1.5, 8, /is no integer/],
    [2 ** 53, 64, /pass a bigint/],
    ['10.0.0.256', 32, /is no number/],
    ['10.0.0.1', 16, /is an IPv4 address of 32 bits; the field has 16/],
    ['1:2', 128, /is no number/],
    ['', 8, /is no number/],
    [Uint8Array.of(1, 0), 8, /0x0100 does not fit 8 bits/],
  ];
  for (const [value, width, message] of bad) {
    it(`refuses ${String(value)} for ${width} bits`, () => {
      assert.throws(
        () => encodeValue(value, { name: 'f', width }),
        (error) =>
          error instanceof P4RuntimeError && error.code === 'BAD_VALUE' && message.test(error.message),
      );
    });
  }

  it('encodes text for fields that are translated to strings', () => {
    assert.deepEqual(encodeValue('eth0', { name: 'port', width: 0 }), new TextEncoder().encode('eth0'));
    assert.throws(() => encodeValue(1, { name: 'port', width: 0 }), /must be text or bytes/);
  });

  it('is canonical and keeps every integer', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 256n - 1n }), (integer) => {
        const bytes = encodeValue(integer, { name: 'f', width: 256 });
        assert.equal(bytesToBigint(bytes), integer);
        assert.ok(bytes.length === 1 || bytes[0] !== 0);
        assert.deepEqual(canonical(Uint8Array.of(0, 0, ...bytes)), bytes);
        assert.deepEqual(bigintBytes(integer), bytes);
      }),
    );
  });

  it('reads what it writes of addresses', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), (address) => {
        assert.equal(parseIPv4(formatIPv4(address)), address);
      }),
    );
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 48 - 1 }), (address) => {
        assert.equal(parseMac(formatMac(address)), address);
      }),
    );
    fc.assert(
      fc.property(fc.ipV6(), (text) => {
        const parsed = parseIPv6(text);
        assert.ok(parsed !== undefined && parsed >> 128n === 0n);
      }),
    );
    assert.equal(parseIPv6('1::2::3'), undefined);
    assert.equal(parseIPv6('1:2:3:4:5:6:7:8:9'), undefined);
    assert.equal(parseMac('00:11:22:33:44'), undefined);
  });

  it('formats by width', () => {
    assert.equal(formatValue(0x0a000001n, 32), '10.0.0.1');
    assert.equal(formatValue(1n, 48), '00:00:00:00:00:01');
    assert.equal(formatValue(255n, 128), '0xff');
    assert.equal(formatValue(255n, 16), '255');
    assert.equal(prefixMask(8, 32), 0xff000000n);
    assert.equal(prefixMask(0, 32), 0n);
  });
});
