/** What went wrong, in terms a P4Runtime server can translate into a canonical gRPC code. */
export type SwitchErrorCode =
  | 'NOT_FOUND'
  | 'ALREADY_EXISTS'
  | 'TABLE_FULL'
  | 'RESOURCE_EXHAUSTED'
  | 'INVALID_ARGUMENT'
  | 'OUT_OF_RANGE'
  | 'PERMISSION_DENIED'
  | 'FAILED_PRECONDITION'
  | 'UNIMPLEMENTED';

/** Error of the switch's control surface: the message names the thing, the place in it and the remedy. */
export class SwitchError extends Error {
  override readonly name = 'SwitchError';
  readonly code: SwitchErrorCode;
  /** The object concerned, e.g. "table ingress.fib". */
  readonly thing: string;

  constructor(code: SwitchErrorCode, thing: string, detail: string) {
    super(`${thing}: ${detail}`);
    this.code = code;
    this.thing = thing;
  }
}
