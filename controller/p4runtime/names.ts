import { P4RuntimeError } from './errors.js';

/** What every object of a P4Info has. */
export interface Named {
  readonly id: number;
  /** Fully qualified name, e.g. `ingress.underlay.routes`. */
  readonly name: string;
  /** Shortest name p4c gave it, e.g. `routes`. */
  readonly alias: string;
}

/**
 * Objects of one kind, found by id, by full name, by alias, or by any suffix of the full name that starts at a dot
 * and is unique.
 */
export class NameIndex<T extends Named> implements Iterable<T> {
  readonly #kind: string;
  readonly #byId = new Map<number, T>();
  /** Full names and aliases. */
  readonly #byName = new Map<string, T>();
  /** Suffix to its owner, or undefined where several share it. */
  readonly #bySuffix = new Map<string, T | undefined>();

  /** `kind` is what error messages call the objects: "table". */
  constructor(kind: string, items: Iterable<T>) {
    this.#kind = kind;
    for (const item of items) this.#add(item);
  }

  get size(): number {
    return this.#byId.size;
  }

  [Symbol.iterator](): IterableIterator<T> {
    return this.#byId.values();
  }

  find(nameOrId: string | number): T | undefined {
    if (typeof nameOrId === 'number') return this.#byId.get(nameOrId);
    return this.#byName.get(nameOrId) ?? this.#bySuffix.get(nameOrId);
  }

  /** Throws P4RuntimeError UNKNOWN_NAME with the names that come closest. */
  get(nameOrId: string | number): T {
    const found = this.find(nameOrId);
    if (found !== undefined) return found;
    if (typeof nameOrId === 'number') {
      throw new P4RuntimeError('UNKNOWN_NAME', `no ${this.#kind} with id ${nameOrId} in the P4Info`);
    }
    if (this.#bySuffix.has(nameOrId)) {
      const owners = [...this].filter(({ name }) => name.endsWith(`.${nameOrId}`)).map(({ name }) => name);
      throw new P4RuntimeError(
        'UNKNOWN_NAME',
        `${this.#kind} '${nameOrId}' could be ${owners.join(' or ')}; give more of the name`,
      );
    }
    throw new P4RuntimeError(
      'UNKNOWN_NAME',
      `no ${this.#kind} '${nameOrId}' in the P4Info${suggestion(nameOrId, this.#byName.keys())}`,
    );
  }

  #add(item: T): void {
    this.#byId.set(item.id, item);
    this.#byName.set(item.name, item);
    if (item.alias !== '' && !this.#byName.has(item.alias)) this.#byName.set(item.alias, item);
    for (let dot = item.name.indexOf('.'); dot !== -1; dot = item.name.indexOf('.', dot + 1)) {
      const suffix = item.name.slice(dot + 1);
      this.#bySuffix.set(suffix, this.#bySuffix.has(suffix) ? undefined : item);
    }
  }
}

/** `; did you mean 'x' or 'y'?`, or the known names where nothing is near and they are few. */
export function suggestion(wanted: string, known: Iterable<string>): string {
  const names = [...known];
  const limit = Math.max(2, Math.floor(wanted.length / 3));
  const near = names
    .map((name) => ({ name, distance: nearness(wanted, name) }))
    .filter(({ distance }) => distance <= limit)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3);
  if (near.length > 0) return `; did you mean ${near.map(({ name }) => `'${name}'`).join(' or ')}?`;
  if (names.length === 0) return '; it has none';
  return names.length <= 12 ? `; it has ${names.join(', ')}` : '';
}

/** Edit distance between the wanted name and a known one or the known one's last component. */
function nearness(wanted: string, known: string): number {
  const last = known.slice(known.lastIndexOf('.') + 1);
  const tail = wanted.slice(wanted.lastIndexOf('.') + 1);
  return Math.min(editDistance(wanted, known), editDistance(tail, last) + (tail === wanted ? 0 : 1));
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
