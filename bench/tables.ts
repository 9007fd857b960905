import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { type MatchKey, MatchTable, readLimbs, type TableEntry } from '../switch/runtime/index.js';
import { seededRandom } from '../switch/v1model/random.js';
import { against, alone, type Bench, median, type Result } from './bench.js';

const LOOKUPS = 500_000;
const ROUNDS = 5;
const NAME_LIMBS = 8;
/** Prefix lengths of names of two to eight components, 32 bits each. */
const LENGTHS: readonly number[] = [64, 96, 128, 160, 192, 224, 256];
const ACTIONS = [{ name: 'to_instance', paramWidths: [16, 32] }];
const ACTION = { actionIndex: 0, params: [1n, 2n] };
/** A share of look-ups goes to the k-th most popular name in proportion to 1/k. */
const ZIPF = 1;

/** A table, and the keys of packets that hit it, one after another in limbs. */
interface Filled {
  readonly table: MatchTable;
  readonly keys: Uint32Array;
  readonly entries: number;
  /** Everything the table holds, per entry. */
  readonly bytesPerEntry: number;
}

setFlagsFromString('--expose-gc');
const collect: unknown = runInNewContext('gc');

function memory(): number {
  // Twice: what the first finds dead may hold buffers that only the second gives back.
  if (typeof collect === 'function') for (let i = 0; i < 2; i++) collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function nameTable(entries: number, random: () => number): Filled {
  const keys = new Uint32Array(entries * NAME_LIMBS).map(() => random() * 2 ** 32);
  const before = memory();
  const table = new MatchTable({
    name: 'fib',
    fields: [{ name: 'name', kind: 'lpm', width: 32 * NAME_LIMBS }],
    actions: ACTIONS,
    maxSize: entries,
  });
  for (let i = 0; i < entries; i++) {
    const prefixLength = LENGTHS[i % LENGTHS.length] ?? 256;
    const zeros = BigInt(32 * NAME_LIMBS - prefixLength);
    const value = (readLimbs(keys, i * NAME_LIMBS, 32 * NAME_LIMBS) >> zeros) << zeros;
    table.insert({ match: [{ kind: 'lpm', value, prefixLength }], priority: 0, action: ACTION });
  }
  return { table, keys, entries, bytesPerEntry: (memory() - before) / entries };
}

/** Entries of one 104-bit field under `masks` distinct masks. */
function ternaryEntries(entries: number, masks: number, random: () => number): TableEntry[] {
  const width = 104;
  const bits = (): bigint => BigInt(Math.floor(random() * 2 ** 52)) * BigInt(Math.floor(random() * 2 ** 52));
  const chosen = Array.from({ length: masks }, (_, i) => {
    const cleared = (1n << BigInt(4 + i)) - 1n;
    return ((1n << BigInt(width)) - 1n) ^ (cleared << BigInt((5 * i) % 70));
  });
  return Array.from({ length: entries }, (_, i): TableEntry => {
    const mask = chosen[i % masks] ?? 0n;
    const match: MatchKey = { kind: 'ternary', value: bits() & mask, mask };
    return { match: [match], priority: 1 + Math.floor(random() * 1000), action: ACTION };
  });
}

function ternaryTable(list: readonly TableEntry[], random: () => number): Filled {
  const before = memory();
  const table = new MatchTable({
    name: 'acl',
    fields: [{ name: 'tuple', kind: 'ternary', width: 104 }],
    actions: ACTIONS,
    maxSize: list.length,
  });
  for (const entry of list) table.insert(entry);
  const bytesPerEntry = (memory() - before) / list.length;
  const limbs = table.key.length;
  const keys = new Uint32Array(list.length * limbs);
  list.forEach((entry, i) => {
    const [match] = entry.match;
    if (match?.kind !== 'ternary') return;
    const noise = BigInt(Math.floor(random() * 2 ** 52)) << 40n;
    const value = match.value | (noise & ~match.mask & ((1n << 104n) - 1n));
    for (let k = 0; k < limbs; k++) {
      keys[i * limbs + k] = Number((value >> BigInt(32 * (limbs - 1 - k))) & 0xffffffffn);
    }
  });
  return { table, keys, entries: list.length, bytesPerEntry };
}

/** Numbers of the entries that packets hit, in the order they come. */
function traffic(entries: number, popular: boolean, random: () => number): Uint32Array {
  if (!popular) return new Uint32Array(LOOKUPS).map(() => random() * entries);
  const cumulated = new Float64Array(entries);
  let sum = 0;
  for (let k = 0; k < entries; k++) {
    sum += 1 / (k + 1) ** ZIPF;
    cumulated[k] = sum;
  }
  return new Uint32Array(LOOKUPS).map(() => {
    const wanted = random() * sum;
    let low = 0;
    let high = entries - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((cumulated[middle] ?? 0) < wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  });
}

/** Nanoseconds of a look-up, the copying of the key to the table included, as a packet's parser does it. */
function cost(filled: Filled, order: Uint32Array): number {
  const { table, keys } = filled;
  const limbs = table.key.length;
  // The packets lie one after another, as a driver's ring has them.
  const packets = new Uint32Array(order.length * limbs);
  order.forEach((entry, i) => {
    packets.set(keys.subarray(entry * limbs, (entry + 1) * limbs), i * limbs);
  });
  const rounds: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    let hits = 0;
    const begun = process.hrtime.bigint();
    for (let i = 0, at = 0; i < order.length; i++) {
      for (let k = 0; k < limbs; k++) table.key[k] = packets[at++] ?? 0;
      if (table.lookup() !== 0) hits++;
    }
    rounds.push(Number(process.hrtime.bigint() - begun) / order.length);
    if (hits !== order.length) throw new Error(`${hits} of ${order.length} look-ups hit`);
  }
  return median(rounds);
}

/** Nanoseconds of a look-up that tries entry after entry, highest priority first, as BMv2 does for ternary keys. */
function scanCost(list: readonly TableEntry[], filled: Filled, order: Uint32Array): number {
  const limbs = filled.table.key.length;
  const sorted = [...list].sort((a, b) => b.priority - a.priority);
  const values = new Uint32Array(list.length * limbs);
  const masks = new Uint32Array(list.length * limbs);
  sorted.forEach(({ match: [match] }, i) => {
    if (match?.kind !== 'ternary') return;
    for (let k = 0; k < limbs; k++) {
      const shift = BigInt(32 * (limbs - 1 - k));
      values[i * limbs + k] = Number((match.value >> shift) & 0xffffffffn);
      masks[i * limbs + k] = Number((match.mask >> shift) & 0xffffffffn);
    }
  });
  const lookups = Math.min(order.length, 20_000);
  let found = 0;
  const begun = process.hrtime.bigint();
  for (let i = 0; i < lookups; i++) {
    const key = (order[i] ?? 0) * limbs;
    for (let at = 0; at < values.length; at += limbs) {
      let k = 0;
      while (k < limbs && ((filled.keys[key + k] ?? 0) & (masks[at + k] ?? 0)) >>> 0 === values[at + k]) k++;
      if (k < limbs) continue;
      found++;
      break;
    }
  }
  const elapsed = Number(process.hrtime.bigint() - begun) / lookups;
  if (found !== lookups) throw new Error(`the scan found ${found} of ${lookups}`);
  return elapsed;
}

export const tablesBench: Bench = {
  name: 'tables',
  summary: 'what a look-up costs in large tables against small ones, and what an entry takes',
  run: async (note) => {
    note(`ratio: how much of the small table's speed is left; entries all told, key copying included`);
    const uniform = seededRandom(1);
    const small = nameTable(1000, uniform);
    const results: Result[] = [];
    const peer = (popular: boolean): number => cost(small, traffic(small.entries, popular, uniform));
    const [calm, spread] = [peer(true), peer(false)];
    for (const entries of [100_000, 1_000_000]) {
      const large = nameTable(entries, uniform);
      const name = `lookup, ${entries.toLocaleString('en')} name prefixes`;
      const label = 'the same with 1,000';
      results.push(
        against(`${name}, Zipf`, cost(large, traffic(entries, true, uniform)), 'ns', label, calm, 'less'),
        against(
          `${name}, uniform`,
          cost(large, traffic(entries, false, uniform)),
          'ns',
          label,
          spread,
          'less',
        ),
        alone(`memory, ${entries.toLocaleString('en')} name prefixes`, large.bytesPerEntry, 'bytes/entry'),
      );
    }
    const few = ternaryEntries(100, 20, uniform);
    const many = ternaryEntries(10_000, 20, uniform);
    const smallAcl = ternaryTable(few, uniform);
    const largeAcl = ternaryTable(many, uniform);
    const order = traffic(many.length, false, uniform);
    const acl = cost(largeAcl, order);
    results.push(
      against(
        'lookup, 10,000 ternary entries, 20 masks',
        acl,
        'ns',
        'the same with 100',
        cost(smallAcl, traffic(few.length, false, uniform)),
        'less',
      ),
      against(
        'lookup, 10,000 ternary entries, 20 masks',
        acl,
        'ns',
        'trying all in turn',
        scanCost(many, largeAcl, order),
        'less',
      ),
      alone('memory, 10,000 ternary entries', largeAcl.bytesPerEntry, 'bytes/entry'),
    );
    return results;
  },
};
