/**
 * A table entry in limbs, as the packet path holds it: what a decoder fills when bytes from the network become
 * an entry without bigint in between. Nothing here is checked again: fields, widths, masks and actions are the
 * decoder's to check.
 */
export interface RawEntry {
  /** Field after field, masked. */
  readonly keys: Uint32Array;
  /** Used where the table has priorities. */
  readonly masks: Uint32Array;
  /** Of the lpm field, where the table has no priorities. */
  prefixLength: number;
  priority: number;
  /** -1 in a table whose actions come from a profile. */
  actionIndex: number;
  /** Action data, parameter after parameter, zero to the end. */
  readonly params: Uint32Array;
  /** Member or group the entry names in the profile; 0 for the one that is not named. */
  member: number;
  group: number;
}
