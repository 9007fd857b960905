import { type Kv, type Name, type NamedPacket, namesOf } from '../wire/index.js';
import type { HostEnvironment, Timer } from './environment.js';
import { decodePatience } from './patience.js';
import type { Exchange } from './transport/exchange.js';

/** A request as a handler sees it. */
export class ServiceRequest {
  /** The handler's own copy. */
  readonly payload: Uint8Array;
  readonly instance: number;
  readonly attempt: number;
  readonly tag: number;
  readonly kv: Kv | undefined;
  /** When the caller gives up, microseconds of this host's clock; undefined where it has not told. */
  readonly deadline: number | undefined;
  readonly #packet: NamedPacket;
  readonly #text: Uint8Array;
  readonly #environment: HostEnvironment;
  #signal: AbortSignal | undefined;
  #abort: AbortController | undefined;
  #expiry: Timer | undefined;

  constructor(
    environment: HostEnvironment,
    packet: NamedPacket,
    payload: Uint8Array = packet.payload.slice(),
    exchange?: Exchange,
  ) {
    this.#environment = environment;
    this.payload = payload;
    this.#signal = exchange?.signal;
    const patience = decodePatience(packet.patience);
    const told = patience === undefined ? undefined : environment.now() + patience;
    this.deadline = exchange?.options.deadline ?? told;
    this.instance = packet.instance;
    this.attempt = packet.attempt;
    this.tag = packet.tag;
    this.kv = packet.kv && { ...packet.kv, key: packet.kv.key.slice(), value: packet.kv.value.slice() };
    this.#text = packet.text.slice();
    this.#packet = packet;
  }

  /** Aborted when the caller wants no answer any more: it has cancelled, or its deadline has passed. */
  get signal(): AbortSignal {
    if (this.#signal === undefined) {
      this.#abort = new AbortController();
      this.#signal = this.#abort.signal;
      if (this.deadline !== undefined) {
        const left = Math.max(0, this.deadline - this.#environment.now());
        this.#expiry = this.#environment.setTimer(left, () => this.cancel());
      }
    }
    return this.#signal;
  }

  /** For the service: it has been answered. */
  done(): void {
    this.#expiry?.cancel();
  }

  /** For the service: the caller has cancelled, or its time is over. */
  cancel(): void {
    // Whoever asks for the signal later finds it aborted already.
    if (this.#signal === undefined) this.#signal = AbortSignal.abort();
    this.#abort?.abort();
  }

  /** The full name that was called. @throws WireError where the text block holds no names. */
  get name(): Name {
    return namesOf({ ...this.#packet, text: this.#text }).dst;
  }

  /** The caller's name. @throws WireError where the text block holds no names. */
  get source(): Name {
    return namesOf({ ...this.#packet, text: this.#text }).src;
  }
}
