import type { Access } from './access.js';
import type { Schema } from './schema.js';
import type { SwitchTarget } from './target.js';

/** What an update does to its entity. */
export type UpdateType = 'insert' | 'modify' | 'delete';

/** What the entity handlers work on. */
export interface EntityContext {
  readonly schema: Schema;
  readonly target: SwitchTarget;
  /** What the sender's role may touch. */
  readonly access: Access;
}

/** Takes a write back. */
export type Undo = () => void;
