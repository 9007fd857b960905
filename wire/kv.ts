import { readU16, readU32, writeU16, writeU32 } from './bytes.js';
import {
  KV_BLOCK_BYTES,
  KV_DELETE_REPLY,
  KV_FLAGS_KNOWN,
  KV_GET,
  KV_LARGE,
  KV_MAX_BLOCKS,
  KV_MAX_VALUE,
  KvStatus,
} from './constants.js';
import { requireBytes, requireField, WireError } from './errors.js';
import { layout } from './layout.js';

/** docs/protocol.md section 3.8. */
export const KV_LAYOUT = layout('kv', {
  op: 8,
  flags: 8,
  status: 8,
  generation: 8,
  blocks: 8,
  reserved: 8,
  value_length: 16,
  version: 32,
  key: 128,
});
export const KV_BYTES = 28;
export const KV_BLOCK_LAYOUT = layout('kv_block', { value: 128 });

/** The kv header and its value blocks. */
export interface Kv {
  readonly op: number;
  /** KV_STAMPED, KV_CACHED, KV_LARGE. */
  readonly flags: number;
  readonly status: KvStatus;
  readonly generation: number;
  readonly version: number;
  /** 16 bytes. */
  readonly key: Uint8Array;
  /** Bytes of the value, in the blocks or (KV_LARGE) in the payload. */
  readonly valueLength: number;
  /** The value in the blocks, at most 128 bytes; empty where KV_LARGE is set. */
  readonly value: Uint8Array;
}

function blocksOf(kv: Kv): number {
  return Math.ceil(kv.value.length / KV_BLOCK_BYTES);
}

export function kvLength(kv: Kv): number {
  return KV_BYTES + KV_BLOCK_BYTES * blocksOf(kv);
}

/** Bytes of a header at `at` with its blocks, once `decodeKv` has accepted it. */
export function kvLengthOnWire(b: Uint8Array, at: number): number {
  return KV_BYTES + KV_BLOCK_BYTES * (b[at + 4] ?? 0);
}

/** The header and blocks at `at`; key and value are views. @throws WireError TRUNCATED, VALUE, RESERVED or INCONSISTENT. */
export function decodeKv(b: Uint8Array, at: number): Kv {
  requireBytes('kv', at, KV_BYTES, b.length);
  const op = b[at] ?? 0;
  const flags = b[at + 1] ?? 0;
  const status = b[at + 2] ?? 0;
  const blocks = b[at + 4] ?? 0;
  const valueLength = readU16(b, at + 6);
  if (op < KV_GET || op > KV_DELETE_REPLY) {
    throw new WireError('VALUE', 'kv', at, `operation is ${op}`, 'send 1 to 6');
  }
  if ((flags & ~KV_FLAGS_KNOWN) !== 0) {
    throw new WireError('RESERVED', 'kv', at + 1, `flags are 0x${flags.toString(16)}`, 'send the known ones');
  }
  if (status !== KvStatus.OK && status !== KvStatus.NOT_FOUND && status !== KvStatus.TOO_LARGE) {
    throw new WireError('VALUE', 'kv', at + 2, `status is ${status}`, 'send 0 to 2');
  }
  if (blocks > KV_MAX_BLOCKS) {
    throw new WireError('VALUE', 'kv', at + 4, `blocks is ${blocks}`, `send at most ${KV_MAX_BLOCKS}`);
  }
  if (b[at + 5] !== 0) throw new WireError('RESERVED', 'kv', at + 5, 'reserved is not 0', 'send 0');
  const large = (flags & KV_LARGE) !== 0;
  if (large ? blocks !== 0 : blocks * KV_BLOCK_BYTES < valueLength) {
    throw new WireError(
      'INCONSISTENT',
      'kv',
      at + 4,
      `${blocks} blocks, ${valueLength} bytes of value${large ? ' in the payload' : ''}`,
      'carry the value in blocks or, with KV_LARGE, in the payload',
    );
  }
  requireBytes('kv_block', at + KV_BYTES, blocks * KV_BLOCK_BYTES, b.length);
  return {
    op,
    flags,
    status,
    generation: b[at + 3] ?? 0,
    version: readU32(b, at + 8),
    key: b.subarray(at + 12, at + KV_BYTES),
    valueLength,
    value: b.subarray(at + KV_BYTES, at + KV_BYTES + (large ? 0 : valueLength)),
  };
}

/** Writes header and blocks at `at`, where the caller has made `kvLength` bytes of room. */
export function writeKv(b: Uint8Array, at: number, kv: Kv): void {
  requireField('kv', 'op', kv.op, 8);
  requireField('kv', 'flags', kv.flags, 8);
  requireField('kv', 'status', kv.status, 8);
  requireField('kv', 'generation', kv.generation, 8);
  requireField('kv', 'version', kv.version, 32);
  requireField('kv', 'value_length', kv.valueLength, 16);
  if (kv.key.length !== 16) {
    throw new WireError('VALUE', 'kv', -1, `key has ${kv.key.length} bytes`, 'give 16 bytes');
  }
  const inBlocks = (kv.flags & KV_LARGE) === 0 ? kv.valueLength : 0;
  if (kv.value.length !== inBlocks || inBlocks > KV_MAX_VALUE) {
    throw new WireError(
      'INCONSISTENT',
      'kv',
      -1,
      `value_length ${kv.valueLength} with ${kv.value.length} bytes for the blocks`,
      `carry up to ${KV_MAX_VALUE} bytes in blocks, more in the payload with KV_LARGE`,
    );
  }
  const blocks = blocksOf(kv);
  b[at] = kv.op;
  b[at + 1] = kv.flags;
  b[at + 2] = kv.status;
  b[at + 3] = kv.generation;
  b[at + 4] = blocks;
  b[at + 5] = 0;
  writeU16(b, at + 6, kv.valueLength);
  writeU32(b, at + 8, kv.version);
  b.set(kv.key, at + 12);
  b.set(kv.value, at + KV_BYTES);
  b.fill(0, at + KV_BYTES + kv.value.length, at + KV_BYTES + KV_BLOCK_BYTES * blocks);
}
