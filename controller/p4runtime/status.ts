import type { Metadata, ServiceError } from '@grpc/grpc-js';
import { P4Error, Status } from 'p4runtime-js';
import { P4RuntimeError, statusName, type UpdateFailure } from './errors.js';

/** One entry of a Write's failure, in the order of its updates; OK ones included. */
export interface UpdateStatus {
  readonly code: number;
  readonly message: string;
  readonly targetCode: number;
  readonly space: string;
}

const DETAILS_KEY = 'grpc-status-details-bin';

/**
 * The p4.v1.Error of every update of a failed Write (P4Runtime section 12.3): google.rpc.Status in the trailer
 * grpc-status-details-bin. Undefined where the trailer is missing or unreadable.
 */
export function updateStatuses(metadata: Metadata | undefined): UpdateStatus[] | undefined {
  const value = metadata?.get(DETAILS_KEY)[0];
  if (value === undefined || typeof value === 'string') return undefined;
  try {
    return Status.deserializeBinary(new Uint8Array(value))
      .getDetailsList()
      .map((any) => {
        const error = P4Error.deserializeBinary(any.getValue_asU8());
        return {
          code: error.getCanonicalCode(),
          message: error.getMessage(),
          targetCode: error.getCode(),
          space: error.getSpace(),
        };
      });
  } catch {
    // A server that puts other details there still gets its code and message through.
    return undefined;
  }
}

/** A gRPC failure as this library's error. `where` names the call and the switch. */
export function fromServiceError(error: ServiceError, where: string): P4RuntimeError {
  return new P4RuntimeError(statusName(error.code), `${where}: ${error.details}`, { cause: error });
}

/**
 * The failures of one request of a Write: a p4.v1.Error that is not OK, attached to its update. Undefined where the
 * error does not say which updates failed.
 */
export function updateFailures<U>(
  error: unknown,
  updates: readonly U[],
  firstIndex: number,
): UpdateFailure<U>[] | undefined {
  const statuses = isServiceError(error) ? updateStatuses(error.metadata) : undefined;
  if (statuses === undefined || statuses.length !== updates.length) return undefined;
  const failures: UpdateFailure<U>[] = [];
  statuses.forEach((status, i) => {
    const update = updates[i];
    if (status.code === 0 || update === undefined) return;
    failures.push({
      index: firstIndex + i,
      update,
      status: statusName(status.code),
      message: status.message,
      targetCode: status.targetCode,
      space: status.space,
    });
  });
  return failures.length === 0 ? undefined : failures;
}

/** Whether something thrown is gRPC's. */
export function isServiceError(error: unknown): error is ServiceError {
  return error instanceof Error && 'code' in error && 'details' in error && 'metadata' in error;
}
