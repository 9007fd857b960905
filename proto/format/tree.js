/**
 * The form text and JSON are read into and written from: a message as its type
 * and its fields' values, and the way from there to the wire and back. Going
 * through the wire keeps the codecs independent of the generated setters and
 * every integer exact.
 */
import { BinaryFormatError } from './errors.js';
import { messageTypeOf } from './schema.js';
import { DELIMITED, VARINT, WireReader, WireWriter } from './wire.js';

/** @typedef {import('./schema.js').Field} Field */
/** @typedef {import('./schema.js').MessageType} MessageType */
/** @typedef {bigint | boolean | string | Uint8Array | Tree} Value integers and enums are bigint */

/** Messages within messages; as deep as other implementations read by default. */
export const MAX_DEPTH = 100;

export class Tree {
  /** @param {MessageType} type */
  constructor(type) {
    this.type = type;
    /** @type {Map<number, Value[]>} by field number */
    this.values = new Map();
  }

  /** Appends to a repeated field, sets another. @param {Field} field @param {Value} value */
  add(field, value) {
    const list = this.values.get(field.number);
    if (list !== undefined && field.repeated) list.push(value);
    else this.values.set(field.number, [value]);
  }

  /** All values of a field, none where it is absent. @param {Field} field @returns {readonly Value[]} */
  list(field) {
    return this.values.get(field.number) ?? [];
  }

  /** The field of `oneof` that is set. @param {string} oneof @returns {Field | undefined} */
  chosen(oneof) {
    return this.type.fields.find((field) => field.oneof === oneof && this.values.has(field.number));
  }
}

/** @param {Field} field */
function isVarint(field) {
  return field.type !== 'message' && field.type !== 'bytes' && field.type !== 'string';
}

/** Proto3 leaves defaults off the wire unless presence is tracked. @param {Value} value */
function isDefault(value) {
  return value instanceof Uint8Array ? value.length === 0 : value === 0n || value === false || value === '';
}

const utf8 = new TextEncoder();

/** @param {WireWriter} writer @param {Field} field @param {Value} value */
function writeValue(writer, field, value) {
  if (typeof value === 'bigint' || typeof value === 'boolean') {
    writer.tag(field.number, VARINT);
    writer.varint(BigInt(value));
    return;
  }
  writer.tag(field.number, DELIMITED);
  if (value instanceof Tree) writer.delimited(encodeTree(value));
  else writer.delimited(typeof value === 'string' ? utf8.encode(value) : value);
}

/** Wire bytes, fields by number. @param {Tree} tree @returns {Uint8Array} */
export function encodeTree(tree) {
  const writer = new WireWriter();
  for (const field of tree.type.fields) {
    const list = tree.list(field);
    if (list.length === 0) continue;
    if (field.repeated && isVarint(field)) {
      const packed = new WireWriter();
      for (const value of list) packed.varint(BigInt(/** @type {bigint | boolean} */ (value)));
      writer.tag(field.number, DELIMITED);
      writer.delimited(packed.finish());
      continue;
    }
    // Map entries carry key and value even where they are defaults.
    const explicit = field.repeated || field.oneof !== undefined || tree.type.mapEntry;
    for (const value of list) {
      if (explicit || value instanceof Tree || !isDefault(value)) writeValue(writer, field, value);
    }
  }
  return writer.finish();
}

/** @param {WireReader} reader @param {Field} field @returns {bigint | boolean} */
function readVarint(reader, field) {
  const value = reader.varint();
  switch (field.type) {
    case 'bool':
      return value !== 0n;
    case 'uint64':
      return value;
    case 'uint32':
      return BigInt.asUintN(32, value);
    case 'int64':
      return BigInt.asIntN(64, value);
    default:
      return BigInt.asIntN(32, value);
  }
}

/** @param {WireReader} reader @param {Field} field @param {number} depth @returns {Value} */
function readDelimited(reader, field, depth) {
  if (field.type === 'string') return reader.string();
  const bytes = reader.delimited();
  return field.type === 'message' ? decodeTree(messageTypeOf(field), bytes, depth + 1) : bytes;
}

/**
 * Unknown fields are skipped. A oneof keeps its last field.
 *
 * @param {MessageType} type @param {Uint8Array} bytes @param {number} [depth]
 * @returns {Tree} bytes values are views of `bytes`
 * @throws {BinaryFormatError} where the bytes are no such message
 */
export function decodeTree(type, bytes, depth = 0) {
  if (depth > MAX_DEPTH) {
    throw new BinaryFormatError(
      'TOO_DEEP',
      `${type.name}: more than ${MAX_DEPTH} messages within each other`,
    );
  }
  const tree = new Tree(type);
  const reader = new WireReader(bytes);
  while (!reader.done) {
    const { field: number, wireType } = reader.tag();
    const field = type.byNumber.get(number);
    if (field === undefined) {
      reader.skip(wireType);
      continue;
    }
    if (field.oneof !== undefined) {
      const other = tree.chosen(field.oneof);
      if (other !== undefined) tree.values.delete(other.number);
    }
    if (isVarint(field) && wireType === VARINT) {
      tree.add(field, readVarint(reader, field));
    } else if (isVarint(field) && field.repeated && wireType === DELIMITED) {
      const packed = new WireReader(reader.delimited());
      while (!packed.done) tree.add(field, readVarint(packed, field));
    } else if (!isVarint(field) && wireType === DELIMITED) {
      tree.add(field, readDelimited(reader, field, depth));
    } else {
      throw new BinaryFormatError(
        'MALFORMED',
        `${type.name}.${field.name}: wire type ${wireType} does not fit`,
      );
    }
  }
  return tree;
}
