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
import type { CallOptions, CallResult } from './client.js';
import { HostError } from './errors.js';
import type { Host } from './host.js';

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

  /** @throws HostError as Host.call, BAD_REPLY, or TOO_LARGE where the value does not fit an answer. */
  async get(key: string): Promise<KvResult> {
    return this.#request(KV_GET, KV_GET_REPLY, key, EMPTY);
  }

  /** Writes a value; more than 128 bytes travel past the cache. @throws HostError as get. */
  async put(key: string, value: Uint8Array): Promise<KvResult> {
    return this.#request(KV_PUT, KV_PUT_REPLY, key, value);
  }

  /** Deletes a key, if it is there. @throws HostError as get. */
  async delete(key: string): Promise<KvResult> {
    return this.#request(KV_DELETE, KV_DELETE_REPLY, key, EMPTY);
  }

  async #request(op: number, answer: number, key: string, value: Uint8Array): Promise<KvResult> {
    const name = this.#host.nameOf(`${this.#prefix}/${key}`);
    const large = value.length > KV_MAX_VALUE;
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
    if (value.length > 0xffff) {
      throw new HostError(
        'TOO_LARGE',
        `${name}: a value of ${value.length} bytes does not fit a datagram; split it`,
      );
    }
    const client = this.#host.client;
    const result = await client.request(PacketType.SERVICE_REQUEST, name, payload, kv, this.#options);
    return kvResult(name, kv, answer, result);
  }
}

function kvResult(name: Name, request: Kv, answer: number, result: CallResult): KvResult {
  const kv = result.kv;
  if (kv === undefined || kv.op !== answer || !sameBytes(kv.key, 0, request.key, 0, request.key.length)) {
    throw new HostError(
      'BAD_REPLY',
      `${name}: the answer is not a reply to operation ${request.op} on this key`,
    );
  }
  if (kv.status === KvStatus.TOO_LARGE) {
    throw new HostError('TOO_LARGE', `${name}: the server says the value is too large; split it`);
  }
  const hasValue = kv.status === KvStatus.OK && answer !== KV_DELETE_REPLY;
  return {
    value: hasValue ? ((kv.flags & KV_LARGE) === 0 ? kv.value : result.payload) : undefined,
    version: kv.version,
    cached: (kv.flags & KV_CACHED) !== 0,
    attempts: result.attempts,
    rttUs: result.rttUs,
  };
}
