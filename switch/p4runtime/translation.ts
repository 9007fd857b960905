import type { P4TypeInfo } from 'p4runtime-js';
import { decodeBytes, encodeBytes } from './bytes.js';
import { invalid, P4RuntimeError } from './error.js';

/*
 * Types the controller sees otherwise than the packets: p4runtime_translation (P4Runtime specification, "User-defined
 * types" and "PSA Metadata Translation"). Without a map of its own a numeric type is the same number on both sides; a
 * string that is a decimal number stands for that number, and any other string gets one the first time it is used.
 */

/** Values of a type by what the controller calls them: a text, or the number in decimal. */
export type TranslationMap = Readonly<Record<string, number>>;

/** Maps by the URI the program gives p4runtime_translation. */
export type TranslationMaps = Readonly<Record<string, TranslationMap>>;

/** One translated type. */
export interface Translation {
  /** Bits of the number the controller sees; 0 where it sees a string. */
  readonly controllerBits: number;
  /** The switch's value of what the controller sent, of at most `width` bits. Throws. */
  toSwitch(bytes: Uint8Array, width: number, place: () => string): bigint;
  /** What the controller calls a value. */
  toController(value: bigint): Uint8Array;
}

/** A value exposed to the controller: its bits in the switch, and how it is translated. */
export interface Exposed {
  readonly width: number;
  readonly translation?: Translation | undefined;
}

/** Reads a value. Throws OUT_OF_RANGE where it does not fit, and what its translation throws. */
export function decodeValue(exposed: Exposed, bytes: Uint8Array, place: () => string): bigint {
  const { width, translation } = exposed;
  if (translation === undefined) return decodeBytes(bytes, width, place);
  return translation.toSwitch(bytes, width, place);
}

/** Writes a value as the controller knows it. */
export function encodeValue({ translation }: Exposed, value: bigint): Uint8Array {
  return translation === undefined ? encodeBytes(value) : translation.toController(value);
}

/** The translated types of one program, by name. Types with the same URI share their values. */
export class Translations {
  private readonly info: P4TypeInfo | undefined;
  private readonly maps: TranslationMaps;
  private readonly byUri = new Map<string, Translation>();

  constructor(info: P4TypeInfo | undefined, maps: TranslationMaps) {
    this.info = info;
    this.maps = maps;
  }

  /** Undefined for types that are not translated. */
  ofType(name: string | undefined): Translation | undefined {
    const type = name === undefined ? undefined : this.info?.getNewTypesMap().get(name)?.getTranslatedType();
    if (type === undefined) return undefined;
    const uri = type.getUri();
    const bits = type.hasSdnString() ? 0 : type.getSdnBitwidth();
    const key = `${bits} ${uri}`;
    let translation = this.byUri.get(key);
    if (translation === undefined) {
      const map = this.maps[uri];
      translation = bits === 0 ? new Names(uri, map) : new Numbers(uri, bits, map);
      this.byUri.set(key, translation);
    }
    return translation;
  }
}

/** Numbers of other widths, the same on both sides where there is no map. */
class Numbers implements Translation {
  readonly controllerBits: number;
  private readonly uri: string;
  private readonly mapped: ReadonlyMap<bigint, bigint> | undefined;
  private readonly back: ReadonlyMap<bigint, bigint> | undefined;

  constructor(uri: string, bits: number, map: TranslationMap | undefined) {
    this.uri = uri;
    this.controllerBits = bits;
    if (map === undefined) return;
    const pairs = Object.entries(map).map(([from, to]) => [BigInt(from), BigInt(to)] as const);
    this.mapped = new Map(pairs);
    this.back = new Map(pairs.map(([from, to]) => [to, from]));
  }

  toSwitch(bytes: Uint8Array, width: number, place: () => string): bigint {
    const given = decodeBytes(bytes, this.controllerBits, place);
    const value = this.mapped === undefined ? given : this.mapped.get(given);
    if (value === undefined) throw invalid(`${place()}: ${given} is no value of ${this.uri}`);
    if (value >> BigInt(width) !== 0n) {
      throw new P4RuntimeError(
        'OUT_OF_RANGE',
        `${place()} takes ${width} bit(s) in the switch, got ${given}`,
      );
    }
    return value;
  }

  toController(value: bigint): Uint8Array {
    return encodeBytes(this.back?.get(value) ?? value);
  }
}

/** Strings. */
class Names implements Translation {
  readonly controllerBits = 0;
  private readonly uri: string;
  private readonly fixed: boolean;
  private readonly values = new Map<string, bigint>();
  private readonly names = new Map<bigint, string>();

  constructor(uri: string, map: TranslationMap | undefined) {
    this.uri = uri;
    this.fixed = map !== undefined;
    for (const [name, value] of Object.entries(map ?? {})) this.add(name, BigInt(value));
  }

  toSwitch(bytes: Uint8Array, width: number, place: () => string): bigint {
    const name = textOf(bytes, place);
    const known = this.values.get(name) ?? (this.fixed ? undefined : this.allot(name, width, place));
    if (known === undefined) throw invalid(`${place()}: "${name}" is no value of ${this.uri}`);
    if (known >> BigInt(width) === 0n) return known;
    throw new P4RuntimeError(
      'OUT_OF_RANGE',
      `${place()} takes ${width} bit(s) in the switch; "${name}" is ${known}`,
    );
  }

  toController(value: bigint): Uint8Array {
    return new TextEncoder().encode(this.names.get(value) ?? value.toString());
  }

  /** A number stands for itself; other names get numbers from the top, where numbers meant as such are rare. */
  private allot(name: string, width: number, place: () => string): bigint {
    if (/^(0|[1-9][0-9]*)$/.test(name)) {
      const value = BigInt(name);
      const other = this.names.get(value);
      if (other === undefined || other === name) return value;
      throw new P4RuntimeError('FAILED_PRECONDITION', `${place()}: ${name} was given to "${other}" already`);
    }
    for (let value = (1n << BigInt(width)) - 1n; value >= 0n; value--) {
      if (this.names.has(value)) continue;
      this.add(name, value);
      return value;
    }
    throw new P4RuntimeError(
      'RESOURCE_EXHAUSTED',
      `${place()}: all ${2 ** width} values of ${this.uri} have names; push the pipeline to start over`,
    );
  }

  private add(name: string, value: bigint): void {
    this.values.set(name, value);
    this.names.set(value, name);
  }
}

function textOf(bytes: Uint8Array, place: () => string): string {
  if (bytes.length === 0) throw invalid(`${place()}: the name is empty`);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw invalid(`${place()}: the name is no UTF-8`);
  }
}
