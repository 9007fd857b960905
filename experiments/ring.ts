import { type DatagramSocket, type HostEnvironment, HostError } from '../host/index.js';
import { readI32, readU32, writeU32, writeValues } from '../wire/index.js';
import {
  type ResendOptions,
  SEGMENT_BYTES,
  SEGMENT_HEADER,
  SEGMENT_VALUES,
  SegmentsUnderWay,
} from './segments.js';

/**
 * All-reduce without help from the network, the bandwidth-optimal way (Patarasuk, Yuan 2009; what Horovod and NCCL do):
 * the vector is cut into as many chunks as there are workers, which go round a ring twice, first added up, then handed
 * out; every worker sends and receives 2·(n-1)/n of the vector. Chunks travel in segments that fill the MTU, and a
 * segment of step s+1 leaves as soon as the same segment of step s has come: steps overlap, nothing waits for a whole
 * chunk. Segments are acknowledged one by one.
 *
 * Segment (UDP payload, at most 1400 bytes): kind 8, reserved 24, round 32, step 32, index 32, then up to 346 int32
 * values; an acknowledgement is the same without values.
 */
export const RING_PORT = 7078;
const DATA = 1;
const ACK = 2;

/** Window: default 64. */
export interface RingWorkerOptions extends ResendOptions {
  /** 0 to workers-1. */
  readonly worker: number;
  readonly workers: number;
  /** Address of worker + 1 (of worker 0 for the last). */
  readonly next: string;
}

interface Round {
  readonly sums: Int32Array;
  /** Segments of each chunk. */
  readonly segments: number;
  readonly chunk: number;
  /** Segments received, by step * segments + index. */
  readonly seen: Uint8Array;
  /** Segments ready to be sent, in order, by step * segments + index. */
  readonly ready: number[];
  nextReady: number;
  toReceive: number;
  toAcknowledge: number;
  readonly resolve: (result: Int32Array) => void;
  readonly reject: (error: HostError) => void;
}

export class RingWorker {
  readonly #socket: DatagramSocket;
  readonly #options: RingWorkerOptions;
  readonly #packet = new Uint8Array(SEGMENT_BYTES);
  readonly #underWay: SegmentsUnderWay;
  /** Data of the round to come: a neighbour may begin it earlier. */
  #early: Uint8Array[] = [];
  #number = 0;
  #round: Round | undefined;

  constructor(environment: HostEnvironment, options: RingWorkerOptions) {
    this.#options = options;
    this.#socket = environment.openSocket(RING_PORT);
    this.#socket.onMessage = (bytes, address, port) => this.#receive(bytes, address, port);
    this.#underWay = new SegmentsUnderWay(
      environment,
      { ...options, window: options.window ?? 64 },
      (segment) => this.#send(segment),
      (tries) => this.#end()?.reject(HostError.timeout(`ring neighbour ${options.next}`, tries, 0)),
    );
  }

  get retransmitted(): number {
    return this.#underWay.retransmitted;
  }

  /** The sum over all workers, modulo 2^32. One at a time. @throws HostError TIMEOUT, or CLOSED while another is running. */
  allReduce(values: Int32Array): Promise<Int32Array> {
    if (this.#round !== undefined) {
      return Promise.reject(new HostError('CLOSED', 'a round is still running; await it'));
    }
    const { workers } = this.#options;
    if (workers === 1) return Promise.resolve(values.slice());
    return new Promise((resolve, reject) => {
      this.#number++;
      const chunk = Math.ceil(values.length / workers);
      const segments = Math.max(1, Math.ceil(chunk / SEGMENT_VALUES));
      const total = 2 * (workers - 1) * segments;
      this.#round = {
        sums: values.slice(),
        segments,
        chunk,
        seen: new Uint8Array(total),
        ready: Array.from({ length: segments }, (_, index) => index),
        nextReady: 0,
        toReceive: total,
        toAcknowledge: total,
        resolve,
        reject,
      };
      const early = this.#early;
      this.#early = [];
      for (const bytes of early) this.#take(this.#round, bytes);
      this.#pump();
    });
  }

  close(): void {
    this.#socket.close();
    this.#end()?.reject(HostError.closed('ring worker'));
  }

  /** The round that was running, and is over. */
  #end(): Round | undefined {
    const round = this.#round;
    this.#round = undefined;
    this.#underWay.clear();
    return round;
  }

  /** Values of a segment, as a range of the vector. In step s worker w sends chunk w - s. */
  #range(round: Round, sender: number, step: number, index: number): readonly [from: number, count: number] {
    const { workers } = this.#options;
    const chunk = (((sender - step) % workers) + workers) % workers;
    const start = chunk * round.chunk + index * SEGMENT_VALUES;
    const end = Math.min(round.sums.length, (chunk + 1) * round.chunk, start + SEGMENT_VALUES);
    return [start, Math.max(0, end - start)];
  }

  #pump(): void {
    const round = this.#round;
    if (round === undefined) return;
    while (round.nextReady < round.ready.length && this.#underWay.hasRoom) {
      this.#underWay.begin(round.ready[round.nextReady++] ?? 0);
    }
  }

  #send(segment: number): void {
    const round = this.#round;
    if (round === undefined) return;
    const step = Math.floor(segment / round.segments);
    const index = segment % round.segments;
    const [from, count] = this.#range(round, this.#options.worker, step, index);
    const packet = this.#packet;
    packet[0] = DATA;
    writeU32(packet, 4, this.#number);
    writeU32(packet, 8, step);
    writeU32(packet, 12, index);
    writeValues(packet, SEGMENT_HEADER, round.sums, from, count);
    this.#socket.send(packet.subarray(0, SEGMENT_HEADER + 4 * count), this.#options.next, RING_PORT);
  }

  #receive(bytes: Uint8Array, address: string, port: number): void {
    if (bytes.length < SEGMENT_HEADER) return;
    if (bytes[0] === ACK) this.#acknowledged(bytes);
    else if (bytes[0] === DATA) this.#data(bytes, address, port);
  }

  #data(bytes: Uint8Array, address: string, port: number): void {
    const number = readU32(bytes, 4);
    const round = this.#round;
    // What lies further ahead than the next round cannot have been sent: this worker has a part in every round.
    if (number > this.#number) {
      if (this.#early.length < 4096) this.#early.push(bytes.slice());
      else return;
    } else if (number === this.#number && round !== undefined && !this.#take(round, bytes)) return;
    const ack = bytes.slice(0, SEGMENT_HEADER);
    ack[0] = ACK;
    this.#socket.send(ack, address, port);
    this.#pump();
    this.#finish();
  }

  /** Adds a segment, or puts it in place. False where it is none of this round's. */
  #take(round: Round, bytes: Uint8Array): boolean {
    const { worker, workers } = this.#options;
    const step = readU32(bytes, 8);
    const index = readU32(bytes, 12);
    const mark = step * round.segments + index;
    if (step >= 2 * (workers - 1) || index >= round.segments) return false;
    const [from, count] = this.#range(round, worker - 1, step, index);
    if (bytes.length !== SEGMENT_HEADER + 4 * count) return false;
    if (round.seen[mark] === 1) return true;
    round.seen[mark] = 1;
    round.toReceive--;
    const adds = step < workers - 1;
    for (let i = 0; i < count; i++) {
      const come = readI32(bytes, SEGMENT_HEADER + 4 * i);
      round.sums[from + i] = adds ? (round.sums[from + i] ?? 0) + come : come;
    }
    if (step + 1 < 2 * (workers - 1)) round.ready.push(mark + round.segments);
    return true;
  }

  #acknowledged(bytes: Uint8Array): void {
    const round = this.#round;
    if (round === undefined || readU32(bytes, 4) !== this.#number) return;
    const mark = readU32(bytes, 8) * round.segments + readU32(bytes, 12);
    if (!this.#underWay.answered(mark)) return;
    round.toAcknowledge--;
    this.#pump();
    this.#finish();
  }

  #finish(): void {
    const round = this.#round;
    if (round === undefined || round.toReceive > 0 || round.toAcknowledge > 0) return;
    this.#end()?.resolve(round.sums);
  }
}
