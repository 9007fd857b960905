import { getSystemErrorMap } from 'node:util';
import { ADDRESS_BYTES, AF_INET, ReceiveBatch, SendBatch, SOL_UDP, UDP_GRO } from './datagram-batch.js';
import type { DatagramSocket } from './environment.js';
import type { UdpSystem } from './udp-system.js';

const SOCK_DGRAM_NONBLOCK_CLOEXEC = 2 | 0o4000 | 0o2000000;
const SOL_SOCKET = 1;
const SO_SNDBUF = 7;
const SO_RCVBUF = 8;
const SO_SNDBUFFORCE = 32;
const SO_RCVBUFFORCE = 33;
const SO_REUSEPORT = 15;
const EAGAIN = 11;
const ENOBUFS = 105;
/** What systems and devices say that cannot cut messages to datagrams, or not to so long ones: EIO, EINVAL, EMSGSIZE. */
const NO_OFFLOAD: ReadonlySet<number> = new Set([5, 22, 90]);

/** Batches read in a row before others get their turn. */
const ROUNDS = 4;
const BUFFER = 4 << 20;

function parseAddress(text: string): number {
  const parts = text.split('.');
  let value = 0;
  for (const part of parts) value = ((value << 8) | Number(part)) >>> 0;
  return value;
}

function systemError(call: string, errno: number): Error {
  const known = getSystemErrorMap().get(-errno);
  return new Error(`${call}: ${known === undefined ? `errno ${errno}` : known.join(', ')}`);
}

export interface BatchSocketOptions {
  /** Whether other sockets may be bound to the same port; datagrams of one sender go to one of them. */
  readonly shared: boolean;
  /** Whether the system cuts and joins datagrams of one length (UDP_SEGMENT, UDP_GRO), where it can. */
  readonly offload: boolean;
  /** Longest datagram that is to be received whole, bytes. */
  readonly longest: number;
  readonly onError: (error: Error) => void;
  /** Called before and after the datagrams of one batch are handed over. */
  readonly onBatch: (begins: boolean) => void;
}

/**
 * A UDP socket that hands the system many datagrams in one call: what is sent in one turn of the event loop leaves at its end, and
 * what has come is read in batches. node:dgram makes a call, a request object and a callback of each.
 */
export class BatchSocket implements DatagramSocket {
  onMessage: ((payload: Uint8Array, fromAddress: string, fromPort: number) => void) | undefined;
  readonly port: number;
  readonly #system: UdpSystem;
  readonly #onError: (error: Error) => void;
  readonly #onBatch: (begins: boolean) => void;
  readonly #fd: number;
  readonly #sending: SendBatch;
  readonly #receiving: ReceiveBatch;
  readonly #watch: { close(): void };
  /** Numbers of addresses seen, and texts: the same few come again and again. */
  readonly #numbers = new Map<string, number>();
  readonly #texts = new Map<number, string>();
  #scheduled = false;
  #closed = false;

  /** @throws Error where the port cannot be bound */
  constructor(system: UdpSystem, address: string, port: number, options: BatchSocketOptions) {
    this.#system = system;
    this.#onError = options.onError;
    this.#onBatch = options.onBatch;
    this.#fd = system.socket(AF_INET, SOCK_DGRAM_NONBLOCK_CLOEXEC, 0);
    if (this.#fd < 0) throw systemError('socket', -this.#fd);
    // A burst must find room while this thread is busy. Only root gets more than the system allows everybody.
    for (const [forced, asked] of [
      [SO_RCVBUFFORCE, SO_RCVBUF],
      [SO_SNDBUFFORCE, SO_SNDBUF],
    ] as const) {
      if (system.setOption(this.#fd, SOL_SOCKET, forced, BUFFER) < 0) {
        system.setOption(this.#fd, SOL_SOCKET, asked, BUFFER);
      }
    }
    if (options.shared) system.setOption(this.#fd, SOL_SOCKET, SO_REUSEPORT, 1);
    const local = Buffer.alloc(ADDRESS_BYTES);
    local.writeUInt16LE(AF_INET, 0);
    local.writeUInt16BE(port, 2);
    local.writeUInt32BE(parseAddress(address), 4);
    const bound = system.bind(this.#fd, local);
    if (bound < 0) {
      system.close(this.#fd);
      throw systemError(`bind ${address}:${port}`, -bound);
    }
    system.localAddress(this.#fd, local);
    this.port = local.readUInt16BE(2);
    // Who has no UDP_GRO (Linux before 5.0) may have no UDP_SEGMENT either.
    const offload = options.offload && system.setOption(this.#fd, SOL_UDP, UDP_GRO, 1) === 0;
    this.#sending = new SendBatch(system, offload);
    this.#receiving = new ReceiveBatch(system, offload, options.longest);
    this.#watch = system.watch(this.#fd, () => this.#read());
  }

  send(payload: Uint8Array, address: string, port: number): void {
    if (this.#closed) return;
    let number = this.#numbers.get(address);
    if (number === undefined) {
      if (this.#numbers.size >= 4096) this.#numbers.clear();
      number = parseAddress(address);
      this.#numbers.set(address, number);
    }
    if (!this.#sending.add(payload, number, port)) {
      this.#flush();
      this.#sending.add(payload, number, port);
    }
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(this.#turnEnds);
  }

  close(): void {
    if (this.#closed) return;
    this.#flush();
    this.#closed = true;
    this.#watch.close();
    // Whoever closes inside onMessage still looks at a buffer.
    setImmediate(() => {
      this.#system.close(this.#fd);
      this.#sending.free();
      this.#receiving.free();
    });
  }

  readonly #turnEnds = (): void => {
    this.#scheduled = false;
    if (!this.#closed) this.#flush();
  };

  #flush(): void {
    const batch = this.#sending;
    const { count } = batch;
    let sent = 0;
    while (sent < count) {
      const result = this.#system.send(this.#fd, batch.addressOf(sent), count - sent);
      if (result > 0) {
        sent += result;
        continue;
      }
      // The first of them could not be sent: as good as lost on the way, which the library repeats.
      const errno = -result;
      if (NO_OFFLOAD.has(errno) && batch.isJoined(sent)) batch.offload = false;
      else if (errno !== EAGAIN && errno !== ENOBUFS) this.#onError(systemError('sendmmsg', errno));
      sent++;
    }
    batch.clear();
  }

  #read(): void {
    const batch = this.#receiving;
    for (let round = 0; round < ROUNDS && !this.#closed; round++) {
      const count = this.#system.receive(this.#fd, batch.address, batch.size);
      this.#onBatch(true);
      for (let i = 0; i < count && !this.#closed; i++) this.#give(i);
      batch.ready(Math.max(0, count));
      this.#onBatch(false);
      // Negative: nothing there, or the echo of a datagram nobody took (ECONNREFUSED); either has been read by now.
      if (count < batch.size) return;
    }
  }

  #give(i: number): void {
    const batch = this.#receiving;
    const from = this.#textOf(batch.from(i));
    const port = batch.port(i);
    const data = batch.data(i);
    const segment = batch.segment(i);
    if (segment === 0 || segment >= data.length) {
      this.onMessage?.(data, from, port);
      return;
    }
    for (let at = 0; at < data.length && !this.#closed; at += segment) {
      this.onMessage?.(data.subarray(at, at + segment), from, port);
    }
  }

  #textOf(number: number): string {
    const known = this.#texts.get(number);
    if (known !== undefined) return known;
    if (this.#texts.size >= 4096) this.#texts.clear();
    const text = `${number >>> 24}.${(number >>> 16) & 255}.${(number >>> 8) & 255}.${number & 255}`;
    this.#texts.set(number, text);
    return text;
  }
}
