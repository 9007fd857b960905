import type { CellClient } from './cell-client.js';
import { requireInteger } from './errors.js';
import { Session, type SessionOptions } from './session.js';

/**
 * Numbers without gap or duplicate over all hosts that share the cell: 0, 1, 2, ... modulo 2^32, for as long as the cell
 * lives. A switch that restarts begins at 0 again: see SessionSequencer.
 */
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

/** A number of a session; ordered by session, then number. */
export interface Drawn {
  readonly session: number;
  readonly number: number;
}

/**
 * A sequencer that survives its switch: after a restart or failover numbers begin at 0 in a session with a higher number, so
 * no pair is drawn twice and none is lower than one drawn before. Takes two requests for each draw.
 */
export class SessionSequencer {
  readonly #numbers: Sequencer;
  readonly #session: Session;
  /** Draws that fell between two sessions and were made again. */
  redrawn = 0;

  /** @param cell that counts; not the session's */
  constructor(client: CellClient, cell: number, options: SessionOptions) {
    this.#numbers = new Sequencer(client, cell);
    this.#session = new Session(client, options);
  }

  /** As Sequencer.next, with the number's session. @throws HostError TIMEOUT or CLOSED. */
  async next(count = 1): Promise<Drawn> {
    let session = this.#session.latest || (await this.#session.read());
    for (;;) {
      const number = await this.#numbers.next(count);
      // The cells were lost between the two readings if they differ, and then nobody knows in which life the number was drawn.
      const after = await this.#session.read();
      if (after === session) return { session, number };
      this.redrawn++;
      session = after;
    }
  }
}
