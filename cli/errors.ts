/** The command line was wrong; the message says what would have been right. Exit status 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly code = 'USAGE';
}

/** The controller could not be asked, or said no; `code` is its error's. */
export class ClientError extends Error {
  override readonly name = 'ClientError';
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }

  /** 3 where nobody answered, 4 where the token was wrong or missing, 5 where there is no such thing, else 1. */
  get exitStatus(): number {
    if (this.code === 'UNREACHABLE') return 3;
    if (this.code === 'UNAUTHENTICATED' || this.code === 'FORBIDDEN_ORIGIN') return 4;
    return this.code === 'NOT_FOUND' || this.code.startsWith('UNKNOWN_') ? 5 : 1;
  }
}
