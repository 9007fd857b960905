import { Pass, RegisterArray } from './registers.js';

const SKETCH_ROW = 65_536;
const BLOOM_ROW = 65_536;
const ROWS = 4;
/** Lowest bits of the key's slices. */
const BLOOM_SLICES = [64, 82, 100];

/** p4src/tna/hotkeys.p4, register by register, for a GET of a watched service whose key is not cached. */
export class SketchModel {
  readonly #rows = Array.from({ length: ROWS }, (_, n) => new RegisterArray(`row${n}`, SKETCH_ROW, 2));
  readonly #blooms = BLOOM_SLICES.map((_, n) => new RegisterArray(`bloom${n}`, BLOOM_ROW));

  /** The count that is reported, if it is. */
  pass(key: bigint, epoch: number, threshold: number): number | undefined {
    const pass = new Pass();
    const counts = this.#rows.map((row, n) =>
      row.execute(pass, slice(key, 16 * n), 'count', (words, alu) => {
        words[1] = alu.test(words[0] !== epoch) ? 1 : Math.min(0xffff, (words[1] ?? 0) + 1);
        words[0] = epoch;
        return words[1];
      }),
    );
    const least = Math.min(...counts);
    // Saturating subtraction: 0 where the estimate reaches the threshold.
    if (Math.max(0, threshold - least) !== 0) return undefined;
    const fresh = this.#blooms.map((bloom, n) =>
      bloom.execute(pass, slice(key, BLOOM_SLICES[n] ?? 0), 'mark', (words, alu) => {
        const isFresh = alu.test(words[0] !== epoch);
        words[0] = epoch;
        return isFresh ? 1 : 0;
      }),
    );
    return fresh.includes(1) ? least : undefined;
  }
}

const slice = (key: bigint, low: number): number => Number((key >> BigInt(low)) & 0xffffn);
