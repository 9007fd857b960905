import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  bytesToBigint,
  decodeBytes,
  decodeSigned,
  encodeBytes,
  encodeSigned,
} from '../../switch/p4runtime/bytes.js';

const place = (): string => 'field x';

describe('P4Runtime bytestrings', () => {
  it('unsigned values come back, in the shortest form, and from any longer one', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 256 }),
        fc.bigInt({ min: 0n }),
        fc.nat(4),
        (width, any, zeros) => {
          const value = BigInt.asUintN(width, any);
          const bytes = encodeBytes(value);
          assert.equal(decodeBytes(bytes, width, place), value);
          assert.equal(bytes.length, Math.max(1, Math.ceil(value.toString(2).length / 8)));
          const padded = new Uint8Array(zeros + bytes.length);
          padded.set(bytes, zeros);
          assert.equal(decodeBytes(padded, width, place), value);
          assert.equal(bytesToBigint(padded), value);
        },
      ),
    );
  });

  it('signed values come back in two’s complement, in the shortest form', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 130 }), fc.bigInt(), (width, any) => {
        const pattern = BigInt.asUintN(width, any);
        const bytes = encodeSigned(pattern, width);
        assert.equal(decodeSigned(bytes, width, place), pattern);
        const value = BigInt.asIntN(width, pattern);
        const shorter = 8 * (bytes.length - 1);
        assert.ok(shorter === 0 || BigInt.asIntN(shorter, value) !== value);
      }),
    );
    assert.deepEqual([...encodeSigned(0xffffn, 16)], [0xff]);
    assert.deepEqual([...encodeSigned(0x0080n, 16)], [0x00, 0x80]);
    assert.deepEqual([...encodeSigned(0xff7fn, 16)], [0xff, 0x7f]);
  });

  it('what does not fit is refused with place and value', () => {
    assert.throws(() => decodeBytes(Uint8Array.of(2, 0), 9, place), /field x takes 9 bit\(s\), got 0x200/);
    assert.throws(() => decodeBytes(new Uint8Array(), 9, place), /field x: the bytestring is empty/);
    assert.throws(() => decodeSigned(Uint8Array.of(0x80), 7, place), /field x takes .* 7 bit\(s\), got -128/);
    assert.throws(() => decodeSigned(new Uint8Array(), 7, place), /empty/);
    for (const bytes of [Uint8Array.of(2, 0), new Uint8Array()]) {
      assert.throws(() => decodeBytes(bytes, 9, place), { code: 'OUT_OF_RANGE' });
    }
    assert.equal(decodeBytes(Uint8Array.of(1, 0xff), 9, place), 511n);
  });
});
