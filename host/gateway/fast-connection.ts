import type { Server as HttpServer } from 'node:http';
import type { Socket } from 'node:net';
import { FastClient } from './fast-client.js';
import { FIELD_LINES, framingOf } from './field-lines.js';
import { Fields, type RequestHead } from './heads.js';
import type { HttpClient } from './http-client.js';

/** Answers one request; `body` is all of its body. */
export type Forward = (head: RequestHead, body: Uint8Array, client: HttpClient) => void;

/** Heads longer than this are left to node:http, which has its own limit. */
const MAX_HEAD = 16_384;
const NO_BYTES = new Uint8Array(0);
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
    fields: Fields.inTrace(framing),
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
