import type { FabricKey, Name } from '../wire/index.js';
import type { Credential } from './credentials.js';
import type { PathRecord } from './path-record.js';
import type { RetryBudgetOptions } from './retry-budget.js';

export interface HostOptions {
  /** The host's own name, for example `/hosts/h1`. */
  readonly name: string | Name;
  /** Outer IPv4 destination of packets to names that no router has resolved yet. */
  readonly serviceAddress: string;
  /** Default: the key of the SipHash paper. */
  readonly key?: FabricKey | undefined;
  /**
   * How answers find their way back: straight to the address the request came from (default), or by the caller's name,
   * for which the caller has to be attached.
   */
  readonly answerBy?: 'address' | 'name' | undefined;
  /** What to sign packets with; `attach` and `serve` add what the registry hands out. */
  readonly credentials?: readonly Credential[] | undefined;
  /** What may be spent on repeating calls. */
  readonly retryBudget?: RetryBudgetOptions | undefined;
}

/** What a probe finds. */
export interface Probe {
  readonly path: PathRecord;
  /** There and back, microseconds. */
  readonly rttUs: number;
  /** Which instance answered; 0 where no router chose one. */
  readonly instance: number;
}

export interface HostCounters {
  received: number;
  /** Datagrams that are no named packets. */
  malformed: number;
  /** Requests for names nobody here serves. */
  mismatched: number;
}
