import type { CellClient } from './cell-client.js';
import { HostError } from './errors.js';

export interface SessionOptions {
  /** Cell that holds the session's number; all locks and sequencers of a group share one. */
  readonly sessionCell: number;
  /**
   * Number for a session that begins now: more than that of any before. Default: seconds of the system's clock since 1970,
   * so sessions that begin in one second, by clients that have not seen one another, are told apart only by who is first.
   */
  readonly newSession?: (() => number) | undefined;
}

/**
 * Tells the lives of a group's cells apart: a switch that restarts, or a host that takes over, starts with cells of 0, and
 * whoever finds the session cell at 0 gives the session its number.
 */
export class Session {
  readonly #client: CellClient;
  readonly #cell: number;
  readonly #newSession: () => number;
  #latest = 0;

  constructor(client: CellClient, options: SessionOptions) {
    this.#client = client;
    this.#cell = options.sessionCell;
    this.#newSession = options.newSession ?? (() => Math.floor(Date.now() / 1000));
  }

  /** The latest session seen, 0 before the first. */
  get latest(): number {
    return this.#latest;
  }

  /** The session the cells are in now, never less than an earlier answer. @throws HostError as CellClient.fetchAdd */
  async read(): Promise<number> {
    let found = await this.#client.fetchAdd(this.#cell, 0);
    // A number below one that has been seen comes from a clock that is behind.
    while (found === 0 || found < this.#latest) {
      const proposed = Math.max(1, this.#latest + 1, this.#newSession()) >>> 0;
      found = (await this.#propose(found, proposed)) ?? (await this.#client.fetchAdd(this.#cell, 0));
    }
    this.#latest = found;
    return found;
  }

  /** Sent once only: repeated after the cells were lost, it would begin a second session under the same number. */
  async #propose(found: number, proposed: number): Promise<number | undefined> {
    try {
      const before = await this.#client.compareSwap(this.#cell, found, proposed, 0);
      return before === found ? proposed : before;
    } catch (error) {
      if (error instanceof HostError && error.code === 'TIMEOUT') return undefined;
      throw error;
    }
  }
}
