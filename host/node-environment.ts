import { createSocket } from 'node:dgram';
import { readFileSync } from 'node:fs';
import { isIPv4 } from 'node:net';
import { type NetworkInterfaceInfo, networkInterfaces } from 'node:os';
import { performance } from 'node:perf_hooks';
import { BatchSocket } from './batch-socket.js';
import {
  DATAGRAM_OVERHEAD,
  type DatagramSocket,
  type HostEnvironment,
  LONGEST_DATAGRAM,
  MAX_DATAGRAM,
  type Timer,
} from './environment.js';
import { HostError, requireInteger } from './errors.js';
import { type UdpSystem, udpSystem } from './udp-system.js';

export interface NodeEnvironmentOptions {
  /** Local IPv4 address sockets are bound to. */
  readonly address: string;
  /**
   * Called with every error of a socket (a port in use, an unreachable network); the library itself retransmits. Default: what
   * keeps a socket from being opened is thrown (SOCKET), the rest is passed over.
   */
  readonly onError?: ((error: Error) => void) | undefined;
  /**
   * Whether sockets send and receive many datagrams in one system call, where the optional package koffi is installed; node:dgram is
   * used where it is not. Default true.
   */
  readonly batches?: boolean | undefined;
  /**
   * Whether the system cuts what is sent to datagrams and joins what has come (UDP_SEGMENT, UDP_GRO). Default: on loopback addresses
   * only, since a virtual link hands its other end what is not cut yet, and a switch on a packet socket there drops it for its length.
   * Safe on network cards, and on virtual links whose segmentation is off.
   */
  readonly offload?: boolean | undefined;
  /**
   * Bytes of an IP packet that the way to other hosts takes, 1500 to 65,535. Default: the MTU of the interface that has the address.
   * Hosts that both have more than 1500 send long messages in fewer, longer packets; where something between them takes less than
   * they do, they find out, at the cost of some time.
   */
  readonly mtu?: number | undefined;
}

/**
 * HostEnvironment over the machine's own UDP sockets and clock. Ports below are bound asynchronously: datagrams sent
 * before a socket is bound wait for it.
 */
export class NodeEnvironment implements HostEnvironment {
  readonly address: string;
  readonly grainUs = 1000;
  readonly maxDatagram: number;
  readonly #onError: ((error: Error) => void) | undefined;
  readonly #system: UdpSystem | undefined;
  readonly #offload: boolean;
  readonly #after: (() => void)[] = [];
  #inBatch = false;

  /** @throws HostError INVALID_ARGUMENT where the address is not IPv4. */
  constructor(options: NodeEnvironmentOptions) {
    if (!isIPv4(options.address)) {
      throw HostError.invalid('environment', `address is "${options.address}"`, 'give an IPv4 address');
    }
    this.address = options.address;
    const mtu = options.mtu ?? mtuOf(options.address);
    requireInteger('environment', 'mtu', mtu, 1500, 65_535);
    this.maxDatagram = Math.max(MAX_DATAGRAM, Math.min(LONGEST_DATAGRAM, mtu - DATAGRAM_OVERHEAD));
    this.#onError = options.onError;
    this.#system = options.batches === false ? undefined : udpSystem();
    this.#offload = options.offload ?? options.address.startsWith('127.');
  }

  now(): number {
    return performance.now() * 1000;
  }

  random(): number {
    return Math.random();
  }

  setTimer(delayUs: number, fn: () => void): Timer {
    // What is longer than Node.js can wait would fire at once.
    const handle = setTimeout(fn, Math.min(delayUs / 1000, LONGEST_MS));
    return { cancel: () => clearTimeout(handle) };
  }

  afterBatch(fn: () => void): void {
    if (this.#inBatch) this.#after.push(fn);
    else fn();
  }

  readonly #onBatch = (begins: boolean): void => {
    this.#inBatch = begins;
    if (begins || this.#after.length === 0) return;
    for (const fn of this.#after.splice(0)) fn();
  };

  /** @throws HostError SOCKET where it cannot be opened and nobody is told errors; over node:dgram it is thrown later */
  openSocket(port: number): DatagramSocket {
    const onError = this.#onError;
    const onUnopened = (error: Error) => {
      const problem = `UDP port ${port} of ${this.address} cannot be opened: ${error.message}`;
      const remedy = 'end what has it (ss -ulnp), or give an address of this machine';
      const failed = new HostError('SOCKET', `${problem}; ${remedy}`);
      if (onError === undefined) throw failed;
      onError(failed);
    };
    const onLater = onError ?? (() => undefined);
    if (this.#system === undefined) return new NodeSocket(this.address, port, onUnopened, onLater);
    try {
      return new BatchSocket(this.#system, this.address, port, {
        shared: false,
        offload: this.#offload,
        longest: this.maxDatagram,
        onError: onLater,
        onBatch: this.#onBatch,
      });
    } catch (error) {
      const failed = error instanceof Error ? error : new Error(String(error));
      if (onError === undefined) onUnopened(failed);
      // As a socket of node:dgram: it is there, its error is told, and nothing comes of it.
      else queueMicrotask(() => onUnopened(failed));
      return { port: 0, send: () => undefined, onMessage: undefined, close: () => undefined };
    }
  }
}

/** The MTU of the interface that has an address, where the system tells it (Linux); else, or where it is less, Ethernet's. */
function mtuOf(address: string): number {
  for (const [name, addresses] of Object.entries(networkInterfaces())) {
    const has = addresses?.some((one) => one.family === 'IPv4' && covers(one, address)) === true;
    if (!has) continue;
    try {
      const mtu = Number(readFileSync(`/sys/class/net/${name}/mtu`, 'latin1'));
      return Number.isInteger(mtu) ? Math.min(65_535, Math.max(1500, mtu)) : 1500;
    } catch {
      return 1500;
    }
  }
  return 1500;
}

/** Loopback has its whole network, other interfaces have their addresses. */
function covers(one: NetworkInterfaceInfo, address: string): boolean {
  return one.internal ? address.startsWith('127.') : one.address === address;
}

/** Longest time of a timer of Node.js, milliseconds: 24 days. */
const LONGEST_MS = 0x7fffffff;
const RECEIVE_BUFFER = 4 << 20;

/** A node:dgram socket as a DatagramSocket. */
class NodeSocket implements DatagramSocket {
  onMessage: ((payload: Uint8Array, fromAddress: string, fromPort: number) => void) | undefined;
  readonly #socket = createSocket({
    type: 'udp4',
    // The system cuts it to what it allows; a burst must find room while this thread is busy.
    recvBufferSize: RECEIVE_BUFFER,
    // Addresses are literal: node's own lookup would put off every datagram for nothing.
    lookup: (address, _options, done) => done(null, address, 4),
  });
  readonly #onError: (error: Error) => void;
  #port: number;
  #isBound = false;
  #closed = false;

  constructor(
    address: string,
    port: number,
    onUnopened: (error: Error) => void,
    onError: (error: Error) => void,
  ) {
    this.#port = port;
    this.#onError = onError;
    this.#socket.on('error', (error) => (this.#isBound ? onError : onUnopened)(error));
    this.#socket.on('message', (payload, from) => this.onMessage?.(payload, from.address, from.port));
    this.#socket.bind(port, address, () => {
      this.#isBound = true;
      this.#port = this.#socket.address().port;
    });
  }

  /** 0 until a socket that asked for a free port is bound. */
  get port(): number {
    return this.#port;
  }

  send(payload: Uint8Array, address: string, port: number): void {
    if (this.#closed) return;
    // node:dgram sends later; the caller's bytes may have changed by then.
    this.#socket.send(payload.slice(), port, address, (error) => {
      if (error !== null && !this.#closed) this.#onError(error);
    });
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#socket.close();
  }
}
