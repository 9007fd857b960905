import {
  FabricKey,
  NAMED_FIXED_BYTES,
  Name,
  type NamedPacket,
  PacketType,
  UDP_PORT_NAMED,
} from '../wire/index.js';
import { requireBytes, requireIpv4 } from './arguments.js';
import {
  type CallOptions,
  type CallResult,
  checkCall,
  DEFAULT_DEADLINE_US,
  DEFAULT_MAX_ANSWER,
  openOptions,
  type StreamOptions,
} from './call-options.js';
import { NameClient } from './client.js';
import { CredentialRenewal } from './credential-renewal.js';
import { Credentials, SigningSocket } from './credentials.js';
import {
  type DatagramSocket,
  FULL_TELEMETRY_BYTES,
  type HostEnvironment,
  MAX_DATAGRAM,
} from './environment.js';
import { HostError } from './errors.js';
import type { Handler, Handling, PacketHandler, QueryHandler, StreamHandler } from './handling.js';
import { hedged } from './hedge.js';
import type { HostCounters, HostOptions, Probe } from './host-options.js';
import { Incoming } from './incoming.js';
import { encodePublication } from './publication.js';
import { askRegistry, type RegistryAnswer, type RegistryRequest } from './registry.js';
import { encodeAnswer, type Reply } from './reply.js';
import { RetryBudget } from './retry-budget.js';
import { checkServe, type ServeOptions } from './serve-options.js';
import { Service } from './service.js';
import { ServiceTable } from './service-table.js';
import { SincEndpoint } from './sinc-endpoint.js';
import { type StreamListener, StreamListeners } from './stream-listeners.js';
import { type TracerouteOptions, type TracerouteStep, traceroute } from './traceroute.js';
import type { Exchange } from './transport/exchange.js';
import { isSegment } from './transport/segment.js';
import { Transport } from './transport/transport.js';

const EMPTY = new Uint8Array(0);
/** Bytes routers may have put into a datagram that is taken. */
const PUT_IN = 576;
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
  readonly #named: DatagramSocket;
  readonly #clientSocket: DatagramSocket;
  readonly #serviceAddress: string;
  readonly #resolvedAnswers: boolean;
  readonly #services = new ServiceTable();
  readonly #names = new Map<string, Name>();
  readonly #incoming: Incoming;
  readonly #scratch: Uint8Array;
  readonly #renewal: CredentialRenewal;
  readonly #streams = new StreamListeners();
  #sinc: SincEndpoint | undefined;
  #closed = false;

  constructor(environment: HostEnvironment, options: HostOptions) {
    this.environment = environment;
    // An answer is never longer than its request.
    const longest = (environment.maxDatagram ?? MAX_DATAGRAM) + PUT_IN;
    this.#scratch = new Uint8Array(longest);
    this.name = Name.of(options.name);
    this.key = options.key ?? FabricKey.default;
    requireIpv4(`host ${this.name}`, 'serviceAddress', options.serviceAddress);
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
    this.#incoming = new Incoming(longest, {
      name: this.name,
      services: this.#services,
      streams: this.#streams,
      transport: this.transport,
      client: this.client,
      answer: (request, reply, toAddress, toPort) => this.answer(request, reply, toAddress, toPort),
    });
  }

  get counters(): Readonly<HostCounters> {
    return this.#incoming.counters;
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
   * @throws HostError TIMEOUT, NACK, RESET, TOO_LARGE, CLOSED, ABORTED or INVALID_ARGUMENT; WireError for text that is no name.
   */
  async call(
    name: string | Name,
    payload: Uint8Array = EMPTY,
    options: CallOptions = {},
  ): Promise<CallResult> {
    const parsed = this.nameOf(name);
    checkCall(parsed, options);
    requireBytes(`call to ${parsed}`, 'payload', payload);
    const { hedgeUs } = options;
    if (hedgeUs === undefined) return this.#call(parsed, payload, options);
    return hedged(this.environment, hedgeUs, options.signal, (signal) =>
      this.#call(parsed, payload, { ...options, signal }),
    );
  }

  /**
   * Opens a stream of bytes each way to one instance of a service. What is written at once goes along with the first packet.
   * @throws HostError INVALID_ARGUMENT, CLOSED or ABORTED; everything later comes from the exchange's methods.
   */
  open(name: string | Name, options: StreamOptions = {}): Exchange {
    const parsed = this.nameOf(name);
    checkCall(parsed, options);
    return this.transport.open(parsed, openOptions(options));
  }

  /** Bytes of payload that fit one datagram to a name. */
  queryRoom(name: Name): number {
    return MAX_DATAGRAM - NAMED_FIXED_BYTES - name.bytes.length - this.name.bytes.length;
  }

  /**
   * Calls a service with a request of one datagram. Its answer comes as a result, or, where it is longer or takes its time, as an
   * exchange to be read. The payload of a result is valid during the call of `settle` only.
   * @returns a function that gives the call up before that
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
    checkServe(name.text, options);
    if (this.#services.has(name)) {
      throw HostError.invalid(`service ${name}`, 'this host serves it already', 'stop the other one first');
    }
    const port = options.port ?? UDP_PORT_NAMED;
    const socket = port === UDP_PORT_NAMED ? undefined : this.environment.openSocket(port);
    if (socket !== undefined) this.#listen(socket);
    const service = new Service(this, name, handling, options, port, socket);
    this.#services.add(service);
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
    const bytes = encodePublication(name, this.name, this.key, requestId, payload, this.#scratch);
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
    for (const service of this.#services.all()) service.halt();
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
    this.#services.remove(service);
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
    socket.onMessage = (payload, address, port) => {
      if (!this.#closed) this.#incoming.receive(payload, address, port);
    };
  }
}
