const CODES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 } as const;

/** Whether people read the output: a terminal, and nobody said NO_COLOR (no-color.org). */
function isColoured(): boolean {
  return process.stdout.isTTY === true && (process.env['NO_COLOR'] ?? '') === '';
}

export function colour(text: string, name: keyof typeof CODES): string {
  return isColoured() ? `\x1b[${CODES[name]}m${text}\x1b[0m` : text;
}

/** What a state means to whoever looks: green is as it should be, yellow is on its way, red is neither. */
export function stateColour(state: string): string {
  if (/^(primary|idle|on|settled|active)$/.test(state)) return colour(state, 'green');
  if (/^(working|arbitrating|backup|waiting|standby)$/.test(state)) return colour(state, 'yellow');
  return colour(state, 'red');
}

export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

export function printJson(value: unknown): void {
  print(JSON.stringify(value, null, 2));
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control sequences, and take no room
const SEQUENCES = /\x1b\[\d+m/g;

function widthOf(text: string): number {
  return text.replace(SEQUENCES, '').length;
}

/** A table with a head, its columns as wide as they have to be; numbers stand at the right. */
export function table(head: readonly string[], rows: readonly (readonly unknown[])[]): string {
  const texts = rows.map((row) => row.map(cell));
  const widths = head.map((title, column) =>
    Math.max(title.length, ...texts.map((row) => widthOf(row[column] ?? ''))),
  );
  const isNumber = head.map(
    (_, column) => rows.length > 0 && rows.every((row) => typeof row[column] === 'number'),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((text, column) => {
        const room = ' '.repeat(Math.max(0, (widths[column] ?? 0) - widthOf(text)));
        return isNumber[column] === true ? room + text : text + room;
      })
      .join('  ')
      .trimEnd();
  return [colour(line(head), 'bold'), ...texts.map(line)].join('\n');
}

/** A value in a table: short, on one line. */
export function cell(value: unknown): string {
  if (value === null || value === undefined) return '-';
  if (typeof value === 'string') return value;
  if (typeof value === 'object') {
    const text = JSON.stringify(value);
    return text.length > 100 ? `${text.slice(0, 97)}...` : text;
  }
  return String(value);
}
