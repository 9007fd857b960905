import type { NamedPacket } from '../wire/index.js';
import type { Query } from './query.js';
import type { Exchange } from './transport/exchange.js';

/** Who finishes a query for its handler. */
export interface QueryOwner {
  reply(query: PendingQuery, payload: Uint8Array, remember: boolean): void;
  adopt(query: PendingQuery): Exchange | undefined;
  refuse(query: PendingQuery, reason: number): void;
}

/** A request of one datagram whose handler runs. */
export class PendingQuery implements Query {
  /** Its bytes are its own. */
  readonly packet: NamedPacket;
  readonly key: string;
  readonly fromAddress: string;
  readonly fromPort: number;
  cancelled: (() => void) | undefined;
  readonly #owner: QueryOwner;
  #over = false;

  /** `packet` is valid during the call only. */
  constructor(packet: NamedPacket, key: string, fromAddress: string, fromPort: number, owner: QueryOwner) {
    this.packet = copyOf(packet);
    this.key = key;
    this.fromAddress = fromAddress;
    this.fromPort = fromPort;
    this.#owner = owner;
  }

  get payload(): Uint8Array {
    return this.packet.payload;
  }

  answer(payload: Uint8Array, remember: boolean): void {
    if (this.#finish()) this.#owner.reply(this, payload, remember);
  }

  adopt(): Exchange | undefined {
    return this.#finish() ? this.#owner.adopt(this) : undefined;
  }

  refuse(reason: number): void {
    if (this.#finish()) this.#owner.refuse(this, reason);
  }

  /** The caller gives the request up. */
  cancel(): void {
    if (this.#finish()) this.cancelled?.();
  }

  #finish(): boolean {
    if (this.#over) return false;
    this.#over = true;
    return true;
  }
}

/** A packet without `kv` whose bytes are its own: one piece of Buffer's pool, since memory of its own costs more than what is in it. */
function copyOf(packet: NamedPacket): NamedPacket {
  const { dst, src, text, payload } = packet;
  const [toSrc, toText] = [dst.length, dst.length + src.length];
  const toPayload = toText + text.length;
  const bytes = Buffer.allocUnsafe(toPayload + payload.length);
  bytes.set(dst);
  bytes.set(src, toSrc);
  bytes.set(text, toText);
  bytes.set(payload, toPayload);
  return {
    ...packet,
    dst: bytes.subarray(0, toSrc),
    src: bytes.subarray(toSrc, toText),
    text: bytes.subarray(toText, toPayload),
    payload: bytes.subarray(toPayload),
  };
}
