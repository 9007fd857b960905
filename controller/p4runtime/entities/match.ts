import { FieldMatch } from 'p4runtime-js';
import { P4RuntimeError } from '../errors.js';
import { suggestion } from '../names.js';
import type { MatchField } from '../schema.js';
import {
  allOnes,
  bigintBytes,
  bytesToBigint,
  decodeValue,
  encodeValue,
  prefixMask,
  type Value,
} from '../values.js';

/**
 * What one key field of an entry may be given as:
 *   exact, optional   a value
 *   lpm               { value, prefixLength } | 'value/length' | a value (full length)
 *   ternary           { value, mask } | 'value&&&mask' | 'value/length' | a value (full mask)
 *   range             { low, high } | 'low..high' | a value (low = high)
 * Fields that are left out match anything; exact ones may not be left out. Bits of a prefix or ternary value outside
 * its mask are cleared, as P4Runtime asks (section 9.1.1).
 */
export type MatchInput =
  | Value
  | { readonly value: Value; readonly prefixLength: number }
  | { readonly value: Value; readonly mask: Value }
  | { readonly low: Value; readonly high: Value };

/** One key field as it is read back. */
export type MatchOutput =
  | bigint
  | string
  | { readonly value: bigint; readonly prefixLength: number }
  | { readonly value: bigint; readonly mask: bigint }
  | { readonly low: bigint; readonly high: bigint };

/** Encodes the key of an entry; `owner` is what error messages call the table. */
export function encodeMatch(
  fields: readonly MatchField[],
  match: Readonly<Record<string, MatchInput>>,
  owner: string,
): FieldMatch[] {
  const result: FieldMatch[] = [];
  let used = 0;
  for (const field of fields) {
    const input = match[field.name];
    if (input === undefined) {
      if (field.kind === 'exact') {
        throw new P4RuntimeError('BAD_ENTITY', `${owner}: exact field '${field.name}' is missing`);
      }
      continue;
    }
    used += 1;
    const encoded = encodeField(field, input, owner);
    if (encoded !== undefined) result.push(encoded);
  }
  const given = Object.values(match).filter((input) => input !== undefined).length;
  if (used < given) throw unknownField(fields, match, owner);
  return result;
}

/** Decodes the key of an entry: field names to values; fields that match anything are left out. */
export function decodeMatch(
  fields: readonly MatchField[],
  match: readonly FieldMatch[],
  owner: string,
): Record<string, MatchOutput> {
  const result: Record<string, MatchOutput> = {};
  for (const part of match) {
    const field = fields.find(({ id }) => id === part.getFieldId());
    if (field === undefined) {
      throw new P4RuntimeError('BAD_ENTITY', `${owner}: no match field has the id ${part.getFieldId()}`);
    }
    result[field.name] = decodeField(field, part, owner);
  }
  return result;
}

function encodeField(field: MatchField, input: MatchInput, owner: string): FieldMatch | undefined {
  const message = new FieldMatch();
  message.setFieldId(field.id);
  const place = { name: `${owner}: ${field.name}`, width: field.width };
  switch (field.kind) {
    case 'exact': {
      const exact = new FieldMatch.Exact();
      exact.setValue(encodeValue(plain(input, field, owner), place));
      message.setExact(exact);
      return message;
    }
    case 'optional': {
      const optional = new FieldMatch.Optional();
      optional.setValue(encodeValue(plain(input, field, owner), place));
      message.setOptional(optional);
      return message;
    }
    case 'lpm': {
      const { value, prefixLength } = toPrefix(input, field, owner);
      if (prefixLength === 0) return undefined;
      const lpm = new FieldMatch.LPM();
      lpm.setValue(bigintBytes(inWidth(value, place) & prefixMask(prefixLength, field.width)));
      lpm.setPrefixLen(prefixLength);
      message.setLpm(lpm);
      return message;
    }
    case 'ternary': {
      const { value, mask } = toTernary(input, field, owner);
      const maskBits = inWidth(mask, place);
      if (maskBits === 0n) return undefined;
      const ternary = new FieldMatch.Ternary();
      ternary.setValue(bigintBytes(inWidth(value, place) & maskBits));
      ternary.setMask(bigintBytes(maskBits));
      message.setTernary(ternary);
      return message;
    }
    case 'range': {
      const { low, high } = toRange(input, field, owner);
      const lowBits = inWidth(low, place);
      const highBits = inWidth(high, place);
      if (lowBits > highBits) {
        throw new P4RuntimeError('BAD_VALUE', `${place.name}: low ${lowBits} is above high ${highBits}`);
      }
      if (lowBits === 0n && highBits === allOnes(field.width)) return undefined;
      const range = new FieldMatch.Range();
      range.setLow(bigintBytes(lowBits));
      range.setHigh(bigintBytes(highBits));
      message.setRange(range);
      return message;
    }
  }
}

function decodeField(field: MatchField, message: FieldMatch, owner: string): MatchOutput {
  const exact = message.getExact() ?? message.getOptional();
  if (exact !== undefined) {
    const bytes = exact.getValue_asU8();
    return decodeValue(bytes, field.width);
  }
  const lpm = message.getLpm();
  if (lpm !== undefined) {
    return { value: bytesToBigint(lpm.getValue_asU8()), prefixLength: lpm.getPrefixLen() };
  }
  const ternary = message.getTernary();
  if (ternary !== undefined) {
    return { value: bytesToBigint(ternary.getValue_asU8()), mask: bytesToBigint(ternary.getMask_asU8()) };
  }
  const range = message.getRange();
  if (range !== undefined) {
    return { low: bytesToBigint(range.getLow_asU8()), high: bytesToBigint(range.getHigh_asU8()) };
  }
  throw new P4RuntimeError(
    'BAD_ENTITY',
    `${owner}: match field ${field.name} carries no value that is supported`,
  );
}

function inWidth(value: Value, place: { name: string; width: number }): bigint {
  return bytesToBigint(encodeValue(value, place));
}

function plain(input: MatchInput, field: MatchField, owner: string): Value {
  if (typeof input !== 'object' || input instanceof Uint8Array) return input;
  throw wrongShape(field, owner, 'one value');
}

function toPrefix(
  input: MatchInput,
  field: MatchField,
  owner: string,
): { value: Value; prefixLength: number } {
  if (typeof input === 'object' && !(input instanceof Uint8Array)) {
    if (!('prefixLength' in input)) throw wrongShape(field, owner, '{ value, prefixLength }');
    return { value: input.value, prefixLength: checkedLength(input.prefixLength, field, owner) };
  }
  const parts = typeof input === 'string' ? /^(.*)\/(\d+)$/.exec(input) : null;
  if (parts === null) return { value: input, prefixLength: field.width };
  return { value: parts[1] ?? '', prefixLength: checkedLength(Number(parts[2]), field, owner) };
}

function toTernary(input: MatchInput, field: MatchField, owner: string): { value: Value; mask: Value } {
  if (typeof input === 'object' && !(input instanceof Uint8Array)) {
    if ('mask' in input) return input;
    if ('prefixLength' in input) {
      const length = checkedLength(input.prefixLength, field, owner);
      return { value: input.value, mask: prefixMask(length, field.width) };
    }
    throw wrongShape(field, owner, '{ value, mask }');
  }
  if (typeof input !== 'string') return { value: input, mask: allOnes(field.width) };
  const [value = '', mask] = input.split('&&&');
  if (mask !== undefined) return { value: value.trim(), mask: mask.trim() };
  const prefix = toPrefix(input, field, owner);
  return { value: prefix.value, mask: prefixMask(prefix.prefixLength, field.width) };
}

function toRange(input: MatchInput, field: MatchField, owner: string): { low: Value; high: Value } {
  if (typeof input === 'object' && !(input instanceof Uint8Array)) {
    if ('low' in input) return input;
    throw wrongShape(field, owner, '{ low, high }');
  }
  const parts = typeof input === 'string' ? input.split('..') : [];
  if (parts.length !== 2) return { low: input, high: input };
  return { low: parts[0]?.trim() ?? '', high: parts[1]?.trim() ?? '' };
}

function checkedLength(length: number, field: MatchField, owner: string): number {
  if (Number.isInteger(length) && length >= 0 && length <= field.width) return length;
  throw new P4RuntimeError(
    'BAD_VALUE',
    `${owner}: ${field.name}: prefix length ${length} is not in 0 to ${field.width}`,
  );
}

function wrongShape(field: MatchField, owner: string, wanted: string): P4RuntimeError {
  return new P4RuntimeError(
    'BAD_ENTITY',
    `${owner}: ${field.name} is matched as ${field.kind}; give ${wanted}`,
  );
}

function unknownField(
  fields: readonly MatchField[],
  match: Readonly<Record<string, MatchInput>>,
  owner: string,
): P4RuntimeError {
  const names = fields.map(({ name }) => name);
  const wrong = Object.keys(match).find((name) => !names.includes(name)) ?? '';
  return new P4RuntimeError('UNKNOWN_NAME', `${owner}: no match field '${wrong}'${suggestion(wrong, names)}`);
}
