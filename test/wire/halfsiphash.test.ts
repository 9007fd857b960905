import assert from 'node:assert/strict';
import fc from 'fast-check';
import { authKeyWords, authTag, halfSipHash64, isSigned, signNamed, toHex } from '../../wire/index.js';
import { namedPacket, u32 } from './arbitraries.js';
import { HALF_VECTORS_64 } from './halfsiphash-vectors.js';

const key = Uint8Array.from({ length: 8 }, (_, i) => i);
const input = (length: number) => Uint8Array.from({ length }, (_, i) => i);

describe('HalfSipHash-2-4', () => {
  it('gives the 64 published 64-bit vectors', () => {
    assert.equal(HALF_VECTORS_64.length, 64);
    HALF_VECTORS_64.forEach((expected, n) => {
      assert.equal(toHex(halfSipHash64(key, input(n))), expected, `length ${n}`);
    });
  });

  it('hashes a range of a larger buffer', () => {
    const wide = Uint8Array.from({ length: 40 }, (_, i) => i - 10);
    assert.equal(toHex(halfSipHash64(key, wide, 10, 25)), HALF_VECTORS_64[15]);
  });

  it('refuses a key that is not 8 bytes', () => {
    assert.throws(() => halfSipHash64(new Uint8Array(16), input(1)), /8 bytes/);
    assert.throws(() => authKeyWords(new Uint8Array(7)), /8 bytes/);
  });
});

describe('the tag of a named packet', () => {
  it('holds what it is over, under one key', () => {
    fc.assert(
      fc.property(namedPacket, fc.nat(0xffff), u32, (packet, keyId, sequence) => {
        const signed = signNamed(key, keyId, packet, sequence);
        const { auth } = signed;
        assert(auth !== undefined);
        assert(!isSigned(key, { ...signed, auth: { ...auth, sequence: (sequence ^ 1) >>> 0 } }));
        assert(isSigned(key, signed));
        assert(!isSigned(Uint8Array.from(key).reverse(), signed));
        assert(!isSigned(key, { ...signed, requestId: (signed.requestId ^ 1) >>> 0 }));
        assert(!isSigned(key, { ...signed, attempt: signed.attempt ^ 1 }));
        assert(!isSigned(key, { ...signed, src: signed.dst, dst: Uint8Array.from(signed.src).reverse() }));
        assert(!isSigned(key, { ...signed, payload: new Uint8Array(signed.payload.length + 1) }));
        assert(!isSigned(key, packet.auth === undefined ? packet : { ...packet, auth: undefined }));
      }),
    );
  });

  it('is not over what routers change', () => {
    const [packet] = fc.sample(namedPacket, { numRuns: 1, seed: 1 });
    assert(packet !== undefined);
    const tag = toHex(authTag(key, 1, packet, 7));
    assert.equal(toHex(authTag(key, 1, { ...packet, hopLimit: 1, instance: 9, stamp: 8, flags: 1 }, 7)), tag);
  });
});
