import { readFileSync } from 'node:fs';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { StoreError } from './errors.js';

/** Files this process has locked. */
const own = new Set<string>();

/**
 * Keeps other processes from opening a file: `FILE.lock` names the process that has it. The lock of a process that is
 * gone counts for nothing. Returns what gives it up. Throws StoreError IN_USE.
 */
export async function lockFile(path: string): Promise<() => Promise<void>> {
  const lock = `${path}.lock`;
  const mine = `${process.pid} ${startOf(process.pid) ?? ''}`;
  for (;;) {
    try {
      await writeFile(lock, mine, { flag: 'wx' });
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw openError(path, error);
    }
    const theirs = await readFile(lock, 'utf8').catch(() => '');
    if (isHeld(theirs, mine, lock)) {
      throw new StoreError(
        'IN_USE',
        `${path} is open in process ${theirs.split(' ')[0]}; stop that one first`,
      );
    }
    await removeStale(lock, theirs);
  }
  own.add(lock);
  return async () => {
    own.delete(lock);
    await rm(lock, { force: true });
  };
}

function isHeld(theirs: string, mine: string, lock: string): boolean {
  if (theirs === mine) return own.has(lock);
  const [pid = '', start = ''] = theirs.split(' ');
  return pid !== '' && startOf(Number(pid)) === start;
}

/** Takes it out of the way first: whoever else does the same gets nothing, and a new lock is put back. */
async function removeStale(lock: string, theirs: string): Promise<void> {
  const aside = `${lock}.${process.pid}`;
  try {
    await rename(lock, aside);
  } catch {
    return;
  }
  if ((await readFile(aside, 'utf8')) !== theirs) await link(aside, lock).catch(() => undefined);
  await rm(aside, { force: true });
}

/** When a process began, in the kernel's own count: another one with its number began at another time. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // A process that has ended and has not been waited for holds nothing.
    return fields[0] === 'Z' ? undefined : fields[19];
  } catch {
    return undefined;
  }
}

function openError(path: string, error: unknown): StoreError {
  const { code, message } = error as NodeJS.ErrnoException;
  return new StoreError(code === 'ENOSPC' ? 'FULL' : 'IO', `${path}: ${message}`, { cause: error });
}
