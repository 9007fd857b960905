import { MAX_VECTORS, VECTOR_VALUES } from '../wire/index.js';
import { requireIpv4 } from './arguments.js';
import type { HostEnvironment, Timer } from './environment.js';
import { HostError, requireInteger } from './errors.js';
import type { Reduced } from './reduce-options.js';
import { ReduceServer, type ReduceServerCounters } from './reduce-server.js';
import type { SincEndpoint } from './sinc-endpoint.js';

export interface ReduceSinkOptions {
  readonly group: number;
  readonly sources: number;
  /** The sources' window, a power of two. */
  readonly window: number;
  /** The sources' addresses by data source ID: each is told what has arrived here. */
  readonly members: readonly string[];
  /** SINC_SUM (default), SINC_MIN, SINC_MAX or SINC_SUM_AHEAD. */
  readonly operation?: number | undefined;
  /** Whether sums saturate, as the group's switches have them do. Default false. */
  readonly saturating?: boolean | undefined;
  /** Vectors of 32 values in a packet, as the sources have it. Default 4. */
  readonly vectors?: number | undefined;
  /** SeqNum of the first packet, as the sources have it. Default 0. */
  readonly firstSeq?: number | undefined;
  /** Time without any packet of a reduction under way, microseconds, before it ends with TIMEOUT. Default 30,000,000. */
  readonly idleUs?: number | undefined;
}

interface Job {
  readonly result: Int32Array;
  /** SeqNum of the first packet. */
  readonly first: number;
  readonly packets: number;
  missing: number;
  overflow: boolean;
  readonly resolve: (result: Reduced) => void;
  readonly reject: (error: HostError) => void;
}

/**
 * The destination of a reduce group whose sources want no result (`resultTo: 'destination'`, L=0 of protocol section 4.5): takes
 * what switches send on to it, computes what none has, and acknowledges each SeqNum to the sources. Nothing is
 * acknowledged that no `reduce` has asked for, so sources wait for a slow destination.
 */
export class ReduceSink {
  readonly #environment: HostEnvironment;
  readonly #server: ReduceServer;
  readonly #what: string;
  readonly #perPacket: number;
  readonly #idleUs: number;
  readonly #jobs: Job[] = [];
  #nextSeq: number;
  #heardAt = 0;
  #timer: Timer | undefined;
  #closed = false;

  constructor(endpoint: SincEndpoint, options: ReduceSinkOptions) {
    this.#what = `reduce sink of group ${options.group}`;
    const vectors = options.vectors ?? MAX_VECTORS;
    requireInteger(this.#what, 'vectors', vectors, 1, MAX_VECTORS);
    if (options.members.length !== options.sources) {
      const problem = `${options.members.length} members of ${options.sources} sources`;
      throw HostError.invalid(this.#what, problem, 'give the address of every source');
    }
    for (const [i, member] of options.members.entries()) requireIpv4(this.#what, `member ${i}`, member);
    this.#nextSeq = options.firstSeq ?? 0;
    requireInteger(this.#what, 'firstSeq', this.#nextSeq, 0, 0xffffffff);
    this.#perPacket = vectors * VECTOR_VALUES;
    this.#idleUs = options.idleUs ?? 30_000_000;
    this.#environment = endpoint.environment;
    const { group, sources, window, members, operation, saturating } = options;
    this.#server = new ReduceServer(endpoint, {
      ...{ group, sources, window, members, operation, saturating },
      sink: { take: (seq, values, at, count, overflow) => this.#take(seq, values, at, count, overflow) },
    });
  }

  /** `combined` says what no switch has computed. */
  get counters(): Readonly<ReduceServerCounters> {
    return this.#server.counters;
  }

  /**
   * The next `length` values combined, element by element, of what all sources contribute; their calls of `contribute` and
   * those here have to agree.
   * @param result where they go, a fresh array if left out
   * @throws HostError TIMEOUT where nothing has come for `idleUs`, INVALID_ARGUMENT where the sources give another number of
   * values (`renew` makes it usable again after both), or CLOSED
   */
  reduce(length: number, result: Int32Array = new Int32Array(length)): Promise<Reduced> {
    if (this.#closed) return Promise.reject(HostError.closed(this.#what));
    if (!Number.isInteger(length) || length < 0 || result.length !== length) {
      const problem = `result has ${result.length} elements for ${length} values`;
      return Promise.reject(HostError.invalid(this.#what, problem, 'give as many'));
    }
    if (length === 0) return Promise.resolve({ values: result, overflow: false });
    return new Promise((resolve, reject) => {
      const packets = Math.ceil(length / this.#perPacket);
      this.#jobs.push({
        result,
        first: this.#nextSeq,
        packets,
        missing: packets,
        overflow: false,
        resolve,
        reject,
      });
      this.#nextSeq = (this.#nextSeq + packets) >>> 0;
      this.#heardAt = this.#environment.now();
      if (this.#timer === undefined) this.#arm();
      this.#server.offer();
    });
  }

  /** Begins anew with the SeqNum the sources have agreed on (ReduceRendezvous); calls that are outstanding end with TIMEOUT. */
  renew(firstSeq: number): void {
    requireInteger(this.#what, 'firstSeq', firstSeq, 0, 0xffffffff);
    if (this.#closed) throw HostError.closed(this.#what);
    this.#fail(new HostError('TIMEOUT', `${this.#what}: begun anew; call again`));
    this.#nextSeq = firstSeq;
  }

  /** Calls that are outstanding end with CLOSED. */
  close(): void {
    this.#closed = true;
    this.#server.close();
    this.#fail(HostError.closed(this.#what));
  }

  #take(seq: number, values: Int32Array, at: number, count: number, overflow: boolean): boolean {
    const job = this.#jobs.find((candidate) => (seq - candidate.first) >>> 0 < candidate.packets);
    if (job === undefined) return false;
    const from = ((seq - job.first) >>> 0) * this.#perPacket;
    const left = Math.min(this.#perPacket, job.result.length - from);
    if (count !== Math.ceil(left / VECTOR_VALUES) * VECTOR_VALUES) {
      const problem = `sources give ${count} values at ${from}, where ${left} are to come`;
      this.#fail(HostError.invalid(this.#what, problem, 'ask for as many values as all sources contribute'));
      return false;
    }
    this.#heardAt = this.#environment.now();
    job.result.set(values.subarray(at, at + left), from);
    job.overflow ||= overflow;
    job.missing--;
    if (job.missing === 0) {
      this.#jobs.splice(this.#jobs.indexOf(job), 1);
      job.resolve({ values: job.result, overflow: job.overflow });
    }
    return true;
  }

  #arm(): void {
    const left = this.#heardAt + this.#idleUs - this.#environment.now();
    this.#timer = this.#environment.setTimer(Math.max(0, left), () => {
      this.#timer = undefined;
      if (this.#jobs.length === 0) return;
      if (this.#environment.now() < this.#heardAt + this.#idleUs) this.#arm();
      else {
        const silent = `nothing has come for ${this.#idleUs} µs; renew it with all sources`;
        this.#fail(new HostError('TIMEOUT', `${this.#what}: ${silent}`));
      }
    });
  }

  #fail(error: HostError): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    for (const job of this.#jobs.splice(0)) job.reject(error);
  }
}
