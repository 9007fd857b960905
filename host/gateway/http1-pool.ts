import { connect, type Socket } from 'node:net';
import { HostError } from '../errors.js';
import type { HeaderLines, ResponseHead } from './heads.js';
import { Http1Response, type ResponseReader } from './http1-response.js';
import type { OriginCall, OriginSink } from './origin.js';

export interface Http1PoolOptions {
  readonly host: string;
  readonly port: number;
  readonly maxConnections: number;
}

/** A request as it is written: its head up to the empty line, and all of its body. */
export interface Http1Request {
  readonly method: string;
  readonly head: string;
  readonly body: Uint8Array | undefined;
  /** Whether it may be sent again where a kept connection turns out to be closed (RFC 9110 section 9.2.2). */
  readonly repeatable: boolean;
}

/** Idle connections are closed after this long, or a second before the server says it would, milliseconds. */
const IDLE_MS = 4000;
const SWEEP_MS = 500;
/**
 * All connections read into the same memory, one after the other: what is in it is handed on, or copied, before the next read. Without
 * it node makes a buffer of 64 KiB for each read, which costs more than all else that is done to a short response.
 */
const READ_BYTES = 262_144;

/** Connections to an HTTP/1.1 server, kept for further requests. */
export class Http1Pool {
  readonly #options: Http1PoolOptions;
  readonly #memory = Buffer.allocUnsafeSlow(READ_BYTES);
  readonly #idle: Connection[] = [];
  readonly #open = new Set<Connection>();
  readonly #waiting = new Set<Call>();
  readonly #sweep: NodeJS.Timeout;
  #closed = false;

  constructor(options: Http1PoolOptions) {
    this.#options = options;
    this.#sweep = setInterval(() => this.#closeIdle(performance.now()), SWEEP_MS);
    this.#sweep.unref();
  }

  send(request: Http1Request, sink: OriginSink): OriginCall {
    const call = new Call(request, sink, (waiting) => this.#waiting.delete(waiting));
    if (this.#closed) queueMicrotask(() => call.fail(HostError.closed('origin')));
    else this.#start(call);
    return call;
  }

  /** Requests at work fail. */
  close(): void {
    this.#closed = true;
    clearInterval(this.#sweep);
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const call of waiting) call.fail(HostError.closed('origin'));
    for (const connection of [...this.#open]) connection.close(HostError.closed('origin'));
  }

  #start(call: Call): void {
    const connection = this.#idle.pop();
    if (connection !== undefined) connection.begin(call);
    else if (this.#open.size < this.#options.maxConnections) this.#connect().begin(call);
    else this.#waiting.add(call);
  }

  #connect(): Connection {
    const connection = new Connection(this.#options, this.#memory, this.#free, this.#gone);
    this.#open.add(connection);
    return connection;
  }

  readonly #free = (connection: Connection): void => {
    const next = this.#next();
    if (next === undefined) this.#idle.push(connection);
    else connection.begin(next);
  };

  readonly #gone = (connection: Connection, unanswered: Call | undefined): void => {
    this.#open.delete(connection);
    const at = this.#idle.indexOf(connection);
    if (at >= 0) this.#idle.splice(at, 1);
    // Others that were kept may be closed as well: a new one is not.
    const next = this.#closed ? undefined : (unanswered ?? this.#next());
    if (next !== undefined) this.#connect().begin(next);
    else unanswered?.fail(HostError.closed('origin'));
  };

  #next(): Call | undefined {
    for (const call of this.#waiting) {
      this.#waiting.delete(call);
      return call;
    }
    return undefined;
  }

  #closeIdle(now: number): void {
    for (const connection of [...this.#idle]) if (connection.idleUntil <= now) connection.close(undefined);
  }
}

/** One request, and where its response goes. */
class Call implements OriginCall {
  readonly request: Http1Request;
  readonly sink: OriginSink;
  readonly #onCancelled: (call: Call) => void;
  connection: Connection | undefined;
  over = false;

  constructor(request: Http1Request, sink: OriginSink, onCancelled: (call: Call) => void) {
    this.request = request;
    this.sink = sink;
    this.#onCancelled = onCancelled;
  }

  resume(): void {
    this.connection?.resume();
  }

  cancel(): void {
    if (this.over) return;
    this.over = true;
    if (this.connection === undefined) this.#onCancelled(this);
    else this.connection.close(undefined);
  }

  fail(error: Error): void {
    if (this.over) return;
    this.over = true;
    this.sink.failed(error);
  }
}

/** One connection: a request at a time. */
class Connection implements ResponseReader {
  readonly #socket: Socket;
  readonly #onFree: (connection: Connection) => void;
  readonly #onGone: (connection: Connection, unanswered: Call | undefined) => void;
  #call: Call | undefined;
  #response: Http1Response | undefined;
  /** Requests it has carried. */
  #requests = 0;
  /** Something of the response at work has come. */
  #heard = false;
  #closed = false;
  /** On the clock of performance.now(). */
  idleUntil = Number.POSITIVE_INFINITY;

  constructor(
    { host, port }: Http1PoolOptions,
    memory: Buffer,
    onFree: (connection: Connection) => void,
    onGone: (connection: Connection, unanswered: Call | undefined) => void,
  ) {
    this.#onFree = onFree;
    this.#onGone = onGone;
    this.#socket = connect({
      host,
      port,
      noDelay: true,
      onread: { buffer: memory, callback: (length) => this.#take(memory, length) },
    });
    this.#socket.on('error', (error) => this.close(error));
    this.#socket.on('end', () => this.#ended());
    this.#socket.on('close', () => this.#ended());
  }

  begin(call: Call): void {
    const { method, head, body } = call.request;
    this.#call = call;
    call.connection = this;
    this.#response = new Http1Response(method, this);
    this.#requests++;
    this.#heard = false;
    if (body === undefined || body.length === 0) this.#socket.write(head, 'latin1');
    else {
      const out = Buffer.allocUnsafe(head.length + body.length);
      out.write(head, 0, 'latin1');
      out.set(body, head.length);
      this.#socket.write(out);
    }
  }

  resume(): void {
    this.#socket.resume();
  }

  /** Ends it. The request at work fails with `error`; without one nobody hears of it any more. */
  close(error: Error | undefined): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#socket.destroy();
    const call = this.#call;
    this.#call = undefined;
    // The server may have closed it while the request was on its way (RFC 9112 section 9.3.1).
    const repeats = call !== undefined && !call.over && this.#requests > 1 && !this.#heard;
    const again = error !== undefined && repeats && call.request.repeatable;
    if (call !== undefined) call.connection = undefined;
    this.#onGone(this, again ? call : undefined);
    if (!again && error !== undefined) call?.fail(error);
  }

  head(head: ResponseHead): void {
    this.#call?.sink.head(head);
  }

  data(bytes: Buffer): void {
    const call = this.#call;
    if (call === undefined || call.over) return;
    if (!call.sink.data(bytes)) this.#socket.pause();
  }

  end(trailers: HeaderLines): void {
    const call = this.#call;
    this.#call = undefined;
    if (call === undefined || call.over) return;
    call.over = true;
    call.connection = undefined;
    call.sink.end(trailers);
  }

  #take(memory: Buffer, length: number): boolean {
    const response = this.#response;
    // A server that speaks unasked, or goes on after its response, is not one to ask again.
    if (response === undefined || this.#closed) {
      this.close(undefined);
      return true;
    }
    this.#heard = true;
    try {
      const used = response.take(memory.subarray(0, length));
      if (!response.done) return !this.#socket.isPaused();
      this.#response = undefined;
      if (used < length || !response.persistent) this.close(undefined);
      else this.#becomeFree(response.keepAliveS);
    } catch (error) {
      this.close(error instanceof Error ? error : new Error(String(error)));
    }
    return true;
  }

  #becomeFree(keepAliveS: number | undefined): void {
    const limit = keepAliveS === undefined ? IDLE_MS : Math.min(IDLE_MS, keepAliveS * 1000 - 1000);
    if (limit <= 0) {
      this.close(undefined);
      return;
    }
    this.idleUntil = performance.now() + limit;
    if (this.#socket.isPaused()) this.#socket.resume();
    this.#onFree(this);
  }

  #ended(): void {
    if (this.#closed) return;
    try {
      this.#response?.close();
      this.close(undefined);
    } catch (error) {
      this.close(error instanceof Error ? error : new Error(String(error)));
    }
  }
}
