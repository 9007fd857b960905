import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { type Dispatcher, Pool } from 'undici';
import { HostError } from '../errors.js';
import { FRAME_DATA, type Frame } from './frames.js';
import { endToEnd, Fields, type HeaderLines, type RequestHead } from './heads.js';
import { Http1Pool, type Http1Request } from './http1-pool.js';
import {
  type Origin,
  type OriginCall,
  type OriginSink,
  type OriginTls,
  type OriginTunnel,
  type RequestBody,
  tlsOptions,
} from './origin.js';
import { agrees } from './upgrade.js';

export interface Http1OriginOptions {
  readonly target: URL;
  readonly maxConnections: number;
  readonly tls: OriginTls | undefined;
}

/** Methods whose requests without a body say so (RFC 9110 section 8.6). */
const EXPECT_BODY: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH']);
const IDEMPOTENT: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE']);

/**
 * An origin that speaks HTTP/1.1, over connections that stay. Requests in the clear that are there as a whole go by a client of the
 * gateway's own, which takes a third of the time; the others, and what goes over TLS, by undici.
 */
export class Http1Origin implements Origin {
  readonly #options: Http1OriginOptions;
  readonly #pool: Pool;
  readonly #plain: Http1Pool | undefined;

  constructor(options: Http1OriginOptions) {
    this.#options = options;
    const { target, maxConnections, tls } = options;
    this.#pool = new Pool(target.origin, {
      connections: maxConnections,
      pipelining: 1,
      // The caller's deadline limits both.
      headersTimeout: 0,
      bodyTimeout: 0,
      ...(target.protocol === 'https:' && { connect: tlsOptions(tls, target.hostname) }),
    });
    if (target.protocol === 'http:') {
      // URLs have IPv6 addresses in brackets.
      const host = target.hostname.replace(/^\[|\]$/g, '');
      this.#plain = new Http1Pool({ host, port: Number(target.port || 80), maxConnections });
    }
  }

  send(head: RequestHead, body: RequestBody | undefined, sink: OriginSink): OriginCall {
    if (this.#plain === undefined || !(body === undefined || body instanceof Uint8Array)) {
      return this.#dispatch(head, body, sink);
    }
    const request = this.#request(head, body);
    if (request !== undefined) return this.#plain.send(request, sink);
    queueMicrotask(() => sink.failed(new HostError('BAD_REPLY', 'no request HTTP/1.1 could carry')));
    return { resume: () => undefined, cancel: () => undefined };
  }

  /** Undefined where its fields contradict its body, or themselves. */
  #request(head: RequestHead, body: Uint8Array | undefined): Http1Request | undefined {
    const { method, path } = head;
    const { lines, hosts, contentLength } = head.fields.framing;
    const length = body?.length ?? 0;
    if (hosts > 1 || (contentLength !== undefined && contentLength !== length)) return undefined;
    let own = hosts === 0 ? `\r\nhost: ${this.#options.target.host}` : '';
    if (contentLength === undefined && (length > 0 || EXPECT_BODY.has(method))) {
      own += `\r\ncontent-length: ${length}`;
    }
    const text = `${method} ${path} HTTP/1.1${lines}${own}\r\n\r\n`;
    return { method, head: text, body, repeatable: IDEMPOTENT.has(method) };
  }

  #dispatch(head: RequestHead, body: RequestBody | undefined, sink: OriginSink): OriginCall {
    const call = new Http1Call(sink);
    const headers: string[] = [];
    for (const [name, value] of head.fields.headers) headers.push(name, value);
    try {
      this.#pool.dispatch(
        {
          method: head.method as Dispatcher.HttpMethod,
          path: head.path,
          headers,
          // Types know neither async iterables nor null, the documentation does.
          body: (body === undefined || body instanceof Uint8Array
            ? (body ?? null)
            : bytesOf(body)) as unknown as string | null,
        },
        call,
      );
    } catch (error) {
      call.onError(error as Error);
    }
    return call;
  }

  async tunnel(head: RequestHead, sink: OriginSink, signal: AbortSignal): Promise<OriginTunnel | undefined> {
    const { target, tls } = this.#options;
    const secure = target.protocol === 'https:';
    const lines: string[] = [];
    for (const [name, value] of head.fields.headers) lines.push(name, value);
    if (head.fields.value('upgrade') !== undefined) lines.push('connection', 'Upgrade');
    const options = {
      host: target.hostname,
      port: target.port === '' ? (secure ? 443 : 80) : Number(target.port),
      method: head.method,
      path: head.path,
      headers: lines,
      setHost: false,
      agent: false as const,
      signal,
    };
    const outgoing: ClientRequest = secure
      ? httpsRequest({ ...options, ...tlsOptions(tls, target.hostname) })
      : httpRequest(options);
    return new Promise((resolve, reject) => {
      const agreed = (response: IncomingMessage, socket: OriginTunnel['socket'], first: Buffer) => {
        // Node keeps a Connection: Upgrade of its own to itself; what was agreed on travels.
        const fields = Fields.ofRaw(response.rawHeaders, true);
        const status = response.statusCode ?? 0;
        if (!agrees(head.method, status)) {
          // A CONNECT that is refused: the body, if any, ends with the connection.
          const others = fields.headers.filter(([name]) => name !== 'content-length');
          sink.head({ status, fields: Fields.ofHeaders(others) });
          if (first.length > 0) sink.data(first);
          socket.on('data', (chunk: Buffer) => sink.data(chunk));
          socket.on('error', () => undefined);
          socket.once('close', () => {
            sink.end([]);
            resolve(undefined);
          });
          socket.end();
          socket.resume();
          return;
        }
        if (first.length > 0) socket.unshift(first);
        resolve({ head: { status, fields }, socket });
      };
      outgoing.once('upgrade', agreed);
      outgoing.once('connect', agreed);
      outgoing.once('error', reject);
      outgoing.once('response', (response) => {
        const fields = Fields.ofRaw(response.rawHeaders);
        sink.head({ status: response.statusCode ?? 502, fields });
        response.on('data', (chunk: Buffer) => sink.data(chunk));
        response.once('error', reject);
        response.once('end', () => {
          sink.end(endToEnd(response.rawTrailers));
          resolve(undefined);
        });
      });
      outgoing.end();
    });
  }

  close(): void {
    this.#plain?.close();
    void this.#pool.destroy();
  }
}

async function* bytesOf(frames: AsyncIterable<Frame>): AsyncGenerator<Uint8Array> {
  // HTTP/1.1 trailers of requests end here: undici sends none.
  for await (const frame of frames) if (frame.type === FRAME_DATA && frame.data.length > 0) yield frame.data;
}

/** undici's handler of one request. */
class Http1Call implements OriginCall {
  readonly #sink: OriginSink;
  #resume: (() => void) | undefined;
  #abort: ((error?: Error) => void) | undefined;
  #over = false;

  constructor(sink: OriginSink) {
    this.#sink = sink;
  }

  resume(): void {
    this.#resume?.();
  }

  cancel(): void {
    if (this.#over) return;
    this.#over = true;
    this.#abort?.();
  }

  onConnect(abort: (error?: Error) => void): void {
    if (this.#over) abort();
    else this.#abort = abort;
  }

  onHeaders(status: number, raw: Buffer[], resume: () => void): boolean {
    if (this.#over) return true;
    this.#resume = resume;
    this.#sink.head({ status, fields: Fields.ofRaw(raw) });
    return true;
  }

  onData(chunk: Buffer): boolean {
    return this.#over || this.#sink.data(chunk);
  }

  onComplete(trailers: string[] | Buffer[] | null): void {
    if (this.#over) return;
    this.#over = true;
    const lines: HeaderLines = trailers === null || trailers.length === 0 ? [] : endToEnd(trailers);
    this.#sink.end(lines);
  }

  onError(error: Error): void {
    if (this.#over) return;
    this.#over = true;
    this.#sink.failed(error);
  }
}
