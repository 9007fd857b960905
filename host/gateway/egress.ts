import { once } from 'node:events';
import { Agent, type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { NackReason } from '../../wire/index.js';
import { HostError, Refusal } from '../errors.js';
import type { Host } from '../host.js';
import type { ServeOptions, Service } from '../service.js';
import type { Exchange } from '../transport/exchange.js';
import { type ContentCache, headOfResponse, type Kept } from './content-cache.js';
import {
  FRAME_DATA,
  FRAME_HEAD,
  FRAME_TRAILERS,
  type Frame,
  objectFrame,
  readFrames,
  writeData,
} from './frames.js';
import { endToEnd, type RequestHead, type ResponseHead, requestHead, toNode, trailerLines } from './heads.js';

export interface EgressOptions extends ServeOptions {
  /** Origin the requests go to, `http://host:port`. */
  readonly target: string;
  /** Keeps what the origin allows to be kept; undefined = nothing. */
  readonly cache?: ContentCache | undefined;
  /** Connections to it at most. Default 256. */
  readonly maxConnections?: number | undefined;
}

type Body = AsyncIterable<Uint8Array>;
/** Takes the origin's answer; `body` are the response's bytes, to be read to the end. */
type Take = (answer: ResponseHead, response: IncomingMessage, body: Body) => Promise<void>;

const NO_FRAMES: AsyncIterable<Frame> = {
  async *[Symbol.asyncIterator]() {},
};

/** Named calls in, HTTP out: serves `name` with the HTTP/1.1 server at `target`. */
export class Egress {
  readonly #target: URL;
  readonly #agent: Agent;
  readonly cache: ContentCache | undefined;
  #service: Service | undefined;

  private constructor(options: EgressOptions) {
    this.#target = new URL(options.target);
    if (this.#target.protocol !== 'http:') {
      throw HostError.invalid('egress', `target is "${options.target}"`, 'give http://host:port');
    }
    this.cache = options.cache;
    this.#agent = new Agent({ keepAlive: true, maxSockets: options.maxConnections ?? 256 });
  }

  /** @throws HostError of the registration, or INVALID_ARGUMENT */
  static async serve(host: Host, name: string, options: EgressOptions): Promise<Egress> {
    const egress = new Egress(options);
    egress.#service = await host.serveStreams(name, (exchange) => egress.#serve(exchange), options);
    return egress;
  }

  get service(): Service | undefined {
    return this.#service;
  }

  /** Deregisters; requests at work are refused. */
  async close(): Promise<void> {
    await this.#service?.stop();
    this.#agent.destroy();
  }

  async #serve(exchange: Exchange): Promise<void> {
    const frames = readFrames(exchange);
    const first = await frames.next();
    if (first.done === true || first.value.type !== FRAME_HEAD) {
      throw new Refusal(NackReason.DENIED, 'no HTTP request');
    }
    const head = requestHead(first.value.json);
    const verdict = this.cache?.look(head) ?? { kind: 'pass' };
    switch (verdict.kind) {
      case 'pass':
      case 'miss':
        await this.#ask(exchange, head, frames, (answer, response, body) =>
          giveBack(exchange, answer, response, body),
        );
        return;
      case 'hit':
        if (verdict.refresh !== undefined) this.#refresh(verdict.kept, verdict.refresh, head);
        await this.#giveKept(exchange, verdict.kept, head, 'hit');
        return;
      case 'stale':
        await this.#revalidate(exchange, verdict.kept, verdict.ask, head);
    }
  }

  /** Sends a request to the origin and gives its answer to `take`; keeps it on the way where it may be kept. */
  async #ask(
    exchange: Exchange | undefined,
    head: RequestHead,
    frames: AsyncIterable<Frame>,
    take: Take,
    keepAs: RequestHead = head,
  ): Promise<void> {
    const outgoing = this.#send(head);
    const stop = () => outgoing.destroy();
    exchange?.signal.addEventListener('abort', stop, { once: true });
    try {
      const answered = once(outgoing, 'response') as Promise<[IncomingMessage]>;
      // A server that hangs up while it is still being sent to is met by `answered` as well.
      void sendBody(outgoing, frames).catch((error: unknown) => outgoing.destroy(asError(error)));
      const [response] = await answered;
      const answer = headOfResponse(response.statusCode, response.rawHeaders);
      this.cache?.invalidate(head, answer);
      const cache = this.cache?.storable(keepAs, answer) === true ? this.cache : undefined;
      const keep = (body: Uint8Array) => cache?.store(keepAs, answer, body);
      const body = cache === undefined ? response : keeping(response, cache.maxBodyBytes, keep);
      await take(answer, response, body);
    } finally {
      exchange?.signal.removeEventListener('abort', stop);
      if (!outgoing.closed && !outgoing.writableEnded) outgoing.destroy();
    }
  }

  async #giveKept(exchange: Exchange, kept: Kept, head: RequestHead, how: string): Promise<void> {
    const { head: answer, body } = this.#cacheOf().serve(kept, head, how);
    const written = exchange.write(objectFrame(FRAME_HEAD, answer));
    await Promise.all([written, writeData(exchange, body)]);
  }

  async #revalidate(exchange: Exchange, kept: Kept, ask: RequestHead, head: RequestHead): Promise<void> {
    const cache = this.#cacheOf();
    let answered = false;
    try {
      await this.#ask(
        exchange,
        ask,
        NO_FRAMES,
        async (answer, response, body) => {
          answered = true;
          if (cache.revalidate(kept, head, answer)) {
            response.resume();
            const how = answer.status === 304 ? 'hit; fwd=stale; fwd-status=304' : 'hit; fwd=stale';
            await this.#giveKept(exchange, kept, head, how);
          } else await giveBack(exchange, answer, response, body, head.method === 'HEAD');
        },
        { ...head, method: 'GET' },
      );
    } catch (error) {
      // The origin is not there: what is kept may do.
      if (answered || exchange.state === 'failed' || !cache.revalidate(kept, head, undefined)) throw error;
      await this.#giveKept(exchange, kept, head, 'hit; fwd=stale');
    }
  }

  /** Asks the origin while what is kept is served (stale-while-revalidate). A failure leaves what is kept as it is. */
  #refresh(kept: Kept, ask: RequestHead, head: RequestHead): void {
    const cache = this.#cacheOf();
    kept.refreshing = true;
    const take: Take = async (answer, _response, body) => {
      if (answer.status < 500) cache.revalidate(kept, head, answer);
      for await (const _ of body);
    };
    void this.#ask(undefined, ask, NO_FRAMES, take, { ...head, method: 'GET' })
      .catch(() => undefined)
      .finally(() => {
        kept.refreshing = false;
      });
  }

  #cacheOf(): ContentCache {
    if (this.cache === undefined) throw HostError.invalid('egress', 'it has no cache', 'give it one');
    return this.cache;
  }

  #send(head: RequestHead): ClientRequest {
    return httpRequest({
      agent: this.#agent,
      host: this.#target.hostname,
      port: this.#target.port === '' ? 80 : this.#target.port,
      method: head.method,
      path: head.path,
      headers: toNode(head.headers),
      setHost: false,
    });
  }
}

async function sendBody(outgoing: ClientRequest, frames: AsyncIterable<Frame>): Promise<void> {
  // An error after this function has gone is met where the response is awaited.
  outgoing.on('error', () => undefined);
  for await (const frame of frames) {
    if (frame.type === FRAME_DATA) {
      if (!outgoing.write(frame.data) && !outgoing.destroyed) {
        await Promise.race([once(outgoing, 'drain'), once(outgoing, 'close')]);
      }
      if (outgoing.destroyed) return;
    } else if (frame.type === FRAME_TRAILERS) {
      outgoing.addTrailers(
        [...trailerLines(frame.json)].map(([name, value]): [string, string] => [name, value]),
      );
    }
  }
  outgoing.end();
}

/** The bytes of a response, kept on the way unless they are too many or break off. */
async function* keeping(
  response: IncomingMessage,
  limit: number,
  keep: (body: Uint8Array) => void,
): AsyncGenerator<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response as Body) {
    length += chunk.length;
    if (length <= limit) parts.push(chunk);
    yield chunk;
  }
  if (response.complete && length <= limit) keep(Buffer.concat(parts));
}

async function giveBack(
  exchange: Exchange,
  head: ResponseHead,
  response: IncomingMessage,
  body: Body,
  withoutBody = false,
): Promise<void> {
  let waiting = exchange.write(objectFrame(FRAME_HEAD, head));
  for await (const chunk of body) {
    if (withoutBody) continue;
    await waiting;
    waiting = writeData(exchange, chunk);
  }
  await waiting;
  if (!response.complete) throw new Error('the server broke off in mid-response');
  const trailers = endToEnd(response.rawTrailers);
  if (trailers.length > 0) await exchange.write(objectFrame(FRAME_TRAILERS, trailers));
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
