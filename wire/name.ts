import { readU32, toHex, writeU32 } from './bytes.js';
import { NAME_DIGEST_BYTES, NAME_MAX_BYTES, NAME_MAX_COMPONENTS } from './constants.js';
import { WireError } from './errors.js';
import { sipHash32, sipHash128 } from './siphash.js';

const utf8 = new TextEncoder();
const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The SipHash key of a fabric: 16 bytes every host and the controller share (docs/protocol.md section 2). */
export class FabricKey {
  readonly bytes: Uint8Array;

  /** @throws WireError VALUE unless there are 16 bytes. */
  constructor(bytes: Uint8Array) {
    if (bytes.length !== 16) {
      throw new WireError('VALUE', 'fabric key', -1, `has ${bytes.length} bytes`, 'give 16 bytes');
    }
    this.bytes = bytes.slice();
  }

  /** @throws WireError VALUE unless the text is 32 hexadecimal digits. */
  static fromHex(hex: string): FabricKey {
    if (!/^[0-9a-fA-F]{32}$/.test(hex)) {
      throw new WireError('VALUE', 'fabric key', -1, `"${hex}" is no key`, 'give 32 hexadecimal digits');
    }
    return new FabricKey(Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)));
  }

  /** 00 01 02 ... 0f, the key of the SipHash paper. */
  static readonly default: FabricKey = new FabricKey(Uint8Array.from({ length: 16 }, (_, i) => i));

  toString(): string {
    return toHex(this.bytes);
  }
}

/** The 256 bits a name travels as: eight component digests, first component first, absent components 0. */
export class NameDigest {
  /** The component digests as numbers. */
  readonly words: Uint32Array;
  /** The 32 bytes on the wire. */
  readonly bytes: Uint8Array;
  readonly components: number;

  constructor(words: Uint32Array, components: number) {
    this.words = words;
    this.components = components;
    this.bytes = new Uint8Array(NAME_DIGEST_BYTES);
    for (let i = 0; i < NAME_MAX_COMPONENTS; i++) writeU32(this.bytes, 4 * i, words[i] ?? 0);
  }

  /** As the value of a 256-bit P4Runtime match field. */
  toBigInt(): bigint {
    return BigInt(`0x${toHex(this.bytes)}`);
  }

  /** Bits a longest-prefix entry for this name matches. */
  get prefixBits(): number {
    return 32 * this.components;
  }
}

/** Number of components in a digest of the wire, or -1 where a nonzero component follows a zero one. */
export function digestComponents(bytes: Uint8Array, offset: number): number {
  let count = 0;
  while (count < NAME_MAX_COMPONENTS && readU32(bytes, offset + 4 * count) !== 0) count++;
  for (let i = count; i < NAME_MAX_COMPONENTS; i++) if (readU32(bytes, offset + 4 * i) !== 0) return -1;
  return count;
}

/** The digest of one component: never 0, which means "no component". */
export function componentDigest(key: FabricKey, component: Uint8Array): number {
  return sipHash32(key.bytes, component) || 1;
}

function isControl(code: number): boolean {
  return code < 0x20 || (code >= 0x7f && code < 0xa0);
}

function fail(offset: number, problem: string, remedy: string): never {
  throw new WireError('NAME', 'name text', offset, problem, remedy);
}

/** A hierarchical name `/component/component...`: 1 to 8 components, at most 255 bytes of UTF-8. Immutable. */
export class Name {
  readonly text: string;
  readonly components: readonly string[];
  /** UTF-8 of `text`. */
  readonly bytes: Uint8Array;
  #key: FabricKey | undefined;
  #digest: NameDigest | undefined;
  #cacheKeyOf: FabricKey | undefined;
  #cacheKey: Uint8Array | undefined;

  private constructor(text: string, components: readonly string[], bytes: Uint8Array) {
    this.text = text;
    this.components = components;
    this.bytes = bytes;
  }

  /** @throws WireError NAME, with the byte at fault and what would be right. */
  static parse(text: string): Name {
    if (!text.startsWith('/')) fail(0, `"${text}" does not begin with "/"`, 'write /component/component');
    if (/\p{Surrogate}/u.test(text)) fail(0, 'has a lone surrogate', 'use text that UTF-8 can carry');
    const bytes = utf8.encode(text);
    if (bytes.length > NAME_MAX_BYTES) {
      fail(NAME_MAX_BYTES, `has ${bytes.length} bytes`, `use at most ${NAME_MAX_BYTES}`);
    }
    const components = text.slice(1).split('/');
    if (components.length > NAME_MAX_COMPONENTS) {
      fail(0, `has ${components.length} components`, `use at most ${NAME_MAX_COMPONENTS}`);
    }
    let offset = 0;
    for (const component of components) {
      offset += 1;
      if (component === '') fail(offset, 'has an empty component', 'leave out the extra "/"');
      for (const character of component) {
        if (isControl(character.codePointAt(0) ?? 0)) {
          fail(offset, `component "${encodeURI(component)}" has a control character`, 'use printable text');
        }
      }
      offset += utf8.encode(component).length;
    }
    return new Name(text, components, bytes);
  }

  /** A name from the text block of a packet. @throws WireError NAME. */
  static fromBytes(bytes: Uint8Array): Name {
    let text: string;
    try {
      text = strictUtf8.decode(bytes);
    } catch {
      fail(0, 'is not UTF-8', 'send names as UTF-8');
    }
    return Name.parse(text);
  }

  static of(name: string | Name): Name {
    return typeof name === 'string' ? Name.parse(name) : name;
  }

  /** The first `count` components, 1 to as many as there are. */
  prefix(count: number): Name {
    if (!Number.isInteger(count) || count < 1 || count > this.components.length) {
      fail(
        -1,
        `"${this.text}" has no prefix of ${count} components`,
        `ask for 1 to ${this.components.length}`,
      );
    }
    return Name.parse(`/${this.components.slice(0, count).join('/')}`);
  }

  /** This name with components appended, `Name.parse('/a').child('b/c')` is `/a/b/c`. */
  child(rest: string): Name {
    return Name.parse(`${this.text}/${rest}`);
  }

  /** Whether `other` is this name or lies below it. */
  covers(other: Name): boolean {
    return other.text === this.text || other.text.startsWith(`${this.text}/`);
  }

  equals(other: Name): boolean {
    return this.text === other.text;
  }

  /** The name's digest under a fabric's key; computed once per key. */
  digest(key: FabricKey): NameDigest {
    if (this.#digest !== undefined && this.#key === key) return this.#digest;
    const words = new Uint32Array(NAME_MAX_COMPONENTS);
    let i = 0;
    for (const component of this.components) words[i++] = componentDigest(key, utf8.encode(component));
    const digest = new NameDigest(words, this.components.length);
    this.#key = key;
    this.#digest = digest;
    return digest;
  }

  /** The 16 bytes this name has as a key of the key-value cache. */
  cacheKey(key: FabricKey): Uint8Array {
    if (this.#cacheKey !== undefined && this.#cacheKeyOf === key) return this.#cacheKey;
    const bytes = sipHash128(key.bytes, this.bytes);
    this.#cacheKeyOf = key;
    this.#cacheKey = bytes;
    return bytes;
  }

  toString(): string {
    return this.text;
  }
}
