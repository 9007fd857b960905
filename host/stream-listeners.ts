import { dstText, type Name, type NamedPacket, sameBytes } from '../wire/index.js';

/** Takes the payload of a packet of a live stream; valid during the call only. */
export type StreamListener = (payload: Uint8Array) => void;

/** Who on this host hears which live streams. */
export class StreamListeners {
  readonly #listeners: { readonly name: Name; readonly take: StreamListener }[] = [];

  /** Hears a stream until the returned function is called. */
  add(name: Name, take: StreamListener): () => void {
    const listener = { name, take };
    this.#listeners.push(listener);
    return () => {
      const at = this.#listeners.indexOf(listener);
      if (at >= 0) this.#listeners.splice(at, 1);
    };
  }

  /** Hands a packet to who hears its name. @returns whether anybody does */
  receive(packet: NamedPacket): boolean {
    if (this.#listeners.length === 0) return false;
    const text = dstText(packet);
    let heard = false;
    for (const { name, take } of [...this.#listeners]) {
      const { bytes } = name;
      if (bytes.length !== text.length || !sameBytes(bytes, 0, text, 0, text.length)) continue;
      heard = true;
      take(packet.payload);
    }
    return heard;
  }
}
