import { SINC_MAX, SINC_MIN, SINC_SUM, SINC_SUM_AHEAD } from '../../../wire/index.js';
import { type Alu, Pass, RegisterArray } from './registers.js';
import { isOlder } from './serial.js';

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
  /** 1 to 4 vectors of 32. */
  readonly values: Int32Array;
  /** Its checksum does not fit: of a datagram of several vectors that shows with the last of them. */
  readonly isDamaged?: boolean;
}

/** What p4src/tna/reduce.p4's `outcomes` makes of an admitted contribution. */
export type Outcome =
  | 'late'
  | 'absorbed'
  | 'repeated'
  | 'spoilt'
  | 'to-group'
  | 'to-source'
  | 'result'
  | 'to-parent';

/** Header lap: what a pass tells the next. */
interface Lap {
  phase: 'first' | 'take' | 'fetch-to-group' | 'fetch-to-source';
  mode: number;
  bitmap: number;
  /** In units of LANE_PART. */
  part: number;
}

/** A contribution on its way through the pipe, as often as it takes. */
export interface Packet {
  readonly group: ReduceParams;
  readonly contribution: Contribution;
  /** Results, as they are put together; of one packet alone, its values to begin with. */
  readonly values: Int32Array;
  readonly vectors: number;
  readonly lap: Lap;
}

const CELLS = 4096;
const LANE_PART = 4096;
const LANE_CELLS = 16_384;
const LANES = 32;
const ADD = 0;
const LOAD = 3;
const LATE = 5;
const READ = 6;

/** p4src/tna/reduce.p4 and lanes.p4, register by register. */
export class ReduceModel {
  readonly #owner = new RegisterArray('cell_owner', CELLS, 2);
  readonly #seq = new RegisterArray('cell_seq', CELLS, 2);
  readonly #mode = new RegisterArray('cell_mode', CELLS, 2);
  readonly #bitmap = new RegisterArray('cell_bitmap', CELLS);
  readonly #lanes = Array.from({ length: LANES }, (_, n) => new RegisterArray(`lane${n}`, LANE_CELLS));

  /** A packet as it comes from the wire. */
  arrive(group: ReduceParams, contribution: Contribution): Packet {
    const vectors = contribution.values.length / LANES;
    return {
      ...{ group, contribution, vectors, values: Int32Array.from(contribution.values) },
      lap: { phase: 'first', mode: 0, bitmap: contribution.bitmap, part: vectors - 1 },
    };
  }

  /** All its passes, with nothing between them; its values become the outcome's. */
  contribute(group: ReduceParams, contribution: Contribution): Outcome {
    const packet = this.arrive(group, contribution);
    for (;;) {
      const outcome = this.pass(packet);
      if (outcome === 'again') continue;
      contribution.values.set(packet.values);
      return outcome;
    }
  }

  /** One pass; `again` = it comes in by the recirculation port. */
  pass(packet: Packet): Outcome | 'again' {
    const { lap, group, contribution, vectors } = packet;
    if (lap.phase === 'fetch-to-group' || lap.phase === 'fetch-to-source') return this.#fetch(packet);
    const { seq, isDamaged } = contribution;
    const isFirst = lap.phase === 'first';
    const isLast = lap.part === 0;
    if (isLast && !isFirst && isDamaged === true) return 'spoilt';
    const pass = new Pass();
    const { full } = group;
    const { index, cell } = cellOf(group, seq);
    const counted = isLast ? lap.bitmap : 0;
    const begun = isFirst ? this.#claim(pass, index, group.epoch, seq) : undefined;
    if (begun !== undefined) lap.mode = LATE;
    let seen = 0;
    if (begun?.taken === true) {
      this.#mode.execute(pass, cell, 'begin_mode', (words) => {
        words[0] = lap.bitmap;
        words[1] = 0;
        return undefined;
      });
      lap.mode = LOAD;
      seen = this.#bitmap.execute(pass, cell, 'begin_bitmap', (words) => {
        words[0] = counted;
        return words[0];
      });
    } else if (begun?.seq === seq) {
      lap.mode = this.#mode.execute(pass, cell, 'join_mode', (words) => {
        const before = ((words[0] ?? 0) & lap.bitmap) >>> 0;
        words[1] = before;
        words[0] = (words[0] ?? 0) | lap.bitmap;
        return before;
      });
      seen = this.#joinSeen(pass, cell, counted);
    } else if (!isFirst) {
      const stored = this.#seq.execute(pass, index, 'look_seq', (words) => words[1]);
      if (isLast && stored === seq) seen = this.#joinSeen(pass, cell, counted);
    }
    this.#compute(pass, packet);

    const isFresh = lap.mode === ADD || lap.mode === LOAD;
    if (lap.mode === LATE) return 'late';
    if (!isLast) {
      if (isFirst && !isFresh) lap.bitmap = 0;
      lap.phase = 'take';
      lap.part -= 1;
      return 'again';
    }
    if ((seen ^ full) >>> 0 !== 0) return isFresh ? 'absorbed' : 'repeated';
    if (vectors === 1) return outcome(isFresh, group.root, contribution.loopback);
    lap.phase = isFresh ? 'fetch-to-group' : 'fetch-to-source';
    lap.part += 1;
    return 'again';
  }

  #fetch(packet: Packet): Outcome | 'again' {
    const { lap, group, contribution, vectors } = packet;
    lap.mode = READ;
    this.#compute(new Pass(), packet);
    if (lap.part < vectors - 1) {
      lap.part += 1;
      return 'again';
    }
    return outcome(lap.phase === 'fetch-to-group', group.root, contribution.loopback);
  }

  /** Registers cell_owner and cell_seq; the SeqNum is the cell's afterwards. */
  #claim(pass: Pass, index: number, epoch: number, seq: number): { taken: boolean; seq: number } {
    const older = isOlder(seq);
    const claim = (words: Uint32Array, alu: Alu): boolean => {
      const isOther = alu.test(words[0] !== epoch);
      const isNewer = alu.test(older.than(words[1] ?? 0));
      if (!isOther && !isNewer) return false;
      words[0] = epoch;
      words[1] = seq;
      return true;
    };
    const taken = this.#owner.execute(pass, index, `claim${older.suffix}`, (words, alu) =>
      claim(words, alu) ? 1 : 0,
    );
    const stored = this.#seq.execute(pass, index, `claim_seq${older.suffix}`, (words, alu) => {
      claim(words, alu);
      return words[1];
    });
    return { taken: taken === 1, seq: stored };
  }

  #joinSeen(pass: Pass, cell: number, counted: number): number {
    return this.#bitmap.execute(pass, cell, 'join_bitmap', (words) => {
      words[0] = (words[0] ?? 0) | counted;
      return words[0];
    });
  }

  /** The lanes, and the vector of this pass. */
  #compute(pass: Pass, { lap, group, contribution, values, vectors }: Packet): void {
    const at = LANES * (vectors - 1 - lap.part);
    const index = cellOf(group, contribution.seq).cell + LANE_PART * lap.part;
    this.#lanes.forEach((lane, n) => {
      const { operation, saturate } = group;
      const program = lap.mode === ADD ? programOf(operation, saturate, n) : 'add';
      const value = lap.mode === READ ? 0 : (contribution.values[at + n] ?? 0);
      values[at + n] = run(pass, lane, index, program, lap.mode, value);
    });
  }
}

function cellOf({ base, mask }: ReduceParams, seq: number): { index: number; cell: number } {
  const masked = (seq & mask) >>> 0;
  return { index: ((base ^ masked) & 0xffff) >>> 0, cell: (base + masked) & 0xffff };
}

type LaneProgram = 'add' | 'saturate' | 'least' | 'most';

function run(
  pass: Pass,
  lane: RegisterArray,
  index: number,
  program: LaneProgram,
  mode: number,
  value: number,
): number {
  return (
    lane.execute(pass, index, program, (words, alu) => {
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

/** lanes.p4, table programs, where mode is ADD. */
function programOf(operation: number, saturate: boolean, lane: number): LaneProgram {
  if (operation === SINC_SUM && saturate) return 'saturate';
  if (operation === SINC_MIN) return 'least';
  if (operation === SINC_MAX) return 'most';
  if (operation === SINC_SUM_AHEAD && lane === LANES - 1) return 'most';
  return 'add';
}

/** reduce.p4, the entries of outcomes for a complete cell. */
function outcome(isFresh: boolean, root: boolean, loopback: boolean): Outcome {
  if (!root) return 'to-parent';
  if (!loopback) return 'result';
  return isFresh ? 'to-group' : 'to-source';
}
