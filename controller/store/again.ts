import { StoreError } from './errors.js';

const MAX_TRIES = 20;

/**
 * Decides and commits, and decides again where another controller's commit came between. A commit that is refused for
 * that has not happened, and what the other one did is known when it is refused (FencedStore).
 */
export async function again<T>(decide: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await decide();
    } catch (error) {
      if (!(error instanceof StoreError) || error.code !== 'CONFLICT' || tries === MAX_TRIES) throw error;
    }
  }
}
