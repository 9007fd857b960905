import { ValueSetEntry, ValueSetMember } from 'p4runtime-js';
import type { Schema } from '../schema.js';
import { decodeMatch, encodeMatch, type MatchInput, type MatchOutput } from './match.js';

/** All members of a parser value set; a write (modify) replaces them. */
export interface ValueSet<M = MatchInput> {
  readonly kind: 'value-set';
  readonly valueSet?: string | number;
  readonly members?: readonly Readonly<Record<string, M>>[];
}

export type DecodedValueSet = ValueSet<MatchOutput> & { readonly valueSet: string };

export function encodeValueSet(schema: Schema, entity: ValueSet): ValueSetEntry {
  const message = new ValueSetEntry();
  if (entity.valueSet === undefined) return message;
  const info = schema.valueSets.get(entity.valueSet);
  message.setValueSetId(info.id);
  for (const match of entity.members ?? []) {
    const member = new ValueSetMember();
    member.setMatchList(encodeMatch(info.fields, match, `value set ${info.name}`));
    message.addMembers(member);
  }
  return message;
}

export function decodeValueSet(schema: Schema, message: ValueSetEntry): DecodedValueSet {
  const info = schema.valueSets.get(message.getValueSetId());
  return {
    kind: 'value-set',
    valueSet: info.name,
    members: message
      .getMembersList()
      .map((member) => decodeMatch(info.fields, member.getMatchList(), `value set ${info.name}`)),
  };
}
