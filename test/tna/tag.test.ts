import assert from 'node:assert/strict';
import fc from 'fast-check';
import { authKeyWords, authTag, halfSipHash64, type NamedPacket, toHex } from '../../wire/index.js';
import { namedPacket, u32 } from '../wire/arbitraries.js';
import { HALF_VECTORS_64 } from '../wire/halfsiphash-vectors.js';
import { type Signed, TagModel } from './model/tag.js';
import { TARGETS } from './p4info.js';

/*
 * The tag as the Tofino program computes it, pass by pass: the actions of p4src/tna/tag.p4 as they stand in the file, the
 * words as the parser's states pick them. Against the published vectors, as far as messages of their lengths fill steps, and
 * against wire/halfsiphash.ts.
 */
const KEY = Uint8Array.from({ length: 8 }, (_, n) => n);
const key = fc.uint8Array({ minLength: 8, maxLength: 8 });

/** The words of HalfSipHash over a message. */
function wordsOf(message: Uint8Array): number[] {
  const padded = new Uint8Array((message.length & ~3) + 4);
  padded.set(message);
  padded[padded.length - 1] = message.length;
  const view = new DataView(padded.buffer);
  return Array.from({ length: padded.length / 4 }, (_, n) => view.getUint32(4 * n, true));
}

/** Both halves as the reference writes them. */
function bytesOf([low, high]: readonly [number, number]): Uint8Array {
  const bytes = new DataView(new ArrayBuffer(8));
  // The first half is kept when v1 has its constant already.
  bytes.setUint32(0, (low ^ 0xdd) >>> 0, true);
  bytes.setUint32(4, high, true);
  return new Uint8Array(bytes.buffer);
}

function signedOf(packet: NamedPacket, keyId: number, sequence: number): Signed {
  const digest = (bytes: Uint8Array) => BigInt(`0x${toHex(bytes)}`);
  return {
    ...{ dst: digest(packet.dst), src: digest(packet.src), keyId, sequence },
    ...{ attempt: packet.attempt, type: packet.type, requestId: packet.requestId },
    payload: packet.payload.length,
  };
}

for (const target of TARGETS) {
  describe(`The tag by passes, ${target}`, () => {
    const model = new TagModel(target);
    const { key0, key1 } = authKeyWords(KEY);

    it('gives the published vectors', () => {
      let checked = 0;
      HALF_VECTORS_64.forEach((expected, length) => {
        const words = wordsOf(Uint8Array.from({ length }, (_, n) => n));
        if (!model.fits(words.length)) return;
        checked += 1;
        assert.equal(toHex(bytesOf(model.ofWords(key0, key1, words))), expected, `length ${length}`);
      });
      assert.equal(checked, target === 'tofino2' ? 16 : 20);
    });

    it('is HalfSipHash-2-4 of 80 bytes', () => {
      fc.assert(
        fc.property(key, fc.uint8Array({ minLength: 80, maxLength: 80 }), (secret, message) => {
          const words = authKeyWords(secret);
          assert.equal(
            toHex(bytesOf(model.ofWords(words.key0, words.key1, wordsOf(message)))),
            toHex(halfSipHash64(secret, message)),
          );
        }),
      );
    });

    it('is that of the packet, by the words the parser picks, and is compared as the header has it', () => {
      fc.assert(
        fc.property(
          key,
          namedPacket,
          fc.nat(0xffff),
          u32,
          fc.nat(63),
          (secret, packet, keyId, sequence, bit) => {
            const words = authKeyWords(secret);
            const halves = model.ofPacket(words.key0, words.key1, signedOf(packet, keyId, sequence));
            const tag = authTag(secret, keyId, packet, sequence);
            assert.equal(toHex(bytesOf(halves)), toHex(tag));
            const right = model.differences(halves, tag);
            assert.deepEqual(right, { 'meta.low_differs': 0xdd000000n, 'meta.high_differs': 0n });
            const other = Uint8Array.from(tag, (byte, n) =>
              n === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte,
            );
            assert.notDeepEqual(model.differences(halves, other), right);
          },
        ),
      );
    });

    it('takes the passes that docs/tofino.md says', () => {
      assert.equal(model.passes, target === 'tofino2' ? 7 : 10);
    });
  });
}
