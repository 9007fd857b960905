import { NackReason } from '../../wire/index.js';
import type { Query } from '../query.js';
import type { Exchange } from '../transport/exchange.js';
import { FRAME_HEAD, FRAME_TRAILERS, headFrame, sendData } from './frames.js';
import { type HeaderLines, type ResponseHead, responseText, trailerText } from './heads.js';
import type { OriginSink } from './origin.js';

/** Bytes of an answer beyond which it is no datagram whatever the names; the exact limit is the service's to know. */
const ROOM = 1400;

type Way =
  /** Nothing has been sent: everything may still fit one datagram. */
  | { readonly way: 'query'; readonly query: Query }
  | { readonly way: 'exchange'; readonly exchange: Exchange }
  | { readonly way: 'over' };

/**
 * The answer to one named call that carries HTTP. Where the call came as one datagram, the answer is held back until it is known
 * whether it fits one as well.
 */
export class Reply implements OriginSink {
  /** When the request came, on the environment's clock. */
  readonly since: number;
  readonly #remember: boolean;
  readonly #onOver: (reply: Reply) => void;
  #way: Way;
  #head: ResponseHead | undefined;
  #held: Uint8Array[] = [];
  #size = 0;
  #onGone: (() => void) | undefined;
  #onRoom: (() => void) | undefined;
  #waiting = false;

  constructor(to: Query | Exchange, since: number, remember: boolean, onOver: (reply: Reply) => void) {
    this.since = since;
    this.#remember = remember;
    this.#onOver = onOver;
    if ('answer' in to) {
      this.#way = { way: 'query', query: to };
      to.cancelled = () => this.#leave();
    } else {
      this.#way = { way: 'exchange', exchange: to };
      this.#watch(to);
    }
  }

  /** Nobody waits for it any more. */
  get over(): boolean {
    return this.#way.way === 'over';
  }

  /** Whether a head that counts was given. */
  get begun(): boolean {
    return this.#head !== undefined;
  }

  /** Called once where the caller gives up before the answer has ended. */
  onGone(fn: () => void): void {
    this.#onGone = fn;
  }

  /** Called when there is room again after a `data` that said false. */
  onRoom(fn: () => void): void {
    this.#onRoom = fn;
  }

  head(head: ResponseHead): void {
    if (head.status < 200) {
      this.exchange()?.send(headFrame(FRAME_HEAD, responseText(head)));
      return;
    }
    this.#head = head;
    if (this.#way.way === 'exchange') this.#way.exchange.send(headFrame(FRAME_HEAD, responseText(head)));
  }

  data(bytes: Uint8Array): boolean {
    if (bytes.length === 0) return true;
    if (this.#way.way === 'query') {
      this.#held.push(Buffer.from(bytes));
      this.#size += bytes.length;
      if (this.#size < ROOM) return true;
      this.exchange();
      return true;
    }
    if (this.#way.way === 'over') return true;
    const { exchange } = this.#way;
    if (sendData(exchange, bytes)) return true;
    if (!this.#waiting) {
      this.#waiting = true;
      void exchange.room().then(() => {
        this.#waiting = false;
        this.#onRoom?.();
      });
    }
    return false;
  }

  end(trailers: HeaderLines): void {
    const way = this.#way;
    if (way.way === 'over') return;
    const last = trailers.length === 0 ? undefined : headFrame(FRAME_TRAILERS, trailerText(trailers));
    if (way.way === 'exchange') {
      if (last !== undefined) way.exchange.send(last);
      way.exchange.end();
      way.exchange.ignoreInput();
    } else if (this.#head === undefined) way.query.refuse(NackReason.UNAVAILABLE);
    else {
      const body = this.#held.length === 1 ? this.#held[0] : Buffer.concat(this.#held);
      const frame = headFrame(FRAME_HEAD, responseText(this.#head), body);
      way.query.answer(last === undefined ? frame : Buffer.concat([frame, last]), this.#remember);
    }
    this.#finish();
  }

  /** A whole answer. */
  whole(head: ResponseHead, body: Uint8Array): void {
    this.head(head);
    this.data(body);
    this.end([]);
  }

  failed(_error: Error): void {
    this.refuse(NackReason.UNAVAILABLE);
  }

  /** Ends it without an answer. By the exchange's RESET also where it was a query: callers repeat what a Nack refuses. */
  refuse(reason: number): void {
    const exchange = this.exchange();
    if (exchange === undefined) return;
    this.#finish();
    exchange.cancel(reason);
  }

  /** The exchange it goes on as from here, where it was a query; undefined where the caller has gone. */
  exchange(): Exchange | undefined {
    const way = this.#way;
    if (way.way !== 'query') return way.way === 'exchange' ? way.exchange : undefined;
    const exchange = way.query.adopt();
    if (exchange === undefined) {
      this.#leave();
      return undefined;
    }
    this.#way = { way: 'exchange', exchange };
    this.#watch(exchange);
    if (this.#head !== undefined) exchange.send(headFrame(FRAME_HEAD, responseText(this.#head)));
    for (const bytes of this.#held) sendData(exchange, bytes);
    this.#held = [];
    return exchange;
  }

  #watch(exchange: Exchange): void {
    if (exchange.state === 'failed') queueMicrotask(() => this.#leave());
    else void exchange.ended().then(() => exchange.state === 'failed' && this.#leave());
  }

  #leave(): void {
    if (this.over) return;
    this.#finish();
    this.#onGone?.();
  }

  #finish(): void {
    this.#way = { way: 'over' };
    this.#onOver(this);
  }
}
