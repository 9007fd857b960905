import type { Access } from './access.js';
import type { Schema } from './schema.js';
import type { SwitchTarget } from './target.js';

/** What of a switch entities are of, beside the program's own objects. */
export type EntityTarget = Pick<SwitchTarget, 'clock' | 'pre'>;

/** What an update does to its entity. */
export type UpdateType = 'insert' | 'modify' | 'delete';

/** What the entity handlers work on. */
export interface EntityContext {
  readonly schema: Schema;
  readonly target: EntityTarget;
  /** What the sender's role may touch. */
  readonly access: Access;
}

/** Takes a write back. */
export type Undo = () => void;
