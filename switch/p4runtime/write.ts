import { Update, WriteRequest } from 'p4runtime-js';
import { writeEntity } from './entities.js';
import type { EntityContext, Undo, UpdateType } from './entity.js';
import { invalid, P4RuntimeError } from './error.js';
import { writePlain } from './plain-write.js';
import { decodeUpdate, type EncodedWrite } from './write-request.js';

/**
 * Applies a batch and returns the error of each update, undefined for those that went well. The whole batch
 * runs between two packets, so DATAPLANE_ATOMIC is ROLLBACK_ON_ERROR: both leave everything as it was when
 * one update fails, and every update but the failing one is then ABORTED.
 */
export function applyBatch(context: EntityContext, request: EncodedWrite): (P4RuntimeError | undefined)[] {
  const { header, updates } = request;
  switch (header.getAtomicity()) {
    case WriteRequest.Atomicity.CONTINUE_ON_ERROR:
      return updates.map((update) => attempt(context, update));
    case WriteRequest.Atomicity.ROLLBACK_ON_ERROR:
    case WriteRequest.Atomicity.DATAPLANE_ATOMIC:
      return allOrNothing(context, updates.map(decodeUpdate));
    default:
      throw invalid(`atomicity ${header.getAtomicity()} is unknown`);
  }
}

function attempt(context: EntityContext, update: Uint8Array): P4RuntimeError | undefined {
  try {
    if (!(context.access.full && writePlain(context, update))) applyUpdate(context, decodeUpdate(update));
    return undefined;
  } catch (error) {
    return P4RuntimeError.from(error);
  }
}

function allOrNothing(context: EntityContext, updates: readonly Update[]): (P4RuntimeError | undefined)[] {
  const undo: Undo[] = [];
  for (const [i, update] of updates.entries()) {
    try {
      undo.push(applyUpdate(context, update));
    } catch (error) {
      for (const step of undo.reverse()) step();
      const failure = P4RuntimeError.from(error);
      return updates.map((_, j) => (j === i ? failure : aborted(i, j < i)));
    }
  }
  return updates.map(() => undefined);
}

function aborted(failed: number, tried: boolean): P4RuntimeError {
  return new P4RuntimeError('ABORTED', `${tried ? 'rolled back' : 'not tried'}: update ${failed + 1} failed`);
}

function applyUpdate(context: EntityContext, update: Update): Undo {
  const entity = update.getEntity();
  if (entity === undefined) throw invalid('the update has no entity');
  return writeEntity(context, updateType(update), entity);
}

function updateType(update: Update): UpdateType {
  switch (update.getType()) {
    case Update.Type.INSERT:
      return 'insert';
    case Update.Type.MODIFY:
      return 'modify';
    case Update.Type.DELETE:
      return 'delete';
    default:
      throw invalid('the update has no type; use INSERT, MODIFY or DELETE');
  }
}
