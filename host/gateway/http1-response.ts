import { HostError } from '../errors.js';
import { FIELD_LINES, framingOf, hasToken, headersOf } from './field-lines.js';
import { Fields, type HeaderLines, type ResponseHead } from './heads.js';

/** Longest head, or trailers, of a response, bytes. */
const MAX_HEAD = 262_144;
/** Longest line that says how long a chunk is. */
const MAX_CHUNK_LINE = 4096;
const TOKEN = "[!#$%&'*+\\-.^_`|~0-9A-Za-z]+";
const CHUNK_SIZE = new RegExp(
  `^([0-9A-Fa-f]{1,12})(?:;${TOKEN}(?:=(?:${TOKEN}|"[\\t\\x20!\\x23-\\x5b\\x5d-\\x7e]*"))?)*$`,
);
const STATUS = new RegExp(
  `^HTTP/1\\.([01]) ([1-5]\\d\\d)(?: [\\t\\x20-\\x7e\\x80-\\xff]*)?(${FIELD_LINES})$`,
);
const TRAILERS = new RegExp(`^${FIELD_LINES}$`);
const NO_LINES: HeaderLines = [];

/** Takes what a response says. */
export interface ResponseReader {
  head(head: ResponseHead): void;
  /** `bytes` are valid during the call only. */
  data(bytes: Buffer): void;
  end(trailers: HeaderLines): void;
}

type State =
  | { readonly state: 'head' }
  | { readonly state: 'length'; left: number }
  | { readonly state: 'chunk-size' }
  | { readonly state: 'chunk'; left: number }
  /** The CRLF behind a chunk. */
  | { readonly state: 'chunk-end' }
  | { readonly state: 'trailers' }
  | { readonly state: 'until-close' }
  | { readonly state: 'done' };

/**
 * Reads the response to one request, in the strict form of RFC 9112: what a server should not send (folded lines, bare LF, lengths
 * that contradict each other) is an error, since two who read it differently can be played off against each other.
 */
export class Http1Response {
  readonly #bodiless: boolean;
  readonly #reader: ResponseReader;
  #state: State = { state: 'head' };
  /** Text of a head, a line or trailers whose end has not come. */
  #held = '';
  #persistent = true;
  #keepAliveS: number | undefined;

  /** @param method of the request */
  constructor(method: string, reader: ResponseReader) {
    this.#bodiless = method === 'HEAD';
    this.#reader = reader;
  }

  get done(): boolean {
    return this.#state.state === 'done';
  }

  /** Whether the connection can be used again once this response is done. */
  get persistent(): boolean {
    return this.#persistent;
  }

  /** How long the server keeps an idle connection, seconds, where it says so. */
  get keepAliveS(): number | undefined {
    return this.#keepAliveS;
  }

  /** Takes bytes of the connection. @returns how many were this response's. @throws HostError BAD_REPLY */
  take(bytes: Buffer): number {
    let at = 0;
    while (at < bytes.length && this.#state.state !== 'done') at = this.#step(bytes, at);
    return at;
  }

  /** The connection has ended. @throws HostError BAD_REPLY where the response has not */
  close(): void {
    if (this.#state.state === 'done') return;
    if (this.#state.state !== 'until-close') throw broken('it broke off');
    this.#finish(NO_LINES);
  }

  #step(bytes: Buffer, at: number): number {
    const state = this.#state;
    switch (state.state) {
      case 'head': {
        const end = this.#textTo(bytes, at, '\r\n\r\n', MAX_HEAD);
        if (end < 0) return bytes.length;
        this.#takeHead(this.#takeHeld());
        return end;
      }
      case 'length':
      case 'chunk': {
        const end = Math.min(bytes.length, at + state.left);
        state.left -= end - at;
        this.#reader.data(at === 0 && end === bytes.length ? bytes : bytes.subarray(at, end));
        if (state.left === 0) {
          if (state.state === 'length') this.#finish(NO_LINES);
          else this.#state = { state: 'chunk-end' };
        }
        return end;
      }
      case 'until-close':
        this.#reader.data(at === 0 ? bytes : bytes.subarray(at));
        return bytes.length;
      case 'chunk-size': {
        const end = this.#textTo(bytes, at, '\r\n', MAX_CHUNK_LINE);
        if (end < 0) return bytes.length;
        const size = CHUNK_SIZE.exec(this.#takeHeld())?.[1];
        if (size === undefined) throw broken('a chunk without its size');
        const left = Number.parseInt(size, 16);
        this.#state = left === 0 ? { state: 'trailers' } : { state: 'chunk', left };
        // Trailers are read with the CRLF in front of them: their end is an empty line, be there any or none.
        if (left === 0) this.#held = '\r\n';
        return end;
      }
      case 'chunk-end': {
        const end = this.#textTo(bytes, at, '\r\n', 2);
        if (end < 0) return bytes.length;
        if (this.#takeHeld() !== '') throw broken('a chunk longer than its size');
        this.#state = { state: 'chunk-size' };
        return end;
      }
      case 'trailers': {
        const end = this.#textTo(bytes, at, '\r\n\r\n', MAX_HEAD);
        if (end < 0) return bytes.length;
        const lines = this.#takeHeld();
        if (!TRAILERS.test(lines)) throw broken('trailers that are none');
        this.#finish(lines === '' ? NO_LINES : headersOf(framingOf(lines).lines));
        return end;
      }
      case 'done':
        return at;
    }
  }

  /**
   * Holds text up to `mark`. @returns where the bytes behind the mark begin, or -1 where it has not come
   * @throws HostError BAD_REPLY where there is more than `limit` without it
   */
  #textTo(bytes: Buffer, at: number, mark: string, limit: number): number {
    const before = this.#held;
    if (before === '') {
      // Nearly always all of it is there, and much else behind it that need not become text.
      const end = bytes.indexOf(mark, at, 'latin1');
      if (end >= 0 && end - at <= limit) {
        this.#held = bytes.toString('latin1', at, end);
        return end + mark.length;
      }
    }
    const text = bytes.toString('latin1', at, Math.min(bytes.length, at + limit + mark.length));
    const whole = before + text;
    // The mark may have begun in what was held.
    const found = whole.indexOf(mark, Math.max(0, before.length - mark.length + 1));
    if (found < 0) {
      if (whole.length >= limit + mark.length) throw broken(`more than ${limit} bytes without an end`);
      this.#held = whole;
      return -1;
    }
    this.#held = whole.slice(0, found);
    return at + found + mark.length - before.length;
  }

  #takeHeld(): string {
    const held = this.#held;
    this.#held = '';
    return held;
  }

  #takeHead(text: string): void {
    const match = STATUS.exec(text);
    if (match === null) throw broken('a head that is none');
    const [, minor, digits, lines = ''] = match;
    const status = Number(digits);
    const framing = framingOf(lines);
    const head: ResponseHead = { status, fields: Fields.of(framing) };
    if (status === 101) throw broken('101, which nobody asked for');
    if (status < 200) {
      if (minor === '0') throw broken('HTTP/1.0 with an informational status');
      this.#reader.head(head);
      return;
    }
    const { connection, contentLength, transferEncoding } = framing;
    this.#persistent = minor === '1' ? !hasToken(connection, 'close') : hasToken(connection, 'keep-alive');
    const timeout = /(?:^|[, ])timeout=(\d{1,6})/.exec(framing.keepAlive);
    this.#keepAliveS = timeout === null ? undefined : Number(timeout[1]);
    if (Number.isNaN(contentLength)) throw broken('a content-length that is none');
    if (transferEncoding !== '' && contentLength !== undefined) throw broken('two lengths');
    if (transferEncoding !== '' && (transferEncoding !== 'chunked' || minor === '0')) {
      throw broken(`transfer-encoding ${transferEncoding}`);
    }
    this.#reader.head(head);
    if (this.#bodiless || status === 204 || status === 304 || contentLength === 0) this.#finish(NO_LINES);
    else if (transferEncoding !== '') this.#state = { state: 'chunk-size' };
    else if (contentLength !== undefined) this.#state = { state: 'length', left: contentLength };
    else {
      this.#persistent = false;
      this.#state = { state: 'until-close' };
    }
  }

  #finish(trailers: HeaderLines): void {
    this.#state = { state: 'done' };
    this.#reader.end(trailers);
  }
}

function broken(problem: string): HostError {
  return new HostError('BAD_REPLY', `HTTP/1.1 response: ${problem}`);
}
