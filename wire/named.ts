import { readU16, readU32, writeU16, writeU32 } from './bytes.js';
import {
  FLAG_AUTH,
  FLAG_KV,
  FLAG_SWAPPED,
  FLAG_TELEMETRY,
  FLAGS_KNOWN,
  KV_LARGE,
  NAME_DIGEST_BYTES,
  NAME_MAX_COMPONENTS,
  NAMED_VERSION,
  PacketType,
} from './constants.js';
import { requireBytes, requireField, target, WireError } from './errors.js';
import { decodeKv, type Kv, kvLength, kvLengthOnWire, writeKv } from './kv.js';
import { layout } from './layout.js';
import { digestComponents, Name } from './name.js';
import { decodeTelemetry, type Telemetry, telemetryLength, writeTelemetry } from './telemetry.js';

/** docs/protocol.md section 3.1. */
export const NAME_LAYOUT = layout('name', {
  version: 4,
  type: 4,
  flags: 8,
  hop_limit: 8,
  reason: 8,
  dst_components: 4,
  src_components: 4,
  tag: 8,
  instance: 16,
  request_id: 32,
  stamp: 32,
  text_length: 16,
  attempt: 8,
  patience: 8,
});
export const NAME_HEADER_BYTES = 20;
/** Section 3.5. */
export const DIGESTS_LAYOUT = layout('digests', { dst: 256, src: 256 });
export const DIGESTS_BYTES = 64;
/** Section 3.6. */
export const AUTH_LAYOUT = layout('auth', { key_id: 16, reserved: 16, sequence: 32, tag: 64 });
export const AUTH_BYTES = 16;
/** Bytes before the first optional header. */
export const NAMED_FIXED_BYTES = NAME_HEADER_BYTES + DIGESTS_BYTES;

export interface Auth {
  readonly keyId: number;
  /** Of the packets signed with this credential, 32 bits. */
  readonly sequence: number;
  /** 8 bytes. */
  readonly tag: Uint8Array;
}

/** A named packet: a UDP payload of UDP_PORT_NAMED. */
export interface NamedPacket {
  readonly type: PacketType;
  /** Of the presence flags (AUTH, TELEMETRY, KV) the encoder writes what is there, whatever this says. */
  readonly flags: number;
  readonly hopLimit: number;
  /** A NackReason, 0 on other types. */
  readonly reason: number;
  readonly dstComponents: number;
  readonly srcComponents: number;
  readonly tag: number;
  readonly instance: number;
  readonly requestId: number;
  /** Microseconds of the edge router's clock, low 32 bits. */
  readonly stamp: number;
  readonly attempt: number;
  /** Time the caller still gives the request, as 2^(n/8) milliseconds rounded down; 0 or left out = not told. */
  readonly patience?: number;
  /** 32 bytes each. */
  readonly dst: Uint8Array;
  readonly src: Uint8Array;
  readonly auth?: Auth | undefined;
  readonly telemetry?: Telemetry | undefined;
  readonly kv?: Kv | undefined;
  /** Both names' text, the destination's first (the source's first where FLAG_SWAPPED is set). */
  readonly text: Uint8Array;
  readonly payload: Uint8Array;
}

/** Bytes `encodeNamed` will write. */
export function namedLength(packet: NamedPacket): number {
  return (
    NAMED_FIXED_BYTES +
    (packet.auth === undefined ? 0 : AUTH_BYTES) +
    (packet.telemetry === undefined ? 0 : telemetryLength(packet.telemetry)) +
    (packet.kv === undefined ? 0 : kvLength(packet.kv)) +
    packet.text.length +
    packet.payload.length
  );
}

function checkDigest(b: Uint8Array, at: number, components: number, which: string): void {
  if (digestComponents(b, at) !== components) {
    throw new WireError(
      'INCONSISTENT',
      'digests',
      at,
      `${which} does not hold ${components} components and zeros`,
      'number the components as the digest has them',
    );
  }
}

/**
 * Decodes a whole named packet. Byte fields are views into `b`.
 * @throws WireError TRUNCATED, VERSION, VALUE, RESERVED or INCONSISTENT; nothing else, whatever the bytes.
 */
export function decodeNamed(b: Uint8Array): NamedPacket {
  requireBytes('name', 0, NAMED_FIXED_BYTES, b.length);
  const first = b[0] ?? 0;
  if (first >> 4 !== NAMED_VERSION) {
    throw new WireError('VERSION', 'name', 0, `version is ${first >> 4}`, `send ${NAMED_VERSION}`);
  }
  const type = first & 15;
  if (!isPacketType(type)) throw new WireError('VALUE', 'name', 0, `type is ${type}`, 'send 1 to 5');
  const flags = b[1] ?? 0;
  if ((flags & ~FLAGS_KNOWN) !== 0) {
    throw new WireError('RESERVED', 'name', 1, `flags are 0x${flags.toString(16)}`, 'send the known ones');
  }
  const dstComponents = (b[4] ?? 0) >> 4;
  const srcComponents = (b[4] ?? 0) & 15;
  checkComponents(dstComponents, 'dst_components');
  checkComponents(srcComponents, 'src_components');
  const dstAt = NAME_HEADER_BYTES;
  const srcAt = dstAt + NAME_DIGEST_BYTES;
  checkDigest(b, dstAt, dstComponents, 'dst');
  checkDigest(b, srcAt, srcComponents, 'src');

  let at = NAMED_FIXED_BYTES;
  let auth: Auth | undefined;
  if ((flags & FLAG_AUTH) !== 0) {
    requireBytes('auth', at, AUTH_BYTES, b.length);
    if (readU16(b, at + 2) !== 0)
      throw new WireError('RESERVED', 'auth', at + 2, 'reserved is not 0', 'send 0');
    auth = { keyId: readU16(b, at), sequence: readU32(b, at + 4), tag: b.subarray(at + 8, at + AUTH_BYTES) };
    at += AUTH_BYTES;
  }
  let telemetry: Telemetry | undefined;
  if ((flags & FLAG_TELEMETRY) !== 0) {
    telemetry = decodeTelemetry(b, at);
    at += telemetryLength(telemetry);
  }
  let kv: Kv | undefined;
  if ((flags & FLAG_KV) !== 0) {
    kv = decodeKv(b, at);
    at += kvLengthOnWire(b, at);
  }
  const textLength = readU16(b, 16);
  requireBytes('name text', at, textLength, b.length);
  const payload = b.subarray(at + textLength);
  if (kv !== undefined && (kv.flags & KV_LARGE) !== 0 && kv.valueLength !== payload.length) {
    throw new WireError(
      'INCONSISTENT',
      'kv',
      at,
      `value of ${kv.valueLength} bytes, payload of ${payload.length}`,
      'carry a large value as the whole payload',
    );
  }
  return {
    type,
    flags,
    hopLimit: b[2] ?? 0,
    reason: b[3] ?? 0,
    dstComponents,
    srcComponents,
    tag: b[5] ?? 0,
    instance: readU16(b, 6),
    requestId: readU32(b, 8),
    stamp: readU32(b, 12),
    attempt: b[18] ?? 0,
    patience: b[19] ?? 0,
    dst: b.subarray(dstAt, srcAt),
    src: b.subarray(srcAt, NAMED_FIXED_BYTES),
    auth,
    telemetry,
    kv,
    text: b.subarray(at, at + textLength),
    payload,
  };
}

function isPacketType(type: number): type is PacketType {
  return type >= PacketType.SERVICE_REQUEST && type <= PacketType.NACK;
}

function checkComponents(count: number, field: string): void {
  if (count < 1 || count > NAME_MAX_COMPONENTS) {
    throw new WireError('VALUE', 'name', 4, `${field} is ${count}`, `send 1 to ${NAME_MAX_COMPONENTS}`);
  }
}

/** Writes a packet into `buffer` at `offset`, or into a fresh one, and returns its bytes. @throws WireError. */
export function encodeNamed(packet: NamedPacket, buffer?: Uint8Array, offset = 0): Uint8Array {
  requireField('name', 'flags', packet.flags, 8);
  requireField('name', 'hop_limit', packet.hopLimit, 8);
  requireField('name', 'reason', packet.reason, 8);
  requireField('name', 'tag', packet.tag, 8);
  requireField('name', 'instance', packet.instance, 16);
  requireField('name', 'request_id', packet.requestId, 32);
  requireField('name', 'stamp', packet.stamp, 32);
  requireField('name', 'text_length', packet.text.length, 16);
  requireField('name', 'attempt', packet.attempt, 8);
  requireField('name', 'patience', packet.patience ?? 0, 8);
  if (!isPacketType(packet.type)) {
    throw new WireError('VALUE', 'name', 0, `type is ${String(packet.type)}`, 'send 1 to 5');
  }
  checkComponents(packet.dstComponents, 'dst_components');
  checkComponents(packet.srcComponents, 'src_components');
  if (packet.dst.length !== NAME_DIGEST_BYTES || packet.src.length !== NAME_DIGEST_BYTES) {
    throw new WireError('VALUE', 'digests', -1, 'a digest is not 32 bytes', 'give 32 bytes each');
  }
  const length = namedLength(packet);
  const b = target('name', buffer, offset, length);
  const presence =
    (packet.auth === undefined ? 0 : FLAG_AUTH) |
    (packet.telemetry === undefined ? 0 : FLAG_TELEMETRY) |
    (packet.kv === undefined ? 0 : FLAG_KV);
  b[offset] = (NAMED_VERSION << 4) | packet.type;
  b[offset + 1] = (packet.flags & ~(FLAG_AUTH | FLAG_TELEMETRY | FLAG_KV)) | presence;
  b[offset + 2] = packet.hopLimit;
  b[offset + 3] = packet.reason;
  b[offset + 4] = (packet.dstComponents << 4) | packet.srcComponents;
  b[offset + 5] = packet.tag;
  writeU16(b, offset + 6, packet.instance);
  writeU32(b, offset + 8, packet.requestId);
  writeU32(b, offset + 12, packet.stamp);
  writeU16(b, offset + 16, packet.text.length);
  b[offset + 18] = packet.attempt;
  b[offset + 19] = packet.patience ?? 0;
  b.set(packet.dst, offset + NAME_HEADER_BYTES);
  b.set(packet.src, offset + NAME_HEADER_BYTES + NAME_DIGEST_BYTES);
  let at = offset + NAMED_FIXED_BYTES;
  if (packet.auth !== undefined) {
    requireField('auth', 'key_id', packet.auth.keyId, 16);
    requireField('auth', 'sequence', packet.auth.sequence, 32);
    if (packet.auth.tag.length !== 8) {
      throw new WireError('VALUE', 'auth', -1, `tag has ${packet.auth.tag.length} bytes`, 'give 8 bytes');
    }
    writeU16(b, at, packet.auth.keyId);
    writeU16(b, at + 2, 0);
    writeU32(b, at + 4, packet.auth.sequence);
    b.set(packet.auth.tag, at + 8);
    at += AUTH_BYTES;
  }
  if (packet.telemetry !== undefined) {
    writeTelemetry(b, at, packet.telemetry);
    at += telemetryLength(packet.telemetry);
  }
  if (packet.kv !== undefined) {
    writeKv(b, at, packet.kv);
    at += kvLength(packet.kv);
  }
  b.set(packet.text, at);
  b.set(packet.payload, at + packet.text.length);
  return b.subarray(offset, offset + length);
}

const SLASH = 0x2f;

/** Bytes of the first name of a text block, where it has `components` components. */
function firstNameLength(text: Uint8Array, components: number): number {
  let seen = 0;
  for (let i = 0; i < text.length; i++) if (text[i] === SLASH && ++seen > components) return i;
  return text.length;
}

/** The destination's text as bytes of the text block, unchecked. */
export function dstText(packet: NamedPacket): Uint8Array {
  if ((packet.flags & FLAG_SWAPPED) === 0) {
    return packet.text.subarray(0, firstNameLength(packet.text, packet.dstComponents));
  }
  return packet.text.subarray(firstNameLength(packet.text, packet.srcComponents));
}

/** The source's text as bytes of the text block, unchecked. */
export function srcText(packet: NamedPacket): Uint8Array {
  if ((packet.flags & FLAG_SWAPPED) === 0) {
    return packet.text.subarray(firstNameLength(packet.text, packet.dstComponents));
  }
  return packet.text.subarray(0, firstNameLength(packet.text, packet.srcComponents));
}

/** Both names of the text block. @throws WireError NAME or INCONSISTENT (not as many components as the header says). */
export function namesOf(packet: NamedPacket): { readonly dst: Name; readonly src: Name } {
  const dst = Name.fromBytes(dstText(packet));
  const src = Name.fromBytes(srcText(packet));
  if (dst.components.length !== packet.dstComponents || src.components.length !== packet.srcComponents) {
    throw new WireError(
      'INCONSISTENT',
      'name text',
      -1,
      `"${dst}" and "${src}" do not have ${packet.dstComponents} and ${packet.srcComponents} components`,
      'send the text of the names the digests stand for',
    );
  }
  return { dst, src };
}

/** A text block: destination's text, then source's. */
export function textBlock(dst: Name, src: Name): Uint8Array {
  const text = new Uint8Array(dst.bytes.length + src.bytes.length);
  text.set(dst.bytes);
  text.set(src.bytes, dst.bytes.length);
  return text;
}
