import type { TableEntry } from './entry.js';
import { readLimbs, writeLimbs } from './limbs.js';
import type { SlotKeys } from './match-index.js';
import { type MatchKey, maskedValue, onesIn, type PlacedField, storedMatch } from './match-key.js';
import type { RawEntry } from './raw-entry.js';

const FIRST_CAPACITY = 16;

/** The part of an entry that names it. */
export type EntryIdentity = Pick<TableEntry, 'match' | 'priority'>;

/**
 * Slots of a table's entries and the keys in them. Slot 0 is the default entry's. A key is first written into the
 * slot the next insert would take, where an index can compare it, and put to use from there.
 */
export class EntryStore {
  readonly keys: SlotKeys;
  private readonly fields: readonly PlacedField[];
  private readonly limbs: number;
  private readonly masked: boolean;
  /** Most entries. */
  maxSize: number;
  private readonly onGrow: (capacity: number) => void;
  private readonly used = new Set<number>();
  private readonly free: number[] = [];
  private capacity = 0;
  private next = 1;

  /**
   * `masked`: whether entries have masks and priorities. `onGrow` is called with the new number of slots, once
   * before the constructor returns.
   */
  constructor(
    fields: readonly PlacedField[],
    masked: boolean,
    maxSize: number,
    onGrow: (capacity: number) => void,
  ) {
    this.fields = fields;
    this.limbs = fields.reduce((n, field) => n + field.limbs, 0);
    this.masked = masked;
    this.maxSize = maxSize;
    this.onGrow = onGrow;
    this.keys = {
      keys: new Uint32Array(0),
      masks: new Uint32Array(0),
      prefixLengths: new Uint16Array(0),
      priorities: new Int32Array(0),
    };
    this.grow(FIRST_CAPACITY);
  }

  /** Entries there are. */
  get size(): number {
    return this.used.size;
  }

  has(slot: number): boolean {
    return this.used.has(slot);
  }

  /** Slots in use, in the order the entries came. */
  slots(): IterableIterator<number> {
    return this.used.values();
  }

  /** Writes a checked key into the slot the next insert would take, and returns that slot. */
  write(entry: EntryIdentity): number {
    const slot = this.nextFree();
    const { keys, masks, prefixLengths, priorities } = this.keys;
    const at = slot * this.limbs;
    this.fields.forEach((field, i) => {
      const match = entry.match[i];
      if (match === undefined) return;
      const [value, mask] = maskedValue(match, field.width);
      writeLimbs(keys, at + field.offset, field.width, value);
      if (this.masked) writeLimbs(masks, at + field.offset, field.width, mask);
      else if (match.kind === 'lpm') prefixLengths[slot] = match.prefixLength;
    });
    priorities[slot] = this.masked ? entry.priority : 0;
    return slot;
  }

  /** The same for a key in limbs. */
  writeRaw(entry: RawEntry): number {
    const slot = this.nextFree();
    const at = slot * this.limbs;
    this.keys.keys.set(entry.keys, at);
    if (this.masked) {
      this.keys.masks.set(entry.masks, at);
      this.keys.priorities[slot] = entry.priority;
    } else this.keys.prefixLengths[slot] = entry.prefixLength;
    return slot;
  }

  /** Puts the slot that `write` returned to use. */
  use(slot: number): void {
    if (slot === this.next) this.next++;
    else this.free.pop();
    this.used.add(slot);
  }

  release(slot: number): void {
    this.used.delete(slot);
    this.free.push(slot);
  }

  priorityOf(slot: number): number {
    return this.masked ? (this.keys.priorities[slot] ?? 0) : 0;
  }

  /** Match of the entry in a slot. */
  matchAt(slot: number): MatchKey[] {
    const { keys, masks, prefixLengths } = this.keys;
    const at = slot * this.limbs;
    return this.fields.map((field) => {
      const value = readLimbs(keys, at + field.offset, field.width);
      const mask = this.masked ? readLimbs(masks, at + field.offset, field.width) : 0n;
      const prefixLength = this.masked ? onesIn(mask) : (prefixLengths[slot] ?? 0);
      return storedMatch(field.kind, value, mask, prefixLength);
    });
  }

  /** Copies the key in a slot, and its priority, into `entry`. */
  readRaw(slot: number, entry: RawEntry): void {
    const { keys, masks, prefixLengths } = this.keys;
    for (let i = 0, at = slot * this.limbs; i < this.limbs; i++, at++) {
      entry.keys[i] = keys[at] ?? 0;
      if (this.masked) entry.masks[i] = masks[at] ?? 0;
    }
    entry.prefixLength = this.masked ? 0 : (prefixLengths[slot] ?? 0);
    entry.priority = this.priorityOf(slot);
  }

  private nextFree(): number {
    const slot = this.free.at(-1) ?? this.next;
    if (slot >= this.capacity) this.grow(Math.max(slot + 1, Math.min(2 * this.capacity, this.maxSize + 2)));
    return slot;
  }

  private grow(capacity: number): void {
    const { keys } = this;
    keys.keys = copied(new Uint32Array(capacity * this.limbs), keys.keys);
    if (this.masked) keys.masks = copied(new Uint32Array(capacity * this.limbs), keys.masks);
    keys.prefixLengths = copied(new Uint16Array(capacity), keys.prefixLengths);
    keys.priorities = copied(new Int32Array(this.masked ? capacity : 0), keys.priorities);
    this.capacity = capacity;
    this.onGrow(capacity);
  }
}

function copied<T extends Uint32Array | Int32Array | Uint16Array>(target: T, source: T): T {
  target.set(source);
  return target;
}
