import type { CellClient } from './cell-client.js';
import { requireInteger } from './errors.js';

/** Numbers without gap or duplicate over all hosts that share the cell: 0, 1, 2, ... modulo 2^32. */
export class Sequencer {
  readonly #client: CellClient;
  readonly #cell: number;

  constructor(client: CellClient, cell: number) {
    this.#client = client;
    this.#cell = cell;
  }

  /** Draws the next number, or reserves `count` of them and returns the first. @throws HostError TIMEOUT or CLOSED. */
  async next(count = 1): Promise<number> {
    requireInteger(`sequencer of group ${this.#client.group}`, 'count', count, 1, 0x7fffffff);
    return this.#client.fetchAdd(this.#cell, count);
  }
}
