import { type Entity as EntityMessage, ReadRequest } from 'p4runtime-js';
import { type DecodedEntity, decodeEntity, type Entity, encodeEntity } from './entities/index.js';
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
  entities: AsyncIterable<EntityMessage>,
): AsyncGenerator<DecodedEntity, void, undefined> {
  for await (const entity of entities) yield decodeEntity(schema, entity);
}
