import {
  dstText,
  NackReason,
  type Name,
  type NamedPacket,
  namedLength,
  PacketType,
  telemetryLength,
} from '../wire/index.js';
import { notBytes } from './arguments.js';
import { DuplicateFilter } from './duplicate-filter.js';
import { type DatagramSocket, FULL_TELEMETRY_BYTES, MAX_DATAGRAM } from './environment.js';
import { Refusal } from './errors.js';
import { type Handling, handlerOf, type QueryHandler } from './handling.js';
import { PendingQuery, type QueryOwner } from './pending-query.js';
import { type RegisteringHost, Registration, type ServiceState } from './registration.js';
import { answerTo, nackReply, type Reply, requestKey } from './reply.js';
import type { ServeOptions } from './serve-options.js';
import { ServiceRequest } from './service-request.js';
import type { Exchange } from './transport/exchange.js';
import { isSegment } from './transport/segment.js';
import type { Acceptor } from './transport/transport.js';

const EMPTY = new Uint8Array(0);

export interface ServiceCounters {
  requests: number;
  /** Requests seen before: answered from memory or, while the handler runs, dropped. */
  duplicates: number;
  refused: number;
}

/** What a service needs of its host. */
export interface ServiceHost extends RegisteringHost {
  /** Answers a request; `to` is where it came from. */
  answer(request: NamedPacket, reply: Reply, toAddress: string, toPort: number): void;
  /** Goes on with a plain request as an exchange; undefined where that has been done. */
  adopt(request: NamedPacket, unread: Uint8Array, toAddress: string, toPort: number): Exchange | undefined;
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
  readonly #registration: Registration;
  readonly #filter: DuplicateFilter<Reply>;
  readonly #handling: Handling;
  /** Plain requests whose handler runs. */
  readonly #running = new Map<string, { cancel(): void }>();
  readonly #exchanges = new Set<Exchange>();
  readonly #queryOwner: QueryOwner = {
    reply: ({ packet, key, fromAddress, fromPort }, payload, remember) =>
      this.#reply(packet, key, payload, fromAddress, fromPort, remember),
    adopt: (query) => this.#adopt(query),
    refuse: ({ packet, key, fromAddress, fromPort }, reason) =>
      this.#refuse(packet, key, new Refusal(reason), fromAddress, fromPort),
  };

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
    this.#registration = new Registration(host, name.text, port, options);
    this.socket = socket;
    this.#filter = new DuplicateFilter(options.duplicateWindowUs ?? 30_000_000, 65_536);
    this.#handling = handling;
  }

  get state(): ServiceState {
    return this.#registration.state;
  }

  /** Number of this instance, 0 where it has none. */
  get instance(): number {
    const { state } = this;
    return state.state === 'registered' ? state.instance : 0;
  }

  /** Registers, unless told not to. @throws HostError of the registry or the call to it. */
  async start(): Promise<this> {
    await this.#registration.start();
    return this;
  }

  /** Deregisters and takes no more requests. An unreachable registry does not keep it from stopping: the lease runs out. */
  async stop(): Promise<void> {
    if (this.#isStopped) return;
    await this.#end()();
  }

  /** Stops without a word to anybody. */
  halt(): void {
    this.#end();
  }

  get #isStopped(): boolean {
    return this.state.state === 'stopped';
  }

  #end(): () => Promise<void> {
    const deregister = this.#registration.halt();
    this.socket?.close();
    this.#host.release(this);
    for (const exchange of this.#exchanges) exchange.cancel(NackReason.UNAVAILABLE);
    return deregister;
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
      request.done();
      this.#refuse(packet, key, error, fromAddress, fromPort);
      return;
    }
    if (outcome instanceof Uint8Array) {
      request.done();
      this.#reply(packet, key, outcome, fromAddress, fromPort);
      return;
    }
    // The packet's bytes are valid during this call only.
    const kept = { ...packet, dst: packet.dst.slice(), src: packet.src.slice(), text: packet.text.slice() };
    this.#running.set(key, request);
    Promise.resolve(outcome)
      .then((payload) => this.#requireAnswer(payload))
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
    const query = new PendingQuery(packet, key, fromAddress, fromPort, this.#queryOwner);
    this.#running.set(key, query);
    queries(query);
  }

  #adopt({ packet, key, fromAddress, fromPort }: PendingQuery): Exchange | undefined {
    this.#running.delete(key);
    if (this.#isStopped) return undefined;
    const exchange = this.#host.adopt(packet, EMPTY, fromAddress, fromPort);
    if (exchange === undefined) return undefined;
    this.#exchanges.add(exchange);
    void exchange.ended().then(() => this.#exchanges.delete(exchange));
    return exchange;
  }

  /** Acceptor: an exchange a caller has opened. */
  accept(exchange: Exchange, packet: NamedPacket): void {
    this.counters.requests++;
    this.#accept(exchange, packet);
  }

  /** Acceptor: a caller gives a plain request up. */
  cancelled(key: string): void {
    const running = this.#running.get(key);
    if (running instanceof PendingQuery) this.#running.delete(key);
    running?.cancel();
  }

  #accept(exchange: Exchange, packet: NamedPacket): void {
    this.#exchanges.add(exchange);
    const kept = { ...packet, text: packet.text.slice(), payload: EMPTY };
    void this.#converse(exchange, kept)
      .catch((error: unknown) => {
        this.counters.refused++;
        // Where the exchange has failed, that is what its handler stumbled over.
        if (exchange.state !== 'failed') this.#tell(error);
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
      const request = new ServiceRequest(this.#host.environment, packet, payload, exchange);
      const answer = this.#requireAnswer(await handler(request));
      // A caller that has gone meanwhile is no failure of the service.
      if (exchange.state === 'failed') return;
      await exchange.write(answer).catch(() => undefined);
    } else throw new Refusal(NackReason.UNAVAILABLE, 'takes packets, no exchanges');
    exchange.end();
    exchange.ignoreInput();
  }

  #reply(
    packet: NamedPacket,
    key: string,
    payload: Uint8Array,
    fromAddress: string,
    fromPort: number,
    remember = true,
  ): void {
    this.#running.delete(key);
    if (this.#isStopped) return;
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
    if (remember) this.#filter.finish(key, this.#host.environment.now(), reply);
    else this.#filter.forget(key);
    this.#host.answer(packet, reply, fromAddress, fromPort);
  }

  #refuse(packet: NamedPacket, key: string, error: unknown, fromAddress: string, fromPort: number): void {
    this.#running.delete(key);
    if (this.#isStopped) return;
    this.counters.refused++;
    this.#tell(error);
    const reason = error instanceof Refusal ? error.reason : NackReason.UNAVAILABLE;
    // A refusal is not remembered: the caller's next attempt may find the service well again.
    this.#filter.forget(key);
    this.#host.answer(packet, nackReply(reason), fromAddress, fromPort);
  }

  #requireAnswer(answer: Uint8Array): Uint8Array {
    if (answer instanceof Uint8Array) return answer;
    throw notBytes(`service ${this.name}`, "its handler's answer", answer);
  }

  /** A handler has failed: its caller is not told why. */
  #tell(error: unknown): void {
    if (!(error instanceof Refusal)) this.#options.onError?.(error);
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
