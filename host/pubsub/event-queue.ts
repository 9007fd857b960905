/** What a subscriber of a live stream learns, in order. */
export type StreamEvent =
  | {
      readonly kind: 'segment';
      /** Which life of the publisher. */
      readonly epoch: number;
      readonly sequence: number;
      readonly data: Uint8Array;
    }
  /** Segments [from, to) do not come: nobody has them any more, nobody could be asked, or they were read too slowly. */
  | {
      readonly kind: 'gap';
      readonly epoch: number;
      readonly from: number;
      readonly to: number;
      readonly reason: 'gone' | 'unreachable' | 'slow';
    }
  /** The publisher has begun a new life; its segments start at 0. */
  | { readonly kind: 'restart'; readonly epoch: number }
  /** Nothing has been heard for this long, microseconds; said once until something is heard again. */
  | { readonly kind: 'silent'; readonly forUs: number }
  /** All there is has been told: the publisher has ended the stream behind segment `sequence` - 1. */
  | { readonly kind: 'end'; readonly epoch: number; readonly sequence: number };

type Segment = Extract<StreamEvent, { kind: 'segment' }>;

/** Events that wait for their reader; of segments only so many, the oldest give way and become a gap. */
export class EventQueue {
  readonly #limit: number;
  #events: StreamEvent[] = [];
  #readers: (() => void)[] = [];
  #segments = 0;
  #closed = false;

  constructor(limit: number) {
    this.#limit = limit;
  }

  push(event: StreamEvent): void {
    if (this.#closed) return;
    this.#events.push(event);
    if (event.kind === 'segment') {
      this.#segments++;
      if (this.#segments > this.#limit) this.#dropOldest();
    }
    if (event.kind === 'end') this.#closed = true;
    this.#wake();
  }

  /** No more events; those that wait can still be read. */
  close(): void {
    this.#closed = true;
    this.#wake();
  }

  /** The next event, undefined behind the last. */
  async next(): Promise<StreamEvent | undefined> {
    for (;;) {
      const event = this.#events.shift();
      if (event !== undefined) {
        if (event.kind === 'segment') this.#segments--;
        return event;
      }
      if (this.#closed) return undefined;
      await new Promise<void>((resolve) => this.#readers.push(resolve));
    }
  }

  #dropOldest(): void {
    const at = this.#events.findIndex(({ kind }) => kind === 'segment');
    const { epoch, sequence } = this.#events[at] as Segment;
    this.#segments--;
    const before = this.#events[at - 1];
    if (
      before?.kind === 'gap' &&
      before.reason === 'slow' &&
      before.epoch === epoch &&
      before.to === sequence
    ) {
      this.#events.splice(at - 1, 2, { ...before, to: sequence + 1 });
    } else {
      this.#events.splice(at, 1, { kind: 'gap', epoch, from: sequence, to: sequence + 1, reason: 'slow' });
    }
  }

  #wake(): void {
    for (const resolve of this.#readers.splice(0)) resolve();
  }
}
