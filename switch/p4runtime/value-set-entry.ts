import { Entity, ValueSetMember as MemberMessage, ValueSetEntry } from 'p4runtime-js';
import { allOnes, type MatchKey, type ValueSetMember } from '../runtime/index.js';
import type { EntityContext, Undo, UpdateType } from './entity.js';
import { P4RuntimeError } from './error.js';
import { onlyModify } from './indexed-entry.js';
import { decodeMatch, encodeMatch } from './match.js';
import { found, type ValueSetBinding } from './schema.js';

/** Replaces the members of a parser value set. */
export function writeValueSet(context: EntityContext, type: UpdateType, message: ValueSetEntry): Undo {
  const binding = found(context.schema.valueSets, message.getValueSetId(), 'value set');
  const thing = `value set ${binding.name}`;
  onlyModify(type, thing);
  const given = message.getMembersList();
  if (binding.size > 0 && given.length > binding.size) {
    throw new P4RuntimeError(
      'RESOURCE_EXHAUSTED',
      `${thing} takes ${binding.size} member(s), got ${given.length}`,
    );
  }
  const members = given.map((member) => decodeMember(thing, binding, member));
  const names = members.map(({ values, masks }) => `${values.join()}/${masks?.join()}`);
  const twice = names.findIndex((name, i) => names.indexOf(name) !== i);
  if (twice >= 0)
    throw new P4RuntimeError('ALREADY_EXISTS', `${thing}: member ${twice + 1} is there already`);
  const before = binding.object.members;
  binding.object.setMembers(members);
  return () => binding.object.setMembers(before);
}

export function* readValueSets(context: EntityContext, filter: ValueSetEntry): Generator<Entity> {
  const { valueSets } = context.schema;
  const id = filter.getValueSetId();
  for (const binding of id === 0 ? valueSets.values() : [found(valueSets, id, 'value set')]) {
    const entry = new ValueSetEntry();
    entry.setValueSetId(binding.id);
    for (const member of binding.object.members) entry.addMembers(encodeMember(binding, member));
    const entity = new Entity();
    entity.setValueSetEntry(entry);
    yield entity;
  }
}

function decodeMember(thing: string, binding: ValueSetBinding, message: MemberMessage): ValueSetMember {
  const keys = decodeMatch(thing, binding.fields, message.getMatchList());
  const pairs = keys.map((key, i) => maskedKey(thing, key, binding.fields[i]?.width ?? 0));
  return { values: pairs.map(([value]) => value), masks: pairs.map(([, mask]) => mask) };
}

function maskedKey(thing: string, key: MatchKey, width: number): readonly [bigint, bigint] {
  switch (key.kind) {
    case 'exact':
      return [key.value, allOnes(width)];
    case 'ternary':
      return [key.value, key.mask];
    case 'lpm':
      return [key.value, allOnes(key.prefixLength) << BigInt(width - key.prefixLength)];
    case 'range':
      throw new P4RuntimeError('UNIMPLEMENTED', `${thing}: the parser matches values and masks, no ranges`);
  }
}

function encodeMember(binding: ValueSetBinding, member: ValueSetMember): MemberMessage {
  const message = new MemberMessage();
  const keys = binding.fields.map((field, i): MatchKey => {
    const value = member.values[i] ?? 0n;
    const mask = member.masks?.[i] ?? allOnes(field.width);
    switch (field.type) {
      case 'exact':
        return { kind: 'exact', value };
      case 'lpm':
        return { kind: 'lpm', value, prefixLength: mask.toString(2).replaceAll('0', '').length };
      default:
        return { kind: 'ternary', value, mask };
    }
  });
  message.setMatchList(encodeMatch(binding.fields, keys));
  return message;
}
