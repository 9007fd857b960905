import { open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { lockFile } from './file-lock.js';

/** A file that is only ever appended to. Errors are those of the operating system. */
export interface DiskFile {
  append(bytes: Uint8Array): Promise<void>;
  /** Resolves when contents and length would outlive the machine. */
  sync(): Promise<void>;
  truncate(length: number): Promise<void>;
  close(): Promise<void>;
}

/** What a store in a file needs of the machine. */
export interface Disk {
  /** Keeps others from a file; returns what gives it up. Throws StoreError IN_USE. */
  lock(path: string): Promise<() => Promise<void>>;
  /** Undefined where there is no such file. */
  read(path: string): Promise<Uint8Array | undefined>;
  /** Opens a file, or creates it, for its owner alone. */
  open(path: string): Promise<DiskFile>;
  rename(from: string, to: string): Promise<void>;
  /** Nothing happens where there is no such file. */
  remove(path: string): Promise<void>;
  /** Resolves when the names in a file's folder would outlive the machine. */
  syncFolderOf(path: string): Promise<void>;
}

/** The machine's own. */
export const nodeDisk: Disk = {
  lock: lockFile,
  read: (path) =>
    readFile(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    }),
  open: async (path) => {
    // Keys of credentials are in it.
    const handle = await open(path, 'a', 0o600);
    return {
      append: (bytes) => handle.appendFile(bytes),
      sync: () => handle.datasync(),
      truncate: (length) => handle.truncate(length),
      close: () => handle.close(),
    };
  },
  rename,
  remove: (path) => rm(path, { force: true }),
  syncFolderOf: async (path) => {
    const folder = await open(dirname(path));
    await folder.sync().finally(() => folder.close());
  },
};
