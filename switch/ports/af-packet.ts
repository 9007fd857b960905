import { newPortCounters, type PortCounters, type PortDevice } from '../port.js';
import { PortError } from './error.js';
import { FlushQueue } from './flush-queue.js';
import { MAX_FRAME, MessageBatch } from './mmsg.js';
import { completeChecksum, insertVlan } from './offload.js';
import { describeErrno, type PacketSystem, packetSystem } from './packet-system.js';

// <linux/if_packet.h>, <linux/if_ether.h>, <asm-generic/socket.h>
const AF_PACKET = 17;
const SOCK_RAW_CLOEXEC = 3 | 0o2000000;
const ETH_P_ALL = 3;
const SOL_SOCKET = 1;
const SO_SNDBUFFORCE = 32;
const SO_RCVBUFFORCE = 33;
const SOL_PACKET = 263;
const PACKET_ADD_MEMBERSHIP = 1;
const PACKET_STATISTICS = 6;
const PACKET_AUXDATA = 8;
const PACKET_VNET_HDR = 15;
const PACKET_IGNORE_OUTGOING = 23;
const PACKET_MR_PROMISC = 1;
const PACKET_OUTGOING = 4;
const TP_STATUS_VLAN_VALID = 1 << 4;
const TP_STATUS_VLAN_TPID_VALID = 1 << 6;
const ETH_P_8021Q = 0x8100;
const VIRTIO_HEADER = 10;
const NEEDS_CHECKSUM = 1;
// Places in what the kernel writes.
const SLL_PKTTYPE = 10;
const CMSG_TYPE = 12;
const CMSG_DATA = 16;
const AUX_VLAN_TCI = CMSG_DATA + 16;
const AUX_VLAN_TPID = CMSG_DATA + 18;
const AUX_CONTROL_BYTES = CMSG_DATA + 20;

const EPERM = 1;
const EAGAIN = 11;
const EACCES = 13;
const ENETDOWN = 100;
const ENOBUFS = 105;

/** Frames to a system call. */
const BATCH = 64;
/** Calls to a turn of the event loop, so that the control plane gets its turn under load. */
const CALLS_PER_TURN = 4;
const SOCKET_BUFFER = 8 * 1024 * 1024;

interface OpenSocket {
  readonly system: PacketSystem;
  readonly fd: number;
  /** Sends only: its frames carry no virtio header, and it gets none of the traffic. */
  readonly sender: number;
  readonly incoming: MessageBatch;
  readonly outgoing: MessageBatch;
  readonly watch: { close(): void };
}

/**
 * A Linux network interface, taken over whole with packet sockets (root, or CAP_NET_RAW). Promiscuous; own frames and
 * those of other senders on the interface are not seen; checksums left to a network card are completed and VLAN tags
 * put back. Frames go through the kernel in batches: what one turn of the event loop sends, leaves at its end.
 */
export class AfPacketPort implements PortDevice {
  readonly name: string;
  private readonly totals: PortCounters = newPortCounters();
  private readonly views: Uint8Array[] = [];
  private open_: OpenSocket | undefined;
  private waiting = 0;

  constructor(interfaceName: string) {
    this.name = interfaceName;
  }

  get counters(): Readonly<PortCounters> {
    const { open_ } = this;
    if (open_ !== undefined) {
      // Reading tpacket_stats clears them.
      const stats = new Uint32Array(2);
      open_.system.getOption(open_.fd, SOL_PACKET, PACKET_STATISTICS, new Uint8Array(stats.buffer));
      this.totals.receiveDropped += stats[1] ?? 0;
    }
    return this.totals;
  }

  async open(receive: (frame: Uint8Array) => void): Promise<void> {
    if (this.open_ !== undefined) throw new PortError('OPEN', this.name, 'is open already');
    const system = await packetSystem(this.name);
    const index = system.interfaceIndex(this.name);
    if (index === 0) {
      const remedy = 'ip link lists those there are in this network namespace';
      throw new PortError('NO_INTERFACE', this.name, `there is no such network interface; ${remedy}`);
    }
    const fd = this.socket(system);
    let sender = -1;
    try {
      this.prepare(system, fd, index);
      this.bind(system, fd, index, ETH_P_ALL);
      sender = this.socket(system);
      system.setOption(sender, SOL_SOCKET, SO_SNDBUFFORCE, int32(SOCKET_BUFFER));
      this.bind(system, sender, index, 0);
    } catch (error) {
      system.close(fd);
      if (sender >= 0) system.close(sender);
      throw error;
    }
    const incoming = new MessageBatch(system, BATCH, VIRTIO_HEADER, true);
    const outgoing = new MessageBatch(system, BATCH, 0, false);
    const watch = system.watch(fd, () => this.drain(receive));
    this.open_ = { system, fd, sender, incoming, outgoing, watch };
  }

  transmit(frame: Uint8Array): void {
    const { open_ } = this;
    if (open_ === undefined || frame.length > MAX_FRAME) {
      this.totals.sendDropped++;
      return;
    }
    const { outgoing } = open_;
    if (this.waiting === 0) flushQueue.add(this);
    else if (this.waiting === BATCH) this.flush();
    outgoing.bytes.set(frame, outgoing.frameAt(this.waiting));
    outgoing.setLength(this.waiting, frame.length);
    this.waiting++;
    this.totals.sentBytes += frame.length;
  }

  /** Hands over to the kernel what waits. A frame it does not take is dropped, as by a full queue. */
  flush(): void {
    const { open_, waiting } = this;
    if (open_ === undefined) return;
    const { system, sender, outgoing } = open_;
    this.waiting = 0;
    for (let at = 0; at < waiting; ) {
      const sent = system.send(sender, outgoing.address(at), waiting - at);
      if (sent > 0) {
        at += sent;
        this.totals.sentFrames += sent;
        continue;
      }
      // Full buffers stay full for the rest; another error is this frame's own, e.g. EMSGSIZE.
      const lost = sent === -EAGAIN || sent === -ENOBUFS || sent === -ENETDOWN ? waiting - at : 1;
      this.totals.sendDropped += lost;
      for (let i = at; i < at + lost; i++) this.totals.sentBytes -= outgoing.length(i);
      at += lost;
    }
  }

  async close(): Promise<void> {
    const { open_ } = this;
    if (open_ === undefined) return;
    this.flush();
    void this.counters;
    this.open_ = undefined;
    open_.watch.close();
    open_.system.close(open_.fd);
    open_.system.close(open_.sender);
    this.views.length = 0;
    // Memory is given back once nobody can still be inside a callback with a view of it.
    setImmediate(() => {
      open_.incoming.free();
      open_.outgoing.free();
    });
  }

  private socket(system: PacketSystem): number {
    // Protocol 0: nothing arrives before bind() names the interface.
    const fd = system.socket(AF_PACKET, SOCK_RAW_CLOEXEC, 0);
    if (fd === -EPERM || fd === -EACCES) {
      const remedy = 'run as root, give node CAP_NET_RAW, or use a UDP tunnel (PORT@udp:LOCAL-REMOTE)';
      throw new PortError('NOT_PERMITTED', this.name, `packet sockets are not allowed; ${remedy}`);
    }
    if (fd < 0) throw this.failed('socket', fd);
    return fd;
  }

  private prepare(system: PacketSystem, fd: number, index: number): void {
    const membership = new Uint8Array(16);
    const view = new DataView(membership.buffer);
    view.setInt32(0, index, true);
    view.setUint16(4, PACKET_MR_PROMISC, true);
    for (const [name, value] of [
      [PACKET_VNET_HDR, int32(1)],
      [PACKET_AUXDATA, int32(1)],
      [PACKET_ADD_MEMBERSHIP, membership],
    ] as const) {
      const result = system.setOption(fd, SOL_PACKET, name, value);
      if (result < 0) throw this.failed(`setsockopt ${name}`, result);
    }
    // Kernels before 4.20 lack it; the type of each frame is looked at anyway.
    system.setOption(fd, SOL_PACKET, PACKET_IGNORE_OUTGOING, int32(1));
    system.setOption(fd, SOL_SOCKET, SO_RCVBUFFORCE, int32(SOCKET_BUFFER));
  }

  private bind(system: PacketSystem, fd: number, index: number, protocol: number): void {
    const address = new Uint8Array(20);
    const view = new DataView(address.buffer);
    view.setUint16(0, AF_PACKET, true);
    view.setUint16(2, protocol, false);
    view.setInt32(4, index, true);
    const result = system.bind(fd, address);
    if (result < 0) throw this.failed('bind', result);
  }

  private failed(call: string, result: number): PortError {
    return new PortError('SYSTEM', this.name, `${call} failed with ${describeErrno(-result)}`);
  }

  private drain(receive: (frame: Uint8Array) => void): void {
    flushQueue.begin();
    try {
      for (let call = 0; call < CALLS_PER_TURN; call++) {
        const { open_ } = this;
        if (open_ === undefined) return;
        const { system, fd, incoming } = open_;
        for (let i = 0; i < BATCH; i++) incoming.rearm(i);
        // Errors (no frames, interface down) end the turn; the next frame starts another.
        const count = system.receive(fd, incoming.messages, BATCH);
        for (let i = 0; i < count && this.open_ !== undefined; i++) this.take(incoming, i, receive);
        if (count < BATCH) return;
      }
    } finally {
      flushQueue.end();
    }
  }

  private take(batch: MessageBatch, i: number, receive: (frame: Uint8Array) => void): void {
    const { bytes, view } = batch;
    if (bytes[batch.nameAt(i) + SLL_PKTTYPE] === PACKET_OUTGOING) return;
    let start = batch.frameAt(i);
    let length = batch.received(i) - VIRTIO_HEADER;
    if (length <= 0) return;
    const header = start - VIRTIO_HEADER;
    if (((bytes[header] ?? 0) & NEEDS_CHECKSUM) !== 0) {
      const from = view.getUint16(header + 6, true);
      completeChecksum(bytes, start, length, from, view.getUint16(header + 8, true));
    }
    const control = batch.controlAt(i);
    const auxiliary =
      batch.controlLength(i) >= AUX_CONTROL_BYTES &&
      view.getInt32(control + CMSG_TYPE, true) === PACKET_AUXDATA;
    const status = auxiliary ? view.getUint32(control + CMSG_DATA, true) : 0;
    if ((status & TP_STATUS_VLAN_VALID) !== 0 && length >= 12) {
      const type =
        (status & TP_STATUS_VLAN_TPID_VALID) === 0
          ? ETH_P_8021Q
          : view.getUint16(control + AUX_VLAN_TPID, true);
      insertVlan(bytes, start, type, view.getUint16(control + AUX_VLAN_TCI, true));
      start -= 4;
      length += 4;
    }
    this.totals.receivedFrames++;
    this.totals.receivedBytes += length;
    receive(this.viewOf(batch, i, start, length));
  }

  /** The bytes of a frame; frames of one length in one place share a view. */
  private viewOf(batch: MessageBatch, i: number, start: number, length: number): Uint8Array {
    const last = this.views[i];
    if (last !== undefined && last.byteOffset === start && last.length === length) return last;
    const view = batch.bytes.subarray(start, start + length);
    this.views[i] = view;
    return view;
  }
}

function int32(value: number): Uint8Array {
  return new Uint8Array(Int32Array.of(value).buffer);
}

const flushQueue = new FlushQueue<AfPacketPort>();
