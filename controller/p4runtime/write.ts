import { type Entity as EntityMessage, Update as UpdateMessage, WriteRequest } from 'p4runtime-js';
import { type EncodeOptions, type Entity, encodeEntity } from './entities/index.js';
import { P4RuntimeError } from './errors.js';
import type { Schema } from './schema.js';

export type UpdateType = 'insert' | 'modify' | 'delete';

/** One change, by names; or already encoded. */
export interface Update {
  readonly type: UpdateType;
  readonly entity: Entity | EntityMessage;
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
  readonly request: WriteRequest;
}

/**
 * Splits updates into requests within the bounds, in order. With an atomicity other than continue-on-error everything
 * must fit one request. Throws P4RuntimeError BAD_ENTITY where it does not, or where an update cannot be encoded.
 */
export function makeBatches(
  schema: Schema,
  updates: readonly Update[],
  atomicity: Atomicity,
  options: EncodeOptions = {},
): Batch[] {
  const batches: Batch[] = [];
  let request = newRequest(atomicity);
  let first = 0;
  let bytes = 0;
  let count = 0;
  const flush = (next: number) => {
    if (count > 0) batches.push({ updates: updates.slice(first, next), firstIndex: first, request });
    request = newRequest(atomicity);
    first = next;
    bytes = 0;
    count = 0;
  };
  updates.forEach((update, index) => {
    const message = encodeUpdate(schema, update, options);
    const size = sizeBound(message);
    if (size > MAX_BATCH_BYTES) {
      throw new P4RuntimeError(
        'BAD_ENTITY',
        `update ${index} has ${size} bytes, more than one request may carry`,
      );
    }
    if (count === MAX_BATCH_UPDATES || bytes + size > MAX_BATCH_BYTES) flush(index);
    request.addUpdates(message);
    bytes += size;
    count += 1;
  });
  flush(updates.length);
  if (batches.length > 1 && atomicity !== 'continue-on-error') {
    throw new P4RuntimeError(
      'BAD_ENTITY',
      `${updates.length} updates do not fit one request (${MAX_BATCH_UPDATES} updates, ${MAX_BATCH_BYTES} bytes), ` +
        `which ${atomicity} needs; write fewer at a time, or continue-on-error`,
    );
  }
  return batches;
}

export function encodeUpdate(schema: Schema, update: Update, options: EncodeOptions = {}): UpdateMessage {
  const message = new UpdateMessage();
  message.setType(TYPES[update.type]);
  message.setEntity('kind' in update.entity ? encodeEntity(schema, update.entity, options) : update.entity);
  return message;
}

function newRequest(atomicity: Atomicity): WriteRequest {
  const request = new WriteRequest();
  request.setAtomicity(ATOMICITIES[atomicity]);
  return request;
}

// What a table entry takes besides its bytes: ids, lengths, priority, timeout, each at most 11 bytes.
const ENTRY_OVERHEAD = 128;
const FIELD_OVERHEAD = 32;

/** Bytes of an update on the wire, or a bound on them that is cheap to get. */
function sizeBound(update: UpdateMessage): number {
  const entry = update.getEntity()?.getTableEntry();
  const action = entry?.getAction()?.getAction();
  if (entry === undefined || entry.getAction()?.hasActionProfileActionSet() === true) {
    return update.serializeBinary().length + 8;
  }
  let bytes = ENTRY_OVERHEAD + entry.getMetadata_asU8().length;
  for (const field of entry.getMatchList()) {
    const value = field.getExact() ?? field.getOptional() ?? field.getLpm();
    // A value with its mask, or the two ends of a range, are equally long at most.
    const length =
      value?.getValue_asU8().length ??
      2 * (field.getTernary()?.getMask_asU8().length ?? field.getRange()?.getHigh_asU8().length ?? 0);
    bytes += FIELD_OVERHEAD + length;
  }
  for (const param of action?.getParamsList() ?? []) bytes += FIELD_OVERHEAD + param.getValue_asU8().length;
  return bytes;
}
