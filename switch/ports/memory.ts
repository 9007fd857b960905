import { newPortCounters, type PortCounters, type PortDevice } from '../port.js';
import { PortError } from './error.js';

/** One end of a cable inside this process. A frame arrives during the call that sends it. */
export class MemoryPort implements PortDevice {
  readonly name: string;
  readonly counters: PortCounters = newPortCounters();
  private peer: MemoryPort | undefined;
  private receive: ((frame: Uint8Array) => void) | undefined;

  private constructor(name: string) {
    this.name = name;
  }

  /** The two ends of a cable. */
  static pair(name = 'memory'): [MemoryPort, MemoryPort] {
    const [a, b] = [new MemoryPort(`${name}-a`), new MemoryPort(`${name}-b`)];
    a.peer = b;
    b.peer = a;
    return [a, b];
  }

  async open(receive: (frame: Uint8Array) => void): Promise<void> {
    if (this.receive !== undefined) throw new PortError('OPEN', this.name, 'is open already');
    this.receive = receive;
  }

  transmit(frame: Uint8Array): void {
    if (this.receive === undefined || this.peer === undefined) {
      this.counters.sendDropped++;
      return;
    }
    this.counters.sentFrames++;
    this.counters.sentBytes += frame.length;
    this.peer.take(frame);
  }

  async close(): Promise<void> {
    this.receive = undefined;
  }

  private take(frame: Uint8Array): void {
    if (this.receive === undefined) {
      this.counters.receiveDropped++;
      return;
    }
    this.counters.receivedFrames++;
    this.counters.receivedBytes += frame.length;
    this.receive(frame);
  }
}
