import { SwitchError } from './error.js';
import { allOnes, limbCount, prefixMask } from './limbs.js';

/** How a key field matches; P4's `optional` is `ternary` with a full or an empty mask, as in BMv2 JSON. */
export type MatchKind = 'exact' | 'lpm' | 'ternary' | 'range';

/** A field of a table's key. */
export interface KeyField {
  readonly name: string;
  readonly kind: MatchKind;
  /** Bits. */
  readonly width: number;
}

/** What an entry wants of one key field. */
export type MatchKey =
  | { readonly kind: 'exact'; readonly value: bigint }
  | { readonly kind: 'lpm'; readonly value: bigint; readonly prefixLength: number }
  | { readonly kind: 'ternary'; readonly value: bigint; readonly mask: bigint }
  | { readonly kind: 'range'; readonly low: bigint; readonly high: bigint };

/** A key field with its place in the key's limbs. */
export interface PlacedField extends KeyField {
  readonly offset: number;
  readonly limbs: number;
}

/** Places fields one after another in the PHV's limb layout. */
export function placeFields(fields: readonly KeyField[]): PlacedField[] {
  let offset = 0;
  return fields.map((field) => {
    const limbs = limbCount(field.width);
    const placed = { ...field, offset, limbs };
    offset += limbs;
    return placed;
  });
}

/** Throws INVALID_ARGUMENT unless `match` has one fitting key per field. */
export function checkMatch(thing: string, fields: readonly KeyField[], match: readonly MatchKey[]): void {
  if (match.length !== fields.length) {
    throw invalid(thing, `the key has ${fields.length} field(s), the entry gives ${match.length}`);
  }
  fields.forEach((field, i) => {
    const key = match[i];
    if (key !== undefined) checkKey(thing, field, i + 1, key);
  });
}

function checkKey(thing: string, field: KeyField, position: number, key: MatchKey): void {
  const place = `field ${position} (${field.name})`;
  if (key.kind !== field.kind) {
    throw invalid(thing, `${place} matches ${field.kind}, the entry gives ${key.kind}`);
  }
  switch (key.kind) {
    case 'exact':
      checkWidth(thing, place, 'value', field.width, key.value);
      break;
    case 'lpm':
      checkWidth(thing, place, 'value', field.width, key.value);
      if (!Number.isInteger(key.prefixLength) || key.prefixLength < 0 || key.prefixLength > field.width) {
        throw invalid(
          thing,
          `${place} needs a prefix length of 0 to ${field.width}, got ${key.prefixLength}`,
        );
      }
      break;
    case 'ternary':
      checkWidth(thing, place, 'value', field.width, key.value);
      checkWidth(thing, place, 'mask', field.width, key.mask);
      break;
    case 'range':
      checkWidth(thing, place, 'low bound', field.width, key.low);
      checkWidth(thing, place, 'high bound', field.width, key.high);
      if (key.low > key.high) {
        throw invalid(
          thing,
          `${place} needs a low bound not above the high one, got ${key.low}..${key.high}`,
        );
      }
      break;
  }
}

/** Throws INVALID_ARGUMENT unless 0 <= value < 2^width. */
export function checkWidth(thing: string, place: string, what: string, width: number, value: bigint): void {
  if (value >= 0n && value <= allOnes(width)) return;
  throw invalid(
    thing,
    `${place} takes a ${what} of ${width} bits, got ${value < 0n ? '-' : ''}0x${hex(value)}`,
  );
}

function hex(value: bigint): string {
  return (value < 0n ? -value : value).toString(16);
}

function invalid(thing: string, detail: string): SwitchError {
  return new SwitchError('INVALID_ARGUMENT', thing, detail);
}

/** A key from what `maskedValue` wrote. */
export function storedMatch(kind: MatchKind, value: bigint, mask: bigint, prefixLength: number): MatchKey {
  switch (kind) {
    case 'exact':
      return { kind, value };
    case 'lpm':
      return { kind, value, prefixLength };
    case 'ternary':
      return { kind, value, mask };
    case 'range':
      return { kind, low: value, high: mask };
  }
}

/** Value and mask of a key; for a range its bounds. */
export function maskedValue(match: MatchKey, width: number): readonly [bigint, bigint] {
  switch (match.kind) {
    case 'exact':
      return [match.value, allOnes(width)];
    case 'lpm': {
      const mask = prefixMask(width, match.prefixLength);
      return [match.value & mask, mask];
    }
    case 'ternary':
      return [match.value & match.mask, match.mask];
    case 'range':
      return [match.low, match.high];
  }
}

/** Bits set in a mask. */
export function onesIn(mask: bigint): number {
  let ones = 0;
  for (let rest = mask; rest > 0n; rest &= rest - 1n) ones++;
  return ones;
}

/** An entry's match for messages: "ipv4.dst=0xa000000/8, port=0x1..0xff (priority 7)". */
export function describeMatch(
  fields: readonly KeyField[],
  entry: { readonly match: readonly MatchKey[]; readonly priority: number },
): string {
  const parts = fields.map((field, i) => `${field.name}=${describeKey(entry.match[i])}`);
  return parts.join(', ') + (entry.priority > 0 ? ` (priority ${entry.priority})` : '');
}

function describeKey(match: MatchKey | undefined): string {
  switch (match?.kind) {
    case 'exact':
      return `0x${match.value.toString(16)}`;
    case 'lpm':
      return `0x${match.value.toString(16)}/${match.prefixLength}`;
    case 'ternary':
      return `0x${match.value.toString(16)}&&&0x${match.mask.toString(16)}`;
    case 'range':
      return `0x${match.low.toString(16)}..0x${match.high.toString(16)}`;
    case undefined:
      return '?';
  }
}
