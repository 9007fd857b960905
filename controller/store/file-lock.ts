import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { StoreError } from './errors.js';

/** Files this process has locked, or is about to. */
const own = new Set<string>();

/**
 * Keeps other processes from opening a file: `FILE.lock` names the process that has it. The lock of a process that is
 * gone counts for nothing. Returns what gives it up. Throws StoreError IN_USE.
 */
export async function lockFile(path: string): Promise<() => Promise<void>> {
  const lock = `${path}.lock`;
  if (own.has(lock)) throw inUse(path, process.pid);
  own.add(lock);
  try {
    await takeFrom(path, lock);
  } catch (error) {
    own.delete(lock);
    throw error;
  }
  return async () => {
    own.delete(lock);
    await rm(lock, { force: true });
  };
}

async function takeFrom(path: string, lock: string): Promise<void> {
  const mine = `${process.pid} ${startOf(process.pid) ?? ''}`;
  const aside = `${lock}.${randomBytes(6).toString('hex')}`;
  try {
    await writeFile(aside, mine, { flag: 'wx' });
    // A lock comes to be with what it says, so that nobody takes it for nobody's.
    while (!(await linked(aside, lock, mine))) {
      const theirs = await readFile(lock, 'utf8').catch(() => undefined);
      if (theirs === undefined) continue;
      const [pid = '', start = ''] = theirs.split(' ');
      // One that names this very process is one it has left behind.
      if (theirs !== mine && pid !== '' && startOf(Number(pid)) === start) throw inUse(path, pid);
      await removeStale(lock, theirs);
    }
  } catch (error) {
    throw error instanceof StoreError ? error : openError(path, error);
  } finally {
    await rm(aside, { force: true });
  }
}

async function linked(from: string, to: string, contents: string): Promise<boolean> {
  try {
    // Some file systems have no links.
    await link(from, to).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPERM' && error.code !== 'ENOTSUP') throw error;
      return writeFile(to, contents, { flag: 'wx' });
    });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Takes it out of the way first: whoever else does the same gets nothing, and a new lock is put back. */
async function removeStale(lock: string, theirs: string): Promise<void> {
  const aside = `${lock}.${randomBytes(6).toString('hex')}`;
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

function inUse(path: string, pid: number | string): StoreError {
  return new StoreError('IN_USE', `${path} is open in process ${pid}; stop that one first`);
}

function openError(path: string, error: unknown): StoreError {
  const { code, message } = error as NodeJS.ErrnoException;
  return new StoreError(code === 'ENOSPC' ? 'FULL' : 'IO', `${path}: ${message}`, { cause: error });
}
