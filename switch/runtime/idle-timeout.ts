/**
 * When entries were last hit, and which of them have been idle for too long. A sweep reports an entry that was not
 * hit for its timeout; the report sets the timer back, so the next one comes after another timeout without a hit
 * (P4Runtime specification, "Table Idle Timeout Notification"). BMv2 repeats it every second sweep.
 */
export class IdleTimeouts {
  /** Time of the latest touch or sweep, microseconds; entries start their life at it. */
  now = 0;
  private hits = new Float64Array(0);
  private readonly timeouts = new Map<number, bigint>();
  /** [slot] time of its latest report, microseconds. */
  private readonly reported = new Map<number, number>();

  touch(slot: number, nowUs: number): void {
    this.hits[slot] = nowUs;
    this.now = nowUs;
  }

  /** Nanoseconds, 0 for never. */
  timeoutOf(slot: number): bigint {
    return this.timeouts.get(slot) ?? 0n;
  }

  setTimeout(slot: number, nanoseconds: bigint): void {
    this.reported.delete(slot);
    if (nanoseconds > 0n) this.timeouts.set(slot, nanoseconds);
    else this.timeouts.delete(slot);
  }

  /** Microseconds since the slot was last hit. */
  idleFor(slot: number, nowUs: number): number {
    return nowUs - (this.hits[slot] ?? 0);
  }

  /** Slots to report as expired at `nowUs`. */
  sweep(nowUs: number): number[] {
    this.now = Math.max(this.now, nowUs);
    const expired: number[] = [];
    for (const [slot, timeout] of this.timeouts) {
      const sinceUs = Math.max(this.hits[slot] ?? 0, this.reported.get(slot) ?? 0);
      if ((nowUs - sinceUs) * 1000 < Number(timeout)) continue;
      this.reported.set(slot, nowUs);
      expired.push(slot);
    }
    return expired;
  }

  /** Makes room for `slots` slots. */
  resize(slots: number): void {
    const { hits } = this;
    this.hits = new Float64Array(slots);
    this.hits.set(hits);
  }
}
