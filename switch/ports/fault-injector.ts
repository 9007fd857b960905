import type { PortDevice } from '../port.js';
import { PortDecorator } from './decorator.js';

/** Probabilities, 0 to 1, each for itself and in both directions. */
export interface Faults {
  readonly loss?: number;
  readonly duplicate?: number;
  /** One bit of the frame is turned over. */
  readonly corrupt?: number;
  /** The frame trades places with the next one of its direction. */
  readonly reorder?: number;
}

/** Does to frames what a bad link does, the same for the same source of random numbers. */
export class FaultInjector extends PortDecorator {
  readonly injected = { lost: 0, duplicated: 0, corrupted: 0, reordered: 0 };
  private readonly faults: Faults;
  private readonly random: () => number;
  private readonly held: { in: Uint8Array | undefined; out: Uint8Array | undefined } = {
    in: undefined,
    out: undefined,
  };

  /** `random` gives numbers from 0 up to 1; seed it. */
  constructor(inner: PortDevice, faults: Faults, random: () => number) {
    super(inner);
    this.faults = faults;
    this.random = random;
  }

  protected override incoming(frame: Uint8Array, pass: (frame: Uint8Array) => void): void {
    this.harm('in', frame, pass);
  }

  protected override outgoing(frame: Uint8Array, pass: (frame: Uint8Array) => void): void {
    this.harm('out', frame, pass);
  }

  private harm(direction: 'in' | 'out', frame: Uint8Array, pass: (frame: Uint8Array) => void): void {
    const { faults, injected } = this;
    if (this.happens(faults.loss)) {
      injected.lost++;
      return;
    }
    let passed = frame;
    if (frame.length > 0 && this.happens(faults.corrupt)) {
      injected.corrupted++;
      passed = frame.slice();
      const bit = Math.floor(this.random() * frame.length * 8);
      passed[bit >> 3] = (passed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    }
    const held = this.held[direction];
    if (held === undefined && this.happens(faults.reorder)) {
      injected.reordered++;
      this.held[direction] = passed.slice();
      return;
    }
    pass(passed);
    if (this.happens(faults.duplicate)) {
      injected.duplicated++;
      pass(passed);
    }
    if (held === undefined) return;
    this.held[direction] = undefined;
    pass(held);
  }

  private happens(probability: number | undefined): boolean {
    return probability !== undefined && probability > 0 && this.random() < probability;
  }
}
