/** Tokens of the protobuf text format. */
import { TextFormatError } from './errors.js';

/**
 * @typedef {object} Token
 * @property {'name' | 'integer' | 'float' | 'string' | 'symbol' | 'end'} kind
 * @property {string} text as it stands in the input
 * @property {Uint8Array} [bytes] of a string: what it stands for
 * @property {number} line from 1
 * @property {number} column from 1, in UTF-16 units
 */

const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;
const FLOAT = /(?:\d+\.\d*|\.\d+|\d+(?=[eE]))(?:[eE][+-]?\d+)?[fF]?|\d+[fF]/y;
const INTEGER = /(?:0[xX][0-9a-fA-F]+|\d+)(?![A-Za-z0-9_])/y;
const SPACE = /(?:\s+|#[^\n]*)+/y;
const SYMBOLS = '{}<>[]:,;-/.';

/** @type {Record<string, number>} */
const SIMPLE_ESCAPES = {
  a: 7,
  b: 8,
  f: 12,
  n: 10,
  r: 13,
  t: 9,
  v: 11,
  '\\': 92,
  "'": 39,
  '"': 34,
  '?': 63,
};

const utf8 = new TextEncoder();

export class Lexer {
  #text;
  #at = 0;
  #line = 1;
  #lineStart = 0;

  /** @param {string} text */
  constructor(text) {
    this.#text = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  }

  /** @param {RegExp} pattern sticky */
  #match(pattern) {
    pattern.lastIndex = this.#at;
    return pattern.exec(this.#text)?.[0];
  }

  #here() {
    return { line: this.#line, column: this.#at - this.#lineStart + 1 };
  }

  /** @returns {Token} */
  next() {
    this.#skipSpace();
    const here = this.#here();
    const first = this.#text[this.#at];
    if (first === undefined) return { kind: 'end', text: 'the end of the text', ...here };
    if (first === '"' || first === "'") return this.#string(first, here);
    const name = this.#match(NAME);
    if (name !== undefined) return this.#take('name', name, here);
    const float = this.#match(FLOAT);
    if (float !== undefined) return this.#take('float', float, here);
    const integer = this.#match(INTEGER);
    if (integer !== undefined) return this.#take('integer', integer, here);
    if (SYMBOLS.includes(first)) return this.#take('symbol', first, here);
    throw new TextFormatError(
      'BAD_CHARACTER',
      here,
      'a field name, a value or a bracket',
      JSON.stringify(String.fromCodePoint(this.#text.codePointAt(this.#at) ?? 0)),
      'remove the character or put it within quotes',
    );
  }

  /** @param {Token['kind']} kind @param {string} text @param {{ line: number, column: number }} here @returns {Token} */
  #take(kind, text, here) {
    this.#at += text.length;
    return { kind, text, ...here };
  }

  #skipSpace() {
    const space = this.#match(SPACE);
    if (space === undefined) return;
    for (let at = space.indexOf('\n'); at >= 0; at = space.indexOf('\n', at + 1)) {
      this.#line++;
      this.#lineStart = this.#at + at + 1;
    }
    this.#at += space.length;
  }

  /** @param {string} quote @param {{ line: number, column: number }} here @returns {Token} */
  #string(quote, here) {
    const start = this.#at++;
    /** @type {number[]} */
    const bytes = [];
    for (;;) {
      const from = this.#at;
      let char = this.#text[this.#at];
      while (char !== undefined && char !== quote && char !== '\\' && char !== '\n') {
        char = this.#text[++this.#at];
      }
      for (const byte of utf8.encode(this.#text.slice(from, this.#at))) bytes.push(byte);
      if (char === undefined || char === '\n') {
        throw new TextFormatError(
          'UNTERMINATED_STRING',
          here,
          `a closing ${quote}`,
          char === undefined ? 'the end of the text' : 'the end of the line',
          'close the string; write a line break within it as \\n',
        );
      }
      if (char === quote) break;
      this.#escape(bytes);
    }
    this.#at++;
    return {
      kind: 'string',
      text: this.#text.slice(start, this.#at),
      bytes: Uint8Array.from(bytes),
      ...here,
    };
  }

  /** One escape sequence, at its backslash. @param {number[]} bytes */
  #escape(bytes) {
    const here = this.#here();
    const rest = this.#text.slice(this.#at + 1, this.#at + 10);
    const simple = SIMPLE_ESCAPES[rest[0] ?? ''];
    const numeric = /^(?:([0-7]{1,3})|[xX]([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))/.exec(rest);
    if (simple !== undefined) {
      bytes.push(simple);
      this.#at += 2;
      return;
    }
    const [whole, octal, hex, unit, point] = numeric ?? [];
    const byte = octal !== undefined ? Number.parseInt(octal, 8) : Number.parseInt(hex ?? 'none', 16);
    if (byte <= 0xff) {
      bytes.push(byte);
    } else {
      const code = Number.parseInt(unit ?? point ?? 'none', 16);
      if (!(code <= 0x10ffff) || (code >= 0xd800 && code <= 0xdfff)) {
        throw new TextFormatError(
          'BAD_ESCAPE',
          here,
          'an escape sequence',
          JSON.stringify(`\\${whole ?? rest[0] ?? ''}`),
          'use \\n \\r \\t \\a \\b \\f \\v \\\\ \\\' \\", \\ooo up to \\377, \\xhh, \\uhhhh or \\Uhhhhhhhh',
        );
      }
      for (const part of utf8.encode(String.fromCodePoint(code))) bytes.push(part);
    }
    this.#at += 1 + (whole?.length ?? 0);
  }
}
