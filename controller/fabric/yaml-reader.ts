import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';

/** One thing wrong with a file; line and column count from 1. */
export interface Problem {
  readonly line: number;
  readonly column: number;
  /** Where in the document, e.g. `hosts[3].ipv4`. */
  readonly path: string;
  readonly message: string;
  readonly remedy: string;
}

type Report = (node: unknown, path: string, message: string, remedy: string) => void;

/** A place in a YAML document: reading it wrongly records a problem and gives undefined instead of throwing. */
export class YamlNode {
  readonly path: string;
  readonly #node: unknown;
  readonly #report: Report;

  private constructor(node: unknown, path: string, report: Report) {
    this.#node = node;
    this.path = path;
    this.#report = report;
  }

  /** Parses a document. Syntax errors and all later problems are pushed to `problems`, in the order met. */
  static parse(text: string, problems: Problem[]): YamlNode {
    const lines = new LineCounter();
    const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
    const place = (offset: number) => {
      const { line, col } = lines.linePos(offset);
      return { line: Math.max(line, 1), column: Math.max(col, 1) };
    };
    for (const error of document.errors) {
      const message = (error.message.split('\n')[0] ?? '').replace(/ at line \d+, column \d+:?$/, '');
      problems.push({ ...place(error.pos[0]), path: '', message, remedy: 'correct the YAML' });
    }
    const report: Report = (node, path, message, remedy) => {
      const offset = (node as Node | null | undefined)?.range?.[0] ?? 0;
      problems.push({ ...place(offset), path, message, remedy });
    };
    return new YamlNode(document.contents, '', report);
  }

  problem(message: string, remedy: string): undefined {
    this.#report(this.#node, this.path, message, remedy);
    return undefined;
  }

  get missing(): boolean {
    return (
      this.#node === undefined || this.#node === null || (isScalar(this.#node) && this.#node.value === null)
    );
  }

  /** The fields of a mapping; fields outside `allowed` are problems. Absent ones are nodes that are `missing`. */
  fields<K extends string>(allowed: readonly K[]): Record<K, YamlNode> | undefined {
    if (!isMap(this.#node))
      return this.problem('must be a mapping', `write ${allowed.join(', ')} as key: value`);
    const result: Partial<Record<K, YamlNode>> = {};
    for (const name of allowed) result[name] = YamlNode.#absent(this.#node, this.#join(name), this.#report);
    for (const pair of this.#node.items) {
      const key = isScalar(pair.key) ? String(pair.key.value) : '';
      const name = allowed.find((candidate) => candidate === key);
      if (name === undefined) {
        this.#report(
          pair.key,
          this.#join(key),
          `unknown field '${key}'`,
          `known here: ${allowed.join(', ')}`,
        );
      } else {
        result[name] = new YamlNode(pair.value ?? pair.key, this.#join(name), this.#report);
      }
    }
    return result as Record<K, YamlNode>;
  }

  /** The items of a sequence; none where it is missing. */
  items(): YamlNode[] {
    if (this.missing) return [];
    if (!isSeq(this.#node)) {
      this.problem('must be a list', 'write one "- ..." per item');
      return [];
    }
    return this.#node.items.map((item, index) => new YamlNode(item, `${this.path}[${index}]`, this.#report));
  }

  /** Text as written, so that `1_000` or an unquoted MAC address is not taken for a number. */
  text(what: string): string | undefined {
    if (this.missing) return this.problem(`${what} is missing`, `add ${this.path.split('.').at(-1)}`);
    if (!isScalar(this.#node)) return this.problem(`must be ${what}`, 'write one value');
    return this.#node.source ?? String(this.#node.value);
  }

  integer(what: string, low: number, high: number): number | undefined {
    const text = this.text(what);
    if (text === undefined) return undefined;
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= low && value <= high) return value;
    return this.problem(`${what} '${text}' is out of range`, `write a whole number from ${low} to ${high}`);
  }

  number(what: string, low: number, high: number): number | undefined {
    const text = this.text(what);
    if (text === undefined) return undefined;
    const value = Number(text);
    if (text.trim() !== '' && value >= low && value <= high) return value;
    return this.problem(`${what} '${text}' is out of range`, `write a number from ${low} to ${high}`);
  }

  #join(name: string): string {
    return this.path === '' ? name : `${this.path}.${name}`;
  }

  /** A field that is not there: its problems are reported at the mapping it is missing from. */
  static #absent(parent: unknown, path: string, report: Report): YamlNode {
    return new YamlNode(undefined, path, (_node, where, message, remedy) =>
      report(parent, where, message, remedy),
    );
  }
}
