import { NackReason } from '../../wire/index.js';
import type { Timer } from '../environment.js';
import { HostError, Refusal } from '../errors.js';
import type { Host } from '../host.js';
import type { Query } from '../query.js';
import type { ServeOptions } from '../serve-options.js';
import type { Service } from '../service.js';
import type { Exchange } from '../transport/exchange.js';
import { type ContentCache, type Kept, keyOf } from './content-cache.js';
import { FRAME_DATA, FRAME_HEAD, type Frame, FrameReader, headFrame } from './frames.js';
import { type RequestHead, requestHead, responseText, withTimeLeft } from './heads.js';
import { join } from './join.js';
import { Keeping } from './keeping.js';
import type { Origin, OriginCall, OriginSink, OriginTls, RequestBody } from './origin.js';
import { openOrigin } from './origin-choice.js';
import { Reply } from './reply.js';

export interface EgressOptions extends ServeOptions {
  /** Origin the requests go to: `http://host:port`, `https://host:port`, `h2c://host:port`. */
  readonly target: string;
  /** Keeps what the origin allows to be kept; undefined = nothing. */
  readonly cache?: ContentCache | undefined;
  /** Connections to it at most (HTTP/1.1). Default 256. */
  readonly maxConnections?: number | undefined;
  /** How an `https:` origin is known. */
  readonly tls?: OriginTls | undefined;
}

/** A call that is not answered by then goes on as an exchange: its caller stops repeating it, and asks whether it is still alive. */
const PATIENCE_US = 20_000;
const NO_EFFECT: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

/** Named calls in, HTTP out: serves `name` with the HTTP server at `target`. */
export class Egress {
  readonly cache: ContentCache | undefined;
  readonly #host: Host;
  readonly #origin: Origin;
  /** Queries at work, oldest first. */
  readonly #waiting = new Set<Reply>();
  /** Misses the origin is being asked about: settled with whether it was kept. */
  readonly #asked = new Map<string, Promise<boolean>>();
  #timer: Timer | undefined;
  #service: Service | undefined;

  private constructor(host: Host, options: EgressOptions) {
    this.#host = host;
    this.#origin = openOrigin({
      target: options.target,
      maxConnections: options.maxConnections ?? 256,
      tls: options.tls,
    });
    this.cache = options.cache;
  }

  /** @throws HostError of the registration, or INVALID_ARGUMENT */
  static async serve(host: Host, name: string, options: EgressOptions): Promise<Egress> {
    const egress = new Egress(host, options);
    egress.#service = await host.serveQueries(
      name,
      (query) => egress.#query(query),
      (exchange) => egress.#converse(exchange),
      options,
    );
    return egress;
  }

  get service(): Service | undefined {
    return this.#service;
  }

  /** Deregisters; requests at work are refused. */
  async close(): Promise<void> {
    await this.#service?.stop();
    this.#timer?.cancel();
    this.#origin.close();
  }

  #query(query: Query): void {
    let head: RequestHead;
    let body: RequestBody | undefined;
    try {
      const reader = new FrameReader();
      reader.push(query.payload);
      head = headIn(reader.next());
      body = bodyIn(reader);
      if (!reader.between || head.kind === 'tunnel') throw notHttp();
    } catch {
      query.refuse(NackReason.DENIED);
      return;
    }
    const reply = new Reply(query, this.#host.environment.now(), !NO_EFFECT.has(head.method), this.#over);
    this.#waiting.add(reply);
    this.#timer ??= this.#host.environment.setTimer(PATIENCE_US, this.#losePatience);
    this.#answer(head, body, reply);
  }

  readonly #over = (reply: Reply): void => {
    this.#waiting.delete(reply);
  };

  readonly #losePatience = (): void => {
    const before = this.#host.environment.now() - PATIENCE_US;
    for (const reply of this.#waiting) {
      if (reply.since > before) break;
      this.#waiting.delete(reply);
      reply.exchange();
    }
    this.#timer =
      this.#waiting.size === 0
        ? undefined
        : this.#host.environment.setTimer(PATIENCE_US / 2, this.#losePatience);
  };

  async #converse(exchange: Exchange): Promise<void> {
    const reader = new FrameReader();
    let first = reader.next();
    while (first === undefined) {
      const bytes = await exchange.read();
      if (bytes === undefined) throw notHttp();
      reader.push(bytes);
      first = reader.next();
    }
    const head = headIn(first);
    if (head.kind === 'tunnel') {
      await this.#tunnel(exchange, head, reader);
      return;
    }
    await new Promise<void>((resolve) => {
      const reply = new Reply(exchange, this.#host.environment.now(), true, () => resolve());
      this.#answer(head, head.kind === 'bare' ? undefined : framesOf(exchange, reader), reply);
    });
  }

  #answer(head: RequestHead, body: RequestBody | undefined, reply: Reply): void {
    const verdict = this.cache?.look(head) ?? { kind: 'pass' };
    switch (verdict.kind) {
      case 'pass':
        this.#pass(head, body, reply, undefined);
        return;
      case 'miss':
        this.#miss(head, reply);
        return;
      case 'hit':
        if (verdict.refresh !== undefined) this.#refresh(verdict.kept, verdict.refresh, head);
        this.#giveKept(reply, verdict.kept, head, 'hit');
        return;
      case 'stale':
        this.#revalidate(reply, verdict.kept, verdict.ask, head);
    }
  }

  /** The origin's answer goes straight to the caller, and is kept on the way where it may be. */
  #pass(
    head: RequestHead,
    body: RequestBody | undefined,
    reply: Reply,
    onKept: ((kept: boolean) => void) | undefined,
  ): void {
    if (reply.over) {
      onKept?.(false);
      return;
    }
    const sink = this.cache === undefined ? reply : new Keeping(this.cache, head, reply, onKept);
    const call = this.#ask(head, body, sink);
    reply.onRoom(() => call.resume());
    reply.onGone(() => {
      onKept?.(false);
      call.cancel();
    });
  }

  /** Simultaneous misses of one thing ask the origin once; who waits is served what was kept, or asks by himself. */
  #miss(head: RequestHead, reply: Reply): void {
    const key = keyOf(head);
    const asked = this.#asked.get(key);
    if (asked === undefined) {
      const settled = new Promise<boolean>((resolve) => {
        this.#pass(head, undefined, reply, resolve);
      });
      this.#asked.set(key, settled);
      void settled.then(() => this.#asked.delete(key));
      return;
    }
    void asked.then((kept) => {
      if (reply.over) return;
      const again = kept ? this.cache?.look(head) : undefined;
      if (again?.kind === 'hit') this.#giveKept(reply, again.kept, head, 'hit; fwd=miss; collapsed');
      else this.#pass(head, undefined, reply, undefined);
    });
  }

  #giveKept(reply: Reply, kept: Kept, head: RequestHead, how: string): void {
    const { head: answer, body } = this.#cacheOf().serve(kept, head, how);
    reply.whole(answer, body);
  }

  #revalidate(reply: Reply, kept: Kept, ask: RequestHead, head: RequestHead): void {
    const cache = this.#cacheOf();
    const asGet: RequestHead = { ...head, method: 'GET' };
    /** Where the origin's answer goes: nowhere once what is kept has been given, to the caller otherwise. */
    let onward: OriginSink | undefined;
    let given = false;
    const call = this.#ask(ask, undefined, {
      head: (answer) => {
        if (answer.status < 200) return;
        if (cache.revalidate(kept, head, answer)) {
          given = true;
          const how = answer.status === 304 ? 'hit; fwd=stale; fwd-status=304' : 'hit; fwd=stale';
          this.#giveKept(reply, kept, head, how);
          return;
        }
        onward = new Keeping(cache, asGet, head.method === 'HEAD' ? withoutBody(reply) : reply, undefined);
        onward.head(answer);
      },
      data: (bytes) => onward?.data(bytes) ?? true,
      end: (trailers) => onward?.end(trailers),
      failed: (error) => {
        if (given) return;
        if (onward !== undefined) onward.failed(error);
        // The origin is not there: what is kept may do.
        else if (cache.revalidate(kept, head, undefined)) this.#giveKept(reply, kept, head, 'hit; fwd=stale');
        else reply.failed(error);
      },
    });
    reply.onRoom(() => call.resume());
    reply.onGone(() => call.cancel());
  }

  /** Asks the origin while what is kept is served (stale-while-revalidate). A failure leaves what is kept as it is. */
  #refresh(kept: Kept, ask: RequestHead, head: RequestHead): void {
    const cache = this.#cacheOf();
    kept.refreshing = true;
    let renewed: OriginSink | undefined;
    const over = () => {
      kept.refreshing = false;
    };
    this.#ask(ask, undefined, {
      head: (answer) => {
        if (answer.status < 200 || answer.status >= 500) return;
        if (cache.revalidate(kept, head, answer)) return;
        renewed = new Keeping(cache, { ...head, method: 'GET' }, NOWHERE, undefined);
        renewed.head(answer);
      },
      data: (bytes) => renewed?.data(bytes) ?? true,
      end: (trailers) => {
        renewed?.end(trailers);
        over();
      },
      failed: over,
    });
  }

  async #tunnel(exchange: Exchange, head: RequestHead, reader: FrameReader): Promise<void> {
    const reply = new Reply(exchange, this.#host.environment.now(), true, () => undefined);
    const tunnel = await this.#origin.tunnel(head, reply, exchange.signal);
    if (tunnel === undefined) return;
    exchange.send(headFrame(FRAME_HEAD, responseText(tunnel.head)));
    const early = reader.rest();
    if (early.length > 0) tunnel.socket.write(early);
    await join(exchange, tunnel.socket);
  }

  #ask(head: RequestHead, body: RequestBody | undefined, sink: OriginSink): OriginCall {
    const fields = head.timeoutMs === 0 ? head.fields : withTimeLeft(head.fields, head.timeoutMs);
    return this.#origin.send(fields === head.fields ? head : { ...head, fields }, body, sink);
  }

  #cacheOf(): ContentCache {
    if (this.cache === undefined) throw HostError.invalid('egress', 'it has no cache', 'give it one');
    return this.cache;
  }
}

function notHttp(): Refusal {
  return new Refusal(NackReason.DENIED, 'no HTTP request');
}

/** @throws Refusal where the first frame is no request's head */
function headIn(frame: Frame | undefined): RequestHead {
  if (frame?.type !== FRAME_HEAD) throw notHttp();
  return requestHead(frame.text);
}

/** What stands behind a head where all of it is there. */
function bodyIn(reader: FrameReader): RequestBody | undefined {
  const first = reader.next();
  if (first === undefined) return undefined;
  const second = reader.next();
  if (second === undefined && first.type === FRAME_DATA) return first.data;
  const frames = [first];
  for (let frame = second; frame !== undefined; frame = reader.next()) frames.push(frame);
  return each(frames);
}

async function* each(frames: readonly Frame[]): AsyncGenerator<Frame> {
  yield* frames;
}

/** The frames behind a head. @throws HostError what the exchange ends with, or BAD_REPLY */
async function* framesOf(exchange: Exchange, reader: FrameReader): AsyncGenerator<Frame> {
  for (;;) {
    const frame = reader.next();
    if (frame !== undefined) {
      yield frame;
      continue;
    }
    const bytes = await exchange.read();
    if (bytes === undefined) break;
    reader.push(bytes);
  }
  if (!reader.between) throw new HostError('BAD_REPLY', 'HTTP over an exchange: ends inside a frame');
}

const NOWHERE: OriginSink = {
  head: () => undefined,
  data: () => true,
  end: () => undefined,
  failed: () => undefined,
};

function withoutBody(sink: OriginSink): OriginSink {
  return {
    head: (head) => sink.head(head),
    data: () => true,
    end: () => sink.end([]),
    failed: (error) => sink.failed(error),
  };
}
