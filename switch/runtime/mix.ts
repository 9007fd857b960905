/**
 * The keyed mixing of match keys (MurmurHash3's 32-bit round and finaliser). Table hashes are seeded, so
 * that nobody who can choose packet fields can choose collisions.
 */

/** One round: folds a 32-bit limb into the running hash. */
export function mixLimb(hash: number, limb: number): number {
  let k = Math.imul(limb, 0xcc9e2d51);
  k = Math.imul((k << 15) | (k >>> 17), 0x1b873593);
  const h = hash ^ k;
  return (Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64) | 0;
}

/** Finaliser: every input bit reaches every output bit. */
export function finish(hash: number): number {
  let h = hash ^ (hash >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** Statements that fold expression `limb` into variable `h`, for generated lookups; `k` must be declared. */
export function mixSource(limb: string): string {
  return (
    `k = Math.imul(${limb}, 0xcc9e2d51); k = Math.imul((k << 15) | (k >>> 17), 0x1b873593); ` +
    `h ^= k; h = (Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64) | 0;`
  );
}

/** Statements that finish variable `h` in place. */
export const FINISH_SOURCE =
  'h ^= h >>> 16; h = Math.imul(h, 0x85ebca6b); h ^= h >>> 13; h = Math.imul(h, 0xc2b2ae35); h ^= h >>> 16;';
