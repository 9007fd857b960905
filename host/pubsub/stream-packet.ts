import { readU16, readU32, WireError, writeU16, writeU32 } from '../../wire/index.js';

/** docs/protocol.md section 8.5. The first byte occurs in no UTF-8 text. */
const STREAM_MAGIC = 0xf5534c31;
export const STREAM_HEADER_BYTES = 24;

/** What a packet of a live stream says. */
export const StreamKind = {
  /** A part of a segment. */
  PART: 1,
  /** Nothing new: `sequence` is the next segment's. */
  ALIVE: 2,
  /** No segment will follow: `sequence` is one more than the last. */
  END: 3,
} as const;
export type StreamKind = (typeof StreamKind)[keyof typeof StreamKind];

export interface StreamPacket {
  readonly kind: StreamKind;
  /** Which life of the publisher, chosen at random when it starts. */
  readonly epoch: number;
  readonly sequence: number;
  /** Of a PART: which, of how many, and the segment's bytes in all; else 0. */
  readonly part: number;
  readonly parts: number;
  readonly length: number;
  /** A view. */
  readonly data: Uint8Array;
}

export function isStreamPacket(payload: Uint8Array): boolean {
  return payload.length >= 4 && readU32(payload, 0) === STREAM_MAGIC;
}

export function encodeStreamPacket(packet: StreamPacket): Uint8Array {
  const b = new Uint8Array(STREAM_HEADER_BYTES + packet.data.length);
  writeU32(b, 0, STREAM_MAGIC);
  b[4] = packet.kind;
  writeU32(b, 8, packet.epoch);
  writeU32(b, 12, packet.sequence);
  writeU16(b, 16, packet.part);
  writeU16(b, 18, packet.parts);
  writeU32(b, 20, packet.length);
  b.set(packet.data, STREAM_HEADER_BYTES);
  return b;
}

/** @throws WireError TRUNCATED, VALUE or RESERVED. */
export function decodeStreamPacket(b: Uint8Array): StreamPacket {
  const fail = (code: 'TRUNCATED' | 'VALUE' | 'RESERVED', at: number, problem: string): never => {
    throw new WireError(code, 'stream packet', at, problem, 'send it as section 8.5 says');
  };
  if (b.length < STREAM_HEADER_BYTES) fail('TRUNCATED', 0, `has ${b.length} bytes`);
  if (readU32(b, 0) !== STREAM_MAGIC) fail('VALUE', 0, 'does not begin with the magic number');
  const kind = b[4] ?? 0;
  if (b[5] !== 0 || b[6] !== 0 || b[7] !== 0) fail('RESERVED', 5, 'reserved bytes are not 0');
  const part = readU16(b, 16);
  const parts = readU16(b, 18);
  const length = readU32(b, 20);
  const data = b.subarray(STREAM_HEADER_BYTES);
  if (kind === StreamKind.PART) {
    if (part >= parts) fail('VALUE', 16, `part ${part} of ${parts}`);
    if (data.length > length) fail('VALUE', 20, `${data.length} bytes of a segment of ${length}`);
  } else if (kind !== StreamKind.ALIVE && kind !== StreamKind.END) fail('VALUE', 4, `kind is ${kind}`);
  else if (data.length > 0) fail('VALUE', STREAM_HEADER_BYTES, 'holds data');
  return {
    kind: kind as StreamKind,
    epoch: readU32(b, 8),
    sequence: readU32(b, 12),
    part,
    parts,
    length,
    data,
  };
}
