import { Metadata, type StatusObject } from '@grpc/grpc-js';
import { Any, P4Error, Status } from 'p4runtime-js';
import { CODES, P4RuntimeError } from './error.js';

/**
 * Most bytes of error details in a trailer. nghttp2, and so every client in Node, takes a header of 65,536 bytes at most;
 * with a longer one it gives the connection up (COMPRESSION_ERROR), and the call hears nothing until its deadline. Details
 * go as base64, 4 bytes for 3, which Huffman's code makes shorter or not, as the bytes happen to be; the rest is for the
 * other trailers, by which a whole list stays below 65,535, Node's SETTINGS_MAX_HEADER_LIST_SIZE.
 */
const MAX_DETAIL_BYTES = 46_000;
/** Characters of a status message: each may become nine bytes of a trailer. */
const MAX_MESSAGE = 2000;
const TYPE_NAME = 'p4.v1.Error';
/** Messages are cut to these lengths, the longest that fits, before details are left out altogether. */
const MESSAGE_LENGTHS = [Number.POSITIVE_INFINITY, 200, 120, 80, 60, 40, 24, 0];

/** gRPC status of an RPC refused as a whole. */
export function rpcFailure(error: unknown): Partial<StatusObject> {
  const failure = P4RuntimeError.from(error);
  return { code: failure.number, details: shorten(failure.message, MAX_MESSAGE) };
}

/**
 * gRPC status of a batch in which something failed: UNKNOWN with one p4.v1.Error per element, the good ones
 * included, in order (P4Runtime specification, "Error Reporting").
 */
export function batchFailure(results: readonly (P4RuntimeError | undefined)[]): Partial<StatusObject> {
  const failed = results.filter((result) => result !== undefined);
  const first = failed[0]?.message ?? '';
  const status = new Status();
  status.setCode(CODES.UNKNOWN);
  let details: Any[] = [];
  for (const length of MESSAGE_LENGTHS) {
    // A character has a byte at least: what cannot fit is not made.
    const least = failed.reduce((sum, { message }) => sum + Math.min(message.length, length), 0);
    if (least > MAX_DETAIL_BYTES) continue;
    details = results.map((result) => detailOf(result, length));
    if (sizeOf(details) <= MAX_DETAIL_BYTES) break;
  }
  const listed = withinLimit(details);
  const left = results.length - listed.length;
  const summary = `${failed.length} of ${results.length} failed; the first: ${shorten(first, 300)}`;
  status.setMessage(left === 0 ? summary : `${summary} (details of the last ${left} do not fit a trailer)`);
  status.setDetailsList(listed);
  const metadata = new Metadata();
  metadata.set('grpc-status-details-bin', Buffer.from(status.serializeBinary()));
  return { code: CODES.UNKNOWN, details: status.getMessage(), metadata };
}

function detailOf(result: P4RuntimeError | undefined, length: number): Any {
  const error = new P4Error();
  if (result !== undefined) {
    error.setCanonicalCode(result.number);
    error.setMessage(shorten(result.message, length));
    // Of the shortest, as many as can be: there is no code of the target's own in the space.
    if (length > 0) error.setSpace('sincmesh');
  }
  const any = new Any();
  any.pack(error.serializeBinary(), TYPE_NAME);
  return any;
}

function shorten(text: string, length: number): string {
  if (text.length <= length) return text;
  // Half of a surrogate pair would not be text.
  return length === 0 ? '' : `${text.slice(0, length - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

/** Bytes of one detail in the encoded Status. */
function bytesOf(detail: Any): number {
  const value = detail.getValue_asU8().length;
  return value + detail.getTypeUrl().length + 8;
}

function sizeOf(details: readonly Any[]): number {
  return details.reduce((n, detail) => n + bytesOf(detail), 0);
}

function withinLimit(details: readonly Any[]): Any[] {
  let bytes = 0;
  const end = details.findIndex((detail) => {
    bytes += bytesOf(detail);
    return bytes > MAX_DETAIL_BYTES;
  });
  return end < 0 ? [...details] : details.slice(0, end);
}
