import { HostError } from '../errors.js';
import type { Exchange } from '../transport/exchange.js';

/** docs/protocol.md section 8.4. */
export const FRAME_HEAD = 1;
export const FRAME_DATA = 2;
export const FRAME_TRAILERS = 3;

const PREFIX = 4;
const MAX_FRAME = 0xffffff;
/** Heads longer than this are refused: more than any HTTP server takes. */
const MAX_HEAD = 262_144;

export type Frame =
  | { readonly type: typeof FRAME_HEAD | typeof FRAME_TRAILERS; readonly json: unknown }
  | { readonly type: typeof FRAME_DATA; readonly data: Uint8Array };

const encoder = new TextEncoder();
const decoder = new TextDecoder();

function framed(type: number, bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(PREFIX + bytes.length);
  out[0] = type;
  out[1] = bytes.length >> 16;
  out[2] = bytes.length >> 8;
  out[3] = bytes.length;
  out.set(bytes, PREFIX);
  return out;
}

/** A head or trailers as a frame. @throws HostError TOO_LARGE */
export function objectFrame(type: typeof FRAME_HEAD | typeof FRAME_TRAILERS, value: unknown): Uint8Array {
  const bytes = encoder.encode(JSON.stringify(value));
  if (bytes.length > MAX_HEAD) {
    throw new HostError('TOO_LARGE', `a head of ${bytes.length} bytes; send at most ${MAX_HEAD}`);
  }
  return framed(type, bytes);
}

/** Sends body bytes, waiting for room. */
export async function writeData(exchange: Exchange, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; at += MAX_FRAME) {
    await exchange.write(framed(FRAME_DATA, bytes.subarray(at, at + MAX_FRAME)));
  }
}

/** The frames of an exchange; body bytes are given on as they come. @throws HostError BAD_REPLY on anything else. */
export async function* readFrames(exchange: Exchange): AsyncGenerator<Frame, void, undefined> {
  let held: Uint8Array = new Uint8Array(0);
  const more = async (need: number): Promise<boolean> => {
    while (held.length < need) {
      const bytes = await exchange.read();
      if (bytes === undefined) return false;
      held = held.length === 0 ? bytes : Buffer.concat([held, bytes]);
    }
    return true;
  };
  const broken = (problem: string) => new HostError('BAD_REPLY', `HTTP over an exchange: ${problem}`);
  while (await more(1)) {
    if (!(await more(PREFIX))) throw broken('ends inside a frame');
    const type = held[0] ?? 0;
    let left = ((held[1] ?? 0) << 16) | ((held[2] ?? 0) << 8) | (held[3] ?? 0);
    held = held.subarray(PREFIX);
    if (type === FRAME_DATA) {
      while (left > 0) {
        if (!(await more(1))) throw broken('ends inside a frame');
        const data = held.subarray(0, left);
        held = held.subarray(data.length);
        left -= data.length;
        yield { type, data };
      }
    } else if (type === FRAME_HEAD || type === FRAME_TRAILERS) {
      if (left > MAX_HEAD || !(await more(left))) throw broken(`a head of ${left} bytes`);
      const text = decoder.decode(held.subarray(0, left));
      held = held.subarray(left);
      let json: unknown;
      try {
        json = JSON.parse(text);
      } catch {
        throw broken('a head is no JSON');
      }
      yield { type, json };
    } else throw broken(`a frame of type ${type}`);
  }
}
