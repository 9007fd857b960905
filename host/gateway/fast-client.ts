import type { Socket } from 'node:net';
import { BlockPool } from '../block-pool.js';
import { drained } from './drained.js';
import { linesOf } from './field-lines.js';
import { type HeaderLines, type ResponseHead, statusLine } from './heads.js';
import type { HttpClient } from './http-client.js';

const blocks = new BlockPool();

/** The client of one request on a FastConnection. */
export class FastClient implements HttpClient {
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
  return `${statusLine(status)}${fields.lines}`;
}
