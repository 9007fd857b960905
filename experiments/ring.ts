import {
  type DatagramSocket,
  type HostEnvironment,
  HostError,
  RttEstimator,
  type Timer,
} from '../host/index.js';
import { readI32, readU32, writeU32, writeValues } from '../wire/index.js';

/**
 * All-reduce without help from the network, the bandwidth-optimal way (Patarasuk, Yuan 2009; what Horovod and NCCL do):
 * the vector is cut into as many chunks as there are workers, which go round a ring twice, first added up, then handed
 * out; every worker sends and receives 2·(n-1)/n of the vector. Chunks travel in segments that fill the MTU, and a
 * segment of step s+1 leaves as soon as the same segment of step s has come: steps overlap, nothing waits for a whole
 * chunk. Segments are acknowledged one by one and repeated by the same kind of timer as the SINC host uses.
 *
 * Segment (UDP payload, at most 1400 bytes): kind 8, reserved 24, round 32, step 32, index 32, then up to 346 int32
 * values; an acknowledgement is the same without values.
 */
export const RING_PORT = 7078;
const HEADER = 16;
const SEGMENT_VALUES = 346;
const SEGMENT_BYTES = HEADER + 4 * SEGMENT_VALUES;
const DATA = 1;
const ACK = 2;

export interface RingWorkerOptions {
  /** 0 to workers-1. */
  readonly worker: number;
  readonly workers: number;
  /** Address of worker + 1 (of worker 0 for the last). */
  readonly next: string;
  /** Segments unacknowledged. Default 64. */
  readonly window?: number | undefined;
  /** Retransmissions of one segment before the round fails. Default 40. */
  readonly maxRetries?: number | undefined;
  /** Retransmission timeout before the first measurement, microseconds. Default 50,000. */
  readonly initialTimeoutUs?: number | undefined;
  /** Least retransmission timeout, microseconds. Default 2,000. */
  readonly minTimeoutUs?: number | undefined;
}

interface Outstanding {
  readonly step: number;
  readonly index: number;
  sentAt: number;
  deadline: number;
  retries: number;
}

interface Round {
  readonly sums: Int32Array;
  /** Segments of each chunk. */
  readonly segments: number;
  readonly chunk: number;
  /** Segments received, by step * segments + index. */
  readonly seen: Uint8Array;
  /** Segments ready to be sent, in order. */
  readonly ready: (readonly [step: number, index: number])[];
  nextReady: number;
  readonly outstanding: Map<number, Outstanding>;
  toReceive: number;
  toAcknowledge: number;
  readonly resolve: (result: Int32Array) => void;
  readonly reject: (error: HostError) => void;
}

export class RingWorker {
  retransmitted = 0;
  readonly #environment: HostEnvironment;
  readonly #socket: DatagramSocket;
  readonly #options: RingWorkerOptions;
  readonly #packet = new Uint8Array(SEGMENT_BYTES);
  readonly #rtt: RttEstimator;
  /** Data of the round to come: a neighbour may begin it earlier. */
  #early: Uint8Array[] = [];
  #number = 0;
  #round: Round | undefined;
  #timer: Timer | undefined;
  #timerAt = Number.POSITIVE_INFINITY;

  constructor(environment: HostEnvironment, options: RingWorkerOptions) {
    this.#environment = environment;
    this.#options = options;
    this.#rtt = new RttEstimator({
      initialUs: options.initialTimeoutUs ?? 50_000,
      minUs: options.minTimeoutUs ?? 2_000,
      maxUs: 500_000,
    });
    this.#socket = environment.openSocket(RING_PORT);
    this.#socket.onMessage = (bytes, address, port) => this.#receive(bytes, address, port);
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
        ready: Array.from({ length: segments }, (_, index) => [0, index] as const),
        nextReady: 0,
        outstanding: new Map(),
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
    this.#timer?.cancel();
    this.#socket.close();
    this.#round?.reject(HostError.closed('ring worker'));
    this.#round = undefined;
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
    const window = this.#options.window ?? 64;
    while (round.nextReady < round.ready.length && round.outstanding.size < window) {
      const [step, index] = round.ready[round.nextReady++] ?? [0, 0];
      const segment = { step, index, sentAt: 0, deadline: 0, retries: 0 };
      round.outstanding.set(step * round.segments + index, segment);
      this.#send(round, segment);
    }
  }

  #send(round: Round, segment: Outstanding): void {
    const [from, count] = this.#range(round, this.#options.worker, segment.step, segment.index);
    const packet = this.#packet;
    packet[0] = DATA;
    writeU32(packet, 4, this.#number);
    writeU32(packet, 8, segment.step);
    writeU32(packet, 12, segment.index);
    writeValues(packet, HEADER, round.sums, from, count);
    const now = this.#environment.now();
    segment.sentAt = now;
    segment.deadline = now + this.#rtt.timeoutUs(segment.retries);
    this.#socket.send(packet.subarray(0, HEADER + 4 * count), this.#options.next, RING_PORT);
    this.#arm(segment.deadline, now);
  }

  #arm(deadline: number, now: number): void {
    if (deadline >= this.#timerAt) return;
    this.#timer?.cancel();
    this.#timerAt = deadline;
    this.#timer = this.#environment.setTimer(Math.max(0, deadline - now), () => this.#expired());
  }

  #expired(): void {
    this.#timerAt = Number.POSITIVE_INFINITY;
    const round = this.#round;
    if (round === undefined) return;
    const now = this.#environment.now();
    let next = Number.POSITIVE_INFINITY;
    for (const segment of round.outstanding.values()) {
      if (segment.deadline <= now) {
        if (++segment.retries > (this.#options.maxRetries ?? 40)) {
          this.#round = undefined;
          round.reject(HostError.timeout(`ring neighbour ${this.#options.next}`, segment.retries, 0));
          return;
        }
        this.retransmitted++;
        this.#send(round, segment);
      }
      next = Math.min(next, segment.deadline);
    }
    if (next < Number.POSITIVE_INFINITY) this.#arm(next, now);
  }

  #receive(bytes: Uint8Array, address: string, port: number): void {
    if (bytes.length < HEADER) return;
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
    const ack = bytes.slice(0, HEADER);
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
    if (bytes.length !== HEADER + 4 * count) return false;
    if (round.seen[mark] === 1) return true;
    round.seen[mark] = 1;
    round.toReceive--;
    const adds = step < workers - 1;
    for (let i = 0; i < count; i++) {
      const come = readI32(bytes, HEADER + 4 * i);
      round.sums[from + i] = adds ? (round.sums[from + i] ?? 0) + come : come;
    }
    if (step + 1 < 2 * (workers - 1)) round.ready.push([step + 1, index]);
    return true;
  }

  #acknowledged(bytes: Uint8Array): void {
    const round = this.#round;
    if (round === undefined || readU32(bytes, 4) !== this.#number) return;
    const mark = readU32(bytes, 8) * round.segments + readU32(bytes, 12);
    const segment = round.outstanding.get(mark);
    if (segment === undefined) return;
    round.outstanding.delete(mark);
    round.toAcknowledge--;
    if (segment.retries === 0) this.#rtt.sample(this.#environment.now() - segment.sentAt);
    this.#pump();
    this.#finish();
  }

  #finish(): void {
    const round = this.#round;
    if (round === undefined || round.toReceive > 0 || round.toAcknowledge > 0) return;
    this.#round = undefined;
    this.#timer?.cancel();
    this.#timerAt = Number.POSITIVE_INFINITY;
    round.resolve(round.sums);
  }
}
