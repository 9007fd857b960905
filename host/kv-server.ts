import {
  KV_DELETE,
  KV_DELETE_REPLY,
  KV_GET,
  KV_GET_REPLY,
  KV_LARGE,
  KV_MAX_VALUE,
  KV_PUT,
  KV_PUT_REPLY,
  KV_STAMPED,
  type Kv,
  KvStatus,
  NackReason,
  type Name,
  type NamedPacket,
  namedLength,
  namesOf,
  PacketType,
  sameBytes,
  WireError,
} from '../wire/index.js';
import { DuplicateFilter } from './duplicate-filter.js';
import { MAX_DATAGRAM } from './environment.js';
import { Refusal, requireInteger } from './errors.js';
import type { Host } from './host.js';
import { BroughtValues, decodeLargeRequest, encodeFetched, TICKET_BYTES } from './kv-large.js';
import { type VersionStore, Versions } from './kv-versions.js';
import { answerTo, nackReply, type Reply } from './reply.js';
import type { ServeOptions } from './serve-options.js';
import type { Service } from './service.js';
import type { ServiceRequest } from './service-request.js';

export interface KvServerOptions extends ServeOptions {
  /** Longest value accepted, bytes. Default 1,048,576. */
  readonly maxValue?: number | undefined;
  /**
   * Where versions start. A server that restarts has to start above its last (protocol section 3.8): `versions` sees to that.
   * Default 0.
   */
  readonly firstVersion?: number | undefined;
  /** Keeps how far versions go over a restart, for example a VersionFile. Default: nothing does. */
  readonly versions?: VersionStore | undefined;
}

export interface KvCounters {
  gets: number;
  puts: number;
  deletes: number;
  /** Writes seen before. */
  duplicates: number;
}

/** How long a value that was brought waits for its PUT, and how many bytes of them may wait. */
const BROUGHT_US = 30_000_000;
const BROUGHT_BYTES = 1 << 26;

interface Stored {
  readonly value: Uint8Array;
  readonly version: number;
}

/** What a write did; its reply is made anew for each repetition, since it must not claim to be newer than it is. */
interface Write {
  readonly op: number;
  readonly status: KvStatus;
  /** Undefined where it is too long for a reply. */
  readonly value: Uint8Array | undefined;
  readonly version: number;
}

const EMPTY = new Uint8Array(0);

/**
 * The server of a key-value service. One counter gives every write its version, so versions of a key rise, also over a
 * deletion, and nothing is kept of deleted keys: a GET of an absent key is answered with the counter itself, which is
 * at least the deletion's version and less than the next write's.
 */
export class KvServer {
  readonly counters: KvCounters = { gets: 0, puts: 0, deletes: 0, duplicates: 0 };
  readonly #host: Host;
  readonly #store = new Map<string, Stored>();
  readonly #writes: DuplicateFilter<Write>;
  readonly #maxValue: number;
  readonly #versions: Versions;
  readonly #brought = new BroughtValues(BROUGHT_US, BROUGHT_BYTES);
  #service: Service | undefined;

  private constructor(host: Host, options: KvServerOptions) {
    this.#host = host;
    this.#maxValue = options.maxValue ?? 1 << 20;
    const first = options.firstVersion ?? 0;
    requireInteger('key-value server', 'firstVersion', first, 0, 0xffffffff);
    this.#versions = new Versions(options.versions, first);
    this.#writes = new DuplicateFilter(options.duplicateWindowUs ?? 30_000_000, 65_536);
  }

  /** Serves `/<service>/<key>` for all keys. @throws HostError where the registry refuses or cannot be reached. */
  static async start(host: Host, service: string | Name, options: KvServerOptions = {}): Promise<KvServer> {
    const server = new KvServer(host, options);
    server.#service = await host.servePackets(
      service,
      (packet, source) => server.#handle(packet, source),
      { ...options, maxRequestBytes: server.#maxValue + 1 + TICKET_BYTES },
      (request) => server.#large(request),
    );
    return server;
  }

  /** Puts a value in the store without a request, for example before the service starts. @throws WireError NAME */
  preload(name: string | Name, value: Uint8Array): void {
    this.#store.set(this.#host.nameOf(name).text, { value: value.slice(), version: this.#versions.next() });
  }

  /** Keys that have a value. */
  get size(): number {
    return this.#store.size;
  }

  get service(): Service | undefined {
    return this.#service;
  }

  async stop(): Promise<void> {
    await this.#service?.stop();
  }

  #handle(packet: NamedPacket, source: string): Reply | undefined {
    const kv = packet.kv;
    if (kv === undefined) return nackReply(NackReason.UNAVAILABLE);
    let name: Name;
    try {
      name = namesOf(packet).dst;
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      return nackReply(NackReason.NAME_MISMATCH);
    }
    name = this.#host.nameOf(name.text);
    // A wrong key would have caches file this name's value under another.
    const key = name.cacheKey(this.#host.key);
    if (!sameBytes(kv.key, 0, key, 0, key.length)) return nackReply(NackReason.NAME_MISMATCH);
    switch (kv.op) {
      case KV_GET:
        // Reads are made anew for each repetition: an answer from memory could be older than a write since.
        return this.#get(packet, kv, name.text);
      case KV_PUT:
      case KV_DELETE:
        return this.#write(packet, kv, name.text, source);
      default:
        return undefined;
    }
  }

  /** What does not fit a datagram: a value that is brought for the PUT that will name it, or fetched. */
  #large(request: ServiceRequest): Uint8Array {
    const asked = decodeLargeRequest(request.payload);
    const name = request.name.text;
    if (asked?.op === 'fetch') {
      this.counters.gets++;
      const stored = this.#store.get(name);
      const status = stored === undefined ? KvStatus.NOT_FOUND : KvStatus.OK;
      const version = stored?.version ?? this.#versions.latest;
      return encodeFetched({ status, version, value: stored?.value ?? EMPTY });
    }
    const now = this.#host.environment.now();
    const isKept =
      asked !== undefined &&
      asked.value.length <= this.#maxValue &&
      this.#brought.keep(broughtKey(request.source.text, name, asked.ticket), asked.value, now);
    if (!isKept) throw new Refusal(NackReason.UNAVAILABLE, 'no value, or no room for it');
    return EMPTY;
  }

  #get(packet: NamedPacket, kv: Kv, name: string): Reply {
    this.counters.gets++;
    const stored = this.#store.get(name);
    if (stored === undefined) {
      return this.#reply(packet, kv, KV_GET_REPLY, KvStatus.NOT_FOUND, this.#versions.latest, EMPTY, true);
    }
    return this.#reply(packet, kv, KV_GET_REPLY, KvStatus.OK, stored.version, stored.value, true);
  }

  #write(packet: NamedPacket, kv: Kv, name: string, source: string): Reply {
    const now = this.#host.environment.now();
    const seen = this.#writes.find(source, now);
    let write: Write;
    if (seen?.state === 'answered') {
      this.counters.duplicates++;
      write = seen.answer;
    } else {
      try {
        write = this.#execute(packet, kv, name);
      } catch {
        // No version to be had: all are used up, or it cannot be noted. Nothing has been written.
        return nackReply(NackReason.UNAVAILABLE);
      }
      this.#writes.finish(source, now, write);
    }
    // A repeated reply that an intervening write has overtaken must not look like the state after its stamp.
    const current = this.#store.get(name)?.version ?? this.#versions.latest;
    const fresh = seen === undefined || (write.version === current && write.status === KvStatus.OK);
    return this.#reply(packet, kv, write.op, write.status, write.version, write.value, fresh);
  }

  #execute(packet: NamedPacket, kv: Kv, name: string): Write {
    if (kv.op === KV_DELETE) {
      const version = this.#versions.next();
      this.counters.deletes++;
      const found = this.#store.delete(name);
      const status = found ? KvStatus.OK : KvStatus.NOT_FOUND;
      return { op: KV_DELETE_REPLY, status, value: EMPTY, version };
    }
    if ((kv.flags & KV_LARGE) !== 0 && kv.valueLength === TICKET_BYTES) {
      const value = this.#brought.take(broughtKey(namesOf(packet).src.text, name, packet.payload));
      if (value === undefined) throw new Refusal(NackReason.UNAVAILABLE, 'no such value was brought');
      this.counters.puts++;
      const version = this.#versions.next();
      this.#store.set(name, { value, version });
      return { op: KV_PUT_REPLY, status: KvStatus.OK, value: undefined, version };
    }
    this.counters.puts++;
    const bytes = (kv.flags & KV_LARGE) === 0 ? kv.value : packet.payload;
    if (bytes.length > this.#maxValue) {
      // Nothing was written, so the version stays what it is.
      const version = this.#store.get(name)?.version ?? this.#versions.latest;
      return { op: KV_PUT_REPLY, status: KvStatus.TOO_LARGE, value: EMPTY, version };
    }
    const value = bytes.slice();
    const version = this.#versions.next();
    this.#store.set(name, { value, version });
    return { op: KV_PUT_REPLY, status: KvStatus.OK, value, version };
  }

  #reply(
    packet: NamedPacket,
    request: Kv,
    op: number,
    status: KvStatus,
    version: number,
    content: Uint8Array | undefined,
    stamp: boolean,
  ): Reply {
    const large = content === undefined || content.length > KV_MAX_VALUE;
    const value = content ?? EMPTY;
    const reply: Reply = {
      type: PacketType.SERVICE_DATA,
      reason: 0,
      payload: large ? value : EMPTY,
      kv: {
        op,
        flags: (stamp ? request.flags & KV_STAMPED : 0) | (large ? KV_LARGE : 0),
        status,
        generation: stamp ? request.generation : 0,
        version,
        key: request.key,
        valueLength: Math.min(value.length, 0xffff),
        value: large ? EMPTY : value,
      },
    };
    const fits = value.length <= MAX_DATAGRAM && namedLength(answerTo(packet, reply, true)) <= MAX_DATAGRAM;
    if (fits) return reply;
    return this.#reply(packet, request, op, KvStatus.TOO_LARGE, version, EMPTY, stamp);
  }
}

function broughtKey(source: string, name: string, ticket: Uint8Array): string {
  return `${source} ${name} ${ticket.join('.')}`;
}
