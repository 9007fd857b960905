import {
  encodeSinc,
  isReduceOperation,
  MAX_VECTORS,
  readValues,
  SINC_BYTES,
  SINC_OFFSET,
  SINC_SUM,
  type SincHeader,
  VECTOR_BYTES,
  VECTOR_VALUES,
  vectorCount,
  writeValues,
} from '../wire/index.js';
import type { HostEnvironment, Timer } from './environment.js';
import { HostError, requireInteger } from './errors.js';
import { RttEstimator } from './rtt-estimator.js';
import type { SincEndpoint } from './sinc-endpoint.js';

export interface ReduceGroupOptions {
  /** Group ID, 24 bits. */
  readonly group: number;
  /** This host's data source ID, 0 to sources-1. */
  readonly source: number;
  readonly sources: number;
  /** SeqNums outstanding, W of protocol section 4.5: a power of two, the same for all sources and the switches. */
  readonly window: number;
  /** Address packets are sent to: the host that computes where no switch does. */
  readonly destination: string;
  /** SINC_SUM (default), SINC_MIN or SINC_MAX. */
  readonly operation?: number | undefined;
  /** Vectors of 32 values in a packet, 1 to 4. Default 4. */
  readonly vectors?: number | undefined;
  /** Retransmissions of one packet before the group fails. Default 40. */
  readonly maxRetries?: number | undefined;
  /** Retransmission timeout: before the first measurement, least and most, microseconds. Defaults 20,000, 1,000, 500,000. */
  readonly initialTimeoutUs?: number | undefined;
  readonly minTimeoutUs?: number | undefined;
  readonly maxTimeoutUs?: number | undefined;
  /** SeqNum of the first packet, the same for all sources. Default 0. */
  readonly firstSeq?: number | undefined;
}

export interface ReduceCounters {
  sent: number;
  retransmitted: number;
  results: number;
  /** Results of SeqNums that are not outstanding (any more). */
  stale: number;
  /** Results that contradict what was sent. */
  inconsistent: number;
}

/** One call of allReduce. */
interface Job {
  readonly values: Int32Array;
  readonly result: Int32Array;
  /** Number of the job's first packet, counted from the group's first. */
  readonly first: number;
  readonly packets: number;
  missing: number;
  readonly resolve: (result: Int32Array) => void;
  readonly reject: (error: HostError) => void;
}

type GroupState = { readonly state: 'open' } | { readonly state: 'closed'; readonly error: HostError };

const MAX_OPERAND = MAX_VECTORS * VECTOR_BYTES;
const MAX_PACKET = SINC_BYTES + MAX_OPERAND;
/** Operand offset of packets switches leave alone (protocol section 4.5, recovery). */
const BYPASS_OFFSET = 20;
/** From this retransmission on, every other one goes past the switches to the destination host. */
const BYPASS_FROM = 5;

/**
 * A source of a reduce group (protocol section 4.5). Packet n of the group has SeqNum firstSeq + n and travels in slot
 * n mod W; a slot sends its next packet once it holds the result of its last, which is the window rule. Slots do not
 * wait for one another. SeqNums continue from call to call, so all sources must make the same calls in the same order.
 */
export class ReduceGroup {
  readonly counters: ReduceCounters = { sent: 0, retransmitted: 0, results: 0, stale: 0, inconsistent: 0 };
  readonly #endpoint: SincEndpoint;
  readonly #environment: HostEnvironment;
  readonly #header: SincHeader;
  readonly #window: number;
  readonly #perPacket: number;
  readonly #destination: string;
  readonly #maxRetries: number;
  readonly #firstSeq: number;
  readonly #rtt: RttEstimator;
  readonly #jobs: Job[] = [];
  readonly #unlisten: readonly (() => void)[];

  // By slot.
  readonly #packets: Uint8Array;
  readonly #lengths: Int32Array;
  /** Number of the packet the slot sends next or has outstanding. */
  readonly #number: Float64Array;
  readonly #job: (Job | undefined)[];
  readonly #sentAt: Float64Array;
  readonly #deadline: Float64Array;
  readonly #retries: Int32Array;
  /** Operand of the slot's last result, and its length. */
  readonly #previous: Uint8Array;
  readonly #previousLengths: Int32Array;

  readonly #bypass = new Uint8Array(BYPASS_OFFSET + MAX_OPERAND);
  /** Packets of all calls so far. */
  #total = 0;
  #timer: Timer | undefined;
  #timerAt = Number.POSITIVE_INFINITY;
  #state: GroupState = { state: 'open' };

  constructor(endpoint: SincEndpoint, options: ReduceGroupOptions) {
    const what = `reduce group ${options.group}`;
    requireInteger(what, 'group', options.group, 0, 0xffffff);
    requireInteger(what, 'sources', options.sources, 1, 0xffff);
    requireInteger(what, 'source', options.source, 0, options.sources - 1);
    requireInteger(what, 'window', options.window, 1, 65536);
    if ((options.window & (options.window - 1)) !== 0) {
      throw HostError.invalid(what, `window is ${options.window}`, 'give a power of two');
    }
    const vectors = options.vectors ?? MAX_VECTORS;
    requireInteger(what, 'vectors', vectors, 1, MAX_VECTORS);
    const operation = options.operation ?? SINC_SUM;
    if (!isReduceOperation(operation)) {
      throw HostError.invalid(what, `operation is ${operation}`, 'give SINC_SUM, SINC_MIN or SINC_MAX');
    }
    this.#firstSeq = options.firstSeq ?? 0;
    requireInteger(what, 'firstSeq', this.#firstSeq, 0, 0xffffffff);
    this.#endpoint = endpoint;
    this.#environment = endpoint.environment;
    this.#window = options.window;
    this.#perPacket = vectors * VECTOR_VALUES;
    this.#destination = options.destination;
    this.#maxRetries = options.maxRetries ?? 40;
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
      seq: 0,
      operation,
      offset: SINC_OFFSET,
    };
    this.#packets = new Uint8Array(this.#window * MAX_PACKET);
    this.#lengths = new Int32Array(this.#window);
    this.#number = Float64Array.from({ length: this.#window }, (_, slot) => slot);
    this.#job = new Array<Job | undefined>(this.#window).fill(undefined);
    this.#sentAt = new Float64Array(this.#window);
    this.#deadline = new Float64Array(this.#window);
    this.#retries = new Int32Array(this.#window);
    this.#previous = new Uint8Array(this.#window * MAX_OPERAND);
    this.#previousLengths = new Int32Array(this.#window);
    this.#unlisten = [
      endpoint.listen(options.group, 'results', (header, bytes) => this.#receive(header, bytes)),
      endpoint.listen(options.group, 'requests', (header) => this.#asked(header)),
    ];
  }

  get group(): number {
    return this.#header.group;
  }

  get sources(): number {
    return this.#header.sources;
  }

  /** This host's data source ID. */
  get source(): number {
    return this.#header.source;
  }

  /** Smoothed time from a packet to its result, microseconds; 0 before the first. */
  get smoothedRttUs(): number {
    return this.#rtt.smoothedUs;
  }

  /**
   * Combines `values` with those of all other sources, element by element; sums wrap modulo 2^32. `values` must stay as
   * they are until the promise settles. All sources give the same number of values.
   * @param result where the result goes, a fresh array if left out; may be `values` itself
   * @throws HostError TIMEOUT (the group is then of no more use: its SeqNums cannot be skipped) or CLOSED.
   */
  allReduce(values: Int32Array, result: Int32Array = new Int32Array(values.length)): Promise<Int32Array> {
    if (this.#state.state === 'closed') return Promise.reject(this.#state.error);
    if (result.length !== values.length) {
      const problem = `result has ${result.length} elements for ${values.length} values`;
      return Promise.reject(HostError.invalid(`reduce group ${this.group}`, problem, 'give as many'));
    }
    if (values.length === 0) return Promise.resolve(result);
    return new Promise((resolve, reject) => {
      const packets = Math.ceil(values.length / this.#perPacket);
      this.#jobs.push({ values, result, first: this.#total, packets, missing: packets, resolve, reject });
      this.#total += packets;
      for (let slot = 0; slot < this.#window; slot++) {
        if (this.#job[slot] === undefined) this.#fill(slot);
      }
    });
  }

  /** Leaves the group; calls that are outstanding end with CLOSED. */
  close(): void {
    this.#end(HostError.closed(`reduce group ${this.group}`));
  }

  /** Sends the slot's next packet, if there is one. */
  #fill(slot: number): void {
    const number = this.#number[slot] ?? 0;
    if (number >= this.#total) return;
    const job = this.#jobs.find((candidate) => number < candidate.first + candidate.packets);
    if (job === undefined) return;
    const from = (number - job.first) * this.#perPacket;
    const vectors = Math.ceil(Math.min(this.#perPacket, job.values.length - from) / VECTOR_VALUES);
    const at = slot * MAX_PACKET;
    this.#header.seq = (this.#firstSeq + number) >>> 0;
    encodeSinc(this.#header, this.#packets, at);
    writeValues(this.#packets, at + SINC_BYTES, job.values, from, vectors * VECTOR_VALUES);
    this.#lengths[slot] = SINC_BYTES + vectors * VECTOR_BYTES;
    this.#job[slot] = job;
    this.#retries[slot] = 0;
    this.counters.sent++;
    this.#transmit(slot);
  }

  #transmit(slot: number): void {
    const now = this.#environment.now();
    const retries = this.#retries[slot] ?? 0;
    const timeout = this.#rtt.timeoutUs(retries);
    // A little jitter keeps the sources from repeating themselves in step.
    const deadline = now + timeout * (1 + 0.1 * this.#environment.random());
    this.#sentAt[slot] = now;
    this.#deadline[slot] = deadline;
    if (deadline < this.#timerAt) this.#arm(deadline, now);
    const at = slot * MAX_PACKET;
    const end = at + (this.#lengths[slot] ?? 0);
    if (retries >= BYPASS_FROM && (retries & 1) === 1) {
      this.#sendPastSwitches(slot, false, this.#packets.subarray(at + SINC_BYTES, end));
      this.#shareLastResult(slot);
    } else {
      this.#endpoint.send(this.#packets.subarray(at, end), this.#destination);
    }
  }

  /**
   * A peer may have missed the result this slot got last, from a switch that has failed since: without it the peer never
   * comes to this packet. Give it to the destination host, which can pass it on.
   */
  #shareLastResult(slot: number): void {
    const length = this.#previousLengths[slot] ?? 0;
    if (length === 0) return;
    const at = slot * MAX_OPERAND;
    this.#sendPastSwitches(slot, true, this.#previous.subarray(at, at + length));
  }

  /** The destination host asks on behalf of a peer for a result this source may hold. */
  #asked(header: Readonly<SincHeader>): void {
    if (header.offset !== BYPASS_OFFSET || header.source === this.#header.source) return;
    const slot = (header.seq - this.#firstSeq) & (this.#window - 1);
    const last = (this.#number[slot] ?? 0) - this.#window;
    if ((this.#firstSeq + last) >>> 0 === header.seq) this.#shareLastResult(slot);
  }

  #sendPastSwitches(slot: number, done: boolean, operand: Uint8Array): void {
    const number = (this.#number[slot] ?? 0) - (done ? this.#window : 0);
    const seq = (this.#firstSeq + number) >>> 0;
    encodeSinc({ ...this.#header, done, seq, offset: BYPASS_OFFSET }, this.#bypass);
    this.#bypass.set(operand, BYPASS_OFFSET);
    this.#endpoint.send(this.#bypass.subarray(0, BYPASS_OFFSET + operand.length), this.#destination);
  }

  /** One timer for all slots: it fires at the earliest deadline it was told of and then looks for the next. */
  #arm(deadline: number, now: number): void {
    this.#timer?.cancel();
    this.#timerAt = deadline;
    this.#timer = this.#environment.setTimer(Math.max(0, deadline - now), () => this.#expired());
  }

  #expired(): void {
    this.#timerAt = Number.POSITIVE_INFINITY;
    const now = this.#environment.now();
    let next = Number.POSITIVE_INFINITY;
    for (let slot = 0; slot < this.#window; slot++) {
      if (this.#job[slot] === undefined) continue;
      if ((this.#deadline[slot] ?? 0) <= now) {
        const retries = (this.#retries[slot] ?? 0) + 1;
        if (retries > this.#maxRetries) {
          this.#end(
            HostError.timeout(`reduce group ${this.group}, packet ${this.#number[slot]}`, retries, 0),
          );
          return;
        }
        this.#retries[slot] = retries;
        this.counters.retransmitted++;
        this.#transmit(slot);
      }
      next = Math.min(next, this.#deadline[slot] ?? next);
    }
    if (next < this.#timerAt) this.#arm(next, now);
  }

  #receive(header: Readonly<SincHeader>, bytes: Uint8Array): void {
    const vectors = vectorCount(header, bytes.length);
    const slot = (header.seq - this.#firstSeq) & (this.#window - 1);
    const job = this.#job[slot];
    const number = this.#number[slot] ?? 0;
    if (job === undefined || (this.#firstSeq + number) >>> 0 !== header.seq) {
      this.counters.stale++;
      return;
    }
    const length = SINC_BYTES + vectors * VECTOR_BYTES;
    if (header.operation !== this.#header.operation || length !== this.#lengths[slot]) {
      this.counters.inconsistent++;
      return;
    }
    this.counters.results++;
    // Karn: the result of a repeated packet does not say which transmission it answers.
    if (this.#retries[slot] === 0) {
      this.#rtt.sample(this.#environment.now() - (this.#sentAt[slot] ?? 0));
    }
    const from = (number - job.first) * this.#perPacket;
    const count = Math.min(vectors * VECTOR_VALUES, job.result.length - from);
    readValues(bytes, header.offset, job.result, from, count);
    this.#previous.set(bytes.subarray(header.offset), slot * MAX_OPERAND);
    this.#previousLengths[slot] = vectors * VECTOR_BYTES;
    this.#job[slot] = undefined;
    this.#number[slot] = number + this.#window;
    job.missing--;
    if (job.missing === 0) {
      this.#jobs.splice(this.#jobs.indexOf(job), 1);
      job.resolve(job.result);
    }
    this.#fill(slot);
    if (this.#jobs.length === 0) {
      this.#timer?.cancel();
      this.#timerAt = Number.POSITIVE_INFINITY;
    }
  }

  #end(error: HostError): void {
    if (this.#state.state === 'closed') return;
    this.#state = { state: 'closed', error };
    this.#timer?.cancel();
    for (const unlisten of this.#unlisten) unlisten();
    this.#job.fill(undefined);
    for (const job of this.#jobs.splice(0)) job.reject(error);
  }
}
