import {
  BROADCAST_MAC,
  decodeUdpFrame,
  encodeUdpFrame,
  formatIpv4,
  parseIpv4,
  sameBytes,
  WireError,
} from '../wire/index.js';
import type { Timer } from './emulator.js';
import { EmulatorError } from './errors.js';
import type { Attachment } from './link.js';

const FIRST_EPHEMERAL_PORT = 49152;

export interface HostInterface {
  /** Dotted decimal. */
  readonly address: string;
  /** 6 bytes each; everything is sent to the gateway, the switch the host hangs on. */
  readonly mac: Uint8Array;
  readonly gatewayMac: Uint8Array;
}

/** Time and chance of a host: the emulator's, or a machine's own. */
export interface HostClock {
  /** Microseconds. */
  now(): number;
  readonly random: { next(): number };
  schedule(delayUs: number, fire: () => void): Timer;
}

/** What a host's network card has seen. */
export interface HostCounters {
  sent: number;
  received: number;
  /** Frames for somebody else. */
  foreign: number;
  /** Frames that are no well-formed UDP over IPv4, or whose checksum is wrong. */
  malformed: number;
  /** Datagrams to a port nobody listens on. */
  unreachable: number;
}

/** A UDP socket of an emulated host. */
export class EmulatedSocket {
  readonly port: number;
  onMessage: ((payload: Uint8Array, fromAddress: string, fromPort: number) => void) | undefined;
  readonly #host: EmulatedHost;

  constructor(host: EmulatedHost, port: number) {
    this.#host = host;
    this.port = port;
  }

  /** Sends one datagram; nothing is sent any more once the host has died. */
  send(payload: Uint8Array, address: string, port: number): void {
    this.#host.transmit(this.port, payload, address, port);
  }

  close(): void {
    this.#host.release(this.port);
  }
}

/**
 * A host with one interface and as much of an IP stack as UDP needs: Ethernet, IPv4 without options or fragments, UDP
 * with checksums, sockets. Structurally a HostEnvironment of the host library, in virtual time or in real time.
 */
export class EmulatedHost implements Attachment {
  readonly drivesPromises = true;
  readonly address: string;
  readonly counters: HostCounters = { sent: 0, received: 0, foreign: 0, malformed: 0, unreachable: 0 };
  readonly #clock: HostClock;
  readonly #mac: Uint8Array;
  readonly #gatewayMac: Uint8Array;
  readonly #sockets = new Map<number, EmulatedSocket>();
  readonly #ipv4: number;
  #out: { transmit(frame: Uint8Array): void } | undefined;
  #alive = true;
  #nextPort = FIRST_EPHEMERAL_PORT;

  constructor(clock: HostClock, nic: HostInterface) {
    this.#clock = clock;
    this.address = nic.address;
    this.#ipv4 = parseIpv4(nic.address);
    this.#mac = nic.mac;
    this.#gatewayMac = nic.gatewayMac;
  }

  /** Plugs the host's cable in: what it sends goes to `out`. */
  plug(out: { transmit(frame: Uint8Array): void }): void {
    this.#out = out;
  }

  /** Microseconds of the host's clock. */
  now(): number {
    return this.#clock.now();
  }

  random(): number {
    return this.#clock.random.next();
  }

  /** Timers of a host that has died do not fire. */
  setTimer(delayUs: number, fn: () => void): Timer {
    return this.#clock.schedule(delayUs, () => {
      if (this.#alive) fn();
    });
  }

  /** Opens a UDP socket; port 0 picks a free one. @throws EmulatorError PORT_IN_USE */
  openSocket(port: number): EmulatedSocket {
    const chosen = port === 0 ? this.#freePort() : port;
    if (this.#sockets.has(chosen)) {
      throw new EmulatorError(
        'PORT_IN_USE',
        `${this.address}:${chosen} is open already; close it or use port 0`,
      );
    }
    const socket = new EmulatedSocket(this, chosen);
    this.#sockets.set(chosen, socket);
    return socket;
  }

  /** The host stops in mid-sentence: it sends nothing, hears nothing, its timers do not fire. */
  die(): void {
    this.#alive = false;
  }

  receive(frame: Uint8Array): void {
    if (!this.#alive) return;
    if (!sameBytes(frame, 0, this.#mac, 0, 6) && !sameBytes(frame, 0, BROADCAST_MAC, 0, 6)) {
      this.counters.foreign++;
      return;
    }
    let decoded: ReturnType<typeof decodeUdpFrame>;
    try {
      decoded = decodeUdpFrame(frame);
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      this.counters.malformed++;
      return;
    }
    if (decoded.ipv4.dst !== this.#ipv4) {
      this.counters.foreign++;
      return;
    }
    const socket = this.#sockets.get(decoded.udp.dstPort);
    if (socket?.onMessage === undefined) {
      this.counters.unreachable++;
      return;
    }
    this.counters.received++;
    socket.onMessage(decoded.payload, formatIpv4(decoded.ipv4.src), decoded.udp.srcPort);
  }

  /** For the host's sockets only. */
  transmit(port: number, payload: Uint8Array, address: string, toPort: number): void {
    if (!this.#alive || this.#out === undefined) return;
    this.counters.sent++;
    this.#out.transmit(
      encodeUdpFrame({
        srcMac: this.#mac,
        dstMac: this.#gatewayMac,
        src: this.#ipv4,
        dst: parseIpv4(address),
        srcPort: port,
        dstPort: toPort,
        payload,
      }),
    );
  }

  /** For the host's sockets only. */
  release(port: number): void {
    this.#sockets.delete(port);
  }

  #freePort(): number {
    while (this.#sockets.has(this.#nextPort)) this.#nextPort++;
    return this.#nextPort++;
  }
}
