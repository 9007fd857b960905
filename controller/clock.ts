/** A timer that has not fired yet can be cancelled; cancelling twice does nothing. */
export interface Timer {
  cancel(): void;
}

/**
 * Time as the controller sees it: the wall clock, or an emulator's virtual time. Nothing in the controller reads time
 * in any other way, except the deadlines of gRPC calls and the backoff of its connections.
 */
export interface Clock {
  /** Microseconds since an epoch of the clock's choice; never goes backwards. */
  now(): number;
  /** Calls `fire` once, `delayUs` microseconds from now. */
  setTimer(delayUs: number, fire: () => void): Timer;
}

/** The machine's clock. Its timers do not keep the process alive. */
export function wallClock(): Clock {
  return {
    now: () => Math.floor(performance.now() * 1000),
    setTimer(delayUs, fire) {
      const handle = setTimeout(fire, Math.ceil(delayUs / 1000));
      handle.unref();
      return { cancel: () => clearTimeout(handle) };
    },
  };
}
