import type { NativeMemory, PacketSystem } from './packet-system.js';

// Layouts of <sys/socket.h> on 64-bit Linux, little endian (x86-64 and arm64 agree).
const MMSGHDR_BYTES = 64;
const MSG_NAME = 0;
const MSG_NAMELEN = 8;
const MSG_IOV = 16;
const MSG_IOVLEN = 24;
const MSG_CONTROL = 32;
const MSG_CONTROLLEN = 40;
const MSG_LEN = 56;
const IOVEC_BYTES = 16;

/** Largest frame: what a segmentation offload may hand over, and its headers. */
export const MAX_FRAME = 65_536 + 64;
/** Bytes before a frame: the virtio header the kernel writes, and room for a VLAN tag. */
export const FRAME_OFFSET = 16;
const SLOT_BYTES = FRAME_OFFSET + MAX_FRAME;
const NAME_BYTES = 32;
const CONTROL_BYTES = 64;
const PER_MESSAGE = MMSGHDR_BYTES + IOVEC_BYTES + NAME_BYTES + CONTROL_BYTES;

/** `count` messages for recvmmsg or sendmmsg, each with one buffer. Pages nobody writes take no memory. */
export class MessageBatch {
  readonly count: number;
  /** Address of the first mmsghdr. */
  readonly messages: bigint;
  readonly bytes: Uint8Array;
  readonly view: DataView;
  private readonly system: PacketSystem;
  private readonly memory: NativeMemory;

  /** `before` is how many bytes before the frame a message begins. */
  constructor(system: PacketSystem, count: number, before: number, ancillary: boolean) {
    this.system = system;
    this.count = count;
    this.memory = system.map(count * (PER_MESSAGE + SLOT_BYTES));
    const { address, bytes, view } = this.memory;
    this.messages = address;
    this.bytes = bytes;
    this.view = view;
    for (let i = 0; i < count; i++) {
      const at = i * MMSGHDR_BYTES;
      const iovec = this.iovecAt(i);
      if (ancillary) {
        view.setBigUint64(at + MSG_NAME, address + BigInt(this.nameAt(i)), true);
        view.setBigUint64(at + MSG_CONTROL, address + BigInt(this.controlAt(i)), true);
      }
      view.setBigUint64(at + MSG_IOV, address + BigInt(iovec), true);
      view.setBigUint64(at + MSG_IOVLEN, 1n, true);
      view.setBigUint64(iovec, address + BigInt(this.frameAt(i) - before), true);
      view.setBigUint64(iovec + 8, BigInt(MAX_FRAME + before), true);
    }
  }

  /** Where the frame of a message begins in `bytes`. */
  frameAt(i: number): number {
    return this.count * PER_MESSAGE + i * SLOT_BYTES + FRAME_OFFSET;
  }

  /** Where a message's sender (sockaddr_ll) is. */
  nameAt(i: number): number {
    return this.count * (MMSGHDR_BYTES + IOVEC_BYTES) + i * NAME_BYTES;
  }

  /** Where a message's control data is. */
  controlAt(i: number): number {
    return this.count * (MMSGHDR_BYTES + IOVEC_BYTES + NAME_BYTES) + i * CONTROL_BYTES;
  }

  /** Makes message `i` ready to be received into. */
  rearm(i: number): void {
    const at = i * MMSGHDR_BYTES;
    this.view.setUint32(at + MSG_NAMELEN, NAME_BYTES, true);
    this.view.setUint32(at + MSG_CONTROLLEN, CONTROL_BYTES, true);
  }

  /** Bytes of control data received with message `i`. */
  controlLength(i: number): number {
    return this.view.getUint32(i * MMSGHDR_BYTES + MSG_CONTROLLEN, true);
  }

  /** Bytes received in message `i`. */
  received(i: number): number {
    return this.view.getUint32(i * MMSGHDR_BYTES + MSG_LEN, true);
  }

  /** Sets how many bytes message `i` sends. */
  setLength(i: number, length: number): void {
    this.view.setUint32(this.iovecAt(i) + 8, length, true);
  }

  /** Bytes message `i` sends. */
  length(i: number): number {
    return this.view.getUint32(this.iovecAt(i) + 8, true);
  }

  /** Address of message `i`. */
  address(i: number): bigint {
    return this.messages + BigInt(i * MMSGHDR_BYTES);
  }

  free(): void {
    this.system.unmap(this.memory);
  }

  private iovecAt(i: number): number {
    return this.count * MMSGHDR_BYTES + i * IOVEC_BYTES;
  }
}
