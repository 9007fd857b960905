import { readI32, SINC_MAX, SINC_MIN, SINC_SUM_AHEAD, VECTOR_VALUES } from '../wire/index.js';

const HIGHEST = 0x7fffffff;
const LOWEST = -0x80000000;

/**
 * Combines `count` int32 of the wire at byte `at` into `values[base...]`, as a switch does for `operation` (protocol section
 * 4.3), and tells whether a sum has left int32. SINC_SUM_AHEAD never saturates.
 */
export function combine(
  operation: number,
  saturating: boolean,
  values: Int32Array,
  base: number,
  bytes: Uint8Array,
  at: number,
  count: number,
): boolean {
  let overflow = false;
  for (let i = 0, o = at; i < count; i++, o += 4) {
    const have = values[base + i] ?? 0;
    const come = readI32(bytes, o);
    const isMax =
      operation === SINC_MAX || (operation === SINC_SUM_AHEAD && i % VECTOR_VALUES === VECTOR_VALUES - 1);
    if (isMax) values[base + i] = Math.max(come, have);
    else if (operation === SINC_MIN) values[base + i] = Math.min(come, have);
    else {
      const sum = have + come;
      if (sum > HIGHEST || sum < LOWEST) overflow = true;
      // Storing wraps.
      values[base + i] =
        saturating && operation !== SINC_SUM_AHEAD ? Math.max(LOWEST, Math.min(HIGHEST, sum)) : sum;
    }
  }
  return overflow;
}
