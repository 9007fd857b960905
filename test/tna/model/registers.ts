import assert from 'node:assert/strict';

/** Comparisons a stateful ALU makes in one access. */
const MOST_COMPARISONS = 2;

/** What a RegisterAction may do besides computing: compare, which is counted. */
export interface Alu {
  test(condition: boolean): boolean;
}

/** A packet's way through the pipe: a register array is accessed at most once on it. */
export class Pass {
  readonly #accessed = new Set<RegisterArray>();

  access(array: RegisterArray): void {
    assert(!this.#accessed.has(array), `${array.name} is accessed twice in one pass`);
    this.#accessed.add(array);
  }
}

/**
 * One program of a register array: from the cell's words to new ones and to one word for the packet, all as unsigned
 * 32-bit numbers.
 */
export type Program = (cell: Uint32Array, alu: Alu) => number | undefined;

/** A register array of one or two words of up to 32 bits to a cell, as a stateful ALU holds it. */
export class RegisterArray {
  readonly name: string;
  readonly #words: number;
  readonly #cells: Uint32Array;
  readonly #programs = new Set<string>();

  constructor(name: string, size: number, words: 1 | 2 = 1) {
    this.name = name;
    this.#words = words;
    this.#cells = new Uint32Array(size * words);
  }

  /** A cell's words as they are, for who looks from outside. */
  peek(index: number): readonly number[] {
    return [...this.#cells.subarray(index * this.#words, (index + 1) * this.#words)];
  }

  /** Executes a program at an index; `program` is its name in the P4 source. */
  execute(pass: Pass, index: number, name: string, program: Program): number {
    pass.access(this);
    this.#programs.add(name);
    assert(this.#programs.size <= 4, `${this.name} has more than four programs`);
    const cell = this.#cells.subarray(index * this.#words, (index + 1) * this.#words);
    assert.equal(cell.length, this.#words, `${this.name} has no cell ${index}`);
    let comparisons = 0;
    const output = program(cell, {
      test: (condition) => {
        comparisons += 1;
        return condition;
      },
    });
    assert(comparisons <= MOST_COMPARISONS, `${this.name}.${name} compares ${comparisons} times`);
    return (output ?? 0) >>> 0;
  }
}
