/** Longest time a Node timer takes; a longer one fires at once. */
const LONGEST_MS = 2 ** 31 - 1;

/**
 * Calls `act` after `ms` (Infinity: never) unless the function it returns is called before. What arrived while this
 * process was busy with something else is heard first: it is not the peer that was late then.
 */
export function clampedTimer(ms: number, act: () => void): () => void {
  if (ms > LONGEST_MS) return () => undefined;
  let immediate: NodeJS.Immediate | undefined;
  const timer = setTimeout(() => {
    immediate = setImmediate(act);
  }, ms);
  return () => {
    clearTimeout(timer);
    clearImmediate(immediate);
  };
}
