import { type DatagramSocket, type HostEnvironment, HostError } from '../host/index.js';
import { readI32, readU16, readU32, readValues, writeU16, writeU32, writeValues } from '../wire/index.js';
import {
  type ResendOptions,
  SEGMENT_BYTES,
  SEGMENT_HEADER,
  SEGMENT_VALUES,
  SegmentsUnderWay,
} from './segments.js';

/**
 * What training does without a computing network: workers push gradients to a parameter server, which adds them up and
 * sends the sum back to each.
 *
 * Segment (UDP payload, at most 1400 bytes): kind 8, reserved 8, worker 16, round 32, index 32, segments 32, then up to
 * 346 int32 values.
 */
export const PARAMETER_SERVER_PORT = 7077;
const PUSH = 1;
const RESULT = 2;
/** Longest gradient a server accepts: 2^20 segments. */
const MAX_SEGMENTS = 1 << 20;

function segmentsOf(values: number): number {
  return Math.max(1, Math.ceil(values / SEGMENT_VALUES));
}

interface Round {
  readonly number: number;
  readonly segments: number;
  readonly sums: Int32Array;
  /** Values in each segment, 0 = nothing of it has come. */
  readonly lengths: Int32Array;
  readonly counts: Int32Array;
  readonly seen: Uint8Array;
}

export interface ParameterServerCounters {
  pushes: number;
  repeated: number;
  /** Segments of rounds long over, and segments that contradict their round or are none. */
  refused: number;
  results: number;
}

/** Sums every segment over all workers and returns it to each as soon as the last has come. */
export class ParameterServer {
  readonly counters: ParameterServerCounters = { pushes: 0, repeated: 0, refused: 0, results: 0 };
  readonly #socket: DatagramSocket;
  readonly #workers: number;
  readonly #addresses: (string | undefined)[];
  readonly #ports: Int32Array;
  readonly #packet = new Uint8Array(SEGMENT_BYTES);
  /** The current round and the one before, which some workers may still be finishing. */
  #rounds: Round[] = [];

  constructor(environment: HostEnvironment, workers: number, port: number = PARAMETER_SERVER_PORT) {
    this.#workers = workers;
    this.#addresses = new Array<string | undefined>(workers).fill(undefined);
    this.#ports = new Int32Array(workers);
    this.#socket = environment.openSocket(port);
    this.#socket.onMessage = (bytes, address, from) => this.#receive(bytes, address, from);
  }

  close(): void {
    this.#socket.close();
  }

  #receive(bytes: Uint8Array, address: string, port: number): void {
    const values = (bytes.length - SEGMENT_HEADER) / 4;
    const worker = readU16(bytes, 2);
    const index = readU32(bytes, 8);
    if (bytes[0] !== PUSH || values < 0 || !Number.isInteger(values) || worker >= this.#workers) {
      this.counters.refused++;
      return;
    }
    const round = this.#round(readU32(bytes, 4), readU32(bytes, 12));
    if (round === undefined || index >= round.segments || values > SEGMENT_VALUES) {
      this.counters.refused++;
      return;
    }
    this.#addresses[worker] = address;
    this.#ports[worker] = port;
    const mark = index * this.#workers + worker;
    if (round.seen[mark] === 1) {
      this.counters.repeated++;
      if (round.counts[index] === this.#workers) this.#send(round, index, worker, worker + 1);
      return;
    }
    const count = round.counts[index] ?? 0;
    if (count > 0 && round.lengths[index] !== values) {
      this.counters.refused++;
      return;
    }
    this.counters.pushes++;
    round.seen[mark] = 1;
    round.counts[index] = count + 1;
    round.lengths[index] = values;
    const base = index * SEGMENT_VALUES;
    for (let i = 0; i < values; i++) {
      round.sums[base + i] = (round.sums[base + i] ?? 0) + readI32(bytes, SEGMENT_HEADER + 4 * i);
    }
    if (count + 1 === this.#workers) this.#send(round, index, 0, this.#workers);
  }

  /** The round of a segment: known, or newer than all known, in which case every worker has done with the last but one. */
  #round(number: number, segments: number): Round | undefined {
    const known = this.#rounds.find((round) => round.number === number);
    if (known !== undefined) return known.segments === segments ? known : undefined;
    const newest = this.#rounds[0];
    if ((newest !== undefined && ((number - newest.number) | 0) < 0) || segments > MAX_SEGMENTS)
      return undefined;
    const round: Round = {
      number,
      segments,
      sums: new Int32Array(segments * SEGMENT_VALUES),
      lengths: new Int32Array(segments),
      counts: new Int32Array(segments),
      seen: new Uint8Array(segments * this.#workers),
    };
    this.#rounds = newest === undefined ? [round] : [round, newest];
    return round;
  }

  #send(round: Round, index: number, from: number, to: number): void {
    const packet = this.#packet;
    const values = round.lengths[index] ?? 0;
    packet[0] = RESULT;
    writeU32(packet, 4, round.number);
    writeU32(packet, 8, index);
    writeU32(packet, 12, round.segments);
    writeValues(packet, SEGMENT_HEADER, round.sums, index * SEGMENT_VALUES, values);
    for (let worker = from; worker < to; worker++) {
      const address = this.#addresses[worker];
      if (address === undefined) continue;
      writeU16(packet, 2, worker);
      this.#socket.send(packet.subarray(0, SEGMENT_HEADER + 4 * values), address, this.#ports[worker] ?? 0);
      this.counters.results++;
    }
  }
}

/** Window: default 16. */
export interface ParameterWorkerOptions extends ResendOptions {
  /** 0 to workers-1. */
  readonly worker: number;
  readonly server: string;
  readonly serverPort?: number | undefined;
}

interface Exchange {
  readonly values: Int32Array;
  readonly result: Int32Array;
  readonly segments: number;
  /** Segments that have been sent at least once: [0, sent). */
  sent: number;
  missing: number;
  readonly resolve: (result: Int32Array) => void;
  readonly reject: (error: HostError) => void;
}

/** A worker: pushes its gradient and gets the sum back, retransmitting what was lost. */
export class ParameterWorker {
  readonly #socket: DatagramSocket;
  readonly #options: ParameterWorkerOptions;
  readonly #packet = new Uint8Array(SEGMENT_BYTES);
  readonly #underWay: SegmentsUnderWay;
  #exchange: Exchange | undefined;
  #round = 0;

  constructor(environment: HostEnvironment, options: ParameterWorkerOptions) {
    this.#options = options;
    this.#socket = environment.openSocket(0);
    this.#socket.onMessage = (bytes) => this.#receive(bytes);
    this.#underWay = new SegmentsUnderWay(
      environment,
      { ...options, window: options.window ?? 16 },
      (index) => this.#send(index),
      (tries) => this.#end()?.reject(HostError.timeout(`parameter server ${options.server}`, tries, 0)),
    );
  }

  get retransmitted(): number {
    return this.#underWay.retransmitted;
  }

  /** The sum over all workers, modulo 2^32. One at a time. @throws HostError TIMEOUT, or CLOSED while another is running. */
  allReduce(values: Int32Array): Promise<Int32Array> {
    if (this.#exchange !== undefined)
      return Promise.reject(new HostError('CLOSED', 'a round is still running; await it'));
    const segments = segmentsOf(values.length);
    if (segments > MAX_SEGMENTS) {
      const problem = `a gradient of ${values.length} values is too long; split it`;
      return Promise.reject(new HostError('TOO_LARGE', problem));
    }
    return new Promise((resolve, reject) => {
      this.#round = (this.#round + 1) >>> 0;
      const result = new Int32Array(values.length);
      this.#exchange = { values, result, segments, sent: 0, missing: segments, resolve, reject };
      this.#pump(this.#exchange);
    });
  }

  close(): void {
    this.#socket.close();
    this.#end()?.reject(HostError.closed('parameter worker'));
  }

  /** The round that was running, and is over. */
  #end(): Exchange | undefined {
    const exchange = this.#exchange;
    this.#exchange = undefined;
    this.#underWay.clear();
    return exchange;
  }

  #pump(exchange: Exchange): void {
    while (exchange.sent < exchange.segments && this.#underWay.hasRoom) this.#underWay.begin(exchange.sent++);
  }

  #send(index: number): void {
    const exchange = this.#exchange;
    if (exchange === undefined) return;
    const from = index * SEGMENT_VALUES;
    const count = Math.min(SEGMENT_VALUES, exchange.values.length - from);
    const packet = this.#packet;
    packet[0] = PUSH;
    writeU16(packet, 2, this.#options.worker);
    writeU32(packet, 4, this.#round);
    writeU32(packet, 8, index);
    writeU32(packet, 12, exchange.segments);
    writeValues(packet, SEGMENT_HEADER, exchange.values, from, count);
    const bytes = packet.subarray(0, SEGMENT_HEADER + 4 * count);
    this.#socket.send(bytes, this.#options.server, this.#options.serverPort ?? PARAMETER_SERVER_PORT);
  }

  #receive(bytes: Uint8Array): void {
    const exchange = this.#exchange;
    const index = readU32(bytes, 8);
    if (exchange === undefined || bytes[0] !== RESULT || readU32(bytes, 4) !== this.#round) return;
    if (readU16(bytes, 2) !== this.#options.worker || index >= exchange.sent) return;
    const from = index * SEGMENT_VALUES;
    const count = Math.min(SEGMENT_VALUES, exchange.values.length - from);
    if (bytes.length !== SEGMENT_HEADER + 4 * count || !this.#underWay.answered(index)) return;
    readValues(bytes, SEGMENT_HEADER, exchange.result, from, count);
    exchange.missing--;
    if (exchange.missing > 0) this.#pump(exchange);
    else this.#end()?.resolve(exchange.result);
  }
}
