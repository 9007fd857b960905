import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Json } from '../store/store.js';
import { ApiError } from './problem.js';

const MAX_STREAMS = 256;
/** A reader this far behind is let go; it comes back with the number of the last event it has. */
const MAX_BEHIND = 4 * 2 ** 20;
const HEARTBEAT_MS = 15_000;

export interface SentEvent {
  readonly id?: number;
  readonly type: string;
  readonly data: Json;
}

/** Streams of server-sent events that are open, so that they can be ended with the server. */
export class EventStreams {
  readonly #open = new Set<() => void>();

  get size(): number {
    return this.#open.size;
  }

  /**
   * Answers a request with a stream. `begin` gets the function that sends, and gives back how to stop; what it throws
   * is an ordinary answer still. Throws ApiError TOO_MANY.
   */
  serve(
    request: FastifyRequest,
    reply: FastifyReply,
    begin: (send: (event: SentEvent) => void) => () => void,
  ): void {
    if (this.#open.size >= MAX_STREAMS) {
      throw new ApiError('TOO_MANY', `${MAX_STREAMS} event streams are open; close one first`);
    }
    const { raw } = reply;
    const waiting: string[] = [];
    let isOpen = false;
    const write = (text: string): void => {
      if (!isOpen) waiting.push(text);
      else if (raw.writableLength > MAX_BEHIND) raw.destroy();
      else raw.write(text);
    };
    const stop = begin(({ id, type, data }) => {
      const number = id === undefined ? '' : `id: ${id}\n`;
      write(`${number}event: ${type}\ndata: ${JSON.stringify(data)}\n\n`);
    });
    reply.hijack();
    raw.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    isOpen = true;
    raw.write(`: open\n\n${waiting.join('')}`);
    const beat = setInterval(() => write(':\n\n'), HEARTBEAT_MS);
    const end = (): void => {
      clearInterval(beat);
      this.#open.delete(end);
      stop();
      raw.end();
    };
    this.#open.add(end);
    raw.once('close', end);
    raw.on('error', () => raw.destroy());
    request.raw.once('close', () => {
      if (raw.destroyed) end();
    });
  }

  close(): void {
    for (const end of [...this.#open]) end();
  }
}
