import type { ClientDuplexStream, ServiceError } from '@grpc/grpc-js';
import type {
  DigestList,
  IdleTimeoutNotification,
  MasterArbitrationUpdate,
  PacketIn,
  StreamError,
  StreamMessageRequest,
  StreamMessageResponse,
} from 'p4runtime-js';
import type { P4RuntimeError } from './errors.js';
import { fromServiceError } from './status.js';

export type StreamCall = ClientDuplexStream<StreamMessageRequest, StreamMessageResponse>;

/** What a stream tells its owner. `ended` comes last and once. */
export interface StreamHandlers {
  arbitration(message: MasterArbitrationUpdate): void;
  packetIn(message: PacketIn): void;
  digest(message: DigestList): void;
  idleTimeout(message: IdleTimeoutNotification): void;
  error(message: StreamError): void;
  /** After each message, whatever it was. */
  received(): void;
  ended(error: P4RuntimeError | undefined): void;
}

/** One StreamChannel call. */
export class SwitchStream {
  readonly #call: StreamCall;
  readonly #where: string;
  readonly #maxQueued: number;
  #open = true;

  /** `maxQueued`: messages that may wait for the connection before send() refuses more. */
  constructor(call: StreamCall, where: string, maxQueued: number, handlers: StreamHandlers) {
    this.#call = call;
    this.#where = where;
    this.#maxQueued = maxQueued;
    call.on('data', (message: StreamMessageResponse) => {
      this.#dispatch(message, handlers);
      handlers.received();
    });
    call.on('error', (error: ServiceError) => this.#end(handlers, fromServiceError(error, this.#where)));
    call.on('end', () => {
      // A failed call reports its error after 'end'; give it the chance to be the one that counts.
      setImmediate(() => this.#end(handlers, undefined));
    });
  }

  /** False where the stream has ended or too many messages are waiting; the message is then dropped. */
  send(message: StreamMessageRequest): boolean {
    if (!this.#open || this.#call.writableLength >= this.#maxQueued) return false;
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

  #end(handlers: StreamHandlers, error: P4RuntimeError | undefined): void {
    if (!this.#open) return;
    this.#open = false;
    handlers.ended(error);
  }

  #dispatch(message: StreamMessageResponse, handlers: StreamHandlers): void {
    const packet = message.getPacket();
    const digest = message.getDigest();
    const arbitration = message.getArbitration();
    const idle = message.getIdleTimeoutNotification();
    const error = message.getError();
    if (packet !== undefined) handlers.packetIn(packet);
    else if (digest !== undefined) handlers.digest(digest);
    else if (arbitration !== undefined) handlers.arbitration(arbitration);
    else if (idle !== undefined) handlers.idleTimeout(idle);
    else if (error !== undefined) handlers.error(error);
  }
}
