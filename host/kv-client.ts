import {
  KV_CACHED,
  KV_DELETE,
  KV_DELETE_REPLY,
  KV_GET,
  KV_GET_REPLY,
  KV_LARGE,
  KV_MAX_VALUE,
  KV_PUT,
  KV_PUT_REPLY,
  type Kv,
  KvStatus,
  type Name,
  PacketType,
  sameBytes,
} from '../wire/index.js';
import { requireBytes } from './arguments.js';
import { type CallOptions, type CallResult, DEFAULT_DEADLINE_US } from './call-options.js';
import { HostError } from './errors.js';
import type { Host } from './host.js';
import { decodeFetched, encodeBring, encodeFetch, newTicket } from './kv-large.js';

export interface KvResult {
  /** Undefined where there is no such key, and on deletes. */
  readonly value: Uint8Array | undefined;
  /** Version of the value, rising with every write of the key. */
  readonly version: number;
  /** Whether a switch answered. */
  readonly cached: boolean;
  readonly attempts: number;
  readonly rttUs: number;
}

const EMPTY = new Uint8Array(0);
/** Of a datagram, kept for the kv header, a signature and notes of a policy. */
const RESERVED_BYTES = 64;

/** A client of the key-value service `/<service>`; the key `a` has the name `/<service>/a`. */
export class KvClient {
  readonly #host: Host;
  readonly #prefix: string;
  readonly #options: CallOptions;

  /** @param options apply to every request */
  constructor(host: Host, service: string | Name, options: CallOptions = {}) {
    this.#host = host;
    this.#prefix = host.nameOf(service).text;
    this.#options = options;
  }

  /** The value of a key; one that fits no datagram is fetched by a call. @throws HostError as Host.call, or BAD_REPLY. */
  async get(key: string): Promise<KvResult> {
    const begun = this.#now();
    const result = await this.#request(KV_GET, KV_GET_REPLY, key, EMPTY, this.#options);
    return result === TOO_LONG ? this.#fetch(key, begun) : result;
  }

  /**
   * Writes a value; more than 128 bytes travel past the cache, and what fits no datagram is brought by a call before.
   * @throws HostError as get, or TOO_LARGE where it is longer than the server takes.
   */
  async put(key: string, value: Uint8Array): Promise<KvResult> {
    const name = this.#nameOf(key);
    requireBytes(`put to ${name}`, 'value', value);
    const room = this.#host.queryRoom(name) - RESERVED_BYTES;
    if (value.length > KV_MAX_VALUE && value.length > room) return this.#bring(name, key, value);
    return fits(name, await this.#request(KV_PUT, KV_PUT_REPLY, key, value, this.#options));
  }

  /** Deletes a key, if it is there. @throws HostError as get. */
  async delete(key: string): Promise<KvResult> {
    const result = await this.#request(KV_DELETE, KV_DELETE_REPLY, key, EMPTY, this.#options);
    return fits(this.#nameOf(key), result);
  }

  #nameOf(key: string): Name {
    return this.#host.nameOf(`${this.#prefix}/${key}`);
  }

  #now(): number {
    return this.#host.environment.now();
  }

  /** The options with what is left of the deadline. */
  #since(begun: number): CallOptions {
    const { deadlineUs = DEFAULT_DEADLINE_US } = this.#options;
    return { ...this.#options, deadlineUs: Math.max(1, deadlineUs - (this.#now() - begun)) };
  }

  async #fetch(key: string, begun: number): Promise<KvResult> {
    const name = this.#nameOf(key);
    const { payload, attempts } = await this.#host.call(name, encodeFetch(), this.#since(begun));
    const fetched = decodeFetched(payload);
    if (fetched === undefined) {
      throw new HostError('BAD_REPLY', `${name}: the answer is no value; is it a KvServer of this version?`);
    }
    const { status, version, value } = fetched;
    const found = status === KvStatus.OK ? value : undefined;
    return { value: found, version, cached: false, attempts, rttUs: this.#now() - begun };
  }

  async #bring(name: Name, key: string, value: Uint8Array): Promise<KvResult> {
    const begun = this.#now();
    const ticket = newTicket(this.#host.environment);
    await this.#host.call(name, encodeBring(ticket, value), this.#options);
    const written = await this.#request(KV_PUT, KV_PUT_REPLY, key, ticket, this.#since(begun), true);
    return { ...fits(name, written), value, rttUs: this.#now() - begun };
  }

  async #request(
    op: number,
    answer: number,
    key: string,
    value: Uint8Array,
    options: CallOptions,
    isTicket = false,
  ): Promise<KvResult | typeof TOO_LONG> {
    const name = this.#nameOf(key);
    // A PUT of a value that was brought has its ticket for a large value: no real one is that short.
    const large = isTicket || value.length > KV_MAX_VALUE;
    const kv: Kv = {
      op,
      flags: large ? KV_LARGE : 0,
      status: KvStatus.OK,
      generation: 0,
      version: 0,
      key: name.cacheKey(this.#host.key),
      valueLength: value.length,
      value: large ? EMPTY : value,
    };
    const payload = large ? value : EMPTY;
    const client = this.#host.client;
    const result = await client.request(PacketType.SERVICE_REQUEST, name, payload, kv, options);
    return kvResult(name, kv, answer, result);
  }
}

/** The answer did not fit a datagram, or the server does not take the value. */
const TOO_LONG = Symbol('too long');

function fits(name: Name, result: KvResult | typeof TOO_LONG): KvResult {
  if (result !== TOO_LONG) return result;
  throw new HostError('TOO_LARGE', `${name}: the server says the value is too large; split it`);
}

function kvResult(name: Name, request: Kv, answer: number, result: CallResult): KvResult | typeof TOO_LONG {
  const kv = result.kv;
  if (kv === undefined || kv.op !== answer || !sameBytes(kv.key, 0, request.key, 0, request.key.length)) {
    throw new HostError(
      'BAD_REPLY',
      `${name}: the answer is not a reply to operation ${request.op} on this key`,
    );
  }
  if (kv.status === KvStatus.TOO_LARGE) return TOO_LONG;
  const hasValue = kv.status === KvStatus.OK && answer !== KV_DELETE_REPLY;
  return {
    value: hasValue ? ((kv.flags & KV_LARGE) === 0 ? kv.value : result.payload) : undefined,
    version: kv.version,
    cached: (kv.flags & KV_CACHED) !== 0,
    attempts: result.attempts,
    rttUs: result.rttUs,
  };
}
