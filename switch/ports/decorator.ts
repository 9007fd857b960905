import type { PortCounters, PortDevice } from '../port.js';

/** A device around another one: what subclasses do not change goes through. */
export abstract class PortDecorator implements PortDevice {
  protected readonly inner: PortDevice;

  constructor(inner: PortDevice) {
    this.inner = inner;
  }

  get name(): string {
    return this.inner.name;
  }

  /** Those of the device inside: what really went over the link. */
  get counters(): Readonly<PortCounters> {
    return this.inner.counters;
  }

  open(receive: (frame: Uint8Array) => void): Promise<void> {
    return this.inner.open((frame) => this.incoming(frame, receive));
  }

  transmit(frame: Uint8Array): void {
    this.outgoing(frame, (passed) => this.inner.transmit(passed));
  }

  close(): Promise<void> {
    return this.inner.close();
  }

  protected abstract incoming(frame: Uint8Array, pass: (frame: Uint8Array) => void): void;
  protected abstract outgoing(frame: Uint8Array, pass: (frame: Uint8Array) => void): void;
}

export type FrameDirection = 'in' | 'out';

/** Shows every frame that passes to a function, e.g. a log. */
export class PortTracer extends PortDecorator {
  private readonly see: (direction: FrameDirection, frame: Uint8Array) => void;

  constructor(inner: PortDevice, see: (direction: FrameDirection, frame: Uint8Array) => void) {
    super(inner);
    this.see = see;
  }

  protected override incoming(frame: Uint8Array, pass: (frame: Uint8Array) => void): void {
    this.see('in', frame);
    pass(frame);
  }

  protected override outgoing(frame: Uint8Array, pass: (frame: Uint8Array) => void): void {
    this.see('out', frame);
    pass(frame);
  }
}
