import type { ServerDuplexStream } from '@grpc/grpc-js';
import {
  type DigestListAck,
  DigestListAckError,
  type MasterArbitrationUpdate,
  type PacketOut,
  PacketOutError,
  StreamError,
  type StreamMessageRequest,
  StreamMessageResponse,
  StreamOtherError,
} from 'p4runtime-js';
import type { Contender } from './arbitration.js';
import type { ServerCounters } from './counters.js';
import { P4RuntimeError } from './error.js';

/** Stream messages a slow controller may be behind before packets, digests and notices are dropped. */
const MAX_BACKLOG = 8192;

type Stream = ServerDuplexStream<StreamMessageRequest, StreamMessageResponse>;

/** What a session needs of the server. */
export interface SessionHost {
  readonly counters: ServerCounters;
  arbitrate(session: Session, update: MasterArbitrationUpdate): void;
  packetOut(session: Session, packet: PacketOut): void;
  acknowledge(session: Session, ack: DigestListAck): void;
  leave(session: Session): void;
}

/** One controller's StreamChannel. */
export class Session implements Contender {
  electionId: bigint | undefined;
  /** Role the stream was opened for; undefined until the first arbitration. */
  role: string | undefined;
  private readonly stream: Stream;
  private readonly host: SessionHost;
  private open = true;

  constructor(stream: Stream, host: SessionHost) {
    this.stream = stream;
    this.host = host;
    stream.on('data', (request: StreamMessageRequest) => this.receive(request));
    stream.on('end', () => this.end());
    stream.on('cancelled', () => this.end());
    stream.on('close', () => this.end());
    stream.on('error', () => this.end());
  }

  /** Tells the controller how arbitration went. */
  notify(update: MasterArbitrationUpdate): void {
    const response = new StreamMessageResponse();
    response.setArbitration(update);
    this.write(response);
  }

  /** Sends a packet, digest list or notice; false, and counted as dropped, if the controller is too slow. */
  send(response: StreamMessageResponse): boolean {
    if (!this.open || this.stream.writableLength >= MAX_BACKLOG) {
      this.host.counters.streamMessagesDropped++;
      return false;
    }
    this.write(response);
    return true;
  }

  /** Ends the stream with the error's status. */
  fail(error: unknown): void {
    if (!this.open) return;
    const failure = P4RuntimeError.from(error);
    this.leave();
    this.stream.emit('error', { code: failure.number, details: failure.message });
  }

  /** Ends the stream with OK. */
  end(): void {
    if (!this.open) return;
    this.leave();
    this.stream.end();
  }

  private leave(): void {
    this.open = false;
    this.host.leave(this);
  }

  private write(response: StreamMessageResponse): void {
    if (!this.open) return;
    this.host.counters.streamMessagesSent++;
    this.stream.write(response);
  }

  private receive(request: StreamMessageRequest): void {
    if (!this.open) return;
    this.host.counters.streamMessagesReceived++;
    const arbitration = request.getArbitration();
    if (arbitration !== undefined) {
      try {
        this.host.arbitrate(this, arbitration);
      } catch (error) {
        this.fail(error);
      }
      return;
    }
    try {
      this.dispatch(request);
    } catch (error) {
      this.report(request, P4RuntimeError.from(error));
    }
  }

  private dispatch(request: StreamMessageRequest): void {
    const packet = request.getPacket();
    const ack = request.getDigestAck();
    if (packet !== undefined) this.host.packetOut(this, packet);
    else if (ack !== undefined) this.host.acknowledge(this, ack);
    else if (request.hasOther()) {
      throw new P4RuntimeError('UNIMPLEMENTED', 'v1model has no stream messages of its own');
    } else {
      throw new P4RuntimeError('INVALID_ARGUMENT', 'the stream message is empty; set one of its fields');
    }
  }

  /** Answers a stream message that could not be obeyed with a StreamError. */
  private report(request: StreamMessageRequest, failure: P4RuntimeError): void {
    const error = new StreamError();
    error.setCanonicalCode(failure.number);
    error.setMessage(failure.message);
    const packet = request.getPacket();
    const ack = request.getDigestAck();
    if (packet !== undefined) {
      const details = new PacketOutError();
      details.setPacketOut(packet);
      error.setPacketOut(details);
    } else if (ack !== undefined) {
      const details = new DigestListAckError();
      details.setDigestListAck(ack);
      error.setDigestListAck(details);
    } else {
      const details = new StreamOtherError();
      details.setOther(request.getOther());
      error.setOther(details);
    }
    const response = new StreamMessageResponse();
    response.setError(error);
    this.send(response);
  }
}
