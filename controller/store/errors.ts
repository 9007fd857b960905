/** What keeps a store from being opened, read or written. */
export type StoreErrorCode =
  | 'DAMAGED' // a file holds something else than a log
  | 'IN_USE' // another process has the file open
  | 'FULL' // no room is left; what was refused is not there, and the store goes on when there is room again
  | 'IO' // the disk failed
  | 'CONFLICT' // a condition of the commit did not hold: read again and decide again
  | 'FENCED' // this controller may not write any more: its lease ran out, or another one has its id
  | 'UNREACHABLE' // no server of the store answers
  | 'CLOSED';

/** Every error of a store. A commit that fails has not happened, but for UNREACHABLE, where nobody can know. */
export class StoreError extends Error {
  readonly code: StoreErrorCode;
  /** CONFLICT: the key whose condition did not hold. */
  readonly key: string | undefined;

  constructor(code: StoreErrorCode, message: string, options: ErrorOptions & { readonly key?: string } = {}) {
    super(message, options);
    this.name = 'StoreError';
    this.code = code;
    this.key = options.key;
  }
}

export function conflict(key: string): StoreError {
  return new StoreError('CONFLICT', `'${key}' is not what the commit requires; read it and decide again`, {
    key,
  });
}
