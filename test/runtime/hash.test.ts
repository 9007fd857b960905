import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  crc,
  crc64,
  createHash,
  type HashAlgorithm,
  hashModulo,
  hashNames,
  SwitchError,
  toeplitz,
} from '../../switch/runtime/index.js';

const CHECK = '123456789';

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function hash(algorithm: HashAlgorithm, data: Uint8Array): bigint {
  const low = algorithm.low(data, data.length);
  return (BigInt(algorithm.high()) << 32n) | BigInt(low);
}

describe('hash algorithms against published values', () => {
  const checks: readonly [name: string, input: string, expected: bigint][] = [
    // Check values of the CRC catalogue (reveng).
    ['crc16', CHECK, 0xbb3dn],
    ['crc16_custom', CHECK, 0xbb3dn],
    ['crc32', CHECK, 0xcbf43926n],
    ['crc32_custom', CHECK, 0xcbf43926n],
    ['crcCCITT', CHECK, 0x29b1n],
    ['crc8_custom', CHECK, 0xf4n],
    // XXH64, seed 0: the reference implementation's and python-xxhash's documented values.
    ['xxh64', '', 0xef46db3751d8e999n],
    ['xxh64', 'a', 0xd24ec4f1a98c6e5bn],
    ['xxh64', 'abc', 0x44bc2cf5ad770999n],
    ['xxh64', 'Nobody inspects the spammish repetition', 0xfbcea83c8a378bf1n],
    ['bmv2_hash', 'abc', 0x44bc2cf5ad770999n],
    // By hand: 0x3132 ^ 0x3334 ^ ... with the odd byte on the left.
    ['xor16', CHECK, 0x3132n ^ 0x3334n ^ 0x3536n ^ 0x3738n ^ 0x3900n],
    ['xor32', CHECK, 0x31323334n ^ 0x35363738n ^ 0x39000000n],
    ['identity', 'AB', 0x4142n],
    ['identity', CHECK, 0x3132333435363738n],
    ['toeplitz', CHECK, 0n],
  ];
  for (const [name, input, expected] of checks) {
    it(`${name}(${JSON.stringify(input)}) = 0x${expected.toString(16)}`, () => {
      assert.equal(hash(createHash(name), bytes(input)).toString(16), expected.toString(16));
    });
  }

  it('csum16: the example of RFC 1071, an IPv4 header, and an odd byte', () => {
    const csum = createHash('csum16');
    assert.equal(hash(csum, Uint8Array.of(0, 1, 0xf2, 3, 0xf4, 0xf5, 0xf6, 0xf7)), 0x220dn);
    const header = Buffer.from('450000730000400040110000c0a80001c0a800c7', 'hex');
    assert.equal(hash(csum, header), 0xb861n);
    assert.equal(hash(csum, Uint8Array.of(0x12)), 0xedffn);
    assert.equal(hash(createHash('cksum16'), new Uint8Array(4)), 0xffffn);
  });

  it('toeplitz: the RSS verification suite', () => {
    const key = '6d5a56da255b0ec24167253d43a38fb0d0ca2bcbae7b30b477cb2da38030f20c6a42b73bbeac01fa';
    const words = key.match(/.{8}/g) ?? [];
    const rss = toeplitz(words.map((word) => Number.parseInt(word, 16)));
    const addresses = Uint8Array.of(66, 9, 149, 187, 161, 142, 100, 80);
    assert.equal(hash(rss, addresses), 0x323e8fc2n);
    assert.equal(hash(rss, Uint8Array.of(...addresses, 0x0a, 0xea, 0x06, 0xe6)), 0x51ccc178n);
  });

  it('64-bit CRCs of the catalogue', () => {
    const all = 0xffffffffffffffffn;
    const iso = { polynomial: 0x1bn, initial: all, reflectInput: true, reflectOutput: true, finalXor: all };
    assert.equal(hash(crc64(iso), bytes(CHECK)), 0xb90956c775a41001n);
    assert.equal(hash(crc64({ ...iso, polynomial: 0x42f0e1eba9ea3693n }), bytes(CHECK)), 0x995dc9bbdf1939fan);
    const ecma = {
      polynomial: 0x42f0e1eba9ea3693n,
      initial: 0n,
      reflectInput: false,
      reflectOutput: false,
      finalXor: 0n,
    };
    assert.equal(hash(crc64(ecma), bytes(CHECK)), 0x6c40df5f0b497347n);
  });

  it('custom CRCs of the catalogue in every combination of reflection', () => {
    const rows: readonly [8 | 16 | 32, number, number, boolean, boolean, number, bigint][] = [
      [32, 0x04c11db7, 0xffffffff, false, false, 0xffffffff, 0xfc891918n], // BZIP2
      [32, 0x1edc6f41, 0xffffffff, true, true, 0xffffffff, 0xe3069283n], // ISCSI
      [16, 0x1021, 0x0000, false, false, 0x0000, 0x31c3n], // XMODEM
      [16, 0x1021, 0xb2aa, true, true, 0x0000, 0x63d0n], // RIELLO
      [16, 0x8005, 0xffff, true, true, 0x0000, 0x4b37n], // MODBUS
      [8, 0x9b, 0xff, false, false, 0x00, 0xdan], // CDMA2000
      [8, 0x31, 0x00, true, true, 0x00, 0xa1n], // MAXIM-DOW
    ];
    for (const [bits, polynomial, initial, reflectInput, reflectOutput, finalXor, expected] of rows) {
      const config = { polynomial, initial, reflectInput, reflectOutput, finalXor };
      assert.equal(hash(crc(bits, config), bytes(CHECK)), expected, JSON.stringify(config));
    }
    const mixed = { polynomial: 0x1021, initial: 0xffff, reflectInput: false, finalXor: 0 };
    const reflected = hash(crc(16, { ...mixed, reflectOutput: true }), bytes(CHECK));
    assert.equal(reflected, reversed(0x29b1n, 16));
  });
});

describe('hash algorithms peculiar to BMv2', () => {
  it('hash_ex reads bytes as signed', () => {
    const reference = (data: Uint8Array): bigint => {
      const m = 0xffffffffn;
      let h = 2166136261n;
      for (const byte of data) h = ((h ^ (BigInt.asIntN(8, BigInt(byte)) & m)) * 16777619n) & m;
      h = (h + (h << 13n)) & m;
      h ^= h >> 7n;
      h = (h + (h << 3n)) & m;
      h ^= h >> 17n;
      return (h + (h << 5n)) & m;
    };
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (data) => {
        assert.equal(hash(createHash('hash_ex'), data), reference(data));
      }),
    );
  });

  it('round_robin counts calls, round_robin_consistent distinct inputs, each instance on its own', () => {
    const robin = createHash('round_robin');
    assert.deepEqual([hash(robin, bytes('a')), hash(robin, bytes('a'))], [0n, 1n]);
    assert.equal(hash(createHash('round_robin'), bytes('a')), 0n);
    const consistent = createHash('round_robin_consistent');
    const inputs = ['a', 'b', 'a', 'c', 'b'].map((text) => hash(consistent, bytes(text)));
    assert.deepEqual(inputs, [0n, 1n, 0n, 2n, 1n]);
  });

  it('crc64_custom starts from the ISO polynomial without inversion', () => {
    const reference = (data: Uint8Array): bigint => {
      let remainder = 0n;
      for (const byte of data) {
        remainder ^= BigInt(byte);
        for (let i = 0; i < 8; i++)
          remainder = remainder & 1n ? (remainder >> 1n) ^ 0xd800000000000000n : remainder >> 1n;
      }
      return remainder;
    };
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (data) => {
        assert.equal(hash(createHash('crc64_custom'), data), reference(data));
      }),
    );
  });
});

describe('hash algorithms in general', () => {
  it('XXH64 agrees with the specification written over bigint', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (data) => {
        assert.equal(hash(createHash('xxh64'), data), xxh64(data));
      }),
    );
  });

  it('only the first `length` bytes count', () => {
    for (const name of hashNames) {
      const [a, b] = [createHash(name), createHash(name)];
      assert.equal(a.low(bytes('abcdefgh-rest'), 8), b.low(bytes('abcdefgh'), 8), name);
    }
  });

  it('hashModulo reduces 64 bits', () => {
    const u32 = fc.integer({ min: 0, max: 0xffffffff });
    fc.assert(
      fc.property(u32, u32, fc.integer({ min: 1, max: 0x100000000 }), (high, low, size) => {
        const expected = Number(((BigInt(high) << 32n) | BigInt(low)) % BigInt(size));
        assert.equal(hashModulo(high, low, size), expected);
      }),
    );
  });

  it('an unknown algorithm is a typed error that lists the known ones', () => {
    assert.throws(
      () => createHash('random'),
      (error) => error instanceof SwitchError && /random.*crc32/.test(error.message),
    );
  });
});

function reversed(value: bigint, bits: number): bigint {
  return BigInt(`0b${[...value.toString(2).padStart(bits, '0')].reverse().join('')}`);
}

function xxh64(data: Uint8Array): bigint {
  const M = 0xffffffffffffffffn;
  const [p1, p2, p3] = [0x9e3779b185ebca87n, 0xc2b2ae3d27d4eb4fn, 0x165667b19e3779f9n];
  const [p4, p5] = [0x85ebca77c2b2ae63n, 0x27d4eb2f165667c5n];
  const rot = (x: bigint, n: bigint): bigint => ((x << n) | (x >> (64n - n))) & M;
  const round = (acc: bigint, lane: bigint): bigint => (rot((acc + lane * p2) & M, 31n) * p1) & M;
  const view = new DataView(data.buffer, data.byteOffset, data.length);
  let at = 0;
  let h = p5;
  if (data.length >= 32) {
    const acc = [(p1 + p2) & M, p2, 0n, -p1 & M];
    for (; at + 32 <= data.length; at += 32) {
      acc.forEach((a, i) => {
        acc[i] = round(a, view.getBigUint64(at + 8 * i, true));
      });
    }
    const [a = 0n, b = 0n, c = 0n, d = 0n] = acc;
    h = (rot(a, 1n) + rot(b, 7n) + rot(c, 12n) + rot(d, 18n)) & M;
    for (const lane of acc) h = ((h ^ round(0n, lane)) * p1 + p4) & M;
  }
  h = (h + BigInt(data.length)) & M;
  for (; at + 8 <= data.length; at += 8)
    h = (rot(h ^ round(0n, view.getBigUint64(at, true)), 27n) * p1 + p4) & M;
  if (at + 4 <= data.length) {
    h = (rot(h ^ ((BigInt(view.getUint32(at, true)) * p1) & M), 23n) * p2 + p3) & M;
    at += 4;
  }
  for (; at < data.length; at++) h = (rot(h ^ ((BigInt(data[at] ?? 0) * p5) & M), 11n) * p1) & M;
  h = ((h ^ (h >> 33n)) * p2) & M;
  h = ((h ^ (h >> 29n)) * p3) & M;
  return h ^ (h >> 32n);
}
