import { connect } from 'node:tls';
import { HostError } from '../errors.js';
import type { RequestHead } from './heads.js';
import {
  type Origin,
  type OriginCall,
  type OriginSink,
  type OriginTls,
  type OriginTunnel,
  type RequestBody,
  tlsOptions,
} from './origin.js';
import { Http1Origin } from './origin-http1.js';
import { Http2Origin } from './origin-http2.js';

export interface OriginOptions {
  /** `http://host:port`, `https://host:port` (HTTP/2 where the server offers it, else HTTP/1.1), `h2c://host:port` (HTTP/2 in the clear). */
  readonly target: string;
  readonly maxConnections: number;
  readonly tls?: OriginTls | undefined;
}

/** @throws HostError INVALID_ARGUMENT */
export function openOrigin({ target, maxConnections, tls }: OriginOptions): Origin {
  const remedy = 'give http://, https:// or h2c:// with host and port';
  if (!URL.canParse(target)) throw HostError.invalid('egress', `target is "${target}"`, remedy);
  const url = new URL(target);
  switch (url.protocol) {
    case 'http:':
      return new Http1Origin({ target: url, maxConnections, tls });
    case 'https:':
      return new NegotiatedOrigin(url, maxConnections, tls);
    case 'h2c:':
      return new Http2Origin({ target: new URL(target.replace(/^h2c:/, 'http:')), tls });
    default:
      throw HostError.invalid('egress', `target is "${target}"`, remedy);
  }
}

/** An origin behind TLS: which HTTP it speaks it says itself (ALPN), at the first request. */
class NegotiatedOrigin implements Origin {
  readonly #target: URL;
  readonly #tls: OriginTls | undefined;
  readonly #http1: Http1Origin;
  readonly #http2: Http2Origin;
  #chosen: Origin | undefined;
  #choosing: Promise<Origin> | undefined;

  constructor(target: URL, maxConnections: number, tls: OriginTls | undefined) {
    this.#target = target;
    this.#tls = tls;
    this.#http1 = new Http1Origin({ target, maxConnections, tls });
    this.#http2 = new Http2Origin({ target, tls });
  }

  send(head: RequestHead, body: RequestBody | undefined, sink: OriginSink): OriginCall {
    if (this.#chosen !== undefined) return this.#chosen.send(head, body, sink);
    let call: OriginCall | undefined;
    let cancelled = false;
    this.#choose().then(
      (origin) => {
        if (!cancelled) call = origin.send(head, body, sink);
      },
      (error: unknown) => {
        if (!cancelled) sink.failed(error instanceof Error ? error : new Error(String(error)));
      },
    );
    return {
      resume: () => call?.resume(),
      cancel: () => {
        cancelled = true;
        call?.cancel();
      },
    };
  }

  tunnel(head: RequestHead, sink: OriginSink, signal: AbortSignal): Promise<OriginTunnel | undefined> {
    return this.#http1.tunnel(head, sink, signal);
  }

  close(): void {
    this.#http1.close();
    this.#http2.close();
  }

  #choose(): Promise<Origin> {
    this.#choosing ??= new Promise<Origin>((resolve, reject) => {
      const { hostname, port } = this.#target;
      const socket = connect({
        host: hostname,
        port: port === '' ? 443 : Number(port),
        ALPNProtocols: ['h2', 'http/1.1'],
        ...tlsOptions(this.#tls, hostname),
      });
      socket.once('secureConnect', () => {
        const origin = socket.alpnProtocol === 'h2' ? this.#http2 : this.#http1;
        this.#chosen = origin;
        socket.end();
        resolve(origin);
      });
      socket.once('error', (error) => {
        this.#choosing = undefined;
        reject(error);
      });
    });
    return this.#choosing;
  }
}
