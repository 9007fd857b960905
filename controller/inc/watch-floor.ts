/** Entries of this share that are asked for least say what a newcomer has to beat. */
const COLD_SHARE = 0.05;
/** A newcomer must be asked for this many times as often as the entry that makes way for it. */
export const MARGIN = 1.25;
const MAX_COUNT = 0xffff;

/**
 * The least count at which the sketch of a switch should report a key, made anew after every epoch (NetCache adapts its
 * threshold for the same two reasons). What does not reach it could not displace an entry: reporting it would be work
 * for nothing. And where far more keys are reported than there is room for, it doubles, so that a switch is not kept
 * busy with reports; it falls by halves.
 */
export class WatchFloor {
  #floor = 0;

  /** 0 = whatever the service asks for. */
  get floor(): number {
    return this.#floor;
  }

  /**
   * Ends an epoch. Gives whether the floor has changed by enough to tell the switch.
   * @param reports keys reported in it that had no entry
   * @param entries how often each entry is asked for, per epoch; empty while there are free ones
   * @param lowest the lowest threshold in force
   */
  endEpoch(reports: number, entries: readonly number[], capacity: number, lowest: number): boolean {
    const rising = [...entries].sort((a, b) => a - b);
    const cold = rising[Math.floor(rising.length * COLD_SHARE)] ?? 0;
    let next = Math.ceil(cold * MARGIN);
    if (entries.length > 0 && reports > capacity) next = Math.max(next, 2 * Math.max(lowest, this.#floor));
    next = Math.min(MAX_COUNT, Math.max(next, Math.floor(this.#floor / 2)));
    if (next === this.#floor || Math.abs(next - this.#floor) < 0.2 * this.#floor) return false;
    this.#floor = next;
    return true;
  }
}
