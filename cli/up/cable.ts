/** What a frame can be given to. */
export interface Attachment {
  receive(frame: Uint8Array): void;
}

/** Frames that wait in one direction at most; what comes beyond is lost, as on a link. */
const LONGEST_QUEUE = 4096;
/** Frames delivered before others of the process have their turn. */
const BURST = 64;

/**
 * One direction of a link in memory. Frames arrive in order, in a later turn of the event loop, so that a packet on its
 * way through the fabric is no recursion and everybody else gets a turn.
 */
export class Cable {
  readonly #to: Attachment;
  #queue: Uint8Array[] = [];
  #isDraining = false;
  /** Frames that found the queue full. */
  lost = 0;

  constructor(to: Attachment) {
    this.#to = to;
  }

  transmit(frame: Uint8Array): void {
    if (this.#queue.length >= LONGEST_QUEUE) {
      this.lost += 1;
      return;
    }
    // Valid only during the call.
    this.#queue.push(frame.slice());
    if (this.#isDraining) return;
    this.#isDraining = true;
    setImmediate(() => this.#drain());
  }

  #drain(): void {
    const burst = this.#queue.splice(0, BURST);
    this.#isDraining = this.#queue.length > 0;
    if (this.#isDraining) setImmediate(() => this.#drain());
    for (const frame of burst) this.#to.receive(frame);
  }
}
