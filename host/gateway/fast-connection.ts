import { type Server as HttpServer, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { BlockPool } from '../block-pool.js';
import { drained } from './drained.js';
import { FIELD_LINES, framingOf, linesOf } from './field-lines.js';
import { Fields, type HeaderLines, type RequestHead, type ResponseHead, withTrace } from './heads.js';
import type { HttpClient } from './http-client.js';

/** Answers one request; `body` is all of its body. */
export type Forward = (head: RequestHead, body: Uint8Array, client: HttpClient) => void;

/** Heads longer than this are left to node:http, which has its own limit. */
const MAX_HEAD = 16_384;
const NO_BYTES = new Uint8Array(0);
const blocks = new BlockPool();
const REQUEST = new RegExp(`^([A-Z]{3,16}) (/[\\x21-\\x7e]*) HTTP/1\\.1(${FIELD_LINES})$`);

interface Parsed {
  readonly head: RequestHead;
  readonly body: Uint8Array;
  /** Bytes of the whole request. */
  readonly length: number;
}

/**
 * The request a chunk begins with where it is whole and plain: HTTP/1.1 in its strict form, nothing about the connection, the body there
 * and of stated length. Undefined for everything else, which is node:http's to take or to refuse.
 */
function parse(chunk: Buffer): Parsed | undefined {
  const text = chunk.toString('latin1', 0, Math.min(chunk.length, MAX_HEAD));
  const headEnd = text.indexOf('\r\n\r\n');
  const match = headEnd < 0 ? null : REQUEST.exec(text.slice(0, headEnd));
  if (match === null) return undefined;
  const [, method = '', path = '', lines = ''] = match;
  const framing = framingOf(lines);
  const { contentLength = 0, connection } = framing;
  const bodyAt = headEnd + 4;
  const end = bodyAt + contentLength;
  const plain =
    framing.hosts === 1 &&
    (connection === '' || connection === 'keep-alive') &&
    framing.transferEncoding === '' &&
    framing.upgrade === '' &&
    !framing.expects &&
    method !== 'CONNECT';
  // NaN is not less than anything.
  if (!plain || !(end <= chunk.length)) return undefined;
  const head: RequestHead = {
    method,
    path,
    kind: end > bodyAt ? 'body' : 'bare',
    timeoutMs: 0,
    fields: Fields.of({ ...framing, lines: withTrace(framing) }),
  };
  return { head, body: end > bodyAt ? chunk.subarray(bodyAt, end) : NO_BYTES, length: end };
}

/**
 * A client's connection that is served without node:http as long as its requests are whole and plain; at the first other one it is
 * handed over, and stays there. Most calls of services are plain, and node's server costs more than all else that is done to them.
 */
export class FastConnection {
  readonly #socket: Socket;
  readonly #server: HttpServer;
  readonly #forward: Forward;
  readonly #onOver: (connection: FastConnection) => void;
  #current: FastClient | undefined;
  #waiting: Buffer | undefined;
  /** Since when no request is at work, milliseconds of performance.now(). */
  idleSince = performance.now();

  constructor(
    socket: Socket,
    server: HttpServer,
    forward: Forward,
    onOver: (connection: FastConnection) => void,
  ) {
    this.#socket = socket;
    this.#server = server;
    this.#forward = forward;
    this.#onOver = onOver;
    socket.setNoDelay(true);
    socket.on('data', this.#take);
    socket.on('error', this.#failed);
    socket.on('close', this.#closed);
    socket.on('end', this.#ended);
  }

  get idle(): boolean {
    return this.#current === undefined;
  }

  /** Ends the connection, after the request at work. */
  end(): void {
    if (this.#current === undefined) this.#socket.end();
    else this.#current.last = true;
  }

  destroy(): void {
    this.#socket.destroy();
  }

  readonly #take = (chunk: Buffer): void => {
    if (this.#current !== undefined) {
      // Sent ahead of the answer (pipelining): one chunk is held, more is left in the socket.
      this.#waiting = this.#waiting === undefined ? chunk : Buffer.concat([this.#waiting, chunk]);
      this.#socket.pause();
      return;
    }
    const parsed = parse(chunk);
    if (parsed === undefined) {
      this.#handOver(chunk);
      return;
    }
    if (parsed.length < chunk.length) this.#waiting = chunk.subarray(parsed.length);
    const client = new FastClient(this.#socket, parsed.head.method === 'HEAD', this.#done);
    this.#current = client;
    this.#forward(parsed.head, parsed.body, client);
  };

  readonly #done = (): void => {
    const last = this.#current?.last === true;
    this.#current = undefined;
    this.idleSince = performance.now();
    if (last || this.#socket.readableEnded) {
      this.#socket.end();
      return;
    }
    const waiting = this.#waiting;
    if (waiting === undefined) return;
    this.#waiting = undefined;
    this.#socket.resume();
    this.#take(waiting);
  };

  #handOver(chunk: Buffer): void {
    const socket = this.#socket;
    socket.off('data', this.#take);
    socket.off('error', this.#failed);
    socket.off('close', this.#closed);
    socket.off('end', this.#ended);
    this.#onOver(this);
    socket.pause();
    socket.unshift(chunk);
    this.#server.emit('connection', socket);
    socket.resume();
  }

  readonly #failed = (): void => {
    this.#socket.destroy();
  };

  readonly #closed = (): void => {
    this.#onOver(this);
    this.#current?.leave();
  };

  readonly #ended = (): void => {
    if (this.#current === undefined) this.#socket.end();
  };
}

/** The client of one request on a FastConnection. */
class FastClient implements HttpClient {
  /** The connection ends behind this response. */
  last = false;
  readonly #socket: Socket;
  readonly #headOnly: boolean;
  readonly #done: () => void;
  /** What is still to be written: a head, and bytes of a body that come many times in a row. */
  #out: Buffer | undefined;
  #held = 0;
  #flushing = false;
  #chunked = false;
  #over = false;
  #leave: (() => void) | undefined;

  constructor(socket: Socket, headOnly: boolean, done: () => void) {
    this.#socket = socket;
    this.#headOnly = headOnly;
    this.#done = done;
  }

  get gone(): boolean {
    return this.#socket.destroyed;
  }

  onGone(fn: () => void): void {
    this.#leave = fn;
  }

  /** The connection is gone. */
  leave(): void {
    if (this.#over) return;
    this.#over = true;
    this.#leave?.();
  }

  informational(head: ResponseHead): void {
    if (head.status > 101 && !this.gone) this.#socket.write(`${headText(head)}\r\n\r\n`, 'latin1');
  }

  head(head: ResponseHead): void {
    if (this.gone) return;
    this.#chunked = !this.#isBodiless(head) && head.fields.framing.contentLength === undefined;
    const framing = this.#chunked ? '\r\ntransfer-encoding: chunked' : '';
    const text = `${headText(head)}${framing}${this.#connection()}\r\n\r\n`;
    if (text.length > blocks.blockBytes) this.#socket.write(text, 'latin1');
    else this.#putText(text);
  }

  data(bytes: Uint8Array): boolean {
    if (this.#headOnly || this.gone || bytes.length === 0) return true;
    if (this.#chunked) this.#putText(`${bytes.length.toString(16)}\r\n`);
    for (let at = 0; at < bytes.length; ) {
      const out = this.#room(1);
      const length = Math.min(out.length - this.#held, bytes.length - at);
      out.set(length === bytes.length ? bytes : bytes.subarray(at, at + length), this.#held);
      this.#held += length;
      at += length;
    }
    if (this.#chunked) this.#putText('\r\n');
    return !this.#socket.writableNeedDrain;
  }

  drained(): Promise<void> {
    this.#flush();
    return this.gone ? Promise.resolve() : drained(this.#socket);
  }

  end(trailers: HeaderLines): void {
    if (this.#over) return;
    if (this.#chunked) {
      this.#flush();
      this.#socket.write(`0${linesOf(trailers)}\r\n\r\n`, 'latin1');
    }
    this.#finish();
  }

  whole(head: ResponseHead, body: Uint8Array): void {
    if (this.#over) return;
    let text = headText(head);
    const bodiless = this.#isBodiless(head);
    if (!bodiless && head.fields.framing.contentLength === undefined) {
      text += `\r\ncontent-length: ${body.length}`;
    }
    text += `${this.#connection()}\r\n\r\n`;
    if (bodiless || body.length === 0) this.#socket.write(text, 'latin1');
    else {
      const out = Buffer.allocUnsafe(text.length + body.length);
      out.write(text, 0, 'latin1');
      out.set(body, text.length);
      this.#socket.write(out);
    }
    this.#finish();
  }

  cut(): void {
    this.#over = true;
    this.#socket.destroy();
  }

  #isBodiless({ status }: ResponseHead): boolean {
    return this.#headOnly || status === 204 || status === 304;
  }

  #connection(): string {
    return this.last ? '\r\nconnection: close' : '';
  }

  #putText(text: string): void {
    const out = this.#room(text.length);
    out.write(text, this.#held, 'latin1');
    this.#held += text.length;
  }

  /** Memory with room for `bytes` more behind what is held, which leaves once the datagrams that are here have been handed over. */
  #room(bytes: number): Buffer {
    if (this.#out !== undefined && this.#held + bytes > this.#out.length) this.#flush();
    this.#out ??= blocks.take();
    if (!this.#flushing) {
      this.#flushing = true;
      queueMicrotask(this.#flushLater);
    }
    return this.#out;
  }

  readonly #flushLater = (): void => {
    this.#flushing = false;
    this.#flush();
  };

  #flush(): void {
    const out = this.#out;
    if (out === undefined || this.#held === 0) return;
    const bytes = this.#held === out.length ? out : out.subarray(0, this.#held);
    this.#out = undefined;
    this.#held = 0;
    if (this.gone) blocks.give(out);
    else this.#socket.write(bytes, () => blocks.give(out));
  }

  #finish(): void {
    this.#flush();
    this.#over = true;
    this.#done();
  }
}

function headText({ status, fields }: ResponseHead): string {
  return `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Unknown'}${fields.lines}`;
}
