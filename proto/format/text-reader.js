/** Protobuf text format to a Tree. */
import { TextFormatError } from './errors.js';
import { Lexer } from './lexer.js';
import { rangeOf, suggest } from './scalars.js';
import { enumTypeOf, findMessageType, messageTypeOf } from './schema.js';
import { encodeTree, MAX_DEPTH, Tree } from './tree.js';

/** @typedef {import('./schema.js').Field} Field */
/** @typedef {import('./schema.js').MessageType} MessageType */
/** @typedef {import('./lexer.js').Token} Token */
/** @typedef {import('./tree.js').Value} Value */

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const ANY = 'google.protobuf.Any';

/**
 * @param {MessageType} type @param {string} text
 * @returns {Tree}
 * @throws {TextFormatError}
 */
export function readText(type, text) {
  return new TextReader(text).message(type);
}

class TextReader {
  #lexer;
  /** @type {Token} */
  #token;

  /** @param {string} text */
  constructor(text) {
    this.#lexer = new Lexer(text);
    this.#token = this.#lexer.next();
  }

  /** @param {MessageType} type */
  message(type) {
    return this.#fields(type, 'end', 0);
  }

  #advance() {
    const token = this.#token;
    this.#token = this.#lexer.next();
    return token;
  }

  /** @param {string} symbol */
  #is(symbol) {
    return this.#token.kind === 'symbol' && this.#token.text === symbol;
  }

  /** @param {string} symbol */
  #accept(symbol) {
    if (!this.#is(symbol)) return false;
    this.#advance();
    return true;
  }

  /** @param {string} symbol @param {string} remedy */
  #expect(symbol, remedy) {
    if (!this.#accept(symbol)) throw this.#unexpected(`'${symbol}'`, remedy);
  }

  /** @param {string} expected @param {string} remedy @param {string} [code] @param {Token} [token] */
  #unexpected(expected, remedy, code = 'UNEXPECTED_TOKEN', token = this.#token) {
    const found = token.kind === 'end' || token.kind === 'string' ? token.text : `'${token.text}'`;
    return new TextFormatError(code, token, expected, found, remedy);
  }

  /** @param {MessageType} type @param {string} close '}', '>' or 'end' @param {number} depth @returns {Tree} */
  #fields(type, close, depth) {
    if (depth > MAX_DEPTH) {
      throw this.#unexpected(
        `at most ${MAX_DEPTH} messages within each other`,
        'flatten the text',
        'TOO_DEEP',
      );
    }
    const tree = new Tree(type);
    for (;;) {
      if (close === 'end' ? this.#token.kind === 'end' : this.#accept(close)) return tree;
      if (type.name === ANY && this.#is('[')) this.#expandedAny(tree, depth);
      else this.#field(tree, close, depth);
      if (!this.#accept(',')) this.#accept(';');
    }
  }

  /** @param {Tree} tree @param {string} close @param {number} depth */
  #field(tree, close, depth) {
    const type = tree.type;
    if (this.#token.kind !== 'name') {
      const end = close === 'end' ? 'the end of the text' : `'${close}'`;
      throw this.#unexpected(
        `a field of ${type.name} or ${end}`,
        'check the brackets and separators before it',
      );
    }
    const name = this.#advance();
    const field = type.byName.get(name.text);
    if (field === undefined) {
      const remedy = `${type.name}: ${suggest(name.text, type.byName.keys())}`;
      throw this.#unexpected(`a field of ${type.name}`, remedy, 'UNKNOWN_FIELD', name);
    }
    this.#checkSingle(tree, field, name);
    const colon = this.#accept(':');
    if (field.type !== 'message' && !colon) {
      throw this.#unexpected(`':' after ${field.name}`, `write ${field.name}: VALUE`);
    }
    if (field.repeated && this.#accept('[')) {
      if (this.#accept(']')) return;
      do tree.add(field, this.#value(field, depth));
      while (this.#accept(','));
      this.#expect(']', 'separate the values with commas and close the list');
      return;
    }
    tree.add(field, this.#value(field, depth));
  }

  /** @param {Tree} tree @param {Field} field @param {Token} name */
  #checkSingle(tree, field, name) {
    if (!field.repeated && tree.values.has(field.number)) {
      throw this.#unexpected(`one ${field.name} at most`, 'remove one of them', 'DUPLICATE_FIELD', name);
    }
    const other = field.oneof === undefined ? undefined : tree.chosen(field.oneof);
    if (other !== undefined) {
      const remedy = `${other.name} is set already and the two exclude each other; remove one`;
      throw this.#unexpected(`one field of ${field.oneof} at most`, remedy, 'DUPLICATE_FIELD', name);
    }
  }

  /** @param {Field} field @param {number} depth @returns {Value} */
  #value(field, depth) {
    switch (field.type) {
      case 'message':
        return this.#braced(messageTypeOf(field), field.name, depth);
      case 'string':
        return this.#string(field);
      case 'bytes':
        return this.#bytes(field);
      case 'bool':
        return this.#bool(field);
      case 'enum':
        return this.#enum(field);
      default:
        return this.#integer(field);
    }
  }

  /** @param {MessageType} type @param {string} name @param {number} depth */
  #braced(type, name, depth) {
    if (this.#accept('{')) return this.#fields(type, '}', depth + 1);
    if (this.#accept('<')) return this.#fields(type, '>', depth + 1);
    throw this.#unexpected(`'{' to open ${name}`, `write ${name} { ... }`);
  }

  /** @param {Field} field */
  #bytes(field) {
    if (this.#token.kind !== 'string') {
      throw this.#unexpected(`a quoted string for ${field.name}`, 'put the value within double quotes');
    }
    const parts = [];
    while (this.#token.kind === 'string') parts.push(this.#advance().bytes ?? new Uint8Array());
    const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  }

  /** @param {Field} field */
  #string(field) {
    const token = this.#token;
    try {
      return utf8.decode(this.#bytes(field));
    } catch (cause) {
      if (cause instanceof TextFormatError) throw cause;
      throw this.#unexpected(`UTF-8 for ${field.name}`, 'escape whole characters only', 'BAD_UTF8', token);
    }
  }

  /** @param {Field} field */
  #bool(field) {
    const token = this.#token;
    if (token.kind === 'name' || token.kind === 'integer') {
      if (['true', 'True', 't', '1'].includes(token.text)) return this.#advance() === token;
      if (['false', 'False', 'f', '0'].includes(token.text)) return this.#advance() !== token;
    }
    throw this.#unexpected(`true or false for ${field.name}`, 'write true or false', 'BAD_VALUE');
  }

  /** @param {Field} field */
  #enum(field) {
    if (this.#token.kind === 'integer' || this.#is('-')) return this.#integer(field);
    const type = enumTypeOf(field);
    const value = this.#token.kind === 'name' ? type.byName.get(this.#token.text) : undefined;
    if (value === undefined) {
      const remedy = `${type.name}: ${suggest(this.#token.text, type.byName.keys())}`;
      throw this.#unexpected(`a value of ${type.name} for ${field.name}`, remedy, 'BAD_VALUE');
    }
    this.#advance();
    return BigInt(value);
  }

  /** @param {Field} field @returns {bigint} */
  #integer(field) {
    const start = this.#token;
    const negative = this.#accept('-');
    const token = this.#token;
    const digits = /^0[0-7]+$/.test(token.text) ? `0o${token.text.slice(1)}` : token.text;
    if (token.kind !== 'integer' || /^0[0-9]/.test(digits)) {
      throw this.#unexpected(`an integer for ${field.name}`, 'write it in decimal, 0x or octal', 'BAD_VALUE');
    }
    const value = negative ? -BigInt(digits) : BigInt(digits);
    const [low, high] = rangeOf(field);
    if (value < low || value > high) {
      const found = { ...token, text: `${value}`, line: start.line, column: start.column };
      const reason = field.inexact ? 'larger ones cannot be kept exactly' : `the field is ${field.type}`;
      throw this.#unexpected(`${field.name} from ${low} to ${high}`, reason, 'OUT_OF_RANGE', found);
    }
    this.#advance();
    return value;
  }

  /** `[type.googleapis.com/full.Name] { ... }` within an Any. @param {Tree} tree @param {number} depth */
  #expandedAny(tree, depth) {
    const open = this.#advance();
    const remedy = 'write [type.googleapis.com/full.MessageName] { ... }';
    let url = '';
    while (!this.#is(']')) {
      const { kind } = this.#token;
      const part = kind === 'name' || kind === 'integer' || this.#is('.') || this.#is('/') || this.#is('-');
      if (!part) throw this.#unexpected("a type name and ']'", remedy);
      url += this.#advance().text;
    }
    this.#advance();
    this.#accept(':');
    const name = url.slice(url.lastIndexOf('/') + 1);
    const type = url.includes('/') ? findMessageType(name) : undefined;
    if (type === undefined) {
      const token = { ...open, text: url };
      const other = 'only messages of this package are known; give type_url and value instead';
      throw this.#unexpected(
        'a known message type',
        url.includes('/') ? other : remedy,
        'UNKNOWN_TYPE',
        token,
      );
    }
    for (const [fieldName, value] of Object.entries({
      type_url: url,
      value: encodeTree(this.#braced(type, url, depth)),
    })) {
      const field = tree.type.byName.get(fieldName);
      if (field === undefined) continue;
      this.#checkSingle(tree, field, open);
      tree.add(field, value);
    }
  }
}
