import { type IncomingMessage, ServerResponse } from 'node:http';
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import { drained } from './drained.js';
import { type HeaderLines, type ResponseHead, toNode } from './heads.js';

/** The HTTP client of one request, as the ingress answers it. */
export interface HttpClient {
  /** It has gone away: what is answered from here on goes nowhere. */
  readonly gone: boolean;
  /** Calls `fn` once where the client goes away before the response has ended. */
  onGone(fn: () => void): void;
  /** An informational response (1xx). */
  informational(head: ResponseHead): void;
  head(head: ResponseHead): void;
  /** `bytes` are valid during the call only. @returns false where the sender should wait for `drained` */
  data(bytes: Uint8Array): boolean;
  /** Resolves when there is room again, or the client has gone. */
  drained(): Promise<void>;
  end(trailers: HeaderLines): void;
  /** A response of known length at once. */
  whole(head: ResponseHead, body: Uint8Array): void;
  /** Breaks off: the only way to say in mid-body that no more will come. */
  cut(): void;
}

export type Request = IncomingMessage | Http2ServerRequest;
export type Response = ServerResponse | Http2ServerResponse;

/** A client behind a server of node:http, node:https or node:http2. */
export class NodeHttpClient implements HttpClient {
  readonly #response: Response;
  readonly #headOnly: boolean;

  constructor(request: Request, response: Response) {
    this.#response = response;
    this.#headOnly = request.method === 'HEAD';
  }

  get gone(): boolean {
    return this.#response.closed || this.#response.destroyed;
  }

  onGone(fn: () => void): void {
    this.#response.once('close', () => {
      if (!this.#response.writableFinished) fn();
    });
  }

  informational({ status, fields }: ResponseHead): void {
    const { headers } = fields;
    const response = this.#response;
    // 100 the gateway's own server has said where it was asked for, 101 is no business of plain requests.
    if (status <= 101 || this.gone) return;
    if (!(response instanceof ServerResponse)) {
      response.stream.additionalHeaders({ ':status': status, ...toNode(headers) });
    } else if (status === 103) {
      if (headers.some(([name]) => name === 'link')) {
        const hints = toNode(headers);
        response.writeEarlyHints({ ...hints, link: hints['link'] ?? [] });
      }
    } else if (status === 102) response.writeProcessing();
  }

  head({ status, fields }: ResponseHead): void {
    if (this.gone) return;
    // Both kinds of response take this; the union of their overloads does not type.
    (this.#response as ServerResponse).writeHead(status, toNode(fields.headers));
  }

  data(bytes: Uint8Array): boolean {
    if (this.#headOnly || this.gone) return true;
    return (this.#response as ServerResponse).write(Buffer.from(bytes));
  }

  drained(): Promise<void> {
    return this.gone ? Promise.resolve() : drained(this.#response);
  }

  end(trailers: HeaderLines): void {
    if (this.gone) return;
    const response = this.#response as ServerResponse;
    if (trailers.length > 0) response.addTrailers(toNode(trailers) as Record<string, string>);
    response.end();
  }

  whole(head: ResponseHead, body: Uint8Array): void {
    if (this.gone) return;
    const response = this.#response;
    if (body.length === 0 && !(response instanceof ServerResponse)) {
      // One HEADERS frame that is the end too, which gRPC asks for.
      response.statusCode = head.status;
      for (const [name, value] of Object.entries(toNode(head.fields.headers)))
        response.setHeader(name, value);
      response.end();
      return;
    }
    this.head(head);
    (this.#response as ServerResponse).end(this.#headOnly ? undefined : Buffer.from(body));
  }

  cut(): void {
    this.#response.destroy();
  }
}
