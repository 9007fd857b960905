import { isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Frame } from './frames.js';
import type { HeaderLines, RequestHead, ResponseHead } from './heads.js';

/** Takes what an origin answers. After `end` or `failed` nothing more comes. */
export interface OriginSink {
  /** Also informational ones (1xx), any number, before the one that counts. */
  head(head: ResponseHead): void;
  /** `bytes` are valid during the call only. @returns false where it wants no more until `resume` */
  data(bytes: Uint8Array): boolean;
  end(trailers: HeaderLines): void;
  /** No answer, or one that broke off. */
  failed(error: Error): void;
}

export interface OriginCall {
  /** After a `data` that said false. */
  resume(): void;
  /** Ends it at once; the sink hears no more of it. */
  cancel(): void;
}

/** What the origin's end of a tunnel says: agreed, or an ordinary answer to be read from `sink`. */
export interface OriginTunnel {
  readonly head: ResponseHead;
  readonly socket: Duplex;
}

/** Body of a request: all of it, or frames that are still coming. */
export type RequestBody = Uint8Array | AsyncIterable<Frame>;

/** An HTTP server behind a gateway. */
export interface Origin {
  send(head: RequestHead, body: RequestBody | undefined, sink: OriginSink): OriginCall;
  /** Asks for an Upgrade or CONNECT. Undefined where the answer was an ordinary one, which has gone to the sink. */
  tunnel(head: RequestHead, sink: OriginSink, signal: AbortSignal): Promise<OriginTunnel | undefined>;
  close(): void;
}

export interface OriginTls {
  /** Certificates that are trusted in place of the system's, PEM. */
  readonly ca?: string | undefined;
  /** Whether the server's certificate is verified. Default true. */
  readonly verify?: boolean | undefined;
  /** Name the certificate has to be for, and that is asked for. Default: the target's. */
  readonly serverName?: string | undefined;
  /** The gateway's own certificate and key where the origin asks for one, PEM. */
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
}

/** Options of node:tls. */
export function tlsOptions(tls: OriginTls | undefined, host: string) {
  const name = tls?.serverName ?? (isIP(host) === 0 ? host : undefined);
  return {
    ...(name !== undefined && { servername: name }),
    rejectUnauthorized: tls?.verify !== false,
    ...(tls?.ca !== undefined && { ca: tls.ca }),
    ...(tls?.cert !== undefined && { cert: tls.cert }),
    ...(tls?.key !== undefined && { key: tls.key }),
  };
}
