import { createServer as createHttpServer, type Server as HttpServer, type IncomingMessage } from 'node:http';
import type { Http2ServerRequest } from 'node:http2';
import { createServer, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Name } from '../../wire/index.js';
import type { CallResult } from '../call-options.js';
import { HostError } from '../errors.js';
import type { Host } from '../host.js';
import { Exchange } from '../transport/exchange.js';
import { ResetCode } from '../transport/segment.js';
import { FastConnection } from './fast-connection.js';
import { fieldOf, framingOf, linesOfRaw } from './field-lines.js';
import { FRAME_HEAD, FRAME_TRAILERS, FrameReader, headFrame, sendData } from './frames.js';
import { endToEnd, Fields, type RequestHead, requestText, requestTimeoutUs, trailerText } from './heads.js';
import { type HttpClient, NodeHttpClient, type Request, type Response } from './http-client.js';
import { type Answered, ResponseFrames } from './response-frames.js';
import { type IngressRoute, routeOf } from './routes.js';
import { statusOf } from './status.js';
import { carryUpgrade } from './upgrade.js';

export type { IngressRoute } from './routes.js';

export interface IngressOptions {
  /** The first that fits is taken; the longest prefix should stand first. */
  readonly routes: readonly IngressRoute[];
  /** Time of a request that gives itself none, and the longest it may give itself, microseconds. Default 30,000,000. */
  readonly timeoutUs?: number | undefined;
  /** A connection that carries no request is closed after this long, microseconds. Default 65,000,000. */
  readonly keepAliveUs?: number | undefined;
  readonly onError?: ((error: unknown, request: RequestHead) => void) | undefined;
}

export interface IngressCounters {
  requests: number;
  /** Answered by the gateway itself with an error. */
  failed: number;
  /** Broken off after the head of the response. */
  cut: number;
  /** Sent again, because an instance failed before it answered. */
  repeated: number;
  /** Connections that node:http had to take over, because a request was not whole and plain. */
  handedOver: number;
}

/** Methods without effect: may be sent again where an instance failed. */
const SAFE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);
const ATTEMPTS = 3;
const NO_BYTES = new Uint8Array(0);

interface Target extends IngressRoute {
  readonly parsed: Name;
}

/** One request on its way. */
interface Run extends Answered {
  readonly name: Name;
  /** The body where it is there at once. */
  readonly body: Uint8Array;
  /** The body where it is still coming. */
  readonly source: Request | undefined;
  readonly deadline: number;
  attempt: number;
  stop: () => void;
}

/**
 * HTTP in, named calls out: `createServer` gives a server for HTTP/1.1; `listener`, `upgrade` and `connect` are listeners for servers of
 * node:http, node:https and node:http2.
 */
export class Ingress {
  readonly counters: IngressCounters = { requests: 0, failed: 0, cut: 0, repeated: 0, handedOver: 0 };
  readonly listener: (request: Request, response: Response) => void;
  /** For `upgrade` and `connect` events of node's HTTP/1.1 servers. */
  readonly upgrade: (request: IncomingMessage, socket: Duplex, first: Buffer) => void;
  readonly #host: Host;
  readonly #options: IngressOptions;
  readonly #routes: readonly Target[];

  constructor(host: Host, options: IngressOptions) {
    this.#host = host;
    this.#options = options;
    this.#routes = options.routes.map((route) => ({ ...route, parsed: host.nameOf(route.name) }));
    this.listener = (request, response) => this.#take(request, response);
    this.upgrade = (request, socket, first) => this.#carry(request, socket, first);
  }

  /** A server for HTTP/1.1, not listening yet. Closing it closes idle connections, and the others after their requests. */
  createServer(): Server {
    const http = createHttpServer(this.listener);
    this.attach(http);
    const open = new Set<FastConnection>();
    const over = (connection: FastConnection) => {
      open.delete(connection);
    };
    // A client that ends its side once it has asked still gets its answer.
    const server = createServer({ allowHalfOpen: true }, (socket: Socket) => {
      open.add(new FastConnection(socket, http, this.#takePlain, over));
    });
    http.on('connection', () => this.counters.handedOver++);
    const keepMs = (this.#options.keepAliveUs ?? 65_000_000) / 1000;
    const sweep = setInterval(
      () => {
        const before = performance.now() - keepMs;
        for (const connection of open) {
          if (connection.idle && connection.idleSince < before) connection.end();
        }
      },
      Math.min(5000, keepMs),
    );
    sweep.unref();
    const close = server.close.bind(server);
    server.close = (done) => {
      clearInterval(sweep);
      for (const connection of open) connection.end();
      http.closeIdleConnections();
      // What has been handed over ends with its requests, too.
      http.on('request', (_request, response) => response.setHeader('connection', 'close'));
      return close(done);
    };
    return server;
  }

  /** Takes Upgrade and CONNECT of a server of node:http or node:https, whose requests `listener` takes. */
  attach(server: HttpServer): void {
    server.on('upgrade', this.upgrade);
    server.on('connect', this.upgrade);
  }

  #take(request: Request, response: Response): void {
    const client = new NodeHttpClient(request, response);
    const head = headOf(request);
    const over = () => {
      // What the client is still sending nobody wants: it must not keep the connection from its next request.
      request.resume();
    };
    response.once('close', over);
    response.once('finish', over);
    this.#begin(head, NO_BYTES, head.kind === 'body' ? request : undefined, client);
  }

  readonly #takePlain = (head: RequestHead, body: Uint8Array, client: HttpClient): void => {
    this.#begin(head, body, undefined, client);
  };

  #timeLimitUs(head: RequestHead): number {
    const limit = this.#options.timeoutUs ?? 30_000_000;
    return Math.min(limit, requestTimeoutUs(head.fields.framing) ?? limit);
  }

  #begin(head: RequestHead, body: Uint8Array, source: Request | undefined, client: HttpClient): void {
    this.counters.requests++;
    const route = routeOf(this.#routes, head.fields.framing.host, head.path);
    if (route === undefined) {
      this.counters.failed++;
      answerError(client, 404, 'no service has this path');
      return;
    }
    const run: Run = {
      head,
      name: route.parsed,
      client,
      body,
      source,
      deadline: this.#host.environment.now() + this.#timeLimitUs(head),
      begun: false,
      attempt: 1,
      stop: () => undefined,
    };
    client.onGone(() => run.stop());
    this.#send(run);
  }

  #send(run: Run): void {
    const deadlineUs = Math.max(1, run.deadline - this.#host.environment.now());
    try {
      const text = requestText(run.head, Math.ceil(deadlineUs / 1000));
      const frame = headFrame(FRAME_HEAD, text, run.body);
      if (run.source === undefined && frame.length <= this.#host.queryRoom(run.name)) {
        const options = { deadlineUs, attempts: 20 };
        run.stop = this.#host.query(run.name, frame, options, (outcome) => this.#settle(run, outcome));
        return;
      }
      const exchange = this.#host.open(run.name, { deadlineUs, attempts: 20 });
      run.stop = () => exchange.cancel();
      exchange.send(frame);
      if (run.source === undefined) exchange.end();
      else void sendBody(exchange, run.source);
      void this.#stream(run, exchange);
    } catch (error) {
      this.#fail(run, error);
    }
  }

  #settle(run: Run, outcome: CallResult | HostError | Exchange): void {
    if (outcome instanceof HostError) {
      this.#fail(run, outcome);
      return;
    }
    if (outcome instanceof Exchange) {
      run.stop = () => outcome.cancel();
      void this.#stream(run, outcome);
      return;
    }
    try {
      this.#giveWhole(run, outcome.payload);
    } catch (error) {
      this.#fail(run, error);
    }
  }

  /** A response of one datagram. */
  #giveWhole(run: Run, payload: Uint8Array): void {
    const reader = new FrameReader();
    reader.push(payload);
    const response = new ResponseFrames(run);
    for (let frame = reader.next(); frame !== undefined; frame = reader.next()) response.take(frame);
    if (!reader.between) throw new HostError('BAD_REPLY', 'HTTP over an exchange: ends inside a frame');
    response.end();
  }

  async #stream(run: Run, exchange: Exchange): Promise<void> {
    const { client } = run;
    const reader = new FrameReader();
    const response = new ResponseFrames(run, true);
    const take = (bytes: Uint8Array): boolean => {
      let room = true;
      reader.push(bytes);
      for (let frame = reader.next(); frame !== undefined; frame = reader.next()) {
        room = response.take(frame) && room;
      }
      return room;
    };
    /** The client has no room for more; bytes have been read and are not given yet. */
    let full = false;
    let busy = false;
    exchange.offer((bytes) => {
      if (full || busy) return false;
      try {
        full = !take(bytes);
        reader.keep();
      } catch (error) {
        exchange.fail(brokenBy(error), ResetCode.CANCELLED);
        return true;
      }
      if (full) {
        void client.drained().then(() => {
          full = false;
        });
      }
      return true;
    });
    try {
      for (;;) {
        let bytes = await exchange.read();
        if (bytes === undefined) break;
        busy = true;
        for (; bytes !== undefined; bytes = exchange.readNow()) {
          await client.drained();
          take(bytes);
        }
        busy = false;
        if (client.gone) {
          exchange.cancel();
          return;
        }
      }
      if (!reader.between) throw new HostError('BAD_REPLY', 'HTTP over an exchange: ends inside a frame');
      response.end();
    } catch (error) {
      exchange.cancel();
      this.#fail(run, error);
    }
  }

  #fail(run: Run, error: unknown): void {
    const { head, client, source } = run;
    const safe = SAFE.has(head.method) && source === undefined && !run.begun && run.attempt < ATTEMPTS;
    if (safe && isPassing(error) && !client.gone && this.#host.environment.now() < run.deadline) {
      run.attempt++;
      this.counters.repeated++;
      this.#send(run);
      return;
    }
    this.#options.onError?.(error, head);
    if (run.begun) {
      this.counters.cut++;
      client.cut();
      return;
    }
    this.counters.failed++;
    answerError(client, statusOf(error), error instanceof Error ? error.message : String(error));
  }

  #carry(request: IncomingMessage, socket: Duplex, first: Buffer): void {
    this.counters.requests++;
    const head = headOf(request, 'tunnel');
    const path = request.method === 'CONNECT' ? (request.url ?? '') : head.path;
    const authority = request.method === 'CONNECT' ? path : head.fields.framing.host;
    const route = routeOf(this.#routes, authority, path);
    const timeoutUs = this.#timeLimitUs(head);
    carryUpgrade(this.#host, route?.parsed, head, socket, first, timeoutUs).catch((error: unknown) => {
      this.counters.failed++;
      this.#options.onError?.(error, head);
    });
  }
}

/** Sends a request's body as it comes. Its failure is the exchange's, which reading the response meets as well. */
async function sendBody(exchange: Exchange, request: Request): Promise<void> {
  try {
    for await (const chunk of request) {
      if (!sendData(exchange, chunk as Uint8Array)) await exchange.room();
      if (exchange.state === 'failed' || exchange.state === 'done') return;
    }
    const trailers = endToEnd(request.rawTrailers);
    if (trailers.length > 0) exchange.send(headFrame(FRAME_TRAILERS, trailerText(trailers)));
    exchange.end();
  } catch {
    // The client broke off. Where the server has answered already, the exchange is over and this does nothing.
    exchange.cancel();
  }
}

function headOf(request: Request, kind?: 'tunnel'): RequestHead {
  let lines = linesOfRaw(request.rawHeaders);
  const authority = (request as Http2ServerRequest).authority;
  if (authority !== undefined && fieldOf(lines, 'host') === undefined)
    lines = `\r\nhost: ${authority}${lines}`;
  const body =
    request.httpVersionMajor >= 2
      ? (request as Http2ServerRequest).stream.readableEnded === false &&
        (request as Http2ServerRequest).stream.endAfterHeaders === false
      : Number(request.headers['content-length'] ?? 0) > 0 ||
        request.headers['transfer-encoding'] !== undefined;
  return {
    method: request.method ?? 'GET',
    path: request.url ?? '/',
    kind: kind ?? (body ? 'body' : 'bare'),
    timeoutMs: 0,
    fields: Fields.inTrace(framingOf(lines, kind === 'tunnel')),
  };
}

function brokenBy(error: unknown): HostError {
  return error instanceof HostError ? error : new HostError('BAD_REPLY', String(error));
}

/** Whether another attempt, on another instance maybe, may fare better. */
function isPassing(error: unknown): boolean {
  return error instanceof HostError && (error.code === 'RESET' || statusOf(error) === 502);
}

function answerError(client: HttpClient, status: number, message: string): void {
  if (client.gone) return;
  const text = Buffer.from(`${status} ${message}\n`);
  const lines = `\r\ncontent-type: text/plain; charset=utf-8\r\ncontent-length: ${text.length}`;
  client.whole({ status, fields: Fields.ofLines(lines) }, text);
}
