import type { ActionCall, ActionShape } from './action-rows.js';

/** A member: an action with its data under a P4Runtime member id. */
export interface ProfileMember {
  readonly id: number;
  readonly action: ActionCall;
}

/** A member's place in a group. */
export interface GroupMember {
  readonly id: number;
  readonly weight: number;
  /** Port whose going down takes the member out of selection. */
  readonly watchPort?: number | undefined;
  /** Whether the port came in P4Runtime's deprecated number field, to be read as it was written. */
  readonly watchAsNumber?: boolean;
}

export interface ProfileGroup {
  readonly id: number;
  /** Most members (by weight) the group may ever have; 0 leaves it to the profile's own limit. */
  readonly maxSize: number;
  readonly members: readonly GroupMember[];
}

export interface ActionProfileOptions {
  readonly name: string;
  readonly actions: readonly ActionShape[];
  /** Most members. */
  readonly size: number;
  /** True for an action selector, which has groups. */
  readonly selector: boolean;
  readonly groupLimit?: GroupLimit;
}

/** How large groups may be; BMv2 JSON does not say, P4Info does. */
export interface GroupLimit {
  /** 0 for no limit. */
  readonly maxSize: number;
  /** Whether a group's size is the sum of its weights or the number of its members. */
  readonly counts: 'weights' | 'members';
}
