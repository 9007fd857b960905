import { NackReason } from '../../wire/index.js';
import { HostError } from '../errors.js';

const BY_REASON: ReadonlyMap<number, number> = new Map([
  [NackReason.NO_ROUTE, 503],
  [NackReason.HOP_LIMIT, 508],
  [NackReason.DENIED, 403],
  [NackReason.RATE_LIMITED, 429],
  [NackReason.BREAKER_OPEN, 503],
  [NackReason.NO_INSTANCE, 503],
  [NackReason.NAME_MISMATCH, 502],
  [NackReason.FAULT_INJECTED, 503],
  [NackReason.UNAVAILABLE, 502],
]);

/** The HTTP status that says best what became of a call. */
export function statusOf(error: unknown): number {
  if (!(error instanceof HostError)) return 502;
  switch (error.code) {
    case 'NACK':
      return BY_REASON.get(error.reason) ?? 502;
    case 'TIMEOUT':
      return 504;
    case 'TOO_LARGE':
      return 413;
    case 'CLOSED':
      return 503;
    default:
      return 502;
  }
}
