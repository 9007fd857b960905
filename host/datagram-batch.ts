import type { NativeMemory, UdpSystem } from './udp-system.js';

// Layouts of <sys/socket.h>, <netinet/in.h> and <linux/udp.h> on 64-bit Linux, little endian.
export const AF_INET = 2;
export const ADDRESS_BYTES = 16;
export const SOL_UDP = 17;
export const UDP_SEGMENT = 103;
export const UDP_GRO = 104;
export const MMSGHDR_BYTES = 64;
const MSG_NAME = 0;
const MSG_NAMELEN = 8;
const MSG_IOV = 16;
const MSG_IOVLEN = 24;
const MSG_CONTROL = 32;
const MSG_CONTROLLEN = 40;
const MSG_LEN = 56;
const IOVEC_BYTES = 16;
/** CMSG_SPACE of a 16 or 32 bit number, and the number's place in it. */
const CONTROL_BYTES = 24;
const CONTROL_VALUE = 16;
/** CMSG_LEN(sizeof(uint16_t)). */
const SEGMENT_CONTROL_LENGTH = 18;
const PER_MESSAGE = MMSGHDR_BYTES + IOVEC_BYTES + ADDRESS_BYTES + CONTROL_BYTES;

/** Messages for recvmmsg or sendmmsg, each with an address, a buffer and room for one control message. */
class Messages {
  readonly address: bigint;
  readonly bytes: Buffer;
  readonly #count: number;
  readonly #memory: NativeMemory;
  readonly #system: UdpSystem;

  constructor(system: UdpSystem, count: number, dataBytes: number) {
    this.#system = system;
    this.#count = count;
    this.#memory = system.map(count * PER_MESSAGE + dataBytes);
    const { address, bytes } = this.#memory;
    this.address = address;
    this.bytes = bytes;
    for (let i = 0; i < count; i++) {
      const message = i * MMSGHDR_BYTES;
      bytes.writeBigUInt64LE(this.#at(this.nameAt(i)), message + MSG_NAME);
      bytes.writeUInt32LE(ADDRESS_BYTES, message + MSG_NAMELEN);
      bytes.writeBigUInt64LE(this.#at(this.#iovecAt(i)), message + MSG_IOV);
      bytes.writeBigUInt64LE(1n, message + MSG_IOVLEN);
      bytes.writeBigUInt64LE(this.#at(this.controlAt(i)), message + MSG_CONTROL);
      bytes.writeUInt16LE(AF_INET, this.nameAt(i));
    }
  }

  #at(offset: number): bigint {
    return this.address + BigInt(offset);
  }

  #iovecAt(i: number): number {
    return this.#count * MMSGHDR_BYTES + i * IOVEC_BYTES;
  }

  nameAt(i: number): number {
    return this.#count * (MMSGHDR_BYTES + IOVEC_BYTES) + i * ADDRESS_BYTES;
  }

  controlAt(i: number): number {
    return this.#count * (MMSGHDR_BYTES + IOVEC_BYTES + ADDRESS_BYTES) + i * CONTROL_BYTES;
  }

  get dataAt(): number {
    return this.#count * PER_MESSAGE;
  }

  setBuffer(i: number, at: number): void {
    this.bytes.writeBigUInt64LE(this.#at(at), this.#iovecAt(i));
  }

  setLength(i: number, length: number): void {
    this.bytes.writeUInt32LE(length, this.#iovecAt(i) + 8);
  }

  setControlLength(i: number, length: number): void {
    this.bytes.writeUInt32LE(length, i * MMSGHDR_BYTES + MSG_CONTROLLEN);
  }

  controlLength(i: number): number {
    return this.bytes.readUInt32LE(i * MMSGHDR_BYTES + MSG_CONTROLLEN);
  }

  /** Bytes received in message `i`. */
  received(i: number): number {
    return this.bytes.readUInt32LE(i * MMSGHDR_BYTES + MSG_LEN);
  }

  free(): void {
    this.#system.unmap(this.#memory);
  }
}

const SEND_MESSAGES = 32;
const SEND_BYTES = 256 << 10;
/** Linux takes no more segments in a message (UDP_MAX_SEGMENTS, 64 until 6.8), and no more bytes than a datagram has. */
const MAX_SEGMENTS = 64;
const MAX_MESSAGE = 65_000;

/**
 * Datagrams to be sent with one call, one behind the other in memory. With `offload`, those of one length to one place in a row (the
 * last may be shorter) are one message, which the system cuts (UDP_SEGMENT): it walks its layers once for all of them.
 */
export class SendBatch {
  offload: boolean;
  readonly #messages: Messages;
  #count = 0;
  #used = 0;
  /** Of the last message: place it goes to, bytes, length of a segment, number of segments. */
  #toNumber = 0;
  #toPort = 0;
  #bytes = 0;
  #segment = 0;
  #segments = 0;

  constructor(system: UdpSystem, offload: boolean) {
    this.offload = offload;
    this.#messages = new Messages(system, SEND_MESSAGES, SEND_BYTES);
  }

  get count(): number {
    return this.#count;
  }

  /** Where sendmmsg finds message `i`. */
  addressOf(i: number): bigint {
    return this.#messages.address + BigInt(i * MMSGHDR_BYTES);
  }

  /** Whether message `i` is several datagrams. */
  isJoined(i: number): boolean {
    return this.#messages.controlLength(i) > 0;
  }

  /** @returns false where it has to be sent first */
  add(payload: Uint8Array, to: number, port: number): boolean {
    const messages = this.#messages;
    const { length } = payload;
    if (this.#used + length > SEND_BYTES) return false;
    const at = messages.dataAt + this.#used;
    if (this.#joins(length, to, port)) {
      const i = this.#count - 1;
      this.#bytes += length;
      if (this.#segments++ === 1) this.#mark(i);
      messages.setLength(i, this.#bytes);
      // A shorter one ends the message.
      if (length < this.#segment) this.#segments = MAX_SEGMENTS;
    } else {
      if (this.#count === SEND_MESSAGES) return false;
      const i = this.#count++;
      this.#toNumber = to;
      this.#toPort = port;
      this.#bytes = length;
      this.#segment = length;
      this.#segments = 1;
      messages.setBuffer(i, at);
      messages.setLength(i, length);
      messages.setControlLength(i, 0);
      const name = messages.nameAt(i);
      messages.bytes.writeUInt16BE(port, name + 2);
      messages.bytes.writeUInt32BE(to, name + 4);
    }
    messages.bytes.set(payload, at);
    this.#used += length;
    return true;
  }

  clear(): void {
    this.#count = 0;
    this.#used = 0;
  }

  free(): void {
    this.#messages.free();
  }

  #joins(length: number, to: number, port: number): boolean {
    return (
      this.offload &&
      this.#count > 0 &&
      length > 0 &&
      length <= this.#segment &&
      this.#segments < MAX_SEGMENTS &&
      this.#bytes + length <= MAX_MESSAGE &&
      to === this.#toNumber &&
      port === this.#toPort
    );
  }

  #mark(i: number): void {
    const { bytes } = this.#messages;
    const at = this.#messages.controlAt(i);
    bytes.writeUInt32LE(SEGMENT_CONTROL_LENGTH, at);
    bytes.writeUInt32LE(SOL_UDP, at + 8);
    bytes.writeUInt32LE(UDP_SEGMENT, at + 12);
    bytes.writeUInt16LE(this.#segment, at + CONTROL_VALUE);
    this.#messages.setControlLength(i, CONTROL_BYTES);
  }
}

const RECEIVE_MESSAGES = 32;
/** More than the library takes: a longer datagram is cut, and then refused for its length. */
const SPARE_BYTES = 848;
/** With offload a message is as many datagrams as an IP packet has room for. */
const JOINED_MESSAGES = 16;
const JOINED_BYTES = 65_536;

/** Datagrams received with one call. With `offload` the system may give several of one length as one message (UDP_GRO). */
export class ReceiveBatch {
  readonly size: number;
  readonly #messages: Messages;
  readonly #slot: number;
  readonly #offload: boolean;
  /** The same as what it is to its users: Buffer's own slice() would not copy. */
  readonly #plain: Uint8Array;

  /** @param longest bytes of a datagram that is to be received whole */
  constructor(system: UdpSystem, offload: boolean, longest: number) {
    this.#offload = offload;
    this.size = offload ? JOINED_MESSAGES : RECEIVE_MESSAGES;
    this.#slot = offload ? JOINED_BYTES : longest + SPARE_BYTES;
    const messages = new Messages(system, this.size, this.size * this.#slot);
    const { bytes } = messages;
    this.#messages = messages;
    this.#plain = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
    for (let i = 0; i < this.size; i++) {
      messages.setBuffer(i, messages.dataAt + i * this.#slot);
      messages.setLength(i, this.#slot);
    }
    this.ready(this.size);
  }

  get address(): bigint {
    return this.#messages.address;
  }

  /** Makes the first `count` messages fit to be received in again. */
  ready(count: number): void {
    if (!this.#offload) return;
    for (let i = 0; i < count; i++) this.#messages.setControlLength(i, CONTROL_BYTES);
  }

  /** IPv4 address message `i` came from. */
  from(i: number): number {
    return this.#messages.bytes.readUInt32BE(this.#messages.nameAt(i) + 4);
  }

  port(i: number): number {
    return this.#messages.bytes.readUInt16BE(this.#messages.nameAt(i) + 2);
  }

  /** Bytes of message `i`, a view. */
  data(i: number): Uint8Array {
    const at = this.#messages.dataAt + i * this.#slot;
    return this.#plain.subarray(at, at + this.#messages.received(i));
  }

  /** Length of the datagrams message `i` is made of (the last may be shorter), 0 where it is one. */
  segment(i: number): number {
    if (!this.#offload || this.#messages.controlLength(i) < CONTROL_VALUE + 4) return 0;
    const { bytes } = this.#messages;
    const at = this.#messages.controlAt(i);
    const known = bytes.readUInt32LE(at + 8) === SOL_UDP && bytes.readUInt32LE(at + 12) === UDP_GRO;
    return known ? bytes.readUInt32LE(at + CONTROL_VALUE) : 0;
  }

  free(): void {
    this.#messages.free();
  }
}
