import type { SwitchClientOptions } from '../p4runtime/index.js';
import type { SwitchSession } from '../switch-session.js';
import type { ClusterState, Follower } from './cluster.js';

export interface SeatsOptions {
  /** Where there is no cluster: this controller leads every switch, with this id. */
  readonly electionId?: bigint;
  readonly session: (switchName: string) => SwitchSession;
  /** These switches are led from now on. */
  readonly onLead: (switches: readonly string[]) => void;
  readonly onState: (state: ClusterState) => void;
  readonly onError: (error: unknown) => void;
}

/**
 * Which switches this controller is connected to: those it leads, with the election id it leads them by. A switch
 * keeps forwarding while nobody is connected to it, and the next leader finds in it what this one left.
 */
export class Seats implements Follower {
  readonly #options: SeatsOptions;
  readonly #targets = new Map<string, SwitchClientOptions>();
  readonly #electionIds = new Map<string, bigint>();
  /** Connecting and closing of each switch, one after another. */
  readonly #turns = new Map<string, Promise<void>>();

  constructor(options: SeatsOptions) {
    this.#options = options;
  }

  /** Connects a switch, or notes how for the time when it is led. */
  async connect(switchName: string, target: SwitchClientOptions): Promise<void> {
    const session = this.#options.session(switchName);
    this.#targets.set(switchName, target);
    const { electionId } = this.#options;
    if (electionId !== undefined) await session.connect({ electionId, ...target });
    else if (this.#electionIds.has(switchName)) await this.#follow(switchName);
  }

  lead(switches: readonly string[], electionId: bigint): void {
    for (const name of switches) this.#electionIds.set(name, electionId);
    this.#options.onLead(switches);
    for (const name of switches) {
      if (this.#targets.has(name)) this.#follow(name).catch(this.#options.onError);
    }
  }

  async yield(switches: readonly string[]): Promise<void> {
    for (const name of switches) this.#electionIds.delete(name);
    await Promise.all(switches.map((name) => this.#follow(name)));
  }

  stateChanged(state: ClusterState): void {
    this.#options.onState(state);
  }

  onError(error: unknown): void {
    this.#options.onError(error);
  }

  /** Brings the session of a switch to where it should be when its turn comes. */
  #follow(name: string): Promise<void> {
    const session = this.#options.session(name);
    // What is to be stopped is stopped now; the rest may wait.
    const closing = this.#electionIds.has(name) ? undefined : session.close();
    const turn = (this.#turns.get(name) ?? Promise.resolve()).then(async () => {
      await closing;
      const electionId = this.#electionIds.get(name);
      const target = this.#targets.get(name);
      if (electionId === undefined || target === undefined) await session.close();
      else await session.connect({ ...target, electionId, fixedElectionId: true });
    });
    this.#turns.set(
      name,
      turn.catch(() => undefined),
    );
    return turn;
  }
}
