import { EmulatorError } from './errors.js';
import { type Event, EventQueue } from './event-queue.js';
import { type Attachment, LinkEnd, type LinkProfile, PERFECT_LINK, type Timeline } from './link.js';
import { Random } from './random.js';

export interface Timer {
  cancel(): void;
}

/** Returns a promise while somebody in real time (a controller over gRPC) still has work; undefined when idle. */
export type Barrier = () => Promise<void> | undefined;

export interface RunOptions {
  /** Virtual microseconds after which waiting for a promise is given up with TIME_LIMIT. Default 600 s. */
  readonly limitUs?: number;
}

/** Both directions of a link: what `a` sends to `b` and the reverse. */
export interface Link {
  readonly aToB: LinkEnd;
  readonly bToA: LinkEnd;
}

/**
 * A discrete-event network in one process. Time is virtual: it jumps from event to event, and stands still while
 * promise-driven code and the barriers (controllers working over real sockets) catch up, so that a seed gives
 * the same frames in the same order on every machine.
 */
export class Emulator implements Timeline {
  readonly random: Random;
  readonly #queue = new EventQueue();
  readonly #barriers: Barrier[] = [];
  #now = 0;
  #order = 0;
  #running = false;
  /** Promise-driven code was touched: let it run before the next event. */
  #unsettled = false;
  /** Events fired, frames delivered. */
  readonly counters = { events: 0, frames: 0 };

  constructor(options: { readonly seed: number }) {
    this.random = new Random(options.seed);
  }

  /** Virtual microseconds since the start. */
  now(): number {
    return this.#now;
  }

  /** Calls `fn` after `delayUs` virtual microseconds. @throws EmulatorError INVALID_TIME where that is NaN */
  schedule(delayUs: number, fn: () => void): Timer {
    if (Number.isNaN(delayUs)) {
      throw new EmulatorError('INVALID_TIME', 'an event was scheduled in NaN us; give a number');
    }
    const event = {
      time: this.#now + Math.max(0, delayUs),
      order: this.#order++,
      cancelled: false,
      fire: () => {
        this.#unsettled = true;
        fn();
      },
    };
    this.#queue.push(event);
    return {
      cancel: () => {
        event.cancelled = true;
      },
    };
  }

  /** Calls `fn` every `periodUs` virtual microseconds, first after one period, for code that resolves no promises. @throws EmulatorError INVALID_TIME */
  every(periodUs: number, fn: () => void): Timer {
    if (!(periodUs > 0)) {
      throw new EmulatorError(
        'INVALID_TIME',
        `a period of ${periodUs} us lets no time pass; give one above 0`,
      );
    }
    let stopped = false;
    const next = (): void => {
      this.#queue.push({
        time: this.#now + periodUs,
        order: this.#order++,
        cancelled: false,
        fire: () => {
          if (stopped) return;
          fn();
          next();
        },
      });
    };
    next();
    return {
      cancel: () => {
        stopped = true;
      },
    };
  }

  /** Joins two attachments. Each end's `transmit` sends to the other attachment. */
  connect(a: Attachment, b: Attachment, profile: Partial<LinkProfile> = {}): Link {
    const full = { ...PERFECT_LINK, ...profile };
    return {
      aToB: new LinkEnd(this, this.random, b, full),
      bToA: new LinkEnd(this, this.random, a, full),
    };
  }

  /** Virtual time stands still while any barrier has work. */
  addBarrier(barrier: Barrier): void {
    this.#barriers.push(barrier);
  }

  deliver(delayUs: number, to: Attachment, frame: Uint8Array): void {
    this.#queue.push(new Delivery(this.#now + delayUs, this.#order++, this, to, frame));
  }

  /** For deliveries only. */
  delivered(to: Attachment): void {
    this.counters.frames++;
    if (to.drivesPromises === true) this.#unsettled = true;
  }

  /** Lets virtual time pass until `until` has settled, and gives its result. */
  async run<T>(until: Promise<T>, options: RunOptions = {}): Promise<T> {
    const outcome: { settled: boolean } = { settled: false };
    const settle = (): void => {
      outcome.settled = true;
    };
    until.then(settle, settle);
    const limit = this.#now + (options.limitUs ?? 600e6);
    await this.#loop(
      () => outcome.settled,
      limit,
      (reason) => {
        throw reason === 'empty'
          ? new EmulatorError(
              'DEADLOCK',
              'nothing is scheduled any more and what was waited for has not happened',
            )
          : new EmulatorError(
              'TIME_LIMIT',
              `what was waited for has not happened within ${(options.limitUs ?? 600e6) / 1e6} s of virtual time`,
            );
      },
    );
    return await until;
  }

  /** Lets `durationUs` of virtual time pass. */
  async runFor(durationUs: number): Promise<void> {
    const end = this.#now + durationUs;
    await this.#loop(
      () => false,
      end,
      () => undefined,
    );
    this.#now = end;
  }

  async #loop(
    done: () => boolean,
    limit: number,
    stopped: (reason: 'empty' | 'limit') => void,
  ): Promise<void> {
    if (this.#running) throw new EmulatorError('ALREADY_RUNNING', 'one run at a time: await the first');
    this.#running = true;
    try {
      this.#unsettled = true;
      for (;;) {
        if (this.#unsettled) {
          this.#unsettled = false;
          await microtasksDrained();
          if (done()) return;
        }
        for (const barrier of this.#barriers) {
          let busy = barrier();
          while (busy !== undefined) {
            await busy;
            await microtasksDrained();
            busy = barrier();
            if (done()) return;
          }
        }
        const event = this.#queue.peek();
        if (event === undefined || event.time > limit) {
          stopped(event === undefined ? 'empty' : 'limit');
          return;
        }
        this.#queue.pop();
        if (event.cancelled) continue;
        this.#now = event.time;
        this.counters.events++;
        event.fire();
      }
    } finally {
      this.#running = false;
    }
  }
}

class Delivery implements Event {
  readonly time: number;
  readonly order: number;
  cancelled = false;
  readonly #emulator: Emulator;
  readonly #to: Attachment;
  readonly #frame: Uint8Array;

  constructor(time: number, order: number, emulator: Emulator, to: Attachment, frame: Uint8Array) {
    this.time = time;
    this.order = order;
    this.#emulator = emulator;
    this.#to = to;
    this.#frame = frame;
  }

  fire(): void {
    this.#emulator.delivered(this.#to);
    this.#to.receive(this.#frame);
  }
}

/** Every microtask queued so far, and those they queue, has run when this resolves. */
function microtasksDrained(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
