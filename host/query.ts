import type { Exchange } from './transport/exchange.js';

/** A request that came as one datagram, to be finished by exactly one of `answer`, `adopt` and `refuse`; a second one does nothing. */
export interface Query {
  /** The handler's own copy. */
  readonly payload: Uint8Array;
  /** Called where the caller gives the request up before it is finished. */
  cancelled: (() => void) | undefined;
  /**
   * Answers: in one datagram where it fits, else as an exchange. `remember` keeps the answer for repetitions of the request; without
   * it a repetition that comes later runs anew, which is right only where that does no harm.
   */
  answer(payload: Uint8Array, remember: boolean): void;
  /** Goes on as an exchange whose input is at its end: a long answer, or one that takes its time. Undefined where that is not to be had. */
  adopt(): Exchange | undefined;
  /** Refuses with a Nack reason. */
  refuse(reason: number): void;
}
