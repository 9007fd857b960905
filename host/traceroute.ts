import { NackReason } from '../wire/index.js';
import type { CallOptions, CallResult } from './call-options.js';
import { HostError } from './errors.js';

export interface TracerouteOptions {
  /** Switches at most. Default 16. */
  readonly maxHops?: number | undefined;
  /** Time each step may take, microseconds. Default 1,000,000. */
  readonly stepUs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

export type TracerouteStep =
  /** Number of the switch in the fabric; undefined where the answer does not tell. */
  | { readonly kind: 'switch'; readonly switchId: number | undefined; readonly rttUs: number }
  | { readonly kind: 'owner'; readonly instance: number; readonly rttUs: number }
  | { readonly kind: 'silent' };

/** Echo requests with a rising hop limit: each is refused by the switch at which its limit is used up. */
export async function traceroute(
  ping: (options: CallOptions) => Promise<CallResult>,
  now: () => number,
  options: TracerouteOptions,
): Promise<TracerouteStep[]> {
  const steps: TracerouteStep[] = [];
  const deadlineUs = options.stepUs ?? 1_000_000;
  for (let hopLimit = 1; hopLimit <= (options.maxHops ?? 16); hopLimit++) {
    const begun = now();
    try {
      const { instance, rttUs } = await ping({
        hopLimit,
        telemetry: true,
        deadlineUs,
        signal: options.signal,
      });
      steps.push({ kind: 'owner', instance, rttUs });
      return steps;
    } catch (error) {
      if (!(error instanceof HostError)) throw error;
      if (error.code === 'TIMEOUT') steps.push({ kind: 'silent' });
      else if (error.code === 'NACK' && error.reason === NackReason.HOP_LIMIT) {
        // Newest first: the switches of the way there are the oldest, and the last of them refused.
        const { hops } = error;
        steps.push({
          kind: 'switch',
          switchId: hops[hops.length - hopLimit]?.switchId,
          rttUs: now() - begun,
        });
      } else throw error;
    }
  }
  return steps;
}
