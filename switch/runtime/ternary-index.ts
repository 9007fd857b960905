import { BucketIndex } from './bucket-index.js';
import { readLimbs, writeLimbs } from './limbs.js';
import type { MatchIndex, SlotKeys } from './match-index.js';
import type { PlacedField } from './match-key.js';
import { finish, mixLimb } from './mix.js';
import { commonPrefix, type Masked, rangePrefixes } from './range-prefixes.js';
import { type Nodes, type TupleView, ternaryLookup } from './ternary-lookup.js';

/** Beyond this many tuple nodes an entry's ranges are widened to one prefix each and checked per packet. */
const MAX_NODES_PER_ENTRY = 64;

/** All entries under one mask. The index holds the first node of each chain of equal masked keys. */
interface Tuple {
  readonly name: string;
  readonly mask: Uint32Array;
  readonly index: BucketIndex;
  nodes: number;
  /** No entry of the tuple has a higher priority; may be too high after a removal, never too low. */
  maxPriority: number;
  removedSinceScan: number;
}

/**
 * Tuple space search: one hash table per distinct mask, searched in order of highest priority and left as
 * soon as no later tuple can win. Ranges are expanded to prefixes. Chains hold the entries with one masked
 * key, highest priority first, and among equals the one added first.
 */
export class TernaryIndex implements MatchIndex {
  readonly lookup: () => number;
  private readonly slots: SlotKeys;
  private readonly limbs: number;
  private readonly seed: number;
  private readonly fields: readonly PlacedField[];
  private readonly tuples = new Map<string, Tuple>();
  private readonly nodes: Nodes;
  private freeNode = 0;
  private nextNode = 1;
  private readonly view: TupleView;

  constructor(key: Uint32Array, slots: SlotKeys, fields: readonly PlacedField[], seed: number) {
    this.slots = slots;
    this.fields = fields;
    this.limbs = key.length;
    this.seed = seed;
    this.nodes = {
      keys: new Uint32Array(8 * this.limbs),
      slots: new Int32Array(8),
      next: new Int32Array(8),
    };
    this.view = {
      stale: false,
      count: 0,
      masks: new Uint32Array(0),
      maxPriorities: new Int32Array(0),
      indexes: [],
      refresh: () => this.refresh(),
    };
    this.lookup = ternaryLookup(fields, this.limbs)(key, slots, this.nodes, this.view, seed);
  }

  find(slot: number): number {
    const place = this.placesOf(slot)[0];
    if (place === undefined) return 0;
    const tuple = this.tuples.get(nameOf(place.mask));
    if (tuple === undefined) return 0;
    for (let node = this.headOf(tuple, place.key); node !== 0; node = this.nodes.next[node] ?? 0) {
      const other = this.nodes.slots[node] ?? 0;
      if (this.sameEntry(other, slot)) return other;
    }
    return 0;
  }

  add(slot: number): void {
    for (const place of this.placesOf(slot)) this.addNode(slot, place);
  }

  remove(slot: number): void {
    for (const place of this.placesOf(slot)) this.removeNode(slot, place);
  }

  clear(): void {
    this.tuples.clear();
    this.freeNode = 0;
    this.nextNode = 1;
    this.view.stale = true;
  }

  private addNode(slot: number, place: Place): void {
    const name = nameOf(place.mask);
    const priority = this.slots.priorities[slot] ?? 0;
    let tuple = this.tuples.get(name);
    if (tuple === undefined) {
      tuple = {
        name,
        mask: place.mask,
        index: new BucketIndex(),
        nodes: 0,
        maxPriority: priority,
        removedSinceScan: 0,
      };
      this.tuples.set(name, tuple);
      this.view.stale = true;
    } else if (priority > tuple.maxPriority) {
      tuple.maxPriority = priority;
      this.view.stale = true;
    }
    const node = this.allocateNode();
    const { nodes } = this;
    nodes.keys.set(place.key, node * this.limbs);
    nodes.slots[node] = slot;
    nodes.next[node] = 0;
    tuple.nodes++;
    const hash = this.hashOf(place.key);
    const head = this.headOf(tuple, place.key);
    if (head === 0) {
      tuple.index.add(hash, node);
    } else if (this.priorityOf(head) < priority) {
      nodes.next[node] = head;
      tuple.index.replace(hash, head, node);
    } else {
      let before = head;
      let after = nodes.next[before] ?? 0;
      while (after !== 0 && this.priorityOf(after) >= priority) {
        before = after;
        after = nodes.next[before] ?? 0;
      }
      nodes.next[before] = node;
      nodes.next[node] = after;
    }
  }

  private removeNode(slot: number, place: Place): void {
    const tuple = this.tuples.get(nameOf(place.mask));
    if (tuple === undefined) return;
    const { nodes } = this;
    let before = 0;
    let node = this.headOf(tuple, place.key);
    while (node !== 0 && nodes.slots[node] !== slot) {
      before = node;
      node = nodes.next[node] ?? 0;
    }
    if (node === 0) return;
    const after = nodes.next[node] ?? 0;
    if (before !== 0) nodes.next[before] = after;
    else if (after !== 0) tuple.index.replace(this.hashOf(place.key), node, after);
    else tuple.index.remove(this.hashOf(place.key), node);
    nodes.next[node] = this.freeNode;
    this.freeNode = node;
    tuple.nodes--;
    if (tuple.nodes === 0) {
      this.tuples.delete(tuple.name);
      this.view.stale = true;
    } else if (this.slots.priorities[slot] === tuple.maxPriority) {
      // Scanning on every removal would make deleting a table quadratic; a bound that is too high only
      // costs probes, so scan when half the tuple has gone.
      tuple.removedSinceScan++;
      if (tuple.removedSinceScan * 2 >= tuple.nodes) this.rescan(tuple);
    }
  }

  private rescan(tuple: Tuple): void {
    let max = -0x80000000;
    const { buckets } = tuple.index;
    for (let i = 1; i < buckets.length; i += 2) {
      const head = buckets[i] ?? 0;
      if (head !== 0) max = Math.max(max, this.priorityOf(head));
    }
    tuple.removedSinceScan = 0;
    if (max !== tuple.maxPriority) {
      tuple.maxPriority = max;
      this.view.stale = true;
    }
  }

  private refresh(): void {
    const sorted = [...this.tuples.values()].sort((a, b) => b.maxPriority - a.maxPriority);
    const { view } = this;
    view.count = sorted.length;
    view.masks = new Uint32Array(sorted.length * this.limbs);
    view.maxPriorities = new Int32Array(sorted.length);
    view.indexes = sorted.map((tuple) => tuple.index);
    sorted.forEach((tuple, i) => {
      view.masks.set(tuple.mask, i * this.limbs);
      view.maxPriorities[i] = tuple.maxPriority;
    });
    view.stale = false;
  }

  private priorityOf(node: number): number {
    return this.slots.priorities[this.nodes.slots[node] ?? 0] ?? 0;
  }

  private headOf(tuple: Tuple, key: Uint32Array): number {
    const { buckets, mask } = tuple.index;
    const hash = this.hashOf(key);
    for (let i = hash & mask; ; i = (i + 1) & mask) {
      const node = buckets[2 * i + 1] ?? 0;
      if (node === 0) return 0;
      if (buckets[2 * i] === hash && this.nodeHasKey(node, key)) return node;
    }
  }

  private nodeHasKey(node: number, key: Uint32Array): boolean {
    for (let i = 0; i < this.limbs; i++) {
      if (this.nodes.keys[node * this.limbs + i] !== key[i]) return false;
    }
    return true;
  }

  private sameEntry(a: number, b: number): boolean {
    const { keys, masks, priorities } = this.slots;
    if (priorities[a] !== priorities[b]) return false;
    for (let i = 0; i < this.limbs; i++) {
      if (keys[a * this.limbs + i] !== keys[b * this.limbs + i]) return false;
      if (masks[a * this.limbs + i] !== masks[b * this.limbs + i]) return false;
    }
    return true;
  }

  private hashOf(key: Uint32Array): number {
    let h = this.seed;
    for (const limb of key) h = mixLimb(h, limb);
    return finish(h);
  }

  private allocateNode(): number {
    const { nodes } = this;
    if (this.freeNode !== 0) {
      const node = this.freeNode;
      this.freeNode = nodes.next[node] ?? 0;
      return node;
    }
    if (this.nextNode === nodes.slots.length) {
      const capacity = 2 * this.nextNode;
      const keys = new Uint32Array(capacity * this.limbs);
      keys.set(nodes.keys);
      const slots = new Int32Array(capacity);
      slots.set(nodes.slots);
      const next = new Int32Array(capacity);
      next.set(nodes.next);
      Object.assign(nodes, { keys, slots, next });
    }
    return this.nextNode++;
  }

  /** The (mask, masked key) pairs under which the entry in `slot` is found. */
  private placesOf(slot: number): Place[] {
    const { keys, masks } = this.slots;
    const at = slot * this.limbs;
    const base: Place = {
      mask: masks.slice(at, at + this.limbs),
      key: keys.slice(at, at + this.limbs),
    };
    const ranges = this.fields
      .filter((field) => field.kind === 'range')
      .map((field) => {
        const low = readLimbs(keys, at + field.offset, field.width);
        const high = readLimbs(masks, at + field.offset, field.width);
        return { field, low, high, prefixes: rangePrefixes(low, high, field.width) };
      });
    while (ranges.reduce((n, r) => n * r.prefixes.length, 1) > MAX_NODES_PER_ENTRY) {
      const longest = ranges.reduce((a, b) => (b.prefixes.length > a.prefixes.length ? b : a));
      longest.prefixes = [commonPrefix(longest.low, longest.high, longest.field.width)];
    }
    let places = [base];
    for (const { field, prefixes } of ranges) {
      places = places.flatMap((place) => prefixes.map((prefix) => withField(place, field, prefix)));
    }
    return places;
  }
}

interface Place {
  readonly mask: Uint32Array;
  readonly key: Uint32Array;
}

function withField(place: Place, field: PlacedField, prefix: Masked): Place {
  const mask = place.mask.slice();
  const key = place.key.slice();
  writeLimbs(mask, field.offset, field.width, prefix.mask);
  writeLimbs(key, field.offset, field.width, prefix.value);
  return { mask, key };
}

function nameOf(mask: Uint32Array): string {
  return mask.join();
}
