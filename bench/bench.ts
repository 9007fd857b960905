/** One figure, against a named peer measured in the same run. */
export interface Result {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What it was measured against; null where that was not to be had, and `ratio` with it. */
  readonly peer: string | null;
  readonly peerValue: number | null;
  /** value / peerValue, or its inverse where less is better: above 1 always speaks for sincmesh. */
  readonly ratio: number | null;
}

export interface Bench {
  readonly name: string;
  readonly summary: string;
  /** `note` says on stderr what the reader should know: what was skipped, and why. */
  run(note: (text: string) => void): Promise<readonly Result[]>;
}

export function alone(name: string, value: number, unit: string): Result {
  return { name, value, unit, peer: null, peerValue: null, ratio: null };
}

export function against(
  name: string,
  value: number,
  unit: string,
  peer: string,
  peerValue: number,
  better: 'more' | 'less' = 'more',
): Result {
  return {
    name,
    value,
    unit,
    peer,
    peerValue,
    ratio: better === 'more' ? value / peerValue : peerValue / value,
  };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}
