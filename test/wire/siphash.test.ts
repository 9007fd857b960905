import assert from 'node:assert/strict';
import { FabricKey, sipHash32, sipHash64, sipHash128, toHex } from '../../wire/index.js';
import { VECTORS_64, VECTORS_128 } from './siphash-vectors.js';

const key = FabricKey.default.bytes;
const input = (length: number) => Uint8Array.from({ length }, (_, i) => i);

describe('SipHash-2-4', () => {
  it('gives a129ca6149be45e5 for the worked example of the paper', () => {
    assert.equal(toHex(sipHash64(key, input(15)).reverse()), 'a129ca6149be45e5');
  });

  it('gives the 64 published 64-bit vectors', () => {
    VECTORS_64.forEach((expected, n) => {
      assert.equal(toHex(sipHash64(key, input(n))), expected, `length ${n}`);
    });
  });

  it('gives the 64 published 128-bit vectors', () => {
    VECTORS_128.forEach((expected, n) => {
      assert.equal(toHex(sipHash128(key, input(n))), expected, `length ${n}`);
    });
  });

  it('gives the low 32 bits as a number without sign', () => {
    VECTORS_64.forEach((expected, n) => {
      const low = Number.parseInt(expected.slice(0, 8).match(/../g)?.reverse().join('') ?? '', 16);
      assert.equal(sipHash32(key, input(n)), low, `length ${n}`);
    });
  });

  it('hashes a range of a larger buffer', () => {
    const wide = Uint8Array.from({ length: 40 }, (_, i) => i - 10);
    assert.equal(toHex(sipHash64(key, wide, 10, 25)), VECTORS_64[15]);
  });

  it('returns fresh arrays, so that a result survives the next call', () => {
    const first = sipHash64(key, input(1));
    sipHash64(key, input(2));
    assert.equal(toHex(first), VECTORS_64[1]);
  });

  it('refuses a key that is not 16 bytes', () => {
    assert.throws(() => sipHash32(new Uint8Array(15), input(1)), /16 bytes/);
  });
});
