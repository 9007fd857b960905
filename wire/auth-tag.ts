/** The keyed tag of header `auth` (docs/protocol.md section 3.6). */

import { readU16, readU32, sameBytes, writeU16, writeU32 } from './bytes.js';
import { FLAG_AUTH, FLAG_KV, FLAG_TELEMETRY, NAME_DIGEST_BYTES } from './constants.js';
import { halfSipHash64 } from './halfsiphash.js';
import { kvLengthOnWire } from './kv.js';
import { AUTH_BYTES, NAME_HEADER_BYTES, NAMED_FIXED_BYTES, type NamedPacket } from './named.js';
import { HOP_BYTES, TELEMETRY_BYTES } from './telemetry.js';

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

/** Bytes behind the text block of an encoded named packet without `auth`. */
function payloadLength(datagram: Uint8Array): number {
  const flags = datagram[1] ?? 0;
  let at = NAMED_FIXED_BYTES;
  if ((flags & FLAG_TELEMETRY) !== 0) at += TELEMETRY_BYTES + HOP_BYTES * (datagram[at] ?? 0);
  if ((flags & FLAG_KV) !== 0) at += kvLengthOnWire(datagram, at);
  return datagram.length - at - readU16(datagram, 16);
}

/**
 * As signNamed for an encoded packet without `auth`: writes it with `auth` to `out`, which has AUTH_BYTES more room, and gives
 * its bytes. @throws RangeError as authTag.
 */
export function signDatagram(
  key: Uint8Array,
  keyId: number,
  datagram: Uint8Array,
  sequence: number,
  out: Uint8Array,
): Uint8Array {
  let at = 0;
  for (let i = NAME_HEADER_BYTES; i < NAMED_FIXED_BYTES; i += 4, at += 4) {
    message.setUint32(at, readU32(datagram, i), true);
  }
  const type = (datagram[0] ?? 0) & 15;
  message.setUint32(at, ((keyId << 16) | ((datagram[18] ?? 0) << 8) | type) >>> 0, true);
  message.setUint32(at + 4, readU32(datagram, 8), true);
  message.setUint32(at + 8, payloadLength(datagram), true);
  message.setUint32(at + 12, sequence, true);
  const tag = halfSipHash64(key, messageBytes);
  out.set(datagram.subarray(0, NAMED_FIXED_BYTES));
  out[1] = (out[1] ?? 0) | FLAG_AUTH;
  writeU16(out, NAMED_FIXED_BYTES, keyId);
  writeU16(out, NAMED_FIXED_BYTES + 2, 0);
  writeU32(out, NAMED_FIXED_BYTES + 4, sequence);
  out.set(tag, NAMED_FIXED_BYTES + 8);
  out.set(datagram.subarray(NAMED_FIXED_BYTES), NAMED_FIXED_BYTES + AUTH_BYTES);
  return out.subarray(0, datagram.length + AUTH_BYTES);
}
