import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { ROOT } from './p4info.js';

/*
 * Shares of mirrors and faults: v1model draws from 0 to 9,999, the Tofino program folds two 16-bit numbers onto that by the
 * entries of two tables. Here they are read from the source, and every pair of numbers is counted.
 */
interface Fold {
  readonly from: number;
  readonly to: number;
  /** The first draw's lowest bit; undefined = either. */
  readonly parity: number | undefined;
  readonly less: number;
}

const DRAWS = 65_536;
const FACES = 10_000;
const source = readFileSync(new URL('p4src/tna/dice.p4', ROOT), 'utf8');
const folds = [...source.matchAll(/^ +(\d+) \.\. (\d+): fold\((?:65536 - )?(\d+)\);/gm)].map(
  ([, from, to, less]): Fold => ({
    ...{ from: Number(from), to: Number(to), parity: undefined },
    less: Number(less),
  }),
);
const foldsAgain = [
  ...source.matchAll(/^ +\((\d+) \.\. (\d+), (_|\d)\): fold_again\((?:65536 - )?(\d+)\);/gm),
].map(
  ([, from, to, parity, less]): Fold => ({
    ...{ from: Number(from), to: Number(to), less: Number(less) },
    parity: parity === '_' ? undefined : Number(parity),
  }),
);

/** As the tables do; undefined where no entry matches. */
function foldOf(entries: readonly Fold[], draw: number, parity = 0): number | undefined {
  const found = entries.find((entry) => {
    return draw >= entry.from && draw <= entry.to && (entry.parity ?? parity) === parity;
  });
  return found === undefined ? undefined : draw - found.less;
}

describe('Shares of packets in the Tofino program', () => {
  it('are those of v1model to 0.04 percentage points', () => {
    assert.deepEqual([folds.length, foldsAgain.length], [6, 8]);
    // How many of the pairs of draws show each face.
    const shown = new Float64Array(FACES);
    const again = [0, 0];
    for (let first = 0; first < DRAWS; first++) {
      const face = foldOf(folds, first);
      if (face === undefined) again[first & 1] = (again[first & 1] ?? 0) + 1;
      else shown[face] = (shown[face] ?? 0) + DRAWS;
    }
    for (const parity of [0, 1]) {
      for (let second = 0; second < DRAWS; second++) {
        const face = foldOf(foldsAgain, second, parity);
        assert(face !== undefined && face >= 0 && face < FACES, `${second} shows ${face}`);
        shown[face] = (shown[face] ?? 0) + (again[parity] ?? 0);
      }
    }
    let [below, worst] = [0, 0];
    for (let share = 0; share <= FACES; share++) {
      worst = Math.max(worst, Math.abs(below / DRAWS ** 2 - share / FACES));
      below += shown[share] ?? 0;
    }
    assert.equal(below, DRAWS ** 2);
    assert(worst < 0.0004, `${worst}`);
  });
});
