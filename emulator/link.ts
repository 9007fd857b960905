import { EmulatorError } from './errors.js';
import type { Random } from './random.js';

/** What a link does to frames. Every probability is per frame and direction. */
export interface LinkProfile {
  /** Bits per second; Infinity for a link that never queues. */
  readonly rateBps: number;
  /** Propagation, microseconds. */
  readonly delayUs: number;
  /** Frames that may wait for the wire; one more is dropped. */
  readonly queueFrames: number;
  /** Probability in [0, 1] that a frame is lost. */
  readonly loss: number;
  /** Probability that it arrives twice. */
  readonly duplicate: number;
  /** Probability that it is held back by up to `reorderUs`, so that later frames pass it. */
  readonly reorder: number;
  readonly reorderUs: number;
  /** Probability that one bit of it is flipped. */
  readonly corrupt: number;
}

export const PERFECT_LINK: LinkProfile = {
  rateBps: 1e9,
  delayUs: 5,
  queueFrames: 1024,
  loss: 0,
  duplicate: 0,
  reorder: 0,
  reorderUs: 100,
  corrupt: 0,
};

/** What has happened on one direction of a link. */
export interface LinkCounters {
  frames: number;
  bytes: number;
  lost: number;
  duplicated: number;
  reordered: number;
  corrupted: number;
  /** Dropped because the queue was full. */
  overflowed: number;
}

/** What a link hands frames to. */
export interface Attachment {
  /** The frame belongs to the receiver. */
  receive(frame: Uint8Array): void;
  /** True where receiving can resolve promises (hosts): the emulator then lets that code run before time moves on. */
  readonly drivesPromises?: boolean;
}

export interface Timeline {
  now(): number;
  deliver(delayUs: number, to: Attachment, frame: Uint8Array): void;
}

/** One direction of a link: the sender's end. Structurally a switch port. */
export class LinkEnd {
  readonly counters: LinkCounters = {
    frames: 0,
    bytes: 0,
    lost: 0,
    duplicated: 0,
    reordered: 0,
    corrupted: 0,
    overflowed: 0,
  };
  /** The profile can be changed while frames are under way. */
  profile: LinkProfile;
  up = true;
  readonly #timeline: Timeline;
  readonly #random: Random;
  readonly #to: Attachment;
  /** When the wire falls free, microseconds. */
  #freeAt = 0;
  /** When each frame that had to wait gets the wire, from the one at #first on; those before it have it. */
  readonly #starts: number[] = [];
  #first = 0;

  constructor(timeline: Timeline, random: Random, to: Attachment, profile: LinkProfile) {
    checkProfile(profile);
    this.#timeline = timeline;
    this.#random = random;
    this.#to = to;
    this.profile = profile;
  }

  /** Puts a frame on the wire; the bytes are copied, the caller may reuse them. */
  transmit(frame: Uint8Array): void {
    const { profile, counters } = this;
    if (!this.up) {
      counters.lost++;
      return;
    }
    const now = this.#timeline.now();
    const serialisationUs = (frame.length * 8e6) / profile.rateBps;
    const waitUs = Math.max(0, this.#freeAt - now);
    if (waitUs > profile.queueFrames * serialisationUs) {
      counters.overflowed++;
      return;
    }
    this.#freeAt = now + waitUs + serialisationUs;
    if (waitUs > 0) this.#wait(now, now + waitUs);
    counters.frames++;
    counters.bytes += frame.length;
    if (profile.loss > 0 && this.#random.next() < profile.loss) {
      counters.lost++;
      return;
    }
    const delayUs = waitUs + serialisationUs + profile.delayUs;
    this.#deliver(delayUs, frame);
    if (profile.duplicate > 0 && this.#random.next() < profile.duplicate) {
      counters.duplicated++;
      this.#deliver(delayUs, frame);
    }
  }

  /** Frames that wait for the wire. */
  queued(): number {
    this.#advance(this.#timeline.now());
    return this.#starts.length - this.#first;
  }

  #wait(now: number, start: number): void {
    this.#advance(now);
    if (this.#first > 0 && this.#first * 2 >= this.#starts.length) {
      this.#starts.copyWithin(0, this.#first);
      this.#starts.length -= this.#first;
      this.#first = 0;
    }
    this.#starts.push(start);
  }

  #advance(now: number): void {
    while (this.#first < this.#starts.length && (this.#starts[this.#first] ?? 0) <= now) this.#first++;
  }

  #deliver(delayUs: number, frame: Uint8Array): void {
    const { profile, counters } = this;
    const copy = frame.slice();
    if (profile.corrupt > 0 && this.#random.next() < profile.corrupt) {
      const bit = this.#random.below(copy.length * 8);
      copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      counters.corrupted++;
    }
    let extraUs = 0;
    if (profile.reorder > 0 && this.#random.next() < profile.reorder) {
      extraUs = this.#random.next() * profile.reorderUs;
      counters.reordered++;
    }
    this.#timeline.deliver(delayUs + extraUs, this.#to, copy);
  }
}

function checkProfile(profile: LinkProfile): void {
  for (const name of ['loss', 'duplicate', 'reorder', 'corrupt'] as const) {
    const value = profile[name];
    if (!(value >= 0 && value <= 1)) {
      throw new EmulatorError('INVALID_LINK', `${name} is ${value}; a probability lies between 0 and 1`);
    }
  }
  if (!(profile.rateBps > 0)) {
    throw new EmulatorError('INVALID_LINK', `rateBps is ${profile.rateBps}; give bits per second above 0`);
  }
  if (!(profile.delayUs >= 0) || !(profile.reorderUs >= 0)) {
    throw new EmulatorError('INVALID_LINK', 'delayUs and reorderUs are microseconds from 0 up');
  }
  if (!(profile.queueFrames >= 0)) {
    throw new EmulatorError('INVALID_LINK', `queueFrames is ${profile.queueFrames}; give a number from 0 up`);
  }
}
