import {
  dstText,
  encodeNamed,
  FLAG_RESOLVED,
  FLAG_SWAPPED,
  HOP_LIMIT_DEFAULT,
  type Kv,
  NackReason,
  type Name,
  type NamedPacket,
  namedLength,
  PacketType,
  srcText,
  telemetryLength,
} from '../wire/index.js';
import type { CallOptions } from './client.js';
import { DuplicateFilter } from './duplicate-filter.js';
import {
  type DatagramSocket,
  FULL_TELEMETRY_BYTES,
  type HostEnvironment,
  MAX_DATAGRAM,
  type Timer,
} from './environment.js';
import { HostError, Refusal } from './errors.js';
import type { Query } from './query.js';
import type { RegistryAnswer, RegistryRequest } from './registry.js';
import { ServiceRequest } from './service-request.js';
import type { Exchange } from './transport/exchange.js';
import { isSegment } from './transport/segment.js';
import type { Acceptor } from './transport/transport.js';

/** Returns the answer's payload, or throws: a Refusal becomes a Nack with its reason, anything else UNAVAILABLE. */
export type Handler = (request: ServiceRequest) => Uint8Array | Promise<Uint8Array>;

/**
 * Takes a stream and gives one back; `request.payload` is empty. When it returns, its stream is ended; what it throws resets
 * the exchange, as a handler's errors become Nacks.
 */
export type StreamHandler = (exchange: Exchange, request: ServiceRequest) => void | Promise<void>;

/**
 * Takes a request that came as one datagram; whether it is answered with one, or goes on as an exchange, is decided when its
 * answer is known.
 */
export type QueryHandler = (query: Query) => void;

/** How a service handles what it is asked. */
export type Handling =
  | { readonly handler: Handler }
  | { readonly streams: StreamHandler; readonly queries?: QueryHandler | undefined }
  /** What is no packet for `packets` comes to `handler`, where there is one. */
  | { readonly packets: PacketHandler; readonly handler?: Handler | undefined };

/** What stands in an answer besides what is copied from the request. */
export interface Reply {
  readonly type: PacketType;
  readonly reason: number;
  readonly payload: Uint8Array;
  readonly kv?: Kv | undefined;
}

/** A handler below the payload: sees the packet (valid during the call only) and answers at once or not at all. */
export type PacketHandler = (packet: NamedPacket, sourceKey: string) => Reply | undefined;

function handlerOf(handling: Handling): Handler | undefined {
  return 'handler' in handling ? handling.handler : undefined;
}

export interface ServeOptions {
  /** Share of the calls relative to other instances, 1 to 100. Default 1. */
  readonly weight?: number | undefined;
  /** Life of the registration without renewal, milliseconds. Default 3000; renewed every third of it. */
  readonly ttlMs?: number | undefined;
  /** Which version of the service this is: policies split traffic by it. 1 to 63 of A-Z, a-z, 0-9, '.', '_', '-'. */
  readonly version?: string | undefined;
  /** What the registry notes of this instance, by key. */
  readonly tags?: Readonly<Record<string, string>> | undefined;
  /** Where this instance is, in whatever terms its operators use. */
  readonly locator?: string | undefined;
  /** Share of the capacity in use, 0 to 1; asked at registration and every renewal and told to the registry. */
  readonly load?: (() => number) | undefined;
  /** UDP port requests are taken on, default the named port. */
  readonly port?: number | undefined;
  /** Whether to register with the registry; false where routes to this host are made by other means. Default true. */
  readonly register?: boolean | undefined;
  /** How long a repeated request gets its first answer again, microseconds. Default 30,000,000. */
  readonly duplicateWindowUs?: number | undefined;
  /** Longest request a handler is given, bytes; a longer one is refused with TOO_LARGE. Default 16 MiB. */
  readonly maxRequestBytes?: number | undefined;
  /** Called with every failure to renew; the service goes on trying. */
  readonly onLeaseError?: ((error: HostError) => void) | undefined;
}

/** Where a service stands with the registry. */
export type ServiceState =
  | { readonly state: 'registering' }
  | { readonly state: 'registered'; readonly instance: number; readonly ttlMs: number }
  /** Not meant to be registered. */
  | { readonly state: 'local' }
  | { readonly state: 'stopped' };

export interface ServiceCounters {
  requests: number;
  /** Requests seen before: answered from memory or, while the handler runs, dropped. */
  duplicates: number;
  refused: number;
}

const EMPTY = new Uint8Array(0);

/** The answer with a Nack reason. */
export function nackReply(reason: number): Reply {
  return { type: PacketType.NACK, reason, payload: EMPTY };
}

/** A request's key for duplicate suppression: its source's text and its request id. */
export function requestKey(packet: NamedPacket): string {
  return `${String.fromCharCode(...srcText(packet))}#${packet.requestId}`;
}

/** The packet that answers `request`. */
export function answerTo(request: NamedPacket, reply: Reply, resolved: boolean): NamedPacket {
  return {
    type: reply.type,
    // The text block stays as it came: the flag says that it is now the other way round.
    flags: ((request.flags & FLAG_SWAPPED) ^ FLAG_SWAPPED) | (resolved ? FLAG_RESOLVED : 0),
    hopLimit: HOP_LIMIT_DEFAULT,
    reason: reply.reason,
    dstComponents: request.srcComponents,
    srcComponents: request.dstComponents,
    tag: request.tag,
    instance: request.instance,
    requestId: request.requestId,
    stamp: request.stamp,
    attempt: request.attempt,
    dst: request.src,
    src: request.dst,
    // The caller asked for notes: those of its way here go back, and those of the way back come to them.
    telemetry: request.telemetry,
    kv: reply.kv,
    text: request.text,
    payload: reply.payload,
  };
}

/** What a service needs of its host. */
export interface ServiceHost {
  readonly environment: HostEnvironment;
  /** Answers a request; `to` is where it came from. */
  answer(request: NamedPacket, reply: Reply, toAddress: string, toPort: number): void;
  /** Goes on with a plain request as an exchange; undefined where that has been done. */
  adopt(request: NamedPacket, unread: Uint8Array, toAddress: string, toPort: number): Exchange | undefined;
  ask(request: RegistryRequest, options?: CallOptions): Promise<RegistryAnswer>;
  /** Forgets the service. */
  release(service: Service): void;
}

/** A name served by this host. */
export class Service implements Acceptor {
  readonly name: Name;
  readonly counters: ServiceCounters = { requests: 0, duplicates: 0, refused: 0 };
  /** The extra socket of a service with a port of its own. */
  readonly socket: DatagramSocket | undefined;
  readonly #host: ServiceHost;
  readonly #options: ServeOptions;
  readonly #port: number;
  readonly #filter: DuplicateFilter<Reply>;
  readonly #handling: Handling;
  /** Plain requests whose handler runs. */
  readonly #running = new Map<string, { cancel(): void }>();
  readonly #exchanges = new Set<Exchange>();
  #state: ServiceState = { state: 'registering' };
  #renewal: Timer | undefined;

  constructor(
    host: ServiceHost,
    name: Name,
    handling: Handling,
    options: ServeOptions,
    port: number,
    socket: DatagramSocket | undefined,
  ) {
    this.#host = host;
    this.name = name;
    this.#options = options;
    this.#port = port;
    this.socket = socket;
    this.#filter = new DuplicateFilter(options.duplicateWindowUs ?? 30_000_000, 65_536);
    this.#handling = handling;
  }

  get state(): ServiceState {
    return this.#state;
  }

  /** Number of this instance, 0 where it has none. */
  get instance(): number {
    return this.#state.state === 'registered' ? this.#state.instance : 0;
  }

  /** Registers, unless told not to. @throws HostError of the registry or the call to it. */
  async start(): Promise<this> {
    if (this.#options.register === false) {
      this.#state = { state: 'local' };
      return this;
    }
    await this.#register();
    return this;
  }

  /** Deregisters and takes no more requests. An unreachable registry does not keep it from stopping: the lease runs out. */
  async stop(): Promise<void> {
    const state = this.#state;
    if (state.state === 'stopped') return;
    this.halt();
    if (state.state === 'registered') {
      try {
        await this.#host.ask({ op: 'deregister', instance: state.instance });
      } catch (error) {
        if (!(error instanceof HostError)) throw error;
        this.#options.onLeaseError?.(error);
      }
    }
  }

  /** Stops without a word to anybody. */
  halt(): void {
    this.#state = { state: 'stopped' };
    this.#renewal?.cancel();
    this.socket?.close();
    this.#host.release(this);
    for (const exchange of this.#exchanges) exchange.cancel(NackReason.UNAVAILABLE);
  }

  /** Takes a request for a name this service covers. */
  receive(packet: NamedPacket, fromAddress: string, fromPort: number): void {
    const key = requestKey(packet);
    const isPacket = packet.kv !== undefined || handlerOf(this.#handling) === undefined;
    if ('packets' in this.#handling && isPacket) {
      this.counters.requests++;
      const reply = this.#handling.packets(packet, key);
      if (reply !== undefined) this.#host.answer(packet, reply, fromAddress, fromPort);
      return;
    }
    const now = this.#host.environment.now();
    const seen = this.#filter.find(key, now);
    if (seen !== undefined) {
      this.counters.duplicates++;
      if (seen.state === 'answered') this.#host.answer(packet, seen.answer, fromAddress, fromPort);
      return;
    }
    this.counters.requests++;
    this.#filter.begin(key, now);
    this.#run(packet, key, fromAddress, fromPort);
  }

  #run(packet: NamedPacket, key: string, fromAddress: string, fromPort: number): void {
    const handling = this.#handling;
    if ('streams' in handling) {
      if (handling.queries !== undefined) {
        this.#query(handling.queries, packet, key, fromAddress, fromPort);
        return;
      }
      const exchange = this.#host.adopt(packet, packet.payload.slice(), fromAddress, fromPort);
      if (exchange !== undefined) this.#accept(exchange, packet);
      return;
    }
    const handler = handlerOf(handling);
    if (handler === undefined) return;
    const request = new ServiceRequest(this.#host.environment, packet);
    let outcome: Uint8Array | Promise<Uint8Array>;
    try {
      outcome = handler(request);
    } catch (error) {
      this.#refuse(packet, key, error, fromAddress, fromPort);
      return;
    }
    if (outcome instanceof Uint8Array) {
      this.#reply(packet, key, outcome, fromAddress, fromPort);
      return;
    }
    // The packet's bytes are valid during this call only.
    const kept = { ...packet, dst: packet.dst.slice(), src: packet.src.slice(), text: packet.text.slice() };
    this.#running.set(key, request);
    outcome
      .finally(() => request.done())
      .then(
        (payload) => this.#reply(kept, key, payload, fromAddress, fromPort),
        (error: unknown) => this.#refuse(kept, key, error, fromAddress, fromPort),
      );
  }

  #query(
    queries: QueryHandler,
    packet: NamedPacket,
    key: string,
    fromAddress: string,
    fromPort: number,
  ): void {
    const kept = { ...packet, dst: packet.dst.slice(), src: packet.src.slice(), text: packet.text.slice() };
    const state = { over: false };
    const query: Query = {
      payload: packet.payload.slice(),
      cancelled: undefined,
      answer: (payload, remember) => {
        if (state.over) return;
        state.over = true;
        this.#reply(kept, key, payload, fromAddress, fromPort);
        if (!remember) this.#filter.forget(key);
      },
      adopt: () => {
        if (state.over) return undefined;
        state.over = true;
        this.#running.delete(key);
        if (this.#state.state === 'stopped') return undefined;
        const exchange = this.#host.adopt(kept, EMPTY, fromAddress, fromPort);
        if (exchange === undefined) return undefined;
        this.#exchanges.add(exchange);
        void exchange.ended().then(() => this.#exchanges.delete(exchange));
        return exchange;
      },
      refuse: (reason) => {
        if (state.over) return;
        state.over = true;
        this.#refuse(kept, key, new Refusal(reason), fromAddress, fromPort);
      },
    };
    const cancel = () => {
      if (state.over) return;
      state.over = true;
      this.#running.delete(key);
      query.cancelled?.();
    };
    this.#running.set(key, { cancel });
    queries(query);
  }

  /** Acceptor: an exchange a caller has opened. */
  accept(exchange: Exchange, packet: NamedPacket): void {
    this.counters.requests++;
    this.#accept(exchange, packet);
  }

  /** Acceptor: a caller gives a plain request up. */
  cancelled(key: string): void {
    this.#running.get(key)?.cancel();
  }

  #accept(exchange: Exchange, packet: NamedPacket): void {
    this.#exchanges.add(exchange);
    const kept = { ...packet, text: packet.text.slice(), payload: EMPTY };
    void this.#converse(exchange, kept)
      .catch((error: unknown) => {
        this.counters.refused++;
        exchange.cancel(error instanceof Refusal ? error.reason : NackReason.UNAVAILABLE);
      })
      .then(() => exchange.ended())
      .finally(() => this.#exchanges.delete(exchange));
  }

  async #converse(exchange: Exchange, packet: NamedPacket): Promise<void> {
    const handling = this.#handling;
    const handler = handlerOf(handling);
    if ('streams' in handling) {
      await handling.streams(exchange, new ServiceRequest(this.#host.environment, packet, EMPTY, exchange));
    } else if (handler !== undefined) {
      const payload = await exchange.collect(this.#options.maxRequestBytes ?? 1 << 24);
      const answer = await handler(new ServiceRequest(this.#host.environment, packet, payload, exchange));
      // A caller that has gone meanwhile is no failure of the service.
      if (exchange.state === 'failed') return;
      await exchange.write(answer).catch(() => undefined);
    } else throw new Refusal(NackReason.UNAVAILABLE, 'takes packets, no exchanges');
    exchange.end();
    exchange.ignoreInput();
  }

  #reply(packet: NamedPacket, key: string, payload: Uint8Array, fromAddress: string, fromPort: number): void {
    this.#running.delete(key);
    if (this.#state.state === 'stopped') return;
    const reply: Reply = { type: PacketType.SERVICE_DATA, reason: 0, payload };
    const notes =
      packet.telemetry === undefined ? 0 : FULL_TELEMETRY_BYTES - telemetryLength(packet.telemetry);
    if (isSegment(payload) || namedLength(answerTo(packet, reply, true)) + notes > MAX_DATAGRAM) {
      // To the filter the request runs on: the exchange repeats what gets lost.
      const exchange = this.#host.adopt(packet, EMPTY, fromAddress, fromPort);
      if (exchange === undefined) return;
      this.#exchanges.add(exchange);
      // How it ends is the caller's to learn; here nobody waits for it.
      void exchange.write(payload).catch(() => undefined);
      exchange.end();
      void exchange.ended().then(() => this.#exchanges.delete(exchange));
      return;
    }
    this.#filter.finish(key, this.#host.environment.now(), reply);
    this.#host.answer(packet, reply, fromAddress, fromPort);
  }

  #refuse(packet: NamedPacket, key: string, error: unknown, fromAddress: string, fromPort: number): void {
    this.#running.delete(key);
    if (this.#state.state === 'stopped') return;
    this.counters.refused++;
    const reason = error instanceof Refusal ? error.reason : NackReason.UNAVAILABLE;
    // A refusal is not remembered: the caller's next attempt may find the service well again.
    this.#filter.forget(key);
    this.#host.answer(packet, nackReply(reason), fromAddress, fromPort);
  }

  async #register(): Promise<void> {
    const answer = await this.#host.ask({
      op: 'register',
      service: this.name.text,
      address: this.#host.environment.address,
      port: this.#port,
      weight: this.#options.weight ?? 1,
      ttl_ms: this.#options.ttlMs ?? 3000,
      version: this.#options.version,
      tags: this.#options.tags,
      locator: this.#options.locator,
      load: this.#options.load?.(),
    });
    if (this.#state.state === 'stopped') {
      // Stopped while the registry was answering: give the instance back.
      await this.#host.ask({ op: 'deregister', instance: answer.instance }).catch(() => undefined);
      return;
    }
    this.#state = { state: 'registered', instance: answer.instance, ttlMs: answer.ttlMs };
    this.#scheduleRenewal(answer.ttlMs);
  }

  #scheduleRenewal(ttlMs: number): void {
    this.#renewal = this.#host.environment.setTimer((ttlMs * 1000) / 3, () => {
      void this.#renew();
    });
  }

  async #renew(): Promise<void> {
    const state = this.#state;
    if (state.state !== 'registered') return;
    try {
      const third = (state.ttlMs * 1000) / 3;
      await this.#host.ask(
        { op: 'renew', instance: state.instance, load: this.#options.load?.() },
        { deadlineUs: third },
      );
    } catch (error) {
      if (!(error instanceof HostError)) throw error;
      if (this.#state.state !== 'registered') return;
      this.#options.onLeaseError?.(error);
      // The registry does not know this instance any more (its lease ran out, or the registry was rebuilt).
      if (error.code === 'REFUSED')
        await this.#register().catch((again) => this.#options.onLeaseError?.(again));
    }
    if (this.#state.state === 'registered') this.#scheduleRenewal(this.#state.ttlMs);
  }

  /** Whether the packet's destination text is this service's name or lies below it. */
  covers(packet: NamedPacket): boolean {
    const text = dstText(packet);
    const own = this.name.bytes;
    if (text.length < own.length) return false;
    for (let i = 0; i < own.length; i++) if (text[i] !== own[i]) return false;
    return text.length === own.length || text[own.length] === 0x2f;
  }
}

/** Encodes an answer into `scratch`. @throws WireError NO_ROOM where it does not fit. */
export function encodeAnswer(
  request: NamedPacket,
  reply: Reply,
  resolved: boolean,
  scratch: Uint8Array,
): Uint8Array {
  return encodeNamed(answerTo(request, reply, resolved), scratch);
}
