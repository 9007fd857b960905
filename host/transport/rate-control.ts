/** Data bytes of a usual segment; windows are counted in these. */
export const SEGMENT_SIZE = 1300;

const STARTUP_GAIN = 2.77;
const DRAIN_GAIN = 0.36;
const CYCLE: readonly number[] = [1.25, 0.75, 1, 1, 1, 1, 1, 1];
const BANDWIDTH_ROUNDS = 10;
const MIN_RTT_WINDOW_US = 10_000_000;
const PROBE_RTT_US = 10_000;
/** In segments. */
const MIN_WINDOW = 4;
const FIRST_WINDOW = 32;
/** Bytes of a first window of longer segments. */
const FIRST_WINDOW_BYTES = FIRST_WINDOW * SEGMENT_SIZE;
/** Loss of a round above which the window is cut: below it, loss is taken for the link's and not for a full queue. */
const TOLERATED_LOSS = 0.1;

/** What a segment remembers of the path when it was sent, for the delivery rate. */
export interface SendMark {
  sentAt: number;
  delivered: number;
  deliveredAt: number;
  firstSentAt: number;
  appLimited: boolean;
}

/**
 * How much to have under way and how fast, after BBR (Cardwell et al., draft-cardwell-iccrg-bbr-congestion-control): the
 * window follows measured delivery rate and least round trip, not loss, since a fabric's loss is as often a bad link as a
 * full queue, and a loss-driven window (CUBIC) at 1 % loss stays at a dozen segments whatever the link. Loss of more than
 * a tenth of a round does cut the window. All exchanges with one host share one controller.
 */
export class RateControl {
  readonly #grainUs: number;
  #bandwidth = 0;
  /** Best delivery rate of each of the last rounds, bytes per microsecond. */
  readonly #rates: number[] = new Array<number>(BANDWIDTH_ROUNDS).fill(0);
  #minRttUs = Number.POSITIVE_INFINITY;
  #minRttAt = 0;
  #round = 0;
  #roundEnd = 0;
  #delivered = 0;
  #deliveredAt = 0;
  #firstSentAt = 0;
  #appLimitedUntil = 0;
  #phase: 'startup' | 'drain' | 'cruise' | 'probe-rtt' = 'startup';
  #phaseEnds = 0;
  #cycle = 0;
  #fullBandwidth = 0;
  #fullRounds = 0;
  #ceiling = Number.POSITIVE_INFINITY;
  #roundDelivered = 0;
  #roundLost = 0;
  #inflight = 0;
  #segment = SEGMENT_SIZE;

  /** @param grainUs how late acknowledgements may be through no fault of the path, microseconds */
  constructor(grainUs = 0) {
    this.#grainUs = grainUs;
  }

  /** Bytes sent and neither acknowledged nor taken for lost. */
  get inflight(): number {
    return this.#inflight;
  }

  /** Data bytes of the segments that are sent from here on. */
  set segmentSize(bytes: number) {
    this.#segment = Math.max(SEGMENT_SIZE, bytes);
  }

  get #minWindow(): number {
    return MIN_WINDOW * this.#segment;
  }

  get #firstWindow(): number {
    return Math.max(FIRST_WINDOW_BYTES, this.#minWindow);
  }

  /** Bytes that may be under way. */
  get window(): number {
    if (this.#phase === 'probe-rtt') return this.#minWindow;
    if (this.#bandwidth === 0) return Math.min(this.#firstWindow, this.#ceiling);
    const gain = this.#phase === 'startup' ? STARTUP_GAIN : 2;
    // What acknowledgements in lumps need on top of the product of bandwidth and delay.
    const product = this.#bandwidth * (gain * this.#minRttUs + this.#grainUs) + 3 * this.#segment;
    const floor = this.#phase === 'startup' ? this.#firstWindow : this.#minWindow;
    return Math.max(this.#minWindow, Math.min(Math.max(floor, product), this.#ceiling));
  }

  /** Bytes per microsecond, 0 while nothing has been measured. */
  get pacingRate(): number {
    if (this.#bandwidth === 0) return 0;
    switch (this.#phase) {
      case 'startup':
        return this.#bandwidth * STARTUP_GAIN;
      case 'drain':
        return this.#bandwidth * DRAIN_GAIN;
      case 'probe-rtt':
        return this.#bandwidth;
      default:
        return this.#bandwidth * (CYCLE[this.#cycle] ?? 1);
    }
  }

  /** Notes that a segment leaves. */
  onSend(mark: SendMark, bytes: number, now: number): void {
    if (this.#inflight === 0) {
      this.#firstSentAt = now;
      this.#deliveredAt = now;
    }
    mark.sentAt = now;
    mark.delivered = this.#delivered;
    mark.deliveredAt = this.#deliveredAt;
    mark.firstSentAt = this.#firstSentAt;
    mark.appLimited = this.#appLimitedUntil > this.#delivered;
    this.#inflight += bytes;
  }

  /** There is room in the window and nothing to send: rates measured from here say little about the path. */
  onIdle(): void {
    if (this.#inflight < this.window) this.#appLimitedUntil = this.#delivered + this.#inflight + 1;
  }

  onLost(bytes: number): void {
    this.#inflight -= bytes;
    this.#roundLost += bytes;
  }

  /** Segments nobody waits for any more. */
  onForgotten(bytes: number): void {
    this.#inflight -= bytes;
  }

  /** A segment that was under way was acknowledged. */
  onDelivered(mark: Readonly<SendMark>, bytes: number, now: number): void {
    this.#inflight -= bytes;
    this.#delivered += bytes;
    this.#deliveredAt = now;
    this.#roundDelivered += bytes;
    this.#firstSentAt = Math.max(this.#firstSentAt, mark.sentAt);
    const interval = Math.max(mark.sentAt - mark.firstSentAt, now - mark.deliveredAt);
    if (interval > 0) {
      const rate = (this.#delivered - mark.delivered) / interval;
      if (!mark.appLimited || rate > this.#bandwidth) this.#noteRate(rate);
    }
    if (mark.delivered >= this.#roundEnd) this.#endRound(now);
    this.#advance(now);
  }

  /** Round trip of a segment, microseconds. */
  onRtt(rttUs: number, now: number): void {
    if (rttUs <= this.#minRttUs) {
      this.#minRttUs = rttUs;
      this.#minRttAt = now;
    }
  }

  /** Nothing has come back for several timeouts: begin again from little. */
  onCollapse(): void {
    this.#rates.fill(0);
    this.#bandwidth = 0;
    this.#phase = 'startup';
    this.#fullBandwidth = 0;
    this.#fullRounds = 0;
    this.#ceiling = this.#minWindow;
  }

  #noteRate(rate: number): void {
    const slot = this.#round % BANDWIDTH_ROUNDS;
    if (rate > (this.#rates[slot] ?? 0)) this.#rates[slot] = rate;
    if (rate > this.#bandwidth) this.#bandwidth = rate;
  }

  #endRound(now: number): void {
    this.#roundEnd = this.#delivered;
    this.#round++;
    this.#rates[this.#round % BANDWIDTH_ROUNDS] = 0;
    this.#bandwidth = Math.max(...this.#rates);
    const lost = this.#roundLost;
    const share = lost / Math.max(1, lost + this.#roundDelivered);
    if (share > TOLERATED_LOSS && lost >= 4 * this.#segment) {
      this.#ceiling = Math.max(this.#minWindow, 0.7 * Math.min(this.window, this.#inflight + lost));
      if (this.#phase === 'startup') this.#phase = 'drain';
    } else if (this.#ceiling !== Number.POSITIVE_INFINITY && lost === 0) {
      this.#ceiling *= this.#phase === 'startup' ? 2 : 1.25;
      if (this.#ceiling > 4 * this.#bandwidth * this.#minRttUs + this.#firstWindow) {
        this.#ceiling = Number.POSITIVE_INFINITY;
      }
    }
    this.#roundLost = 0;
    this.#roundDelivered = 0;
    if (this.#phase === 'startup' && this.#appLimitedUntil <= this.#delivered) {
      if (this.#bandwidth >= 1.25 * this.#fullBandwidth) {
        this.#fullBandwidth = this.#bandwidth;
        this.#fullRounds = 0;
      } else if (++this.#fullRounds >= 3) this.#phase = 'drain';
    }
    if (now - this.#minRttAt > MIN_RTT_WINDOW_US && this.#phase === 'cruise') {
      this.#phase = 'probe-rtt';
      this.#phaseEnds = now + PROBE_RTT_US + this.#minRttUs;
      this.#minRttUs = Number.POSITIVE_INFINITY;
    }
  }

  #advance(now: number): void {
    switch (this.#phase) {
      case 'startup':
        return;
      case 'drain':
        if (this.#inflight <= this.#bandwidth * this.#minRttUs + 3 * this.#segment) this.#cruise(now, 2);
        return;
      case 'probe-rtt':
        if (now >= this.#phaseEnds && this.#minRttUs < Number.POSITIVE_INFINITY) this.#cruise(now, 2);
        return;
      case 'cruise':
        if (now >= this.#phaseEnds) this.#cruise(now, (this.#cycle + 1) % CYCLE.length);
    }
  }

  #cruise(now: number, cycle: number): void {
    this.#phase = 'cruise';
    this.#cycle = cycle;
    this.#phaseEnds = now + this.#minRttUs;
  }
}
