const SLOTS = 1024;

/** Views of parts of one buffer, kept so that a part sent before needs no new object. */
export class FrameViews {
  private readonly buffer: Uint8Array;
  private readonly views: Uint8Array[];

  constructor(buffer: Uint8Array) {
    this.buffer = buffer;
    const empty = buffer.subarray(0, 0);
    this.views = Array.from({ length: SLOTS }, () => empty);
  }

  get(start: number, end: number): Uint8Array {
    const slot = (start * 61 + end) & (SLOTS - 1);
    const known = this.views[slot];
    if (known !== undefined && known.byteOffset === start && known.length === end - start) return known;
    const view = this.buffer.subarray(start, end);
    this.views[slot] = view;
    return view;
  }
}
