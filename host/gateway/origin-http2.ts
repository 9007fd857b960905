import { type ClientHttp2Session, type ClientHttp2Stream, connect, constants } from 'node:http2';
import { drained } from './drained.js';
import { FRAME_DATA, FRAME_TRAILERS, type Frame } from './frames.js';
import { endToEnd, Fields, type RequestHead, toNode, trailerLines } from './heads.js';
import {
  type Origin,
  type OriginCall,
  type OriginSink,
  type OriginTls,
  type OriginTunnel,
  type RequestBody,
  tlsOptions,
} from './origin.js';

export interface Http2OriginOptions {
  readonly target: URL;
  readonly tls: OriginTls | undefined;
}

/** An origin that speaks HTTP/2, in the clear (prior knowledge) or over TLS: one connection, a stream a request. */
export class Http2Origin implements Origin {
  readonly #options: Http2OriginOptions;
  #session: ClientHttp2Session | undefined;

  constructor(options: Http2OriginOptions) {
    this.#options = options;
  }

  send(head: RequestHead, body: RequestBody | undefined, sink: OriginSink): OriginCall {
    const { target } = this.#options;
    const fields = head.fields.headers.filter(([name]) => name !== 'host' && name !== 'content-length');
    const length = head.fields.value('content-length');
    let stream: ClientHttp2Stream;
    try {
      stream = this.#open().request(
        {
          ...toNode(fields),
          ...(length !== undefined && { 'content-length': length }),
          // Of the headers of one connection the one that HTTP/2 has, and gRPC asks for.
          te: 'trailers',
          ':method': head.method,
          ':path': head.path,
          ':scheme': target.protocol === 'https:' ? 'https' : 'http',
          ':authority': head.fields.value('host') ?? target.host,
        },
        { endStream: body === undefined, waitForTrailers: body !== undefined },
      );
    } catch (error) {
      queueMicrotask(() => sink.failed(error as Error));
      return { resume: () => undefined, cancel: () => undefined };
    }
    let over = false;
    const finish = (fn: () => void) => {
      if (over) return;
      over = true;
      fn();
    };
    let trailers: readonly (readonly [string, string])[] = [];
    stream.on('headers', (_headers: unknown, _flags: unknown, raw: string[]) => {
      if (!over) sink.head({ status: statusOf(raw), fields: Fields.ofRaw(raw) });
    });
    stream.on('response', (_headers: unknown, _flags: unknown, raw: string[]) => {
      if (!over) sink.head({ status: statusOf(raw), fields: Fields.ofRaw(raw) });
    });
    stream.on('trailers', (_headers: unknown, _flags: unknown, raw: string[]) => {
      trailers = endToEnd(raw);
    });
    stream.on('data', (chunk: Buffer) => {
      if (!over && !sink.data(chunk)) stream.pause();
    });
    stream.on('error', (error: Error) => finish(() => sink.failed(error)));
    stream.on('close', () => {
      const whole = stream.rstCode === constants.NGHTTP2_NO_ERROR;
      finish(() => {
        if (whole) sink.end(trailers);
        else sink.failed(new Error(`the server reset the stream with ${stream.rstCode}`));
      });
    });
    if (body !== undefined) void sendBody(stream, body);
    return {
      resume: () => stream.resume(),
      cancel: () => finish(() => stream.close(constants.NGHTTP2_CANCEL)),
    };
  }

  async tunnel(): Promise<OriginTunnel | undefined> {
    throw new Error('HTTP/2 has no Upgrade, and CONNECT is not carried to HTTP/2 servers');
  }

  close(): void {
    this.#session?.destroy();
  }

  #open(): ClientHttp2Session {
    const known = this.#session;
    if (known !== undefined && !known.closed && !known.destroyed) return known;
    const { target, tls } = this.#options;
    const secure = target.protocol === 'https:';
    const session = connect(target.origin, secure ? tlsOptions(tls, target.hostname) : {});
    // Each of its streams hears of it.
    session.on('error', () => undefined);
    session.on('goaway', () => {
      if (this.#session === session) this.#session = undefined;
    });
    this.#session = session;
    return session;
  }
}

function statusOf(raw: readonly string[]): number {
  for (let i = 0; i + 1 < raw.length; i += 2) if (raw[i] === ':status') return Number(raw[i + 1]);
  return 502;
}

async function sendBody(stream: ClientHttp2Stream, body: RequestBody): Promise<void> {
  const frames: AsyncIterable<Frame> | Iterable<Frame> =
    body instanceof Uint8Array ? [{ type: FRAME_DATA, data: body }] : body;
  let trailers: Record<string, string | string[]> = {};
  stream.once('wantTrailers', () => stream.sendTrailers(trailers));
  try {
    for await (const frame of frames) {
      if (stream.destroyed) return;
      if (frame.type === FRAME_TRAILERS) trailers = toNode(trailerLines(frame.text));
      else if (frame.type === FRAME_DATA && !stream.write(frame.data)) await drained(stream);
    }
    stream.end();
  } catch {
    stream.close(constants.NGHTTP2_CANCEL);
  }
}
