import { ControllerError } from '../errors.js';
import { StoreError } from '../store/errors.js';
import type { Store } from '../store/store.js';

const KEY = 'fabric/topology';

/**
 * The topology all controllers of a fabric run, as text: the first brings it, the others may come without. Throws
 * ControllerError CONFLICT where another is given, unless that is to replace the one there is, and TOPOLOGY where
 * there is none.
 */
export async function agreeOnTopology(store: Store, text?: string, isToReplace = false): Promise<string> {
  for (;;) {
    const known = (await store.get(KEY))?.value;
    if (typeof known === 'string' && (text === undefined || known === text)) return known;
    if (text === undefined) {
      throw new ControllerError(
        'TOPOLOGY',
        'the store holds no topology yet; start one controller with a file',
      );
    }
    if (known !== undefined && !isToReplace) {
      throw new ControllerError(
        'CONFLICT',
        'the controllers of this fabric run another topology; give all the same file, or none',
      );
    }
    try {
      await store.commit([{ key: KEY, value: text }], { when: [{ key: KEY, value: known }] });
      return text;
    } catch (error) {
      // Another one was first: see what it brought.
      if (!(error instanceof StoreError) || error.code !== 'CONFLICT') throw error;
    }
  }
}
