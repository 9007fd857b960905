import type { HostEnvironment, Timer } from '../environment.js';
import { MAX_DATAGRAM } from '../environment.js';
import { RttEstimator } from '../rtt-estimator.js';
import { RateControl, SEGMENT_SIZE } from './rate-control.js';

/** An exchange that may have something to send. */
export interface PathUser {
  /** Sends one segment of data if there is one, and gives its bytes; 0 where there is nothing to send now. */
  sendNext(): number;
  /** Sends the acknowledgement it owes. */
  acknowledge(): void;
}

/** An acknowledgement waits this long for company. */
const ACK_DELAY_US = 1_000;
/** Segments that are acknowledged together. */
const ACK_EVERY = 2;
/** Sending may run ahead of the pace by this much: ordinary timers are no finer. */
const BURST_US = 1_000;
/**
 * After long datagrams got lost they are tried again this much later, twice as much each time none arrives, up to RFC 8899's
 * PMTU_RAISE_TIMER: a thread that was away looks as a black hole does, and must not make the path slow for minutes.
 */
const SHORT_US = 1_000_000;
const MAX_SHORT_US = 600_000_000;

/**
 * The way to one host, shared by all exchanges with it: they take turns, a segment each, so that none starves.
 */
export class Path {
  readonly control: RateControl;
  readonly rtt = new RttEstimator({ initialUs: 50_000, minUs: 2_000, maxUs: 1_000_000 });
  /** Exchanges that use it. */
  users = 0;
  readonly #environment: HostEnvironment;
  /** Longest datagram this side may send, the other takes, and that is sent. */
  readonly #own: number;
  #taken = MAX_DATAGRAM;
  #datagram = MAX_DATAGRAM;
  /** Until when long datagrams are not tried again. */
  #shortUntil = Number.NEGATIVE_INFINITY;
  #shortUs = SHORT_US;
  readonly #queue = new Set<PathUser>();
  #nextSendAt = 0;
  #timer: Timer | undefined;
  #pumping = false;
  readonly #owing = new Set<PathUser>();
  #owed = 0;
  #payScheduled = false;
  #ackTimer: Timer | undefined;

  constructor(environment: HostEnvironment) {
    this.#environment = environment;
    this.control = new RateControl(environment.grainUs);
    this.#own = environment.maxDatagram ?? MAX_DATAGRAM;
  }

  /** Longest datagram to be sent, bytes. */
  get datagram(): number {
    return this.#datagram;
  }

  /** The other side has said how long a datagram it takes; 0: it has not. */
  noteTaken(bytes: number): void {
    if (bytes === 0 || (bytes === this.#taken && this.#shortUntil === Number.NEGATIVE_INFINITY)) return;
    this.#taken = bytes;
    if (this.#environment.now() < this.#shortUntil) return;
    this.#shortUntil = Number.NEGATIVE_INFINITY;
    this.#setDatagram(Math.min(this.#own, bytes));
  }

  /** Long datagrams do not get through: something on the way takes less than both ends do (RFC 8899 section 4.3 calls it a black hole). */
  shorten(): void {
    this.#shortUntil = this.#environment.now() + this.#shortUs;
    this.#shortUs = Math.min(MAX_SHORT_US, 2 * this.#shortUs);
    this.#setDatagram(MAX_DATAGRAM);
  }

  /** A segment of so many bytes has arrived. */
  noteArrived(bytes: number): void {
    if (bytes > MAX_DATAGRAM) this.#shortUs = SHORT_US;
  }

  #setDatagram(bytes: number): void {
    this.#datagram = bytes;
    this.control.segmentSize = bytes - MAX_DATAGRAM + SEGMENT_SIZE;
  }

  /** Gives the user its turn when there is room. */
  want(user: PathUser): void {
    this.#queue.add(user);
    this.pump();
  }

  leave(user: PathUser): void {
    this.#queue.delete(user);
    this.#owing.delete(user);
  }

  /**
   * Notes that a segment is to be acknowledged soon. Counted over all exchanges: where many take turns, each sees a
   * segment now and then, and the sender must not wait for its acknowledgement all the same.
   */
  owe(user: PathUser): void {
    this.#owing.add(user);
    this.#owed++;
    if (this.#owed >= ACK_EVERY) this.#payAfterBatch();
    else this.#ackTimer ??= this.#environment.setTimer(ACK_DELAY_US, () => this.#payAll());
  }

  /** The user has just acknowledged what it owed. */
  paid(user: PathUser): void {
    if (!this.#owing.delete(user) || this.#owing.size > 0) return;
    this.#owed = 0;
    this.#ackTimer?.cancel();
    this.#ackTimer = undefined;
  }

  #payAfterBatch(): void {
    if (this.#environment.afterBatch === undefined) this.#payAll();
    else if (!this.#payScheduled) {
      this.#payScheduled = true;
      this.#environment.afterBatch(this.#payScheduledNow);
    }
  }

  readonly #payScheduledNow = (): void => {
    this.#payScheduled = false;
    this.#payAll();
  };

  #payAll(): void {
    this.#ackTimer?.cancel();
    this.#ackTimer = undefined;
    this.#owed = 0;
    for (const user of this.#owing) user.acknowledge();
    this.#owing.clear();
  }

  /** Sends what window and pace allow. */
  pump(): void {
    if (this.#pumping || this.#timer !== undefined) return;
    this.#pumping = true;
    try {
      for (const user of this.#queue) {
        // One byte too many under way is one segment over; the alternative is silly windows.
        if (this.control.inflight >= this.control.window) return;
        const now = this.#environment.now();
        if (this.#nextSendAt - now > BURST_US) {
          this.#timer = this.#environment.setTimer(this.#nextSendAt - now - BURST_US / 2, () => {
            this.#timer = undefined;
            this.pump();
          });
          return;
        }
        // To the end of the queue: a Set is walked in order of insertion, additions included.
        this.#queue.delete(user);
        const bytes = user.sendNext();
        if (bytes === 0) continue;
        this.#queue.add(user);
        const rate = this.control.pacingRate;
        if (rate > 0) this.#nextSendAt = Math.max(this.#nextSendAt, now) + bytes / rate;
      }
      this.control.onIdle();
    } finally {
      this.#pumping = false;
    }
  }

  close(): void {
    this.#timer?.cancel();
    this.#ackTimer?.cancel();
    this.#queue.clear();
  }

  /** Slack for reordering before a gap is taken for a loss, microseconds. */
  get reorderSlackUs(): number {
    return Math.max(50, this.rtt.smoothedUs / 4);
  }

  /** How long to wait for any acknowledgement before probing. */
  probeTimeoutUs(tries: number): number {
    return this.rtt.timeoutUs(tries);
  }
}
