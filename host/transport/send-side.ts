import type { RateControl, SendMark } from './rate-control.js';
import type { Segment } from './segment.js';

/** A segment that is out. */
export interface Flight extends SendMark {
  readonly from: number;
  /** End of the bytes; of a FIN one more than its data. */
  readonly to: number;
  readonly fin: boolean;
  state: 'flying' | 'lost' | 'acked';
  transmissions: number;
  /** Whether the path's controller knows of it; the first segment leaves before the path is known. */
  counted: boolean;
}

interface Chunk {
  readonly from: number;
  readonly bytes: Uint8Array;
  /** Called once nobody looks at the bytes any more. */
  readonly release: (() => void) | undefined;
}

/** The sending half of a stream: what is to be sent, what is out, and what the peer is known to hold. */
export class SendSide {
  /** Chunks not yet acknowledged as a whole, in order. */
  readonly #chunks: Chunk[] = [];
  readonly #flights: Flight[] = [];
  readonly #lost: Flight[] = [];
  #written = 0;
  #next = 0;
  #acked = 0;
  #ended = false;
  #finSent = false;
  /** First offset the peer has no room for. */
  #limit: number;
  /** Time of the latest transmission known to have arrived (RACK, RFC 8985). */
  #latestArrived = Number.NEGATIVE_INFINITY;
  #latestTo = 0;
  #slackFactor = 1;
  /** Bytes of the longest segment the latest acknowledgement was news of. */
  longestArrived = 0;

  /** @param firstLimit bytes that may be sent before the peer has said how much it takes */
  constructor(firstLimit: number) {
    this.#limit = firstLimit;
  }

  /** Bytes written and not acknowledged. */
  get buffered(): number {
    return this.#written - Math.min(this.#acked, this.#written);
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** Everything, the end included, has arrived. */
  get done(): boolean {
    return this.#ended && this.#acked > this.#written;
  }

  /** Something has been sent. */
  get begun(): boolean {
    return this.#next > 0 || this.#finSent;
  }

  /** Something is out and unacknowledged. */
  get outstanding(): boolean {
    return this.#flights.length > 0;
  }

  /** There is data, but the peer has no room. */
  get blocked(): boolean {
    return this.#flights.length === 0 && this.#next < this.#written && this.#next >= this.#limit;
  }

  write(bytes: Uint8Array, release?: () => void): void {
    if (bytes.length === 0) {
      release?.();
      return;
    }
    this.#chunks.push({ from: this.#written, bytes, release });
    this.#written += bytes.length;
  }

  end(): void {
    this.#ended = true;
  }

  /** The next segment to send, a lost one first; undefined where there is none or the peer has no room. */
  take(maxBytes: number): Flight | undefined {
    for (;;) {
      const lost = this.#lost.shift();
      if (lost === undefined) break;
      if (lost.state === 'lost') {
        lost.state = 'flying';
        lost.transmissions++;
        return lost;
      }
    }
    const room = Math.min(maxBytes, this.#limit - this.#next, this.#written - this.#next);
    const bytes = Math.max(0, room);
    const fin = this.#ended && !this.#finSent && this.#next + bytes === this.#written;
    if (bytes === 0 && !fin) return undefined;
    const flight: Flight = {
      from: this.#next,
      to: this.#next + bytes + (fin ? 1 : 0),
      fin,
      state: 'flying',
      transmissions: 1,
      counted: false,
      sentAt: 0,
      delivered: 0,
      deliveredAt: 0,
      firstSentAt: 0,
      appLimited: false,
    };
    this.#next += bytes;
    if (fin) this.#finSent = true;
    this.#flights.push(flight);
    return flight;
  }

  /** Copies a segment's data to `out` at `at` and gives their number. */
  copy(flight: Flight, out: Uint8Array, at: number): number {
    const end = flight.to - (flight.fin ? 1 : 0);
    let low = 0;
    let high = this.#chunks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#chunks[middle]?.from ?? 0) <= flight.from) low = middle;
      else high = middle - 1;
    }
    let from = flight.from;
    for (let i = low; from < end; i++) {
      const chunk = this.#chunks[i];
      if (chunk === undefined) break;
      const part = chunk.bytes.subarray(from - chunk.from, end - chunk.from);
      out.set(part, at + from - flight.from);
      from += part.length;
    }
    return end - flight.from;
  }

  /**
   * Takes an acknowledgement. `echoAt` is when the segment it answers was sent, on this host's clock.
   * @returns whether anything new is known to have arrived
   */
  acknowledge(segment: Readonly<Segment>, echoAt: number, control: RateControl, now: number): boolean {
    const { ack, sacks } = segment;
    if (ack > this.#next + 1) return false;
    this.#limit = Math.max(this.#limit, ack + segment.window);
    let news = false;
    this.longestArrived = 0;
    const top = ack + (sacks[sacks.length - 1]?.to ?? 0);
    for (const flight of this.#flights) {
      if (flight.from >= top && flight.to > ack) break;
      if (flight.state === 'acked') continue;
      const arrived =
        flight.to <= ack || sacks.some(({ from, to }) => flight.from >= ack + from && flight.to <= ack + to);
      if (!arrived) continue;
      news = true;
      this.longestArrived = Math.max(this.longestArrived, flight.to - flight.from);
      // Arrived before its repetition can have: it was not lost, only late. Wait longer from now on.
      if (flight.transmissions > 1 && echoAt < flight.sentAt) {
        this.#slackFactor = Math.min(8, this.#slackFactor + 1);
      } else if (flight.sentAt >= this.#latestArrived) {
        this.#latestArrived = flight.sentAt;
        this.#latestTo = flight.to;
      }
      flight.state = 'acked';
      if (flight.counted) control.onDelivered(flight, flight.to - flight.from, now);
    }
    let gone = 0;
    while (this.#flights[gone]?.state === 'acked') gone++;
    if (gone > 0) this.#flights.splice(0, gone);
    if (ack > this.#acked) this.#acked = ack;
    let spent = 0;
    for (const chunk of this.#chunks) {
      if (chunk.from + chunk.bytes.length > this.#acked) break;
      chunk.release?.();
      spent++;
    }
    if (spent > 0) this.#chunks.splice(0, spent);
    return news;
  }

  /**
   * Marks as lost what was sent well before something that has arrived (RACK, RFC 8985).
   * @returns when to look again, on this host's clock, or undefined
   */
  findLost(rttUs: number, slackUs: number, control: RateControl, now: number): number | undefined {
    const slack = slackUs * this.#slackFactor;
    let due: number | undefined;
    for (const flight of this.#flights) {
      if (flight.state !== 'flying') continue;
      const { sentAt } = flight;
      const earlier =
        sentAt < this.#latestArrived || (sentAt === this.#latestArrived && flight.to < this.#latestTo);
      if (!earlier) continue;
      const at = sentAt + 1.25 * rttUs + slack;
      if (sentAt + slack <= this.#latestArrived || at <= now) this.#lose(flight, control);
      else if (due === undefined || at < due) due = at;
    }
    return due;
  }

  /** The oldest segment that is out, sent again: nothing has been heard for a while. */
  oldest(control: RateControl): Flight | undefined {
    const flight = this.#flights.find((candidate) => candidate.state !== 'acked');
    if (flight === undefined) return undefined;
    if (flight.state === 'flying' && flight.counted) control.onForgotten(flight.to - flight.from);
    flight.state = 'flying';
    flight.counted = false;
    flight.transmissions++;
    return flight;
  }

  /** Makes of whatever is out and longer than `maxBytes` several segments, taken for lost. */
  divide(maxBytes: number, control: RateControl): void {
    for (let i = 0; i < this.#flights.length; i++) {
      const flight = this.#flights[i];
      if (flight === undefined || flight.state === 'acked') continue;
      if (flight.to - flight.from - (flight.fin ? 1 : 0) <= maxBytes) continue;
      if (flight.state === 'flying' && flight.counted) control.onForgotten(flight.to - flight.from);
      // A segment that was lost already is in the list of those, too: what is 'acked' there is passed over.
      flight.state = 'acked';
      const parts: Flight[] = [];
      for (let from = flight.from; from < flight.to; from += maxBytes) {
        const to = Math.min(flight.to, from + maxBytes);
        parts.push({
          ...flight,
          from,
          to,
          fin: flight.fin && to === flight.to,
          state: 'lost',
          counted: false,
        });
      }
      this.#flights.splice(i, 1, ...parts);
      this.#lost.push(...parts);
      i += parts.length - 1;
    }
  }

  /** Takes everything that is out for lost. */
  loseAll(control: RateControl): void {
    for (const flight of this.#flights) if (flight.state === 'flying') this.#lose(flight, control);
  }

  /** Forgets everything; the path no longer counts it. */
  discard(control: RateControl | undefined): void {
    for (const flight of this.#flights) {
      if (flight.state === 'flying' && flight.counted) control?.onForgotten(flight.to - flight.from);
    }
    this.#flights.length = 0;
    this.#lost.length = 0;
    for (const chunk of this.#chunks) chunk.release?.();
    this.#chunks.length = 0;
  }

  #lose(flight: Flight, control: RateControl): void {
    flight.state = 'lost';
    if (flight.counted) control.onLost(flight.to - flight.from);
    flight.counted = false;
    this.#lost.push(flight);
  }
}
