import type { Disk, DiskFile } from '../../controller/index.js';

const SECTOR = 512;

interface Inode {
  bytes: Buffer;
  /** What would outlive the machine: these bytes, and nothing that came after. */
  synced: Buffer;
}

/** What a disk is asked to do that may fail. */
export type DiskOperation = 'open' | 'append' | 'sync' | 'truncate' | 'rename' | 'remove' | 'syncFolder';

/** A disk in memory that fails when it is told to, and can lose power. */
export class SimulatedDisk implements Disk {
  #names = new Map<string, Inode>();
  #durableNames = new Map<string, Inode>();
  /** Called before each operation; throws where it fails. Returns how many bytes an append gets done first. */
  onOperation: (operation: DiskOperation, length: number) => number | undefined = () => undefined;
  operations = 0;

  /** A disk that holds one file, as it would be found. */
  static with(path: string, bytes: Uint8Array): SimulatedDisk {
    const disk = new SimulatedDisk();
    const inode = { bytes: Buffer.from(bytes), synced: Buffer.from(bytes) };
    disk.#names.set(path, inode);
    disk.#durableNames.set(path, inode);
    return disk;
  }

  contents(path: string): Buffer | undefined {
    return this.#names.get(path)?.bytes;
  }

  get files(): string[] {
    return [...this.#names.keys()];
  }

  lock(): Promise<() => Promise<void>> {
    return Promise.resolve(() => Promise.resolve());
  }

  read(path: string): Promise<Uint8Array | undefined> {
    const inode = this.#names.get(path);
    return Promise.resolve(inode && Buffer.from(inode.bytes));
  }

  async open(path: string): Promise<DiskFile> {
    this.#ask('open');
    const inode = this.#names.get(path) ?? { bytes: Buffer.alloc(0), synced: Buffer.alloc(0) };
    this.#names.set(path, inode);
    return {
      append: async (bytes) => {
        const done = this.#ask('append', bytes.length, (some) => {
          inode.bytes = Buffer.concat([inode.bytes, bytes.subarray(0, some)]);
        });
        if (done) inode.bytes = Buffer.concat([inode.bytes, bytes]);
      },
      sync: async () => {
        this.#ask('sync');
        inode.synced = inode.bytes;
      },
      truncate: async (length) => {
        this.#ask('truncate');
        inode.bytes = inode.bytes.subarray(0, length);
      },
      close: async () => undefined,
    };
  }

  async rename(from: string, to: string): Promise<void> {
    this.#ask('rename');
    const inode = this.#names.get(from);
    if (inode === undefined) throw failure('ENOENT');
    this.#names.delete(from);
    this.#names.set(to, inode);
  }

  async remove(path: string): Promise<void> {
    this.#ask('remove');
    this.#names.delete(path);
  }

  async syncFolderOf(): Promise<void> {
    this.#ask('syncFolder');
    this.#durableNames = new Map(this.#names);
  }

  /**
   * What is found after a loss of power: each name as it was last made durable or as it is, each file to some length
   * between the two, each sector that was not synchronised written or still zeros. `random` gives numbers from 0 to 1.
   */
  afterPowerLoss(random: () => number): SimulatedDisk {
    const after = new SimulatedDisk();
    const names = random() < 0.5 ? this.#names : this.#durableNames;
    for (const [path, { bytes, synced }] of names) {
      const kept = commonLength(bytes, synced);
      // A file that was made shorter may have its old end again.
      const longest = Math.max(bytes.length, synced.length);
      const length = kept + Math.floor(random() * (longest - kept + 1));
      const found = Buffer.alloc(length);
      bytes.copy(found, 0, 0, Math.min(length, bytes.length));
      for (let from = kept; from < length; ) {
        const to = Math.min(length, from + SECTOR - (from % SECTOR));
        if (random() < 0.5) {
          found.fill(0, from, to);
          if (from < synced.length) synced.copy(found, from, from, Math.min(to, synced.length));
        }
        from = to;
      }
      after.#names.set(path, { bytes: found, synced: found });
    }
    after.#durableNames = new Map(after.#names);
    return after;
  }

  /** True where the operation is to be done; where it fails, `partly` is told how much of it was. */
  #ask(operation: DiskOperation, length = 0, partly: (some: number) => void = () => undefined): boolean {
    this.operations += 1;
    const some = this.onOperation(operation, length);
    if (some === undefined) return true;
    partly(Math.min(some, length));
    throw failure('ENOSPC');
  }
}

function commonLength(a: Buffer, b: Buffer): number {
  const shorter = Math.min(a.length, b.length);
  for (let i = 0; i < shorter; i += 1) if (a[i] !== b[i]) return i;
  return shorter;
}

function failure(code: string): Error {
  return Object.assign(new Error(`${code}: simulated`), { code });
}
