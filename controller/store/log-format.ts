import { crc32 } from './crc32.js';
import { StoreError } from './errors.js';
import type { StoreState } from './state.js';
import type { Json, StoreChange } from './store.js';

// A log is lines of `crc32 json`. What goes to the disk at once is one line, however many commits it holds, so that a
// write that a crash tore up can only be the last line. Lines that take the place of a longer log begin with `#`, a
// line that says how many follow: they were on the disk as a whole before they were the log, and no crash tears them.

/** The changes of a commit: `[key, value]`, or `[key]` where it is deleted. */
type LoggedCommit = readonly (readonly [string, Json?])[];

interface Head {
  /** How many commits there were before. */
  readonly revision: number;
  /** Lines that follow, a key each. */
  readonly keys: number;
}

const NEWLINE = 10;
const HEAD = '#'.charCodeAt(0);
/** `crc32 ` */
const CHECK_LENGTH = 9;
const SECTOR = 512;
/** How a line begins, as far as it is there. */
const BEGINNING = /^[0-9a-f]{0,7}$|^[0-9a-f]{8}( \[.*| )?$/s;

/** The line of commits that go to the disk together; empty where they change nothing. */
export function lineOfCommits(commits: readonly (readonly StoreChange[])[]): string {
  const logged = commits.filter(({ length }) => length > 0).map(loggedOf);
  return logged.length === 0 ? '' : lineOf(JSON.stringify(logged));
}

/** A log that says what another one has come to. */
export function snapshotOf(revision: bigint, values: readonly (readonly [string, Json])[]): string {
  const head: Head = { revision: Number(revision), keys: values.length };
  const lines = values.map(([key, value]) => lineOf(JSON.stringify([[[key, value]]])));
  return `#${lineOf(JSON.stringify(head))}${lines.join('')}`;
}

/**
 * Carries out the commits of a log; returns how many bytes of it are good. What follows those is a write that a crash
 * cut short or tore up, which was never acknowledged. Throws StoreError DAMAGED for anything else that is wrong.
 */
export function replay(path: string, bytes: Uint8Array, state: StoreState): number {
  let start = 0;
  /** Lines that must be there. */
  let owed = 0;
  while (start < bytes.length) {
    const isHead = start === 0 && bytes[0] === HEAD;
    const end = bytes.indexOf(NEWLINE, start);
    const json = end === -1 ? undefined : checked(bytes.subarray(isHead ? 1 : start, end));
    if (json === undefined) {
      if (!isHead && owed === 0 && isTorn(bytes.subarray(start), start)) return start;
      throw damaged(path, start);
    }
    const content = JSON.parse(json) as Head | readonly LoggedCommit[];
    if (isHead) {
      const head = content as Head;
      state.advanceTo(BigInt(head.revision));
      owed = head.keys;
    } else {
      for (const commit of content as readonly LoggedCommit[]) {
        state.apply(commit.map(([key, value]) => ({ key, value })));
      }
      owed = Math.max(0, owed - 1);
    }
    start = end + 1;
  }
  if (owed > 0) throw damaged(path, start);
  return start;
}

/** Whether what follows the last good line may be what a crash left of a write. `offset` is its place in the file. */
function isTorn(rest: Uint8Array, offset: number): boolean {
  const end = rest.indexOf(NEWLINE);
  if (end !== -1 && end !== rest.length - 1) return false;
  // Blocks that never reached the disk are zeros, which JSON does not have.
  for (let from = 0; from < rest.length; ) {
    const to = Math.min(rest.length, from + SECTOR - ((offset + from) % SECTOR));
    if (rest.subarray(from, to).every((byte) => byte === 0)) return true;
    from = to;
  }
  if (end !== -1 || checked(rest.subarray(0, -1)) !== undefined) return false;
  return BEGINNING.test(Buffer.from(rest.buffer, rest.byteOffset, rest.length).toString('latin1'));
}

/** The JSON of a line, where it is as it was written. */
function checked(line: Uint8Array): string | undefined {
  if (line.length <= CHECK_LENGTH) return undefined;
  const text = (from: number, to?: number) => Buffer.from(line.subarray(from, to)).toString('utf8');
  const json = line.subarray(CHECK_LENGTH);
  return text(0, CHECK_LENGTH) === `${checksum(json)} ` ? text(CHECK_LENGTH) : undefined;
}

function lineOf(json: string): string {
  return `${checksum(new TextEncoder().encode(json))} ${json}\n`;
}

function checksum(json: Uint8Array): string {
  return crc32(json).toString(16).padStart(8, '0');
}

function loggedOf(changes: readonly StoreChange[]): LoggedCommit {
  return changes.map(({ key, value }) => (value === undefined ? [key] : [key, value]));
}

function damaged(path: string, offset: number): StoreError {
  return new StoreError(
    'DAMAGED',
    `${path} is damaged at byte ${offset}, and what was acknowledged from there on cannot be read: restore the file ` +
      `from a backup, or keep what comes before, and lose the rest, with: truncate -s ${offset} ${path}`,
  );
}
