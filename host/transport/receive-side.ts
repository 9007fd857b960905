import { MAX_SACKS, type SackBlock } from './segment.js';

interface Piece {
  readonly from: number;
  readonly bytes: Uint8Array;
}

/** Memory that data is copied to: a typed array of its own for each segment costs more than the copy. */
const POOL_BYTES = 65_536;
let pool = new Uint8Array(POOL_BYTES);
let pooled = 0;

/** A copy; those made one after the other lie one behind the other. */
function copyOf(data: Uint8Array): Uint8Array {
  if (data.length > POOL_BYTES - pooled) {
    pool = new Uint8Array(Math.max(POOL_BYTES, data.length));
    pooled = 0;
  }
  const copy = pool.subarray(pooled, pooled + data.length);
  copy.set(data);
  pooled += data.length;
  return copy;
}

/** The receiving half of a stream: puts segments in order and says what is missing. */
export class ReceiveSide {
  /** In order, not yet read. */
  readonly #ready: Uint8Array[] = [];
  /** Beyond the first gap, by offset, not overlapping. */
  readonly #pieces: Piece[] = [];
  readonly #capacity: number;
  #expected = 0;
  #unread = 0;
  #end: number | undefined;
  #highest = 0;
  /** End of the window as last told to the peer. */
  #told: number;
  #offered: ((bytes: Uint8Array) => boolean) | undefined;

  constructor(capacity: number) {
    this.#capacity = capacity;
    this.#told = capacity;
  }

  /** Every byte before this has come; the end counts as one. */
  get ack(): number {
    return this.#expected + (this.finished ? 1 : 0);
  }

  get window(): number {
    const window = Math.max(0, this.#capacity - this.#unread);
    this.#told = Math.max(this.#told, this.ack + window);
    return window;
  }

  /** So much room has come free since the peer was told that it should be told again. */
  get shouldTell(): boolean {
    return (
      !this.finished && this.#expected + this.#capacity - this.#unread - this.#told >= this.#capacity / 2
    );
  }

  /** All of the stream has come, the end included. */
  get finished(): boolean {
    return this.#end === this.#expected;
  }

  /** Something is there to be read. */
  get readable(): boolean {
    return this.#ready.length > 0;
  }

  get hasGap(): boolean {
    return this.#pieces.length > 0;
  }

  /** Bytes that have come, in order, since the beginning. */
  get received(): number {
    return this.#expected;
  }

  /** Takes a segment's data (copied). @returns false where it breaks the window or contradicts the end. */
  take(offset: number, data: Uint8Array, fin: boolean): boolean {
    const to = offset + data.length;
    if (to > this.#expected + this.#capacity || (this.#end !== undefined && to > this.#end)) return false;
    if (fin && ((this.#end !== undefined && this.#end !== to) || to < this.#highest)) return false;
    if (fin) this.#end = to;
    if (to > this.#highest) this.#highest = to;
    if (to <= this.#expected) return true;
    if (offset > this.#expected) this.#keep(offset, data);
    else {
      const fresh = offset === this.#expected ? data : data.subarray(this.#expected - offset);
      if (!this.#hand(fresh)) this.#append(copyOf(fresh));
    }
    let used = 0;
    for (const piece of this.#pieces) {
      if (piece.from > this.#expected) break;
      used++;
      const skip = this.#expected - piece.from;
      const rest = piece.bytes.subarray(skip);
      if (rest.length > 0 && !this.#hand(rest)) this.#append(rest);
    }
    if (used > 0) this.#pieces.splice(0, used);
    return true;
  }

  /** From here on `take` is asked whether it takes bytes as they come, if nothing before them is unread. */
  offer(take: (bytes: Uint8Array) => boolean): void {
    this.#offered = take;
  }

  /** Bytes to be read before the stream's own. */
  preload(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.#ready.push(bytes);
    this.#unread += bytes.length;
  }

  /** The next bytes in order, undefined where there are none yet. */
  read(): Uint8Array | undefined {
    const bytes = this.#ready.shift();
    if (bytes !== undefined) this.#unread -= bytes.length;
    return bytes;
  }

  /** What stands beyond the first gap, relative to `ack`, lowest first. */
  sacks(limit: number): SackBlock[] {
    const blocks: { from: number; to: number }[] = [];
    const base = this.ack;
    for (const { from, bytes } of this.#pieces) {
      const to = from + bytes.length;
      const last = blocks[blocks.length - 1];
      if (last !== undefined && last.to === from - base) last.to = to - base;
      else if (blocks.length === Math.min(limit, MAX_SACKS)) break;
      else blocks.push({ from: from - base, to: to - base });
    }
    // The end is held as well, and so is its one byte.
    const last = blocks[blocks.length - 1];
    if (last !== undefined && this.#end === base + last.to) last.to++;
    return blocks;
  }

  discard(): void {
    this.#ready.length = 0;
    this.#pieces.length = 0;
    this.#unread = 0;
  }

  #hand(bytes: Uint8Array): boolean {
    if (this.#offered === undefined || this.#ready.length > 0 || !this.#offered(bytes)) return false;
    this.#expected += bytes.length;
    return true;
  }

  #append(bytes: Uint8Array): void {
    const last = this.#ready[this.#ready.length - 1];
    const end = last === undefined ? 0 : last.byteOffset + last.length;
    // What lies behind what is there already is read with it.
    if (last !== undefined && last.buffer === bytes.buffer && end === bytes.byteOffset) {
      const length = last.length + bytes.length;
      this.#ready[this.#ready.length - 1] = new Uint8Array(bytes.buffer, last.byteOffset, length);
    } else this.#ready.push(bytes);
    this.#unread += bytes.length;
    this.#expected += bytes.length;
  }

  #keep(from: number, data: Uint8Array): void {
    const pieces = this.#pieces;
    const to = from + data.length;
    let at = pieces.length;
    while (at > 0 && (pieces[at - 1]?.from ?? 0) > from) at--;
    const before = pieces[at - 1];
    const start = before === undefined ? from : Math.max(from, before.from + before.bytes.length);
    const end = Math.min(to, pieces[at]?.from ?? to);
    if (start < end)
      pieces.splice(at, 0, { from: start, bytes: copyOf(data.subarray(start - from, end - from)) });
    // Segments keep their boundaries when they are repeated, so anything beyond the next piece is held already.
  }
}
