import type { ActionCall } from './action-rows.js';
import type { MatchKey } from './match-key.js';

/** What an entry does: an action of its own or, in an indirect table, a member, a group or a one-shot group. */
export type EntryAction =
  | ActionCall
  | { readonly member: number }
  | { readonly group: number }
  | { readonly oneShot: readonly OneShotMember[]; readonly settings?: OneShotSettings };

/** What a one-shot set says of its selector's mode and size, in P4Runtime's numbers: kept to be read as it was written. */
export interface OneShotSettings {
  readonly selectionMode: 0 | 1 | 2;
  readonly sizeSemantics: 0 | 1 | 2;
}

/** A weighted action of a one-shot group. */
export interface OneShotMember extends ActionCall {
  readonly weight: number;
  /** Port whose going down takes the member out of selection. */
  readonly watchPort?: number;
  /** Whether the port came in P4Runtime's deprecated number field, to be read as it was written. */
  readonly watchAsNumber?: boolean;
}

/** What the control plane keeps with an entry; opaque to the switch. */
export interface EntryNotes {
  readonly metadata?: Uint8Array | undefined;
  readonly controllerMetadata?: bigint | undefined;
}

/** A table entry on the control surface. */
export interface TableEntry extends EntryNotes {
  readonly match: readonly MatchKey[];
  /** P4Runtime sense: the higher wins. 0 where only exact and lpm fields decide. */
  readonly priority: number;
  readonly action: EntryAction;
  /** Nanoseconds without a hit after which the entry is reported; 0 or absent for never. */
  readonly idleTimeoutNs?: bigint | undefined;
}

/** An entry as the table holds it. */
export interface StoredEntry extends TableEntry {
  /** Slot the packet path sees, stable while the entry lives. */
  readonly slot: number;
}
