import { SwitchError, type SwitchErrorCode } from '../runtime/index.js';
import { SpecError } from '../spec/error.js';

/** Canonical gRPC codes by name, with their numbers. */
export const CODES = {
  OK: 0,
  UNKNOWN: 2,
  INVALID_ARGUMENT: 3,
  NOT_FOUND: 5,
  ALREADY_EXISTS: 6,
  PERMISSION_DENIED: 7,
  RESOURCE_EXHAUSTED: 8,
  FAILED_PRECONDITION: 9,
  ABORTED: 10,
  OUT_OF_RANGE: 11,
  UNIMPLEMENTED: 12,
  INTERNAL: 13,
} as const;

export type P4RuntimeErrorCode = Exclude<keyof typeof CODES, 'OK'>;

/** Refusal of a P4Runtime request; the message names the thing, the place in it and the remedy. */
export class P4RuntimeError extends Error {
  override readonly name = 'P4RuntimeError';
  readonly code: P4RuntimeErrorCode;

  constructor(code: P4RuntimeErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }

  /** The canonical number of `code`. */
  get number(): number {
    return CODES[this.code];
  }

  /** Any thrown value as a P4RuntimeError. */
  static from(error: unknown): P4RuntimeError {
    if (error instanceof P4RuntimeError) return error;
    if (error instanceof SwitchError) {
      return new P4RuntimeError(canonical(error.code), error.message, { cause: error });
    }
    if (error instanceof SpecError) {
      return new P4RuntimeError('INVALID_ARGUMENT', error.message, { cause: error });
    }
    const message = error instanceof Error ? error.message : String(error);
    return new P4RuntimeError('INTERNAL', message, { cause: error });
  }
}

/** Shorthand for the commonest refusal. */
export function invalid(message: string): P4RuntimeError {
  return new P4RuntimeError('INVALID_ARGUMENT', message);
}

function canonical(code: SwitchErrorCode): P4RuntimeErrorCode {
  return code === 'TABLE_FULL' ? 'RESOURCE_EXHAUSTED' : code;
}
