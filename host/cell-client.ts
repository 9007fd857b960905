import {
  CELL_BYTES,
  decodeCell,
  encodeCell,
  encodeSinc,
  SINC_BYTES,
  SINC_COMPARE_SWAP,
  SINC_FETCH_ADD,
  SINC_OFFSET,
  type SincHeader,
} from '../wire/index.js';
import { requireIpv4 } from './arguments.js';
import type { HostEnvironment, Timer } from './environment.js';
import { HostError, requireInteger } from './errors.js';
import { RttEstimator } from './rtt-estimator.js';
import type { SincEndpoint } from './sinc-endpoint.js';

export interface CellClientOptions {
  readonly group: number;
  /** This client's data source ID; no two clients of a group share one. */
  readonly source: number;
  readonly sources: number;
  /** Address requests are sent to: the host that computes where no switch does. */
  readonly destination: string;
  /** Retransmissions of one request before it fails. Default 12. */
  readonly maxRetries?: number | undefined;
  /** Retransmission timeout: before the first measurement, least and most, microseconds. Defaults 20,000, 1,000, 500,000. */
  readonly initialTimeoutUs?: number | undefined;
  readonly minTimeoutUs?: number | undefined;
  readonly maxTimeoutUs?: number | undefined;
  /** SeqNum of the first request. It must be newer than any this source sent to the group before. Default 1. */
  readonly firstSeq?: number | undefined;
}

export interface CellCounters {
  sent: number;
  retransmitted: number;
  answered: number;
  /** Answers to nothing outstanding. */
  stale: number;
}

interface Request {
  readonly operation: number;
  readonly index: number;
  readonly operand: number;
  readonly replacement: number;
  readonly maxRetries: number;
  readonly resolve: (before: number) => void;
  readonly reject: (error: HostError) => void;
}

/** Repetitions of a question that may be dropped for its SeqNum. */
const RESUME_RETRIES = 4;

type Activity =
  | { readonly state: 'idle' }
  | { readonly state: 'waiting'; readonly request: Request; readonly begun: number }
  | { readonly state: 'closed' };

/**
 * Fetch-and-add and compare-and-swap on the cells of a group (protocol section 4.6). One request is outstanding at a
 * time, the others wait their turn; a repeated request keeps its SeqNum, so it is executed once.
 */
export class CellClient {
  readonly counters: CellCounters = { sent: 0, retransmitted: 0, answered: 0, stale: 0 };
  readonly environment: HostEnvironment;
  readonly #endpoint: SincEndpoint;
  readonly #header: SincHeader;
  readonly #destination: string;
  readonly #maxRetries: number;
  readonly #rtt: RttEstimator;
  readonly #packet = new Uint8Array(SINC_BYTES + CELL_BYTES);
  readonly #queue: Request[] = [];
  readonly #release: () => void;
  readonly #unlisten: () => void;
  #activity: Activity = { state: 'idle' };
  #timer: Timer | undefined;
  #retries = 0;
  #sentAt = 0;

  constructor(endpoint: SincEndpoint, options: CellClientOptions) {
    const what = `cell group ${options.group}`;
    const firstSeq = options.firstSeq ?? 1;
    requireInteger(what, 'group', options.group, 0, 0xffffff);
    requireInteger(what, 'sources', options.sources, 1, 0xffff);
    requireInteger(what, 'source', options.source, 0, options.sources - 1);
    requireInteger(what, 'firstSeq', firstSeq, 0, 0xffffffff);
    requireIpv4(what, 'destination', options.destination);
    this.#release = endpoint.claim(options.group, options.source);
    this.environment = endpoint.environment;
    this.#endpoint = endpoint;
    this.#destination = options.destination;
    this.#maxRetries = options.maxRetries ?? 12;
    this.#rtt = new RttEstimator({
      initialUs: options.initialTimeoutUs ?? 20_000,
      minUs: options.minTimeoutUs ?? 1_000,
      maxUs: options.maxTimeoutUs ?? 500_000,
    });
    this.#header = {
      done: false,
      loopback: true,
      group: options.group,
      sources: options.sources,
      source: options.source,
      // `#next` counts up before it sends.
      seq: (firstSeq - 1) >>> 0,
      operation: SINC_FETCH_ADD,
      offset: SINC_OFFSET,
    };
    this.#unlisten = endpoint.listen(options.group, 'results', (header, bytes) =>
      this.#receive(header, bytes),
    );
  }

  get group(): number {
    return this.#header.group;
  }

  get source(): number {
    return this.#header.source;
  }

  get sources(): number {
    return this.#header.sources;
  }

  /** Adds modulo 2^32 and returns what the cell held before. @throws HostError TIMEOUT (outcome unknown) or CLOSED. */
  fetchAdd(index: number, addend: number): Promise<number> {
    return this.#enqueue(SINC_FETCH_ADD, index, addend, 0, this.#maxRetries);
  }

  /**
   * Stores `replacement` if the cell holds `expected`; returns what it held before.
   * @param maxRetries of this request, default the client's. A repetition is executed once more where the cells have been
   * lost since; with 0 a request is over before a switch is back.
   * @throws HostError as fetchAdd.
   */
  compareSwap(
    index: number,
    expected: number,
    replacement: number,
    maxRetries: number = this.#maxRetries,
  ): Promise<number> {
    return this.#enqueue(SINC_COMPARE_SWAP, index, expected, replacement, maxRetries);
  }

  /**
   * Finds a SeqNum newer than any this source has sent, which a source that has restarted does not know (requests with an
   * older one are dropped): of four a quarter of all numbers apart one is. Call it before any other request.
   * @throws HostError TIMEOUT where none is answered, or CLOSED
   */
  async resume(): Promise<void> {
    const from = this.#header.seq;
    for (let quarter = 0; ; quarter++) {
      this.#header.seq = (from + quarter * 0x40000000) >>> 0;
      try {
        await this.#enqueue(SINC_FETCH_ADD, 0, 0, 0, RESUME_RETRIES);
        return;
      } catch (error) {
        if (!(error instanceof HostError) || error.code !== 'TIMEOUT' || quarter === 3) throw error;
      }
    }
  }

  /** Requests that wait end with CLOSED. */
  close(): void {
    const activity = this.#activity;
    if (activity.state === 'closed') return;
    this.#activity = { state: 'closed' };
    this.#timer?.cancel();
    this.#unlisten();
    this.#release();
    const error = HostError.closed(`cell group ${this.group}`);
    if (activity.state === 'waiting') activity.request.reject(error);
    for (const request of this.#queue.splice(0)) request.reject(error);
  }

  #enqueue(
    operation: number,
    index: number,
    operand: number,
    replacement: number,
    maxRetries: number,
  ): Promise<number> {
    if (this.#activity.state === 'closed')
      return Promise.reject(HostError.closed(`cell group ${this.group}`));
    return new Promise((resolve, reject) => {
      const what = `cell group ${this.group}`;
      requireInteger(what, 'index', index, 0, 0xffffffff);
      // Signed or not: what counts is the remainder modulo 2^32.
      const isAdd = operation === SINC_FETCH_ADD;
      requireInteger(what, isAdd ? 'addend' : 'expected', operand, -0x80000000, 0xffffffff);
      requireInteger(what, 'replacement', replacement, -0x80000000, 0xffffffff);
      this.#queue.push({
        operation,
        index,
        operand: operand >>> 0,
        replacement: replacement >>> 0,
        maxRetries,
        resolve,
        reject,
      });
      if (this.#activity.state === 'idle') this.#next();
    });
  }

  #next(): void {
    const request = this.#queue.shift();
    if (request === undefined) {
      this.#activity = { state: 'idle' };
      return;
    }
    this.#activity = { state: 'waiting', request, begun: this.environment.now() };
    this.#header.seq = (this.#header.seq + 1) >>> 0;
    this.#header.operation = request.operation;
    encodeSinc(this.#header, this.#packet);
    const { index, operand, replacement } = request;
    encodeCell({ index, operand, replacement, result: 0 }, this.#packet, SINC_BYTES);
    this.#retries = 0;
    this.counters.sent++;
    this.#transmit();
  }

  #transmit(): void {
    this.#sentAt = this.environment.now();
    const wait = this.#rtt.timeoutUs(this.#retries) * (1 + 0.25 * this.environment.random());
    this.#timer = this.environment.setTimer(wait, () => this.#expired());
    this.#endpoint.send(this.#packet, this.#destination);
  }

  #expired(): void {
    const activity = this.#activity;
    if (activity.state !== 'waiting') return;
    if (this.#retries < activity.request.maxRetries) {
      this.#retries++;
      this.counters.retransmitted++;
      this.#transmit();
      return;
    }
    const elapsed = this.environment.now() - activity.begun;
    // The next request first: whoever awaits this one may queue more.
    this.#next();
    activity.request.reject(HostError.timeout(`cell group ${this.group}`, this.#retries + 1, elapsed));
  }

  #receive(header: Readonly<SincHeader>, bytes: Uint8Array): void {
    if (header.source !== this.#header.source) return; // another client of this host
    const cell = decodeCell(bytes, header);
    const activity = this.#activity;
    if (
      activity.state !== 'waiting' ||
      header.seq !== this.#header.seq ||
      header.operation !== activity.request.operation ||
      cell.index !== activity.request.index
    ) {
      this.counters.stale++;
      return;
    }
    this.#timer?.cancel();
    this.counters.answered++;
    if (this.#retries === 0) this.#rtt.sample(this.environment.now() - this.#sentAt);
    this.#next();
    activity.request.resolve(cell.result);
  }
}
