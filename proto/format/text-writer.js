/** A Tree to protobuf text format, laid out as the C++ library does. */
import { enumTypeOf, findMessageType } from './schema.js';
import { decodeTree, encodeTree, Tree } from './tree.js';

/** @typedef {import('./schema.js').Field} Field */
/** @typedef {import('./tree.js').Value} Value */

const ANY = 'google.protobuf.Any';
const utf8 = new TextEncoder();

/** @type {ReadonlyMap<number, string>} */
const ESCAPES = new Map([
  [10, '\\n'],
  [13, '\\r'],
  [9, '\\t'],
  [34, '\\"'],
  [39, "\\'"],
  [92, '\\\\'],
]);

/** Printable ASCII as it is, the rest in octal, so that any bytes survive. @param {Uint8Array} bytes */
function quote(bytes) {
  let out = '"';
  for (const byte of bytes) {
    const printable = byte >= 0x20 && byte < 0x7f;
    out +=
      ESCAPES.get(byte) ?? (printable ? String.fromCharCode(byte) : `\\${byte.toString(8).padStart(3, '0')}`);
  }
  return `${out}"`;
}

/** @param {Field} field @param {Value} value */
function scalar(field, value) {
  if (typeof value === 'string') return quote(utf8.encode(value));
  if (value instanceof Uint8Array) return quote(value);
  if (field.type === 'enum') return enumTypeOf(field).byNumber.get(Number(value)) ?? String(value);
  return String(value);
}

/** The message within an Any, where showing it loses nothing. @param {Tree} any */
function unpack(any) {
  const [urlField, valueField] = any.type.fields;
  if (urlField === undefined || valueField === undefined) return undefined;
  const url = any.list(urlField)[0] ?? '';
  const bytes = any.list(valueField)[0] ?? new Uint8Array();
  if (typeof url !== 'string' || !(bytes instanceof Uint8Array)) return undefined;
  if (!/^[\w.-]+\/[\w.]+$/.test(url)) return undefined;
  const type = findMessageType(url.slice(url.indexOf('/') + 1));
  if (type === undefined) return undefined;
  try {
    const message = decodeTree(type, bytes);
    return Buffer.compare(encodeTree(message), bytes) === 0 ? { url, message } : undefined;
  } catch {
    return undefined;
  }
}

/** @param {Tree} tree @param {string} indent @param {string[]} lines */
function writeFields(tree, indent, lines) {
  const packed = tree.type.name === ANY ? unpack(tree) : undefined;
  if (packed !== undefined) {
    lines.push(`${indent}[${packed.url}] {`);
    writeFields(packed.message, `${indent}  `, lines);
    lines.push(`${indent}}`);
    return;
  }
  for (const field of tree.type.fields) {
    for (const value of tree.list(field)) {
      if (value instanceof Tree) {
        lines.push(`${indent}${field.name} {`);
        writeFields(value, `${indent}  `, lines);
        lines.push(`${indent}}`);
      } else {
        lines.push(`${indent}${field.name}: ${scalar(field, value)}`);
      }
    }
  }
}

/** @param {Tree} tree @returns {string} ends in a line break unless empty */
export function writeText(tree) {
  /** @type {string[]} */
  const lines = [];
  writeFields(tree, '', lines);
  return lines.map((line) => `${line}\n`).join('');
}
