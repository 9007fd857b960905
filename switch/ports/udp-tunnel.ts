import { createSocket, type Socket } from 'node:dgram';
import { newPortCounters, type PortCounters, type PortDevice } from '../port.js';
import { PortError } from './error.js';

export interface Endpoint {
  /** IPv4 address. */
  readonly address: string;
  readonly port: number;
}

/** Bytes that may wait in the socket; more is dropped, as by a full queue. */
const MAX_WAITING = 4 * 1024 * 1024;
/** Largest UDP payload over IPv4. */
const MAX_DATAGRAM = 65_507;

/** A cable between two processes: each frame is the payload of one UDP datagram. Needs no root. */
export class UdpTunnel implements PortDevice {
  readonly name: string;
  readonly counters: PortCounters = newPortCounters();
  private readonly local: Endpoint;
  private readonly remote: Endpoint;
  private socket: Socket | undefined;

  constructor(local: Endpoint, remote: Endpoint) {
    this.local = local;
    this.remote = remote;
    this.name = `udp:${local.address}:${local.port}-${remote.address}:${remote.port}`;
  }

  open(receive: (frame: Uint8Array) => void): Promise<void> {
    if (this.socket !== undefined) return Promise.reject(new PortError('OPEN', this.name, 'is open already'));
    const socket = createSocket('udp4');
    this.socket = socket;
    socket.on('message', (frame, from) => {
      // Whoever else sends to the port is not the other end of the cable.
      if (from.port !== this.remote.port || from.address !== this.remote.address) {
        this.counters.receiveDropped++;
        return;
      }
      this.counters.receivedFrames++;
      this.counters.receivedBytes += frame.length;
      receive(frame);
    });
    return new Promise((resolve, reject) => {
      socket.once('error', (cause) => {
        this.socket = undefined;
        socket.close();
        const remedy = 'choose a free port of this machine';
        reject(new PortError('ADDRESS', this.name, `${cause.message}; ${remedy}`, { cause }));
      });
      socket.bind(this.local.port, this.local.address, () => {
        socket.removeAllListeners('error');
        // A peer that is not there yet answers with ICMP: an unplugged cable loses frames, no more.
        socket.on('error', () => undefined);
        resolve();
      });
    });
  }

  transmit(frame: Uint8Array): void {
    const { socket, counters, remote } = this;
    if (socket === undefined || frame.length > MAX_DATAGRAM || socket.getSendQueueSize() > MAX_WAITING) {
      counters.sendDropped++;
      return;
    }
    const { length } = frame;
    // The socket sends later; the frame's bytes are the switch's own.
    socket.send(frame.slice(), remote.port, remote.address, (error) => {
      if (error !== null) {
        counters.sendDropped++;
        return;
      }
      counters.sentFrames++;
      counters.sentBytes += length;
    });
  }

  close(): Promise<void> {
    const { socket } = this;
    if (socket === undefined) return Promise.resolve();
    this.socket = undefined;
    return new Promise((resolve) => socket.close(() => resolve()));
  }
}
