/** The protobuf JSON mapping to a Tree. */
import { JsonFormatError } from './errors.js';
import { rangeOf, suggest } from './scalars.js';
import { enumTypeOf, findMessageType, messageTypeOf } from './schema.js';
import { encodeTree, MAX_DEPTH, Tree } from './tree.js';

/** @typedef {import('./schema.js').Field} Field */
/** @typedef {import('./schema.js').MessageType} MessageType */
/** @typedef {import('./tree.js').Value} Value */

const ANY = 'google.protobuf.Any';

/** @param {unknown} value */
function describe(value) {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  return JSON.stringify(value) ?? String(value);
}

/**
 * @param {MessageType} type @param {string} text
 * @returns {Tree}
 * @throws {JsonFormatError}
 */
export function readJson(type, text) {
  let value;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new JsonFormatError('BAD_JSON', '$', 'JSON', reason, 'correct the syntax');
  }
  return readMessage(type, value, '$', 0);
}

/** @param {MessageType} type @param {unknown} value @param {string} path @param {number} depth @returns {Tree} */
function readMessage(type, value, path, depth) {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new JsonFormatError(
      'BAD_VALUE',
      path,
      `an object for ${type.name}`,
      describe(value),
      'write { ... }',
    );
  }
  if (depth > MAX_DEPTH) {
    const limit = `at most ${MAX_DEPTH} messages within each other`;
    throw new JsonFormatError('TOO_DEEP', path, limit, 'one more', 'flatten the object');
  }
  if (type.name === ANY) return readAny(type, value, path, depth);
  const tree = new Tree(type);
  for (const [key, inner] of Object.entries(value)) {
    const field = type.byJson.get(key) ?? type.byName.get(key);
    const here = `${path}.${key}`;
    if (field === undefined) {
      const remedy = `${type.name}: ${suggest(key, type.byJson.keys())}`;
      throw new JsonFormatError(
        'UNKNOWN_FIELD',
        here,
        `a field of ${type.name}`,
        JSON.stringify(key),
        remedy,
      );
    }
    if (inner === null) continue;
    const other = tree.values.has(field.number) ? field : field.oneof && tree.chosen(field.oneof);
    if (other) {
      const remedy = `it excludes ${other.name}, which is set already; remove one`;
      throw new JsonFormatError('DUPLICATE_FIELD', here, 'one of the two at most', 'both', remedy);
    }
    if (field.repeated) readRepeated(tree, field, inner, here, depth);
    else tree.add(field, readValue(field, inner, here, depth));
  }
  return tree;
}

/** Lists, and maps as objects. @param {Tree} tree @param {Field} field @param {unknown} value @param {string} path @param {number} depth */
function readRepeated(tree, field, value, path, depth) {
  const entryType = field.type === 'message' ? messageTypeOf(field) : undefined;
  if (entryType?.mapEntry) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new JsonFormatError(
        'BAD_VALUE',
        path,
        'an object (a map)',
        describe(value),
        'write { KEY: VALUE }',
      );
    }
    for (const [key, inner] of Object.entries(value)) {
      tree.add(
        field,
        readMessage(entryType, { key, value: inner }, `${path}[${JSON.stringify(key)}]`, depth + 1),
      );
    }
    return;
  }
  if (!Array.isArray(value)) {
    throw new JsonFormatError('BAD_VALUE', path, 'a list', describe(value), 'write [ ... ]');
  }
  value.forEach((inner, index) => {
    tree.add(field, readValue(field, inner, `${path}[${index}]`, depth));
  });
}

/** @param {Field} field @param {unknown} value @param {string} path @param {number} depth @returns {Value} */
function readValue(field, value, path, depth) {
  switch (field.type) {
    case 'message':
      return readMessage(messageTypeOf(field), value, path, depth + 1);
    case 'string':
      if (typeof value === 'string') return value;
      throw new JsonFormatError('BAD_VALUE', path, 'a string', describe(value), 'quote it');
    case 'bytes':
      return readBytes(value, path);
    case 'bool':
      if (typeof value === 'boolean') return value;
      throw new JsonFormatError('BAD_VALUE', path, 'true or false', describe(value), 'write true or false');
    case 'enum':
      if (typeof value === 'string') return readEnum(field, value, path);
      return readInteger(field, value, path);
    default:
      return readInteger(field, value, path);
  }
}

/** Standard or URL-safe base64, padded or not. @param {unknown} value @param {string} path */
function readBytes(value, path) {
  const text = typeof value === 'string' ? value : '*';
  const plain = text.replace(/=+$/, '');
  if (!/^[A-Za-z0-9+/_-]*$/.test(plain) || plain.length % 4 === 1) {
    throw new JsonFormatError('BAD_VALUE', path, 'bytes in base64', describe(value), 'encode them in base64');
  }
  return Uint8Array.from(Buffer.from(plain, 'base64'));
}

/** @param {Field} field @param {string} value @param {string} path */
function readEnum(field, value, path) {
  const type = enumTypeOf(field);
  const number = type.byName.get(value);
  if (number === undefined) {
    const remedy = `${type.name}: ${suggest(value, type.byName.keys())}`;
    throw new JsonFormatError('BAD_VALUE', path, `a value of ${type.name}`, describe(value), remedy);
  }
  return BigInt(number);
}

/** A number, or its digits in a string as 64-bit integers are written. @param {Field} field @param {unknown} value @param {string} path */
function readInteger(field, value, path) {
  const integral =
    typeof value === 'number'
      ? Number.isSafeInteger(value)
      : typeof value === 'string' && /^-?\d+$/.test(value);
  if (!integral) {
    const remedy = 'write digits only, and integers beyond 2^53 within quotes';
    throw new JsonFormatError('BAD_VALUE', path, 'an integer', describe(value), remedy);
  }
  const number = BigInt(/** @type {number | string} */ (value));
  const [low, high] = rangeOf(field);
  if (number < low || number > high) {
    const reason = field.inexact ? 'larger ones cannot be kept exactly' : `the field is ${field.type}`;
    throw new JsonFormatError('OUT_OF_RANGE', path, `an integer from ${low} to ${high}`, `${number}`, reason);
  }
  return number;
}

/** `{"@type": "type.googleapis.com/full.Name", ...fields}`. @param {MessageType} type @param {object} value @param {string} path @param {number} depth */
function readAny(type, value, path, depth) {
  const tree = new Tree(type);
  const { '@type': url, ...fields } = /** @type {Record<string, unknown>} */ (value);
  if (url === undefined && Object.keys(fields).length === 0) return tree;
  const inner = typeof url === 'string' ? findMessageType(url.slice(url.lastIndexOf('/') + 1)) : undefined;
  const [urlField, valueField] = type.fields;
  if (typeof url !== 'string' || inner === undefined || urlField === undefined || valueField === undefined) {
    const remedy = 'only messages of this package can be read within an Any';
    throw new JsonFormatError(
      'UNKNOWN_TYPE',
      `${path}["@type"]`,
      'a known message type',
      describe(url),
      remedy,
    );
  }
  const special = inner.name === ANY ? fields.value : fields;
  tree.add(urlField, url);
  tree.add(valueField, encodeTree(readMessage(inner, special, path, depth + 1)));
  return tree;
}
