import { type Name, UDP_PORT_NAMED, WireError } from '../../wire/index.js';
import { requireTime } from '../arguments.js';
import type { Timer } from '../environment.js';
import { HostError, requireInteger } from '../errors.js';
import type { Host } from '../host.js';
import { Assembly } from './assembly.js';
import { ChannelLease } from './channel-lease.js';
import { EventQueue, type StreamEvent } from './event-queue.js';
import { askRepair, cacheName, repairName } from './repair.js';
import { Repairs } from './repairs.js';
import { decodeStreamPacket, isStreamPacket, StreamKind, type StreamPacket } from './stream-packet.js';

export interface SubscribeOptions {
  /**
   * Where to begin: with what is published from now on (default), or so many segments back, as far as a cache or the
   * publisher still has them.
   */
  readonly from?: 'now' | { readonly back: number } | undefined;
  /** Names to ask for what was lost, in turn. Default: the stream's with `/cache`, then with `/repair`. */
  readonly repair?: readonly string[] | undefined;
  /** Wait before a lost segment is asked for, microseconds: less a half or more a half, by chance. Default 5,000. */
  readonly repairDelayUs?: number | undefined;
  /** Time after which a segment is given up, microseconds, and requests for it at most. Defaults 2,000,000 and 8. */
  readonly repairForUs?: number | undefined;
  readonly repairAttempts?: number | undefined;
  /** Silence after which a `silent` event tells, microseconds. Default 1,000,000. */
  readonly silentUs?: number | undefined;
  /** Segments that may wait to be read, and segments that may wait for an earlier one. Default 1024. */
  readonly backlog?: number | undefined;
  /** Life of the subscription without renewal, milliseconds. Default 3000. */
  readonly ttlMs?: number | undefined;
  /** Called with every failure to renew; the subscription goes on. */
  readonly onError?: ((error: HostError) => void) | undefined;
}

export interface SubscriptionCounters {
  /** Packets of the stream. */
  packets: number;
  malformed: number;
  segments: number;
  /** Segments that came by request. */
  repaired: number;
  /** Segments given up. */
  lost: number;
}

const KNOWN_EPOCHS = 8;

/**
 * A subscription to a live stream: `for await (const event of subscription)` gives segments in order, each once, and
 * says where some are missing. Segments lost on the way are asked for by name.
 */
export class Subscription {
  readonly counters: SubscriptionCounters = { packets: 0, malformed: 0, segments: 0, repaired: 0, lost: 0 };
  readonly name: Name;
  readonly #host: Host;
  readonly #options: SubscribeOptions;
  readonly #names: readonly string[];
  readonly #backlog: number;
  readonly #lease: ChannelLease;
  readonly #events: EventQueue;
  readonly #repairs: Repairs;
  readonly #unlisten: () => void;
  readonly #assemblies = new Map<number, Assembly>();
  readonly #complete = new Map<number, Uint8Array>();
  readonly #lost = new Map<number, 'gone' | 'unreachable'>();
  /** Lives of the publisher that are over. */
  readonly #past: number[] = [];
  #epoch: number | undefined;
  /** Number of the next segment to tell. */
  #expected = 0;
  /** One more than the highest number known to be published. */
  #known = 0;
  #endAt: number | undefined;
  /** Nothing is told before it is known where to begin. */
  #isLooking: boolean;
  #heardAt: number;
  #silence: Timer | undefined;
  #closed = false;

  private constructor(host: Host, name: Name, options: SubscribeOptions) {
    this.#host = host;
    this.name = name;
    this.#options = options;
    this.#names = options.repair ?? [cacheName(name.text), repairName(name.text)];
    this.#backlog = options.backlog ?? 1024;
    const what = `subscription to ${name}`;
    requireInteger(what, 'backlog', this.#backlog, 1, 1 << 20);
    const { from, silentUs, repairForUs, repairAttempts } = options;
    if (typeof from === 'object') requireInteger(what, 'back', from.back, 0, 0xffffffff);
    if (silentUs !== undefined) requireTime(what, 'silentUs', silentUs);
    if (repairForUs !== undefined) requireTime(what, 'repairForUs', repairForUs);
    if (repairAttempts !== undefined) requireInteger(what, 'repairAttempts', repairAttempts, 1, 255);
    this.#events = new EventQueue(this.#backlog);
    this.#heardAt = host.environment.now();
    this.#isLooking = options.from !== undefined && options.from !== 'now';
    this.#repairs = new Repairs(host, this.#names, options, {
      got: (epoch, sequence, data) => {
        if (epoch !== this.#epoch || sequence < this.#expected || this.#complete.has(sequence)) return;
        this.counters.repaired++;
        this.#take(sequence, data);
        this.#deliver();
      },
      gaveUp: (sequence, reason) => {
        if (sequence < this.#expected) return;
        this.#lost.set(sequence, reason);
        this.#deliver();
      },
      heardOf: (epoch, next, ended) => this.#heardOf(epoch, next, ended),
      lastPartAt: (sequence) => this.#assemblies.get(sequence)?.at,
    });
    this.#unlisten = host.onStream(name, (payload) => this.#receive(payload));
    const place = { name: name.text, port: UDP_PORT_NAMED, ttlMs: options.ttlMs ?? 3000 };
    this.#lease = new ChannelLease(host, 'subscribe', place, (error) => options.onError?.(error));
  }

  /** Joins a stream. @throws HostError where the registry refuses (no such stream) or cannot be reached. */
  static async start(
    host: Host,
    stream: string | Name,
    options: SubscribeOptions = {},
  ): Promise<Subscription> {
    const subscription = new Subscription(host, host.nameOf(stream), options);
    try {
      await subscription.#lease.take();
    } catch (error) {
      subscription.#stop();
      throw error;
    }
    await subscription.#lookBack();
    subscription.#isLooking = false;
    subscription.#deliver();
    if (subscription.#silence === undefined) subscription.#watchSilence();
    return subscription;
  }

  /** Which life of the publisher is being heard; undefined before the first packet. */
  get epoch(): number | undefined {
    return this.#epoch;
  }

  /** The next event, undefined after the end or `close`. One reader at a time. */
  next(): Promise<StreamEvent | undefined> {
    return this.#events.next();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<StreamEvent, void, undefined> {
    try {
      for (;;) {
        const event = await this.next();
        if (event === undefined) return;
        yield event;
      }
    } finally {
      await this.close();
    }
  }

  /** Leaves the stream; what was told but not read can still be read. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#stop();
    await this.#lease.leave();
  }

  #stop(): void {
    this.#closed = true;
    this.#unlisten();
    this.#repairs.close();
    this.#silence?.cancel();
    this.#lease.drop();
    this.#events.close();
  }

  /** Begins in the past, where that is asked for. */
  async #lookBack(): Promise<void> {
    const { from } = this.#options;
    if (from === undefined || from === 'now') return;
    for (const name of this.#names) {
      try {
        const { epoch, oldest, next, ended } = await askRepair(this.#host, name, 0, 0, 0, {});
        // What has come meanwhile tells where the stream is; this tells how far back it can be had.
        if (this.#epoch === undefined) this.#begin(epoch, next);
        if (epoch === this.#epoch)
          this.#expected = Math.min(this.#expected, Math.max(oldest, next - from.back));
        this.#heardOf(epoch, next, ended);
        return;
      } catch (error) {
        if (!(error instanceof HostError)) throw error;
      }
    }
  }

  #receive(payload: Uint8Array): void {
    if (!isStreamPacket(payload)) return;
    let packet: StreamPacket;
    try {
      packet = decodeStreamPacket(payload);
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      this.counters.malformed++;
      return;
    }
    if (this.#past.includes(packet.epoch)) return;
    this.counters.packets++;
    this.#heardAt = this.#host.environment.now();
    if (this.#silence === undefined) this.#watchSilence();
    if (this.#epoch === undefined) this.#begin(packet.epoch, packet.sequence);
    else if (this.#epoch !== packet.epoch) this.#restart(packet.epoch);
    if (packet.kind === StreamKind.PART) this.#takePart(packet);
    else this.#heardOf(packet.epoch, packet.sequence, packet.kind === StreamKind.END);
  }

  #begin(epoch: number, expected: number): void {
    this.#epoch = epoch;
    this.#expected = expected;
    this.#known = expected;
  }

  /** What is left of the publisher's last life is told as far as it is there. */
  #restart(epoch: number): void {
    this.#repairs.forgetAll();
    for (let sequence = this.#expected; sequence < this.#known; sequence++) {
      if (!this.#complete.has(sequence) && !this.#lost.has(sequence)) this.#lost.set(sequence, 'gone');
    }
    this.#tell();
    if (this.#epoch !== undefined) this.#past.push(this.#epoch);
    if (this.#past.length > KNOWN_EPOCHS) this.#past.shift();
    this.#assemblies.clear();
    this.#complete.clear();
    this.#lost.clear();
    this.#endAt = undefined;
    this.#begin(epoch, 0);
    this.#events.push({ kind: 'restart', epoch });
  }

  #takePart(packet: StreamPacket): void {
    const { sequence } = packet;
    if (sequence < this.#expected || this.#complete.has(sequence)) return;
    if (sequence >= this.#expected + this.#backlog) this.#skipTo(sequence + 1 - this.#backlog);
    const known = this.#assemblies.get(sequence);
    const assembly = known ?? new Assembly(packet);
    if (known === undefined) this.#assemblies.set(sequence, assembly);
    assembly.at = this.#heardAt;
    const whole = assembly.take(packet);
    this.#known = Math.max(this.#known, sequence + 1);
    if (whole !== undefined) this.#take(sequence, whole);
    this.#deliver();
  }

  #heardOf(epoch: number, next: number, ended: boolean): void {
    if (epoch !== this.#epoch || this.#closed) return;
    this.#known = Math.max(this.#known, next);
    if (ended) this.#endAt = next;
    if (next > this.#expected + this.#backlog) this.#skipTo(next - this.#backlog);
    this.#deliver();
  }

  /** So much is missing that what came first is given up. */
  #skipTo(sequence: number): void {
    for (let at = this.#expected; at < sequence; at++) {
      if (!this.#complete.has(at)) this.#lost.set(at, 'gone');
    }
    this.#known = Math.max(this.#known, sequence);
    this.#tell();
  }

  #take(sequence: number, data: Uint8Array): void {
    this.#assemblies.delete(sequence);
    this.#lost.delete(sequence);
    this.#complete.set(sequence, data);
    this.#repairs.forget(sequence);
  }

  #deliver(): void {
    if (this.#isLooking) return;
    this.#tell();
    const epoch = this.#epoch;
    if (epoch === undefined) return;
    if (this.#endAt !== undefined && this.#expected >= this.#endAt) {
      this.#events.push({ kind: 'end', epoch, sequence: this.#endAt });
      void this.close();
      return;
    }
    for (let sequence = this.#expected; sequence < this.#known; sequence++) {
      if (!this.#complete.has(sequence) && !this.#lost.has(sequence)) this.#repairs.want(epoch, sequence);
    }
  }

  /** Tells what is next, as far as it is there or known to be lost. */
  #tell(): void {
    if (this.#isLooking) return;
    const epoch = this.#epoch ?? 0;
    for (;;) {
      const data = this.#complete.get(this.#expected);
      if (data !== undefined) {
        this.counters.segments++;
        this.#events.push({ kind: 'segment', epoch, sequence: this.#expected, data });
        this.#complete.delete(this.#expected);
        this.#expected++;
        continue;
      }
      const reason = this.#lost.get(this.#expected);
      if (reason === undefined) return;
      const from = this.#expected;
      while (this.#lost.get(this.#expected) === reason) {
        this.#lost.delete(this.#expected);
        this.#assemblies.delete(this.#expected);
        this.#repairs.forget(this.#expected);
        this.#expected++;
      }
      this.counters.lost += this.#expected - from;
      this.#events.push({ kind: 'gap', epoch, from, to: this.#expected, reason });
    }
  }

  #watchSilence(): void {
    if (this.#closed) return;
    const { environment } = this.#host;
    const silentUs = this.#options.silentUs ?? 1_000_000;
    const due = this.#heardAt + silentUs;
    this.#silence = environment.setTimer(Math.max(0, due - environment.now()), () => {
      this.#silence = undefined;
      const now = environment.now();
      if (now < this.#heardAt + silentUs) {
        this.#watchSilence();
        return;
      }
      this.#events.push({ kind: 'silent', forUs: now - this.#heardAt });
      // Packets may go astray while calls still find their way.
      if (this.#epoch !== undefined) this.#repairs.ask(this.#epoch);
    });
  }
}
