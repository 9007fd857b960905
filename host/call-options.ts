import type { Kv, Name } from '../wire/index.js';
import { requireAmount, requireTime } from './arguments.js';
import { requireInteger } from './errors.js';
import type { PathRecord } from './path-record.js';
import type { OpenOptions } from './transport/transport.js';

export const DEFAULT_DEADLINE_US = 2_000_000;
export const DEFAULT_ATTEMPTS = 6;
export const DEFAULT_FIRST_TIMEOUT_US = 50_000;
export const DEFAULT_MAX_ANSWER = 1 << 24;
export const DEFAULT_IDLE_US = 5_000_000;

export interface CallOptions {
  /** Time the whole call may take, microseconds. Default 2,000,000. */
  readonly deadlineUs?: number | undefined;
  /** Transmissions at most, 1 to 255. Default 6. */
  readonly attempts?: number | undefined;
  /** Wait before the second transmission, microseconds; doubles from there, with jitter. Default 50,000. */
  readonly firstTimeoutUs?: number | undefined;
  /** Ends the call with ABORTED; the server is told. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Calls a second time, perhaps another instance, where the answer has not come after this long, microseconds; the first
   * answer counts, the other call is cancelled. For calls that may run twice. Default: never.
   */
  readonly hedgeUs?: number | undefined;
  /** Routers the request may pass, 0 to 255. Default 64. */
  readonly hopLimit?: number | undefined;
  /**
   * Every switch on the way notes itself in the packet: `path` of the result tells, or `hops` of a Nack. Request and answer have to
   * fit a datagram with 132 bytes to spare; a longer one goes without.
   */
  readonly telemetry?: boolean | undefined;
  /** Longest answer taken, bytes. Default 16 MiB. */
  readonly maxAnswerBytes?: number | undefined;
  /** Traffic tag of the request, 0 to 255. */
  readonly tag?: number | undefined;
}

export interface CallResult {
  /** The caller's own copy; of `Host.query` valid during its callback only. */
  readonly payload: Uint8Array;
  /** Which instance answered; 0 where no router chose one. */
  readonly instance: number;
  /** Transmissions made. */
  readonly attempts: number;
  /** From the transmission that was answered to its answer, microseconds. */
  readonly rttUs: number;
  /** The kv header of the answer, its bytes copied. */
  readonly kv?: Kv | undefined;
  /** Of a call with `telemetry`: what the switches on the way noted. */
  readonly path?: PathRecord | undefined;
}

/** An exchange's options: as a call's; without `deadlineUs` it may last as long as both sides give signs of life. */
export interface StreamOptions extends Omit<CallOptions, 'hedgeUs' | 'maxAnswerBytes'> {
  /** Silence of the other side after which it is given up, microseconds. Default 5,000,000. */
  readonly idleUs?: number | undefined;
}

/** Refuses options that make no sense before anything is sent. @throws HostError INVALID_ARGUMENT */
export function checkCall(name: string | Name, options: CallOptions & StreamOptions): void {
  const what = `call to ${name}`;
  const { deadlineUs, attempts, firstTimeoutUs, hedgeUs, hopLimit, tag, maxAnswerBytes, idleUs } = options;
  if (deadlineUs !== undefined) requireTime(what, 'deadlineUs', deadlineUs);
  if (attempts !== undefined) requireInteger(what, 'attempts', attempts, 1, 255);
  if (firstTimeoutUs !== undefined) requireTime(what, 'firstTimeoutUs', firstTimeoutUs);
  if (idleUs !== undefined) requireTime(what, 'idleUs', idleUs);
  if (hedgeUs !== undefined) requireAmount(what, 'hedgeUs', hedgeUs);
  if (hopLimit !== undefined) requireInteger(what, 'hopLimit', hopLimit, 0, 255);
  if (tag !== undefined) requireInteger(what, 'tag', tag, 0, 255);
  if (maxAnswerBytes !== undefined) requireAmount(what, 'maxAnswerBytes', maxAnswerBytes);
}

/** A stream's options with their defaults. */
export function openOptions(options: StreamOptions): OpenOptions {
  return {
    deadlineUs: options.deadlineUs,
    attempts: options.attempts ?? DEFAULT_ATTEMPTS,
    firstTimeoutUs: options.firstTimeoutUs ?? DEFAULT_FIRST_TIMEOUT_US,
    idleUs: options.idleUs ?? DEFAULT_IDLE_US,
    tag: options.tag ?? 0,
    signal: options.signal,
  };
}
