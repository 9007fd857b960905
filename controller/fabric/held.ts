import type { Entity as EntityMessage } from 'p4runtime-js';
import {
  type Entity,
  type Identified,
  P4RuntimeError,
  type Schema,
  type SwitchClient,
} from '../p4runtime/index.js';

/**
 * What of a switch belongs to this controller: these tables and profiles, multicast groups of this range of ids, and
 * these digests, meters and clone sessions. Everything else is left as it is found.
 */
export interface Ownership {
  readonly tables: readonly string[];
  /** Tables whose default entry is owned. */
  readonly defaults: readonly string[];
  readonly profiles: readonly string[];
  readonly multicastGroups: { readonly first: number; readonly last: number };
  readonly digests: readonly string[];
  /** Meters all of whose cells are owned. */
  readonly meters?: readonly string[];
  readonly cloneSessions?: { readonly first: number; readonly last: number };
  /**
   * Tables, out of `tables`, whose entries share something that only one entry may have: new ones are written after the
   * deletions.
   */
  readonly breakBeforeMake: readonly string[];
  /** Tables, out of `tables`, that groups refer to by number: their entries are written before the groups. */
  readonly beforeGroups?: readonly string[];
}

/** One thing a switch holds. */
export type Held = Identified;

/** What a switch holds of what is owned, by key, read from it now. Throws P4RuntimeError. */
export async function readHeld(
  client: SwitchClient,
  schema: Schema,
  ownership: Ownership,
): Promise<Map<string, Held>> {
  const held = new Map<string, Held>();
  const tables = new Set(
    [...ownership.tables, ...ownership.defaults].map((name) => schema.tables.get(name).id),
  );
  const take = (items: readonly Identified[]) => {
    for (const item of items) {
      const { plainTableId, rank } = item;
      // Only members of profiles that are owned are asked for.
      const owned =
        plainTableId === undefined
          ? rank === 'member' || isOwned(item.message, ownership, tables)
          : tables.has(plainTableId);
      if (owned) held.set(item.key, item);
    }
  };
  for await (const items of client.readIdentified(queriesOf(ownership))) take(items);
  for (const digest of ownership.digests) {
    try {
      for await (const items of client.readIdentified({ kind: 'digest', digest })) take(items);
    } catch (error) {
      // PI says NOT_FOUND for a digest that is not switched on; others answer with nothing.
      if (!(error instanceof P4RuntimeError) || !error.isNotFound) throw error;
    }
  }
  return held;
}

function queriesOf(ownership: Ownership): Entity[] {
  return [
    ...ownership.tables.map((table) => ({ kind: 'table-entry' as const, table })),
    ...ownership.defaults.map((table) => ({ kind: 'table-entry' as const, table, isDefault: true })),
    ...ownership.profiles.map((profile) => ({ kind: 'profile-member' as const, profile })),
    ...ownership.profiles.map((profile) => ({ kind: 'profile-group' as const, profile })),
    ...(ownership.meters ?? []).map((meter) => ({ kind: 'meter' as const, meter })),
    { kind: 'multicast-group' },
    ...(ownership.cloneSessions === undefined ? [] : [{ kind: 'clone-session' as const }]),
  ];
}

function isOwned(message: EntityMessage, ownership: Ownership, tables: ReadonlySet<number>): boolean {
  const entry = message.getTableEntry();
  if (entry !== undefined) return tables.has(entry.getTableId()) && !entry.getIsConst();
  // A cell without a configuration is as the switch came.
  const meter = message.getMeterEntry();
  if (meter !== undefined) return meter.hasConfig();
  const replication = message.getPacketReplicationEngineEntry();
  const multicast = replication?.getMulticastGroupEntry();
  if (multicast !== undefined) return isWithin(multicast.getMulticastGroupId(), ownership.multicastGroups);
  const session = replication?.getCloneSessionEntry();
  return session === undefined || isWithin(session.getSessionId(), ownership.cloneSessions);
}

function isWithin(id: number, range: { readonly first: number; readonly last: number } | undefined): boolean {
  return range !== undefined && id >= range.first && id <= range.last;
}
