import { P4Data, type P4DataTypeSpec, P4StructLike, type P4TypeInfo } from 'p4runtime-js';
import { decodeBytes, decodeSigned, encodeBytes, encodeSigned } from './bytes.js';
import { invalid, P4RuntimeError } from './error.js';

/** A P4 type as far as registers and digests carry values of it: scalars, names, and structs and tuples of them. */
type Shape =
  | {
      readonly kind: 'bits';
      readonly width: number;
      readonly encoding: 'unsigned' | 'signed' | 'enumeration';
    }
  | { readonly kind: 'bool' }
  /** Numbered in the order P4Info lists them, which is p4c's. */
  | { readonly kind: 'enum' | 'error'; readonly names: readonly string[] }
  | { readonly kind: 'struct' | 'tuple'; readonly members: readonly { name: string; shape: Shape }[] }
  | { readonly kind: 'unsupported'; readonly what: string };

/** Converts between P4Data and the flat list of values the switch holds. */
export class DataType {
  private readonly thing: string;
  private readonly shape: Shape;

  constructor(thing: string, spec: P4DataTypeSpec | undefined, info: P4TypeInfo | undefined) {
    this.thing = thing;
    this.shape = spec === undefined ? { kind: 'unsupported', what: 'no type' } : shapeOf(spec, info);
  }

  /** P4Data of `values`, one per scalar in order. Throws UNIMPLEMENTED. */
  encode(values: readonly bigint[]): P4Data {
    return this.build(this.shape, values[Symbol.iterator]());
  }

  /** Scalars of `data` in order. Throws INVALID_ARGUMENT where the data is not of the type. */
  decode(data: P4Data | undefined): bigint[] {
    if (data === undefined) throw invalid(`${this.thing}: the data is missing`);
    const values: bigint[] = [];
    this.collect(this.shape, data, this.thing, values);
    return values;
  }

  private build(shape: Shape, values: Iterator<bigint>): P4Data {
    const data = new P4Data();
    switch (shape.kind) {
      case 'bits': {
        const value = next(values);
        if (shape.encoding === 'enumeration') data.setEnumValue(encodeBytes(value));
        else if (shape.encoding === 'signed') data.setBitstring(encodeSigned(value, shape.width));
        else data.setBitstring(encodeBytes(value));
        break;
      }
      case 'bool':
        data.setBool(next(values) !== 0n);
        break;
      case 'enum': {
        const value = next(values);
        data.setEnum(shape.names[Number(value)] ?? String(value));
        break;
      }
      case 'error': {
        const value = next(values);
        data.setError(shape.names[Number(value)] ?? String(value));
        break;
      }
      case 'struct':
      case 'tuple': {
        const like = new P4StructLike();
        for (const member of shape.members) like.addMembers(this.build(member.shape, values));
        if (shape.kind === 'struct') data.setStruct(like);
        else data.setTuple(like);
        break;
      }
      case 'unsupported':
        throw this.unsupported(shape.what);
    }
    return data;
  }

  private collect(shape: Shape, data: P4Data, place: string, values: bigint[]): void {
    switch (shape.kind) {
      case 'bits':
        values.push(scalar(shape.width, shape.encoding, data, place));
        break;
      case 'bool':
        if (!data.hasBool()) throw invalid(`${place} is bool; give a bool`);
        values.push(data.getBool() ? 1n : 0n);
        break;
      case 'enum':
      case 'error': {
        const index = shape.names.indexOf(shape.kind === 'enum' ? data.getEnum() : data.getError());
        if (index < 0) throw invalid(`${place} is an ${shape.kind}; give one of ${shape.names.join(', ')}`);
        values.push(BigInt(index));
        break;
      }
      case 'struct':
      case 'tuple': {
        const like = shape.kind === 'struct' ? data.getStruct() : data.getTuple();
        const members = like?.getMembersList() ?? [];
        if (members.length !== shape.members.length) {
          throw invalid(
            `${place} is a ${shape.kind} of ${shape.members.length} member(s), got ${members.length}`,
          );
        }
        shape.members.forEach((member, i) => {
          const value = members[i];
          if (value !== undefined) this.collect(member.shape, value, `${place}.${member.name}`, values);
        });
        break;
      }
      case 'unsupported':
        throw this.unsupported(shape.what);
    }
  }

  private unsupported(what: string): P4RuntimeError {
    return new P4RuntimeError(
      'UNIMPLEMENTED',
      `${this.thing} is of a type the server cannot carry (${what}); use bit<>, int<>, bool, enum, error, struct or tuple`,
    );
  }
}

function scalar(
  width: number,
  encoding: 'unsigned' | 'signed' | 'enumeration',
  data: P4Data,
  place: string,
): bigint {
  if (encoding === 'enumeration') {
    if (!data.hasEnumValue()) throw invalid(`${place} is a serializable enum; give an enum_value`);
    return decodeBytes(data.getEnumValue_asU8(), width, () => place);
  }
  if (!data.hasBitstring()) throw invalid(`${place} is ${width} bit(s); give a bitstring`);
  const decode = encoding === 'signed' ? decodeSigned : decodeBytes;
  return decode(data.getBitstring_asU8(), width, () => place);
}

function next(values: Iterator<bigint>): bigint {
  const { value, done } = values.next();
  return done === true ? 0n : value;
}

function shapeOf(spec: P4DataTypeSpec, info: P4TypeInfo | undefined): Shape {
  const bits = spec.getBitstring();
  if (bits !== undefined) {
    const signed = bits.getInt()?.getBitwidth();
    if (signed !== undefined) return { kind: 'bits', width: signed, encoding: 'signed' };
    const width = bits.getBit()?.getBitwidth();
    if (width === undefined) return { kind: 'unsupported', what: 'varbit' };
    return { kind: 'bits', width, encoding: 'unsigned' };
  }
  if (spec.hasBool()) return { kind: 'bool' };
  if (spec.hasTuple()) {
    const members = spec.getTuple()?.getMembersList() ?? [];
    return {
      kind: 'tuple',
      members: members.map((member, i) => ({ name: String(i), shape: shapeOf(member, info) })),
    };
  }
  return namedShape(spec, info);
}

function namedShape(spec: P4DataTypeSpec, info: P4TypeInfo | undefined): Shape {
  const struct = spec.getStruct()?.getName();
  if (struct !== undefined) {
    const members = info?.getStructsMap().get(struct)?.getMembersList();
    if (members === undefined) return { kind: 'unsupported', what: `struct ${struct} without type info` };
    return {
      kind: 'struct',
      members: members.map((member) => {
        const type = member.getTypeSpec();
        const shape: Shape =
          type === undefined ? { kind: 'unsupported', what: 'untyped member' } : shapeOf(type, info);
        return { name: member.getName(), shape };
      }),
    };
  }
  const enumeration = spec.getSerializableEnum()?.getName();
  if (enumeration !== undefined) {
    const type = info?.getSerializableEnumsMap().get(enumeration)?.getUnderlyingType();
    return { kind: 'bits', width: type?.getBitwidth() ?? 32, encoding: 'enumeration' };
  }
  if (spec.hasError()) return { kind: 'error', names: info?.getError()?.getMembersList() ?? [] };
  const named = spec.getEnum()?.getName();
  const members = named === undefined ? undefined : info?.getEnumsMap().get(named)?.getMembersList();
  if (members !== undefined) return { kind: 'enum', names: members.map((member) => member.getName()) };
  const alias = spec.getNewType()?.getName();
  const type = alias === undefined ? undefined : info?.getNewTypesMap().get(alias);
  const original = type?.getOriginalType();
  if (original !== undefined) return shapeOf(original, info);
  const width = type?.getTranslatedType()?.getSdnBitwidth() ?? 0;
  if (width > 0) return { kind: 'bits', width, encoding: 'unsigned' };
  if (type !== undefined) return { kind: 'unsupported', what: `type ${alias}, translated to a string` };
  return { kind: 'unsupported', what: 'header, header stack or header union' };
}
