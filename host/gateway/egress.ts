import { once } from 'node:events';
import { Agent, type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { NackReason } from '../../wire/index.js';
import { HostError, Refusal } from '../errors.js';
import type { Host } from '../host.js';
import type { ServeOptions, Service } from '../service.js';
import type { Exchange } from '../transport/exchange.js';
import {
  FRAME_DATA,
  FRAME_HEAD,
  FRAME_TRAILERS,
  type Frame,
  objectFrame,
  readFrames,
  writeData,
} from './frames.js';
import { endToEnd, type RequestHead, requestHead, toNode, trailerLines } from './heads.js';

export interface EgressOptions extends ServeOptions {
  /** Origin the requests go to, `http://host:port`. */
  readonly target: string;
  /** Connections to it at most. Default 256. */
  readonly maxConnections?: number | undefined;
}

/** Named calls in, HTTP out: serves `name` with the HTTP/1.1 server at `target`. */
export class Egress {
  readonly #target: URL;
  readonly #agent: Agent;
  #service: Service | undefined;

  private constructor(options: EgressOptions) {
    this.#target = new URL(options.target);
    if (this.#target.protocol !== 'http:') {
      throw HostError.invalid('egress', `target is "${options.target}"`, 'give http://host:port');
    }
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
    const outgoing = this.#send(head);
    const stop = () => outgoing.destroy();
    exchange.signal.addEventListener('abort', stop, { once: true });
    try {
      const answered = once(outgoing, 'response') as Promise<[IncomingMessage]>;
      // A server that hangs up while it is still being sent to is met by `answered` as well.
      const sent = sendBody(outgoing, frames).catch((error: unknown) => outgoing.destroy(asError(error)));
      const [response] = await answered;
      await giveBack(exchange, response);
      void sent;
    } finally {
      exchange.signal.removeEventListener('abort', stop);
      if (!outgoing.closed && !outgoing.writableEnded) outgoing.destroy();
    }
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

async function giveBack(exchange: Exchange, response: IncomingMessage): Promise<void> {
  const head = { status: response.statusCode ?? 502, headers: endToEnd(response.rawHeaders) };
  let waiting = exchange.write(objectFrame(FRAME_HEAD, head));
  for await (const chunk of response) {
    await waiting;
    waiting = writeData(exchange, chunk as Uint8Array);
  }
  await waiting;
  if (!response.complete) throw new Error('the server broke off in mid-response');
  const trailers = endToEnd(response.rawTrailers);
  if (trailers.length > 0) await exchange.write(objectFrame(FRAME_TRAILERS, trailers));
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
