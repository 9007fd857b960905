import { WriteRequest, type WriteResponse } from 'p4runtime-js';
import { P4RuntimeService } from 'p4runtime-js/service';
import { toUint128 } from './arbitration.js';
import type { CallControl } from './calls.js';
import type { DeviceCalls } from './device-calls.js';
import { P4RuntimeError, type UpdateFailure } from './errors.js';
import { isServiceError, updateFailures } from './status.js';
import type { Atomicity, Batch, Update } from './write.js';

const WRITE = P4RuntimeService.Write;
const asIs = (request: Buffer): Buffer => request;

export interface WriteControl extends CallControl {
  /**
   * Requests under way at a time, with continue-on-error only; 1 or more. Default 4 where the target applies them in
   * order, else 1. Give more than 1 to other targets only where no update depends on another of the same write.
   */
  readonly inFlight?: number;
  /**
   * Updates of a request at most, 1 to 500, which is the default. Give less to a server whose refusals are long: where
   * all of 500 are refused with more than 60 characters each, HTTP/2 of Node loses the answer, and the call ends with
   * DEADLINE_EXCEEDED. (The embedded switch cuts its texts, BMv2's are short.)
   */
  readonly maxUpdates?: number;
  /** Default continue-on-error. */
  readonly atomicity?: Atomicity;
}

/** Sends the requests of a write, some at a time, and puts their outcomes together. */
export class Writer {
  readonly #device: DeviceCalls;

  constructor(device: DeviceCalls) {
    this.#device = device;
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

  async #writeBatch(batch: Batch, control: CallControl): Promise<UpdateFailure<Update>[]> {
    const { client, calls, arbitrator, address, deviceId, role } = this.#device;
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
      await calls.unary<WriteResponse>('Write', control, (options, done) =>
        client.makeUnaryRequest(WRITE.path, asIs, WRITE.responseDeserialize, request, options, done),
      );
      return [];
    } catch (error) {
      if (!(error instanceof P4RuntimeError)) throw error;
      const failures = updateFailures(error.cause, batch.updates, batch.firstIndex);
      if (failures !== undefined) return failures;
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
