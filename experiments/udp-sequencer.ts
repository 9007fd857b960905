import {
  type DatagramSocket,
  type HostEnvironment,
  HostError,
  RttEstimator,
  type Timer,
} from '../host/index.js';
import { readU32, writeU32 } from '../wire/index.js';

export const SEQUENCER_PORT = 7079;
const BYTES = 12;

/**
 * A sequencer as a server: what drawing numbers takes without a computing network. A request is client 32, request 32,
 * number 32 (empty); the answer is the same with the number. A repeated request gets its first answer again. A real
 * server takes time for a request; here it takes `serviceUs` of it, one request after the other.
 */
export class SequencerServer {
  readonly #environment: HostEnvironment;
  readonly #socket: DatagramSocket;
  readonly #serviceUs: number;
  readonly #answers = new Map<number, { request: number; number: number }>();
  #next = 0;
  #freeAt = 0;

  /** @param serviceUs the processor's time for one request, microseconds */
  constructor(environment: HostEnvironment, serviceUs: number) {
    this.#environment = environment;
    this.#serviceUs = serviceUs;
    this.#socket = environment.openSocket(SEQUENCER_PORT);
    this.#socket.onMessage = (bytes, address, port) => {
      const copy = bytes.slice();
      const now = environment.now();
      this.#freeAt = Math.max(this.#freeAt, now) + this.#serviceUs;
      if (this.#serviceUs === 0) this.#answer(copy, address, port);
      else this.#environment.setTimer(this.#freeAt - now, () => this.#answer(copy, address, port));
    };
  }

  close(): void {
    this.#socket.close();
  }

  #answer(bytes: Uint8Array, address: string, port: number): void {
    if (bytes.length !== BYTES) return;
    const client = readU32(bytes, 0);
    const request = readU32(bytes, 4);
    let answer = this.#answers.get(client);
    if (answer === undefined || ((request - answer.request) | 0) > 0) {
      answer = { request, number: this.#next++ };
      this.#answers.set(client, answer);
    } else if (answer.request !== request) return;
    writeU32(bytes, 8, answer.number);
    this.#socket.send(bytes, address, port);
  }
}

/** Draws numbers from a SequencerServer, one at a time. */
export class SequencerClient {
  readonly #environment: HostEnvironment;
  readonly #socket: DatagramSocket;
  readonly #server: string;
  readonly #packet = new Uint8Array(BYTES);
  readonly #rtt = new RttEstimator({ initialUs: 20_000, minUs: 1_000, maxUs: 500_000 });
  #request = 0;
  #timer: Timer | undefined;
  #resolve: ((number: number) => void) | undefined;
  #sentAt = 0;
  #retries = 0;

  constructor(environment: HostEnvironment, client: number, server: string) {
    this.#environment = environment;
    this.#server = server;
    this.#socket = environment.openSocket(0);
    this.#socket.onMessage = (bytes) => this.#receive(bytes);
    writeU32(this.#packet, 0, client);
  }

  /** @throws HostError TIMEOUT after 40 repetitions */
  next(): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#request = (this.#request + 1) >>> 0;
      writeU32(this.#packet, 4, this.#request);
      this.#resolve = resolve;
      this.#retries = 0;
      this.#send(reject);
    });
  }

  close(): void {
    this.#timer?.cancel();
    this.#socket.close();
  }

  #send(reject: (error: HostError) => void): void {
    this.#sentAt = this.#environment.now();
    this.#socket.send(this.#packet, this.#server, SEQUENCER_PORT);
    this.#timer = this.#environment.setTimer(this.#rtt.timeoutUs(this.#retries), () => {
      if (++this.#retries <= 40) this.#send(reject);
      else reject(HostError.timeout(`sequencer ${this.#server}`, this.#retries, 0));
    });
  }

  #receive(bytes: Uint8Array): void {
    const resolve = this.#resolve;
    if (resolve === undefined || bytes.length !== BYTES || readU32(bytes, 4) !== this.#request) return;
    this.#resolve = undefined;
    this.#timer?.cancel();
    if (this.#retries === 0) this.#rtt.sample(this.#environment.now() - this.#sentAt);
    resolve(readU32(bytes, 8));
  }
}
