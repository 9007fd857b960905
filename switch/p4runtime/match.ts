import { FieldMatch } from 'p4runtime-js';
import { allOnes, type MatchKey } from '../runtime/index.js';
import { bytesToBigint, encodeBytes } from './bytes.js';
import { invalid, P4RuntimeError } from './error.js';
import type { FieldBinding } from './schema.js';
import { decodeValue, encodeValue, type Translation } from './translation.js';

/**
 * Reads a match, one key per field in the table's order. Fields left out are "don't care", which an exact
 * field cannot be. Throws INVALID_ARGUMENT.
 */
export function decodeMatch(
  thing: string,
  fields: readonly FieldBinding[],
  match: readonly FieldMatch[],
): MatchKey[] {
  const keys: (MatchKey | undefined)[] = new Array(fields.length);
  for (const message of match) {
    const id = message.getFieldId();
    const field = fields.find((candidate) => candidate.id === id);
    if (field === undefined) {
      const known = fields.map(({ id: other, name }) => `${name} (${other})`).join(', ') || 'none';
      throw invalid(`${thing} has no key field with id ${id}; it has ${known}`);
    }
    if (keys[field.index] !== undefined) throw invalid(`${thing}: field ${field.name} is given twice`);
    keys[field.index] = decodeField(thing, field, message);
  }
  return fields.map((field) => {
    const key = keys[field.index] ?? wildcard(field);
    if (key === undefined) {
      throw invalid(
        `${thing}: field ${field.name} (id ${field.id}) is missing; an exact field must be given`,
      );
    }
    return key;
  });
}

/** Writes a match, leaving "don't care" fields out. */
export function encodeMatch(fields: readonly FieldBinding[], match: readonly MatchKey[]): FieldMatch[] {
  const messages: FieldMatch[] = [];
  fields.forEach((field, i) => {
    const key = match[i];
    if (key === undefined) return;
    const message = new FieldMatch();
    message.setFieldId(field.id);
    if (encodeField(field, key, message)) messages.push(message);
  });
  return messages;
}

/** Whether a key matches every value. */
function isWildcard(field: FieldBinding, key: MatchKey): boolean {
  if (key.kind === 'lpm') return key.prefixLength === 0;
  if (key.kind === 'ternary') return key.mask === 0n;
  return key.kind === 'range' && key.low === 0n && key.high === allOnes(field.width);
}

function wildcard(field: FieldBinding): MatchKey | undefined {
  switch (field.type) {
    case 'exact':
      return undefined;
    case 'lpm':
      return { kind: 'lpm', value: 0n, prefixLength: 0 };
    case 'ternary':
    case 'optional':
      return { kind: 'ternary', value: 0n, mask: 0n };
    case 'range':
      return { kind: 'range', low: 0n, high: allOnes(field.width) };
  }
}

function decodeField(thing: string, field: FieldBinding, message: FieldMatch): MatchKey {
  const place = (): string => `${thing}, field ${field.name}`;
  if (field.translation !== undefined && field.type !== 'exact' && field.type !== 'optional') {
    return decodeTranslated(field, field.translation, message, place);
  }
  const value = (bytes: Uint8Array): bigint => decodeValue(field, bytes, place);
  const exact = message.getExact();
  const lpm = message.getLpm();
  const ternary = message.getTernary();
  const range = message.getRange();
  const optional = message.getOptional();
  if (field.type === 'exact' && exact !== undefined)
    return { kind: 'exact', value: value(exact.getValue_asU8()) };
  if (field.type === 'optional' && optional !== undefined) {
    return { kind: 'ternary', value: value(optional.getValue_asU8()), mask: allOnes(field.width) };
  }
  if (field.type === 'lpm' && lpm !== undefined) {
    return lpmKey(place, field, value(lpm.getValue_asU8()), lpm.getPrefixLen());
  }
  if (field.type === 'ternary' && ternary !== undefined) {
    return ternaryKey(place, value(ternary.getValue_asU8()), value(ternary.getMask_asU8()));
  }
  if (field.type === 'range' && range !== undefined) {
    return rangeKey(place, field, value(range.getLow_asU8()), value(range.getHigh_asU8()));
  }
  throw invalid(`${place()} matches ${field.type}; the request gives ${kindOf(message)}`);
}

function lpmKey(place: () => string, field: FieldBinding, value: bigint, prefixLength: number): MatchKey {
  if (prefixLength === 0) throw invalid(`${place()}: leave the field out instead of giving prefix length 0`);
  if (prefixLength < 0 || prefixLength > field.width) {
    throw invalid(`${place()} takes a prefix length of 1 to ${field.width}, got ${prefixLength}`);
  }
  if ((value & allOnes(field.width - prefixLength)) !== 0n) {
    throw invalid(
      `${place()}: 0x${value.toString(16)}/${prefixLength} has bits set beyond its prefix; clear them`,
    );
  }
  return { kind: 'lpm', value, prefixLength };
}

function ternaryKey(place: () => string, value: bigint, mask: bigint): MatchKey {
  if (mask === 0n) throw invalid(`${place()}: leave the field out instead of giving mask 0`);
  if ((value & ~mask) !== 0n) {
    throw invalid(
      `${place()}: 0x${value.toString(16)} has bits set outside its mask 0x${mask.toString(16)}; clear them`,
    );
  }
  return { kind: 'ternary', value, mask };
}

function rangeKey(place: () => string, field: FieldBinding, low: bigint, high: bigint): MatchKey {
  if (low > high) throw invalid(`${place()}: the low bound ${low} is above the high bound ${high}`);
  if (low === 0n && high === allOnes(field.width)) {
    throw invalid(`${place()}: leave the field out instead of giving the range of all values`);
  }
  return { kind: 'range', low, high };
}

function kindOf(message: FieldMatch): string {
  switch (message.getFieldMatchTypeCase()) {
    case FieldMatch.FieldMatchTypeCase.EXACT:
      return 'exact';
    case FieldMatch.FieldMatchTypeCase.LPM:
      return 'lpm';
    case FieldMatch.FieldMatchTypeCase.TERNARY:
      return 'ternary';
    case FieldMatch.FieldMatchTypeCase.RANGE:
      return 'range';
    case FieldMatch.FieldMatchTypeCase.OPTIONAL:
      return 'optional';
    case FieldMatch.FieldMatchTypeCase.OTHER:
      return 'an architecture-specific match';
    default:
      return 'no match';
  }
}

/** Fills `message`; false for "don't care". */
function encodeField(field: FieldBinding, key: MatchKey, message: FieldMatch): boolean {
  const { translation } = field;
  if (
    translation !== undefined &&
    field.type !== 'optional' &&
    key.kind !== 'exact' &&
    !isWildcard(field, key)
  ) {
    encodeTranslated(field, translation, key, message);
    return true;
  }
  switch (key.kind) {
    case 'exact': {
      const exact = new FieldMatch.Exact();
      exact.setValue(encodeValue(field, key.value));
      message.setExact(exact);
      return true;
    }
    case 'lpm': {
      if (key.prefixLength === 0) return false;
      const lpm = new FieldMatch.LPM();
      lpm.setValue(encodeBytes(key.value));
      lpm.setPrefixLen(key.prefixLength);
      message.setLpm(lpm);
      return true;
    }
    case 'ternary':
      return encodeTernary(field, key.value, key.mask, message);
    case 'range': {
      if (key.low === 0n && key.high === allOnes(field.width)) return false;
      const range = new FieldMatch.Range();
      range.setLow(encodeBytes(key.low));
      range.setHigh(encodeBytes(key.high));
      message.setRange(range);
      return true;
    }
  }
}

/**
 * A translated value cannot be masked ("Translation of Match Fields"): the match is of the whole value, in the form its
 * kind has.
 */
function decodeTranslated(
  field: FieldBinding,
  translation: Translation,
  message: FieldMatch,
  place: () => string,
): MatchKey {
  const { controllerBits } = translation;
  const value = (bytes: Uint8Array): bigint => decodeValue(field, bytes, place);
  const whole = (bytes: Uint8Array): boolean =>
    controllerBits > 0 && bytesToBigint(bytes) === allOnes(controllerBits);
  const lpm = message.getLpm();
  if (field.type === 'lpm' && lpm?.getPrefixLen() === controllerBits) {
    return { kind: 'lpm', value: value(lpm.getValue_asU8()), prefixLength: field.width };
  }
  const ternary = message.getTernary();
  if (field.type === 'ternary' && ternary !== undefined && whole(ternary.getMask_asU8())) {
    return { kind: 'ternary', value: value(ternary.getValue_asU8()), mask: allOnes(field.width) };
  }
  const range = message.getRange();
  if (field.type === 'range' && range !== undefined) {
    const [low, high] = [value(range.getLow_asU8()), value(range.getHigh_asU8())];
    if (low === high) return { kind: 'range', low, high };
  }
  throw new P4RuntimeError(
    'UNIMPLEMENTED',
    `${place()} is of a translated type: match its whole value, or leave it out`,
  );
}

/** The same the other way round. */
function encodeTranslated(
  field: FieldBinding,
  translation: Translation,
  key: Exclude<MatchKey, { kind: 'exact' }>,
  message: FieldMatch,
): void {
  const value = encodeValue(field, key.kind === 'range' ? key.low : key.value);
  switch (key.kind) {
    case 'lpm': {
      const lpm = new FieldMatch.LPM();
      lpm.setValue(value);
      lpm.setPrefixLen(translation.controllerBits);
      message.setLpm(lpm);
      return;
    }
    case 'ternary': {
      const ternary = new FieldMatch.Ternary();
      ternary.setValue(value);
      ternary.setMask(encodeBytes(allOnes(translation.controllerBits)));
      message.setTernary(ternary);
      return;
    }
    case 'range': {
      const range = new FieldMatch.Range();
      range.setLow(value);
      range.setHigh(value);
      message.setRange(range);
    }
  }
}

function encodeTernary(field: FieldBinding, value: bigint, mask: bigint, message: FieldMatch): boolean {
  if (mask === 0n) return false;
  if (field.type === 'optional') {
    const optional = new FieldMatch.Optional();
    optional.setValue(encodeValue(field, value));
    message.setOptional(optional);
    return true;
  }
  const ternary = new FieldMatch.Ternary();
  ternary.setValue(encodeBytes(value));
  ternary.setMask(encodeBytes(mask));
  message.setTernary(ternary);
  return true;
}
