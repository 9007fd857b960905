import { Update, WriteRequest } from 'p4runtime-js';
import { invalid } from './error.js';
import { WireReader } from './wire.js';

/** Field 4 of WriteRequest, length-delimited. */
const UPDATES = 0x22;

/** A WriteRequest whose updates are still bytes: most of them never become message objects. */
export interface EncodedWrite {
  /** Everything but the updates. */
  readonly header: WriteRequest;
  readonly updates: readonly Uint8Array[];
}

/** Throws where the bytes are no WriteRequest. */
export function decodeWriteRequest(bytes: Uint8Array): EncodedWrite {
  const reader = new WireReader(bytes);
  const updates: Uint8Array[] = [];
  const rest: Uint8Array[] = [];
  while (reader.at < reader.end) {
    const start = reader.at;
    const tag = reader.varint();
    if (tag === UPDATES) {
      const length = reader.length();
      updates.push(bytes.subarray(reader.at, reader.at + length));
      reader.at += length;
    } else {
      reader.skip(tag & 7);
      rest.push(bytes.subarray(start, reader.at));
    }
    if (reader.failed) throw new Error('the request is no well-formed WriteRequest');
  }
  return { header: WriteRequest.deserializeBinary(Buffer.concat(rest)), updates };
}

/** Throws INVALID_ARGUMENT where the bytes are no Update. */
export function decodeUpdate(bytes: Uint8Array): Update {
  try {
    return Update.deserializeBinary(bytes);
  } catch (error) {
    throw invalid(
      `the update is no well-formed message: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
