import { createHash } from 'node:crypto';

/** A controller of the cluster, as its record in the store has it. */
export interface Member {
  readonly id: string;
  /** Switches it should lead before those that do not name them: those of its own site, for one. */
  readonly prefers: readonly string[];
}

/**
 * Who should lead a switch: of the live members that prefer it, or else of all, the one with the highest weight for
 * it (rendezvous hashing), so that a member that comes or goes moves only its own share. Undefined without members.
 */
export function assign(switchName: string, members: Iterable<Member>): string | undefined {
  const all = [...members];
  const preferring = all.filter(({ prefers }) => prefers.includes(switchName));
  let best: { id: string; weight: bigint } | undefined;
  for (const { id } of preferring.length > 0 ? preferring : all) {
    const weight = createHash('sha256').update(`${id}\0${switchName}`).digest().readBigUInt64BE(0);
    if (best === undefined || weight > best.weight || (weight === best.weight && id < best.id)) {
      best = { id, weight };
    }
  }
  return best?.id;
}
