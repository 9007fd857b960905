import type { Writable } from 'node:stream';

/** One line of the final table. A check that does not hold makes the run fail. */
export interface Finding {
  readonly section: string;
  readonly what: string;
  readonly value: string;
  readonly verdict: 'held' | 'failed' | 'measured';
}

/** Collects what an experiment finds, and shows progress while it works. */
export class Report {
  readonly findings: Finding[] = [];
  readonly #out: Writable;
  readonly #colour: boolean;
  readonly #started: number;
  readonly #quiet: boolean;
  #section = '';

  constructor(out: Writable & { readonly isTTY?: boolean }, options: { readonly quiet?: boolean } = {}) {
    this.#out = out;
    this.#colour = out.isTTY === true && process.env['NO_COLOR'] === undefined;
    this.#started = performance.now();
    this.#quiet = options.quiet === true;
  }

  get failed(): number {
    return this.findings.filter((finding) => finding.verdict === 'failed').length;
  }

  get held(): number {
    return this.findings.filter((finding) => finding.verdict === 'held').length;
  }

  /** Real seconds since the report was opened. */
  get elapsedS(): number {
    return (performance.now() - this.#started) / 1000;
  }

  /** Opens a part of the run. */
  section(name: string): void {
    this.#section = name;
    this.#write(`\n${this.#paint('1', name)}\n`);
  }

  /** Says what is going on, with the real time since the start. */
  progress(text: string): void {
    this.#write(`  ${this.#paint('2', `${this.elapsedS.toFixed(1).padStart(5)} s`)}  ${text}\n`);
  }

  /** A figure for the table. */
  measured(what: string, value: string): void {
    this.#add(what, value, 'measured');
  }

  /** A statement that has to hold for the run to succeed. */
  check(what: string, holds: boolean, value: string): void {
    this.#add(what, value, holds ? 'held' : 'failed');
  }

  /** The table of everything found. */
  table(): string {
    const width = Math.max(...this.findings.map((finding) => finding.what.length), 0);
    const lines: string[] = [];
    let section = '';
    for (const finding of this.findings) {
      if (finding.section !== section) {
        section = finding.section;
        lines.push('', this.#paint('1', section));
      }
      lines.push(`  ${this.#mark(finding.verdict)} ${finding.what.padEnd(width)}  ${finding.value}`);
    }
    return `${lines.join('\n')}\n`;
  }

  #add(what: string, value: string, verdict: Finding['verdict']): void {
    this.findings.push({ section: this.#section, what, value, verdict });
    if (verdict === 'failed') this.progress(`${this.#mark(verdict)} ${what}: ${value}`);
  }

  #mark(verdict: Finding['verdict']): string {
    switch (verdict) {
      case 'held':
        return this.#paint('32', 'ok  ');
      case 'failed':
        return this.#paint('31', 'FAIL');
      case 'measured':
        return '    ';
    }
  }

  #paint(code: string, text: string): string {
    return this.#colour ? `\u001b[${code}m${text}\u001b[0m` : text;
  }

  #write(text: string): void {
    if (!this.#quiet) this.#out.write(text);
  }
}

/** 1234567 as "1.23 MB". */
export function bytes(count: number): string {
  const units = ['B', 'kB', 'MB', 'GB'];
  let value = count;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 ? value : value.toFixed(2)} ${units[unit]}`;
}

/** 0.1234 as "12.3 %". */
export function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
