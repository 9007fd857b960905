import { type HostEnvironment, RttEstimator, type Timer } from '../host/index.js';

/** UDP payload of what in-network computing is measured against: fills an MTU, so the comparison is with the fewest header bytes. */
export const SEGMENT_HEADER = 16;
export const SEGMENT_VALUES = 346;
export const SEGMENT_BYTES: number = SEGMENT_HEADER + 4 * SEGMENT_VALUES;

export interface ResendOptions {
  /** Segments unanswered. */
  readonly window?: number | undefined;
  /** Retransmissions of one segment before it is given up. Default 40. */
  readonly maxRetries?: number | undefined;
  /** Retransmission timeout before the first measurement, microseconds. Default 50,000. */
  readonly initialTimeoutUs?: number | undefined;
  /** Least retransmission timeout, microseconds. Default 2,000. */
  readonly minTimeoutUs?: number | undefined;
}

interface UnderWay {
  sentAt: number;
  deadline: number;
  retries: number;
}

/** Segments under way, at most a window of them, each repeated until it is answered by the same kind of timer as the SINC host's. */
export class SegmentsUnderWay {
  retransmitted = 0;
  readonly #environment: HostEnvironment;
  readonly #window: number;
  readonly #maxRetries: number;
  readonly #send: (segment: number) => void;
  readonly #gaveUp: (tries: number) => void;
  readonly #rtt: RttEstimator;
  readonly #segments = new Map<number, UnderWay>();
  #timer: Timer | undefined;
  #timerAt = Number.POSITIVE_INFINITY;

  /** @param gaveUp a segment had no answer to so many transmissions; nothing is under way any more */
  constructor(
    environment: HostEnvironment,
    options: ResendOptions & { readonly window: number },
    send: (segment: number) => void,
    gaveUp: (tries: number) => void,
  ) {
    this.#environment = environment;
    this.#window = options.window;
    this.#maxRetries = options.maxRetries ?? 40;
    this.#send = send;
    this.#gaveUp = gaveUp;
    this.#rtt = new RttEstimator({
      initialUs: options.initialTimeoutUs ?? 50_000,
      minUs: options.minTimeoutUs ?? 2_000,
      maxUs: 500_000,
    });
  }

  /** Whether one more may be sent. */
  get hasRoom(): boolean {
    return this.#segments.size < this.#window;
  }

  /** Sends a segment, and again until it is answered. */
  begin(segment: number): void {
    const state = { sentAt: 0, deadline: 0, retries: 0 };
    this.#segments.set(segment, state);
    this.#transmit(segment, state);
  }

  /** A segment's answer has come; false where it is not under way (any more). */
  answered(segment: number): boolean {
    const state = this.#segments.get(segment);
    if (state === undefined) return false;
    this.#segments.delete(segment);
    if (state.retries === 0) this.#rtt.sample(this.#environment.now() - state.sentAt);
    if (this.#segments.size === 0) this.#rest();
    return true;
  }

  /** Forgets what is under way. */
  clear(): void {
    this.#segments.clear();
    this.#rest();
  }

  #rest(): void {
    this.#timer?.cancel();
    this.#timerAt = Number.POSITIVE_INFINITY;
  }

  #transmit(segment: number, state: UnderWay): void {
    const now = this.#environment.now();
    state.sentAt = now;
    state.deadline = now + this.#rtt.timeoutUs(state.retries);
    this.#send(segment);
    this.#arm(state.deadline, now);
  }

  #arm(deadline: number, now: number): void {
    if (deadline >= this.#timerAt) return;
    this.#timer?.cancel();
    this.#timerAt = deadline;
    this.#timer = this.#environment.setTimer(Math.max(0, deadline - now), () => this.#expired());
  }

  #expired(): void {
    this.#timerAt = Number.POSITIVE_INFINITY;
    const now = this.#environment.now();
    let next = Number.POSITIVE_INFINITY;
    for (const [segment, state] of this.#segments) {
      if (state.deadline <= now) {
        if (++state.retries > this.#maxRetries) {
          this.clear();
          this.#gaveUp(state.retries);
          return;
        }
        this.retransmitted++;
        this.#transmit(segment, state);
      }
      next = Math.min(next, state.deadline);
    }
    if (next < Number.POSITIVE_INFINITY) this.#arm(next, now);
  }
}
