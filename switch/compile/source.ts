import type { SourceInfo } from '../spec/types.js';

/** Builds generated JavaScript line by line. */
export class Source {
  private readonly lines: string[] = [];
  private depth = 0;
  private names = 0;

  line(text: string): void {
    this.lines.push('  '.repeat(this.depth) + text);
  }

  /** Opens a block: `open` ends in `{` or `(`. */
  open(text: string): void {
    this.line(text);
    this.depth++;
  }

  close(text = '}'): void {
    this.depth--;
    this.line(text);
  }

  /** `} else {` and the like. */
  reopen(text: string): void {
    this.depth--;
    this.line(text);
    this.depth++;
  }

  /** A name not used before in this source. */
  name(prefix: string): string {
    return `${prefix}${this.names++}`;
  }

  /** Keeps the value of an expression in a constant and returns its name; names and numbers stay as they are. */
  keep(expression: string, prefix = 't'): string {
    if (/^(?:[\w$]+|-?\d+)$/.test(expression)) return expression;
    const name = this.name(prefix);
    this.line(`const ${name} = ${expression};`);
    return name;
  }

  /** The P4 line something comes from, as a comment. */
  comment(source: SourceInfo | undefined, fallback = ''): void {
    if (source === undefined) {
      if (fallback !== '') this.line(`// ${oneLine(fallback)}`);
      return;
    }
    this.line(`// ${oneLine(`${source.file}:${source.line}: ${source.fragment}`)}`);
  }

  toString(): string {
    return `${this.lines.join('\n')}\n`;
  }
}

/** Text fit for a line comment: nothing in it can end the line. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ');
}
