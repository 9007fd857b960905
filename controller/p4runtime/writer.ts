import { WriteRequest, type WriteResponse } from 'p4runtime-js';
import { P4RuntimeService } from 'p4runtime-js/service';
import { toUint128 } from './arbitration.js';
import type { CallControl } from './calls.js';
import type { DeviceCalls } from './device-calls.js';
import { P4RuntimeError, type UpdateFailure } from './errors.js';
import { LostConnection } from './liveness.js';
import { isServiceError, updateFailures } from './status.js';
import { type Atomicity, type Batch, MAX_BATCH_UPDATES, type Update } from './write.js';

const WRITE = P4RuntimeService.Write;
const asIs = (request: Buffer): Buffer => request;
/** What gRPC says in place of a status whose trailers are longer than a peer takes. */
const TOO_LONG = /metadata size|header list/i;

export interface WriteControl extends CallControl {
  /**
   * Requests under way at a time, with continue-on-error only; 1 or more. Default 4 where the target applies them in
   * order, else 1. Give more than 1 to other targets only where no update depends on another of the same write.
   */
  readonly inFlight?: number;
  /**
   * Updates of a request at most, 1 to 500. Give less to a server whose refusals are long: where all of 500 are refused
   * with more than 60 characters each, HTTP/2 of Node loses the answer and its connection. That is found out soon
   * (`suspectAfterMs`): the write fails with UNAVAILABLE, the client connects anew, and sends a quarter as many at a time
   * from then on. (The embedded switch cuts its texts, BMv2's are short.) Default 500, or what has come of that.
   */
  readonly maxUpdates?: number;
  /** Default continue-on-error. */
  readonly atomicity?: Atomicity;
}

/** Sends the requests of a write, some at a time, and puts their outcomes together. */
export class Writer {
  readonly #device: DeviceCalls;
  #maxUpdates = MAX_BATCH_UPDATES;

  constructor(device: DeviceCalls) {
    this.#device = device;
  }

  /** Of a request, where the caller does not say: fewer since an answer was longer than could be had. */
  maxUpdates(atomicity: Atomicity): number {
    return atomicity === 'continue-on-error' ? this.#maxUpdates : MAX_BATCH_UPDATES;
  }

  /** Throws P4RuntimeError as SwitchClient.write() says. `total`: updates of all batches. */
  async write(
    batches: readonly Batch[],
    total: number,
    inFlight: number,
    control: WriteControl,
  ): Promise<void> {
    const failures: UpdateFailure<Update>[] = [];
    let applied = 0;
    const underWay: Promise<UpdateFailure<Update>[] | P4RuntimeError>[] = [];
    let next = 0;
    let lost: P4RuntimeError | undefined;
    for (const batch of batches) {
      while (next < batches.length && underWay.length < inFlight && lost === undefined) {
        const sent = batches[next];
        next += 1;
        if (sent !== undefined) underWay.push(this.#settled(sent, control));
      }
      const refused = await underWay.shift();
      if (refused === undefined) break;
      if (refused instanceof P4RuntimeError) {
        lost ??= refused;
        continue;
      }
      failures.push(...refused);
      applied += batch.updates.length - refused.length;
    }
    if (lost !== undefined) {
      throw new P4RuntimeError<Update>(lost.code, lost.rawMessage, { cause: lost.cause, failures, applied });
    }
    if (failures.length === 0) return;
    const [first] = failures;
    const all = failures.every(({ status }) => status === first?.status);
    const isPartial = (control.atomicity ?? 'continue-on-error') === 'continue-on-error';
    throw new P4RuntimeError<Update>(
      all && first !== undefined ? first.status : 'UNKNOWN',
      `${this.#device.address}: Write: ${failures.length} of ${total} updates refused, ` +
        `first number ${first?.index}: ${first?.status} ${first?.message}`,
      { failures, applied: isPartial ? applied : 0 },
    );
  }

  /** Outcome of a request: never rejects with a P4RuntimeError, so that none goes unheard while others are awaited. */
  async #settled(batch: Batch, control: CallControl): Promise<UpdateFailure<Update>[] | P4RuntimeError> {
    try {
      return await this.#writeBatch(batch, control);
    } catch (error) {
      if (error instanceof P4RuntimeError) return error;
      throw error;
    }
  }

  #fewer(updates: number): void {
    this.#maxUpdates = Math.max(1, Math.min(this.#maxUpdates, Math.floor(updates / 4)));
  }

  async #writeBatch(batch: Batch, control: CallControl): Promise<UpdateFailure<Update>[]> {
    const { client, calls, arbitrator, address, deviceId, role, liveness } = this.#device;
    if (arbitrator.state.kind !== 'primary') {
      const state = arbitrator.describe();
      throw new P4RuntimeError('NOT_PRIMARY', `${address}: Write: this client is ${state}`);
    }
    const head = new WriteRequest();
    head.setDeviceId(deviceId);
    head.setElectionId(toUint128(arbitrator.electionId));
    if (role !== undefined) head.setRole(role);
    // Fields may come in any order: what the batch has encoded already follows as it is.
    const request = Buffer.concat([head.serializeBinary(), batch.body]);
    try {
      await calls.unary<WriteResponse>(
        'Write',
        control,
        (options, done) =>
          client.makeUnaryRequest(WRITE.path, asIs, WRITE.responseDeserialize, request, options, done),
        liveness,
      );
      return [];
    } catch (error) {
      if (!(error instanceof P4RuntimeError)) throw error;
      const failures = updateFailures(error.cause, batch.updates, batch.firstIndex);
      if (failures !== undefined) return failures;
      const isCut = isServiceError(error.cause) && TOO_LONG.test(error.cause.details);
      if (isCut || error instanceof LostConnection) this.#fewer(batch.updates.length);
      if (isCut && batch.updates.length > 1) {
        // RESOURCE_EXHAUSTED would say that a table is full.
        const remedy = `the refusals of ${batch.updates.length} updates do not fit an answer; write fewer at a time (maxUpdates)`;
        throw new P4RuntimeError('UNKNOWN', `${error.rawMessage}; ${remedy}`, { cause: error.cause });
      }
      const [only] = batch.updates;
      const isAnswer = isServiceError(error.cause) && !error.isConnectionLost && !error.isNotPrimary;
      if (batch.updates.length !== 1 || only === undefined || !isAnswer || error.code === 'CANCELLED') {
        throw new P4RuntimeError(error.code, error.rawMessage, { cause: error.cause });
      }
      // A server that gives no details has still refused the one update there is.
      const status = error.code as UpdateFailure['status'];
      const index = batch.firstIndex;
      return [{ index, update: only, status, message: error.rawMessage, targetCode: 0, space: '' }];
    }
  }
}
