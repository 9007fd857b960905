/** A jump from before one statement of a sequence to before a later one. */
export interface ForwardJump {
  readonly from: number;
  readonly to: number;
}

/**
 * Plans labelled blocks for forward jumps: a jump to `to` is `break` out of a block that ends before `to`.
 * Returns, for each place, the targets whose blocks open there, outermost first. Blocks are as short as their
 * jumps allow; where two would overlap, the one that ends later is begun earlier.
 */
export function planBlocks(jumps: readonly ForwardJump[]): ReadonlyMap<number, readonly number[]> {
  const starts = new Map<number, number>();
  for (const { from, to } of jumps) starts.set(to, Math.min(from, starts.get(to) ?? from));
  const targets = [...starts.keys()].sort((a, b) => a - b);
  // Ascending targets: a block is only ever widened by blocks that end before it, which are final by then.
  targets.forEach((to, i) => {
    let start = starts.get(to) ?? to;
    for (let k = i - 1; k >= 0; k--) {
      const inner = targets[k] ?? 0;
      const innerStart = starts.get(inner) ?? inner;
      if (start < inner && start > innerStart) start = innerStart;
    }
    starts.set(to, start);
  });
  const opens = new Map<number, number[]>();
  for (const to of targets) {
    const start = starts.get(to) ?? to;
    const list = opens.get(start) ?? [];
    list.unshift(to);
    opens.set(start, list);
  }
  return opens;
}
