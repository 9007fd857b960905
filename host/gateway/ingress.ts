import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import { HostError } from '../errors.js';
import type { Host } from '../host.js';
import type { Exchange } from '../transport/exchange.js';
import { FRAME_DATA, FRAME_HEAD, FRAME_TRAILERS, objectFrame, readFrames, writeData } from './frames.js';
import {
  endToEnd,
  header,
  type RequestHead,
  requestTimeoutUs,
  responseHead,
  toNode,
  trailerLines,
  withTrace,
} from './heads.js';
import { statusOf } from './status.js';

/** Which name a request is for. */
export interface IngressRoute {
  /** Host of the request without port; undefined = any. */
  readonly host?: string | undefined;
  /** The request's path begins with this, at a `/`. */
  readonly prefix: string;
  /** Name of the service that is called. */
  readonly name: string;
}

export interface IngressOptions {
  /** The first that fits is taken; the longest prefix should stand first. */
  readonly routes: readonly IngressRoute[];
  /** Time of a request that gives itself none, and the longest it may give itself, microseconds. Default 30,000,000. */
  readonly timeoutUs?: number | undefined;
  readonly onError?: ((error: unknown, request: RequestHead) => void) | undefined;
}

type Request = IncomingMessage | Http2ServerRequest;
type Response = ServerResponse | Http2ServerResponse;

export interface IngressCounters {
  requests: number;
  /** Answered by the gateway itself with an error. */
  failed: number;
  /** Broken off after the head of the response. */
  cut: number;
  /** Begun again after a failure, before any of the response. */
  repeated: number;
}

/** Methods without effect: may be sent again where an instance failed. */
const SAFE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);
const ATTEMPTS = 3;

/**
 * HTTP in, named calls out: `listener` is a request listener for servers of node:http, node:https and node:http2.
 */
export class Ingress {
  readonly counters: IngressCounters = { requests: 0, failed: 0, cut: 0, repeated: 0 };
  readonly listener: (request: Request, response: Response) => void;
  readonly #host: Host;
  readonly #options: IngressOptions;

  constructor(host: Host, options: IngressOptions) {
    this.#host = host;
    this.#options = options;
    this.listener = (request, response) => void this.#serve(request, response);
  }

  async #serve(request: Request, response: Response): Promise<void> {
    this.counters.requests++;
    const head = headOf(request);
    const state = { begun: false };
    try {
      const route = this.#route(request, head);
      if (route === undefined) {
        fail(response, 404, 'no service has this path');
        return;
      }
      const limit = this.#options.timeoutUs ?? 30_000_000;
      const timeoutUs = Math.min(limit, requestTimeoutUs(head.headers) ?? limit);
      const deadline = this.#host.environment.now() + timeoutUs;
      for (let attempt = 1; ; attempt++) {
        try {
          await this.#forward(route.name, head, request, response, deadline, state);
          return;
        } catch (error) {
          const again = SAFE.has(head.method) && !head.body && !state.begun && attempt < ATTEMPTS;
          if (!again || !isPassing(error) || response.closed) throw error;
          this.counters.repeated++;
        }
      }
    } catch (error) {
      this.#options.onError?.(error, head);
      if (state.begun) {
        this.counters.cut++;
        // The only way to say in mid-body that no more will come.
        response.destroy();
        return;
      }
      this.counters.failed++;
      fail(response, statusOf(error), error instanceof Error ? error.message : String(error));
    } finally {
      // What the client is still sending nobody wants: it must not keep the connection from its next request.
      request.resume();
    }
  }

  async #forward(
    name: string,
    head: RequestHead,
    request: Request,
    response: Response,
    deadline: number,
    state: { begun: boolean },
  ): Promise<void> {
    const deadlineUs = Math.max(1, deadline - this.#host.environment.now());
    const exchange = this.#host.open(name, { deadlineUs, attempts: 20 });
    const gone = () => exchange.cancel();
    response.once('close', gone);
    try {
      // Its failure is the exchange's, which reading the response meets as well.
      void this.#sendRequest(exchange, head, request).catch(() => undefined);
      await this.#takeResponse(exchange, head, response, state);
    } catch (error) {
      exchange.cancel();
      throw error;
    } finally {
      response.off('close', gone);
    }
  }

  async #sendRequest(exchange: Exchange, head: RequestHead, request: Request): Promise<void> {
    try {
      const written = exchange.write(objectFrame(FRAME_HEAD, head));
      if (!head.body) exchange.end();
      await written;
      if (!head.body) return;
      for await (const chunk of request) await writeData(exchange, chunk as Uint8Array);
      const trailers = endToEnd(request.rawTrailers);
      if (trailers.length > 0) await exchange.write(objectFrame(FRAME_TRAILERS, trailers));
      exchange.end();
    } catch (error) {
      // The client broke off. Where the server has answered already, the exchange is over and this does nothing.
      if (!(error instanceof HostError)) exchange.cancel();
      throw error;
    }
  }

  async #takeResponse(
    exchange: Exchange,
    head: RequestHead,
    response: Response,
    state: { begun: boolean },
  ): Promise<void> {
    for await (const frame of readFrames(exchange)) {
      if (frame.type === FRAME_HEAD) {
        if (state.begun) throw new HostError('BAD_REPLY', 'HTTP over an exchange: a second head');
        const { status, headers } = responseHead(frame.json);
        state.begun = true;
        // Both kinds of response take this; the union of their overloads does not type.
        (response as ServerResponse).writeHead(status, toNode(headers));
      } else if (!state.begun) {
        throw new HostError('BAD_REPLY', 'HTTP over an exchange: a body without head');
      } else if (frame.type === FRAME_DATA) {
        if (head.method === 'HEAD') continue;
        const more = (response as ServerResponse).write(frame.data);
        if (!more && !response.closed) {
          await Promise.race([once(response, 'drain'), once(response, 'close')]);
        }
      } else
        (response as ServerResponse).addTrailers(toNode(trailerLines(frame.json)) as Record<string, string>);
    }
    if (!state.begun) throw new HostError('BAD_REPLY', 'HTTP over an exchange: no response');
    response.end();
  }

  #route(request: Request, head: RequestHead): IngressRoute | undefined {
    const authority = (request as Http2ServerRequest).authority ?? header(head.headers, 'host') ?? '';
    const host = authority.replace(/:\d+$/, '').toLowerCase();
    return this.#options.routes.find((route) => {
      const { prefix } = route;
      if (route.host !== undefined && route.host.toLowerCase() !== host) return false;
      if (!head.path.startsWith(prefix)) return false;
      const next = head.path[prefix.length];
      return prefix.endsWith('/') || next === undefined || next === '/' || next === '?';
    });
  }
}

function headOf(request: Request): RequestHead {
  const headers = endToEnd(request.rawHeaders);
  const authority = (request as Http2ServerRequest).authority;
  if (authority !== undefined && header(headers, 'host') === undefined) headers.unshift(['host', authority]);
  const body =
    request.httpVersionMajor >= 2
      ? (request as Http2ServerRequest).stream.readableEnded === false &&
        (request as Http2ServerRequest).stream.endAfterHeaders === false
      : request.headers['content-length'] !== undefined || request.headers['transfer-encoding'] !== undefined;
  return { method: request.method ?? 'GET', path: request.url ?? '/', headers: withTrace(headers), body };
}

/** Whether another attempt, on another instance maybe, may fare better. */
function isPassing(error: unknown): boolean {
  return error instanceof HostError && (error.code === 'RESET' || statusOf(error) === 502);
}

function fail(response: Response, status: number, message: string): void {
  if (response.headersSent || response.closed) return;
  const text = `${status} ${message}\n`;
  const headers = {
    'content-type': 'text/plain; charset=utf-8',
    'content-length': `${Buffer.byteLength(text)}`,
  };
  (response as ServerResponse).writeHead(status, headers);
  (response as ServerResponse).end(text);
}
