import type { Clock } from '../clock.js';
import { SwitchError } from './error.js';
import { readLimbs } from './limbs.js';
import { type PlacedField, placeFields } from './match-key.js';

/** How samples are gathered into lists (P4Runtime's DigestEntry.Config). */
export interface DigestConfig {
  /** Longest a sample waits for company, nanoseconds; 0 sends each at once. */
  readonly maxTimeoutNs: number;
  /** Samples of a full list, 1 for single samples; 0 leaves it to the switch. */
  readonly maxListSize: number;
  /** How long an unacknowledged sample is not repeated, nanoseconds; 0 for not at all. */
  readonly ackTimeoutNs: number;
}

/** A list of samples, each with one value per field. */
export interface DigestSampleList {
  readonly listId: bigint;
  readonly samples: readonly (readonly bigint[])[];
  /** When the list was closed, microseconds of the switch's clock. */
  readonly timeUs: number;
}

export interface DigestStreamOptions {
  readonly name: string;
  /** Bits of the sample's fields. */
  readonly widths: readonly number[];
  readonly clock: Clock;
}

interface SentList {
  readonly keys: readonly string[];
  readonly sentUs: number;
}

const MAX_LIST_SIZE = 1024;

/**
 * One digest of a program. Samples are gathered into lists by size and time. A sample equal to one that
 * waits, or that was sent and is neither acknowledged nor past its acknowledgement timeout, is dropped
 * (P4Runtime specification, DigestEntry). Nothing is gathered until the digest is configured.
 */
export class DigestStream {
  readonly name: string;
  readonly fields: readonly PlacedField[];
  /** The packet path writes a sample here, field after field in limbs, before `add()`. */
  readonly sample: Uint32Array;
  /** Samples dropped because no list is configured or an equal one is outstanding. */
  dropped = 0;

  private readonly clock: Clock;
  private current: DigestConfig | undefined;
  private readonly listeners = new Set<(list: DigestSampleList) => void>();
  private waiting: (readonly bigint[])[] = [];
  private waitingKeys: string[] = [];
  private waitingSinceUs = 0;
  private readonly outstanding = new Set<string>();
  private readonly sent = new Map<bigint, SentList>();
  private nextListId = 1n;

  constructor(options: DigestStreamOptions) {
    this.name = options.name;
    this.clock = options.clock;
    this.fields = placeFields(
      options.widths.map((width, i) => ({ name: `field ${i + 1}`, kind: 'exact', width })),
    );
    this.sample = new Uint32Array(this.fields.reduce((n, field) => n + field.limbs, 0));
  }

  get config(): DigestConfig | undefined {
    return this.current;
  }

  /** Starts, changes or (undefined) stops gathering. Throws INVALID_ARGUMENT. */
  configure(config: DigestConfig | undefined): void {
    if (config !== undefined) {
      for (const [name, value] of Object.entries(config)) {
        if (Number.isSafeInteger(value) && value >= 0) continue;
        throw new SwitchError(
          'INVALID_ARGUMENT',
          `digest ${this.name}`,
          `${name} is an integer of 0 to 2^53 - 1, got ${value}`,
        );
      }
    }
    this.current = config;
    if (config === undefined) {
      this.waiting = [];
      this.waitingKeys = [];
      this.outstanding.clear();
      this.sent.clear();
    } else {
      this.tick();
    }
  }

  /** Calls `listener` with every list; returns a function that ends it. */
  onList(listener: (list: DigestSampleList) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Takes the sample in `sample`. */
  add(): void {
    const config = this.current;
    if (config === undefined) {
      this.dropped++;
      return;
    }
    const key = this.sample.join();
    if (this.outstanding.size > 0) this.expire(this.clock.now());
    if (this.outstanding.has(key)) {
      this.dropped++;
      return;
    }
    if (this.waiting.length === 0) this.waitingSinceUs = this.clock.now();
    this.outstanding.add(key);
    this.waitingKeys.push(key);
    this.waiting.push(this.fields.map((field) => readLimbs(this.sample, field.offset, field.width)));
    const full = Math.min(MAX_LIST_SIZE, config.maxListSize || MAX_LIST_SIZE);
    if (config.maxTimeoutNs === 0 || this.waiting.length >= full) this.flush(this.clock.now());
  }

  /** Sends what has waited long enough and forgets lists past their acknowledgement timeout. */
  tick(): void {
    const now = this.clock.now();
    if (this.current === undefined) return;
    if (this.waiting.length > 0 && (now - this.waitingSinceUs) * 1000 >= this.current.maxTimeoutNs) {
      this.flush(now);
    }
    this.expire(now);
  }

  /** The controller has the list: its samples may come again. False for a list that is not outstanding. */
  acknowledge(listId: bigint): boolean {
    const list = this.sent.get(listId);
    if (list === undefined) return false;
    this.forget(listId, list);
    return true;
  }

  private flush(nowUs: number): void {
    const [samples, keys] = [this.waiting, this.waitingKeys];
    const listId = this.nextListId++;
    this.waiting = [];
    this.waitingKeys = [];
    const list = { keys, sentUs: nowUs };
    if (this.current?.ackTimeoutNs) this.sent.set(listId, list);
    else for (const key of keys) this.outstanding.delete(key);
    for (const listener of this.listeners) listener({ listId, samples, timeUs: nowUs });
  }

  private expire(nowUs: number): void {
    const timeout = this.current?.ackTimeoutNs ?? 0;
    for (const [listId, list] of this.sent) {
      // Lists are kept in the order they were sent, so the first young one ends the search.
      if ((nowUs - list.sentUs) * 1000 < timeout) break;
      this.forget(listId, list);
    }
  }

  private forget(listId: bigint, list: SentList): void {
    for (const key of list.keys) this.outstanding.delete(key);
    this.sent.delete(listId);
  }
}
