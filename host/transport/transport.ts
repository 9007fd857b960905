import {
  encodeNamed,
  type FabricKey,
  FLAG_RESOLVED,
  FLAG_SWAPPED,
  HOP_LIMIT_DEFAULT,
  NackReason,
  type Name,
  type NamedPacket,
  PacketType,
  sameBytes,
  srcText,
  textBlock,
  WireError,
} from '../../wire/index.js';
import { type HostEnvironment, MAX_DATAGRAM, type Timer } from '../environment.js';
import { HostError, requireInteger } from '../errors.js';
import type { RetryBudget } from '../retry-budget.js';
import { RttEstimator } from '../rtt-estimator.js';
import { type Carrier, Exchange, FIRST_WINDOW_BYTES } from './exchange.js';
import { Path } from './path.js';
import {
  ResetCode,
  readSegment,
  SEGMENT_BYTES,
  SEGMENT_FIN,
  SEGMENT_OPEN,
  SEGMENT_RESET,
  type Segment,
  writeSegment,
} from './segment.js';
import { Tombstones } from './tombstones.js';

export interface OpenOptions {
  readonly deadlineUs?: number | undefined;
  readonly attempts: number;
  readonly firstTimeoutUs: number;
  readonly idleUs: number;
  readonly tag: number;
  readonly signal?: AbortSignal | undefined;
}

/** What the transport needs of its host. */
export interface TransportHost {
  readonly environment: HostEnvironment;
  readonly name: Name;
  readonly key: FabricKey;
  readonly budget: RetryBudget;
  /** A request id no call has. */
  freeRequestId(): number;
  /** By name (undefined), or straight to the host a locator names. */
  sendRequest(bytes: Uint8Array, locator: string | undefined): void;
  sendAnswer(bytes: Uint8Array, toAddress: string, toPort: number): void;
  /** Whether answers go straight to the address the request came from. */
  readonly resolvedAnswers: boolean;
}

/** Takes exchanges opened by callers. */
export interface Acceptor {
  accept(exchange: Exchange, packet: NamedPacket): void;
  /** The caller of a plain request wants no answer any more. */
  cancelled(key: string): void;
}

interface Opening {
  readonly requestId: number;
  readonly name: Name;
  readonly digest: Uint8Array;
  /** Full datagrams' head; flags, instance and attempt are patched. */
  readonly header: Uint8Array;
  readonly exchange: Exchange;
  readonly options: OpenOptions;
  attempts: number;
  first: Uint8Array | undefined;
  firstSentAt: number;
  timer: Timer | undefined;
  nacked: number;
  unlisten: () => void;
  /** Where it is pinned. */
  locator: string | undefined;
  instance: number;
}

export interface TransportCounters {
  opened: number;
  accepted: number;
  /** Segments of exchanges that are over or were never known. */
  stray: number;
  malformed: number;
}

const MAX_PATHS = 4096;
/** Wait for an opening's acknowledgement before it is repeated, where its name is known, microseconds. */
const OPENING_BOUNDS = { initialUs: 50_000, minUs: 5_000, maxUs: 1_000_000 };
const RETRIED: ReadonlySet<number> = new Set([
  NackReason.UNAVAILABLE,
  NackReason.RATE_LIMITED,
  NackReason.BREAKER_OPEN,
]);
const NO_BYTES = new Uint8Array(0);

/** Key of an exchange at the service's side: its caller's text and its request id. */
export function exchangeKey(packet: NamedPacket): string {
  return `${String.fromCharCode(...srcText(packet))}#${packet.requestId}`;
}

/** All exchanges of a host, at both ends (docs/protocol.md section 8). */
export class Transport {
  readonly counters: TransportCounters = { opened: 0, accepted: 0, stray: 0, malformed: 0 };
  readonly #host: TransportHost;
  readonly #environment: HostEnvironment;
  readonly #scratch: Uint8Array;
  readonly #openings = new Map<number, Opening>();
  readonly #accepted = new Map<string, Exchange>();
  readonly #paths = new Map<string, Path>();
  /** How long openings took to be acknowledged, by name. */
  readonly #openingTimes = new Map<string, RttEstimator>();
  readonly #callerGraves = new Tombstones<number>();
  readonly #serverGraves = new Tombstones<string>();
  readonly #standing = new WeakMap<Exchange, { readonly instance: number; readonly attempts: number }>();
  #closed = false;

  constructor(host: TransportHost) {
    this.#host = host;
    this.#environment = host.environment;
    this.#scratch = new Uint8Array((host.environment.maxDatagram ?? MAX_DATAGRAM) + 64);
  }

  /** Whether a caller's exchange has this request id. */
  uses(requestId: number): boolean {
    return (
      this.#openings.has(requestId) ||
      this.#callerGraves.get(requestId, this.#environment.now()) !== undefined
    );
  }

  /** Opens an exchange with whichever instance of `name` answers first. */
  open(name: Name, options: OpenOptions): Exchange {
    if (this.#closed) throw HostError.closed(`host ${this.#host.name}`);
    const what = `call to ${name}`;
    if (options.signal?.aborted === true) throw new HostError('ABORTED', `${what}: aborted by its signal`);
    requireInteger(what, 'attempts', options.attempts, 1, 255);
    const opening = this.#newOpening(this.#host.freeRequestId(), name, options);
    this.counters.opened++;
    // What the caller writes right away goes along with the first segment.
    queueMicrotask(() => this.#transmitFirst(opening));
    return opening.exchange;
  }

  /** The instance a caller's exchange is pinned to and the transmissions it took; instance 0 where there is none. */
  standing(exchange: Exchange): { readonly instance: number; readonly attempts: number } {
    return this.#standing.get(exchange) ?? { instance: 0, attempts: 0 };
  }

  /** A plain call's answer has come as segments: goes on as an exchange whose request is done. */
  upgrade(
    requestId: number,
    name: Name,
    options: OpenOptions,
    packet: NamedPacket,
    from: string,
  ): Exchange | undefined {
    const segment = this.#read(packet);
    if (segment === undefined) return undefined;
    const opening = this.#newOpening(requestId, name, options);
    opening.attempts = packet.attempt + 1;
    opening.exchange.end();
    // The request went as a plain packet: to the stream it is as if nothing but the end had been sent.
    opening.exchange.takeFirst(opening.header.length);
    this.#pin(opening, packet, segment, from);
    opening.exchange.receive({ ...segment, ack: Math.max(1, segment.ack) });
    return opening.exchange;
  }

  /** A segment from a service. */
  receiveAnswer(packet: NamedPacket, from: string, port: number): void {
    const segment = this.#read(packet);
    if (segment === undefined) return;
    const opening = this.#openings.get(packet.requestId);
    if (opening === undefined || !sameBytes(packet.src, 0, opening.digest, 0, 32)) {
      this.#stray(
        packet,
        segment,
        this.#callerGraves.get(packet.requestId, this.#environment.now()),
        from,
        port,
      );
      return;
    }
    if (opening.locator === undefined) {
      this.#pin(opening, packet, segment, from);
    } else if (opening.locator !== from) {
      // An earlier attempt that reached another instance: that one need not go on.
      this.#stray(packet, segment, { code: ResetCode.CANCELLED, ack: 0 }, from, port);
      return;
    }
    opening.exchange.receive(segment);
  }

  /** A Nack that answers a request. @returns whether it was an exchange's. */
  receiveNack(packet: NamedPacket): boolean {
    const opening = this.#openings.get(packet.requestId);
    if (opening === undefined || !sameBytes(packet.src, 0, opening.digest, 0, 32)) return false;
    // Once pinned, a Nack of another attempt says nothing about the instance at work, and one of its own is final.
    const { reason } = packet;
    if (opening.locator === undefined) this.#refused(opening, reason);
    else if (reason === NackReason.NAME_MISMATCH || reason === NackReason.DENIED) {
      opening.exchange.fail(HostError.nack(`call to ${opening.name}`, reason));
    }
    return true;
  }

  /** A segment from a caller; `acceptor` is undefined where nobody here serves the name. @returns false to refuse it. */
  receiveRequest(packet: NamedPacket, acceptor: Acceptor | undefined, from: string, port: number): boolean {
    const segment = this.#read(packet);
    if (segment === undefined) return true;
    const key = exchangeKey(packet);
    const known = this.#accepted.get(key);
    if (known !== undefined) {
      known.receive(segment);
      return true;
    }
    const grave = this.#serverGraves.get(key, this.#environment.now());
    if ((segment.flags & SEGMENT_RESET) !== 0) {
      if (grave === undefined) acceptor?.cancelled(key);
      return true;
    }
    if (grave !== undefined || (segment.flags & SEGMENT_OPEN) === 0) {
      this.#stray(packet, segment, grave, from, port);
      return true;
    }
    if (acceptor === undefined) return false;
    const now = this.#environment.now();
    const deadline = segment.timeLimitMs === 0 ? undefined : now + segment.timeLimitMs * 1000;
    const exchange = this.#newAccepted(packet, key, deadline, from, port);
    this.counters.accepted++;
    exchange.receive(segment);
    acceptor.accept(exchange, packet);
    return true;
  }

  /**
   * Goes on as an exchange with a request that came as a plain packet; `unread` is its payload where it is still to be
   * read. Undefined where that has been done already.
   */
  adopt(packet: NamedPacket, unread: Uint8Array, from: string, port: number): Exchange | undefined {
    const key = exchangeKey(packet);
    if (this.#closed || this.#accepted.has(key)) return undefined;
    const exchange = this.#newAccepted(packet, key, undefined, from, port);
    exchange.preload(unread);
    exchange.receive({ ...BLANK, flags: SEGMENT_FIN, window: FIRST_WINDOW_BYTES, longest: 0 });
    return exchange;
  }

  close(): void {
    this.#closed = true;
    const error = HostError.closed(`host ${this.#host.name}`);
    for (const { exchange } of [...this.#openings.values()]) exchange.fail(error, NackReason.UNAVAILABLE);
    for (const exchange of [...this.#accepted.values()]) exchange.fail(error, NackReason.UNAVAILABLE);
    for (const path of this.#paths.values()) path.close();
  }

  #newOpening(requestId: number, name: Name, options: OpenOptions): Opening {
    const { environment, key, name: self } = this.#host;
    const now = environment.now();
    const digest = name.digest(key).bytes;
    const exchange = new Exchange(environment, this.#scratch, {
      what: `call to ${name}`,
      deadline: options.deadlineUs === undefined ? undefined : now + options.deadlineUs,
      idleUs: options.idleUs,
    });
    const header = encodeNamed({
      type: PacketType.SERVICE_REQUEST,
      flags: 0,
      hopLimit: HOP_LIMIT_DEFAULT,
      reason: 0,
      dstComponents: name.components.length,
      srcComponents: self.components.length,
      tag: options.tag,
      instance: 0,
      requestId,
      stamp: 0,
      attempt: 0,
      dst: digest,
      src: self.digest(key).bytes,
      text: textBlock(name, self),
      payload: NO_BYTES,
    });
    const opening: Opening = {
      requestId,
      name,
      digest,
      header,
      exchange,
      options,
      attempts: 0,
      first: undefined,
      firstSentAt: 0,
      timer: undefined,
      nacked: 0,
      unlisten: () => undefined,
      locator: undefined,
      instance: 0,
    };
    const { signal } = options;
    if (signal !== undefined) {
      const abort = () => {
        const error = new HostError('ABORTED', `call to ${name}: aborted by its signal`);
        exchange.fail(error, ResetCode.CANCELLED);
      };
      signal.addEventListener('abort', abort, { once: true });
      opening.unlisten = () => signal.removeEventListener('abort', abort);
    }
    this.#openings.set(requestId, opening);
    void exchange.ended().then(() => this.#endedBeforePinned(opening));
    return opening;
  }

  /** An exchange that ended while nobody had answered: whoever got its first segment is told by name. */
  #endedBeforePinned(opening: Opening): void {
    opening.unlisten();
    opening.timer?.cancel();
    if (opening.locator !== undefined) return;
    this.#openings.delete(opening.requestId);
    if (!this.#closed && opening.nacked === 0) this.#cancelByName(opening.header, opening.attempts);
  }

  /** Tells whatever instances `attempts` transmissions of a request reached that its answer is not wanted. */
  #cancelByName(header: Uint8Array, attempts: number): void {
    const bytes = new Uint8Array(header.length + SEGMENT_BYTES);
    bytes.set(header);
    writeSegment(bytes, header.length, { ...BLANK, flags: SEGMENT_RESET, code: ResetCode.CANCELLED });
    for (let attempt = 0; attempt < Math.min(attempts, 8); attempt++) {
      bytes[18] = attempt;
      this.#host.sendRequest(bytes, undefined);
    }
  }

  /** As above, for a plain call: `header` is its datagram up to the payload. */
  cancelPlain(header: Uint8Array, attempts: number): void {
    if (!this.#closed) this.#cancelByName(header, attempts);
  }

  #transmitFirst(opening: Opening): void {
    if (opening.exchange.state !== 'opening') return;
    const { header, exchange, options } = opening;
    const now = this.#environment.now();
    if (opening.first === undefined) {
      const flight = exchange.takeFirst(header.length);
      const out = new Uint8Array(MAX_DATAGRAM);
      out.set(header);
      const length = exchange.writeFirst(out, header.length, flight, 0);
      opening.first = out.subarray(0, header.length + length);
      this.#host.budget.deposit();
      opening.firstSentAt = now;
    }
    opening.first[18] = opening.attempts;
    const usual = options.firstTimeoutUs * 2 ** Math.min(opening.attempts, 16);
    // An opening is acknowledged at once, whatever the service does then: it need not wait much longer than others did.
    const known = opening.attempts === 0 ? this.#openingTimes.get(opening.name.text) : undefined;
    const wait = Math.min(usual, known?.timeoutUs(0) ?? usual) * (0.75 + 0.5 * this.#environment.random());
    opening.attempts++;
    const deadline = exchange.options.deadline ?? Number.POSITIVE_INFINITY;
    opening.timer = this.#environment.setTimer(Math.max(0, Math.min(wait, deadline - now)), () =>
      this.#openingExpired(opening),
    );
    this.#host.sendRequest(opening.first, undefined);
  }

  #openingExpired(opening: Opening): void {
    if (opening.exchange.state !== 'opening') return;
    const now = this.#environment.now();
    const { deadline, what } = opening.exchange.options;
    const late = deadline !== undefined && now >= deadline;
    if (!late && opening.attempts < opening.options.attempts && this.#host.budget.withdraw(now)) {
      this.#transmitFirst(opening);
      return;
    }
    opening.exchange.fail(
      opening.nacked === 0
        ? HostError.timeout(what, opening.attempts, opening.options.deadlineUs ?? 0)
        : HostError.nack(what, opening.nacked),
    );
  }

  #refused(opening: Opening, reason: number): void {
    const more = opening.attempts < opening.options.attempts;
    opening.nacked = reason;
    // The timer that is running makes the next attempt: a refusal is no reason to hurry.
    if (!more || !RETRIED.has(reason)) {
      opening.exchange.fail(HostError.nack(`call to ${opening.name}`, reason));
    }
  }

  #noteOpening(opening: Opening): void {
    const name = opening.name.text;
    let times = this.#openingTimes.get(name);
    if (times === undefined) {
      if (this.#openingTimes.size >= MAX_PATHS) this.#openingTimes.clear();
      times = new RttEstimator(OPENING_BOUNDS);
      this.#openingTimes.set(name, times);
    }
    times.sample(Math.max(1, this.#environment.now() - opening.firstSentAt));
  }

  /** From now on to the instance that answered, past the choice of instances. */
  #pin(opening: Opening, packet: NamedPacket, segment: Readonly<Segment>, from: string): void {
    const { header, exchange, requestId } = opening;
    if (opening.attempts === 1 && opening.firstSentAt > 0) this.#noteOpening(opening);
    opening.locator = from;
    opening.instance = packet.instance;
    opening.timer?.cancel();
    this.#standing.set(exchange, { instance: packet.instance, attempts: opening.attempts });
    header[1] = (header[1] ?? 0) | FLAG_RESOLVED;
    header[6] = packet.instance >> 8;
    header[7] = packet.instance & 0xff;
    header[18] = packet.attempt;
    const carrier: Carrier = {
      header,
      send: (bytes) => this.#host.sendRequest(bytes, from),
      ended: (code, ack) => {
        this.#openings.delete(requestId);
        this.#callerGraves.bury(requestId, { code, ack }, this.#environment.now());
      },
    };
    const path = this.#path(from);
    path.noteTaken(segment.longest);
    exchange.connect(carrier, path);
  }

  #newAccepted(
    packet: NamedPacket,
    key: string,
    deadline: number | undefined,
    from: string,
    port: number,
  ): Exchange {
    const exchange = new Exchange(this.#environment, this.#scratch, {
      what: `exchange ${packet.requestId} with ${from}`,
      deadline,
      idleUs: 5_000_000,
    });
    const header = this.#answerHeader(packet, PacketType.SERVICE_DATA, this.#host.resolvedAnswers);
    this.#accepted.set(key, exchange);
    exchange.connect(
      {
        header,
        send: (bytes) => this.#host.sendAnswer(bytes, from, port),
        ended: (code, ack) => {
          this.#accepted.delete(key);
          this.#serverGraves.bury(key, { code, ack }, this.#environment.now());
        },
      },
      this.#path(from),
    );
    return exchange;
  }

  /** What stands before the payload of a packet that goes back where `packet` came from. */
  #answerHeader(packet: NamedPacket, type: PacketType, resolved: boolean): Uint8Array {
    return encodeNamed({
      type,
      flags: ((packet.flags & FLAG_SWAPPED) ^ FLAG_SWAPPED) | (resolved ? FLAG_RESOLVED : 0),
      hopLimit: HOP_LIMIT_DEFAULT,
      reason: 0,
      dstComponents: packet.srcComponents,
      srcComponents: packet.dstComponents,
      tag: packet.tag,
      instance: packet.instance,
      requestId: packet.requestId,
      stamp: packet.stamp,
      attempt: packet.attempt,
      dst: packet.src,
      src: packet.dst,
      text: packet.text,
      payload: NO_BYTES,
    });
  }

  /** Answers a segment of an exchange that is over as it ended, of an unknown one with a RESET; never a RESET. */
  #stray(
    packet: NamedPacket,
    segment: Readonly<Segment>,
    grave: { readonly code: number | undefined; readonly ack: number } | undefined,
    from: string,
    port: number,
  ): void {
    this.counters.stray++;
    if ((segment.flags & SEGMENT_RESET) !== 0) return;
    const done = grave !== undefined && grave.code === undefined;
    // A bare acknowledgement of a finished exchange needs no answer.
    if (done && segment.data.length === 0 && segment.flags === 0) return;
    const toService = packet.type === PacketType.SERVICE_DATA;
    const type = toService ? PacketType.SERVICE_REQUEST : PacketType.SERVICE_DATA;
    const isResolved = toService || this.#host.resolvedAnswers;
    const header = this.#answerHeader({ ...packet, stamp: 0 }, type, isResolved);
    const bytes = new Uint8Array(header.length + SEGMENT_BYTES);
    bytes.set(header);
    writeSegment(bytes, header.length, {
      ...BLANK,
      flags: done ? 0 : SEGMENT_RESET,
      code: done ? 0 : (grave?.code ?? ResetCode.UNKNOWN),
      ack: grave?.ack ?? 0,
      longest: this.#environment.maxDatagram ?? MAX_DATAGRAM,
      echo: segment.sentAt,
    });
    if (toService) this.#host.sendRequest(bytes, from);
    else this.#host.sendAnswer(bytes, from, port);
  }

  #path(address: string): Path {
    let path = this.#paths.get(address);
    if (path === undefined) {
      if (this.#paths.size >= MAX_PATHS) {
        for (const [unused, { users }] of this.#paths) if (users === 0) this.#paths.delete(unused);
      }
      path = new Path(this.#environment);
      this.#paths.set(address, path);
    }
    return path;
  }

  #read(packet: NamedPacket): Segment | undefined {
    try {
      return readSegment(packet.payload);
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      this.counters.malformed++;
      return undefined;
    }
  }
}

const BLANK: Segment = {
  flags: 0,
  code: 0,
  timeLimitMs: 0,
  offset: 0,
  ack: 0,
  window: 0,
  longest: MAX_DATAGRAM,
  sentAt: 0,
  echo: 0,
  sacks: [],
  data: NO_BYTES,
};
