import { FabricKey, Name, REGISTRY_NAME, WireError } from '../../wire/index.js';
import type { Controller } from '../controller.js';
import { switchName } from '../fabric/names.js';
import { versionName } from '../policy/versions.js';
import type { Json } from '../store/store.js';

/** Kinds whose names are read from the registry itself. */
const OF_REGISTRY = new Set(['services', 'instances', 'hosts']);
/** Digests have 256 bits, the first component's first; nothing else in a table is as large. */
const LEAST_DIGEST = 1n << 128n;

/**
 * Which name each digest stands for that switches hold, as far as the controller knows the names: digests cannot be
 * reversed. It is made for one look at the switches.
 */
export class NameBook {
  readonly #names = new Map<bigint, string>();
  readonly #key: FabricKey;

  constructor({ topology, registry, collections }: Controller) {
    this.#key = new FabricKey(topology.fabric.key);
    this.#add(Name.parse(REGISTRY_NAME));
    for (const name of topology.switches.keys()) this.#add(switchName(name));
    for (const { name } of registry.hosts()) this.#add(name);
    for (const { name, number, instances } of registry.services()) {
      this.#add(name);
      for (const { version } of instances) {
        if (version !== undefined) this.#add(versionName(number, version), `${name.text} version ${version}`);
      }
    }
    for (const { kind, list } of each(collections)) {
      if (OF_REGISTRY.has(kind)) continue;
      for (const { name, spec } of list) {
        this.#addText(name);
        this.#addTexts(spec);
      }
    }
  }

  /** The name of a digest, or of the part of it that an entry matches; undefined for any other number. */
  nameOf(value: unknown): string | undefined {
    if (typeof value === 'bigint') return value < LEAST_DIGEST ? undefined : this.#names.get(value);
    if (typeof value === 'object' && value !== null && 'value' in value) return this.nameOf(value.value);
    return undefined;
  }

  /** Fields of an entry's match or of an action's parameters that are digests of known names. */
  namesOf(fields: Readonly<Record<string, unknown>>): Record<string, Json> {
    const known: Record<string, Json> = {};
    for (const [field, value] of Object.entries(fields)) {
      const name = this.nameOf(value);
      if (name !== undefined) known[field] = name;
    }
    return known;
  }

  /** The digest of a name, and of each name above it, the longest first: as the FIB may have them. */
  prefixesOf(name: Name): { readonly name: Name; readonly value: bigint; readonly prefixLength: number }[] {
    return name.components
      .map((_, index) => {
        const prefix = name.prefix(index + 1);
        const digest = prefix.digest(this.#key);
        return { name: prefix, value: digest.toBigInt(), prefixLength: digest.prefixBits };
      })
      .reverse();
  }

  #add(name: Name, text = name.text): void {
    this.#names.set(name.digest(this.#key).toBigInt(), text);
  }

  #addText(text: string): void {
    if (!text.startsWith('/')) return;
    try {
      this.#add(Name.parse(text));
    } catch (error) {
      // Some other text that begins with a slash: '/' itself, or a path.
      if (!(error instanceof WireError)) throw error;
    }
  }

  #addTexts(spec: Json): void {
    if (typeof spec === 'string') this.#addText(spec);
    else if (typeof spec === 'object' && spec !== null) {
      for (const value of Object.values(spec)) this.#addTexts(value);
    }
  }
}

function each(collections: Controller['collections']) {
  return [...collections.values()].map((collection) => ({ kind: collection.kind, list: collection.list() }));
}
