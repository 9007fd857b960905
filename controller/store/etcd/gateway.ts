import {
  Agent,
  type ClientRequest,
  request as httpRequest,
  type IncomingMessage,
  type RequestOptions,
} from 'node:http';
import { request as httpsRequest, Agent as TlsAgent } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import { StoreError } from '../errors.js';

/** Certificates in PEM, for `https:` endpoints. */
export interface EtcdTls {
  readonly ca?: string | Uint8Array;
  readonly cert?: string | Uint8Array;
  readonly key?: string | Uint8Array;
}

/** Who asks, where etcd has authentication switched on. */
export interface EtcdUser {
  readonly name: string;
  readonly password: string;
}

/** A message of etcd's JSON gateway: numbers of 64 bits are texts, bytes are base64, what is zero is left out. */
export type Message = { readonly [field: string]: unknown };

export interface GatewayOptions {
  readonly endpoints: readonly string[];
  readonly tls?: EtcdTls;
  readonly user?: EtcdUser;
  /** How long one server may take to answer, milliseconds. */
  readonly attemptMs: number;
}

const LOGIN = '/v3/auth/authenticate';
const TOKEN_TIMEOUT_MS = 5000;

// gRPC codes of what may be cured by asking again, perhaps somewhere else.
const UNKNOWN = 2;
const DEADLINE_EXCEEDED = 4;
const RESOURCE_EXHAUSTED = 8;
const UNAVAILABLE = 14;
const TRANSIENT: ReadonlySet<number> = new Set([DEADLINE_EXCEEDED, UNAVAILABLE]);

/** An attempt failed. `isTransient`: it may or may not have been carried out, and asking again may help. */
export class EtcdError extends Error {
  readonly grpcCode: number;
  readonly isTransient: boolean;

  constructor(grpcCode: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'EtcdError';
    this.grpcCode = grpcCode;
    const isBusy = grpcCode === RESOURCE_EXHAUSTED && /too many requests/.test(message);
    const isLeaderless = grpcCode === UNKNOWN && /leader|timed out|stopped/.test(message);
    this.isTransient = TRANSIENT.has(grpcCode) || isBusy || isLeaderless;
  }

  /** The token is old, or of a server that has restarted since: nothing was carried out. */
  get wantsToken(): boolean {
    return /invalid auth token|auth store is old/.test(this.message);
  }

  get isFull(): boolean {
    return this.grpcCode === RESOURCE_EXHAUSTED && !this.isTransient && !this.isTooLarge;
  }

  /** The request is longer than its servers take. */
  get isTooLarge(): boolean {
    return /request is too large|larger than max/.test(this.message);
  }
}

/**
 * The HTTP/JSON side of an etcd cluster (its gRPC gateway, /v3/...). One server is asked at a time; after a failure
 * it is the next one's turn.
 */
export class EtcdGateway {
  readonly #endpoints: readonly URL[];
  readonly #agent: Agent;
  readonly #tlsAgent: TlsAgent;
  readonly #user: EtcdUser | undefined;
  readonly #attemptMs: number;
  #turn = 0;
  #login: Promise<string> | undefined;
  /** What the last login gave. */
  #token: string | undefined;

  /** Throws StoreError UNREACHABLE where an endpoint is no http: or https: URL. */
  constructor({ endpoints, tls = {}, user, attemptMs }: GatewayOptions) {
    this.#user = user;
    this.#attemptMs = attemptMs;
    this.#endpoints = endpoints.map((text) => {
      const url = URL.canParse(text) ? new URL(text) : undefined;
      if (url?.protocol === 'http:' || url?.protocol === 'https:') return url;
      throw new StoreError('UNREACHABLE', `'${text}' is no URL of an etcd server; give http://HOST:2379`);
    });
    if (this.#endpoints.length === 0) throw new StoreError('UNREACHABLE', 'no etcd server was given');
    this.#agent = new Agent({ keepAlive: true });
    this.#tlsAgent = new TlsAgent({
      keepAlive: true,
      ...(tls.ca !== undefined && { ca: Buffer.from(tls.ca) }),
      ...(tls.cert !== undefined && { cert: Buffer.from(tls.cert) }),
      ...(tls.key !== undefined && { key: Buffer.from(tls.key) }),
    });
  }

  /** One attempt, and a second one where a new token is wanted for it. Throws EtcdError. */
  async call(path: string, body: Message, timeoutMs: number): Promise<Message> {
    if (this.#user === undefined) return this.#attempt(path, body, timeoutMs);
    await this.#loggedIn(this.#user, timeoutMs);
    const token = this.#token;
    try {
      return await this.#attempt(path, body, timeoutMs);
    } catch (error) {
      if (!(error instanceof EtcdError) || !error.wantsToken) throw error;
      if (this.#token === token) this.#login = undefined;
      await this.#loggedIn(this.#user, timeoutMs);
      return this.#attempt(path, body, timeoutMs);
    }
  }

  /** A stream was refused, perhaps for its token: the next one gets another. */
  renewToken(): void {
    if (this.#user === undefined) return;
    this.#login = undefined;
    // Whoever asks next hears what is wrong.
    this.#loggedIn(this.#user, TOKEN_TIMEOUT_MS).catch(() => undefined);
  }

  #loggedIn(user: EtcdUser, timeoutMs: number): Promise<string> {
    if (this.#login !== undefined) return this.#login;
    const login = this.#attempt(LOGIN, { ...user }, timeoutMs).then(({ token }) => {
      if (typeof token !== 'string') throw new EtcdError(UNKNOWN, 'a login was answered without a token');
      this.#token = token;
      return token;
    });
    this.#login = login;
    login.catch(() => {
      if (this.#login === login) this.#login = undefined;
    });
    return login;
  }

  #attempt(path: string, body: Message, timeoutMs: number): Promise<Message> {
    const turn = this.#turn;
    return new Promise((resolve, reject) => {
      const fail = (error: EtcdError) => {
        clearTimeout(timer);
        if (error.isTransient && this.#turn === turn) this.#turn += 1;
        reject(error);
      };
      const request = this.#post(path, body, (status, text) => {
        clearTimeout(timer);
        const message = parse(text);
        if (status === 200 && message !== undefined) resolve(message);
        else fail(errorOf(status, text, message));
      });
      request.on('error', (cause) => fail(new EtcdError(UNAVAILABLE, cause.message, { cause })));
      const timer = setTimeout(() => {
        fail(new EtcdError(DEADLINE_EXCEEDED, `no answer in ${timeoutMs} ms`));
        request.destroy();
      }, timeoutMs);
    });
  }

  /** Attempts until one is answered: for requests that may be carried out twice. Throws StoreError. */
  async ask(path: string, body: Message, timeoutMs: number): Promise<Message> {
    const deadline = performance.now() + timeoutMs;
    for (let pauseMs = 10; ; pauseMs = Math.min(500, pauseMs * 2)) {
      try {
        return await this.call(path, body, Math.min(this.#attemptMs, timeoutMs));
      } catch (error) {
        if (!(error instanceof EtcdError) || !error.isTransient) throw storeError(error);
        if (performance.now() + pauseMs > deadline) throw this.unreachable(error);
        await sleep(pauseMs);
      }
    }
  }

  /** Opens a stream of messages; returns what ends it. `onEnd` is called once, also after that. */
  stream(
    path: string,
    body: Message,
    onMessage: (result: Message) => void,
    onEnd: (error: EtcdError) => void,
  ): () => void {
    const turn = this.#turn;
    let isOver = false;
    const end = (error: EtcdError) => {
      if (isOver) return;
      isOver = true;
      if (this.#turn === turn) this.#turn += 1;
      request.destroy();
      onEnd(error);
    };
    let rest = '';
    const request = this.#open(path, body, (response) => {
      response.setEncoding('utf8');
      response.on('data', (text: string) => {
        const lines = (rest + text).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) {
          if (isOver || line.trim() === '') continue;
          const message = parse(line);
          const result = message?.['result'];
          if (typeof result === 'object' && result !== null) onMessage(result as Message);
          else end(errorOf(response.statusCode ?? 0, line, message));
        }
      });
      const closed = () => end(new EtcdError(UNAVAILABLE, 'the stream ended'));
      response.on('end', closed);
      response.on('error', closed);
      response.on('close', closed);
    });
    request.on('error', (cause) => end(new EtcdError(UNAVAILABLE, cause.message, { cause })));
    return () => end(new EtcdError(UNAVAILABLE, 'closed'));
  }

  unreachable(cause: unknown): StoreError {
    const names = this.#endpoints.map(({ host }) => host).join(', ');
    const why = cause instanceof Error ? cause.message : String(cause);
    return new StoreError('UNREACHABLE', `no etcd server of ${names} answers (${why})`, { cause });
  }

  close(): void {
    this.#agent.destroy();
    this.#tlsAgent.destroy();
  }

  #post(path: string, body: Message, onAnswer: (status: number, text: string) => void): ClientRequest {
    const request = this.#open(path, body, (response) => {
      const parts: string[] = [];
      response.setEncoding('utf8');
      response.on('data', (text: string) => parts.push(text));
      response.on('end', () => onAnswer(response.statusCode ?? 0, parts.join('')));
      response.on('error', (error) => request.destroy(error));
    });
    return request;
  }

  #open(path: string, body: Message, onResponse: (response: IncomingMessage) => void): ClientRequest {
    const endpoint = this.#endpoints[this.#turn % this.#endpoints.length] as URL;
    const isTls = endpoint.protocol === 'https:';
    const text = JSON.stringify(body);
    const options: RequestOptions = {
      hostname: endpoint.hostname.replace(/^\[|\]$/g, ''),
      port: endpoint.port === '' ? (isTls ? 443 : 80) : endpoint.port,
      path,
      method: 'POST',
      agent: isTls ? this.#tlsAgent : this.#agent,
      headers: {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(text),
        // A server that has lost the cluster ends its watches instead of being silent.
        'grpc-metadata-hasleader': 'true',
        // A login that shows an old token is refused for it.
        ...(this.#token !== undefined && path !== LOGIN && { authorization: this.#token }),
      },
    };
    const request = isTls ? httpsRequest(options, onResponse) : httpRequest(options, onResponse);
    request.setNoDelay(true);
    request.end(text);
    return request;
  }
}

/** What a user of the store gets to see. */
export function storeError(error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  if (error instanceof EtcdError && error.isFull) {
    return new StoreError('FULL', `etcd: ${error.message}; make room there, then disarm its alarm`, {
      cause: error,
    });
  }
  if (error instanceof EtcdError && error.isTooLarge) {
    const message = `etcd: what is to be stored is too large for a request (${error.message}); make it smaller, or start etcd with a higher --max-request-bytes`;
    return new StoreError('IO', message, { cause: error });
  }
  const message = error instanceof Error ? error.message : String(error);
  return new StoreError('IO', `etcd: ${message}`, { cause: error });
}

function parse(text: string): Message | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Message) : undefined;
  } catch {
    return undefined;
  }
}

function errorOf(status: number, text: string, message: Message | undefined): EtcdError {
  const inner = message?.['error'];
  const fields = typeof inner === 'object' && inner !== null ? (inner as Message) : message;
  const said = fields?.['message'] ?? fields?.['error'] ?? inner;
  const code = Number(fields?.['code'] ?? fields?.['grpc_code'] ?? (status >= 500 ? UNAVAILABLE : UNKNOWN));
  return new EtcdError(code, typeof said === 'string' ? said : `HTTP ${status}: ${text.slice(0, 200)}`);
}
