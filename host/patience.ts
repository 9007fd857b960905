/** Field `patience` of docs/protocol.md section 3.1: a time in a byte, 2^(n/8) milliseconds. */

const STEPS = 8;
const MAX = 255;

/** The byte for a time, rounded down; at least 1, which is told as 1.09 ms. */
export function encodePatience(us: number): number {
  if (us <= 0) return 1;
  return Math.max(1, Math.min(MAX, Math.floor(STEPS * Math.log2(us / 1000))));
}

/** Microseconds, undefined where the caller has not told. */
export function decodePatience(byte: number | undefined): number | undefined {
  return byte === undefined || byte === 0 ? undefined : 1000 * 2 ** (byte / STEPS);
}
