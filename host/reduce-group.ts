import {
  encodeSinc,
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
import { requireInt32 } from './arguments.js';
import { HostError, requireInteger } from './errors.js';
import { LossRecovery } from './loss-recovery.js';
import {
  checkReduceGroup,
  type ReduceCounters,
  type Reduced,
  type ReduceGroupOptions,
  type Stages,
} from './reduce-options.js';
import { MAX_OPERAND, type ReduceJob, ReduceSlots } from './reduce-slots.js';
import type { SincEndpoint } from './sinc-endpoint.js';

type GroupState =
  | { readonly state: 'open' }
  /** A packet had no result for too long; `renew` opens the group again. */
  | { readonly state: 'failed'; readonly error: HostError }
  | { readonly state: 'closed'; readonly error: HostError };

const NO_VALUES = new Int32Array(0);
/** Operand offset of packets switches leave alone (protocol section 4.5, recovery). */
const BYPASS_OFFSET = 20;
/**
 * From this timeout of a packet on, every other one goes past the switches to the destination host, if the packet has been
 * waiting for as long as so many timeouts take when each is twice the last.
 */
const BYPASS_FROM = 5;

/**
 * A source of a reduce group (protocol section 4.5). Packet n of the group has SeqNum firstSeq + n and travels in slot
 * n mod W; a slot sends its next packet once it holds the result of its last, which is the window rule. Slots do not
 * wait for one another. SeqNums continue from call to call, so all sources must make the same calls in the same order.
 */
export class ReduceGroup {
  readonly counters: ReduceCounters = {
    sent: 0,
    retransmitted: 0,
    results: 0,
    stale: 0,
    inconsistent: 0,
    overflowed: 0,
  };
  readonly #endpoint: SincEndpoint;
  readonly #header: SincHeader;
  readonly #perPacket: number;
  readonly #destination: string;
  #firstSeq: number;
  readonly #recovery: LossRecovery;
  readonly #jobs: ReduceJob[] = [];
  readonly #slots: ReduceSlots;
  readonly #release: () => void;
  #unlisten: readonly (() => void)[] = [];

  readonly #bypass = new Uint8Array(BYPASS_OFFSET + MAX_OPERAND);
  /** Packets of all calls so far. */
  #total = 0;
  #state: GroupState = { state: 'open' };

  constructor(endpoint: SincEndpoint, options: ReduceGroupOptions) {
    checkReduceGroup(options);
    const what = `reduce group ${options.group}`;
    this.#release = endpoint.claim(options.group, options.source);
    this.#endpoint = endpoint;
    this.#slots = new ReduceSlots(options.window);
    this.#firstSeq = options.firstSeq ?? 0;
    this.#perPacket = (options.vectors ?? MAX_VECTORS) * VECTOR_VALUES;
    this.#destination = options.destination;
    const bounds = {
      initialUs: options.initialTimeoutUs ?? 20_000,
      minUs: options.minTimeoutUs ?? 1_000,
      maxUs: options.maxTimeoutUs ?? 500_000,
    };
    const { environment } = endpoint;
    this.#recovery = new LossRecovery(environment, options.window, bounds, options.maxRetries ?? 40, {
      repeat: (slot) => {
        this.counters.retransmitted++;
        this.#transmit(slot);
      },
      gaveUp: (slot, timeouts, waitedUs) => {
        const error = HostError.timeout(`${what}, packet ${this.#slots.number(slot)}`, timeouts, waitedUs);
        this.#stop({ state: 'failed', error });
      },
    });
    this.#header = {
      done: false,
      loopback: options.resultTo !== 'destination',
      group: options.group,
      sources: options.sources,
      source: options.source,
      seq: 0,
      operation: options.operation ?? SINC_SUM,
      offset: SINC_OFFSET,
    };
    this.#listen();
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

  get operation(): number {
    return this.#header.operation;
  }

  /** Packets a source may be ahead, W. */
  get window(): number {
    return this.#slots.window;
  }

  /** Values of a full packet. */
  get valuesPerPacket(): number {
    return this.#perPacket;
  }

  /** The first SeqNum this source has not sent yet. Others may be up to W ahead of it. */
  get nextSeq(): number {
    return (this.#firstSeq + this.#slots.next) >>> 0;
  }

  /** Smoothed time from a packet to its result, microseconds; 0 before the first. */
  get smoothedRttUs(): number {
    return this.#recovery.smoothedUs;
  }

  /**
   * Combines `values` with those of all other sources, element by element; sums wrap modulo 2^32, or saturate where the
   * group does. `values` must stay as they are until the promise settles. All sources give the same number of values.
   * @param result where the result goes, a fresh array if left out; may be `values` itself
   * @throws HostError TIMEOUT (`renew` makes the group usable again) or CLOSED.
   */
  async allReduce(
    values: Int32Array,
    result: Int32Array = new Int32Array(values.length),
  ): Promise<Int32Array> {
    await this.reduce(values, result);
    return result;
  }

  /** As `allReduce`, and tells whether a sum has left int32; `stages` sees the packets come and go. */
  reduce(
    values: Int32Array,
    result: Int32Array = new Int32Array(values.length),
    stages?: Stages,
  ): Promise<Reduced> {
    if (result.length !== values.length) {
      const problem = `result has ${result.length} elements for ${values.length} values`;
      return Promise.reject(HostError.invalid(`reduce group ${this.group}`, problem, 'give as many'));
    }
    if (!this.#header.loopback) {
      const problem = 'the result goes to the destination';
      return Promise.reject(HostError.invalid(`reduce group ${this.group}`, problem, 'call contribute'));
    }
    return this.#begin(values, result, stages);
  }

  /**
   * Gives `values` to a reduction whose result the destination host alone gets (`resultTo`); resolves when it has it.
   * `values` must stay as they are until then.
   * @throws HostError as `allReduce`
   */
  async contribute(values: Int32Array): Promise<void> {
    if (this.#header.loopback) {
      const remedy = `call allReduce, or give the group resultTo: 'destination'`;
      throw HostError.invalid(`reduce group ${this.group}`, 'the result goes to the group', remedy);
    }
    await this.#begin(values, NO_VALUES, undefined);
  }

  #begin(values: Int32Array, result: Int32Array, stages: Stages | undefined): Promise<Reduced> {
    try {
      requireInt32(`reduce group ${this.group}`, values);
    } catch (error) {
      return Promise.reject(error);
    }
    if (this.#state.state !== 'open') return Promise.reject(this.#state.error);
    if (values.length === 0) return Promise.resolve({ values: result, overflow: false });
    return new Promise((resolve, reject) => {
      const packets = Math.ceil(values.length / this.#perPacket);
      const first = this.#total;
      this.#jobs.push({
        values,
        result,
        stages,
        overflow: false,
        first,
        packets,
        missing: packets,
        resolve,
        reject,
      });
      this.#total += packets;
      for (let slot = 0; slot < this.window; slot++) {
        if (this.#slots.job(slot) === undefined) this.#fill(slot);
      }
    });
  }

  /**
   * Begins anew, after a TIMEOUT or because a source has restarted, with a SeqNum all sources have agreed on
   * (ReduceRendezvous does that): at least W beyond every source's `nextSeq`. Calls that are outstanding end with TIMEOUT.
   * @throws HostError CLOSED after `close`, INVALID_ARGUMENT where this source has sent that SeqNum already.
   */
  renew(firstSeq: number): void {
    const what = `reduce group ${this.group}`;
    if (this.#state.state === 'closed') throw this.#state.error;
    requireInteger(what, 'firstSeq', firstSeq, 0, 0xffffffff);
    if (((firstSeq - this.nextSeq) | 0) < 0) {
      throw HostError.invalid(what, `firstSeq ${firstSeq} is behind ${this.nextSeq}`, 'give a newer one');
    }
    this.#stop({ state: 'failed', error: new HostError('TIMEOUT', `${what}: begun anew; call again`) });
    this.#state = { state: 'open' };
    this.#firstSeq = firstSeq;
    this.#total = 0;
    this.#slots.restart();
    this.#listen();
  }

  /** Leaves the group; calls that are outstanding end with CLOSED. */
  close(): void {
    this.#release();
    this.#stop({ state: 'closed', error: HostError.closed(`reduce group ${this.group}`) });
  }

  #listen(): void {
    this.#unlisten = [
      this.#endpoint.listen(this.group, 'results', (header, bytes) => this.#receive(header, bytes)),
      this.#endpoint.listen(this.group, 'requests', (header) => this.#asked(header)),
    ];
  }

  /** Sends the slot's next packet, if there is one. */
  #fill(slot: number): void {
    const number = this.#slots.number(slot);
    if (number >= this.#total) return;
    const job = this.#jobs.find((candidate) => number < candidate.first + candidate.packets);
    if (job === undefined) return;
    job.stages?.before(number - job.first);
    const from = (number - job.first) * this.#perPacket;
    const vectors = Math.ceil(Math.min(this.#perPacket, job.values.length - from) / VECTOR_VALUES);
    const packet = this.#slots.room(slot);
    this.#header.seq = (this.#firstSeq + number) >>> 0;
    encodeSinc(this.#header, packet);
    writeValues(packet, SINC_BYTES, job.values, from, vectors * VECTOR_VALUES);
    this.#slots.occupy(slot, job, SINC_BYTES + vectors * VECTOR_BYTES);
    this.#recovery.begin(slot);
    this.counters.sent++;
    this.#transmit(slot);
  }

  #transmit(slot: number): void {
    this.#recovery.sent(slot);
    const packet = this.#slots.packet(slot);
    const isStuck = this.#recovery.hasWaited(slot, BYPASS_FROM);
    if (isStuck && (this.#recovery.timeouts(slot) & 1) === 1) {
      this.#sendPastSwitches(
        this.#slots.number(slot),
        { done: false, overflow: false },
        packet.subarray(SINC_BYTES),
      );
      this.#shareLastResult(slot);
    } else {
      this.#endpoint.send(packet, this.#destination);
    }
  }

  /**
   * A peer may have missed the result this slot got last, from a switch that has failed since: without it the peer never
   * comes to this packet. Give it to the destination host, which can pass it on.
   */
  #shareLastResult(slot: number): void {
    const last = this.#slots.last(slot);
    if (last === undefined) return;
    const number = this.#slots.number(slot) - this.window;
    this.#sendPastSwitches(number, { done: true, overflow: last.overflow }, last.operand);
  }

  /** The destination host asks on behalf of a peer for a result this source may hold. */
  #asked(header: Readonly<SincHeader>): void {
    if (header.offset !== BYPASS_OFFSET || header.source === this.#header.source) return;
    const slot = this.#slotOf(header);
    const last = this.#slots.number(slot) - this.window;
    if ((this.#firstSeq + last) >>> 0 === header.seq) this.#shareLastResult(slot);
  }

  /** Which slot a packet travels in. */
  #slotOf(header: Readonly<SincHeader>): number {
    return (header.seq - this.#firstSeq) & (this.window - 1);
  }

  #sendPastSwitches(
    number: number,
    what: { readonly done: boolean; readonly overflow: boolean },
    operand: Uint8Array,
  ): void {
    const seq = (this.#firstSeq + number) >>> 0;
    encodeSinc({ ...this.#header, ...what, seq, offset: BYPASS_OFFSET }, this.#bypass);
    this.#bypass.set(operand, BYPASS_OFFSET);
    this.#endpoint.send(this.#bypass.subarray(0, BYPASS_OFFSET + operand.length), this.#destination);
  }

  #receive(header: Readonly<SincHeader>, bytes: Uint8Array): void {
    // The destination's word that it has the result is a result without values.
    const isWord = !this.#header.loopback;
    const vectors = isWord ? 0 : vectorCount(header, bytes.length);
    const slot = this.#slotOf(header);
    const job = this.#slots.job(slot);
    const number = this.#slots.number(slot);
    if (job === undefined || (this.#firstSeq + number) >>> 0 !== header.seq) {
      this.counters.stale++;
      return;
    }
    const { operation, loopback } = this.#header;
    const isAsSent = isWord
      ? bytes.length === header.offset
      : SINC_BYTES + vectors * VECTOR_BYTES === this.#slots.packetBytes(slot);
    if (header.operation !== operation || header.loopback !== loopback || !isAsSent) {
      this.counters.inconsistent++;
      return;
    }
    this.counters.results++;
    this.#recovery.answered(slot);
    if (header.overflow === true) {
      this.counters.overflowed++;
      job.overflow = true;
    }
    if (!isWord) this.#keep(slot, job, header, bytes, vectors);
    job.stages?.after(number - job.first);
    this.#slots.advance(slot);
    job.missing--;
    if (job.missing === 0) {
      this.#jobs.splice(this.#jobs.indexOf(job), 1);
      job.resolve({ values: job.result, overflow: job.overflow });
    }
    this.#fill(slot);
    this.#recovery.repeatOvertaken();
    if (this.#jobs.length === 0) this.#recovery.rest();
  }

  /** Gives a job its values, and keeps them for peers that may miss them. */
  #keep(
    slot: number,
    job: ReduceJob,
    header: Readonly<SincHeader>,
    bytes: Uint8Array,
    vectors: number,
  ): void {
    const from = (this.#slots.number(slot) - job.first) * this.#perPacket;
    const count = Math.min(vectors * VECTOR_VALUES, job.result.length - from);
    readValues(bytes, header.offset, job.result, from, count);
    const end = header.offset + vectors * VECTOR_BYTES;
    this.#slots.keep(slot, bytes.subarray(header.offset, end), header.overflow === true);
  }

  #stop(state: Exclude<GroupState, { state: 'open' }>): void {
    if (this.#state.state === 'closed') return;
    this.#state = state;
    this.#recovery.reset();
    for (const unlisten of this.#unlisten) unlisten();
    this.#slots.abandon();
    for (const job of this.#jobs.splice(0)) job.reject(state.error);
  }
}
