/** Longest time a Node timer takes; a longer one fires at once. */
const LONGEST_MS = 2 ** 31 - 1;

/** Calls `act` after `ms` (Infinity: never) unless the function it returns is called before. */
export function clampedTimer(ms: number, act: () => void): () => void {
  if (ms > LONGEST_MS) return () => undefined;
  const timer = setTimeout(act, ms);
  return () => clearTimeout(timer);
}
