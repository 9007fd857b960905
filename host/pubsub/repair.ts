import { readU32, writeU32 } from '../../wire/index.js';
import type { CallOptions } from '../call-options.js';
import { HostError } from '../errors.js';
import type { Host } from '../host.js';
import type { ServeOptions } from '../serve-options.js';
import type { Service } from '../service.js';
import type { SegmentStore } from './segment-store.js';

/** Segments asked for at once, at most. */
export const REPAIR_SEGMENTS = 16;
/** Bytes of segments in an answer, at most, unless a single one is longer. */
const ANSWER_BYTES = 256 * 1024;
const REQUEST_BYTES = 12;
const ANSWER_HEADER_BYTES = 16;

/** What a publisher or a cache answers: what it has, and of what was asked for what it has of that. */
export interface RepairAnswer {
  readonly epoch: number;
  readonly oldest: number;
  readonly next: number;
  readonly ended: boolean;
  readonly segments: ReadonlyMap<number, Uint8Array>;
}

/** Name under which the publisher of a stream answers repairs, unless it says otherwise. */
export function repairName(stream: string): string {
  return `${stream}/repair`;
}

/** Name under which caches of a stream do. */
export function cacheName(stream: string): string {
  return `${stream}/cache`;
}

function request(epoch: number, from: number, to: number): Uint8Array {
  const b = new Uint8Array(REQUEST_BYTES);
  writeU32(b, 0, epoch);
  writeU32(b, 4, from);
  writeU32(b, 8, to);
  return b;
}

/** What of `store` answers a request for segments [from, to) of a publisher's life. */
function answer(store: SegmentStore, epoch: number, from: number, to: number): Uint8Array {
  const found: [number, Uint8Array][] = [];
  let bytes = 0;
  const last = Math.min(to, from + REPAIR_SEGMENTS);
  for (let sequence = from; sequence < last && epoch === store.epoch; sequence++) {
    const data = store.get(sequence);
    if (data === undefined) continue;
    bytes += 8 + data.length;
    if (bytes > ANSWER_BYTES && found.length > 0) break;
    found.push([sequence, data]);
  }
  const length = found.reduce((sum, [, data]) => sum + 8 + data.length, ANSWER_HEADER_BYTES);
  const b = new Uint8Array(length);
  writeU32(b, 0, store.epoch);
  writeU32(b, 4, store.oldest);
  writeU32(b, 8, store.next);
  b[12] = store.ended ? 1 : 0;
  let at = ANSWER_HEADER_BYTES;
  for (const [sequence, data] of found) {
    writeU32(b, at, sequence);
    writeU32(b, at + 4, data.length);
    b.set(data, at + 8);
    at += 8 + data.length;
  }
  return b;
}

/** @throws HostError BAD_REPLY */
function parseAnswer(name: string, b: Uint8Array): RepairAnswer {
  const segments = new Map<number, Uint8Array>();
  let at = ANSWER_HEADER_BYTES;
  while (at + 8 <= b.length) {
    const length = readU32(b, at + 4);
    segments.set(readU32(b, at), b.slice(at + 8, at + 8 + length));
    at += 8 + length;
  }
  if (at !== b.length)
    throw new HostError('BAD_REPLY', `${name}: the answer to a repair is cut; is it a stream's?`);
  return { epoch: readU32(b, 0), oldest: readU32(b, 4), next: readU32(b, 8), ended: b[12] === 1, segments };
}

/** Asks for segments [from, to), or just for what there is (from = to). @throws HostError as Host.call, BAD_REPLY */
export async function askRepair(
  host: Host,
  name: string,
  epoch: number,
  from: number,
  to: number,
  options: CallOptions,
): Promise<RepairAnswer> {
  const { payload } = await host.call(name, request(epoch, from, to), options);
  return parseAnswer(name, payload);
}

/** Serves a store's segments by name. @param onAsked told of segments [from, to) of this life that somebody asks for */
export function serveRepairs(
  host: Host,
  name: string,
  store: SegmentStore,
  options: ServeOptions,
  onAsked: (from: number, to: number) => void = () => undefined,
): Promise<Service> {
  return host.serve(
    name,
    ({ payload }) => {
      const isRequest = payload.length === REQUEST_BYTES;
      const epoch = isRequest ? readU32(payload, 0) : 0;
      const from = isRequest ? readU32(payload, 4) : 0;
      const to = isRequest ? readU32(payload, 8) : 0;
      if (epoch === store.epoch) onAsked(from, to);
      return answer(store, epoch, from, to);
    },
    options,
  );
}
