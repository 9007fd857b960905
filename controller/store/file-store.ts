import { type FileHandle, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Clock, wallClock } from '../clock.js';
import { crc32 } from './crc32.js';
import { StoreError } from './errors.js';
import { lockFile } from './file-lock.js';
import { LocalLease } from './local-lease.js';
import { StoreState } from './state.js';
import type {
  CommitOptions,
  Json,
  Store,
  StoreChange,
  StoreCondition,
  StoredValue,
  StoreLease,
} from './store.js';

/** A commit that waits to be written. */
interface Pending {
  readonly changes: readonly StoreChange[];
  readonly when: readonly StoreCondition[];
  /** Its keys do not outlive the process, so they are not written. */
  readonly lease: LocalLease | undefined;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

// A log is rewritten when it is this large, and at least four times as large as what it still says.
const MIN_COMPACTION_BYTES = 1 << 20;
const COMPACTION_FACTOR = 4;

/**
 * A store in one file: a log of commits, a line each, `crc32 json`. A commit is durable when its line is on the disk;
 * commits that come while one is being written go to the disk together. A line that was cut short by a crash was never
 * acknowledged and is dropped; damage elsewhere is an error. One process at a time has it open.
 */
export class FileStore implements Store {
  readonly #path: string;
  readonly #state: StoreState;
  readonly #clock: Clock;
  readonly #unlock: () => Promise<void>;
  readonly #leases = new Set<LocalLease>();
  readonly #leased = new Map<string, LocalLease>();
  #file: FileHandle;
  #bytes: number;
  #liveBytes = 0;
  #queue: Pending[] = [];
  #writing: Promise<void> | undefined;
  /** What made the file unusable; every later commit fails with it. */
  #broken: StoreError | undefined;

  private constructor(
    path: string,
    file: FileHandle,
    state: StoreState,
    bytes: number,
    clock: Clock,
    unlock: () => Promise<void>,
  ) {
    this.#path = path;
    this.#file = file;
    this.#state = state;
    this.#bytes = bytes;
    this.#clock = clock;
    this.#unlock = unlock;
    for (const [key, value] of state.values()) this.#liveBytes += sizeOf(key, value);
  }

  /**
   * Opens a file, or creates it. `clock` is that of the leases. Throws StoreError DAMAGED where it holds something
   * else than a log, IN_USE where another process has it open.
   */
  static async open(path: string, clock: Clock = wallClock()): Promise<FileStore> {
    const unlock = await lockFile(path);
    try {
      const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return '';
        throw error;
      });
      const state = new StoreState();
      const kept = replay(path, text, state);
      const file = await open(path, 'a');
      await file.truncate(kept);
      return new FileStore(path, file, state, kept, clock, unlock);
    } catch (error) {
      await unlock();
      throw error instanceof StoreError ? error : fileError(path, error);
    }
  }

  /** Bytes of the log. */
  get bytes(): number {
    return this.#bytes;
  }

  load(): Promise<ReadonlyMap<string, Json>> {
    return Promise.resolve(this.#state.values());
  }

  get(key: string): Promise<StoredValue | undefined> {
    return Promise.resolve(this.#state.get(key));
  }

  commit(changes: readonly StoreChange[], { when = [], lease }: CommitOptions = {}): Promise<void> {
    if (this.#broken !== undefined) return Promise.reject(this.#broken);
    if (lease !== undefined && !(lease instanceof LocalLease && this.#leases.has(lease))) {
      return Promise.reject(new StoreError('FENCED', 'the lease has ended'));
    }
    if (changes.length === 0 && when.length === 0) return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.#queue.push({ changes, when, lease, resolve, reject });
      this.#writing ??= Promise.resolve().then(() => this.#write());
    });
  }

  /** Nobody else writes to the file: there is nothing to tell. */
  watch(): () => void {
    return () => undefined;
  }

  sync(): Promise<void> {
    return Promise.resolve();
  }

  lease(ttlMs: number): Promise<StoreLease> {
    const lease = new LocalLease(ttlMs, this.#clock, async (keys) => {
      this.#leases.delete(lease);
      const own = keys.filter((key) => this.#leased.get(key) === lease);
      await this.commit(own.map((key) => ({ key, value: undefined })));
    });
    this.#leases.add(lease);
    return Promise.resolve(lease);
  }

  async close(): Promise<void> {
    if (this.#broken?.code === 'CLOSED') return;
    await Promise.all([...this.#leases].map((lease) => lease.end()));
    await this.#writing;
    this.#broken = new StoreError('CLOSED', `${this.#path} is closed`);
    await this.#file.close();
    await this.#unlock();
  }

  async #write(): Promise<void> {
    while (this.#queue.length > 0) {
      const batch = this.#takeBatch();
      try {
        if (this.#broken !== undefined) throw this.#broken;
        const text = batch.map(lineOfPending).join('');
        if (text !== '') await this.#append(text);
        for (const pending of batch) this.#apply(pending);
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

  /** All that wait and whose conditions hold, given those before them; the others are refused. */
  #takeBatch(): Pending[] {
    const waiting = this.#queue;
    this.#queue = [];
    const pending = new Map<string, Json | undefined>();
    return waiting.filter(({ when, changes, reject }) => {
      try {
        this.#state.check(when, pending);
      } catch (error) {
        reject(error);
        return false;
      }
      for (const { key, value } of changes) pending.set(key, value);
      return true;
    });
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
      throw fileError(this.#path, error);
    }
  }

  #apply({ changes, lease }: Pending): void {
    for (const { key, value } of changes) {
      const old = this.#state.get(key)?.value;
      if (old !== undefined) this.#liveBytes -= sizeOf(key, old);
      if (value !== undefined) this.#liveBytes += sizeOf(key, value);
      if (lease === undefined || value === undefined) this.#leased.delete(key);
      else this.#leased.set(key, lease);
    }
    lease?.hold(changes);
    this.#state.apply(changes);
  }

  /** Writes what is live into a new file and puts it in the place of the log, at once or not at all. */
  async #compact(): Promise<void> {
    const temporary = `${this.#path}.new`;
    await rm(temporary, { force: true });
    const file = await open(temporary, 'ax');
    const lines = [...this.#state.values()]
      .filter(([key]) => !this.#leased.has(key))
      .map(([key, value]) => lineOf([[key, value]]));
    // What the numbers of later commits have to be above.
    const bytes = Buffer.from(lineOf(Number(this.#state.revision)) + lines.join(''));
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

/** A line of the log: the changes of a commit, or how many commits there were before. */
function lineOf(content: number | readonly (readonly [string, Json?])[]): string {
  const json = JSON.stringify(content);
  return `${checksum(json)} ${json}\n`;
}

function lineOfPending({ changes, lease }: Pending): string {
  const durable = lease === undefined ? changes : changes.filter(({ value }) => value === undefined);
  if (durable.length === 0) return '';
  return lineOf(durable.map(({ key, value }) => (value === undefined ? [key] : [key, value])));
}

function fileError(path: string, error: unknown): StoreError {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new StoreError('FULL', `${path}: no room is left; make some, then ask again`, { cause: error });
  }
  return new StoreError('IO', `${path}: ${message}`, { cause: error });
}

function checksum(json: string): string {
  return crc32(new TextEncoder().encode(json)).toString(16).padStart(8, '0');
}

function sizeOf(key: string, value: Json): number {
  return key.length + JSON.stringify(value).length;
}

/** Carries out the commits of a log; returns how many bytes of it are good. */
function replay(path: string, text: string, state: StoreState): number {
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
    const content = JSON.parse(json) as number | [string, Json?][];
    if (typeof content === 'number') state.advanceTo(BigInt(content));
    else state.apply(content.map(([key, value]) => ({ key, value })));
    start = end + 1;
    good += Buffer.byteLength(line) + 1;
  }
  return good;
}
