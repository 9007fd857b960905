/** A number as a container holds it. */
export interface Bits {
  readonly value: bigint;
  readonly width: number;
}

/** Fields by their paths, as `hdr.lap.v0`. */
export type Fields = Map<string, Bits>;

const bits = (value: bigint, width: number): Bits => ({ value: BigInt.asUintN(width, value), width });

/** A control of p4src/tna that only computes: its actions as the text has them, one after the other. */
export class P4Control {
  readonly #text: string;
  readonly #constants: ReadonlyMap<string, bigint>;
  /** Name -> what stands between its braces. */
  readonly #actions = new Map<string, string>();
  readonly #tables = new Map<string, { readonly key: string; entries: Map<bigint, string>; other: string }>();

  /** `text` of the whole file, for its constants, and the control's name. */
  constructor(text: string, name: string) {
    this.#constants = new Map(
      [...text.matchAll(/const bit<\d+> (\w+) = ([^;]+);/g)].map(([, constant = '', value = '']) => [
        constant,
        arithmetic(value),
      ]),
    );
    const at = text.indexOf(`control ${name}(`);
    if (at < 0) throw new Error(`there is no control ${name}`);
    const next = text.indexOf('\ncontrol ', at + 1);
    this.#text = text.slice(at, next < 0 ? undefined : next);
    for (const match of this.#text.matchAll(/\baction (\w+)\([^)]*\) \{/g)) {
      this.#actions.set(match[1] ?? '', braces(this.#text, match.index));
    }
    for (const match of this.#text.matchAll(/\btable (\w+) \{/g)) {
      const body = braces(this.#text, match.index);
      const entries = [...braces(body, body.indexOf('const entries')).matchAll(/(\w+): (\w+)\(/g)].map(
        ([, key = '', action = '']) => [this.#constants.get(key) ?? BigInt(key), action] as const,
      );
      this.#tables.set(match[1] ?? '', {
        key: /(\S+): exact/.exec(body)?.[1] ?? '',
        entries: new Map(entries),
        other: /default_action = (\w+)\(/.exec(body)?.[1] ?? '',
      });
    }
  }

  constant(name: string): bigint {
    const value = this.#constants.get(name);
    if (value === undefined) throw new Error(`there is no constant ${name}`);
    return value;
  }

  /** What its apply block does to the fields. */
  apply(fields: Fields): void {
    this.#block(braces(this.#text, this.#text.lastIndexOf('apply {')), fields);
  }

  /** One action, with what its parameters are. */
  run(action: string, fields: Fields): void {
    const body = this.#actions.get(action);
    if (body === undefined) throw new Error(`there is no action ${action}`);
    // All of an action happens at once on a chip, and in order in the language: the compiler sees to it that it is the same.
    for (const statement of body.split(';')) {
      if (statement.trim() !== '') this.#statement(statement.trim(), fields);
    }
  }

  #block(text: string, fields: Fields): void {
    let rest = text;
    for (;;) {
      rest = rest.trimStart();
      if (rest === '') return;
      const call = /^(\w+)(\.apply)?\(\);/.exec(rest);
      const condition = /^if \((\S+) (==|!=) (\w+)\) \{/.exec(rest);
      if (call !== null) {
        const [all, name = '', isTable] = call;
        this.run(isTable === undefined ? name : this.#look(name, fields), fields);
        rest = rest.slice(all.length);
      } else if (condition !== null) {
        const [, path = '', relation, constant = ''] = condition;
        const body = braces(rest, 0);
        const isEqual = this.#read(path, fields).value === this.#operand(constant, fields).value;
        if (isEqual === (relation === '==')) this.#block(body, fields);
        rest = rest.slice(rest.indexOf(body) + body.length + 1);
      } else {
        throw new Error(`a statement nobody has foreseen: ${rest.slice(0, 80)}`);
      }
    }
  }

  #look(name: string, fields: Fields): string {
    const table = this.#tables.get(name);
    if (table === undefined) throw new Error(`there is no table ${name}`);
    return table.entries.get(this.#read(table.key, fields).value) ?? table.other;
  }

  #statement(statement: string, fields: Fields): void {
    const [, path = '', expression = ''] = /^(\S+) = (.*)$/s.exec(statement) ?? [];
    const before = this.#read(path, fields);
    fields.set(path, bits(this.evaluate(expression, fields).value, before.width));
  }

  evaluate(expression: string, fields: Fields): Bits {
    const [, list] = /^\w+\.get\(\s*\{(.*)\}\s*\)$/s.exec(expression) ?? [];
    if (list !== undefined) return this.#xor32(list, fields);
    const operator = [' ++ ', ' ^ ', ' + ', ' - '].find((one) => expression.includes(one));
    if (operator === undefined || expression.includes('[255 -')) return this.#operand(expression, fields);
    const [first, ...others] = expression.split(operator).map((part) => this.evaluate(part.trim(), fields));
    if (first === undefined) throw new Error(`nothing to compute: ${expression}`);
    return others.reduce((sum, next) => {
      if (operator === ' ++ ')
        return bits((sum.value << BigInt(next.width)) | next.value, sum.width + next.width);
      if (operator === ' ^ ') return bits(sum.value ^ next.value, sum.width);
      return bits(operator === ' + ' ? sum.value + next.value : sum.value - next.value, sum.width);
    }, first);
  }

  /** HashAlgorithm_t.XOR32 of what stands in the list, in 32-bit words from the front. */
  #xor32(list: string, fields: Fields): Bits {
    const all = this.evaluate(
      list
        .split(',')
        .map((part) => part.trim())
        .join(' ++ '),
      fields,
    );
    if (all.width % 32 !== 0) throw new Error(`${all.width} bits are no words: ${list}`);
    let sum = 0n;
    for (let at = 0; at < all.width; at += 32) sum ^= all.value >> BigInt(at);
    return bits(sum, 32);
  }

  #operand(text: string, fields: Fields): Bits {
    const [, path = '', high, low] = /^([\w.]+)\[([^:]+):([^\]]+)\]$/.exec(text) ?? [];
    if (high !== undefined && low !== undefined) {
      const [from, to] = [arithmetic(low), arithmetic(high)];
      return bits(this.#read(path, fields).value >> from, Number(to - from) + 1);
    }
    const [, width, digits = ''] = /^(\d+)w(\d+)$/.exec(text) ?? [];
    if (width !== undefined) return bits(BigInt(digits), Number(width));
    if (/^\d/.test(text)) return bits(BigInt(text), 32);
    const constant = this.#constants.get(text);
    return constant === undefined ? this.#read(text, fields) : bits(constant, 32);
  }

  #read(path: string, fields: Fields): Bits {
    const field = fields.get(path);
    if (field === undefined) throw new Error(`nobody has said what ${path} is`);
    return field;
  }
}

/** What stands between the first brace from `at` on and its counterpart. */
export function braces(text: string, at: number): string {
  const from = text.indexOf('{', at);
  let depth = 0;
  for (let n = from; n < text.length; n++) {
    depth += text[n] === '{' ? 1 : text[n] === '}' ? -1 : 0;
    if (depth === 0) return text.slice(from + 1, n);
  }
  throw new Error(`braces without end: ${text.slice(from, from + 80)}`);
}

/** Numbers with +, -, * and <<, from left to right but for the product. */
function arithmetic(text: string): bigint {
  const [before, shift] = text.split('<<').map((part) => part.trim());
  if (shift !== undefined) return arithmetic(before ?? '') << BigInt(shift);
  const [from = '', ...less] = text.split(' - ');
  const product = (part: string) =>
    part.split('*').reduce((made, factor) => made * BigInt(factor.trim()), 1n);
  return less.reduce((left, part) => left - product(part), product(from));
}
