import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  digestComponents,
  FabricKey,
  NAME_MAX_BYTES,
  Name,
  sipHash32,
  sipHash128,
  WireError,
} from '../../wire/index.js';
import { nameText } from './arbitraries.js';

const key = FabricKey.default;
const utf8 = new TextEncoder();

describe('names', () => {
  it('have components, prefixes and children', () => {
    const name = Name.parse('/shop/cart/v2');
    assert.deepEqual(name.components, ['shop', 'cart', 'v2']);
    assert.equal(name.prefix(2).text, '/shop/cart');
    assert.equal(name.prefix(2).child('v2').text, '/shop/cart/v2');
    assert.ok(name.prefix(1).covers(name));
    assert.ok(!Name.parse('/sho').covers(name));
  });

  for (const [text, why] of [
    ['', 'begin with'],
    ['shop', 'begin with'],
    ['/', 'empty component'],
    ['/shop//cart', 'empty component'],
    ['/shop/', 'empty component'],
    ['/1/2/3/4/5/6/7/8/9', '9 components'],
    [`/${'x'.repeat(NAME_MAX_BYTES)}`, '256 bytes'],
    [`/${'é'.repeat(128)}`, '257 bytes'],
    ['/a\u0000b', 'control character'],
    ['/a\nb', 'control character'],
    ['/a\u0085b', 'control character'],
    ['/a\ud800b', 'surrogate'],
  ] as const) {
    it(`refuses ${JSON.stringify(text.slice(0, 24))}: ${why}`, () => {
      assert.throws(
        () => Name.parse(text),
        (error) => error instanceof WireError && error.code === 'NAME' && error.message.includes(why),
      );
    });
  }

  it('refuses text that is not UTF-8', () => {
    assert.throws(() => Name.fromBytes(Uint8Array.of(0x2f, 0xff)), /not UTF-8/);
  });

  it('read back what they wrote', () => {
    fc.assert(
      fc.property(nameText, (text) => {
        assert.equal(Name.fromBytes(Name.parse(text).bytes).text, text);
      }),
    );
  });

  it('never throw anything but a WireError', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        try {
          assert.equal(Name.parse(`/${text}`).text, `/${text}`);
        } catch (error) {
          assert.ok(error instanceof WireError, String(error));
        }
      }),
    );
  });
});

describe('name digests', () => {
  it('are the component digests side by side', () => {
    const digest = Name.parse('/shop/cart').digest(key);
    assert.equal(digest.words[0], sipHash32(key.bytes, utf8.encode('shop')));
    assert.equal(digest.words[1], sipHash32(key.bytes, utf8.encode('cart')));
    assert.deepEqual([...digest.words.subarray(2)], [0, 0, 0, 0, 0, 0]);
    assert.equal(digest.prefixBits, 64);
  });

  it('are a longest-prefix key: the digest of a prefix is a prefix of the digest', () => {
    fc.assert(
      fc.property(nameText, fc.nat(7), (text, pick) => {
        const name = Name.parse(text);
        const count = 1 + (pick % name.components.length);
        const whole = name.digest(key).toBigInt();
        const prefix = name.prefix(count).digest(key);
        const shift = BigInt(256 - prefix.prefixBits);
        assert.equal((whole >> shift) << shift, prefix.toBigInt());
        assert.equal(digestComponents(prefix.bytes, 0), count);
      }),
    );
  });

  it('depend on the key of the fabric', () => {
    const other = FabricKey.fromHex('ff'.repeat(16));
    const name = Name.parse('/shop');
    assert.notEqual(name.digest(other).toBigInt(), name.digest(key).toBigInt());
    assert.equal(name.digest(key).toBigInt(), Name.parse('/shop').digest(key).toBigInt());
  });

  it('give the cache key over the whole text', () => {
    const name = Name.parse('/kv/user:42');
    assert.deepEqual(name.cacheKey(key), sipHash128(key.bytes, utf8.encode('/kv/user:42')));
  });

  it('refuse keys of another length', () => {
    assert.throws(() => new FabricKey(new Uint8Array(8)), WireError);
    assert.throws(() => FabricKey.fromHex('zz'), WireError);
  });
});
