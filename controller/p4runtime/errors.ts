/** gRPC status names, in the order of their numbers. */
export const STATUS_NAMES = [
  'OK',
  'CANCELLED',
  'UNKNOWN',
  'INVALID_ARGUMENT',
  'DEADLINE_EXCEEDED',
  'NOT_FOUND',
  'ALREADY_EXISTS',
  'PERMISSION_DENIED',
  'RESOURCE_EXHAUSTED',
  'FAILED_PRECONDITION',
  'ABORTED',
  'OUT_OF_RANGE',
  'UNIMPLEMENTED',
  'INTERNAL',
  'UNAVAILABLE',
  'DATA_LOSS',
  'UNAUTHENTICATED',
] as const;

export type StatusName = (typeof STATUS_NAMES)[number];

/** What goes wrong before anything is sent. */
export type LocalCode =
  | 'BAD_VALUE' // a value does not fit its field, or cannot be read
  | 'UNKNOWN_NAME' // a name or id is not in the P4Info
  | 'BAD_ENTITY' // an entity is not what its P4Info asks for
  | 'NO_PIPELINE' // the client has no P4Info yet
  | 'NOT_PRIMARY' // the operation needs a primary
  | 'CLOSED'; // the client was closed

/** The outcome of one update of a failed Write. */
export interface UpdateFailure<U = unknown> {
  /** Position in the list the caller passed to write(). */
  readonly index: number;
  readonly update: U;
  readonly status: StatusName;
  readonly message: string;
  /** Target-specific code and the space it belongs to (P4Runtime p4.v1.Error). */
  readonly targetCode: number;
  readonly space: string;
}

export interface P4RuntimeErrorOptions<U> {
  readonly cause?: unknown;
  readonly failures?: readonly UpdateFailure<U>[];
  /** Updates known to have been applied by the same write. */
  readonly applied?: number;
}

/**
 * The only error this library throws. `code` is a gRPC status name or a LocalCode; `failures` lists the updates of a
 * Write that were refused, each with the update itself.
 */
export class P4RuntimeError<U = unknown> extends Error {
  readonly code: StatusName | LocalCode;
  readonly failures: readonly UpdateFailure<U>[];
  readonly applied: number;
  /** The message without the code in front. */
  readonly rawMessage: string;

  constructor(code: StatusName | LocalCode, message: string, options: P4RuntimeErrorOptions<U> = {}) {
    super(`[${code}] ${message}`, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'P4RuntimeError';
    this.code = code;
    this.rawMessage = message;
    this.failures = options.failures ?? [];
    // An error that nobody catches is printed with its fields: thousands of lines, where a large write was refused.
    Object.defineProperty(this, 'failures', { enumerable: false });
    this.applied = options.applied ?? 0;
  }

  /** Every refused update was refused with this status; without per-update errors, the call itself was. */
  failedOnlyWith(status: StatusName): boolean {
    if (this.failures.length === 0) return this.code === status;
    return this.failures.every((failure) => failure.status === status);
  }

  get isNotFound(): boolean {
    return this.failedOnlyWith('NOT_FOUND');
  }

  get isAlreadyExists(): boolean {
    return this.failedOnlyWith('ALREADY_EXISTS');
  }

  get isResourceExhausted(): boolean {
    return this.failedOnlyWith('RESOURCE_EXHAUSTED');
  }

  get isUnimplemented(): boolean {
    return this.failedOnlyWith('UNIMPLEMENTED');
  }

  /** The transport failed or the call was given up: nothing is known about what the switch did. */
  get isConnectionLost(): boolean {
    return this.code === 'UNAVAILABLE' || this.code === 'DEADLINE_EXCEEDED' || this.code === 'CLOSED';
  }

  /** Another client is primary (P4Runtime 1.4 section 5: PERMISSION_DENIED). */
  get isNotPrimary(): boolean {
    return this.code === 'NOT_PRIMARY' || this.code === 'PERMISSION_DENIED';
  }

  /** The election id is taken. The text is what the PI server and Stratum send; the code alone is ambiguous. */
  get isElectionIdUsed(): boolean {
    return this.code === 'INVALID_ARGUMENT' && /election id\b.*\b(?:used|exists)\b/i.test(this.rawMessage);
  }

  /** The switch has no forwarding pipeline yet, or this client knows none. */
  get isPipelineMissing(): boolean {
    if (this.code === 'NO_PIPELINE') return true;
    return (
      this.code === 'FAILED_PRECONDITION' && /\bno .*\bforwarding pipeline config/i.test(this.rawMessage)
    );
  }
}

/** Status name of a gRPC number; numbers outside the list are UNKNOWN. */
export function statusName(code: number): StatusName {
  return STATUS_NAMES[code] ?? 'UNKNOWN';
}
