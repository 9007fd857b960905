import { type FileHandle, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { crc32 } from './crc32.js';
import type { Json, Store, StoreChange } from './store.js';

/** What keeps a store from being opened or written. */
export class StoreError extends Error {
  readonly code: 'DAMAGED' | 'IO' | 'CLOSED';

  constructor(code: StoreError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StoreError';
    this.code = code;
  }
}

/** A commit that waits to be written. */
interface Pending {
  readonly line: string;
  readonly changes: readonly StoreChange[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

// A log is rewritten when it is this large, and at least four times as large as what it still says.
const MIN_COMPACTION_BYTES = 1 << 20;
const COMPACTION_FACTOR = 4;

/**
 * A store in one file: a log of commits, a line each, `crc32 json`. A commit is durable when its line is on the disk;
 * commits that come while one is being written go to the disk together. A line that was cut short by a crash was never
 * acknowledged and is dropped; damage elsewhere is an error.
 */
export class FileStore implements Store {
  readonly #path: string;
  readonly #values: Map<string, Json>;
  #file: FileHandle;
  #bytes: number;
  #liveBytes = 0;
  #queue: Pending[] = [];
  #writing: Promise<void> | undefined;
  /** What made the file unusable; every later commit fails with it. */
  #broken: StoreError | undefined;

  private constructor(path: string, file: FileHandle, values: Map<string, Json>, bytes: number) {
    this.#path = path;
    this.#file = file;
    this.#values = values;
    this.#bytes = bytes;
    for (const [key, value] of values) this.#liveBytes += sizeOf(key, value);
  }

  /** Opens a file, or creates it. Throws StoreError DAMAGED where it holds something else than a log. */
  static async open(path: string): Promise<FileStore> {
    const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '';
      throw new StoreError('IO', `${path}: ${error.message}`, { cause: error });
    });
    const values = new Map<string, Json>();
    const kept = replay(path, text, values);
    const file = await open(path, 'a');
    await file.truncate(kept);
    return new FileStore(path, file, values, kept);
  }

  /** Bytes of the log. */
  get bytes(): number {
    return this.#bytes;
  }

  load(): Promise<ReadonlyMap<string, Json>> {
    return Promise.resolve(new Map(this.#values));
  }

  commit(changes: readonly StoreChange[]): Promise<void> {
    if (this.#broken !== undefined) return Promise.reject(this.#broken);
    if (changes.length === 0) return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.#queue.push({ line: lineOf(changes), changes, resolve, reject });
      this.#writing ??= this.#write();
    });
  }

  async close(): Promise<void> {
    await this.#writing;
    this.#broken ??= new StoreError('CLOSED', `${this.#path} is closed`);
    await this.#file.close();
  }

  async #write(): Promise<void> {
    while (this.#queue.length > 0) {
      const batch = this.#queue;
      this.#queue = [];
      try {
        if (this.#broken !== undefined) throw this.#broken;
        await this.#append(batch.map(({ line }) => line).join(''));
        for (const { changes } of batch) this.#apply(changes);
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
        continue;
      }
      if (this.#bytes > Math.max(MIN_COMPACTION_BYTES, COMPACTION_FACTOR * this.#liveBytes)) {
        // A log that stays long is still right.
        await this.#compact().catch(() => undefined);
      }
    }
    this.#writing = undefined;
  }

  async #append(text: string): Promise<void> {
    const bytes = Buffer.from(text);
    try {
      await this.#file.appendFile(bytes);
      await this.#file.datasync();
      this.#bytes += bytes.length;
    } catch (error) {
      // Part of it may be there: cut it off, so that what was refused does not come back.
      await this.#file.truncate(this.#bytes).catch((cause: unknown) => {
        this.#broken = new StoreError('IO', `${this.#path} cannot be written any more`, { cause });
      });
      throw new StoreError('IO', `${this.#path}: ${error instanceof Error ? error.message : error}`, {
        cause: error,
      });
    }
  }

  #apply(changes: readonly StoreChange[]): void {
    for (const { key, value } of changes) {
      const old = this.#values.get(key);
      if (old !== undefined) this.#liveBytes -= sizeOf(key, old);
      if (value === undefined) {
        this.#values.delete(key);
      } else {
        this.#values.set(key, value);
        this.#liveBytes += sizeOf(key, value);
      }
    }
  }

  /** Writes what is live into a new file and puts it in the place of the log, at once or not at all. */
  async #compact(): Promise<void> {
    const temporary = `${this.#path}.new`;
    await rm(temporary, { force: true });
    const file = await open(temporary, 'ax');
    const lines = [...this.#values].map(([key, value]) => lineOf([{ key, value }]));
    const bytes = Buffer.from(lines.join(''));
    try {
      await file.appendFile(bytes);
      await file.datasync();
      await rename(temporary, this.#path);
    } catch (error) {
      await file.close();
      throw error;
    }
    await this.#file.close();
    this.#file = file;
    this.#bytes = bytes.length;
    const directory = await open(dirname(this.#path));
    await directory.sync().finally(() => directory.close());
  }
}

function lineOf(changes: readonly StoreChange[]): string {
  const json = JSON.stringify(changes.map(({ key, value }) => (value === undefined ? [key] : [key, value])));
  return `${checksum(json)} ${json}\n`;
}

function checksum(json: string): string {
  return crc32(new TextEncoder().encode(json)).toString(16).padStart(8, '0');
}

function sizeOf(key: string, value: Json): number {
  return key.length + JSON.stringify(value).length;
}

/** Carries out the commits of a log; returns how many bytes of it are good. */
function replay(path: string, text: string, values: Map<string, Json>): number {
  let good = 0;
  let start = 0;
  for (let number = 1; start < text.length; number += 1) {
    const end = text.indexOf('\n', start);
    const line = text.slice(start, end === -1 ? undefined : end);
    const json = line.slice(9);
    const isWhole = end !== -1 && line.slice(0, 9) === `${checksum(json)} `;
    if (!isWhole) {
      const isLast = end === -1 || end === text.length - 1;
      if (isLast) return good;
      throw new StoreError(
        'DAMAGED',
        `${path}:${number}: the line is damaged; restore the file from a backup`,
      );
    }
    for (const [key, value] of JSON.parse(json) as [string, Json?][]) {
      if (value === undefined) values.delete(key);
      else values.set(key, value);
    }
    start = end + 1;
    good += Buffer.byteLength(line) + 1;
  }
  return good;
}
