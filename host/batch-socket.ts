import { getSystemErrorMap } from 'node:util';
import type { DatagramSocket } from './environment.js';
import type { NativeMemory, UdpSystem } from './udp-system.js';

// Layouts of <sys/socket.h> and <netinet/in.h> on 64-bit Linux, little endian.
const AF_INET = 2;
const SOCK_DGRAM_NONBLOCK_CLOEXEC = 2 | 0o4000 | 0o2000000;
const SOL_SOCKET = 1;
const SO_SNDBUF = 7;
const SO_RCVBUF = 8;
const SO_REUSEPORT = 15;
const MMSGHDR_BYTES = 64;
const MSG_NAME = 0;
const MSG_NAMELEN = 8;
const MSG_IOV = 16;
const MSG_IOVLEN = 24;
const MSG_LEN = 56;
const IOVEC_BYTES = 16;
const ADDRESS_BYTES = 16;
const EAGAIN = 11;
const ENOBUFS = 105;

const BATCH = 32;
/** More than the library takes: a longer datagram is cut, and then refused for its length. */
const SLOT_BYTES = 2304;
/** Batches read in a row before others get their turn. */
const ROUNDS = 4;
const BUFFER = 4 << 20;
const PER_MESSAGE = MMSGHDR_BYTES + IOVEC_BYTES + ADDRESS_BYTES;

/** Messages for recvmmsg or sendmmsg, each with one buffer and one IPv4 address. */
class Batch {
  readonly messages: bigint;
  readonly bytes: Buffer;
  /** The same as what it is to its users: Buffer's own slice() would not copy. */
  readonly plain: Uint8Array;
  readonly #memory: NativeMemory;
  readonly #system: UdpSystem;

  constructor(system: UdpSystem) {
    this.#system = system;
    this.#memory = system.map(BATCH * (PER_MESSAGE + SLOT_BYTES));
    const { address, bytes } = this.#memory;
    this.messages = address;
    this.bytes = bytes;
    this.plain = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
    const at = (offset: number) => address + BigInt(offset);
    for (let i = 0; i < BATCH; i++) {
      const message = i * MMSGHDR_BYTES;
      const iovec = BATCH * MMSGHDR_BYTES + i * IOVEC_BYTES;
      bytes.writeBigUInt64LE(at(this.addressAt(i)), message + MSG_NAME);
      bytes.writeUInt32LE(ADDRESS_BYTES, message + MSG_NAMELEN);
      bytes.writeBigUInt64LE(at(iovec), message + MSG_IOV);
      bytes.writeBigUInt64LE(1n, message + MSG_IOVLEN);
      bytes.writeBigUInt64LE(at(this.slotAt(i)), iovec);
      bytes.writeBigUInt64LE(BigInt(SLOT_BYTES), iovec + 8);
      bytes.writeUInt16LE(AF_INET, this.addressAt(i));
    }
  }

  addressAt(i: number): number {
    return BATCH * (MMSGHDR_BYTES + IOVEC_BYTES) + i * ADDRESS_BYTES;
  }

  slotAt(i: number): number {
    return BATCH * PER_MESSAGE + i * SLOT_BYTES;
  }

  /** Bytes received in message `i`. */
  received(i: number): number {
    return this.bytes.readUInt32LE(i * MMSGHDR_BYTES + MSG_LEN);
  }

  setLength(i: number, length: number): void {
    this.bytes.writeUInt32LE(length, BATCH * MMSGHDR_BYTES + i * IOVEC_BYTES + 8);
  }

  free(): void {
    this.#system.unmap(this.#memory);
  }
}

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
  readonly #sending: Batch;
  readonly #receiving: Batch;
  readonly #watch: { close(): void };
  /** Numbers of addresses seen, and texts: the same few come again and again. */
  readonly #numbers = new Map<string, number>();
  readonly #texts = new Map<number, string>();
  #filled = 0;
  #scheduled = false;
  #closed = false;

  /** @throws Error where the port cannot be bound */
  constructor(system: UdpSystem, address: string, port: number, options: BatchSocketOptions) {
    this.#system = system;
    this.#onError = options.onError;
    this.#onBatch = options.onBatch;
    this.#fd = system.socket(AF_INET, SOCK_DGRAM_NONBLOCK_CLOEXEC, 0);
    if (this.#fd < 0) throw systemError('socket', -this.#fd);
    // The system cuts them to what it allows; a burst must find room while this thread is busy.
    system.setOption(this.#fd, SOL_SOCKET, SO_RCVBUF, BUFFER);
    system.setOption(this.#fd, SOL_SOCKET, SO_SNDBUF, BUFFER);
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
    this.#sending = new Batch(system);
    this.#receiving = new Batch(system);
    this.#watch = system.watch(this.#fd, () => this.#read());
  }

  send(payload: Uint8Array, address: string, port: number): void {
    if (this.#closed) return;
    if (this.#filled === BATCH) this.#flush();
    const { bytes } = this.#sending;
    const i = this.#filled++;
    bytes.set(payload, this.#sending.slotAt(i));
    this.#sending.setLength(i, payload.length);
    let number = this.#numbers.get(address);
    if (number === undefined) {
      if (this.#numbers.size >= 4096) this.#numbers.clear();
      number = parseAddress(address);
      this.#numbers.set(address, number);
    }
    const at = this.#sending.addressAt(i);
    bytes.writeUInt16BE(port, at + 2);
    bytes.writeUInt32BE(number, at + 4);
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
    const count = this.#filled;
    this.#filled = 0;
    let sent = 0;
    while (sent < count) {
      const messages = this.#sending.messages + BigInt(sent * MMSGHDR_BYTES);
      const result = this.#system.send(this.#fd, messages, count - sent);
      if (result > 0) sent += result;
      else {
        // The first of them could not be sent: as good as lost on the way, which the library repeats.
        sent++;
        const errno = -result;
        if (errno !== EAGAIN && errno !== ENOBUFS) this.#onError(systemError('sendmmsg', errno));
      }
    }
  }

  #read(): void {
    const batch = this.#receiving;
    for (let round = 0; round < ROUNDS && !this.#closed; round++) {
      const count = this.#system.receive(this.#fd, batch.messages, BATCH);
      this.#onBatch(true);
      for (let i = 0; i < count && !this.#closed; i++) {
        const at = batch.addressAt(i);
        const slot = batch.slotAt(i);
        const from = this.#textOf(batch.bytes.readUInt32BE(at + 4));
        const port = batch.bytes.readUInt16BE(at + 2);
        this.onMessage?.(batch.plain.subarray(slot, slot + batch.received(i)), from, port);
      }
      this.#onBatch(false);
      // Negative: nothing there, or the echo of a datagram nobody took (ECONNREFUSED); either has been read by now.
      if (count < BATCH) return;
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
