/**
 * Blocks of memory that are used again. Bytes in passing need memory for a moment only, and memory of its own for each piece is dear:
 * what lies outside JavaScript's heap is cleared when it is made, and a collection of the whole heap is begun for every few megabytes of it.
 */
export class BlockPool {
  readonly blockBytes: number;
  readonly #free: Buffer[] = [];
  readonly #most: number;

  /** @param most blocks that are kept for further use */
  constructor(blockBytes = 65_536, most = 256) {
    this.blockBytes = blockBytes;
    this.#most = most;
  }

  /** A block with anything in it. */
  take(): Buffer {
    return this.#free.pop() ?? Buffer.allocUnsafeSlow(this.blockBytes);
  }

  /** Nobody looks at the block any more. Blocks that are not given back are simply collected. */
  give(block: Buffer): void {
    if (this.#free.length < this.#most) this.#free.push(block);
  }
}
