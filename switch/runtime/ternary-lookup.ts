import type { BucketIndex } from './bucket-index.js';
import type { SlotKeys } from './match-index.js';
import type { PlacedField } from './match-key.js';
import { FINISH_SOURCE, mixSource } from './mix.js';

/** Chain nodes of a tuple space, by node number; arrays are replaced as they grow. */
export interface Nodes {
  keys: Uint32Array;
  slots: Int32Array;
  next: Int32Array;
}

/** The tuples in search order, flattened; `refresh` is called by the next lookup when `stale` is set. */
export interface TupleView {
  stale: boolean;
  count: number;
  masks: Uint32Array;
  maxPriorities: Int32Array;
  indexes: BucketIndex[];
  readonly refresh: () => void;
}

type TernaryLookup = (
  key: Uint32Array,
  slots: SlotKeys,
  nodes: Nodes,
  view: TupleView,
  seed: number,
) => () => number;

const lookups = new Map<string, TernaryLookup>();

/** The lookup for a key of this shape: masking, hashing, comparing and range checks unrolled. */
export function ternaryLookup(fields: readonly PlacedField[], limbs: number): TernaryLookup {
  const ranges = fields.filter((field) => field.kind === 'range');
  const shape = `${limbs}/${ranges.map((r) => `${r.offset}+${r.limbs}`).join()}`;
  let made = lookups.get(shape);
  if (made === undefined) {
    made = new Function('key', 'slots', 'nodes', 'view', 'seed', source(ranges, limbs)) as TernaryLookup;
    lookups.set(shape, made);
  }
  return made;
}

function source(ranges: readonly PlacedField[], limbs: number): string {
  const all = Array.from({ length: limbs }, (_, i) => i);
  const outside = ranges.map((r) => `(${below('key', r, 'lows')} || ${below('highs', r, 'key')})`);
  return `return function lookup() {
  if (view.stale) view.refresh();
  const ${all.map((i) => `k${i} = key[${i}]`).join(', ')};
  const masks = view.masks, bounds = view.maxPriorities, indexes = view.indexes, count = view.count;
  const nodeKeys = nodes.keys, nodeSlots = nodes.slots, nodeNext = nodes.next, priorities = slots.priorities;
  ${ranges.length > 0 ? 'const lows = slots.keys, highs = slots.masks;' : ''}
  let best = 0, bestPriority = -1, k = 0;
  for (let t = 0; t < count; t++) {
    if (bestPriority >= bounds[t]) break;
    const o = t * ${limbs};
    const ${all.map((i) => `m${i} = (k${i} & masks[o + ${i}]) >>> 0`).join(', ')};
    let h = seed;
    ${all.map((i) => mixSource(`m${i}`)).join('\n    ')}
    ${FINISH_SOURCE}
    const index = indexes[t], bit = h >>> index.filterShift;
    if ((index.filter[bit >>> 5] & (1 << (bit & 31))) === 0) continue;
    const buckets = index.buckets, mask = index.mask;
    let node = 0;
    for (let i = h & mask; ; i = (i + 1) & mask) {
      node = buckets[2 * i + 1];
      if (node === 0) break;
      if (buckets[2 * i] !== h) continue;
      const at = node * ${limbs};
      if (${all.map((i) => `nodeKeys[at + ${i}] === m${i}`).join(' && ')}) break;
    }
    for (; node !== 0; node = nodeNext[node]) {
      const slot = nodeSlots[node], priority = priorities[slot];
      if (priority <= bestPriority) break;
      ${outside.length > 0 ? `const at = slot * ${limbs}; if (${outside.join(' || ')}) continue;` : ''}
      best = slot; bestPriority = priority;
      break;
    }
  }
  return best;
};`;
}

/** Expression: the field in `a` is less than the field in `b`, limb by limb. */
function below(a: string, field: PlacedField, b: string): string {
  const read = (name: string, i: number): string =>
    name === 'key' ? `k${field.offset + i}` : `${name}[at + ${field.offset + i}]`;
  let expression = 'false';
  for (let i = field.limbs - 1; i >= 0; i--) {
    const [x, y] = [read(a, i), read(b, i)];
    expression = i === field.limbs - 1 ? `${x} < ${y}` : `(${x} < ${y} || (${x} === ${y} && ${expression}))`;
  }
  return expression;
}
