import { Entity as EntityMessage, ReadRequest, ReadResponse } from 'p4runtime-js';
import { entityBounds } from './direct/byte-reader.js';
import { identifyPlainMember } from './direct/member-decoder.js';
import { decodePlainEntry, identifyPlainEntry } from './direct/table-decoder.js';
import { type DecodedEntity, decodeEntity, type Entity, encodeEntity } from './entities/index.js';
import { P4RuntimeError } from './errors.js';
import { type Identified, PlainEntry, plainArray } from './identified.js';
import { identify } from './identity.js';
import type { Schema } from './schema.js';

/** A Read request for queries: what a query leaves out matches everything. */
export function readRequest(
  schema: Schema,
  deviceId: string,
  role: string | undefined,
  queries: readonly Entity[],
): ReadRequest {
  const request = new ReadRequest();
  request.setDeviceId(deviceId);
  if (role !== undefined) request.setRole(role);
  for (const query of queries) request.addEntities(encodeEntity(schema, query, { isQuery: true }));
  return request;
}

/** Entities by names, one at a time, as they arrive. */
export async function* decoded(
  schema: Schema,
  responses: AsyncIterable<Buffer>,
  signal?: AbortSignal,
): AsyncGenerator<DecodedEntity, void, undefined> {
  for await (const response of responses) {
    const bounds = entityBounds(response);
    if (bounds === undefined) {
      for (const message of messagesOf(response)) yield decodeEntity(schema, message);
      continue;
    }
    for (let i = 0; i < bounds.length; i += 2) {
      // One answer may be a whole table; the next one that is asked for is refused.
      if (signal?.aborted === true) break;
      const [at, end] = [bounds[i] ?? 0, bounds[i + 1] ?? 0];
      yield decodePlainEntry(schema, response, at, end) ?? decodeEntity(schema, messageAt(response, at, end));
    }
  }
}

/** Entities as message objects. */
export async function* messages(
  responses: AsyncIterable<Buffer>,
): AsyncGenerator<EntityMessage, void, undefined> {
  for await (const response of responses) yield* messagesOf(response);
}

/** Entities with their identities, a response's at a time. */
export async function* identified(
  responses: AsyncIterable<Buffer>,
): AsyncGenerator<readonly Identified[], void, undefined> {
  for await (const response of responses) {
    const bounds = entityBounds(response);
    if (bounds === undefined) {
      yield messagesOf(response).map((message) => ({
        ...identify(message),
        message,
        plainTableId: undefined,
      }));
      continue;
    }
    const list: Identified[] = [];
    for (let i = 0; i < bounds.length; i += 2) {
      const [at, end] = [bounds[i] ?? 0, bounds[i + 1] ?? 0];
      list.push(identifiedAt(response, at, end));
    }
    yield list;
  }
}

function identifiedAt(response: Buffer, at: number, end: number): Identified {
  const entry = identifyPlainEntry(response, at, end);
  if (entry !== undefined) return new PlainEntry(entry, entry.tableId, response.subarray(at, end));
  const member = identifyPlainMember(response, at, end);
  if (member !== undefined) return new PlainEntry(member, undefined, response.subarray(at, end));
  const message = messageAt(response, at, end);
  return { ...identify(message), message, plainTableId: undefined };
}

function messagesOf(response: Buffer): EntityMessage[] {
  return readable(() => ReadResponse.deserializeBinary(plainArray(response)).getEntitiesList());
}

function messageAt(response: Buffer, at: number, end: number): EntityMessage {
  return readable(() => EntityMessage.deserializeBinary(plainArray(response.subarray(at, end))));
}

/** What google-protobuf throws is no error of this library's. */
function readable<T>(decode: () => T): T {
  try {
    return decode();
  } catch (cause) {
    throw new P4RuntimeError('INTERNAL', 'Read: an answer arrived that is no p4.v1.ReadResponse', { cause });
  }
}
