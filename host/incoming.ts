import {
  decodeNamed,
  dstText,
  NackReason,
  type Name,
  type NamedPacket,
  PacketType,
  sameBytes,
  WireError,
} from '../wire/index.js';
import type { NameClient } from './client.js';
import type { HostCounters } from './host-options.js';
import { nackReply, type Reply } from './reply.js';
import type { ServiceTable } from './service-table.js';
import type { StreamListeners } from './stream-listeners.js';
import { isSegment } from './transport/segment.js';
import type { Transport } from './transport/transport.js';

/** Whom packets are for. */
export interface Receivers {
  /** The host's own name, which answers echo requests. */
  readonly name: Name;
  readonly services: ServiceTable;
  readonly streams: StreamListeners;
  readonly transport: Transport;
  readonly client: NameClient;
  answer(request: NamedPacket, reply: Reply, toAddress: string, toPort: number): void;
}

/** Takes named packets off the wire and hands each to whom it is for. */
export class Incoming {
  readonly counters: HostCounters = { received: 0, malformed: 0, mismatched: 0 };
  readonly #receivers: Receivers;
  readonly #longest: number;

  /** @param longest datagram that is taken, bytes */
  constructor(longest: number, receivers: Receivers) {
    this.#longest = longest;
    this.#receivers = receivers;
  }

  /** Takes a datagram; `bytes` are valid during the call only. */
  receive(bytes: Uint8Array, fromAddress: string, fromPort: number): void {
    this.counters.received++;
    if (bytes.length > this.#longest) {
      this.counters.malformed++;
      return;
    }
    const { services, streams, transport, client } = this.#receivers;
    let packet: NamedPacket;
    try {
      packet = decodeNamed(bytes);
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      this.counters.malformed++;
      return;
    }
    switch (packet.type) {
      case PacketType.SERVICE_REQUEST: {
        const service = services.covering(packet);
        if (packet.kv === undefined && isSegment(packet.payload)) {
          const taken = transport.receiveRequest(packet, service, fromAddress, fromPort);
          if (!taken) this.#mismatch(packet, fromAddress, fromPort);
        } else if (service !== undefined) service.receive(packet, fromAddress, fromPort);
        else this.#mismatch(packet, fromAddress, fromPort);
        return;
      }
      case PacketType.ECHO_REQUEST: {
        const text = dstText(packet);
        const own = this.#receivers.name.bytes;
        const known =
          (text.length === own.length && sameBytes(text, 0, own, 0, own.length)) ||
          services.covering(packet) !== undefined;
        const reply: Reply = { type: PacketType.ECHO_REPLY, reason: 0, payload: packet.payload };
        if (known) this.#receivers.answer(packet, reply, fromAddress, fromPort);
        else this.#mismatch(packet, fromAddress, fromPort);
        return;
      }
      case PacketType.NACK:
        if (!transport.receiveNack(packet)) client.receive(packet, fromAddress);
        return;
      default:
        if (packet.type === PacketType.SERVICE_DATA && streams.receive(packet)) return;
        if (
          packet.type === PacketType.SERVICE_DATA &&
          packet.kv === undefined &&
          isSegment(packet.payload) &&
          !client.expects(packet.requestId)
        ) {
          transport.receiveAnswer(packet, fromAddress, fromPort);
        } else client.receive(packet, fromAddress);
    }
  }

  /** The digests led here, the text belongs elsewhere: a collision, or a route that is out of date. */
  #mismatch(packet: NamedPacket, fromAddress: string, fromPort: number): void {
    this.counters.mismatched++;
    this.#receivers.answer(packet, nackReply(NackReason.NAME_MISMATCH), fromAddress, fromPort);
  }
}
