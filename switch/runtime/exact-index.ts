import { BucketIndex } from './bucket-index.js';
import type { MatchIndex, SlotKeys } from './match-index.js';
import { FINISH_SOURCE, finish, mixLimb, mixSource } from './mix.js';

type ExactLookup = (key: Uint32Array, slots: SlotKeys, index: BucketIndex, seed: number) => () => number;

/** Exact match: one hash over all limbs, hashing and comparing unrolled for the key's limb count. */
export class ExactIndex implements MatchIndex {
  readonly lookup: () => number;
  private readonly index = new BucketIndex();
  private readonly slots: SlotKeys;
  private readonly limbs: number;
  private readonly seed: number;

  constructor(key: Uint32Array, slots: SlotKeys, limbs: number, seed: number) {
    this.slots = slots;
    this.limbs = limbs;
    this.seed = seed;
    this.lookup = exactLookup(limbs)(key, slots, this.index, seed);
  }

  find(slot: number): number {
    const { buckets, mask } = this.index;
    const hash = this.hash(slot);
    for (let i = hash & mask; ; i = (i + 1) & mask) {
      const id = buckets[2 * i + 1] ?? 0;
      if (id === 0) return 0;
      if (buckets[2 * i] === hash && this.equal(id, slot)) return id;
    }
  }

  add(slot: number): void {
    this.index.add(this.hash(slot), slot);
  }

  remove(slot: number): void {
    this.index.remove(this.hash(slot), slot);
  }

  clear(): void {
    this.index.clear();
  }

  private hash(slot: number): number {
    const { keys } = this.slots;
    let h = this.seed;
    for (let i = slot * this.limbs; i < (slot + 1) * this.limbs; i++) h = mixLimb(h, keys[i] ?? 0);
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

const lookups = new Map<number, ExactLookup>();

function exactLookup(limbs: number): ExactLookup {
  if (limbs === 0) return () => () => 0;
  let made = lookups.get(limbs);
  if (made === undefined) {
    const all = Array.from({ length: limbs }, (_, i) => i);
    made = new Function(
      'key',
      'slots',
      'index',
      'seed',
      `return function lookup() {
  const ${all.map((i) => `k${i} = key[${i}]`).join(', ')};
  let h = seed, k = 0;
  ${all.map((i) => mixSource(`k${i}`)).join('\n  ')}
  ${FINISH_SOURCE}
  const buckets = index.buckets, mask = index.mask, keys = slots.keys;
  for (let i = h & mask; ; i = (i + 1) & mask) {
    const slot = buckets[2 * i + 1];
    if (slot === 0) return 0;
    if (buckets[2 * i] === h) {
      const at = slot * ${limbs};
      if (${all.map((i) => `keys[at + ${i}] === k${i}`).join(' && ')}) return slot;
    }
  }
};`,
    ) as ExactLookup;
    lookups.set(limbs, made);
  }
  return made;
}
