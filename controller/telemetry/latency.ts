/** Buckets of the switches' latency histogram: bucket b counts responses after 2^b to 2^(b+1) - 1 microseconds. */
export const LATENCY_BUCKETS = 32;

/**
 * The latency that a share of the responses does not exceed, microseconds; within a bucket, responses are taken to lie
 * evenly. Undefined where there are none.
 * @param counts responses by bucket
 * @param share 0 to 1
 */
export function quantile(counts: readonly number[], share: number): number | undefined {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return undefined;
  let left = share * total;
  for (const [bucket, count] of counts.entries()) {
    if (count > 0 && left <= count) {
      const low = bucket === 0 ? 0 : 2 ** bucket;
      return low + ((2 ** (bucket + 1) - low) * left) / count;
    }
    left -= count;
  }
  return 2 ** counts.length;
}
