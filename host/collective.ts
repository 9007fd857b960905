import type { FloatReducer } from './ahead-reduce.js';
import { HostError, requireInteger } from './errors.js';
import type { ReduceGroup } from './reduce-group.js';

/**
 * Collective operations of the sources of a reduce group (SINC_SUM). As with `allReduce`, all sources make the same calls in
 * the same order.
 */
export class Collective {
  readonly #sum: ReduceGroup;
  readonly #floats: FloatReducer | undefined;

  /** @param floats needed for Float32Array only */
  constructor(sum: ReduceGroup, floats?: FloatReducer) {
    this.#sum = sum;
    this.#floats = floats;
  }

  /** Sums element by element: integers exactly modulo 2^32, floats as the FloatReducer does. @throws HostError as they do. */
  allReduce(values: Int32Array): Promise<Int32Array>;
  allReduce(values: Float32Array): Promise<Float32Array>;
  async allReduce(values: Int32Array | Float32Array): Promise<Int32Array | Float32Array> {
    if (values instanceof Int32Array) return this.#sum.allReduce(values);
    if (this.#floats === undefined) {
      const remedy = 'give the constructor an AheadReduce or a FloatReduce';
      throw HostError.invalid(`reduce group ${this.#sum.group}`, 'floats need a second group', remedy);
    }
    return Float32Array.from(await this.#floats.allReduce(values));
  }

  /** Resolves when every source has called it. @throws HostError as allReduce; BAD_REPLY where sources do not agree. */
  async barrier(): Promise<void> {
    const [arrived] = await this.#sum.allReduce(Int32Array.of(1));
    if (arrived !== this.#sum.sources) {
      const problem = `${arrived} of ${this.#sum.sources} sources at a barrier`;
      throw new HostError(
        'BAD_REPLY',
        `reduce group ${this.#sum.group}: ${problem}; make the same calls everywhere`,
      );
    }
  }

  /**
   * Gives every source the root's bytes. The others give their number, so that all know how much travels.
   * @param bytes of the root; of the others as many bytes of whatever value, which are filled in
   */
  async broadcast(bytes: Uint8Array, root: number): Promise<Uint8Array> {
    requireInteger(`broadcast in group ${this.#sum.group}`, 'root', root, 0, this.#sum.sources - 1);
    const words = new Int32Array(Math.ceil(bytes.length / 4));
    const view = new Uint8Array(words.buffer, 0, bytes.length);
    // Everybody else adds nothing.
    if (this.#sum.source === root) view.set(bytes);
    await this.#sum.allReduce(words, words);
    bytes.set(view);
    return bytes;
  }
}
