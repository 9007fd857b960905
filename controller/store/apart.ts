import type { Store, StoreChange } from './store.js';

/** Stores bound the size of a commit; there is room for conditions and counts beside these. */
const AT_ONCE = 100;

/** Commits changes each of which says something by itself, in as many commits as it takes. Throws StoreError. */
export async function commitApart(store: Store, changes: readonly StoreChange[]): Promise<void> {
  const parts: Promise<void>[] = [];
  for (let i = 0; i < changes.length; i += AT_ONCE) parts.push(store.commit(changes.slice(i, i + AT_ONCE)));
  await Promise.all(parts);
}
