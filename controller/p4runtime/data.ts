import { P4Data, P4DataTypeSpec, P4StructLike, type P4TypeInfo } from 'p4runtime-js';
import { P4RuntimeError } from './errors.js';
import { suggestion } from './names.js';
import { bytesToBigint, canonical, encodeValue, type Value } from './values.js';

/** A register cell or a digest sample: an integer, a struct by field names, a tuple, a bool, or a name. */
export type DataValue = bigint | boolean | string | DataValue[] | { readonly [field: string]: DataValue };

/** What encodeData takes: wherever an integer stands, anything encodeValue takes. */
export type DataInput = Value | boolean | readonly DataInput[] | { readonly [field: string]: DataInput };

const { TypeSpecCase } = P4DataTypeSpec;

/** Decodes P4Data of a type. Throws P4RuntimeError BAD_ENTITY where data and type differ. */
export function decodeData(data: P4Data, type: P4DataTypeSpec, types: P4TypeInfo, name: string): DataValue {
  switch (type.getTypeSpecCase()) {
    case TypeSpecCase.BITSTRING:
      return bytesToBigint(data.getBitstring_asU8());
    case TypeSpecCase.BOOL:
      return data.getBool();
    case TypeSpecCase.SERIALIZABLE_ENUM:
      return data.hasEnumValue() ? bytesToBigint(data.getEnumValue_asU8()) : data.getEnum();
    case TypeSpecCase.ENUM:
      return data.getEnum();
    case TypeSpecCase.ERROR:
      return data.getError();
    case TypeSpecCase.NEW_TYPE:
      return decodeData(data, originalType(type, types, name), types, name);
    case TypeSpecCase.TUPLE: {
      const members = type.getTuple()?.getMembersList() ?? [];
      const values = structMembers(data.getTuple(), members.length, name);
      return members.map((member, i) =>
        decodeData(values[i] ?? new P4Data(), member, types, `${name}[${i}]`),
      );
    }
    case TypeSpecCase.STRUCT: {
      const members = fieldsOf(type, types, name);
      const values = structMembers(data.getStruct(), members.length, name);
      const result: Record<string, DataValue> = {};
      members.forEach(({ field, spec }, i) => {
        result[field] = decodeData(values[i] ?? new P4Data(), spec, types, `${name}.${field}`);
      });
      return result;
    }
    default:
      throw unsupported(type, name);
  }
}

/** Encodes a value as P4Data of a type. Throws P4RuntimeError BAD_VALUE or BAD_ENTITY. */
export function encodeData(value: DataInput, type: P4DataTypeSpec, types: P4TypeInfo, name: string): P4Data {
  const data = new P4Data();
  switch (type.getTypeSpecCase()) {
    case TypeSpecCase.BITSTRING:
      data.setBitstring(encodeValue(scalar(value, name), { name, width: bitstringWidth(type) }));
      return data;
    case TypeSpecCase.BOOL:
      if (typeof value !== 'boolean') throw mismatch(name, 'true or false');
      data.setBool(value);
      return data;
    case TypeSpecCase.ENUM:
      if (typeof value !== 'string') throw mismatch(name, 'the name of a member of its enum');
      data.setEnum(value);
      return data;
    case TypeSpecCase.ERROR:
      if (typeof value !== 'string') throw mismatch(name, 'the name of an error');
      data.setError(value);
      return data;
    case TypeSpecCase.SERIALIZABLE_ENUM:
      data.setEnumValue(encodeEnum(scalar(value, name), type, types, name));
      return data;
    case TypeSpecCase.NEW_TYPE:
      return encodeData(value, originalType(type, types, name), types, name);
    case TypeSpecCase.TUPLE: {
      const members = type.getTuple()?.getMembersList() ?? [];
      if (!Array.isArray(value) || value.length !== members.length) {
        throw mismatch(name, `a list of ${members.length}`);
      }
      const tuple = new P4StructLike();
      members.forEach((member, i) => {
        tuple.addMembers(encodeData(value[i] ?? 0, member, types, `${name}[${i}]`));
      });
      data.setTuple(tuple);
      return data;
    }
    case TypeSpecCase.STRUCT: {
      const struct = new P4StructLike();
      const fields = fieldsOf(type, types, name);
      const known = fields.map(({ field }) => field);
      const isObject = typeof value === 'object' && !(value instanceof Uint8Array) && !Array.isArray(value);
      const extra = isObject ? Object.keys(value).find((field) => !known.includes(field)) : undefined;
      if (extra !== undefined)
        throw new P4RuntimeError(
          'UNKNOWN_NAME',
          `${name} has no field '${extra}'${suggestion(extra, known)}`,
        );
      for (const { field, spec } of fields) {
        const part = fieldOf(value, field);
        if (part === undefined) throw mismatch(name, `an object with a field '${field}'`);
        struct.addMembers(encodeData(part, spec, types, `${name}.${field}`));
      }
      data.setStruct(struct);
      return data;
    }
    default:
      throw unsupported(type, name);
  }
}

/** By the member's name, or its value. */
function encodeEnum(value: Value, type: P4DataTypeSpec, types: P4TypeInfo, name: string): Uint8Array {
  const spec = types.getSerializableEnumsMap().get(type.getSerializableEnum()?.getName() ?? '');
  const width = spec?.getUnderlyingType()?.getBitwidth() ?? 0;
  const members = spec?.getMembersList() ?? [];
  const named = members.find((member) => member.getName() === value);
  return named === undefined ? encodeValue(value, { name, width }) : canonical(named.getValue_asU8());
}

function fieldOf(value: DataInput, field: string): DataInput | undefined {
  if (typeof value !== 'object' || value instanceof Uint8Array || Array.isArray(value)) return undefined;
  return (value as { readonly [name: string]: DataInput })[field];
}

function scalar(value: DataInput, name: string): Value {
  if (typeof value === 'boolean' || (typeof value === 'object' && !(value instanceof Uint8Array))) {
    throw mismatch(name, 'an integer');
  }
  return value;
}

function bitstringWidth(type: P4DataTypeSpec): number {
  const spec = type.getBitstring();
  return (
    spec?.getBit()?.getBitwidth() ?? spec?.getInt()?.getBitwidth() ?? spec?.getVarbit()?.getMaxBitwidth() ?? 0
  );
}

function fieldsOf(
  type: P4DataTypeSpec,
  types: P4TypeInfo,
  name: string,
): { field: string; spec: P4DataTypeSpec }[] {
  const struct = type.getStruct()?.getName() ?? '';
  const spec = types.getStructsMap().get(struct);
  if (spec === undefined)
    throw new P4RuntimeError('UNKNOWN_NAME', `${name}: no struct '${struct}' in the P4Info`);
  return spec.getMembersList().map((member) => {
    const memberType = member.getTypeSpec();
    if (memberType === undefined) throw unsupported(type, name);
    return { field: member.getName(), spec: memberType };
  });
}

function originalType(type: P4DataTypeSpec, types: P4TypeInfo, name: string): P4DataTypeSpec {
  const alias = type.getNewType()?.getName() ?? '';
  const original = types.getNewTypesMap().get(alias)?.getOriginalType();
  if (original === undefined) {
    throw new P4RuntimeError(
      'BAD_ENTITY',
      `${name}: type '${alias}' is translated; that is not supported in data`,
    );
  }
  return original;
}

function structMembers(data: P4StructLike | undefined, count: number, name: string): P4Data[] {
  const members = data?.getMembersList() ?? [];
  if (members.length === count) return members;
  throw new P4RuntimeError('BAD_ENTITY', `${name}: ${members.length} members arrived, its type has ${count}`);
}

function mismatch(name: string, wanted: string): P4RuntimeError {
  return new P4RuntimeError('BAD_VALUE', `${name} must be ${wanted}`);
}

function unsupported(type: P4DataTypeSpec, name: string): P4RuntimeError {
  return new P4RuntimeError(
    'BAD_ENTITY',
    `${name} has a type (P4DataTypeSpec case ${type.getTypeSpecCase()}) that is not supported; ` +
      'bit strings, bools, enums, structs and tuples are',
  );
}
