import { KvStatus, readU32, writeU32 } from '../wire/index.js';
import type { HostEnvironment } from './environment.js';

/**
 * Key-value operations on values that fit no datagram travel as calls of the key's name, past the caches
 * (docs/protocol.md section 3.8): a value is brought first, and written by a PUT that names it, which invalidates on its way
 * as every write does.
 */
const BRING = 1;
const FETCH = 2;
/** Bytes of the number a caller gives a value it brings: fewer than a large value has. */
export const TICKET_BYTES = 8;
const STATUS_AND_VERSION = 5;

export type LargeRequest =
  | { readonly op: 'bring'; readonly ticket: Uint8Array; readonly value: Uint8Array }
  | { readonly op: 'fetch' };

export interface Fetched {
  readonly status: KvStatus;
  readonly version: number;
  readonly value: Uint8Array;
}

/** A number no other value of this caller has, by chance. */
export function newTicket(environment: HostEnvironment): Uint8Array {
  const ticket = new Uint8Array(TICKET_BYTES);
  for (const at of [0, 4]) writeU32(ticket, at, Math.floor(environment.random() * 0x100000000) >>> 0);
  return ticket;
}

export function encodeBring(ticket: Uint8Array, value: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(1 + TICKET_BYTES + value.length);
  bytes[0] = BRING;
  bytes.set(ticket, 1);
  bytes.set(value, 1 + TICKET_BYTES);
  return bytes;
}

export function encodeFetch(): Uint8Array {
  return Uint8Array.of(FETCH);
}

/** Undefined where it is neither. */
export function decodeLargeRequest(bytes: Uint8Array): LargeRequest | undefined {
  if (bytes[0] === FETCH && bytes.length === 1) return { op: 'fetch' };
  if (bytes[0] !== BRING || bytes.length < 1 + TICKET_BYTES) return undefined;
  return { op: 'bring', ticket: bytes.slice(1, 1 + TICKET_BYTES), value: bytes.subarray(1 + TICKET_BYTES) };
}

export function encodeFetched({ status, version, value }: Fetched): Uint8Array {
  const bytes = new Uint8Array(STATUS_AND_VERSION + value.length);
  bytes[0] = status;
  writeU32(bytes, 1, version);
  bytes.set(value, STATUS_AND_VERSION);
  return bytes;
}

/** Undefined where it is no answer to a fetch. */
export function decodeFetched(bytes: Uint8Array): Fetched | undefined {
  const [status] = bytes;
  if (bytes.length < STATUS_AND_VERSION) return undefined;
  if (status !== KvStatus.OK && status !== KvStatus.NOT_FOUND) return undefined;
  return { status, version: readU32(bytes, 1), value: bytes.subarray(STATUS_AND_VERSION) };
}

/** Values that were brought and not written yet, for a while. */
export class BroughtValues {
  readonly #keepUs: number;
  readonly #maxBytes: number;
  /** Oldest first. */
  readonly #values = new Map<string, { readonly value: Uint8Array; readonly until: number }>();
  #bytes = 0;

  constructor(keepUs: number, maxBytes: number) {
    this.#keepUs = keepUs;
    this.#maxBytes = maxBytes;
  }

  /** @returns false where there is no room. */
  keep(key: string, value: Uint8Array, now: number): boolean {
    for (const [old, { until }] of this.#values) {
      if (until > now) break;
      this.take(old);
    }
    this.take(key);
    if (this.#bytes + value.length > this.#maxBytes) return false;
    this.#values.set(key, { value: value.slice(), until: now + this.#keepUs });
    this.#bytes += value.length;
    return true;
  }

  take(key: string): Uint8Array | undefined {
    const value = this.#values.get(key)?.value;
    if (value !== undefined) this.#bytes -= value.length;
    this.#values.delete(key);
    return value;
  }
}
