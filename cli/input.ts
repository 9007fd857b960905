import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';

/** A file the user named cannot be read or written; the message names it and says why. */
export class InputError extends Error {
  override readonly name = 'InputError';
  readonly code = 'INPUT';
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EISDIR: 'it is a folder, not a file',
  EACCES: 'its permissions do not let you; sudo, or chmod',
};

/** The bytes of a file; `-` is standard input. Throws InputError. */
export function readInput(path: string): Buffer {
  try {
    return readFileSync(path === '-' ? 0 : path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    throw new InputError(`cannot read ${path}: ${REASONS[code] ?? String(error)}`, { cause: error });
  }
}

/** Writes a file, or adds to it. Throws InputError. */
export function writeOutput(
  path: string,
  contents: string | Uint8Array,
  { append = false, mode = 0o666 }: { readonly append?: boolean; readonly mode?: number } = {},
): void {
  try {
    (append ? appendFileSync : writeFileSync)(path, contents, { mode });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const reason = code === 'ENOENT' ? 'there is no such folder' : (REASONS[code] ?? String(error));
    throw new InputError(`cannot write ${path}: ${reason}`, { cause: error });
  }
}

/** The same as text. */
export function readInputText(path: string): string {
  return readInput(path).toString('utf8');
}
