/** A source of time. The switch never reads the wall clock itself: time is passed in. */
export interface Clock {
  /** Microseconds since an epoch the owner chooses; never goes backwards. */
  now(): number;
}

/** Time of this process in whole microseconds since the call, for switches that run against the real world. */
export function wallClock(): Clock {
  // Not hrtime: its bigint and its pair are objects made anew for every packet.
  const start = performance.now();
  return { now: () => Math.floor((performance.now() - start) * 1000) };
}
