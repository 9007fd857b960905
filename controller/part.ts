import type { Json, StoreChange } from './store/store.js';

/** A part of the controller with state of its own; what a part has not got, it does not need. */
export interface Part {
  /** Takes what a store holds in place of what there is. */
  restore?(values: ReadonlyMap<string, Json>): void;
  /** Takes over what another controller has committed; keys of other parts are passed over. */
  apply?(changes: readonly StoreChange[]): void;
  /** Something is under way. */
  readonly busy?: boolean;
  /** Ends its timers; nothing is begun any more. */
  close?(): void;
}
