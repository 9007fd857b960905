import { requireBytes } from '../arguments.js';
import { type HostEnvironment, MAX_DATAGRAM, type Timer } from '../environment.js';
import { HostError } from '../errors.js';
import type { Path, PathUser } from './path.js';
import { ReceiveSide } from './receive-side.js';
import {
  ResetCode,
  SACK_BYTES,
  SEGMENT_BYTES,
  SEGMENT_FIN,
  SEGMENT_OPEN,
  SEGMENT_PROBE,
  SEGMENT_RESET,
  type Segment,
  writeSegment,
} from './segment.js';
import { type Flight, SendSide } from './send-side.js';

/** Every receiver has room for this much before it has said how much it has room for. */
export const FIRST_WINDOW_BYTES = 131_072;
const RECEIVE_WINDOW = 1 << 19;
const SEND_BUFFER = 1 << 18;
const KEEPALIVE_US = 1_000_000;
const COLLAPSE_AFTER = 3;
/** Probes in a row without an answer after which segments are made short. */
const SHORTEN_AFTER = 3;
const NO_DATA = new Uint8Array(0);
const MAX_TIME_LIMIT_MS = 0xffffffff;
/** Where a named header has its stamp. */
const STAMP_FROM = 12;
const STAMP_TO = 16;

export interface ExchangeOptions {
  /** What errors call it. */
  readonly what: string;
  /** Time of its end at the latest, on the environment's clock; undefined = none. */
  readonly deadline: number | undefined;
  /** Silence of the peer that ends it, microseconds: a live one answers probes. */
  readonly idleUs: number;
}

/** What an exchange needs of whoever carries its segments. */
export interface Carrier {
  /** Named header up to the payload. */
  readonly header: Uint8Array;
  /** Sends a datagram that begins with `header`; the bytes may be reused afterwards. */
  send(bytes: Uint8Array): void;
  /** Told once, when the exchange is over: the code it was reset with, or undefined where it ran to its end. */
  ended(code: number | undefined, ack: number): void;
}

type State =
  /** Nobody has answered yet; the first segment is repeated by name. */
  | { readonly state: 'opening' }
  | { readonly state: 'open'; readonly carrier: Carrier; readonly path: Path }
  | { readonly state: 'done' }
  | { readonly state: 'failed'; readonly error: HostError };

/**
 * A stream of bytes each way between a caller and one instance of a service. Read it as an async iterable; `write` and
 * `end` send. Everything ends: by the end of both streams, by a reset from either side, by deadline, by an AbortSignal, or by
 * the peer's silence.
 */
export class Exchange implements PathUser {
  readonly #environment: HostEnvironment;
  readonly #options: ExchangeOptions;
  readonly #scratch: Uint8Array;
  readonly #sending = new SendSide(FIRST_WINDOW_BYTES);
  readonly #receiving = new ReceiveSide(RECEIVE_WINDOW);
  readonly #abort = new AbortController();
  #state: State = { state: 'opening' };
  #readers: (() => void)[] = [];
  #writers: (() => void)[] = [];
  #enders: (() => void)[] = [];
  #ignoring = false;
  #echo = 0;
  /** Segments have come that were not acknowledged yet. */
  #owes = false;
  #timer: Timer | undefined;
  #timerAt = Number.POSITIVE_INFINITY;
  #rackDue: number | undefined;
  #probeBase = 0;
  #tries = 0;
  #heardAt: number;

  constructor(environment: HostEnvironment, scratch: Uint8Array, options: ExchangeOptions) {
    this.#environment = environment;
    this.#scratch = scratch;
    this.#options = options;
    this.#heardAt = environment.now();
  }

  /** Aborted when the exchange ends before its streams do: cancelled by the peer, timed out, lost. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  get state(): State['state'] {
    return this.#state.state;
  }

  /** Bytes received, in order. */
  get received(): number {
    return this.#receiving.received;
  }

  get options(): ExchangeOptions {
    return this.#options;
  }

  /**
   * Sends bytes (copied). Resolves when there is room for more.
   * @throws HostError what the exchange ended with, CLOSED after `end`, or INVALID_ARGUMENT.
   */
  async write(bytes: Uint8Array): Promise<void> {
    requireBytes(this.#options.what, 'bytes', bytes);
    this.#requireAlive();
    if (this.#sending.ended) throw HostError.closed(`sending half of ${this.#options.what}`);
    this.#sending.write(bytes.slice());
    this.#wantToSend();
    while (this.#sending.buffered > SEND_BUFFER && this.#alive()) {
      await new Promise<void>((resolve) => this.#writers.push(resolve));
    }
    this.#requireAlive();
  }

  /**
   * Sends bytes without copying them: they must not change until `release` is called, which happens when all of them have arrived, or
   * nobody waits for them any more. @returns false where the sender should wait for `room`. On an exchange that is over it does nothing else.
   */
  send(bytes: Uint8Array, release?: () => void): boolean {
    requireBytes(this.#options.what, 'bytes', bytes);
    if (!this.#alive() || this.#sending.ended) {
      release?.();
      return true;
    }
    this.#sending.write(bytes, release);
    this.#wantToSend();
    return this.#sending.buffered <= SEND_BUFFER;
  }

  /** Resolves when there is room to send more, or never will be. */
  async room(): Promise<void> {
    while (this.#sending.buffered > SEND_BUFFER && this.#alive()) {
      await new Promise<void>((resolve) => this.#writers.push(resolve));
    }
  }

  /** What has come in order and was not read yet; undefined where there is nothing now. */
  readNow(): Uint8Array | undefined {
    const bytes = this.#receiving.read();
    if (bytes !== undefined && this.#receiving.shouldTell) this.#sendAck();
    return bytes;
  }

  /**
   * Offers bytes to `take` as they come, without copying them: they are valid during the call only. What it refuses, and what comes
   * while something is left to be read, waits for `read` as usual.
   */
  offer(take: (bytes: Uint8Array) => boolean): void {
    this.#receiving.offer(take);
  }

  /** Ends this side's stream. */
  end(): void {
    if (this.#sending.ended || !this.#alive()) return;
    this.#sending.end();
    this.#wantToSend();
    this.#checkDone();
  }

  /** The next bytes, undefined at the end of the peer's stream. @throws HostError what the exchange ended with. */
  async read(): Promise<Uint8Array | undefined> {
    for (;;) {
      const bytes = this.#receiving.read();
      if (bytes !== undefined) {
        if (this.#receiving.shouldTell) this.#sendAck();
        return bytes;
      }
      if (this.#receiving.finished) return undefined;
      this.#requireAlive();
      await new Promise<void>((resolve) => this.#readers.push(resolve));
    }
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void, undefined> {
    let finished = false;
    try {
      for (;;) {
        const bytes = await this.read();
        if (bytes === undefined) break;
        yield bytes;
      }
      finished = true;
    } finally {
      // Whoever stops reading early does not want the rest.
      if (!finished) this.ignoreInput();
    }
  }

  /** All of the peer's stream. @throws HostError TOO_LARGE beyond `limit` bytes (the exchange is reset), or as `read`. */
  async collect(limit: number): Promise<Uint8Array> {
    const parts: Uint8Array[] = [];
    let length = 0;
    for (;;) {
      const part = await this.read();
      if (part === undefined) break;
      length += part.length;
      if (length > limit) {
        const error = new HostError(
          'TOO_LARGE',
          `${this.#options.what}: more than ${limit} bytes; read it as a stream or raise the limit`,
        );
        this.fail(error, ResetCode.TOO_LARGE);
        throw error;
      }
      parts.push(part);
    }
    const [only] = parts;
    // A copy of its own, as what is put together: the bytes may be looked at as numbers, whose place has to be even.
    if (only !== undefined && parts.length === 1) return only.slice();
    const whole = new Uint8Array(length);
    let at = 0;
    for (const part of parts) {
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  }

  /** Lets the rest of the peer's stream come and go unread. */
  ignoreInput(): void {
    this.#ignoring = true;
    while (this.#receiving.read() !== undefined);
    if (this.#receiving.shouldTell) this.#sendAck();
  }

  /** Ends the exchange at once; the peer is told. `code` is one of ResetCode or a Nack reason. */
  cancel(code: number = ResetCode.CANCELLED): void {
    this.fail(new HostError('ABORTED', `${this.#options.what}: cancelled`), code);
  }

  /** Resolves when the exchange is over, however it ended; then `state` is 'done' or 'failed'. */
  async ended(): Promise<void> {
    if (this.#alive()) await new Promise<void>((resolve) => this.#enders.push(resolve));
  }

  /** For the transport: ends it with an error. With a code the peer is told. */
  fail(error: HostError, code?: number): void {
    if (!this.#alive()) return;
    const { state } = this;
    const carrier = this.#state.state === 'open' ? this.#state.carrier : undefined;
    if (code !== undefined && state === 'open') this.#emit(SEGMENT_RESET, code, undefined);
    this.#leavePath();
    this.#state = { state: 'failed', error };
    this.#receiving.discard();
    this.#abort.abort(error);
    this.#settle();
    carrier?.ended(code ?? ResetCode.CANCELLED, this.#receiving.ack);
  }

  /** For the transport: a request that came as a plain packet, to be read before the stream. */
  preload(bytes: Uint8Array): void {
    this.#receiving.preload(bytes);
  }

  /** For the transport: data of the first segment, before the peer is known. */
  takeFirst(headerBytes: number): Flight | undefined {
    return this.#sending.take(this.#room(headerBytes));
  }

  /** For the transport: writes the first segment behind a header already in `out`, and gives its bytes. */
  writeFirst(out: Uint8Array, at: number, flight: Flight | undefined, extraFlags: number): number {
    const now = this.#environment.now();
    const { deadline } = this.#options;
    const left = deadline === undefined ? 0 : Math.ceil((deadline - now) / 1000);
    if (flight !== undefined) flight.sentAt = now;
    const length = writeSegment(out, at, {
      ...this.#segment(SEGMENT_OPEN | extraFlags | (flight?.fin === true ? SEGMENT_FIN : 0), 0, flight, 0),
      timeLimitMs: Math.max(0, Math.min(MAX_TIME_LIMIT_MS, left)),
    });
    return length + (flight === undefined ? 0 : this.#sending.copy(flight, out, at + length));
  }

  /** For the transport: the peer is known now. */
  connect(carrier: Carrier, path: Path): void {
    if (this.#state.state !== 'opening') return;
    this.#state = { state: 'open', carrier, path };
    path.users++;
    this.#heardAt = this.#environment.now();
    this.#probeBase = this.#heardAt;
    this.#arm();
    this.#wantToSend();
  }

  /** For the transport: a segment from the peer. */
  receive(segment: Readonly<Segment>): void {
    if (this.#state.state !== 'open') return;
    const { path } = this.#state;
    const now = this.#environment.now();
    this.#heardAt = now;
    path.noteTaken(segment.longest);
    if ((segment.flags & SEGMENT_RESET) !== 0) {
      this.fail(resetError(this.#options.what, segment.code));
      return;
    }
    let echoAt = Number.NEGATIVE_INFINITY;
    if (segment.echo !== 0) {
      const rttUs = (Math.floor(now) - segment.echo) >>> 0;
      if (rttUs < 60_000_000) {
        echoAt = now - rttUs;
        path.rtt.sample(Math.max(1, rttUs));
        path.control.onRtt(Math.max(1, rttUs), now);
      }
    }
    if (this.#sending.acknowledge(segment, echoAt, path.control, now)) {
      this.#tries = 0;
      this.#probeBase = now;
      path.noteArrived(this.#sending.longestArrived);
    }
    this.#rackDue = this.#sending.findLost(path.rtt.smoothedUs, path.reorderSlackUs, path.control, now);
    this.#takeData(segment);
    if (this.#sending.buffered <= SEND_BUFFER) wake(this.#writers);
    this.#checkDone();
    if (this.#alive()) {
      this.#arm();
      path.want(this);
    } else path.pump();
  }

  /** PathUser. */
  sendNext(): number {
    if (this.#state.state !== 'open') return 0;
    const flight = this.#sending.take(this.#room(this.#state.carrier.header.length));
    if (flight === undefined) return 0;
    const { control } = this.#state.path;
    const bytes = flight.to - flight.from;
    if (!this.#sending.outstanding || this.#probeBase === 0) this.#probeBase = this.#environment.now();
    flight.counted = true;
    control.onSend(flight, bytes, this.#environment.now());
    this.#emit(flight.fin ? SEGMENT_FIN : 0, 0, flight);
    this.#probeBase = this.#environment.now();
    this.#arm();
    return bytes;
  }

  /** PathUser. */
  acknowledge(): void {
    if (this.#owes) this.#sendAck();
  }

  #takeData(segment: Readonly<Segment>): void {
    const fin = (segment.flags & SEGMENT_FIN) !== 0;
    const before = this.#receiving.ack;
    if (segment.data.length > 0 || fin) {
      this.#echo = segment.sentAt;
      if (!this.#receiving.take(segment.offset, segment.data, fin)) return;
      if (this.#ignoring) while (this.#receiving.read() !== undefined);
      if (this.#receiving.readable || this.#receiving.finished) wake(this.#readers);
      const inOrder = this.#receiving.ack > before && !this.#receiving.hasGap;
      const opens = (segment.flags & SEGMENT_OPEN) !== 0;
      if (fin || opens || !inOrder) this.#sendAck();
      else if (this.#state.state === 'open') {
        this.#owes = true;
        this.#state.path.owe(this);
      }
    } else if ((segment.flags & (SEGMENT_PROBE | SEGMENT_OPEN)) !== 0) {
      this.#echo = segment.sentAt;
      this.#sendAck();
    }
  }

  #sendAck(): void {
    if (this.#state.state === 'open') this.#emit(0, 0, undefined);
  }

  #segment(flags: number, code: number, flight: Flight | undefined, sackLimit: number): Segment {
    const window = this.#receiving.window;
    return {
      flags,
      code,
      timeLimitMs: 0,
      offset: flight?.from ?? 0,
      ack: this.#receiving.ack,
      window,
      sentAt: Math.max(1, Math.floor(this.#environment.now()) >>> 0),
      longest: this.#environment.maxDatagram ?? MAX_DATAGRAM,
      echo: this.#echo,
      sacks: sackLimit === 0 || !this.#receiving.hasGap ? [] : this.#receiving.sacks(sackLimit),
      data: NO_DATA,
    };
  }

  #emit(flags: number, code: number, flight: Flight | undefined): void {
    if (this.#state.state !== 'open') return;
    const { carrier, path } = this.#state;
    const out = this.#scratch;
    out.set(carrier.header);
    // Switches count an answer for each stamp that comes back: the beginning of the stream, or its refusal, brings it.
    const begins = flight?.from === 0 || (flight === undefined && code !== 0 && !this.#sending.begun);
    if (!begins) out.fill(0, STAMP_FROM, STAMP_TO);
    let at = carrier.header.length;
    at += writeSegment(out, at, this.#segment(flags, code, flight, flight === undefined ? 16 : 2));
    if (flight !== undefined) at += this.#sending.copy(flight, out, at);
    if (this.#owes) {
      this.#owes = false;
      path.paid(this);
    }
    carrier.send(out.subarray(0, at));
  }

  #room(headerBytes: number): number {
    const longest = this.#state.state === 'open' ? this.#state.path.datagram : MAX_DATAGRAM;
    return longest - headerBytes - SEGMENT_BYTES - 2 * SACK_BYTES;
  }

  #wantToSend(): void {
    if (this.#state.state === 'open') this.#state.path.want(this);
  }

  #alive(): boolean {
    return this.#state.state === 'open' || this.#state.state === 'opening';
  }

  #requireAlive(): void {
    if (this.#state.state === 'failed') throw this.#state.error;
    if (this.#state.state === 'done' && !this.#receiving.finished) throw HostError.closed(this.#options.what);
  }

  /** When something has to happen although nothing comes. */
  #due(): number {
    let at = this.#options.deadline ?? Number.POSITIVE_INFINITY;
    if (this.#state.state !== 'open') return at;
    if (this.#rackDue !== undefined) at = Math.min(at, this.#rackDue);
    const waiting = this.#sending.outstanding || this.#sending.blocked;
    const probe = waiting
      ? this.#probeBase + this.#state.path.probeTimeoutUs(this.#tries)
      : Math.max(this.#heardAt, this.#probeBase) + KEEPALIVE_US;
    return Math.min(at, probe, this.#heardAt + this.#options.idleUs);
  }

  /** One timer, set to the earliest time it was told of; it looks for the next when it fires. */
  #arm(): void {
    const at = this.#due();
    if (at >= this.#timerAt || at === Number.POSITIVE_INFINITY) return;
    this.#timer?.cancel();
    this.#timerAt = at;
    this.#timer = this.#environment.setTimer(Math.max(0, at - this.#environment.now()), () => {
      this.#timerAt = Number.POSITIVE_INFINITY;
      this.#expired();
    });
  }

  #expired(): void {
    if (!this.#alive()) return;
    const now = this.#environment.now();
    const { deadline, idleUs, what } = this.#options;
    if (deadline !== undefined && now >= deadline) {
      this.fail(
        new HostError('TIMEOUT', `${what}: not done by its deadline; allow more time`),
        ResetCode.DEADLINE,
      );
      return;
    }
    if (this.#state.state !== 'open') {
      this.#arm();
      return;
    }
    const { path } = this.#state;
    if (now >= this.#heardAt + idleUs) {
      const silent = `${what}: the other side has been silent for ${idleUs} µs; call again`;
      this.fail(new HostError('TIMEOUT', silent), ResetCode.DEADLINE);
      return;
    }
    if (this.#rackDue !== undefined && now >= this.#rackDue) {
      this.#rackDue = this.#sending.findLost(path.rtt.smoothedUs, path.reorderSlackUs, path.control, now);
      path.want(this);
    }
    const waiting = this.#sending.outstanding || this.#sending.blocked;
    const probeAt = waiting
      ? this.#probeBase + path.probeTimeoutUs(this.#tries)
      : Math.max(this.#heardAt, this.#probeBase) + KEEPALIVE_US;
    if (now >= probeAt) this.#probe(path, now);
    this.#arm();
  }

  #probe(path: Path, now: number): void {
    this.#tries++;
    this.#probeBase = now;
    if (this.#tries === COLLAPSE_AFTER) {
      this.#sending.loseAll(path.control);
      path.control.onCollapse();
    }
    if (this.#tries >= SHORTEN_AFTER) this.#shorten(path);
    const oldest = this.#sending.oldest(path.control);
    if (oldest === undefined) {
      this.#emit(SEGMENT_PROBE, 0, undefined);
      return;
    }
    oldest.sentAt = now;
    this.#emit(SEGMENT_PROBE | (oldest.fin ? SEGMENT_FIN : 0), 0, oldest);
    path.want(this);
  }

  /** Nothing of long segments has arrived for a while: those that are out go as usual ones. */
  #shorten(path: Path): void {
    if (this.#state.state !== 'open') return;
    const headerBytes = this.#state.carrier.header.length;
    if (path.datagram > MAX_DATAGRAM) path.shorten();
    this.#sending.divide(this.#room(headerBytes), path.control);
  }

  #checkDone(): void {
    if (this.#state.state !== 'open' || !this.#sending.done || !this.#receiving.finished) return;
    const { carrier } = this.#state;
    if (this.#owes) this.#sendAck();
    this.#leavePath();
    this.#state = { state: 'done' };
    this.#settle();
    carrier.ended(undefined, this.#receiving.ack);
  }

  #leavePath(): void {
    this.#timer?.cancel();
    if (this.#state.state !== 'open') {
      this.#sending.discard(undefined);
      return;
    }
    const { path } = this.#state;
    this.#sending.discard(path.control);
    path.leave(this);
    path.users--;
    path.pump();
  }

  #settle(): void {
    wake(this.#readers);
    wake(this.#writers);
    wake(this.#enders);
  }
}

function wake(waiting: (() => void)[]): void {
  for (const resolve of waiting.splice(0)) resolve();
}

/** The error a RESET with this code means. */
export function resetError(what: string, code: number): HostError {
  if (code >= 1 && code <= 127) return HostError.nack(what, code);
  switch (code) {
    case ResetCode.UNKNOWN:
      return new HostError('RESET', `${what}: the other side does not know it (any more); call again`);
    case ResetCode.TOO_LARGE:
      return new HostError('TOO_LARGE', `${what}: longer than the other side takes; split it`);
    case ResetCode.DEADLINE:
      return new HostError('TIMEOUT', `${what}: the other side gave it up as too late; allow more time`);
    default:
      return new HostError('RESET', `${what}: cancelled by the other side`);
  }
}
