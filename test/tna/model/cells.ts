import { SINC_COMPARE_SWAP, SINC_FETCH_ADD } from '../../../wire/index.js';
import { Pass, RegisterArray } from './registers.js';
import { isOlder } from './serial.js';

export interface CellsParams {
  readonly epoch: number;
  readonly base: number;
  readonly count: number;
  readonly answers: number;
}

export interface CellRequest {
  readonly source: number;
  readonly seq: number;
  readonly operation: number;
  readonly index: number;
  readonly operand: number;
  readonly replacement: number;
}

const SIZE = 65_536;

/** p4src/tna/cells.p4, register by register. */
export class CellsModel {
  readonly #owner = new RegisterArray('answer_owner', SIZE, 2);
  readonly #seq = new RegisterArray('answer_seq', SIZE);
  readonly #epoch = new RegisterArray('value_epoch', SIZE);
  readonly #value = new RegisterArray('value', SIZE);
  readonly #result = new RegisterArray('answer_result', SIZE);

  /** The answer; `untouched` = not computed here, `late` = dropped. */
  ask(group: CellsParams, request: CellRequest): number | 'untouched' | 'late' {
    const pass = new Pass();
    const { epoch } = group;
    const { source, seq, operation, index, operand, replacement } = request;
    const isKnown = index < 65_536 && (operation === SINC_FETCH_ADD || operation === SINC_COMPARE_SWAP);
    const room = (group.count - index) >>> 0;
    if (!isKnown || room === 0 || room >>> 17 !== 0) return 'untouched';
    const slot = (group.answers + source) & 0xffff;
    const cell = (group.base + index) & 0xffff;
    const older = isOlder(seq);
    const taken = this.#owner.execute(pass, slot, `claim${older.suffix}`, (words, alu) => {
      const isOther = alu.test(words[0] !== epoch);
      const isNewer = alu.test(older.than(words[1] ?? 0));
      if (!isOther && !isNewer) return 0;
      words[0] = epoch;
      words[1] = seq;
      return 1;
    });
    if (taken === 0) {
      const same = this.#seq.execute(pass, slot, 'ask_seq', (words, alu) =>
        alu.test(words[0] === seq) ? 1 : 0,
      );
      return same === 1 ? this.#result.execute(pass, slot, 'recall', (words) => words[0]) : 'late';
    }
    this.#seq.execute(pass, slot, 'note_seq', (words) => {
      words[0] = seq;
      return undefined;
    });
    const fresh = this.#epoch.execute(pass, cell, 'own', (words, alu) => {
      const isFresh = alu.test(words[0] !== epoch);
      words[0] = epoch;
      return isFresh ? 1 : 0;
    });
    const isAdd = operation === SINC_FETCH_ADD;
    const name = `${isAdd ? 'fetch_add' : 'compare_swap'}${fresh === 1 ? '_fresh' : ''}`;
    const before = this.#value.execute(pass, cell, name, (words, alu) => {
      const stored = fresh === 1 ? 0 : (words[0] ?? 0);
      if (isAdd) words[0] = stored + operand;
      else words[0] = alu.test(stored === operand) ? replacement : stored;
      return stored;
    });
    this.#result.execute(pass, slot, 'keep', (words) => {
      words[0] = before;
      return undefined;
    });
    return before;
  }
}
