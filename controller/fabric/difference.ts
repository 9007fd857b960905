import type { Entity as EntityMessage } from 'p4runtime-js';
import type { EntityRank } from '../p4runtime/identity.js';
import type { EncodedEntity, Schema, Update, UpdateType } from '../p4runtime/index.js';
import type { DesiredSwitch, Item } from './desired.js';
import type { Held, Ownership } from './held.js';

/** What refers to something is written after it and deleted before it: make before break. */
export const ORDER: readonly (readonly EntityRank[])[] = [
  ['member', 'meter'],
  ['group', 'multicast-group', 'clone-session', 'digest'],
  ['entry', 'default-entry'],
];

export interface Write {
  readonly item: Item;
  readonly type: UpdateType;
}

/** What turns what a switch holds into what it should hold. */
export interface Difference {
  /** Entries that groups refer to. */
  readonly early: readonly Write[];
  readonly others: readonly Write[];
  /** Before these come the deletions. */
  readonly deletions: readonly Held[];
  readonly late: readonly Write[];
}

/** Finds differences on one switch. */
export class Differences {
  readonly #lateTables: ReadonlySet<number>;
  readonly #earlyTables: ReadonlySet<number>;

  constructor(schema: Schema, { breakBeforeMake, beforeGroups = [] }: Ownership) {
    const ids = (names: readonly string[]) => new Set(names.map((name) => schema.tables.get(name).id));
    this.#lateTables = ids(breakBeforeMake);
    this.#earlyTables = ids(beforeGroups);
  }

  /** Of these keys; `isRefused` says what the switch does not take as it is. */
  of(
    keys: Iterable<string>,
    desired: DesiredSwitch,
    held: ReadonlyMap<string, Held>,
    isRefused: (item: Item) => boolean,
  ): Difference {
    const writes: Write[] = [];
    const deletions: Held[] = [];
    for (const key of keys) {
      const want = desired.get(key);
      const have = held.get(key);
      if (want === undefined) {
        if (have !== undefined) deletions.push(have);
      } else if (have?.body !== want.body && !isRefused(want)) {
        // There is no inserting a meter's cell either: it is always there.
        const exists = have !== undefined || want.rank === 'default-entry' || want.rank === 'meter';
        writes.push({ item: want, type: exists ? 'modify' : 'insert' });
      }
    }
    const isEarly = ({ item }: Write) => this.#earlyTables.has(tableOf(item));
    const isLate = ({ item }: Write) => this.#lateTables.has(tableOf(item));
    return {
      early: writes.filter(isEarly),
      others: writes.filter((write) => !isLate(write) && !isEarly(write)),
      deletions,
      late: writes.filter(isLate),
    };
  }
}

/** As it is written: in bytes, where those are at hand. */
export function entityOf(item: Item): EncodedEntity | EntityMessage {
  return item.encoded === undefined ? item.message : { encoded: item.encoded };
}

/** The update that takes something out. */
export function deletionOf(item: Held): Update {
  const isAlwaysThere = item.rank === 'default-entry' || item.rank === 'meter';
  return isAlwaysThere ? reset(item.message) : { type: 'delete', entity: entityOf(item) };
}

function tableOf(item: Item): number {
  return (
    item.plainTableId ?? (item.rank === 'member' ? 0 : (item.message.getTableEntry()?.getTableId() ?? 0))
  );
}

/**
 * What cannot be deleted becomes the program's again: a default entry by having no action (P4Runtime section 9.1), a
 * meter's cell by having no configuration (9.4).
 */
function reset(message: EntityMessage): Update {
  const entity = message.cloneMessage();
  entity.getTableEntry()?.clearAction();
  entity.getMeterEntry()?.clearConfig();
  return { type: 'modify', entity };
}
