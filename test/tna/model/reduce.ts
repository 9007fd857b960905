import { SINC_MAX, SINC_MIN, SINC_SUM, SINC_SUM_AHEAD } from '../../../wire/index.js';
import { type Alu, Pass, RegisterArray } from './registers.js';

/** The parameters of action reduce that the arithmetic and the way of a packet depend on. */
export interface ReduceParams {
  readonly epoch: number;
  readonly base: number;
  readonly mask: number;
  readonly operation: number;
  readonly saturate: boolean;
  readonly full: number;
  readonly root: boolean;
}

export interface Contribution {
  readonly seq: number;
  /** What the table sources says of its source. */
  readonly bitmap: number;
  readonly loopback: boolean;
  readonly values: Int32Array;
}

/** What p4src/tna/reduce.p4's `outcomes` makes of an admitted contribution. */
export type Outcome = 'late' | 'absorbed' | 'repeated' | 'to-group' | 'to-source' | 'result' | 'to-parent';

const CELLS = 4096;
const ADD = 0;
const LOAD = 3;
const LATE = 5;

/** p4src/tna/reduce.p4 and lanes.p4, register by register. */
export class ReduceModel {
  readonly #owner = new RegisterArray('cell_owner', CELLS, 2);
  readonly #seq = new RegisterArray('cell_seq', CELLS, 2);
  readonly #mode = new RegisterArray('cell_mode', CELLS, 2);
  readonly #bitmap = new RegisterArray('cell_bitmap', CELLS);
  readonly #lanes = Array.from({ length: 32 }, (_, n) => new RegisterArray(`lane${n}`, CELLS));

  /** Takes a contribution; its values become the outcome's. */
  contribute(group: ReduceParams, { seq, bitmap, loopback, values }: Contribution): Outcome {
    const pass = new Pass();
    const { epoch, base, mask, full } = group;
    const masked = (seq & mask) >>> 0;
    const index = ((base ^ masked) & 0xffff) >>> 0;
    const cell = (base + masked) & 0xffff;
    const claim = (words: Uint32Array, alu: Alu): boolean => {
      const isOther = alu.test(words[0] !== epoch);
      const isOlder = alu.test((words[1] ?? 0) < seq);
      if (!isOther && !isOlder) return false;
      words[0] = epoch;
      words[1] = seq;
      return true;
    };
    const taken =
      this.#owner.execute(pass, index, 'claim', (words, alu) => (claim(words, alu) ? 1 : 0)) === 1;
    const cellSeq = this.#seq.execute(pass, index, 'claim_seq', (words, alu) => {
      claim(words, alu);
      return words[1];
    });
    let mode = LATE;
    let seen = 0;
    if (taken) {
      this.#mode.execute(pass, cell, 'begin_mode', (words) => {
        words[0] = bitmap;
        words[1] = 0;
        return undefined;
      });
      mode = LOAD;
      seen = this.#bitmap.execute(pass, cell, 'begin_bitmap', (words) => {
        words[0] = bitmap;
        return words[0];
      });
    } else if (cellSeq === seq) {
      mode = this.#mode.execute(pass, cell, 'join_mode', (words) => {
        const before = ((words[0] ?? 0) & bitmap) >>> 0;
        words[1] = before;
        words[0] = (words[0] ?? 0) | bitmap;
        return before;
      });
      seen = this.#bitmap.execute(pass, cell, 'join_bitmap', (words) => {
        words[0] = (words[0] ?? 0) | bitmap;
        return words[0];
      });
    }
    const missing = (seen ^ full) >>> 0;
    this.#lanes.forEach((lane, n) => {
      values[n] = this.#compute(pass, lane, n, cell, mode, group, values[n] ?? 0);
    });
    return outcome(mode, missing, group.root, loopback);
  }

  #compute(
    pass: Pass,
    lane: RegisterArray,
    n: number,
    cell: number,
    mode: number,
    { operation, saturate }: ReduceParams,
    value: number,
  ): number {
    const program = mode === ADD ? programOf(operation, saturate, n) : 'add';
    return (
      lane.execute(pass, cell, program, (words, alu) => {
        const stored = (words[0] ?? 0) | 0;
        if (program === 'saturate') {
          words[0] = Math.max(-(2 ** 31), Math.min(2 ** 31 - 1, stored + value));
        } else if (program === 'least') words[0] = Math.min(stored, value);
        else if (program === 'most') words[0] = Math.max(stored, value);
        else {
          const isLoad = alu.test(mode === LOAD);
          const isAdd = alu.test(mode === ADD);
          if (isLoad) words[0] = value;
          else if (isAdd) words[0] = stored + value;
        }
        return words[0];
      }) | 0
    );
  }
}

/** lanes.p4, table programs, where mode is ADD. */
function programOf(
  operation: number,
  saturate: boolean,
  lane: number,
): 'add' | 'saturate' | 'least' | 'most' {
  if (operation === SINC_SUM && saturate) return 'saturate';
  if (operation === SINC_MIN) return 'least';
  if (operation === SINC_MAX) return 'most';
  if (operation === SINC_SUM_AHEAD && lane === 31) return 'most';
  return 'add';
}

/** reduce.p4, the entries of outcomes that an admitted contribution can match, in their order. */
function outcome(mode: number, missing: number, root: boolean, loopback: boolean): Outcome {
  if (mode === LATE) return 'late';
  const isFresh = mode === ADD || mode === LOAD;
  if (missing === 0) {
    if (!root) return 'to-parent';
    if (!loopback) return 'result';
    return isFresh ? 'to-group' : 'to-source';
  }
  return isFresh ? 'absorbed' : 'repeated';
}
