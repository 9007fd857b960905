import { HOP_BYTES, TELEMETRY_BYTES, TELEMETRY_MAX_HOPS } from '../wire/index.js';

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
  /** How late things may happen here that are due, microseconds: what else a thread does, the grain of its timers. Default 0. */
  readonly grainUs?: number;
  /**
   * Longest datagram that may be sent from here, and is taken, bytes: the link's MTU less 44 (IPv4, UDP, `auth`), MAX_DATAGRAM to
   * LONGEST_DATAGRAM. Default MAX_DATAGRAM. Only exchanges make use of more than that, and only with hosts that take it.
   */
  readonly maxDatagram?: number;
  /**
   * Where datagrams come several at a time: runs `fn` once those that are here have been handed over, at once where none are being
   * handed over. What one answer can say of all of them is said once.
   */
  afterBatch?(fn: () => void): void;
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

/**
 * Longest named packet the library makes: an Ethernet MTU of 1500 less IPv4, UDP and the 16 bytes of `auth` with which it may
 * be signed. Nothing is fragmented.
 */
export const MAX_DATAGRAM = 1456;

/** IPv4, UDP and `auth`: what of a link's MTU is not the datagram's. */
export const DATAGRAM_OVERHEAD = 44;

/** Longest datagram of all, whatever the MTU: two of them are no burst yet for the buffers systems have by default. */
export const LONGEST_DATAGRAM = 32_768;

/** Room switches may need in a packet with telemetry: header and 8 hops (docs/protocol.md section 3.7). */
export const FULL_TELEMETRY_BYTES: number = TELEMETRY_BYTES + TELEMETRY_MAX_HOPS * HOP_BYTES;
