import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { conflict, StoreError } from '../errors.js';
import type { StoreChange } from '../store.js';
import { EtcdError, type EtcdGateway, storeError } from './gateway.js';
import type { EtcdLease } from './lease.js';
import { batchLength, type PendingCommit, presentValues, textsOf, transaction } from './transactions.js';
import { encode } from './watch.js';

export interface EtcdWriterOptions {
  readonly gateway: EtcdGateway;
  /** Begins every key. */
  readonly prefix: string;
  /** Name of this user of the store. */
  readonly id: string;
  /** How long a commit waits for a server, and how long one server may take, milliseconds. */
  readonly timeoutMs: number;
  readonly attemptMs: number;
  /** The servers' --max-txn-ops. */
  readonly maxOps: number;
  /** A commit was carried out, and the watch does not tell of it. */
  readonly onUnseen: () => void;
  /** Another user of the same name writes: this one's time is over. */
  readonly onFenced: (error: StoreError) => void;
}

/** Keys of markers begin so. */
const MARKERS = 'writer/';
/** Of the values of commits that go together; the servers' --max-request-bytes is 1.5 MiB. */
const MAX_BYTES = 1 << 20;

export function isMarker(key: string): boolean {
  return key.startsWith(MARKERS);
}

/**
 * Commits of one user. Each transaction moves a marker of this user's own from the last one's number to its own, on the
 * condition that it stands there: so one that is sent again after a lost answer takes effect once, and the watch tells
 * which commits are this user's. A commit resolves when seen() has it.
 */
export class EtcdWriter {
  readonly #options: EtcdWriterOptions;
  readonly #markerKey: string;
  readonly #nonce = randomBytes(8).toString('hex');
  #queue: PendingCommit[] = [];
  #writing: Promise<void> | undefined;
  /** Sent, and not seen in the watch yet, by number. */
  readonly #sent = new Map<number, readonly PendingCommit[]>();
  #number = 0;
  #marker: string;
  /** The marker is there: whoever wrote by this id before cannot any more. */
  #isMarked = false;
  #broken: StoreError | undefined;

  constructor(options: EtcdWriterOptions) {
    this.#options = options;
    this.#markerKey = MARKERS + options.id;
    this.#marker = this.#markerOf(0);
  }

  /** Has written, and waits for nothing. */
  get isIdle(): boolean {
    return this.#isMarked && this.#sent.size === 0;
  }

  /** Resolves when what is being sent has been answered. */
  async written(): Promise<void> {
    await this.#writing;
  }

  /** Fences off whoever wrote by this name before. Throws StoreError. */
  async mark(): Promise<void> {
    const { gateway, prefix, timeoutMs } = this.#options;
    const key = encode(prefix + this.#markerKey);
    await gateway.ask('/v3/kv/put', { key, value: encode(this.#marker) }, timeoutMs);
    this.#isMarked = true;
  }

  enqueue(
    changes: readonly StoreChange[],
    when: readonly StoreChange[],
    lease: EtcdLease | undefined,
  ): Promise<void> {
    if (this.#broken !== undefined) return Promise.reject(this.#broken);
    return new Promise((resolve, reject) => {
      this.#queue.push({ puts: textsOf(changes), when: textsOf(when), lease, resolve, reject });
      // A turn later, so that what is asked for together goes together.
      this.#writing ??= Promise.resolve().then(() => this.#write());
    });
  }

  /** What the watch has told: this user's own commits, which are to be resolved, or undefined where it is another's. */
  seen(changes: ReadonlyMap<string, string | undefined>): readonly PendingCommit[] | undefined {
    const number = this.#numberIn(changes.get(this.#markerKey));
    const own = number === undefined ? undefined : this.#sent.get(number);
    if (own !== undefined && number !== undefined) this.#sent.delete(number);
    return own;
  }

  /** Everything was read: what has been carried out by then is done. */
  seenAll(values: ReadonlyMap<string, string>): void {
    const number = this.#numberIn(values.get(this.#markerKey));
    for (const [sent, batch] of this.#sent) {
      if (number === undefined || sent > number) continue;
      this.#sent.delete(sent);
      for (const { resolve } of batch) resolve();
    }
  }

  /** Rejects what is under way, and whatever comes. */
  break(error: StoreError): void {
    this.#broken ??= error;
    for (const batch of this.#sent.values()) for (const { reject } of batch) reject(error);
    this.#sent.clear();
    for (const { reject } of this.#queue.splice(0)) reject(error);
  }

  async #write(): Promise<void> {
    while (this.#queue.length > 0) {
      const batch = this.#queue.splice(0, batchLength(this.#queue, this.#options.maxOps - 1, MAX_BYTES));
      try {
        if (this.#broken !== undefined) throw this.#broken;
        await this.#transact(batch);
      } catch (error) {
        for (const { reject } of batch) reject(storeError(error));
      }
    }
    this.#writing = undefined;
  }

  async #transact(batch: readonly PendingCommit[]): Promise<void> {
    if (!this.#isMarked) await this.mark();
    this.#number += 1;
    const number = this.#number;
    const to = this.#markerOf(number);
    // The watch may tell of it before the answer is here.
    this.#sent.set(number, batch);
    try {
      const present = await this.#send(batch, to);
      if (present === undefined) {
        this.#marker = to;
        this.#expect(number);
        return;
      }
      this.#sent.delete(number);
      this.#refuse(batch, present);
    } catch (error) {
      this.#sent.delete(number);
      const isLeaseGone = error instanceof EtcdError && /lease not found/.test(error.message);
      if (!isLeaseGone || batch[0]?.lease === undefined) throw error;
      throw new StoreError('FENCED', 'the lease has ended', { cause: error });
    }
  }

  /** Undefined where it was committed, or else what the keys of its conditions hold. */
  async #send(
    batch: readonly PendingCommit[],
    to: string,
  ): Promise<ReadonlyMap<string, string | undefined> | undefined> {
    const { gateway, prefix, timeoutMs, attemptMs, id, onFenced } = this.#options;
    const deadline = performance.now() + timeoutMs;
    for (let pauseMs = 10; ; ) {
      const from = this.#marker;
      const { message, required } = transaction(prefix, batch, { key: this.#markerKey, from, to });
      try {
        const answer = await gateway.call('/v3/kv/txn', message, attemptMs);
        if (answer['succeeded'] === true) return undefined;
        const present = presentValues(answer, required);
        const marker = present.get(this.#markerKey);
        // It was carried out before, and its answer was lost.
        if (marker === to) return undefined;
        if (marker === from) return present;
        if (marker?.startsWith(this.#nonce) !== true) {
          const error = new StoreError('FENCED', `another controller writes as '${id}' as well`);
          onFenced(error);
          throw error;
        }
        // One that was given up has been carried out after all.
        this.#marker = marker;
      } catch (error) {
        if (!(error instanceof EtcdError) || !error.isTransient) throw error;
        if (performance.now() + pauseMs > deadline) throw gateway.unreachable(error);
        await sleep(pauseMs);
        pauseMs = Math.min(500, pauseMs * 2);
      }
    }
  }

  /** Refuses those whose conditions do not hold; the others try again. */
  #refuse(batch: readonly PendingCommit[], present: ReadonlyMap<string, string | undefined>): void {
    const others: PendingCommit[] = [];
    for (const pending of batch) {
      const failed = [...pending.when].find(([key, text]) => present.get(key) !== text);
      if (failed === undefined) others.push(pending);
      else pending.reject(conflict(failed[0]));
    }
    this.#queue.unshift(...others);
  }

  #expect(number: number): void {
    if (!this.#sent.has(number)) return;
    const timer = setTimeout(() => {
      if (!this.#sent.has(number) || this.#broken !== undefined) return;
      this.#options.onUnseen();
      this.#expect(number);
    }, this.#options.attemptMs);
    timer.unref();
  }

  #markerOf(number: number): string {
    return `${this.#nonce}:${number}`;
  }

  #numberIn(marker: string | undefined): number | undefined {
    return marker?.startsWith(`${this.#nonce}:`) === true ? Number(marker.split(':')[1]) : undefined;
  }
}
