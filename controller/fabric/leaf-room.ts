import { ControllerError } from '../errors.js';
import { commonMembers } from './names.js';
import { PROFILES } from './program.js';
import type { Programs } from './programs.js';
import type { Topology } from './topology.js';

/** What of every leaf something takes: entries of the FIB, and members of the profile they lead to. */
export interface LeafUse {
  readonly names: number;
  readonly members: number;
}

/**
 * What all leaves have room for, and who takes of it. Names that are published to, and versions that are split by, take
 * from the same tables as services and hosts do: who wants more asks here, before anything is acknowledged.
 */
export class LeafRoom {
  readonly #most: LeafUse;
  readonly #uses = new Map<string, () => LeafUse>();

  constructor(most: LeafUse) {
    this.#most = most;
  }

  /** What all leaves of a fabric have room for beside what the fabric itself takes. */
  static of({ switches, fabric }: Topology, programs: Programs): LeafRoom {
    const leaves = [...switches.values()].filter(({ role }) => role === 'leaf');
    const gateways = fabric.gateway === undefined ? 0 : 1;
    const held = leaves.map(({ name }) => programs.of(name));
    // The switch's own name and the registry's, those of the others where it leads to them, and the answers every switch has.
    const others = ({ capabilities }: (typeof held)[number]) => (capabilities.leads ? switches.size - 1 : 0);
    const names = held.map((one) => one.profile.fibEntries - 2 - gateways - others(one));
    // 0 = the program does not say.
    const members = held.map((one) => {
      const { size } = one.schema.profiles.get(PROFILES.instances);
      if (size === 0) return Number.POSITIVE_INFINITY;
      return size - commonMembers().length - gateways - others(one);
    });
    return new LeafRoom({ names: Math.max(0, Math.min(...names)), members: Math.min(...members) });
  }

  /** `use` says at any time what a part takes, what it is about to take included; `what` is what people call it. */
  takenBy(what: string, use: () => LeafUse): void {
    this.#uses.set(what, use);
  }

  /** Throws ControllerError NO_ROOM where there is not as much left. */
  check(more: Partial<LeafUse>): void {
    const taken = [...this.#uses].map(([what, use]) => [what, use()] as const);
    for (const [of, called, remedy] of [
      ['names', 'names', 'delete broadcasts or versions, or have unused names forgotten earlier; hosts stay'],
      ['members', 'ways to instances, hosts and broadcasts', 'deregister instances, or delete broadcasts'],
    ] as const) {
      const sum = taken.reduce((all, [, use]) => all + use[of], more[of] ?? 0);
      if (sum <= this.#most[of] || (more[of] ?? 0) === 0) continue;
      const by = taken.map(([what, use]) => `${what} take ${use[of]}`).join(', ');
      throw new ControllerError(
        'NO_ROOM',
        `a leaf has room for ${this.#most[of]} ${called}, and all are in use (${by}); ${remedy}`,
      );
    }
  }
}
