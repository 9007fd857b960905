import type { Collection } from './collection.js';
import type { Json } from './store/store.js';

/** Kinds that hold a name because it is registered, or has been called: nobody asked for it to be there. */
const INCIDENTAL = new Set(['services', 'instances', 'hosts', 'flows']);

/** Every name that stands as it is in something people have asked for: a policy, a group, a grant, a cache. */
export function referredNames(collections: Iterable<Collection>): Set<string> {
  const names = new Set<string>();
  for (const collection of collections) {
    if (INCIDENTAL.has(collection.kind)) continue;
    for (const { name, spec } of collection.list()) {
      addNames(names, name);
      addNames(names, spec);
    }
  }
  return names;
}

function addNames(names: Set<string>, value: Json): void {
  if (typeof value === 'string') {
    if (value.startsWith('/')) names.add(value);
  } else if (typeof value === 'object' && value !== null) {
    for (const each of Object.values(value)) addNames(names, each);
  }
}
