import type { NamedPacket } from '../wire/index.js';
import type { Query } from './query.js';
import type { Reply } from './reply.js';
import type { ServiceRequest } from './service-request.js';
import type { Exchange } from './transport/exchange.js';

/** Returns the answer's payload, or throws: a Refusal becomes a Nack with its reason, anything else UNAVAILABLE. */
export type Handler = (request: ServiceRequest) => Uint8Array | Promise<Uint8Array>;

/**
 * Takes a stream and gives one back; `request.payload` is empty. When it returns, its stream is ended; what it throws resets
 * the exchange, as a handler's errors become Nacks.
 */
export type StreamHandler = (exchange: Exchange, request: ServiceRequest) => void | Promise<void>;

/**
 * Takes a request that came as one datagram; whether it is answered with one, or goes on as an exchange, is decided when its
 * answer is known.
 */
export type QueryHandler = (query: Query) => void;

/** How a service handles what it is asked. */
export type Handling =
  | { readonly handler: Handler }
  | { readonly streams: StreamHandler; readonly queries?: QueryHandler | undefined }
  /** What is no packet for `packets` comes to `handler`, where there is one. */
  | { readonly packets: PacketHandler; readonly handler?: Handler | undefined };

/** A handler below the payload: sees the packet (valid during the call only) and answers at once or not at all. */
export type PacketHandler = (packet: NamedPacket, sourceKey: string) => Reply | undefined;

/** What takes payloads, where anything does. */
export function handlerOf(handling: Handling): Handler | undefined {
  return 'handler' in handling ? handling.handler : undefined;
}
