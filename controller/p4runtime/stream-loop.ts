import { type StreamError as StreamErrorMessage, StreamMessageRequest } from 'p4runtime-js';
import type { P4RuntimeClient } from 'p4runtime-js/service';
import type { Arbitrator } from './arbitration.js';
import type { Backoff } from './backoff.js';
import { type DigestList, decodeDigestList, digestAck } from './digests.js';
import { decodeTableEntry } from './entities/table-entry.js';
import { P4RuntimeError, statusName } from './errors.js';
import type { Notices, StreamProblem } from './notices.js';
import { decodePacketIn } from './packet-io.js';
import type { Schema } from './schema.js';
import { openStream, SwitchStream } from './stream.js';
import { clampedTimer } from './timer.js';

export interface StreamLoopOptions {
  readonly client: P4RuntimeClient;
  readonly address: string;
  readonly arbitrator: Arbitrator;
  readonly backoff: Backoff;
  readonly notices: Notices;
  readonly closing: AbortSignal;
  /** How long a bid may stay unanswered, milliseconds. */
  readonly answerTimeoutMs: number;
  readonly maxQueued: number;
  readonly ackDigests: boolean;
  /** Undefined = no pipeline is known yet. */
  readonly schema: () => Schema | undefined;
}

/** Keeps a stream to a switch, arbitrates on it, and opens another with backoff when it ends. */
export class StreamLoop {
  readonly #options: StreamLoopOptions;
  readonly #where: string;
  #stream: SwitchStream | undefined;
  #loop: Promise<void> | undefined;
  #fatal: P4RuntimeError | undefined;
  #lastError: P4RuntimeError | undefined;
  #stopAnswerTimer: () => void = () => undefined;
  /** When the switch first answered on this stream, milliseconds; undefined before. */
  #answeredAt: number | undefined;
  #received = 0;
  #sent = 0;
  #acksDropped = 0;
  #connections = 0;

  constructor(options: StreamLoopOptions) {
    this.#options = options;
    this.#where = `${options.address}: StreamChannel`;
  }

  /** Why this loop has given up; undefined where it has not. */
  get fatal(): P4RuntimeError | undefined {
    return this.#fatal;
  }

  /** What the last stream that failed ended with. */
  get lastError(): P4RuntimeError | undefined {
    return this.#lastError;
  }

  get received(): number {
    return this.#received;
  }

  get sent(): number {
    return this.#sent;
  }

  get counts() {
    return {
      streamMessagesReceived: this.#received,
      streamMessagesSent: this.#sent,
      acksDropped: this.#acksDropped,
      connections: this.#connections,
    };
  }

  /** Calling it again does nothing. */
  start(): void {
    this.#loop ??= this.#run();
  }

  /** Ends the call in order, so that the switch sees the client leave. */
  end(): void {
    this.#stream?.end();
  }

  /** The connection carries nothing any more: another stream is opened. */
  abandon(error: P4RuntimeError): void {
    this.#stream?.abandon(error);
  }

  /** Resolves when nothing of the loop runs any more. `closing` must be aborted. */
  async stopped(): Promise<void> {
    this.#stream?.cancel();
    await this.#loop;
  }

  /** A packet-out. False where the stream is down or clogged: it is dropped. */
  sendPacket(message: Buffer): boolean {
    return this.#send(message, false);
  }

  /** False where it could not be sent: the switch sends the list again after its ack timeout. */
  acknowledge(list: Pick<DigestList, 'digestId' | 'listId'>): boolean {
    const message = new StreamMessageRequest();
    message.setDigestAck(digestAck(list));
    const isSent = this.#send(message, false);
    if (!isSent) this.#acksDropped += 1;
    return isSent;
  }

  async #run(): Promise<void> {
    const { arbitrator, backoff, closing, notices } = this.#options;
    while (!closing.aborted) {
      const error = await this.#session();
      this.#stopAnswerTimer();
      this.#stream = undefined;
      // A switch that answers and is gone at once is approached more and more slowly all the same.
      if (this.#answeredAt !== undefined) backoff.lasted(performance.now() - this.#answeredAt);
      this.#answeredAt = undefined;
      this.#lastError = error ?? this.#lastError;
      const again = arbitrator.disconnected(error);
      if (!again) this.#fatal = error;
      if (closing.aborted) return;
      notices.stateChanged.emit(arbitrator.state);
      if (!again) return;
      await backoff.wait(closing);
    }
  }

  /** One stream from its opening to its end; the error it ended with, if any. */
  #session(): Promise<P4RuntimeError | undefined> {
    const { client, arbitrator, notices, maxQueued, ackDigests, schema } = this.#options;
    return new Promise((resolve) => {
      this.#connections += 1;
      const stream = new SwitchStream(openStream(client), this.#where, maxQueued, {
        arbitration: (message) => {
          this.#stopAnswerTimer();
          this.#answeredAt ??= performance.now();
          const step = arbitrator.update(message);
          notices.stateChanged.emit(arbitrator.state);
          if (step === 'bid') this.#bid();
        },
        packetIn: (message) => notices.hear(notices.packetIn, () => decodePacketIn(schema(), message)),
        digest: (message) => {
          notices.hear(notices.digest, () => decodeDigestList(this.#known(), message));
          if (ackDigests) this.acknowledge({ digestId: message.getDigestId(), listId: message.getListId() });
        },
        idleTimeout: (message) =>
          notices.hear(notices.idleTimeout, () =>
            message.getTableEntryList().map((entry) => decodeTableEntry(this.#known(), entry)),
          ),
        error: (message) => notices.streamProblem.emit(readStreamError(message)),
        unknown: (what) => notices.failed.emit(new P4RuntimeError('BAD_ENTITY', `${this.#where}: ${what}`)),
        received: () => {
          this.#received += 1;
        },
        ended: resolve,
      });
      this.#stream = stream;
      this.#bid();
      notices.stateChanged.emit(arbitrator.state);
    });
  }

  #known(): Schema {
    const schema = this.#options.schema();
    if (schema !== undefined) return schema;
    throw new P4RuntimeError(
      'NO_PIPELINE',
      `${this.#where}: a message of a pipeline that is not known; call setPipeline or adoptPipeline`,
    );
  }

  #bid(): void {
    const { arbitrator, answerTimeoutMs } = this.#options;
    const message = new StreamMessageRequest();
    message.setArbitration(arbitrator.bid());
    this.#send(message, true);
    this.#stopAnswerTimer();
    // grpc-js waits without end for a peer that takes the connection and says nothing.
    this.#stopAnswerTimer = clampedTimer(answerTimeoutMs, () => {
      this.#stream?.abandon(
        new P4RuntimeError(
          'DEADLINE_EXCEEDED',
          `${this.#where}: no answer to the bid for ${answerTimeoutMs} ms; is it a P4Runtime server, and TLS or not as here?`,
        ),
      );
    });
  }

  #send(message: StreamMessageRequest | Buffer, isUrgent: boolean): boolean {
    if (this.#stream?.send(message, isUrgent) !== true) return false;
    this.#sent += 1;
    return true;
  }
}

function readStreamError(message: StreamErrorMessage): StreamProblem {
  return { code: statusName(message.getCanonicalCode()), message: message.getMessage() };
}
