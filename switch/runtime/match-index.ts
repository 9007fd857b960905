/**
 * Keys of a table's slots, in typed arrays that are replaced when the table grows (read them through this
 * object). `keys` holds the wanted value (range: the low bound), masked; `masks` the mask (range: the high
 * bound) for tables with ternary or range fields and is empty otherwise.
 */
export interface SlotKeys {
  keys: Uint32Array;
  masks: Uint32Array;
  /** Prefix length of the lpm field, if there is one. */
  prefixLengths: Uint16Array;
  /** P4Runtime sense: higher wins. */
  priorities: Int32Array;
}

/** Finds entries of one table by packet key and by identity. Slots are positive; 0 means none. */
export interface MatchIndex {
  /** Slot of the entry that matches the packet key in the table's key buffer. Allocates nothing. */
  readonly lookup: () => number;
  /** Slot of the entry with the same match (and priority, where that counts) as the one written in `slot`. */
  find(slot: number): number;
  /** Adds the entry written in `slot`. */
  add(slot: number): void;
  remove(slot: number): void;
  clear(): void;
}
