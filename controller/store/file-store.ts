import { type Clock, wallClock } from '../clock.js';
import { type Disk, type DiskFile, nodeDisk } from './disk.js';
import { StoreError } from './errors.js';
import { LocalLease } from './local-lease.js';
import { lineOfCommits, replay, snapshotOf } from './log-format.js';
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
 * A store in one file: a log of commits (log-format.ts). A commit is durable when its line is on the disk; commits that
 * come while one is being written go to the disk together, as one line. A line that a crash cut short was never
 * acknowledged and is dropped; anything else that is wrong is an error. One process at a time has it open.
 */
export class FileStore implements Store {
  readonly #path: string;
  readonly #state: StoreState;
  readonly #clock: Clock;
  readonly #disk: Disk;
  readonly #unlock: () => Promise<void>;
  readonly #leases = new Set<LocalLease>();
  readonly #leased = new Map<string, LocalLease>();
  #file: DiskFile;
  #bytes: number;
  #liveBytes = 0;
  /** Bytes at which the log is rewritten at the earliest. */
  #compactAt = MIN_COMPACTION_BYTES;
  #queue: Pending[] = [];
  #writing: Promise<void> | undefined;
  /** What made the file unusable; every later commit fails with it. */
  #broken: StoreError | undefined;

  private constructor(
    path: string,
    file: DiskFile,
    state: StoreState,
    bytes: number,
    clock: Clock,
    disk: Disk,
    unlock: () => Promise<void>,
  ) {
    this.#path = path;
    this.#file = file;
    this.#state = state;
    this.#bytes = bytes;
    this.#clock = clock;
    this.#disk = disk;
    this.#unlock = unlock;
    for (const [key, value] of state.values()) this.#liveBytes += sizeOf(key, value);
  }

  /**
   * Opens a file, or creates it. `clock` is that of the leases. Throws StoreError DAMAGED where it holds something
   * else than a log, IN_USE where another process has it open.
   */
  static async open(path: string, clock: Clock = wallClock(), disk: Disk = nodeDisk): Promise<FileStore> {
    const unlock = await disk.lock(path);
    let file: DiskFile | undefined;
    try {
      // A log that was on its way to take this one's place.
      await disk.remove(temporaryOf(path));
      const bytes = await disk.read(path);
      const state = new StoreState();
      const kept = bytes === undefined ? 0 : replay(path, bytes, state);
      file = await disk.open(path);
      if (bytes === undefined) await disk.syncFolderOf(path);
      else if (kept < bytes.length) await cut(file, kept);
      return new FileStore(path, file, state, kept, clock, disk, unlock);
    } catch (error) {
      await file?.close();
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
        const text = lineOfCommits(batch.map(durableOf));
        if (text !== '') await this.#append(text);
        for (const pending of batch) this.#apply(pending);
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
        continue;
      }
      if (this.#bytes > Math.max(this.#compactAt, COMPACTION_FACTOR * this.#liveBytes)) await this.#compact();
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
      await this.#file.append(bytes);
      await this.#file.sync();
      this.#bytes += bytes.length;
    } catch (error) {
      // Part of it may be there: cut it off, so that what was refused does not come back.
      await cut(this.#file, this.#bytes).catch((cause: unknown) => this.#break(cause));
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

  /**
   * Writes what is live into a new file and puts it in the place of the log, at once or not at all. Where it does not
   * come about, the log stays, which is long and still right.
   */
  async #compact(): Promise<void> {
    const path = temporaryOf(this.#path);
    const values = [...this.#state.values()].filter(([key]) => !this.#leased.has(key));
    const bytes = Buffer.from(snapshotOf(this.#state.revision, values));
    let file: DiskFile | undefined;
    try {
      await this.#disk.remove(path);
      file = await this.#disk.open(path);
      await file.append(bytes);
      await file.sync();
      await this.#disk.rename(path, this.#path);
    } catch {
      this.#compactAt = this.#bytes + MIN_COMPACTION_BYTES;
      await file?.close().catch(() => undefined);
      // It may be what fills the disk.
      await this.#disk.remove(path).catch(() => undefined);
      return;
    }
    const old = this.#file;
    this.#file = file;
    this.#bytes = bytes.length;
    this.#compactAt = MIN_COMPACTION_BYTES;
    await old.close().catch(() => undefined);
    // What goes into a file whose name is not durable could be lost.
    await this.#disk.syncFolderOf(this.#path).catch((cause: unknown) => this.#break(cause));
  }

  #break(cause: unknown): void {
    this.#broken = new StoreError('IO', `${this.#path} cannot be written any more; start anew`, { cause });
  }
}

/** Takes off what a write left, for good. */
async function cut(file: DiskFile, length: number): Promise<void> {
  await file.truncate(length);
  await file.sync();
}

function temporaryOf(path: string): string {
  return `${path}.new`;
}

/** Keys of a lease do not outlive the process, so only their ends are written. */
function durableOf({ changes, lease }: Pending): readonly StoreChange[] {
  return lease === undefined ? changes : changes.filter(({ value }) => value === undefined);
}

function fileError(path: string, error: unknown): StoreError {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new StoreError('FULL', `${path}: no room is left; make some, then ask again`, { cause: error });
  }
  return new StoreError('IO', `${path}: ${message}`, { cause: error });
}

function sizeOf(key: string, value: Json): number {
  return key.length + JSON.stringify(value).length;
}
