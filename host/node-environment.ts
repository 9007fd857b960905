import { createSocket } from 'node:dgram';
import { isIPv4 } from 'node:net';
import { performance } from 'node:perf_hooks';
import type { DatagramSocket, HostEnvironment, Timer } from './environment.js';
import { HostError } from './errors.js';

export interface NodeEnvironmentOptions {
  /** Local IPv4 address sockets are bound to. */
  readonly address: string;
  /** Called with every error of a socket (a port in use, an unreachable network); the library itself retransmits. */
  readonly onError?: ((error: Error) => void) | undefined;
}

/**
 * HostEnvironment over the machine's own UDP sockets and clock. Ports below are bound asynchronously: datagrams sent
 * before a socket is bound wait for it.
 */
export class NodeEnvironment implements HostEnvironment {
  readonly address: string;
  readonly #onError: (error: Error) => void;

  /** @throws HostError INVALID_ARGUMENT where the address is not IPv4. */
  constructor(options: NodeEnvironmentOptions) {
    if (!isIPv4(options.address)) {
      throw HostError.invalid('environment', `address is "${options.address}"`, 'give an IPv4 address');
    }
    this.address = options.address;
    this.#onError = options.onError ?? (() => undefined);
  }

  now(): number {
    return performance.now() * 1000;
  }

  random(): number {
    return Math.random();
  }

  setTimer(delayUs: number, fn: () => void): Timer {
    const handle = setTimeout(fn, delayUs / 1000);
    return { cancel: () => clearTimeout(handle) };
  }

  openSocket(port: number): DatagramSocket {
    return new NodeSocket(this.address, port, this.#onError);
  }
}

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
  #closed = false;

  constructor(address: string, port: number, onError: (error: Error) => void) {
    this.#port = port;
    this.#onError = onError;
    this.#socket.on('error', onError);
    this.#socket.on('message', (payload, from) => this.onMessage?.(payload, from.address, from.port));
    this.#socket.bind(port, address, () => {
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
