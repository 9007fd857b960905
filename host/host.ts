import {
  decodeNamed,
  dstText,
  encodeNamed,
  FabricKey,
  HOP_LIMIT_DEFAULT,
  NAMED_FIXED_BYTES,
  NackReason,
  Name,
  type NamedPacket,
  PacketType,
  sameBytes,
  textBlock,
  UDP_PORT_NAMED,
  WireError,
} from '../wire/index.js';
import { type CallOptions, type CallResult, NameClient } from './client.js';
import { CredentialRenewal } from './credential-renewal.js';
import { Credentials, SigningSocket } from './credentials.js';
import {
  type DatagramSocket,
  FULL_TELEMETRY_BYTES,
  type HostEnvironment,
  MAX_DATAGRAM,
} from './environment.js';
import { HostError } from './errors.js';
import { hedged } from './hedge.js';
import {
  type HostCounters,
  type HostOptions,
  openOptions,
  type Probe,
  type StreamOptions,
} from './host-options.js';
import { askRegistry, type RegistryAnswer, type RegistryRequest } from './registry.js';
import { RetryBudget } from './retry-budget.js';
import {
  encodeAnswer,
  type Handler,
  type Handling,
  nackReply,
  type PacketHandler,
  type QueryHandler,
  type Reply,
  type ServeOptions,
  Service,
  type StreamHandler,
} from './service.js';
import { SincEndpoint } from './sinc-endpoint.js';
import { type StreamListener, StreamListeners } from './stream-listeners.js';
import { type TracerouteOptions, type TracerouteStep, traceroute } from './traceroute.js';
import type { Exchange } from './transport/exchange.js';
import { isSegment } from './transport/segment.js';
import { Transport } from './transport/transport.js';

const EMPTY = new Uint8Array(0);
/** Bytes routers may have put into a datagram that is taken. */
const PUT_IN = 576;
const DEFAULT_DEADLINE_US = 2_000_000;
const DEFAULT_MAX_ANSWER = 1 << 24;
/** Names kept parsed and digested. */
const NAME_CACHE = 16_384;

/**
 * A host of the fabric: calls services by name, serves names, and takes part in SINC groups. Runs over any
 * HostEnvironment.
 */
export class Host {
  readonly environment: HostEnvironment;
  readonly name: Name;
  readonly key: FabricKey;
  readonly client: NameClient;
  readonly retryBudget: RetryBudget;
  readonly credentials: Credentials;
  /** Counts exchanges: calls and answers that do not fit a datagram, and streams. */
  readonly transport: Transport;
  readonly counters: HostCounters = { received: 0, malformed: 0, mismatched: 0 };
  readonly #named: DatagramSocket;
  readonly #clientSocket: DatagramSocket;
  readonly #serviceAddress: string;
  readonly #resolvedAnswers: boolean;
  readonly #services: Service[] = [];
  readonly #names = new Map<string, Name>();
  /** Longest datagram taken. An answer is never longer than its request. */
  readonly #longest: number;
  readonly #scratch: Uint8Array;
  readonly #renewal: CredentialRenewal;
  readonly #streams = new StreamListeners();
  #sinc: SincEndpoint | undefined;
  #closed = false;

  constructor(environment: HostEnvironment, options: HostOptions) {
    this.environment = environment;
    this.#longest = (environment.maxDatagram ?? MAX_DATAGRAM) + PUT_IN;
    this.#scratch = new Uint8Array(this.#longest);
    this.name = Name.of(options.name);
    this.key = options.key ?? FabricKey.default;
    this.#serviceAddress = options.serviceAddress;
    this.#resolvedAnswers = options.answerBy !== 'name';
    this.credentials = new Credentials(this.key, () => environment.now());
    for (const credential of options.credentials ?? []) this.credentials.add(credential);
    this.#renewal = new CredentialRenewal(environment, this.credentials, (request) => this.ask(request));
    this.#named = new SigningSocket(environment.openSocket(UDP_PORT_NAMED), this.credentials);
    this.#clientSocket = new SigningSocket(environment.openSocket(0), this.credentials);
    this.#listen(this.#named);
    this.#listen(this.#clientSocket);
    this.retryBudget = new RetryBudget(options.retryBudget);
    this.transport = new Transport({
      environment,
      name: this.name,
      key: this.key,
      budget: this.retryBudget,
      resolvedAnswers: this.#resolvedAnswers,
      freeRequestId: () => this.client.freeRequestId(),
      sendRequest: (bytes, locator) => {
        if (!this.#closed) this.#clientSocket.send(bytes, locator ?? this.#serviceAddress, UDP_PORT_NAMED);
      },
      sendAnswer: (bytes, toAddress, toPort) => {
        if (!this.#closed)
          this.#named.send(bytes, this.#resolvedAnswers ? toAddress : this.#serviceAddress, toPort);
      },
    });
    this.client = new NameClient(
      environment,
      this.#clientSocket,
      this.name,
      this.key,
      options.serviceAddress,
      UDP_PORT_NAMED,
      this.retryBudget,
      {
        uses: (requestId) => this.transport.uses(requestId),
        collect: async (packet, from, name, begun, callOptions) => {
          const elapsed = environment.now() - begun;
          const left = (callOptions.deadlineUs ?? DEFAULT_DEADLINE_US) - elapsed;
          const opening = openOptions({ ...callOptions, deadlineUs: left });
          const exchange = this.transport.upgrade(packet.requestId, name, opening, packet, from);
          if (exchange === undefined) throw new HostError('BAD_REPLY', `call to ${name}: malformed answer`);
          return exchange.collect(callOptions.maxAnswerBytes ?? DEFAULT_MAX_ANSWER);
        },
        upgrade: (packet, from, name, callOptions) =>
          this.transport.upgrade(packet.requestId, name, openOptions(callOptions), packet, from),
        cancel: (header, attempts) => this.transport.cancelPlain(header, attempts),
      },
    );
  }

  /**
   * Tells the registry this host's name, so that answers and calls by that name find it, and takes the credentials that come
   * back; where they end some time, it attaches again before. @throws HostError
   */
  async attach(options: CallOptions = {}): Promise<void> {
    const { address } = this.environment;
    await this.ask({ op: 'attach', name: this.name.text, address, port: UDP_PORT_NAMED }, options);
  }

  /** The name of a text, parsed once. @throws WireError NAME */
  nameOf(name: string | Name): Name {
    if (typeof name !== 'string') return name;
    const known = this.#names.get(name);
    if (known !== undefined) return known;
    const parsed = Name.parse(name);
    if (this.#names.size >= NAME_CACHE) this.#names.clear();
    this.#names.set(name, parsed);
    return parsed;
  }

  /**
   * Calls a service. Requests and answers that do not fit a datagram travel as an exchange (docs/protocol.md section 8).
   * @throws HostError TIMEOUT, NACK, RESET, TOO_LARGE, CLOSED or ABORTED; WireError for text that is no name.
   */
  async call(
    name: string | Name,
    payload: Uint8Array = EMPTY,
    options: CallOptions = {},
  ): Promise<CallResult> {
    const parsed = this.nameOf(name);
    const { hedgeUs } = options;
    if (hedgeUs === undefined) return this.#call(parsed, payload, options);
    return hedged(this.environment, hedgeUs, options.signal, (signal) =>
      this.#call(parsed, payload, { ...options, signal }),
    );
  }

  /**
   * Opens a stream of bytes each way to one instance of a service. What is written at once goes along with the first packet.
   * @throws HostError CLOSED or ABORTED; everything later comes from the exchange's methods.
   */
  open(name: string | Name, options: StreamOptions = {}): Exchange {
    return this.transport.open(this.nameOf(name), openOptions(options));
  }

  /** Bytes of payload that fit one datagram to a name. */
  queryRoom(name: Name): number {
    return MAX_DATAGRAM - NAMED_FIXED_BYTES - name.bytes.length - this.name.bytes.length;
  }

  /**
   * Calls a service with a request of one datagram. Its answer comes as a result, or, where it is longer or takes its time, as an
   * exchange to be read. @returns a function that gives the call up before that
   * @throws HostError TOO_LARGE, CLOSED, ABORTED, INVALID_ARGUMENT
   */
  query(
    name: Name,
    payload: Uint8Array,
    options: CallOptions,
    settle: (outcome: CallResult | HostError | Exchange) => void,
  ): () => void {
    return this.client.start(PacketType.SERVICE_REQUEST, name, payload, undefined, options, settle, settle);
  }

  async #call(name: Name, payload: Uint8Array, options: CallOptions): Promise<CallResult> {
    const notes = options.telemetry === true ? FULL_TELEMETRY_BYTES : 0;
    const length = NAMED_FIXED_BYTES + notes + name.bytes.length + this.name.bytes.length + payload.length;
    if (length <= MAX_DATAGRAM && !isSegment(payload)) {
      return this.client.request(PacketType.SERVICE_REQUEST, name, payload, undefined, options);
    }
    const begun = this.environment.now();
    const deadlineUs = options.deadlineUs ?? DEFAULT_DEADLINE_US;
    const exchange = this.transport.open(name, openOptions({ ...options, deadlineUs }));
    const written = exchange.write(payload);
    exchange.end();
    const [answer] = await Promise.all([
      exchange.collect(options.maxAnswerBytes ?? DEFAULT_MAX_ANSWER),
      // A server may answer before it has read everything; what became of the rest is then no matter.
      written.catch(() => undefined),
    ]);
    return {
      payload: answer,
      ...this.transport.standing(exchange),
      rttUs: this.environment.now() - begun,
      kv: undefined,
    };
  }

  /**
   * Asks whoever owns a name for a sign of life and what the switches on the way noted of it: ports, times, queues.
   * @throws HostError as `call`
   */
  async probe(name: string | Name, options: CallOptions = {}): Promise<Probe> {
    const { path, rttUs, instance } = await this.ping(name, { ...options, telemetry: true });
    return { path: path ?? { forward: [], back: [], dropped: 0 }, rttUs, instance };
  }

  /** Asks whoever owns a name for a sign of life. */
  async ping(name: string | Name, options: CallOptions = {}): Promise<CallResult> {
    return this.client.request(PacketType.ECHO_REQUEST, this.nameOf(name), EMPTY, undefined, options);
  }

  /**
   * The switches on the way to whoever owns a name, nearest first, then the owner itself. A step nobody answered for ends in
   * time all the same. @throws HostError NACK where the name leads nowhere, CLOSED, ABORTED
   */
  traceroute(name: string | Name, options: TracerouteOptions = {}): Promise<TracerouteStep[]> {
    return traceroute(
      (stepOptions) => this.ping(name, stepOptions),
      () => this.environment.now(),
      options,
    );
  }

  /** Serves a name and everything below it. @throws HostError where the registry refuses or cannot be reached. */
  async serve(name: string | Name, handler: Handler, options: ServeOptions = {}): Promise<Service> {
    return this.#serve(Name.of(name), { handler }, options);
  }

  /** Serves a name with streams of bytes each way; calls reach it as well. */
  async serveStreams(
    name: string | Name,
    streams: StreamHandler,
    options: ServeOptions = {},
  ): Promise<Service> {
    return this.#serve(Name.of(name), { streams }, options);
  }

  /** As `serveStreams`; requests of one datagram come to `queries`, which can answer them with one. */
  async serveQueries(
    name: string | Name,
    queries: QueryHandler,
    streams: StreamHandler,
    options: ServeOptions = {},
  ): Promise<Service> {
    return this.#serve(Name.of(name), { streams, queries }, options);
  }

  /**
   * Serves a name below the level of payloads (the key-value server does). Requests without a kv header go to `handler`, where
   * there is one.
   */
  async servePackets(
    name: string | Name,
    packets: PacketHandler,
    options: ServeOptions = {},
    handler?: Handler,
  ): Promise<Service> {
    return this.#serve(Name.of(name), { packets, handler }, options);
  }

  async #serve(name: Name, handling: Handling, options: ServeOptions): Promise<Service> {
    if (this.#closed) throw HostError.closed(`host ${this.name}`);
    if (this.#services.some((service) => service.name.equals(name))) {
      throw HostError.invalid(`service ${name}`, 'this host serves it already', 'stop the other one first');
    }
    const port = options.port ?? UDP_PORT_NAMED;
    const socket = port === UDP_PORT_NAMED ? undefined : this.environment.openSocket(port);
    if (socket !== undefined) this.#listen(socket);
    const service = new Service(this, name, handling, options, port, socket);
    this.#services.push(service);
    // The most specific name first, so that the first that covers a packet is the longest match.
    this.#services.sort((a, b) => b.name.components.length - a.name.components.length);
    try {
      return await service.start();
    } catch (error) {
      service.halt();
      throw error;
    }
  }

  /** Sends a packet to everybody who has subscribed to a name, without waiting for anything (host/pubsub does the rest). */
  publish(name: Name, requestId: number, payload: Uint8Array): void {
    if (this.#closed) return;
    const bytes = encodeNamed(
      {
        type: PacketType.SERVICE_DATA,
        flags: 0,
        hopLimit: HOP_LIMIT_DEFAULT,
        reason: 0,
        dstComponents: name.components.length,
        srcComponents: this.name.components.length,
        tag: 0,
        instance: 0,
        requestId,
        stamp: 0,
        attempt: 0,
        dst: name.digest(this.key).bytes,
        src: this.name.digest(this.key).bytes,
        text: textBlock(name, this.name),
        payload,
      },
      this.#scratch,
    );
    this.#named.send(bytes, this.#serviceAddress, UDP_PORT_NAMED);
  }

  /** Hears what is published to a name, once this host has subscribed to it, until the returned function is called. */
  onStream(name: Name, listener: StreamListener): () => void {
    return this.#streams.add(name, listener);
  }

  /** The SINC socket, opened on first use. */
  get sinc(): SincEndpoint {
    if (this.#closed) throw HostError.closed(`host ${this.name}`);
    this.#sinc ??= new SincEndpoint(this.environment);
    return this.#sinc;
  }

  /** Asks the registry. @throws HostError REFUSED, BAD_REPLY, or what a call throws. */
  async ask(request: RegistryRequest, options: CallOptions = {}): Promise<RegistryAnswer> {
    const answer = await askRegistry(
      (name, payload, callOptions) => this.call(name, payload, callOptions),
      request,
      options,
    );
    if (!this.#closed) this.#renewal.take(request, answer);
    return answer;
  }

  /** Ends everything at once, without a word to the registry; outstanding calls end with CLOSED. */
  close(): void {
    if (this.#closed) return;
    for (const service of [...this.#services]) service.halt();
    this.#renewal.close();
    this.client.close();
    this.transport.close();
    this.#closed = true;
    this.#sinc?.close();
    this.#clientSocket.close();
    this.#named.close();
  }

  /** For this host's services. */
  release(service: Service): void {
    this.#renewal.forget(service.name.text);
    const at = this.#services.indexOf(service);
    if (at >= 0) this.#services.splice(at, 1);
  }

  /** For this host's services: answers come from the named port, by which switches know them (protocol section 1). */
  answer(request: NamedPacket, reply: Reply, toAddress: string, toPort: number): void {
    if (this.#closed) return;
    const bytes = encodeAnswer(request, reply, this.#resolvedAnswers, this.#scratch);
    this.#named.send(bytes, this.#resolvedAnswers ? toAddress : this.#serviceAddress, toPort);
  }

  /** For this host's services. */
  adopt(request: NamedPacket, unread: Uint8Array, toAddress: string, toPort: number): Exchange | undefined {
    return this.transport.adopt(request, unread, toAddress, toPort);
  }

  #listen(socket: DatagramSocket): void {
    socket.onMessage = (payload, address, port) => this.#receive(payload, address, port);
  }

  #receive(bytes: Uint8Array, fromAddress: string, fromPort: number): void {
    if (this.#closed) return;
    this.counters.received++;
    if (bytes.length > this.#longest) {
      this.counters.malformed++;
      return;
    }
    let packet: NamedPacket;
    try {
      packet = decodeNamed(bytes);
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      this.counters.malformed++;
      return;
    }
    switch (packet.type) {
      case PacketType.SERVICE_REQUEST: {
        const service = this.#services.find((candidate) => candidate.covers(packet));
        if (packet.kv === undefined && isSegment(packet.payload)) {
          const taken = this.transport.receiveRequest(packet, service, fromAddress, fromPort);
          if (!taken) this.#mismatch(packet, fromAddress, fromPort);
        } else if (service !== undefined) service.receive(packet, fromAddress, fromPort);
        else this.#mismatch(packet, fromAddress, fromPort);
        return;
      }
      case PacketType.ECHO_REQUEST: {
        const text = dstText(packet);
        const own = this.name.bytes;
        const known =
          (text.length === own.length && sameBytes(text, 0, own, 0, own.length)) ||
          this.#services.some((service) => service.covers(packet));
        const reply: Reply = { type: PacketType.ECHO_REPLY, reason: 0, payload: packet.payload };
        if (known) this.answer(packet, reply, fromAddress, fromPort);
        else this.#mismatch(packet, fromAddress, fromPort);
        return;
      }
      case PacketType.NACK:
        if (!this.transport.receiveNack(packet)) this.client.receive(packet, fromAddress);
        return;
      default:
        if (packet.type === PacketType.SERVICE_DATA && this.#streams.receive(packet)) return;
        if (
          packet.type === PacketType.SERVICE_DATA &&
          packet.kv === undefined &&
          isSegment(packet.payload) &&
          !this.client.expects(packet.requestId)
        ) {
          this.transport.receiveAnswer(packet, fromAddress, fromPort);
        } else this.client.receive(packet, fromAddress);
    }
  }

  /** The digests led here, the text belongs elsewhere: a collision, or a route that is out of date. */
  #mismatch(packet: NamedPacket, fromAddress: string, fromPort: number): void {
    this.counters.mismatched++;
    this.answer(packet, nackReply(NackReason.NAME_MISMATCH), fromAddress, fromPort);
  }
}
