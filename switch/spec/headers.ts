import type { Json } from './json.js';
import type { Scope } from './scope.js';
import { type FieldType, type Header, type HeaderType, type HeaderUnion, VALID } from './types.js';

/** Widest field taken; far above what any packet holds. */
const MAX_FIELD_BITS = 65_536;
/** Most bytes of a varbit field whose header type gives no `max_length`. */
const UNBOUNDED_VARBIT_BYTES = 2048;

/** Reads header types, headers, stacks, unions, union stacks and field aliases into the scope. */
export function readHeaders(root: Json, scope: Scope): void {
  for (const json of root.get('header_types').optionalItems()) {
    const type = headerType(json);
    scope.headerTypes.add(json, type.name, type, type.id);
  }
  for (const json of root.get('headers').optionalItems()) readHeader(json, scope);
  for (const json of root.get('header_stacks').optionalItems()) readHeaderStack(json, scope);
  for (const json of root.get('header_union_types').optionalItems()) {
    const name = json.get('name').string();
    const members = json
      .get('headers')
      .items()
      .map((member) => ({ name: member.at(0).string(), type: scope.headerTypes.get(member.at(1)) }));
    scope.unionTypes.add(json, name, { name, members });
  }
  for (const json of root.get('header_unions').optionalItems()) readUnion(json, scope);
  for (const json of root.get('header_union_stacks').optionalItems()) readUnionStack(json, scope);
  for (const alias of root.get('field_aliases').optionalItems())
    scope.fields.set(alias.at(0).string(), scope.field(alias.at(1)));
}

function headerType(json: Json): HeaderType {
  const name = json.get('name').string();
  const maxLength = json.get('max_length');
  const maxBytes = maxLength.absent ? 0 : maxLength.integer();
  if (maxBytes * 8 > MAX_FIELD_BITS)
    throw maxLength.unsupported(`headers of more than ${MAX_FIELD_BITS / 8} bytes`);
  const entries = json.get('fields').items();
  let fixedBits = 0;
  let varbit = -1;
  const seen = new Set<string>();
  entries.forEach((field, index) => {
    const fieldName = field.at(0).string();
    if (seen.has(fieldName)) throw field.malformed(`a second field is named ${JSON.stringify(fieldName)}`);
    seen.add(fieldName);
    const width = field.at(1);
    if (width.value === '*') {
      if (varbit >= 0) throw field.malformed('a header type may have one variable-length field only');
      varbit = index;
    } else {
      if (width.integer() > MAX_FIELD_BITS)
        throw width.unsupported(`fields of more than ${MAX_FIELD_BITS} bits`);
      fixedBits += width.integer();
    }
  });
  const varbitBits = maxBytes > 0 ? Math.max(0, maxBytes * 8 - fixedBits) : UNBOUNDED_VARBIT_BYTES * 8;
  const fields = entries.map((field): FieldType => {
    const flag = (position: number) =>
      field.items().length > position ? field.at(position).boolean() : false;
    const isVarbit = field.at(1).value === '*';
    return {
      name: field.at(0).string(),
      width: isVarbit ? varbitBits : field.at(1).integer(),
      signed: flag(2),
      saturating: flag(3),
      varbit: isVarbit,
    };
  });
  return { name, id: json.get('id').integer(), fields, fixedBits, varbit, maxBytes };
}

function readHeader(json: Json, scope: Scope): void {
  const type = scope.headerTypes.get(json.get('header_type'));
  const metadata = json.get('metadata').optionalBoolean(false);
  if (!metadata && type.fixedBits % 8 !== 0)
    throw json.malformed(
      `header type ${type.name} takes ${type.fixedBits} bits, not a whole number of bytes`,
    );
  const header: Header = {
    index: scope.headers.all.length,
    id: json.get('id').integer(),
    name: json.get('name').string(),
    type,
    metadata,
  };
  scope.headers.add(json, header.name, header, header.id);
  scope.headersById.set(header.id, header);
  type.fields.forEach((field, index) => {
    scope.fields.set(`${header.name}.${field.name}`, { header, field: index });
  });
  scope.fields.set(`${header.name}.$valid$`, { header, field: VALID });
}

function readHeaderStack(json: Json, scope: Scope): void {
  const type = scope.headerTypes.get(json.get('header_type'));
  const headers = json
    .get('header_ids')
    .items()
    .map((id) => {
      const header = scope.headerById(id);
      if (header.type !== type) throw id.malformed(`header ${header.name} is not of type ${type.name}`);
      return header;
    });
  if (headers.length === 0) throw json.get('header_ids').malformed('a stack needs at least one header');
  const name = json.get('name').string();
  const index = scope.headerStacks.all.length;
  scope.headerStacks.add(json, name, { kind: 'headerStack', index, name, type, headers });
}

function readUnion(json: Json, scope: Scope): void {
  const type = scope.unionTypes.get(json.get('union_type'));
  const ids = json.get('header_ids').items();
  if (ids.length !== type.members.length)
    throw json.get('header_ids').malformed(`union type ${type.name} has ${type.members.length} members`);
  const headers = ids.map((id, index) => {
    const header = scope.headerById(id);
    if (header.type !== type.members[index]?.type)
      throw id.malformed(`header ${header.name} is not of the member's type`);
    return header;
  });
  const name = json.get('name').string();
  const union: HeaderUnion = { index: scope.headerUnions.all.length, name, type, headers };
  scope.headerUnions.add(json, name, union);
  scope.unionsById.set(json.get('id').integer(), union);
}

function readUnionStack(json: Json, scope: Scope): void {
  const type = scope.unionTypes.get(json.get('union_type'));
  const unions = json
    .get('header_union_ids')
    .items()
    .map((id) => {
      const union = scope.unionsById.get(id.integer());
      if (union === undefined) throw id.unresolved(`there is no header union with the id ${id.integer()}`);
      return union;
    });
  if (unions.length === 0) throw json.get('header_union_ids').malformed('a stack needs at least one union');
  const name = json.get('name').string();
  const index = scope.unionStacks.all.length;
  scope.unionStacks.add(json, name, { kind: 'unionStack', index, name, type, unions });
}
