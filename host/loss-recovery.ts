import type { HostEnvironment, Timer } from './environment.js';
import { type RttBounds, RttEstimator } from './rtt-estimator.js';
import { SendOrder } from './send-order.js';

export interface RecoveryListener {
  /** Sends the slot's packet again, and calls `sent`. */
  repeat(slot: number): void;
  /** Nothing has come for so many timeouts; `slot` has waited longest, microseconds. */
  gaveUp(slot: number, timeouts: number, waitedUs: number): void;
}

/**
 * When to repeat the packets of slots that do not wait for one another: a packet is lost when one that was sent well after
 * it has its result (as RACK, RFC 8985), or when nothing comes at all (RFC 6298). For a reduction this matters more than
 * for a stream: its round trips hold the waits of all sources, so timeouts that follow round trips and round trips that
 * follow timeouts would drive each other up.
 */
export class LossRecovery {
  readonly #environment: HostEnvironment;
  readonly #rtt: RttEstimator;
  readonly #order: SendOrder;
  readonly #maxTimeouts: number;
  readonly #listener: RecoveryListener;
  // By slot.
  readonly #sentAt: Float64Array;
  readonly #firstSentAt: Float64Array;
  readonly #repeats: Int32Array;
  /** Of those, the ones a timeout made. */
  readonly #timeouts: Int32Array;
  #timer: Timer | undefined;
  /** When a result came last. */
  #progressAt = Number.NEGATIVE_INFINITY;
  /** Timeouts since then. */
  #timeoutsInRow = 0;
  /** When the latest packet that has its result was sent. */
  #newestAnswered = Number.NEGATIVE_INFINITY;

  /** @param maxTimeouts in a row, without any result, before it gives up */
  constructor(
    environment: HostEnvironment,
    slots: number,
    bounds: RttBounds,
    maxTimeouts: number,
    listener: RecoveryListener,
  ) {
    this.#environment = environment;
    this.#rtt = new RttEstimator(bounds);
    this.#order = new SendOrder(slots);
    this.#maxTimeouts = maxTimeouts;
    this.#listener = listener;
    this.#sentAt = new Float64Array(slots);
    this.#firstSentAt = new Float64Array(slots);
    this.#repeats = new Int32Array(slots);
    this.#timeouts = new Int32Array(slots);
  }

  /** Smoothed time from a packet to its result, microseconds; 0 before the first. */
  get smoothedUs(): number {
    return this.#rtt.smoothedUs;
  }

  /** A slot is about to send another packet. */
  begin(slot: number): void {
    this.#repeats[slot] = 0;
    this.#timeouts[slot] = 0;
    this.#firstSentAt[slot] = this.#environment.now();
  }

  /** A slot sends its packet. */
  sent(slot: number): void {
    const now = this.#environment.now();
    this.#sentAt[slot] = now;
    this.#order.sent(slot);
    if (this.#timer === undefined) this.#arm(now);
  }

  /** Timeouts of a slot's packet. */
  timeouts(slot: number): number {
    return this.#timeouts[slot] ?? 0;
  }

  /** Whether a packet has waited for as long as `timeouts` timeouts take when each is twice the last. */
  hasWaited(slot: number, timeouts: number): boolean {
    const waited = this.#environment.now() - (this.#firstSentAt[slot] ?? 0);
    return this.timeouts(slot) >= timeouts && waited >= this.#rtt.timeoutUs(0) * (2 ** timeouts - 1);
  }

  /** A slot's result has come. */
  answered(slot: number): void {
    const now = this.#environment.now();
    this.#progressAt = now;
    if (this.#timeoutsInRow > 0) {
      // The wait under way is a long one; a short one will do now.
      this.#timeoutsInRow = 0;
      this.#cancel();
      this.#arm(now);
    }
    // Karn: the result of a repeated packet does not say which transmission it answers.
    if (this.#repeats[slot] === 0) {
      const sentAt = this.#sentAt[slot] ?? 0;
      this.#rtt.sample(now - sentAt);
      this.#newestAnswered = Math.max(this.#newestAnswered, sentAt);
    }
    this.#order.remove(slot);
  }

  /** Repeats what was sent well before a packet that has its result. */
  repeatOvertaken(): void {
    const before = this.#newestAnswered - this.#rtt.smoothedUs / 4;
    for (let slot = this.#order.oldest; slot >= 0; slot = this.#order.oldest) {
      if ((this.#sentAt[slot] ?? 0) >= before) break;
      this.#repeat(slot);
    }
  }

  /** Nothing is outstanding. */
  rest(): void {
    this.#cancel();
  }

  /** Forgets what is outstanding, and what has come. */
  reset(): void {
    this.#cancel();
    this.#order.clear();
    this.#timeoutsInRow = 0;
    this.#newestAnswered = Number.NEGATIVE_INFINITY;
  }

  #repeat(slot: number): void {
    this.#repeats[slot] = (this.#repeats[slot] ?? 0) + 1;
    this.#listener.repeat(slot);
  }

  /**
   * One timer for all slots, which begins anew with every result (RFC 6298 (5.3)): while results come, what is lost shows by
   * what comes instead, and packets that wait behind others in a queue are not repeated for that.
   */
  #arm(now: number): void {
    // A little jitter keeps the sources from repeating themselves in step.
    const due = this.#due() + 0.1 * this.#rtt.timeoutUs(0) * this.#environment.random();
    this.#timer = this.#environment.setTimer(Math.max(0, due - now), () => this.#expired());
  }

  #due(): number {
    const since = Math.max(this.#progressAt, this.#sentAt[this.#order.oldest] ?? 0);
    return since + this.#rtt.timeoutUs(this.#timeoutsInRow);
  }

  #expired(): void {
    this.#timer = undefined;
    const { oldest } = this.#order;
    if (oldest < 0) return;
    const now = this.#environment.now();
    if (this.#due() > now) {
      this.#arm(now);
      return;
    }
    if (++this.#timeoutsInRow > this.#maxTimeouts) {
      this.#listener.gaveUp(oldest, this.#timeoutsInRow, now - (this.#firstSentAt[oldest] ?? now));
      return;
    }
    const before = now - this.#rtt.timeoutUs(0);
    for (let slot = oldest; slot >= 0; slot = this.#order.oldest) {
      if ((this.#sentAt[slot] ?? 0) > before) break;
      this.#timeouts[slot] = (this.#timeouts[slot] ?? 0) + 1;
      this.#repeat(slot);
    }
    if (this.#timer === undefined) this.#arm(now);
  }

  #cancel(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
  }
}
