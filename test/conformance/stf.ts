/** A line of an STF script that cannot be understood, with its number. */
export class StfError extends Error {
  override readonly name = 'StfError';
}

export interface StfKey {
  readonly name: string;
  /** As written: decimal, 0x, 0b or 0o, with `*` for digits that do not matter, or `value/length`. */
  readonly value: string;
}

export interface StfCall {
  readonly action: string;
  readonly arguments: readonly { readonly name: string; readonly value: string }[];
}

export type StfCommand = { readonly line: number } & (
  | { readonly verb: 'packet'; readonly port: number; readonly bytes: Uint8Array }
  | {
      readonly verb: 'expect';
      readonly port: number;
      /** Hexadecimal digits and `*`; undefined for a packet of any content. */
      readonly nibbles: string | undefined;
      /** True where nothing may follow (a trailing `$`). */
      readonly exact: boolean;
    }
  | {
      readonly verb: 'add';
      readonly table: string;
      readonly priority: number | undefined;
      readonly keys: readonly StfKey[];
      readonly call: StfCall;
    }
  | { readonly verb: 'setdefault'; readonly table: string; readonly call: StfCall }
  | {
      readonly verb: 'check_counter';
      readonly counter: string;
      readonly index: number;
      readonly check:
        | { readonly unit: 'packets' | 'bytes'; readonly operator: string; readonly value: bigint }
        | undefined;
    }
  | { readonly verb: 'mirroring_add' | 'mirroring_add_mc'; readonly session: number; readonly to: number }
  | { readonly verb: 'mirroring_delete'; readonly session: number }
  | { readonly verb: 'mc_mgrp_create'; readonly group: number }
  | {
      readonly verb: 'mc_node_create' | 'mc_node_update';
      readonly id: number;
      readonly ports: readonly number[];
    }
  | { readonly verb: 'mc_node_associate'; readonly group: number; readonly node: number }
  | {
      readonly verb: 'register_write';
      readonly register: string;
      readonly index: number;
      readonly value: bigint;
    }
  | { readonly verb: 'register_reset'; readonly register: string }
  | {
      readonly verb: 'counter_write';
      readonly counter: string;
      readonly index: number;
      readonly packets: bigint;
      readonly bytes: bigint;
    }
  | { readonly verb: 'remove_all' | 'wait' | 'no_packet' }
);

/** Reads an STF script (p4c's simple test framework), one command a line. */
export function parseStf(text: string): StfCommand[] {
  const commands: StfCommand[] = [];
  text.split(/\r?\n/).forEach((raw, index) => {
    const line = raw.replace(/#.*$/, '').trim();
    if (line !== '') commands.push(new LineReader(line, index + 1).command());
  });
  return commands;
}

const TOKEN = /\s+|"([^"]+)"|[A-Za-z$_0-9*.[\]]+|==|!=|<=|>=|[<>:,()/=]/y;

/** The tokens of one line, in order. */
class LineReader {
  private readonly text: string;
  private readonly line: number;
  private readonly tokens: string[] = [];
  private next = 0;

  constructor(text: string, line: number) {
    this.text = text;
    this.line = line;
  }

  command(): StfCommand {
    const { line } = this;
    const [, word = '', rest = ''] = /^(\S+)\s*(.*)$/.exec(this.text) ?? [];
    const verb = word.toLowerCase();
    if (verb === 'packet' || verb === 'expect') return this.data(verb, rest);
    this.tokenise(rest);
    switch (verb) {
      case 'add':
        return this.add();
      case 'setdefault':
        return { line, verb, table: this.token('a table'), call: this.call() };
      case 'check_counter':
        return this.checkCounter();
      case 'mirroring_add':
      case 'mirroring_add_mc':
        return { line, verb, session: this.integer(), to: this.integer() };
      case 'mirroring_delete':
        return { line, verb, session: this.integer() };
      case 'mc_mgrp_create':
        return { line, verb, group: this.integer() };
      case 'mc_node_create':
      case 'mc_node_update': {
        const id = this.integer();
        const ports: number[] = [];
        while (this.next < this.tokens.length) ports.push(this.integer());
        return { line, verb, id, ports };
      }
      case 'mc_node_associate':
        return { line, verb, group: this.integer(), node: this.integer() };
      case 'register_write':
        return { line, verb, register: this.token('a register'), index: this.integer(), value: this.big() };
      case 'register_reset':
        return { line, verb, register: this.token('a register') };
      case 'counter_write':
        return {
          line,
          verb,
          counter: this.token('a counter'),
          index: this.integer(),
          packets: this.big(),
          bytes: this.big(),
        };
      case 'remove':
        if (this.tokens[0]?.toLowerCase() !== 'all') throw this.error('only "remove all" is known');
        return { line, verb: 'remove_all' };
      case 'wait':
      case 'no_packet':
        return { line, verb };
      default:
        throw this.error(`${JSON.stringify(word)} is not a known command`);
    }
  }

  private data(verb: 'packet' | 'expect', rest: string): StfCommand {
    const { line } = this;
    const [, digits, body = ''] = /^(\d+)\s*(.*)$/.exec(rest) ?? [];
    if (digits === undefined) throw this.error(`${verb} needs a port number`);
    const port = Number(digits);
    const compact = body.replace(/\s+/g, '').replace(/^0x/i, '');
    const exact = compact.endsWith('$');
    const nibbles = exact ? compact.slice(0, -1) : compact;
    if (verb === 'packet') {
      if (!/^(?:[0-9a-fA-F]{2})*$/.test(compact)) throw this.error('packet data must be whole bytes in hex');
      return { line, verb, port, bytes: Uint8Array.from(Buffer.from(compact, 'hex')) };
    }
    if (!/^[0-9a-fA-F*]*$/.test(nibbles)) throw this.error('expected data must be hex digits and "*"');
    return { line, verb, port, nibbles: compact === '' ? undefined : nibbles, exact };
  }

  private add(): StfCommand {
    const table = this.token('a table');
    const keys: StfKey[] = [];
    let priority: number | undefined;
    if (this.tokens[this.next + 1] !== ':' && this.tokens[this.next + 1] !== '(') priority = this.integer();
    while (this.tokens[this.next + 1] === ':') {
      const name = this.token('a key');
      this.expect(':');
      let value = this.token('a value');
      if (this.tokens[this.next] === '/') {
        this.next++;
        value += `/${this.token('a prefix length')}`;
      }
      keys.push({ name, value });
    }
    return { line: this.line, verb: 'add', table, priority, keys, call: this.call() };
  }

  private call(): StfCall {
    const action = this.token('an action');
    const values: { name: string; value: string }[] = [];
    this.expect('(');
    while (this.tokens[this.next] !== ')') {
      if (values.length > 0) this.expect(',');
      const name = this.token('a parameter');
      this.expect(':');
      values.push({ name, value: this.token('a value') });
    }
    this.expect(')');
    return { action, arguments: values };
  }

  private checkCounter(): StfCommand {
    const counter = this.token('a counter');
    this.expect('(');
    const index = this.integer();
    this.expect(')');
    const { line } = this;
    if (this.next >= this.tokens.length)
      return { line, verb: 'check_counter', counter, index, check: undefined };
    const unit = this.token('packets or bytes').toLowerCase();
    if (unit !== 'packets' && unit !== 'bytes') throw this.error('a counter counts packets or bytes');
    const operator = this.token('a comparison');
    return { line, verb: 'check_counter', counter, index, check: { unit, operator, value: this.big() } };
  }

  private tokenise(text: string): void {
    TOKEN.lastIndex = 0;
    while (TOKEN.lastIndex < text.length) {
      const match = TOKEN.exec(text);
      if (match === null) throw this.error(`cannot read ${JSON.stringify(text)}`);
      if (match[0].trim() !== '') this.tokens.push(match[1] ?? match[0]);
    }
  }

  private token(what: string): string {
    const token = this.tokens[this.next++];
    if (token === undefined) throw this.error(`expected ${what} at the end of the line`);
    return token;
  }

  private expect(token: string): void {
    const found = this.token(`"${token}"`);
    if (found !== token) throw this.error(`expected "${token}", got "${found}"`);
  }

  private integer(): number {
    return Number(this.big());
  }

  private big(): bigint {
    return stfNumber(this.token('a number'), (detail) => this.error(detail));
  }

  private error(detail: string): StfError {
    return new StfError(`line ${this.line}: ${detail}`);
  }
}

/** A number as STF writes it. */
export function stfNumber(text: string, error: (detail: string) => Error): bigint {
  if (!/^(?:\d+|0x[0-9a-f]+|0b[01]+|0o[0-7]+)$/i.test(text))
    throw error(`${JSON.stringify(text)} is not a number`);
  return BigInt(text);
}
