export type EmulatorErrorCode =
  | 'DEADLOCK'
  | 'TIME_LIMIT'
  | 'ALREADY_RUNNING'
  | 'INVALID_LINK'
  /** A time that is no number: the order of events would be lost. */
  | 'INVALID_TIME'
  | 'PORT_IN_USE';

/** Anything the emulator refuses or cannot go on with. */
export class EmulatorError extends Error {
  override readonly name = 'EmulatorError';
  readonly code: EmulatorErrorCode;

  constructor(code: EmulatorErrorCode, message: string, options?: ErrorOptions) {
    super(`${code}: ${message}`, options);
    this.code = code;
  }
}
