/**
 * The world as the host library sees it: time, chance, timers and datagrams. On the emulator all four are virtual and
 * seeded; over node:dgram they are the machine's (node-environment.ts).
 */
export interface HostEnvironment {
  /** The host's IPv4 address, dotted decimal. */
  readonly address: string;
  /** Microseconds, monotonic; the epoch is the owner's. */
  now(): number;
  /** [0, 1) */
  random(): number;
  setTimer(delayUs: number, fn: () => void): Timer;
  /** Opens a UDP socket; port 0 picks a free one. */
  openSocket(port: number): DatagramSocket;
}

export interface Timer {
  /** Harmless once the timer has fired. */
  cancel(): void;
}

export interface DatagramSocket {
  readonly port: number;
  /** Sends one datagram; the bytes are copied before this returns, so the caller may reuse them. */
  send(payload: Uint8Array, address: string, port: number): void;
  /** The payload is valid during the call only. */
  onMessage: ((payload: Uint8Array, fromAddress: string, fromPort: number) => void) | undefined;
  close(): void;
}

/** Longest UDP payload the library sends: an Ethernet MTU of 1500 less IPv4 and UDP. Nothing is fragmented. */
export const MAX_DATAGRAM = 1472;
