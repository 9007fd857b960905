import {
  encodeNamed,
  type FabricKey,
  HOP_LIMIT_DEFAULT,
  type Kv,
  NackReason,
  type Name,
  type NamedPacket,
  PacketType,
  sameBytes,
  type Telemetry,
  textBlock,
  writeU32,
} from '../wire/index.js';
import { requireBytes } from './arguments.js';
import {
  type CallOptions,
  type CallResult,
  checkCall,
  DEFAULT_ATTEMPTS,
  DEFAULT_DEADLINE_US,
  DEFAULT_FIRST_TIMEOUT_US,
} from './call-options.js';
import { type DatagramSocket, type HostEnvironment, MAX_DATAGRAM, type Timer } from './environment.js';
import { HostError } from './errors.js';
import { pathRecord } from './path-record.js';
import { encodePatience } from './patience.js';
import type { RetryBudget } from './retry-budget.js';
import type { Exchange } from './transport/exchange.js';
import { isSegment } from './transport/segment.js';

const NO_BYTES = new Uint8Array(0);
const NO_HOPS: Telemetry = { hops: [], dropped: 0 };

/** Nacks another attempt may get past, since it may reach another instance or come in a quieter moment. */
const RETRIED_NACKS: ReadonlySet<number> = new Set([
  NackReason.UNAVAILABLE,
  NackReason.RATE_LIMITED,
  NackReason.BREAKER_OPEN,
]);

interface Pending {
  readonly requestId: number;
  readonly name: Name;
  readonly digest: Uint8Array;
  readonly answer: PacketType;
  readonly bytes: Uint8Array;
  /** Bytes before the payload. */
  readonly headerBytes: number;
  readonly options: CallOptions;
  readonly attempts: number;
  readonly firstTimeoutUs: number;
  readonly begun: number;
  readonly deadline: number;
  /** The answer has begun to come as an exchange. */
  upgraded: boolean;
  /** Takes such an answer while it comes; undefined: it is collected. */
  readonly takeExchange: ((exchange: Exchange) => void) | undefined;
  /** Time of each transmission. */
  readonly sentAt: number[];
  /** Reason of the last Nack that did not end the call, 0 where there was none. */
  nacked: number;
  timer: Timer | undefined;
  settle: ((outcome: CallResult | HostError) => void) | undefined;
}

export interface ClientCounters {
  sent: number;
  retransmitted: number;
  answered: number;
  /** Answers to nothing outstanding: duplicates, and answers that came too late. */
  unexpected: number;
}

/** What a client hands on: answers that do not fit a datagram, and word to servers that a call is given up. */
export interface LongAnswers {
  /** Whether a request id is taken by an exchange. */
  uses(requestId: number): boolean;
  /** Collects an answer whose first segment `packet` carries. */
  collect(
    packet: NamedPacket,
    from: string,
    name: Name,
    begun: number,
    options: CallOptions,
  ): Promise<Uint8Array>;
  /** As `collect`, but leaves the reading to the caller; undefined where the segment is malformed. */
  upgrade(packet: NamedPacket, from: string, name: Name, options: CallOptions): Exchange | undefined;
  cancel(header: Uint8Array, attempts: number): void;
}

/** The calling half of a host: requests by name, repeated until they are answered. */
export class NameClient {
  readonly counters: ClientCounters = { sent: 0, retransmitted: 0, answered: 0, unexpected: 0 };
  readonly #environment: HostEnvironment;
  readonly #socket: DatagramSocket;
  readonly #self: Name;
  readonly #key: FabricKey;
  readonly #serviceAddress: string;
  readonly #port: number;
  readonly #pending = new Map<number, Pending>();
  /** Encoded requests without payload, by name. */
  readonly #heads = new WeakMap<Name, Uint8Array>();
  // A random start, so that a host that comes back is not taken for its own duplicate.
  #nextRequest: number;
  readonly #budget: RetryBudget;
  readonly #long: LongAnswers;
  #closed = false;

  constructor(
    environment: HostEnvironment,
    socket: DatagramSocket,
    self: Name,
    key: FabricKey,
    serviceAddress: string,
    port: number,
    budget: RetryBudget,
    long: LongAnswers,
  ) {
    this.#budget = budget;
    this.#long = long;
    this.#environment = environment;
    this.#socket = socket;
    this.#self = self;
    this.#key = key;
    this.#serviceAddress = serviceAddress;
    this.#port = port;
    this.#nextRequest = Math.floor(environment.random() * 0x100000000);
  }

  /** Calls `name`. @throws HostError TIMEOUT, NACK, TOO_LARGE, CLOSED, ABORTED or INVALID_ARGUMENT. */
  request(
    type: typeof PacketType.SERVICE_REQUEST | typeof PacketType.ECHO_REQUEST,
    name: Name,
    payload: Uint8Array,
    kv: Kv | undefined,
    options: CallOptions,
  ): Promise<CallResult> {
    return new Promise((resolve, reject) => {
      this.start(type, name, payload, kv, options, (outcome) => {
        if (outcome instanceof HostError) reject(outcome);
        else resolve(outcome);
      });
    });
  }

  /**
   * As `request`, with a callback that is called exactly once; errors in the arguments are thrown at once. An answer longer than
   * a datagram goes to `takeExchange` instead where there is one. @returns a function that gives the call up, as the signal does
   */
  start(
    type: typeof PacketType.SERVICE_REQUEST | typeof PacketType.ECHO_REQUEST,
    name: Name,
    payload: Uint8Array,
    kv: Kv | undefined,
    options: CallOptions,
    settle: (outcome: CallResult | HostError) => void,
    takeExchange?: (exchange: Exchange) => void,
  ): () => void {
    if (this.#closed) throw HostError.closed(`host ${this.#self}`);
    if (options.signal?.aborted === true)
      throw new HostError('ABORTED', `call to ${name}: aborted by its signal`);
    checkCall(name, options);
    requireBytes(`call to ${name}`, 'payload', payload);
    const attempts = options.attempts ?? DEFAULT_ATTEMPTS;
    const requestId = this.freeRequestId();
    const digest = name.digest(this.#key);
    const plain = kv === undefined && options.telemetry !== true;
    const bytes = plain
      ? this.#encodePlain(type, name, payload, requestId, options)
      : encodeNamed(this.#packet(type, name, payload, requestId, kv, options));
    if (bytes.length > MAX_DATAGRAM) {
      throw new HostError(
        'TOO_LARGE',
        `call to ${name}: ${bytes.length} bytes do not fit a datagram of ${MAX_DATAGRAM}; split the payload`,
      );
    }
    const now = this.#environment.now();
    const pending: Pending = {
      requestId,
      name,
      digest: digest.bytes,
      answer: type === PacketType.ECHO_REQUEST ? PacketType.ECHO_REPLY : PacketType.SERVICE_DATA,
      bytes,
      headerBytes: bytes.length - payload.length,
      options,
      attempts,
      firstTimeoutUs: options.firstTimeoutUs ?? DEFAULT_FIRST_TIMEOUT_US,
      begun: now,
      deadline: now + (options.deadlineUs ?? DEFAULT_DEADLINE_US),
      upgraded: false,
      takeExchange,
      sentAt: [],
      nacked: 0,
      timer: undefined,
      settle,
    };
    const abort = () => {
      if (pending.settle === undefined) return;
      if (kv === undefined && !pending.upgraded && type === PacketType.SERVICE_REQUEST) {
        this.#long.cancel(pending.bytes.subarray(0, pending.headerBytes), pending.sentAt.length);
      }
      this.#finish(pending, new HostError('ABORTED', `call to ${name}: aborted by its caller`));
    };
    const signal = options.signal;
    if (signal !== undefined) {
      signal.addEventListener('abort', abort, { once: true });
      pending.settle = (outcome) => {
        signal.removeEventListener('abort', abort);
        settle(outcome);
      };
    }
    this.#pending.set(requestId, pending);
    this.counters.sent++;
    this.#budget.deposit();
    this.#transmit(pending);
    return abort;
  }

  #packet(
    type: PacketType,
    name: Name,
    payload: Uint8Array,
    requestId: number,
    kv: Kv | undefined,
    options: CallOptions,
  ): NamedPacket {
    return {
      type,
      flags: 0,
      hopLimit: options.hopLimit ?? HOP_LIMIT_DEFAULT,
      reason: 0,
      dstComponents: name.components.length,
      srcComponents: this.#self.components.length,
      tag: options.tag ?? 0,
      instance: 0,
      requestId,
      stamp: 0,
      attempt: 0,
      dst: name.digest(this.#key).bytes,
      src: this.#self.digest(this.#key).bytes,
      telemetry: options.telemetry === true ? NO_HOPS : undefined,
      kv,
      text: textBlock(name, this.#self),
      payload,
    };
  }

  /** A request with nothing special: its head is the last one to this name but for its type and a few numbers. */
  #encodePlain(
    type: PacketType,
    name: Name,
    payload: Uint8Array,
    requestId: number,
    options: CallOptions,
  ): Uint8Array {
    let head = this.#heads.get(name);
    if (head === undefined) {
      head = encodeNamed(this.#packet(PacketType.SERVICE_REQUEST, name, NO_BYTES, 0, undefined, {}));
      this.#heads.set(name, head);
    }
    // From Buffer's pool: memory of its own would be the dearest part of a short request.
    const bytes = Buffer.allocUnsafe(head.length + payload.length);
    bytes.set(head);
    bytes[0] = (bytes[0] ?? 0) - PacketType.SERVICE_REQUEST + type;
    bytes[2] = options.hopLimit ?? HOP_LIMIT_DEFAULT;
    bytes[5] = options.tag ?? 0;
    writeU32(bytes, 8, requestId);
    bytes.set(payload, head.length);
    return bytes;
  }

  /** Takes an answer (SERVICE_DATA, ECHO_REPLY or NACK) off the wire. */
  receive(packet: NamedPacket, from: string): void {
    const pending = this.#pending.get(packet.requestId);
    if (
      pending === undefined ||
      !sameBytes(packet.src, 0, pending.digest, 0, pending.digest.length) ||
      (packet.type !== pending.answer && packet.type !== PacketType.NACK)
    ) {
      this.counters.unexpected++;
      return;
    }
    if (pending.upgraded) {
      this.counters.unexpected++;
      return;
    }
    if (packet.type === PacketType.NACK) {
      const more = pending.sentAt.length < pending.attempts;
      // The timer that is running makes the next attempt: a refusal is no reason to hurry.
      if (more && RETRIED_NACKS.has(packet.reason)) pending.nacked = packet.reason;
      else {
        const hops = packet.telemetry?.hops ?? [];
        this.#finish(pending, HostError.nack(`call to ${pending.name}`, packet.reason, hops));
      }
      return;
    }
    const sentAt = pending.sentAt[packet.attempt] ?? pending.sentAt[0] ?? pending.begun;
    if (packet.type === PacketType.SERVICE_DATA && packet.kv === undefined && isSegment(packet.payload)) {
      this.#goOn(pending, packet, sentAt, from);
      return;
    }
    this.counters.answered++;
    this.#finish(pending, {
      // Who takes answers of any length takes them as they come.
      payload: pending.takeExchange === undefined ? packet.payload.slice() : packet.payload,
      instance: packet.instance,
      attempts: pending.sentAt.length,
      rttUs: this.#environment.now() - sentAt,
      kv: packet.kv && { ...packet.kv, key: packet.kv.key.slice(), value: packet.kv.value.slice() },
      path: pathRecord(packet),
    });
  }

  /** Whether an answer with this request id is one of this client's. */
  expects(requestId: number): boolean {
    return this.#pending.get(requestId)?.upgraded === false;
  }

  /** The answer is longer than a datagram: the exchange it comes in has the deadline and the signal from here on. */
  #goOn(pending: Pending, packet: NamedPacket, sentAt: number, from: string): void {
    pending.upgraded = true;
    pending.timer?.cancel();
    const { instance } = packet;
    const { options, name, begun } = pending;
    if (pending.takeExchange !== undefined) {
      const now = this.#environment.now();
      const left = Math.max(1, pending.deadline - now);
      const exchange = this.#long.upgrade(packet, from, name, { ...options, deadlineUs: left });
      this.#pending.delete(pending.requestId);
      if (exchange === undefined) {
        this.#finish(pending, new HostError('BAD_REPLY', `call to ${name}: malformed answer`));
        return;
      }
      pending.settle = undefined;
      this.counters.answered++;
      pending.takeExchange(exchange);
      return;
    }
    this.#long.collect(packet, from, name, begun, { ...options, deadlineUs: pending.deadline - begun }).then(
      (payload) => {
        this.counters.answered++;
        const rttUs = this.#environment.now() - sentAt;
        this.#finish(pending, { payload, instance, attempts: pending.sentAt.length, rttUs, kv: undefined });
      },
      (error: unknown) => {
        this.#finish(pending, error instanceof HostError ? error : new HostError('BAD_REPLY', String(error)));
      },
    );
  }

  /** Ends every outstanding call with CLOSED. */
  close(): void {
    this.#closed = true;
    for (const pending of [...this.#pending.values()]) {
      this.#finish(pending, HostError.closed(`host ${this.#self}`));
    }
  }

  /** A request id that neither a call nor an exchange of this host has. */
  freeRequestId(): number {
    let id = this.#nextRequest;
    while (this.#pending.has(id) || this.#long.uses(id)) id = (id + 1) >>> 0;
    this.#nextRequest = (id + 1) >>> 0;
    return id;
  }

  #transmit(pending: Pending): void {
    const now = this.#environment.now();
    const attempt = pending.sentAt.length;
    pending.bytes[18] = attempt;
    pending.bytes[19] = encodePatience(pending.deadline - now);
    pending.sentAt.push(now);
    const jitter = 0.75 + 0.5 * this.#environment.random();
    const wait = pending.firstTimeoutUs * 2 ** Math.min(attempt, 16) * jitter;
    pending.timer = this.#environment.setTimer(Math.max(0, Math.min(wait, pending.deadline - now)), () =>
      this.#expired(pending),
    );
    this.#socket.send(pending.bytes, this.#serviceAddress, this.#port);
  }

  #expired(pending: Pending): void {
    const now = this.#environment.now();
    const more = now < pending.deadline && pending.sentAt.length < pending.attempts;
    if (more && this.#budget.withdraw(now)) {
      this.counters.retransmitted++;
      this.#transmit(pending);
      return;
    }
    const what = `call to ${pending.name}`;
    this.#finish(
      pending,
      pending.nacked === 0
        ? HostError.timeout(what, pending.sentAt.length, now - pending.begun)
        : HostError.nack(what, pending.nacked),
    );
  }

  #finish(pending: Pending, outcome: CallResult | HostError): void {
    const settle = pending.settle;
    if (settle === undefined) return;
    pending.settle = undefined;
    pending.timer?.cancel();
    this.#pending.delete(pending.requestId);
    settle(outcome);
  }
}
