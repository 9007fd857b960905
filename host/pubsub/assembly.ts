import type { StreamPacket } from './stream-packet.js';

/** A segment that comes in parts, in any order. */
export class Assembly {
  readonly #data: Uint8Array;
  readonly #have: Uint8Array;
  #missing: number;
  /** When a part came last. */
  at = 0;

  /** @param first part to come; the others have to agree with it */
  constructor(first: StreamPacket) {
    this.#data = new Uint8Array(first.length);
    this.#have = new Uint8Array(first.parts);
    this.#missing = first.parts;
  }

  /** The segment where this part was the last; undefined where parts are missing or it does not belong to the others. */
  take(packet: StreamPacket): Uint8Array | undefined {
    const { part, parts, length, data } = packet;
    if (parts !== this.#have.length || length !== this.#data.length) return undefined;
    if (this.#have[part] === 1) return undefined;
    // All parts but the last are of one length.
    const from = part === parts - 1 ? length - data.length : part * data.length;
    if (from < 0 || from + data.length > length) return undefined;
    this.#data.set(data, from);
    this.#have[part] = 1;
    this.#missing--;
    return this.#missing === 0 ? this.#data : undefined;
  }
}
