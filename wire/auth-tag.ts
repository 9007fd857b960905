/** The keyed tag of header `auth` (docs/protocol.md section 3.6). */

import { readU32, sameBytes } from './bytes.js';
import { NAME_DIGEST_BYTES } from './constants.js';
import { halfSipHash64 } from './halfsiphash.js';
import type { NamedPacket } from './named.js';

/** Bytes of a credential's key. */
export const AUTH_KEY_BYTES = 8;
const MESSAGE_BYTES = 80;

const message = new DataView(new ArrayBuffer(MESSAGE_BYTES));
const messageBytes = new Uint8Array(message.buffer);

/**
 * The tag of a packet under a key of 8 bytes: digests, type, request id, attempt, the length of the payload and the
 * sequence number (32 bits) are bound to the credential. @throws RangeError where the key has not 8 bytes.
 */
export function authTag(key: Uint8Array, keyId: number, packet: NamedPacket, sequence: number): Uint8Array {
  let at = 0;
  for (const digest of [packet.dst, packet.src]) {
    for (let i = 0; i < NAME_DIGEST_BYTES; i += 4, at += 4) message.setUint32(at, readU32(digest, i), true);
  }
  message.setUint32(at, ((keyId << 16) | (packet.attempt << 8) | packet.type) >>> 0, true);
  message.setUint32(at + 4, packet.requestId, true);
  message.setUint32(at + 8, packet.payload.length, true);
  message.setUint32(at + 12, sequence, true);
  return halfSipHash64(key, messageBytes);
}

/**
 * The packet with `auth`: signed as the holder of credential `keyId` (0 to 65535), as its packet number `sequence`: one
 * more for every packet signed, so that none passes twice. @throws RangeError as authTag.
 */
export function signNamed(
  key: Uint8Array,
  keyId: number,
  packet: NamedPacket,
  sequence: number,
): NamedPacket {
  return { ...packet, auth: { keyId, sequence, tag: authTag(key, keyId, packet, sequence) } };
}

/** Whether a packet carries the right tag of its credential. @throws RangeError as authTag. */
export function isSigned(key: Uint8Array, packet: NamedPacket): boolean {
  const { auth } = packet;
  if (auth === undefined) return false;
  return sameBytes(auth.tag, 0, authTag(key, auth.keyId, packet, auth.sequence), 0, AUTH_KEY_BYTES);
}

/** A key as the two numbers a switch takes it as: its bytes, least significant first. */
export function authKeyWords(key: Uint8Array): { readonly key0: number; readonly key1: number } {
  if (key.length !== AUTH_KEY_BYTES) {
    throw new RangeError(`a credential's key has ${AUTH_KEY_BYTES} bytes, this one has ${key.length}`);
  }
  const view = new DataView(key.buffer, key.byteOffset, AUTH_KEY_BYTES);
  return { key0: view.getUint32(0, true), key1: view.getUint32(4, true) };
}
