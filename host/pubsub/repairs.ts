import type { Timer } from '../environment.js';
import { HostError } from '../errors.js';
import type { Host } from '../host.js';
import { askRepair, REPAIR_SEGMENTS } from './repair.js';

export interface RepairOptions {
  readonly repairDelayUs?: number | undefined;
  readonly repairForUs?: number | undefined;
  readonly repairAttempts?: number | undefined;
}

/** What comes of requests. */
export interface RepairListener {
  got(epoch: number, sequence: number, data: Uint8Array): void;
  gaveUp(sequence: number, reason: 'gone' | 'unreachable'): void;
  /** How far the stream is, as one who was asked says. */
  heardOf(epoch: number, next: number, ended: boolean): void;
  /** When a part of the segment came last, where one has. */
  lastPartAt(sequence: number): number | undefined;
}

interface Wanted {
  readonly epoch: number;
  readonly since: number;
  due: number;
  attempts: number;
  asking: boolean;
  /** What the last attempt came to. */
  reason: 'gone' | 'unreachable';
}

/** Requests under way at once. */
const MAX_CALLS = 4;
const MAX_BACKOFF_US = 200_000;

/**
 * Asks for segments that were lost: after a wait of chance length, in which they may still come by themselves or, because
 * others have asked, be sent to all again; several at once; a few times; and then no more.
 */
export class Repairs {
  readonly #host: Host;
  readonly #names: readonly string[];
  readonly #delayUs: number;
  readonly #forUs: number;
  readonly #attempts: number;
  readonly #listener: RepairListener;
  /** In rising order of sequence for the most part: runs are looked for. */
  readonly #wanted = new Map<number, Wanted>();
  #calls = 0;
  #timer: Timer | undefined;
  #timerAt = Number.POSITIVE_INFINITY;
  #closed = false;

  constructor(host: Host, names: readonly string[], options: RepairOptions, listener: RepairListener) {
    this.#host = host;
    this.#names = names;
    this.#delayUs = options.repairDelayUs ?? 5_000;
    this.#forUs = options.repairForUs ?? 2_000_000;
    this.#attempts = options.repairAttempts ?? 8;
    this.#listener = listener;
  }

  /** Notes that a segment is missing. */
  want(epoch: number, sequence: number): void {
    if (this.#closed || this.#wanted.has(sequence)) return;
    const now = this.#host.environment.now();
    const due = now + this.#chance(this.#delayUs);
    this.#wanted.set(sequence, { epoch, since: now, due, attempts: 0, asking: false, reason: 'unreachable' });
    this.#arm(due);
  }

  forget(sequence: number): void {
    this.#wanted.delete(sequence);
  }

  forgetAll(): void {
    this.#wanted.clear();
  }

  close(): void {
    this.#closed = true;
    this.#timer?.cancel();
    this.#wanted.clear();
  }

  /** Asks how far the stream is. */
  ask(epoch: number): void {
    void this.#call(epoch, 0, 0, this.#names[0] ?? '', () => undefined);
  }

  #chance(us: number): number {
    return us * (0.5 + this.#host.environment.random());
  }

  #arm(at: number): void {
    if (at >= this.#timerAt) return;
    this.#timer?.cancel();
    this.#timerAt = at;
    const { environment } = this.#host;
    this.#timer = environment.setTimer(Math.max(0, at - environment.now()), () => {
      this.#timerAt = Number.POSITIVE_INFINITY;
      this.#run();
    });
  }

  #run(): void {
    if (this.#closed) return;
    const now = this.#host.environment.now();
    let next = Number.POSITIVE_INFINITY;
    const due: number[] = [];
    for (const [sequence, wanted] of [...this.#wanted]) {
      if (wanted.asking || this.#wanted.get(sequence) !== wanted) continue;
      if (wanted.attempts >= this.#attempts || now - wanted.since >= this.#forUs) {
        this.#wanted.delete(sequence);
        this.#listener.gaveUp(sequence, wanted.reason);
        continue;
      }
      // Its parts are still coming.
      const partAt = this.#listener.lastPartAt(sequence);
      if (wanted.attempts === 0 && partAt !== undefined) {
        wanted.due = Math.max(wanted.due, partAt + this.#delayUs);
      }
      if (wanted.due <= now) due.push(sequence);
      else next = Math.min(next, wanted.due, wanted.since + this.#forUs);
    }
    due.sort((a, b) => a - b);
    for (let at = 0; at < due.length && this.#calls < MAX_CALLS; ) {
      const from = due[at] ?? 0;
      let to = from;
      while (at < due.length && due[at] === to && to - from < REPAIR_SEGMENTS) {
        at++;
        to++;
      }
      this.#repair(from, to);
    }
    if (next < Number.POSITIVE_INFINITY) this.#arm(next);
  }

  #repair(from: number, to: number): void {
    const first = this.#wanted.get(from);
    if (first === undefined) return;
    const { epoch, attempts } = first;
    const asked: Wanted[] = [];
    for (let sequence = from; sequence < to; sequence++) {
      const wanted = this.#wanted.get(sequence);
      if (wanted === undefined) continue;
      wanted.asking = true;
      asked.push(wanted);
    }
    const name = this.#names[attempts % this.#names.length] ?? '';
    void this.#call(epoch, from, to, name, (reason) => {
      const now = this.#host.environment.now();
      for (const wanted of asked) {
        wanted.asking = false;
        wanted.attempts++;
        wanted.reason = reason;
        // Another name may be better at once; after all names have been tried, patience is.
        const rounds = Math.floor(wanted.attempts / this.#names.length);
        const pause = wanted.attempts < this.#names.length ? 0 : this.#delayUs * 2 ** rounds;
        wanted.due = now + this.#chance(Math.min(MAX_BACKOFF_US, pause));
        this.#arm(wanted.due);
      }
      this.#arm(now);
    });
  }

  async #call(
    epoch: number,
    from: number,
    to: number,
    name: string,
    done: (reason: 'gone' | 'unreachable') => void,
  ): Promise<void> {
    this.#calls++;
    let reason: 'gone' | 'unreachable' = 'unreachable';
    try {
      const deadlineUs = Math.max(1, Math.min(1_000_000, this.#forUs));
      const answer = await askRepair(this.#host, name, epoch, from, to, { deadlineUs, attempts: 3 });
      if (this.#closed) return;
      for (const [sequence, data] of answer.segments) this.#listener.got(epoch, sequence, data);
      if (answer.epoch === epoch) reason = 'gone';
      this.#listener.heardOf(answer.epoch, answer.next, answer.ended);
    } catch (error) {
      if (!(error instanceof HostError)) throw error;
    } finally {
      this.#calls--;
    }
    if (!this.#closed) done(reason);
  }
}
