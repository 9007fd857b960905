import { MAX_VECTORS, SINC_BYTES, VECTOR_BYTES } from '../wire/index.js';
import type { HostError } from './errors.js';
import type { Reduced, Stages } from './reduce-options.js';

export const MAX_OPERAND: number = MAX_VECTORS * VECTOR_BYTES;
const MAX_PACKET = SINC_BYTES + MAX_OPERAND;

/** One call of allReduce. */
export interface ReduceJob {
  readonly values: Int32Array;
  /** As long as `values`, or empty where the destination alone gets it. */
  readonly result: Int32Array;
  readonly stages: Stages | undefined;
  overflow: boolean;
  /** Number of the job's first packet, counted from the group's first. */
  readonly first: number;
  readonly packets: number;
  missing: number;
  readonly resolve: (result: Reduced) => void;
  readonly reject: (error: HostError) => void;
}

/** The last result of a slot, which a peer may miss. */
export interface LastResult {
  readonly operand: Uint8Array;
  readonly overflow: boolean;
}

/**
 * What the slots of a group's window hold, each for itself: the packet it sends next or has outstanding, whose values they
 * are, and the result it got last. Packet n travels in slot n mod W.
 */
export class ReduceSlots {
  readonly window: number;
  readonly #packets: Uint8Array;
  readonly #lengths: Int32Array;
  readonly #numbers: Float64Array;
  readonly #jobs: (ReduceJob | undefined)[];
  readonly #previous: Uint8Array;
  readonly #previousLengths: Int32Array;
  readonly #previousOverflow: Uint8Array;

  constructor(window: number) {
    this.window = window;
    this.#packets = new Uint8Array(window * MAX_PACKET);
    this.#lengths = new Int32Array(window);
    this.#numbers = Float64Array.from({ length: window }, (_, slot) => slot);
    this.#jobs = new Array<ReduceJob | undefined>(window).fill(undefined);
    this.#previous = new Uint8Array(window * MAX_OPERAND);
    this.#previousLengths = new Int32Array(window);
    this.#previousOverflow = new Uint8Array(window);
  }

  /** Number of the packet the slot sends next or has outstanding. */
  number(slot: number): number {
    return this.#numbers[slot] ?? 0;
  }

  /** Whose packet is outstanding, undefined where none is. */
  job(slot: number): ReduceJob | undefined {
    return this.#jobs[slot];
  }

  /** Room for the slot's packet. */
  room(slot: number): Uint8Array {
    return this.#packets.subarray(slot * MAX_PACKET, (slot + 1) * MAX_PACKET);
  }

  /** The packet that was put into the room. */
  packet(slot: number): Uint8Array {
    const at = slot * MAX_PACKET;
    return this.#packets.subarray(at, at + this.packetBytes(slot));
  }

  packetBytes(slot: number): number {
    return this.#lengths[slot] ?? 0;
  }

  /** The room holds a packet of a job, of so many bytes. */
  occupy(slot: number, job: ReduceJob, bytes: number): void {
    this.#jobs[slot] = job;
    this.#lengths[slot] = bytes;
  }

  /** The outstanding packet has its result: the slot goes on to the next one. */
  advance(slot: number): void {
    this.#jobs[slot] = undefined;
    this.#numbers[slot] = this.number(slot) + this.window;
  }

  /** Keeps a result for peers that may miss it. */
  keep(slot: number, operand: Uint8Array, overflow: boolean): void {
    this.#previous.set(operand, slot * MAX_OPERAND);
    this.#previousLengths[slot] = operand.length;
    this.#previousOverflow[slot] = overflow ? 1 : 0;
  }

  /** The result of packet number - W, undefined where the slot has none. */
  last(slot: number): LastResult | undefined {
    const length = this.#previousLengths[slot] ?? 0;
    if (length === 0) return undefined;
    const at = slot * MAX_OPERAND;
    return {
      operand: this.#previous.subarray(at, at + length),
      overflow: this.#previousOverflow[slot] === 1,
    };
  }

  /** One more than the highest number that was sent. */
  get next(): number {
    let next = 0;
    for (let slot = 0; slot < this.window; slot++) {
      const sent = this.number(slot) - (this.#jobs[slot] === undefined ? this.window : 0);
      next = Math.max(next, sent + 1);
    }
    return next;
  }

  /** Nothing is outstanding any more; what was sent stays known. */
  abandon(): void {
    this.#jobs.fill(undefined);
  }

  /** Begins with packet 0 again. */
  restart(): void {
    this.abandon();
    for (let slot = 0; slot < this.window; slot++) this.#numbers[slot] = slot;
    this.#previousLengths.fill(0);
  }
}
