import { BlockPool } from '../block-pool.js';
import { HostError } from '../errors.js';
import type { Exchange } from '../transport/exchange.js';

/** docs/protocol.md section 8.4. */
export const FRAME_HEAD = 1;
export const FRAME_DATA = 2;
export const FRAME_TRAILERS = 3;

const PREFIX = 4;
/** Heads longer than this are refused: more than any HTTP server takes. */
const MAX_HEAD = 262_144;

export type Frame =
  | { readonly type: typeof FRAME_HEAD | typeof FRAME_TRAILERS; readonly text: string }
  | { readonly type: typeof FRAME_DATA; readonly data: Uint8Array };

function prefix(out: Uint8Array, type: number, length: number): void {
  out[0] = type;
  out[1] = length >> 16;
  out[2] = length >> 8;
  out[3] = length;
}

/** A head or trailers as a frame, with the first bytes of the body behind them. @throws HostError TOO_LARGE */
export function headFrame(
  type: typeof FRAME_HEAD | typeof FRAME_TRAILERS,
  text: string,
  body?: Uint8Array,
): Buffer {
  if (text.length > MAX_HEAD) {
    throw new HostError('TOO_LARGE', `a head of ${text.length} bytes; send at most ${MAX_HEAD}`);
  }
  const behind = body === undefined || body.length === 0 ? 0 : PREFIX + body.length;
  const out = Buffer.allocUnsafe(PREFIX + text.length + behind);
  prefix(out, type, text.length);
  out.write(text, PREFIX, 'latin1');
  if (body !== undefined && behind > 0) {
    prefix(out.subarray(PREFIX + text.length), FRAME_DATA, body.length);
    out.set(body, PREFIX + text.length + PREFIX);
  }
  return out;
}

/** Body bytes as a frame (copied); at most 2^24 - 1. */
function dataFrame(bytes: Uint8Array): Buffer {
  const out = Buffer.allocUnsafe(PREFIX + bytes.length);
  prefix(out, FRAME_DATA, bytes.length);
  out.set(bytes, PREFIX);
  return out;
}

/** Body bytes for which a block of the pool would be too much. */
const FEW = 4096;
const blocks = new BlockPool();

/** Sends body bytes (copied), in frames. @returns false where the sender should wait for room */
export function sendData(exchange: Exchange, bytes: Uint8Array): boolean {
  if (bytes.length <= FEW) return bytes.length === 0 || exchange.send(dataFrame(bytes));
  let more = true;
  const most = blocks.blockBytes - PREFIX;
  for (let at = 0; at < bytes.length; at += most) {
    const block = blocks.take();
    const length = Math.min(most, bytes.length - at);
    prefix(block, FRAME_DATA, length);
    block.set(at === 0 && length === bytes.length ? bytes : bytes.subarray(at, at + length), PREFIX);
    more = exchange.send(block.subarray(0, PREFIX + length), () => blocks.give(block));
  }
  return more;
}

function broken(problem: string): HostError {
  return new HostError('BAD_REPLY', `HTTP over an exchange: ${problem}`);
}

/** Takes bytes, gives frames; body bytes are given on as they come. */
export class FrameReader {
  #held: Buffer = Buffer.alloc(0);
  /** Bytes of a data frame that are still to come. */
  #data = 0;

  /** Nothing of a frame is held: the end may come here. */
  get between(): boolean {
    return this.#data === 0 && this.#held.length === 0;
  }

  /** What is held and no frame yet: behind the head of a tunnel come plain bytes. */
  rest(): Buffer {
    const held = this.#held;
    this.#held = held.subarray(held.length);
    return held;
  }

  /** What is held is copied: the bytes that were pushed may change from here on. */
  keep(): void {
    if (this.#held.length > 0) this.#held = Buffer.from(this.#held);
  }

  /** The bytes are not copied. */
  push(bytes: Uint8Array): void {
    const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#held = this.#held.length === 0 ? view : Buffer.concat([this.#held, view]);
  }

  /** The next frame, undefined where more bytes are needed. @throws HostError BAD_REPLY */
  next(): Frame | undefined {
    const held = this.#held;
    if (this.#data > 0) {
      if (held.length === 0) return undefined;
      const data = held.subarray(0, this.#data);
      this.#held = held.subarray(data.length);
      this.#data -= data.length;
      return { type: FRAME_DATA, data };
    }
    if (held.length < PREFIX) return undefined;
    const type = held[0] ?? 0;
    const length = held.readUIntBE(1, 3);
    if (type === FRAME_DATA) {
      this.#held = held.subarray(PREFIX);
      this.#data = length;
      return this.next();
    }
    if (type !== FRAME_HEAD && type !== FRAME_TRAILERS) throw broken(`a frame of type ${type}`);
    if (length > MAX_HEAD) throw broken(`a head of ${length} bytes`);
    if (held.length < PREFIX + length) return undefined;
    const text = held.toString('latin1', PREFIX, PREFIX + length);
    this.#held = held.subarray(PREFIX + length);
    return { type, text };
  }
}
