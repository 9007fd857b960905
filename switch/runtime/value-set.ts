import { SwitchError } from './error.js';
import { allOnes, writeLimbs } from './limbs.js';
import { checkWidth, type PlacedField, placeFields } from './match-key.js';

/** One member of a parser value set: a value under a mask per key element. */
export interface ValueSetMember {
  readonly values: readonly bigint[];
  /** Absent where every bit counts. */
  readonly masks?: readonly bigint[] | undefined;
}

export interface ValueSetOptions {
  readonly name: string;
  /** Bits of the key elements. */
  readonly elementWidths: readonly number[];
  /** Most members; Infinity where the program does not say. */
  readonly maxSize: number;
}

/**
 * Parser value set. It holds the handful of members a parser state can branch on, so membership is a scan.
 * Generated code writes `key` and calls `contains()`.
 */
export class ValueSet {
  readonly name: string;
  readonly elements: readonly PlacedField[];
  readonly maxSize: number;
  readonly key: Uint32Array;
  private list: readonly ValueSetMember[] = [];
  private values = new Uint32Array(0);
  private masks = new Uint32Array(0);

  constructor(options: ValueSetOptions) {
    this.name = options.name;
    this.maxSize = options.maxSize;
    this.elements = placeFields(
      options.elementWidths.map((width, i) => ({ name: `element ${i + 1}`, kind: 'ternary', width })),
    );
    this.key = new Uint32Array(this.elements.reduce((n, element) => n + element.limbs, 0));
  }

  get members(): readonly ValueSetMember[] {
    return this.list;
  }

  /** Replaces all members. Throws INVALID_ARGUMENT, RESOURCE_EXHAUSTED. */
  setMembers(members: readonly ValueSetMember[]): void {
    for (const member of members) this.check(member);
    if (members.length > this.maxSize) {
      throw new SwitchError(
        'RESOURCE_EXHAUSTED',
        `value set ${this.name}`,
        `takes ${this.maxSize} member(s), got ${members.length}`,
      );
    }
    const limbs = this.key.length;
    const values = new Uint32Array(members.length * limbs);
    const masks = new Uint32Array(members.length * limbs);
    members.forEach((member, m) => {
      this.elements.forEach((element, i) => {
        const mask = member.masks?.[i] ?? allOnes(element.width);
        const at = m * limbs + element.offset;
        writeLimbs(values, at, element.width, (member.values[i] ?? 0n) & mask);
        writeLimbs(masks, at, element.width, mask);
      });
    });
    this.list = [...members];
    this.values = values;
    this.masks = masks;
  }

  /** Whether `key` matches a member. */
  contains(): boolean {
    const { key, values, masks } = this;
    const limbs = key.length;
    for (let at = 0; at < values.length; at += limbs) {
      let i = 0;
      while (i < limbs && ((key[i] ?? 0) & (masks[at + i] ?? 0)) >>> 0 === values[at + i]) i++;
      if (i === limbs) return true;
    }
    return false;
  }

  private check(member: ValueSetMember): void {
    const thing = `value set ${this.name}`;
    if (member.values.length !== this.elements.length) {
      throw new SwitchError(
        'INVALID_ARGUMENT',
        thing,
        `a member has ${this.elements.length} value(s), got ${member.values.length}`,
      );
    }
    this.elements.forEach((element, i) => {
      checkWidth(thing, element.name, 'value', element.width, member.values[i] ?? 0n);
      checkWidth(thing, element.name, 'mask', element.width, member.masks?.[i] ?? 0n);
    });
  }
}
