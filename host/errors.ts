import { type Hop, nackReasonName } from '../wire/index.js';

export type HostErrorCode =
  /** No answer within deadline and attempts; whether the other side acted is unknown. */
  | 'TIMEOUT'
  /** The fabric or the service refused; `reason` says why. */
  | 'NACK'
  /** It does not fit a datagram, or a limit of either side. */
  | 'TOO_LARGE'
  /** The host, service or group was closed, or has failed and cannot be used again. */
  | 'CLOSED'
  /** The caller's AbortSignal. */
  | 'ABORTED'
  /** An answer that makes no sense. */
  | 'BAD_REPLY'
  /** The registry's answer was no; `detail` carries its code. */
  | 'REFUSED'
  | 'INVALID_ARGUMENT'
  /** A UDP port of this machine cannot be opened. */
  | 'SOCKET'
  /** The other side ended the exchange, or has forgotten it (it restarted). */
  | 'RESET'
  /** A lock's cell no longer holds its holder. */
  | 'LOST';

/** The one error of this layer: what failed, where, and what to do. */
export class HostError extends Error {
  override readonly name = 'HostError';
  readonly code: HostErrorCode;
  /** NackReason of a NACK, else 0. */
  readonly reason: number;
  /** The registry's code of a REFUSED, else empty. */
  readonly detail: string;
  /** Of a NACK of a call with telemetry: the switches it passed, newest first; else empty. */
  readonly hops: readonly Hop[];

  constructor(code: HostErrorCode, message: string, reason = 0, detail = '', hops: readonly Hop[] = []) {
    super(message);
    this.hops = hops;
    this.code = code;
    this.reason = reason;
    this.detail = detail;
  }

  static timeout(what: string, tries: number, elapsedUs: number): HostError {
    return new HostError(
      'TIMEOUT',
      `${what}: no answer to ${tries} transmissions in ${Math.round(elapsedUs)} µs; allow more time or attempts`,
    );
  }

  static nack(what: string, reason: number, hops: readonly Hop[] = []): HostError {
    return new HostError('NACK', `${what}: refused with ${nackReasonName(reason)}`, reason, '', hops);
  }

  static closed(what: string): HostError {
    return new HostError('CLOSED', `${what} is closed; open a new one`);
  }

  static invalid(what: string, problem: string, remedy: string): HostError {
    return new HostError('INVALID_ARGUMENT', `${what}: ${problem}; ${remedy}`);
  }
}

/** Thrown by a service's handler to refuse a request with a reason of docs/protocol.md section 3.4. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly reason: number;

  constructor(reason: number, message = nackReasonName(reason)) {
    super(message);
    this.reason = reason;
  }
}

/** Throws INVALID_ARGUMENT unless `value` is an integer in [low, high]. */
export function requireInteger(what: string, field: string, value: number, low: number, high: number): void {
  if (!Number.isInteger(value) || value < low || value > high) {
    throw HostError.invalid(what, `${field} is ${value}`, `give an integer from ${low} to ${high}`);
  }
}
