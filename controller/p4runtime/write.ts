import { type Entity as EntityMessage, Update as UpdateMessage, WriteRequest } from 'p4runtime-js';
import { ByteWriter } from './direct/byte-writer.js';
import { type TableEncoder, tableEncoder } from './direct/table-encoder.js';
import { type EncodeOptions, type Entity, encodeEntity } from './entities/index.js';
import { P4RuntimeError } from './errors.js';
import type { Schema } from './schema.js';

/** insert fails with ALREADY_EXISTS, modify and delete with NOT_FOUND. */
export type UpdateType = 'insert' | 'modify' | 'delete';

/** One change, by names; or already encoded. */
export interface Update {
  readonly type: UpdateType;
  readonly entity: Entity | EntityMessage | EncodedEntity;
}

/** Bytes of a p4.v1.Entity. */
export interface EncodedEntity {
  readonly encoded: Uint8Array;
}

export const insert = (entity: Entity): Update => ({ type: 'insert', entity });
export const modify = (entity: Entity): Update => ({ type: 'modify', entity });
export const remove = (entity: Entity): Update => ({ type: 'delete', entity });

/** P4Runtime section 12.2. */
export type Atomicity = 'continue-on-error' | 'rollback-on-error' | 'dataplane-atomic';

/**
 * Bounds of one Write request. A failed one comes back with an error message per update in its trailer, and grpc-js
 * takes about 64 KiB of trailer; servers take 4 MiB of request unless told otherwise.
 */
export const MAX_BATCH_UPDATES = 500;
export const MAX_BATCH_BYTES = 4_000_000;

const TYPES = {
  insert: UpdateMessage.Type.INSERT,
  modify: UpdateMessage.Type.MODIFY,
  delete: UpdateMessage.Type.DELETE,
} as const;

const ATOMICITIES = {
  'continue-on-error': WriteRequest.Atomicity.CONTINUE_ON_ERROR,
  'rollback-on-error': WriteRequest.Atomicity.ROLLBACK_ON_ERROR,
  'dataplane-atomic': WriteRequest.Atomicity.DATAPLANE_ATOMIC,
} as const;

/** Updates that travel in one request. */
export interface Batch {
  readonly updates: readonly Update[];
  readonly firstIndex: number;
  /** Fields `updates` and `atomicity` of the WriteRequest, as they go on the wire. */
  readonly body: Uint8Array;
}

/** One for all: nothing that is begun in it is left there. */
const shared = new ByteWriter();

/**
 * Splits updates into requests within the bounds, in order. With an atomicity other than continue-on-error everything
 * must fit one request. Throws P4RuntimeError BAD_ENTITY where it does not, or where an update cannot be encoded.
 */
export function makeBatches(
  schema: Schema,
  updates: readonly Update[],
  atomicity: Atomicity,
  options: EncodeOptions = {},
  maxUpdates = MAX_BATCH_UPDATES,
): Batch[] {
  if (!Number.isInteger(maxUpdates) || maxUpdates < 1 || maxUpdates > MAX_BATCH_UPDATES) {
    throw new P4RuntimeError(
      'BAD_VALUE',
      `maxUpdates is ${maxUpdates}; it must be 1 to ${MAX_BATCH_UPDATES}`,
    );
  }
  const tail = atomicityField(atomicity);
  const batches: Batch[] = [];
  const encoder = tableEncoder(schema);
  const writer = shared;
  writer.truncate(0);
  let first = 0;
  const flush = (next: number, end: number) => {
    const body = new Uint8Array(end + tail.length);
    body.set(writer.slice(0, end));
    body.set(tail, end);
    batches.push({ updates: updates.slice(first, next), firstIndex: first, body });
    first = next;
  };
  for (let index = 0; index < updates.length; index += 1) {
    const update = updates[index];
    if (update === undefined) continue;
    const start = writer.length;
    checkUpdate(update, index);
    writeUpdate(writer, encoder, schema, update, options);
    const size = writer.length - start;
    if (size > MAX_BATCH_BYTES) {
      throw new P4RuntimeError(
        'BAD_ENTITY',
        `update ${index} has ${size} bytes, more than one request may carry`,
      );
    }
    if (index - first === maxUpdates || writer.length > MAX_BATCH_BYTES) {
      flush(index, start);
      const kept = writer.slice(start, writer.length);
      writer.truncate(0);
      writer.raw(kept);
    }
  }
  if (writer.length > 0) flush(updates.length, writer.length);
  if (batches.length > 1 && atomicity !== 'continue-on-error') {
    throw new P4RuntimeError(
      'BAD_ENTITY',
      `${updates.length} updates do not fit one request (${maxUpdates} updates, ${MAX_BATCH_BYTES} bytes), ` +
        `which ${atomicity} needs; write fewer at a time, or continue-on-error`,
    );
  }
  return batches;
}

/** What the compiler refuses in TypeScript would be written as something else, or as nothing, from JavaScript. */
function checkUpdate({ type, entity }: Update, index: number): void {
  if (TYPES[type] === undefined) {
    throw new P4RuntimeError(
      'BAD_ENTITY',
      `update ${index} is of type '${String(type)}'; give insert, modify or delete`,
    );
  }
  if (typeof entity === 'object' && entity !== null) return;
  throw new P4RuntimeError(
    'BAD_ENTITY',
    `update ${index} has no entity; use insert(entity), modify or remove`,
  );
}

/** Appends field 4, `updates`, of a WriteRequest. */
function writeUpdate(
  writer: ByteWriter,
  encoder: TableEncoder,
  schema: Schema,
  update: Update,
  options: EncodeOptions,
): void {
  const { entity } = update;
  if ('encoded' in entity) {
    const start = writer.begin(0x22);
    writer.varint(0x08);
    writer.varint(TYPES[update.type]);
    writer.field(0x12, entity.encoded);
    writer.end(start);
    return;
  }
  if ('kind' in entity && entity.kind === 'table-entry') {
    const begun = writer.length;
    const start = writer.begin(0x22);
    writer.varint(0x08);
    writer.varint(TYPES[update.type]);
    const outer = writer.begin(0x12);
    const inner = writer.begin(0x12);
    if (encoder.encode(writer, entity)) {
      writer.end(inner);
      writer.end(outer);
      writer.end(start);
      return;
    }
    writer.truncate(begun);
  }
  writer.field(0x22, encodeUpdate(schema, update.type, entity, options).serializeBinary());
}

function encodeUpdate(
  schema: Schema,
  type: UpdateType,
  entity: Entity | EntityMessage,
  options: EncodeOptions,
): UpdateMessage {
  const message = new UpdateMessage();
  message.setType(TYPES[type]);
  message.setEntity('kind' in entity ? encodeEntity(schema, entity, options) : entity);
  return message;
}

function atomicityField(atomicity: Atomicity): Uint8Array {
  const number: number | undefined = ATOMICITIES[atomicity];
  if (number === undefined) {
    throw new P4RuntimeError(
      'BAD_VALUE',
      `atomicity '${String(atomicity)}' is none of ${Object.keys(ATOMICITIES).join(', ')}`,
    );
  }
  return number === 0 ? new Uint8Array(0) : Uint8Array.of(0x28, number);
}
