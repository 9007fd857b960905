import { BucketIndex } from './bucket-index.js';
import type { MatchIndex, SlotKeys } from './match-index.js';
import type { PlacedField } from './match-key.js';
import { FINISH_SOURCE, finish, mixLimb, mixSource } from './mix.js';

/** A prefix length in use. */
interface PrefixTable {
  readonly length: number;
  /** Whole limbs of the lpm field the prefix covers. */
  readonly whole: number;
  /** Mask of the limb after those, 0 if the prefix ends at a limb's edge. */
  readonly partial: number;
  readonly index: BucketIndex;
}

/** The prefix tables in use, longest first. */
interface ActivePrefixes {
  tables: PrefixTable[];
}

type LpmLookup = (
  key: Uint32Array,
  slots: SlotKeys,
  active: ActivePrefixes,
  scratch: Int32Array,
  seed: number,
) => () => number;

/**
 * Longest prefix match, with exact fields beside it: one hash table per prefix length in use, probed longest
 * first. The hash runs over the exact limbs and then down the lpm limbs, so the hashes of all prefixes of a
 * key come out of one pass, however wide the key.
 */
export class LpmIndex implements MatchIndex {
  readonly lookup: () => number;
  private readonly slots: SlotKeys;
  private readonly limbs: number;
  private readonly seed: number;
  private readonly exactLimbs: readonly number[];
  private readonly field: PlacedField;
  private readonly active: ActivePrefixes = { tables: [] };
  private readonly byLength = new Map<number, PrefixTable>();

  constructor(
    key: Uint32Array,
    slots: SlotKeys,
    fields: readonly PlacedField[],
    field: PlacedField,
    seed: number,
  ) {
    this.slots = slots;
    this.field = field;
    this.seed = seed;
    this.limbs = key.length;
    this.exactLimbs = fields
      .filter((f) => f !== field)
      .flatMap((f) => Array.from({ length: f.limbs }, (_, i) => f.offset + i));
    const scratch = new Int32Array(field.limbs + 1);
    this.lookup = lpmLookup(this.limbs, this.exactLimbs, field)(key, slots, this.active, scratch, seed);
  }

  find(slot: number): number {
    const table = this.byLength.get(this.slots.prefixLengths[slot] ?? 0);
    if (table === undefined) return 0;
    const { buckets, mask } = table.index;
    const hash = this.hash(slot, table);
    for (let i = hash & mask; ; i = (i + 1) & mask) {
      const id = buckets[2 * i + 1] ?? 0;
      if (id === 0) return 0;
      if (buckets[2 * i] === hash && this.equal(id, slot)) return id;
    }
  }

  add(slot: number): void {
    const length = this.slots.prefixLengths[slot] ?? 0;
    let table = this.byLength.get(length);
    if (table === undefined) {
      table = prefixTable(this.field, length);
      this.byLength.set(length, table);
      this.sortActive();
    }
    table.index.add(this.hash(slot, table), slot);
  }

  remove(slot: number): void {
    const length = this.slots.prefixLengths[slot] ?? 0;
    const table = this.byLength.get(length);
    if (table === undefined) return;
    table.index.remove(this.hash(slot, table), slot);
    if (table.index.count === 0) {
      this.byLength.delete(length);
      this.sortActive();
    }
  }

  clear(): void {
    this.byLength.clear();
    this.sortActive();
  }

  private sortActive(): void {
    this.active.tables = [...this.byLength.values()].sort((a, b) => b.length - a.length);
  }

  private hash(slot: number, table: PrefixTable): number {
    const { keys } = this.slots;
    const at = slot * this.limbs;
    let h = this.seed;
    for (const i of this.exactLimbs) h = mixLimb(h, keys[at + i] ?? 0);
    const first = at + this.field.offset;
    for (let i = 0; i < table.whole; i++) h = mixLimb(h, keys[first + i] ?? 0);
    if (table.partial !== 0) h = mixLimb(h, keys[first + table.whole] ?? 0);
    return finish(h);
  }

  private equal(a: number, b: number): boolean {
    const { keys } = this.slots;
    for (let i = 0; i < this.limbs; i++) {
      if (keys[a * this.limbs + i] !== keys[b * this.limbs + i]) return false;
    }
    return true;
  }
}

function prefixTable(field: PlacedField, length: number): PrefixTable {
  const index = new BucketIndex();
  const topBits = field.width - 32 * (field.limbs - 1);
  if (length < topBits) {
    const partial = length === 0 ? 0 : ((2 ** length - 1) << (topBits - length)) | 0;
    return { length, whole: 0, partial, index };
  }
  const below = length - topBits;
  const rest = below & 31;
  return { length, whole: 1 + (below >>> 5), partial: rest === 0 ? 0 : -1 << (32 - rest), index };
}

const lookups = new Map<string, LpmLookup>();

function lpmLookup(limbs: number, exactLimbs: readonly number[], field: PlacedField): LpmLookup {
  const shape = `${limbs}/${exactLimbs.join(',')}/${field.offset}+${field.limbs}`;
  let made = lookups.get(shape);
  if (made === undefined) {
    const lpmLimbs = Array.from({ length: field.limbs }, (_, i) => i);
    const exactEqual = exactLimbs.map((i) => `keys[at + ${i}] === k${i} && `).join('');
    made = new Function(
      'key',
      'slots',
      'active',
      'scratch',
      'seed',
      `return function lookup() {
  const tables = active.tables, keys = slots.keys;
  ${exactLimbs.map((i) => `const k${i} = key[${i}];`).join(' ')}
  let h = seed, k = 0;
  ${exactLimbs.map((i) => mixSource(`k${i}`)).join('\n  ')}
  scratch[0] = h;
  const depth = tables.length === 0 ? 0 : tables[0].whole;
  ${lpmLimbs.map((i) => `if (depth > ${i}) { ${mixSource(`key[${field.offset + i}]`)} scratch[${i + 1}] = h; }`).join('\n  ')}
  for (let t = 0; t < tables.length; t++) {
    const table = tables[t], whole = table.whole, partial = table.partial;
    h = scratch[whole];
    let last = 0;
    if (partial !== 0) { last = (key[${field.offset} + whole] & partial) >>> 0; ${mixSource('last')} }
    ${FINISH_SOURCE}
    const index = table.index, bit = h >>> index.filterShift;
    if ((index.filter[bit >>> 5] & (1 << (bit & 31))) === 0) continue;
    const buckets = index.buckets, mask = index.mask;
    for (let i = h & mask; ; i = (i + 1) & mask) {
      const slot = buckets[2 * i + 1];
      if (slot === 0) break;
      if (buckets[2 * i] !== h) continue;
      const at = slot * ${limbs};
      if (${exactEqual}(partial === 0 || keys[at + ${field.offset} + whole] === last)) {
        let w = whole - 1;
        while (w >= 0 && keys[at + ${field.offset} + w] === key[${field.offset} + w]) w--;
        if (w < 0) return slot;
      }
    }
  }
  return 0;
};`,
    ) as LpmLookup;
    lookups.set(shape, made);
  }
  return made;
}
