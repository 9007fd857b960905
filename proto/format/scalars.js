/** Ranges of the integer types, shared by text and JSON. */

/** @typedef {import('./schema.js').Field} Field */

/** @type {Record<string, readonly [bigint, bigint]>} */
const RANGES = {
  int32: [-(2n ** 31n), 2n ** 31n - 1n],
  uint32: [0n, 2n ** 32n - 1n],
  int64: [-(2n ** 63n), 2n ** 63n - 1n],
  uint64: [0n, 2n ** 64n - 1n],
  enum: [-(2n ** 31n), 2n ** 31n - 1n],
};

const SAFE = BigInt(Number.MAX_SAFE_INTEGER);

/**
 * The values a field takes: its type's, or those a number keeps exactly where
 * the generated class holds the field in a number.
 *
 * @param {Field} field @returns {readonly [bigint, bigint]} both inclusive
 */
export function rangeOf(field) {
  const [low, high] = RANGES[field.type] ?? [0n, 0n];
  if (!field.inexact) return [low, high];
  return [low < -SAFE ? -SAFE : low, SAFE];
}

/** Edits (insert, delete, replace) that turn `a` into `b`. @param {string} a @param {string} b */
function distance(a, b) {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/**
 * What to write instead of a name that is none: the names close to it, or all
 * there are.
 *
 * @param {string} wanted @param {Iterable<string>} names @returns {string}
 */
export function suggest(wanted, names) {
  const all = [...names];
  const plain = (/** @type {string} */ name) => name.toLowerCase().replace(/[_-]/g, '');
  const close = all.filter((name) => distance(plain(wanted), plain(name)) <= (wanted.length > 3 ? 2 : 1));
  if (close.length > 0) return `did you mean ${close.join(' or ')}?`;
  return all.length === 0 ? 'it has none' : `it has ${all.join(', ')}`;
}
