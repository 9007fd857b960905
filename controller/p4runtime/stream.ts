import type { ClientDuplexStream, ServiceError } from '@grpc/grpc-js';
import type {
  DigestList,
  IdleTimeoutNotification,
  MasterArbitrationUpdate,
  PacketIn,
  StreamError,
  StreamMessageRequest,
} from 'p4runtime-js';
import { type P4RuntimeClient, P4RuntimeService } from 'p4runtime-js/service';
import {
  type RawPacketIn,
  readStreamMessage,
  type StreamMessage,
  writeStreamMessage,
} from './direct/stream-messages.js';
import type { P4RuntimeError } from './errors.js';
import { fromServiceError } from './status.js';
import { bytesToBigint } from './values.js';

export type StreamCall = ClientDuplexStream<StreamMessageRequest | Buffer, StreamMessage>;

export function openStream(client: P4RuntimeClient): StreamCall {
  return client.makeBidiStreamRequest(
    P4RuntimeService.StreamChannel.path,
    writeStreamMessage,
    readStreamMessage,
  );
}

/** What a stream tells its owner. `ended` comes last and once. */
export interface StreamHandlers {
  arbitration(message: MasterArbitrationUpdate): void;
  packetIn(message: RawPacketIn): void;
  digest(message: DigestList): void;
  idleTimeout(message: IdleTimeoutNotification): void;
  error(message: StreamError): void;
  /** A message of a kind that is not known here, such as one of a newer server; in words. */
  unknown(what: string): void;
  /** After each message, whatever it was. */
  received(): void;
  ended(error: P4RuntimeError | undefined): void;
}

/** One StreamChannel call. */
export class SwitchStream {
  readonly #call: StreamCall;
  readonly #where: string;
  readonly #maxQueued: number;
  readonly #handlers: StreamHandlers;
  #open = true;

  /** `maxQueued`: messages that may wait for the connection before send() refuses more. */
  constructor(call: StreamCall, where: string, maxQueued: number, handlers: StreamHandlers) {
    this.#call = call;
    this.#where = where;
    this.#maxQueued = maxQueued;
    this.#handlers = handlers;
    call.on('data', (message: StreamMessage) => {
      this.#dispatch(message, handlers);
      handlers.received();
    });
    call.on('error', (error: ServiceError) => this.#end(handlers, fromServiceError(error, this.#where)));
    call.on('end', () => {
      // A failed call reports its error after 'end'; give it the chance to be the one that counts.
      setImmediate(() => this.#end(handlers, undefined));
    });
  }

  /** False where the stream has ended, or too many messages are waiting and it is not urgent; it is then dropped. */
  send(message: StreamMessageRequest | Buffer, isUrgent: boolean): boolean {
    if (!this.#open || (!isUrgent && this.#call.writableLength >= this.#maxQueued)) return false;
    this.#call.write(message);
    return true;
  }

  /** Ends the call in order: the switch sees the client leave. */
  end(): void {
    if (this.#open) this.#call.end();
  }

  cancel(): void {
    if (this.#open) this.#call.cancel();
  }

  /** Ends it here and now with an error, whatever the peer does. */
  abandon(error: P4RuntimeError): void {
    this.#end(this.#handlers, error);
    this.#call.cancel();
  }

  #end(handlers: StreamHandlers, error: P4RuntimeError | undefined): void {
    if (!this.#open) return;
    this.#open = false;
    handlers.ended(error);
  }

  #dispatch(message: StreamMessage, handlers: StreamHandlers): void {
    if ('payload' in message) {
      handlers.packetIn(message);
      return;
    }
    const packet = message.getPacket();
    const digest = message.getDigest();
    const arbitration = message.getArbitration();
    const idle = message.getIdleTimeoutNotification();
    const error = message.getError();
    if (packet !== undefined) handlers.packetIn(rawPacketIn(packet));
    else if (digest !== undefined) handlers.digest(digest);
    else if (arbitration !== undefined) handlers.arbitration(arbitration);
    else if (idle !== undefined) handlers.idleTimeout(idle);
    else if (error !== undefined) handlers.error(error);
    else handlers.unknown(`a message of case ${message.getUpdateCase()} arrived, not supported`);
  }
}

function rawPacketIn(packet: PacketIn): RawPacketIn {
  const metadata = packet
    .getMetadataList()
    .map((part) => ({ id: part.getMetadataId(), value: bytesToBigint(part.getValue_asU8()) }));
  return { payload: packet.getPayload_asU8(), metadata };
}
