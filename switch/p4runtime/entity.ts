import type { Schema } from './schema.js';
import type { SwitchTarget } from './target.js';

/** What an update does to its entity. */
export type UpdateType = 'insert' | 'modify' | 'delete';

/** What the entity handlers work on. */
export interface EntityContext {
  readonly schema: Schema;
  readonly target: SwitchTarget;
}

/** Takes a write back. */
export type Undo = () => void;
