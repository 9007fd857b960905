import type { FabricKey, Name } from '../../wire/index.js';
import { ControllerError } from '../errors.js';

/**
 * The names the switches know, component by component: two different components with one digest below one parent
 * cannot be told apart by a switch, so the second is refused.
 */
export class NameTree {
  readonly #key: FabricKey;
  /** Digests of a prefix to the text it stands for, and how many names need it. */
  readonly #prefixes = new Map<string, { text: string; uses: number }>();

  constructor(key: FabricKey) {
    this.#key = key;
  }

  /** Throws ControllerError NAME_COLLISION where a name cannot be told from one that is there. */
  check(name: Name): void {
    for (const { digest, text } of this.#prefixesOf(name)) {
      const known = this.#prefixes.get(digest);
      if (known !== undefined && known.text !== text) {
        throw new ControllerError(
          'NAME_COLLISION',
          `'${text}' has the digest of '${known.text}', which is in use; choose another name`,
        );
      }
    }
  }

  /** Throws ControllerError NAME_COLLISION, and changes nothing then. */
  add(name: Name): void {
    this.check(name);
    for (const { digest, text } of this.#prefixesOf(name)) {
      const known = this.#prefixes.get(digest);
      if (known === undefined) this.#prefixes.set(digest, { text, uses: 1 });
      else known.uses += 1;
    }
  }

  /** Takes back one add() of the same name. */
  remove(name: Name): void {
    for (const { digest } of this.#prefixesOf(name)) {
      const known = this.#prefixes.get(digest);
      if (known === undefined) continue;
      known.uses -= 1;
      if (known.uses === 0) this.#prefixes.delete(digest);
    }
  }

  #prefixesOf(name: Name): { digest: string; text: string }[] {
    const { words } = name.digest(this.#key);
    let digest = '';
    let text = '';
    return name.components.map((component, i) => {
      digest += `${(words[i] ?? 0).toString(16)}.`;
      text += `/${component}`;
      return { digest, text };
    });
  }
}
