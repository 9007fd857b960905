import { readU16, readU32, WireError, writeU16, writeU32 } from '../../wire/index.js';
import { MAX_DATAGRAM } from '../environment.js';

/** docs/protocol.md section 8.1. The first byte occurs in no UTF-8 text. */
export const SEGMENT_MAGIC = 0xf5534d31;
export const SEGMENT_BYTES = 36;
export const SACK_BYTES = 8;
/** Unit in which a host says by how much the datagrams it takes may be longer than the usual ones, bytes. */
const LENGTH_UNIT = 256;
export const MAX_SACKS = 16;

export const SEGMENT_FIN = 0x01;
export const SEGMENT_RESET = 0x02;
export const SEGMENT_OPEN = 0x04;
/** Wants an answer even though it carries no data. */
export const SEGMENT_PROBE = 0x08;

/** Why an exchange was reset. 1 to 127 are Nack reasons (section 3.4). */
export const ResetCode = {
  CANCELLED: 0,
  UNKNOWN: 128,
  TOO_LARGE: 129,
  DEADLINE: 130,
} as const;

/** A stretch of stream received beyond the first gap, in bytes relative to `ack`. */
export interface SackBlock {
  readonly from: number;
  readonly to: number;
}

/** What a segment says; `data` is a view. */
export interface Segment {
  flags: number;
  /** Of a RESET. */
  code: number;
  /** Time the sender gives the whole exchange, milliseconds; 0 = no limit. Of an OPEN, else 0. */
  timeLimitMs: number;
  /** Stream offset of the first data byte, below 2^48. */
  offset: number;
  /** Every byte before this one has been received; a FIN counts as one byte. */
  ack: number;
  /** Bytes from `ack` on that the receiver has room for. */
  window: number;
  /** Sender's clock, microseconds, low 32 bits. */
  sentAt: number;
  /** Longest datagram its sender takes, bytes: MAX_DATAGRAM and a multiple of 256. */
  longest: number;
  /** `sentAt` of the latest segment received, 0 before the first. */
  echo: number;
  readonly sacks: SackBlock[];
  data: Uint8Array;
}

/** Whether a payload is a segment rather than an application's own bytes. */
export function isSegment(payload: Uint8Array): boolean {
  return payload.length >= 4 && readU32(payload, 0) === SEGMENT_MAGIC;
}

function readU48(b: Uint8Array, at: number): number {
  return readU16(b, at) * 0x100000000 + readU32(b, at + 2);
}

function writeU48(b: Uint8Array, at: number, value: number): void {
  writeU16(b, at, Math.floor(value / 0x100000000));
  writeU32(b, at + 2, value % 0x100000000);
}

/** Writes everything but the data, and gives the bytes written. */
export function writeSegment(b: Uint8Array, at: number, segment: Readonly<Segment>): number {
  writeU32(b, at, SEGMENT_MAGIC);
  b[at + 4] = segment.flags;
  b[at + 5] = segment.code;
  b[at + 6] = segment.sacks.length;
  b[at + 7] = Math.floor(Math.max(0, segment.longest - MAX_DATAGRAM) / LENGTH_UNIT);
  writeU32(b, at + 8, segment.timeLimitMs);
  writeU48(b, at + 12, segment.offset);
  writeU48(b, at + 18, segment.ack);
  writeU32(b, at + 24, segment.window);
  writeU32(b, at + 28, segment.sentAt);
  writeU32(b, at + 32, segment.echo);
  let end = at + SEGMENT_BYTES;
  for (const { from, to } of segment.sacks) {
    writeU32(b, end, from);
    writeU32(b, end + 4, to);
    end += SACK_BYTES;
  }
  return end - at;
}

/** @throws WireError TRUNCATED, VALUE or RESERVED. */
export function readSegment(payload: Uint8Array): Segment {
  const fail = (code: 'TRUNCATED' | 'VALUE' | 'RESERVED', at: number, problem: string): never => {
    throw new WireError(code, 'segment', at, problem, 'send it as section 8.1 says');
  };
  if (payload.length < SEGMENT_BYTES) fail('TRUNCATED', 0, `has ${payload.length} bytes`);
  if (readU32(payload, 0) !== SEGMENT_MAGIC) fail('VALUE', 0, 'does not begin with the magic number');
  const flags = payload[4] ?? 0;
  const count = payload[6] ?? 0;
  if (flags > 15) fail('RESERVED', 4, `flags are ${flags}`);
  if (count > MAX_SACKS) fail('VALUE', 6, `${count} blocks`);
  const dataAt = SEGMENT_BYTES + count * SACK_BYTES;
  if (payload.length < dataAt) fail('TRUNCATED', SEGMENT_BYTES, `${count} blocks do not fit`);
  const sacks: SackBlock[] = [];
  for (let at = SEGMENT_BYTES; at < dataAt; at += SACK_BYTES) {
    const block = { from: readU32(payload, at), to: readU32(payload, at + 4) };
    if (block.from === 0 || block.to <= block.from) fail('VALUE', at, 'block is empty or at the ack');
    sacks.push(block);
  }
  return {
    flags,
    code: payload[5] ?? 0,
    timeLimitMs: readU32(payload, 8),
    offset: readU48(payload, 12),
    ack: readU48(payload, 18),
    window: readU32(payload, 24),
    sentAt: readU32(payload, 28),
    longest: MAX_DATAGRAM + (payload[7] ?? 0) * LENGTH_UNIT,
    echo: readU32(payload, 32),
    sacks,
    data: payload.subarray(dataAt),
  };
}
