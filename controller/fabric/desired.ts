import type { Entity as EntityMessage } from 'p4runtime-js';
import { ControllerError } from '../errors.js';
import type { EntityRank } from '../p4runtime/identity.js';
import { type Entity, encodeIdentified, type Schema } from '../p4runtime/index.js';

/** One thing a switch should hold, ready to be written and to be compared. */
export interface Item {
  readonly key: string;
  readonly body: string;
  readonly rank: EntityRank;
  readonly message: EntityMessage;
  /** Its bytes and its table, where it is a plain table entry; the message is then decoded each time. */
  readonly encoded?: Uint8Array;
  readonly plainTableId: number | undefined;
}

/** Entities as items. What several switches hold alike is encoded once, and the items are given to all of them. */
export function encodeItems(schema: Schema, entities: readonly Entity[]): Item[] {
  return encodeIdentified(schema, entities);
}

/**
 * What one switch should hold. It is made of named sections, each derived as a whole from some part of the state
 * ("underlay", "service/7"); replacing one costs as much as that section is large.
 */
export class DesiredSwitch {
  readonly #schema: Schema;
  readonly #items = new Map<string, Item>();
  /** Keys of each section. */
  readonly #sections = new Map<string, Set<string>>();
  readonly #ownerOf = new Map<string, string>();
  #changed = new Set<string>();

  constructor(schema: Schema) {
    this.#schema = schema;
  }

  get size(): number {
    return this.#items.size;
  }

  get(key: string): Item | undefined {
    return this.#items.get(key);
  }

  items(): IterableIterator<Item> {
    return this.#items.values();
  }

  /**
   * Makes a section consist of these entities; none = the section is gone. Returns whether anything changed. Throws
   * ControllerError CONFLICT where another section has one of them already.
   */
  replace(section: string, entities: readonly Entity[]): boolean {
    return this.replaceItems(section, encodeItems(this.#schema, entities));
  }

  /** As replace(), with items of encodeItems(). */
  replaceItems(section: string, items: readonly Item[]): boolean {
    const next = new Map<string, Item>();
    for (const item of items) {
      const owner = this.#ownerOf.get(item.key);
      if ((owner !== undefined && owner !== section) || next.has(item.key)) {
        throw new ControllerError('CONFLICT', `${owner ?? section} and ${section} both want ${item.key}`);
      }
      next.set(item.key, item);
    }
    let changed = false;
    for (const key of this.#sections.get(section) ?? []) {
      if (next.has(key)) continue;
      this.#items.delete(key);
      this.#ownerOf.delete(key);
      this.#changed.add(key);
      changed = true;
    }
    for (const [key, item] of next) {
      if (this.#items.get(key)?.body === item.body) continue;
      this.#items.set(key, item);
      this.#ownerOf.set(key, section);
      this.#changed.add(key);
      changed = true;
    }
    if (next.size === 0) this.#sections.delete(section);
    else this.#sections.set(section, new Set(next.keys()));
    return changed;
  }

  /** Names of the sections there are. */
  sections(): string[] {
    return [...this.#sections.keys()];
  }

  /** The section an item belongs to. */
  sectionOf(key: string): string | undefined {
    return this.#ownerOf.get(key);
  }

  get hasChanges(): boolean {
    return this.#changed.size > 0;
  }

  /** Keys that changed since the last call. */
  takeChanges(): Set<string> {
    const changed = this.#changed;
    this.#changed = new Set();
    return changed;
  }
}
