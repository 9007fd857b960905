import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { HostError } from './errors.js';

/** Where a key-value server keeps how far its versions go, so that they rise over a restart (protocol section 3.8). */
export interface VersionStore {
  /** What was noted last, 0 where nothing was. */
  load(): number;
  /** Notes a number; when this returns it must outlive the process. */
  save(version: number): void;
}

/** A VersionStore in a file. */
export class VersionFile implements VersionStore {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** @throws HostError BAD_REPLY where the file holds something else; the system's error where it cannot be read */
  load(): number {
    let text: string;
    try {
      text = readFileSync(this.#path, 'utf8');
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 0;
      throw error;
    }
    const version = Number(text);
    if (text.trim() === '' || !Number.isInteger(version) || version < 0 || version > 0xffffffff) {
      throw new HostError('BAD_REPLY', `${this.#path} holds no version; give a file of its own`);
    }
    return version;
  }

  /** Replaces the file as a whole, so that a crash leaves the old or the new number. */
  save(version: number): void {
    const fresh = `${this.#path}.new`;
    const file = openSync(fresh, 'w');
    try {
      writeSync(file, `${version}\n`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(fresh, this.#path);
  }
}

/** Versions noted at once: so many may be skipped by a restart. */
const BLOCK = 65_536;
const LAST = 0xffffffff;

/** Gives out versions, each higher than all before, also than those before a restart. */
export class Versions {
  readonly #store: VersionStore | undefined;
  #version: number;
  #noted: number;

  /** @param first versions begin above it, and above what the store holds */
  constructor(store: VersionStore | undefined, first: number) {
    this.#store = store;
    this.#version = Math.max(first, store?.load() ?? 0);
    this.#noted = this.#version;
  }

  /** The latest one given out. */
  get latest(): number {
    return this.#version;
  }

  /** @throws HostError CLOSED when all 2^32 are used up */
  next(): number {
    if (this.#version >= LAST) throw HostError.closed('key-value server: all versions are used up, it');
    if (this.#store !== undefined && this.#version >= this.#noted) {
      this.#noted = Math.min(LAST, this.#version + BLOCK);
      this.#store.save(this.#noted);
    }
    this.#version++;
    return this.#version;
  }
}
